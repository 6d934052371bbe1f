#!/usr/bin/python3
"""A screen reader without a voice: says what AT-SPI tells it of the kiosk, as lines of JSON.

Lines on its input are what a person does with it: `tree` (what is on the screen), `heard` (what was
announced since), `press NAME` and `focus NAME`. Every line is answered by one.
"""

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib

PATIENCE = 120

heard = []


def switch_on():
    """What a real one does first: programs say nothing while nobody reads."""
    bus = Gio.bus_get_sync(Gio.BusType.SESSION)
    for name in ["IsEnabled", "ScreenReaderEnabled"]:
        value = GLib.Variant("(ssv)", ("org.a11y.Status", name, GLib.Variant("b", True)))
        bus.call_sync(
            "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
            value, None, Gio.DBusCallFlags.NONE, -1, None,
        )


def hear(event):
    heard.append([event.any_data, event.detail1])


def take_in_news():
    while GLib.MainContext.default().iteration(False):
        pass


def kiosk():
    begin = time.monotonic()
    while time.monotonic() - begin < PATIENCE:
        take_in_news()
        desktop = Atspi.get_desktop(0)
        for at in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(at)
            if program and program.get_name() == "kepu" and program.get_child_count():
                # What is asked is asked of the program, never of a memory of it.
                program.set_cache_mask(Atspi.Cache.NONE)
                return program
        time.sleep(0.05)
    sys.exit("there is no kiosk on the bus")


def walk(node, depth=0):
    yield node, depth
    for at in range(node.get_child_count()):
        child = node.get_child_at_index(at)
        if child:
            yield from walk(child, depth + 1)


def tell(node, depth):
    states = node.get_state_set().get_states()
    attributes = node.get_attributes() or {}
    return {
        "depth": depth,
        "role": node.get_role_name(),
        "name": node.get_name(),
        "says": node.get_description(),
        "states": sorted(state.value_nick for state in states),
        "place": attributes.get("posinset", ""),
        "of": attributes.get("setsize", ""),
        "acts": node.get_n_actions() if "Action" in node.get_interfaces() else 0,
    }


def find(program, name):
    for node, _ in walk(program):
        if node.get_name() == name and "Action" in node.get_interfaces():
            return node
    return None


def answer(program, line):
    what, _, name = line.partition(" ")
    if what == "tree":
        return [tell(node, depth) for node, depth in walk(program)]
    if what == "heard":
        said, heard[:] = heard[:], []
        return said
    node = find(program, name)
    if not node:
        return False
    if what == "press":
        return node.do_action(0)
    if what == "focus":
        return node.grab_focus()
    sys.exit(f"what is `{line}`?")


def main():
    switch_on()
    Atspi.init()
    listener = Atspi.EventListener.new(hear)
    listener.register("object:announcement")
    program = kiosk()
    for line in sys.stdin:
        take_in_news()
        try:
            said = answer(program, line.rstrip("\n"))
        except GLib.Error:
            # The screen has changed under its hands; whoever asked asks again.
            said = None
        print(json.dumps(said), flush=True)


main()

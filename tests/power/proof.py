"""The rig's own test: what it looks for is found when it is there, and a cut is a cut."""

import os
import pathlib
import shutil
import sqlite3
import sys
import time

from play import Promises, check_answers, check_play
from rig import Broken, Disk, Findings, Program, cut, run, take_copy
from send import FIELDS, Ledger, begin_station, check_county, check_place, check_station

WRITER = pathlib.Path(__file__).with_name("writer.py")


def cuts_of_a_writer(rig, synchronous, cuts, draw):
    """What cuts do to a writer that syncs like this: answers named, and answers lost."""
    room = rig.room(f"writer-{synchronous}")
    disk, named, lost = Disk(room, "disk"), 0, 0
    for number in range(cuts):
        data, promises, findings = disk.path / f"data-{number}", Promises(), Findings()
        rig.again("play", "--data", data)
        disk.sync()
        records = data / "records.sqlite"
        program = Program([sys.executable, WRITER, records, synchronous], room)
        time.sleep(draw.uniform(0.5, 1.5))
        if program.process.poll() is not None:
            raise Broken(f"the writer ended by itself: {program.words()}")
        cut(program, [disk], ["killed", "frozen"][number % 2])
        named += promises.read(program.said)
        check_play(rig, findings, room, data, promises, False, False)
        lost += findings.count("lost")
        others = [finding for finding in findings.all if finding[0] != "lost"]
        if others and synchronous == "FULL":
            raise Broken(f"a careful writer: {others}")
    disk.remove()
    return named, lost


def self_test(rig, draw):
    """Shows that what the rig looks for is found when it is there."""
    room = rig.room("self-test")
    data, place = room / "data", room / "place"
    place.mkdir()
    ledger = Ledger()
    begin_station(rig, data, draw, ledger)
    records, county = data / "records.sqlite", room / "county.sqlite"
    promises = Promises()
    for session, content in ledger.sessions.items():
        promises.named.update((session, ordinal) for ordinal in range(1, len(content[-1]) + 1))
    run(rig.kepu, "upload", "--data", data, "--to", place)
    run(rig.kepu, "collect", place, "--into", county)
    batch = next(place.glob("*/*.jsonl.gz"))
    again = batch.with_name(batch.name.replace("0000000001", "0000000002"))

    def checked():
        findings = Findings()
        copy = take_copy(records, room / "before")
        check_answers(findings, copy, promises, True, True)
        check_station(findings, copy, place, ledger, set())
        check_place(findings, place, ledger)
        check_county(findings, county, ledger)
        return findings

    def change(path, sql):
        def deed():
            db = sqlite3.connect(path)
            db.execute("PRAGMA foreign_keys = OFF")
            with db:
                db.execute(sql)
            db.close()
        return deed

    def scratch():
        with open(records, "r+b") as file:
            for page in range(4096, os.stat(records).st_size, 4096):
                file.seek(page)
                file.write(b"\xff" * 8)

    one = "(SELECT min(session) FROM answer)"
    rest = "pack, pack_version, question, options, correct, seconds FROM answer"
    twice = f"INSERT INTO answer SELECT session, 99, {rest} WHERE session = {one} AND ordinal = 1"
    rest = f"station, division, venue, {', '.join(FIELDS)} FROM session"
    alien = f"INSERT INTO session SELECT 'nobody', {rest} LIMIT 1"
    cases = [
        ("lost", "an answer that was named and is not stored",
         change(records, f"DELETE FROM answer WHERE session = {one} AND ordinal = 1")),
        ("doubled", "an answer that is stored twice", change(records, twice)),
        ("lost", "a session that is lost at the station",
         change(records, f"DELETE FROM session WHERE id = {one}")),
        ("corrupt", "a session that stays open",
         change(records, f"UPDATE session SET outcome = NULL WHERE id = {one}")),
        ("corrupt", "damaged pages", scratch),
        ("lost", "a batch that is marked and absent", batch.unlink),
        ("corrupt", "a batch that is marked and torn", lambda: os.truncate(batch, 100)),
        ("doubled", "a batch that lies there twice", lambda: shutil.copy(batch, again)),
        ("lost", "a session that the county lacks",
         change(county, f"DELETE FROM session WHERE id = {one}")),
        ("doubled", "a session that nobody stored", change(county, alien)),
        ("corrupt", "an answer that the county has otherwise",
         change(county, f"UPDATE answer SET seconds = seconds + 1 WHERE session = {one}")),
    ]
    if found := checked().all:
        raise Broken(f"the sound station: {found}")
    whole = rig.folder / "whole"
    shutil.copytree(room, whole)
    for what, name, deed in cases:
        deed()
        if checked().count(what) == 0:
            raise Broken(f"the rig does not find {name}")
        shutil.rmtree(room)
        shutil.copytree(whole, room)
    print(f"self-test: {len(cases)} faults made by hand, all found")
    for synchronous, least in [("OFF", 1), ("NORMAL", 0), ("FULL", None)]:
        named, lost = cuts_of_a_writer(rig, synchronous, 4, draw)
        cuts = f"4 cuts of a writer with synchronous={synchronous}"
        print(f"self-test: {cuts}: {named} answers named, {lost} lost", flush=True)
        if lost > 0 if least is None else lost < least:
            raise Broken("that is not what a power cut does")
        if named == 0:
            raise Broken("the writer named nothing")

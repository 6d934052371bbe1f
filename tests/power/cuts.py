#!/usr/bin/env python3
"""A power-cut rig: runs the program on a file system of its own, takes the power away at a random
moment, lets the file system recover, and looks for what the program had promised.

usage: cuts.py KEPU [--cuts N | --play N --upload N --export N --collect N] [--seed S] [--self-test]

The disk is an ext4 image on a loop device, the program's promises are kept outside of it. A cut is
ext4's own shutdown without a flush of its journal: what was not synced is gone. Before it, the
program must be past saying anything, or it could take the shutdown's answer to a pending sync for
success. So it is, in turn,

  killed    kill -9 to its process group, its end awaited, then the shutdown;
  frozen    stopped, and shut down when no thread runs any more: a sync may be under way;
  aimed     killed by strace before one system call after another, mostly those that make something
            durable (not the kiosk), then the shutdown.

The modes, which run side by side:

  play      a robot plays in a window. Every answer that it named, once the feedback was on the
            screen, is stored, once; sessions that were open are `interrupted` after the next start.
            Half of these cuts come within milliseconds of a write. One data folder lives through
            many cuts, the first start included.
  upload    `kepu upload` to a folder that survives: seal, put, read back, mark.
  export    `kepu upload` to a folder on a stick, a second ext4 image. The stick is cut together
            with the station, or survives it, or is pulled while the program runs on. The export of
            the staff screen is the same code (`seal_all` and `send_all` to a `Folder`); a command
            line is what can be repeated some hundred times.
  collect   `kepu collect` into a file on the disk that is cut.

After a cut, whatever is marked as acknowledged lies at its destination with its SHA-256; whatever a
program that ended with exit code 0 has done, is done. Then the program is run again to its end, a
stick loses its power once more, and every session is at the destination once and in the county's
file once, equal to the one that was stored.

What this cannot show: a disk that forgets what it said it had synced, and one that reorders writes
between two syncs.

Needs root, loop devices and ext4; without them it says so and skips. The random moments follow from
the seed; what the machine does at them does not. Where something is found, the data as it was right
after the cut and after it are kept, and the exit code is 1.
"""

import argparse
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import traceback

# Nothing of ours is left in the source tree.
sys.dont_write_bytecode = True

from collect import collect
from play import play
from proof import self_test
from rig import Broken, Disk, Program, Rig, Tally
from send import export, upload

MODES = {"play": play, "upload": upload, "export": export, "collect": collect}
# Of the cuts that are asked for together.
SHARES = {"play": 0.4, "upload": 0.2, "export": 0.2, "collect": 0.2}
# A kiosk mostly waits, so several share a processor.
WORKERS = {"play": 4, "upload": 1, "export": 1, "collect": 1}


def why_not(folder):
    """Why no power can be cut here."""
    if os.geteuid() != 0:
        return "it needs root"
    for tool in ["mkfs.ext4", "mount", "umount", "Xvfb"]:
        if shutil.which(tool) is None:
            return f"{tool} is missing"
    try:
        disk = Disk(folder, "probe")
        disk.cut()
        disk.remove()
    except (Broken, OSError) as error:
        return f"no ext4 on a loop device: {error}"
    return None


def work(rig, tally, mode, worker, cuts):
    room, draw = rig.room(f"{mode}-{worker}"), random.Random(f"{rig.seed} {mode} {worker}")
    try:
        for done in MODES[mode](rig, tally, room, draw, cuts):
            if done % 20 == 0:
                print(tally.line(), flush=True)
            if rig.broken.is_set():
                return
    except Exception:
        rig.broken.set()
        print(f"{mode}, worker {worker}: {traceback.format_exc()}", flush=True)


def counts(arguments):
    asked = {mode: getattr(arguments, mode) for mode in MODES}
    if any(count is not None for count in asked.values()):
        return {mode: count or 0 for mode, count in asked.items()}
    if arguments.cuts is None:
        return dict.fromkeys(MODES, 0)
    asked = {mode: int(arguments.cuts * share) for mode, share in SHARES.items()}
    asked["play"] += arguments.cuts - sum(asked.values())
    return asked


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kepu")
    parser.add_argument("--cuts", type=int, help="so many in all modes together")
    for mode in MODES:
        parser.add_argument(f"--{mode}", type=int, metavar="N", help=f"so many in the mode {mode}")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--self-test", action="store_true", help="first show that faults are found")
    arguments = parser.parse_args()
    # Whatever happens to the rig, its mounts end with it.
    if os.geteuid() == 0 and "KEPU_CUTS_APART" not in os.environ and shutil.which("unshare"):
        apart = ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv]
        os.execvpe(apart[0], apart, {**os.environ, "KEPU_CUTS_APART": "1"})

    folder = pathlib.Path(tempfile.mkdtemp(prefix="kepu-cuts-"))
    if reason := why_not(folder):
        shutil.rmtree(folder, ignore_errors=True)
        print("*" * 72, f"POWER CUTS: skipped. Nothing was tested: {reason}", "*" * 72, sep="\n")
        return 0
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}", flush=True)
    # An end from outside is an end like any other.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    rig, screen = Rig(arguments.kepu, seed, folder), None
    try:
        if arguments.self_test:
            self_test(rig, random.Random(f"{seed} self-test"))
        asked = counts(arguments)
        if asked["play"]:
            screen = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1080x1920x24"],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            rig.display = f":{screen.stdout.readline().strip()}"
        tallies = {mode: Tally(mode) for mode in MODES if asked[mode]}
        threads = []
        for mode, tally in tallies.items():
            workers = min(WORKERS[mode], asked[mode])
            for worker in range(workers):
                share = asked[mode] // workers + (worker < asked[mode] % workers)
                threads.append(threading.Thread(
                    target=work, args=(rig, tally, mode, worker, share), daemon=True))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    except Broken as error:
        rig.broken.set()
        print(f"the rig is broken: {error}", flush=True)
        tallies = {}
    finally:
        for program in Program.started:
            program.signal(signal.SIGKILL)
        if screen:
            screen.kill()
            screen.wait()
    for tally in tallies.values():
        print(tally.line(), flush=True)
    wrong = any(tally.findings.all for tally in tallies.values())
    if wrong:
        print(f"what was found is kept in {folder / 'kept'}")
    elif not rig.broken.is_set():
        shutil.rmtree(folder, ignore_errors=True)
    return 1 if wrong or rig.broken.is_set() else 0


if __name__ == "__main__":
    sys.exit(main())

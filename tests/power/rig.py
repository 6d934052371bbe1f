"""What every mode shares: the disk that can be cut, the program on it, what is found and how it is told."""

import collections
import ctypes
import fcntl
import glob
import os
import pathlib
import shutil
import signal
import sqlite3
import struct
import subprocess
import threading
import time

EXT4_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = struct.pack("I", 2)
PATIENCE = 120
# `undone`: said to be done, gone after the cut, and there again when the program has run once more.
WRONG = ["lost", "corrupt", "doubled", "undone"]
# The system calls that change a disk, and those that make a change durable or visible.
CALLS = ["openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate", "mkdir"]
SYNCS = ["fsync", "fdatasync", "rename", "unlink"]


class Broken(Exception):
    """The rig itself, or the program without a cut, does not work."""


def run(*command, check=True, **more):
    more = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True, "timeout": PATIENCE, **more}
    done = subprocess.run([str(word) for word in command], **more)
    if check and done.returncode != 0:
        words = " ".join(map(str, command))
        raise Broken(f"{words}: exit code {done.returncode}: {done.stdout}{done.stderr}")
    return done


class Disk:
    """An ext4 image on a loop device, mounted."""

    mounting = threading.Lock()

    def __init__(self, folder, name):
        self.image, self.path = folder / f"{name}.img", folder / name
        self.path.mkdir()
        self.image.touch()
        # It takes the room that is used, no more.
        os.truncate(self.image, 600 << 20)
        run("mkfs.ext4", "-q", "-F", self.image)
        self.mount()

    def mount(self):
        with self.mounting:
            run("mount", "-o", "loop", self.image, self.path)
        self.root = os.open(self.path, os.O_RDONLY)

    def sync(self):
        ctypes.CDLL(None).syncfs(self.root)

    def shut_down(self):
        fcntl.ioctl(self.root, EXT4_IOC_SHUTDOWN, NO_LOG_FLUSH)

    def unmount(self):
        os.close(self.root)
        deadline = time.monotonic() + 20
        while (done := run("umount", self.path, check=False)).returncode != 0:
            if time.monotonic() > deadline:
                raise Broken(f"umount: {done.stderr}")
            time.sleep(0.05)

    def recover(self):
        """After a shutdown: the journal is replayed."""
        try:
            (self.path / "after-the-cut").touch()
        except OSError:
            pass
        else:
            raise Broken("a file system that was shut down takes writes")
        self.unmount()
        self.mount()

    def cut(self):
        """With nobody at work: what is not synced by now is gone."""
        canary = self.path / "canary"
        canary.write_text("not synced")
        self.shut_down()
        self.recover()
        if canary.exists() and canary.stat().st_size > 0:
            raise Broken("what was never synced survived the cut")
        canary.unlink(missing_ok=True)

    def remove(self):
        self.unmount()
        self.image.unlink()
        self.path.rmdir()


class Program:
    """The program in a process group of its own; what it says goes to files that survive."""

    started = []

    def __init__(self, command, folder, env=None):
        self.said, self.errors = folder / "said", folder / "errors"
        with open(self.said, "w") as said, open(self.errors, "w") as errors:
            self.process = subprocess.Popen(
                [str(word) for word in command],
                stdin=subprocess.DEVNULL, stdout=said, stderr=errors, env=env, start_new_session=True,
            )
        self.started.append(self)

    def signal(self, number):
        # Not reaped yet, so that the number is still its own.
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def freeze(self):
        """Stops it, and says whether a thread waits for the disk: that one stops before it is its own
        again."""
        self.signal(signal.SIGSTOP)
        deadline = time.monotonic() + 5
        while self.process.poll() is None:
            states = set()
            for path in glob.glob(f"/proc/{self.process.pid}/task/*/stat"):
                try:
                    states.add(pathlib.Path(path).read_text().rpartition(")")[2].split()[0])
                except OSError:
                    continue
            if states <= set("TtDZX"):
                return "D" in states
            if time.monotonic() > deadline:
                raise Broken(f"it does not stop: {states}")
        return False

    def kill(self):
        self.signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def ended_well(self):
        return self.process.poll() == 0

    def words(self):
        return f"exit code {self.process.poll()}: {self.said.read_text()}{self.errors.read_text()}"


def cut(program, disks, manner):
    """Takes the power from a program and its disks, and gives it back to the disks. Says how it was."""
    if manner == "frozen":
        if program.freeze():
            manner = "frozen in a sync"
        # No canary: making it could wait for the very sync that shall be cut.
        for disk in disks:
            disk.shut_down()
        program.kill()
        for disk in disks:
            disk.recover()
    else:
        program.kill()
        for disk in disks:
            disk.cut()
    return manner


class Findings:
    """What was found wrong: each with what it is, how many, and a sentence."""

    def __init__(self):
        self.all = []

    def add(self, what, sentence, many=1):
        self.all.append((what, many, sentence))

    def count(self, what):
        return sum(many for kind, many, _ in self.all if kind == what)


class Tally:
    """What came of one mode."""

    NAMED = {"play": "answers named", "upload": "batches acknowledged", "export": "batches acknowledged",
             "collect": "sessions collected"}

    def __init__(self, mode):
        self.mode, self.cuts, self.named, self.kinds = mode, 0, 0, collections.Counter()
        self.findings, self.begin, self.lock, self.took = Findings(), time.monotonic(), threading.Lock(), 0

    def add(self, kinds, named, findings):
        with self.lock:
            self.cuts += 1
            self.named += named
            self.kinds.update(kinds)
            self.findings.all += findings.all
            self.took = time.monotonic() - self.begin
            return self.cuts

    def line(self):
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.kinds.items()))
        wrong = ", ".join(f"{self.findings.count(what)} {what}" for what in WRONG)
        done = f"{self.mode}: {self.cuts} cuts, {self.named} {self.NAMED[self.mode]}"
        return f"{done}, {wrong} in {self.took:.0f} s ({kinds})"


class Rig:
    """What all workers share."""

    def __init__(self, kepu, seed, folder, display=None):
        self.kepu = pathlib.Path(kepu).resolve()
        self.seed, self.folder, self.display = seed, folder, display
        self.strace = shutil.which("strace")
        self.broken = threading.Event()

    def room(self, name):
        folder = self.folder / name
        folder.mkdir()
        return folder

    def environment(self):
        env = {key: value for key, value in os.environ.items() if not key.startswith("WAYLAND_")}
        env.pop("DISPLAY", None)
        return {**env, "LC_ALL": "C.UTF-8"}

    def again(self, *arguments):
        """The program, uncut."""
        return run(self.kepu, *arguments, check=False, env=self.environment())

    def told(self, tally, room, number, findings):
        """Keeps what there is to look at."""
        if not findings.all:
            return
        kept = self.folder / "kept" / f"{room.name}-{number}"
        kept.mkdir(parents=True)
        for name in ["before", "after", "said", "errors"]:
            path = room / name
            if path.is_dir():
                shutil.copytree(path, kept / name)
            elif path.exists():
                shutil.copy(path, kept / name)
        for what, many, sentence in findings.all:
            print(f"{room.name}, its cut {number}: {what} ({many}): {sentence}; see {kept}", flush=True)


def take_copy(path, into):
    """A database as it lies there, with what SQLite needs beside it."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir()
    for ending in ["", "-wal", "-journal"]:
        file = path.with_name(path.name + ending)
        if file.exists():
            shutil.copy(file, into / file.name)
    return into / path.name


def look(findings, path, ask):
    """Asks a database after it has been proven to be sound; a copy of it, for reading plays a journal in."""
    try:
        db = sqlite3.connect(take_copy(path, path.parent.with_name("read")))
        try:
            found = db.execute("PRAGMA integrity_check").fetchall()
            if found != [("ok",)]:
                findings.add("corrupt", f"integrity_check: {found[:3]}")
            if found := db.execute("PRAGMA foreign_key_check").fetchall():
                findings.add("corrupt", f"foreign_key_check: {found[:3]}")
            return ask(db)
        finally:
            db.close()
    except sqlite3.DatabaseError as error:
        findings.add("corrupt", f"{path.name} cannot be read: {error}")
        return None


def nothing_set_aside(findings, data):
    for path in data.glob("broken-*"):
        findings.add("corrupt", f"the program took its records for broken: {path.name}")


class Aims:
    """The points at which strace may kill: before each system call that has to do with these paths.
    Those that make something durable are tried one after the other, in a drawn order, and as many
    of the others between them."""

    def __init__(self, rig, room, command, paths):
        self.strace, self.points, self.bag = rig.strace, [], []
        if self.strace is None:
            return
        log, counts = room / "trace", collections.Counter()
        traced = [self.strace, "-f", "-y", "-o", log, "-e", f"trace={','.join(CALLS)}"]
        run(*traced, *command, env=rig.environment())
        for line in log.read_text().splitlines():
            thread, rest = line.split(None, 1)
            call = rest.split("(")[0]
            if call in CALLS:
                # strace counts for each thread.
                counts[thread, call] += 1
                if any(str(path) in rest for path in paths):
                    self.points.append((call, counts[thread, call]))

    def draw(self, draw):
        """A command before the command; none where there is no strace."""
        if not self.points:
            return []
        if not self.bag:
            syncs = [point for point in self.points if point[0] in SYNCS]
            others = [point for point in self.points if point[0] not in SYNCS]
            self.bag = syncs + draw.sample(others, min(len(others), len(syncs)))
            draw.shuffle(self.bag)
        call, when = self.bag.pop()
        return [self.strace, "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}",
                "-e", f"inject={call}:signal=KILL:when={when}"]

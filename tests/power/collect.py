"""The mode `collect`: the batches of a simulated county into a file on the disk that is cut."""

import gzip
import json
import os
import shutil
import threading
import time

from rig import PATIENCE, Aims, Disk, Findings, Program, cut, look, run, take_copy
from send import compare


class Pool:
    """The batches of a simulated county, made once."""

    lock = threading.Lock()
    folder = sessions = None

    @classmethod
    def of(cls, rig):
        with cls.lock:
            if cls.folder is None:
                folder = rig.folder / "pool"
                # More sessions than are taken in by one transaction.
                county = ["--stations", 40, "--days", 75, "--seed", rig.seed]
                run(rig.kepu, "simulate", *county, "--out", folder)
                cls.sessions = {
                    str(path.relative_to(folder)): {json.loads(line)["session"] for line in gzip.open(path)}
                    for path in sorted(folder.glob("station=*/*.jsonl.gz"))
                }
                cls.folder = folder
        return cls


def check_collection(findings, path, pool, complete):
    """A collection right after a cut: whole batches only, and nothing of others. Gives the batches."""

    def ask(db):
        tables = db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'batch'").fetchone()[0]
        if not tables:
            return set(), []
        names = {name for name, in db.execute("SELECT name FROM batch")}
        return names, [session for session, in db.execute("SELECT id FROM session")]

    names, sessions = look(findings, path, ask) or (set(), [])
    if gone := complete - names:
        many = sum(len(pool.sessions[name]) for name in gone)
        sentence = f"{len(gone)} batches were said to be collected and are not, as {sorted(gone)[0]}"
        findings.add("undone", sentence, many)
    expected = set().union(*(pool.sessions[name] for name in names))
    compare(findings, "the collection", dict.fromkeys(sessions), dict.fromkeys(expected))
    if len(set(sessions)) != len(sessions):
        findings.add("doubled", "a session is in the collection twice")
    return names


def check_same(findings, path, uncut):
    """Run to its end, the collection is the one that was never cut."""

    def ask(db):
        db.execute("ATTACH ? AS uncut", (str(uncut),))
        for table in ["session", "answer", "batch", "set_aside"]:
            for what, ours, theirs in [("lost", "uncut", "main"), ("doubled", "main", "uncut")]:
                sql = f"SELECT * FROM {ours}.{table} EXCEPT SELECT * FROM {theirs}.{table}"
                if many := db.execute(f"SELECT count(*) FROM ({sql})").fetchone()[0]:
                    findings.add(what, f"{many} rows of {table} differ from an uncut collection", many)

    look(findings, path, ask)


def collect(rig, tally, room, draw, cuts):
    pool = Pool.of(rig)
    disk, left = Disk(room, "disk"), []
    place, uncut, file = room / "place", room / "uncut.sqlite", disk.path / "county.sqlite"
    place.mkdir()
    command = [rig.kepu, "collect", place, "--into"]
    aims = None
    for number in range(1, cuts + 1):
        if not left:
            shutil.rmtree(place)
            place.mkdir()
            for path in [uncut, *disk.path.glob("county.sqlite*")]:
                path.unlink(missing_ok=True)
            left, known = sorted(pool.sessions), set()
            draw.shuffle(left)
        many = draw.choice([1, 1, 10, 10, 100, 100, len(left)]) if len(left) > 1 else 1
        new, left = left[:many], left[many:]
        for name in new:
            (place / name).parent.mkdir(exist_ok=True)
            os.link(pool.folder / name, place / name)
        if aims is None:
            aims = Aims(rig, room, [*command, disk.path / "aims.sqlite"], [disk.path])
        begin = time.monotonic()
        run(*command, uncut, env=rig.environment())
        took = time.monotonic() - begin
        disk.sync()

        manner = draw.choice(["killed", "frozen", "aimed"])
        aim = aims.draw(draw) if manner == "aimed" else []
        if manner == "aimed" and not aim:
            manner = "killed"
        program = Program([*aim, *command, file], room, env=rig.environment())
        if aim:
            program.process.wait(PATIENCE)
        else:
            time.sleep(draw.uniform(0, took * 1.3))
        manner = cut(program, [disk], manner)
        done = program.ended_well()
        findings, names = Findings(), set()
        if file.exists():
            # What a collection said to be done, is.
            complete = known | set(new) if done else known
            names = check_collection(findings, take_copy(file, room / "before"), pool, complete)
        elif done or known:
            findings.add("undone", "the collection is gone")
        again = rig.again(*command[1:], file)
        if again.returncode != 0:
            findings.add("corrupt", f"the next collection fails: {again.stderr.strip()}")
        check_same(findings, take_copy(file, room / "after"), uncut)
        if disk.path.joinpath("county.sqlite-journal").exists():
            findings.add("corrupt", "a journal stays behind")
        known |= set(new)
        rig.told(tally, room, number, findings)
        fresh = sum(len(pool.sessions[name]) for name in new)
        state = "ended before" if done else "stored, not said" if names & set(new) else "nothing stored yet"
        yield tally.add([manner, state], fresh, findings)
    disk.remove()

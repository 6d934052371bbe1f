"""The modes `upload` and `export`: a station's batches on their way to a folder, and to a stick."""

import collections
import copy
import datetime
import gzip
import hashlib
import json
import shutil
import sqlite3
import time

from rig import PATIENCE, Aims, Broken, Disk, Findings, Program
from rig import cut, look, nothing_set_aside, run, take_copy

# How many cuts a station lives through.
LIFE = 25
# What a batch's line says of a session, besides who and where.
FIELDS = ["date", "audience", "topic", "language", "profile", "mode", "outcome", "asked", "answered",
          "correct", "seconds"]


def made_up(draw, many):
    """Sessions of the last two months, as a kiosk would have stored them."""
    rows, answers = [], []
    for _ in range(many):
        day = datetime.date.today() - datetime.timedelta(days=draw.randint(1, 60))
        session, asked = f"{draw.getrandbits(128):032x}", draw.randint(3, 8)
        outcome = draw.choice(["completed", "completed", "abandoned", "timed_out", "interrupted"])
        answered = asked if outcome == "completed" else draw.randint(0, asked)
        own = [(session, ordinal, "kepu-health", 1, f"question-{draw.randint(1, 9)}-{ordinal}",
                draw.choice(["a", "b", "c", "a b"]), draw.randint(0, 1), draw.randint(2, 40))
               for ordinal in range(1, answered + 1)]
        rows.append((session, str(day), draw.randint(8, 17), "trusted",
                     draw.choice(["youth", "farmer", "senior"]), draw.choice(["health", "emergency"]),
                     draw.choice(["zh-CN", "en"]), "standard", "visitor", outcome, asked, answered,
                     sum(answer[6] for answer in own), draw.randint(1, 40) * 5))
        answers += own
    return rows, answers


class Ledger:
    """The sessions of one station, as they have to arrive: by id, what is in a batch's line."""

    def __init__(self):
        self.sessions = {}

    def store(self, draw, data, many):
        rows, answers = made_up(draw, many)
        db = sqlite3.connect(data / "records.sqlite")
        db.execute("PRAGMA synchronous = FULL")
        with db:
            db.executemany(f"INSERT INTO session VALUES ({', '.join('?' * 14)}, NULL)", rows)
            db.executemany(f"INSERT INTO answer VALUES ({', '.join('?' * 8)})", answers)
        db.close()
        self.sessions.update(of_rows(rows, answers))


def of_rows(rows, answers):
    """Rows as a batch has them: without hour and clock."""
    own = collections.defaultdict(list)
    for session, _, *answer in sorted(answers, key=lambda answer: answer[:2]):
        own[session].append(tuple(answer))
    return {row[0]: (row[1], *row[4:14], tuple(own[row[0]])) for row in rows}


def of_line(line):
    answers = tuple(
        (answer["pack"], answer["version"], answer["question"], " ".join(answer["options"]),
         int(answer["correct"]), answer["seconds"])
        for answer in line["answers"])
    return line["session"], (*(line[field] for field in FIELDS), answers)


def compare(findings, where, found, expected):
    for what, ids, sentence in [
        ("lost", expected.keys() - found.keys(), "absent"),
        ("doubled", found.keys() - expected.keys(), "there, and nobody stored them"),
        ("corrupt", {id_ for id_ in expected.keys() & found.keys() if expected[id_] != found[id_]}, "changed"),
    ]:
        if ids:
            findings.add(what, f"{where}: {len(ids)} sessions are {sentence}, as {sorted(ids)[0]}", len(ids))


def check_station(findings, path, place, ledger, arrived):
    """The station's own file: all is there, and nothing is marked that is not at its destination.
    `arrived` are the batches that are known to be marked for good. Gives those that are marked."""

    def ask(db):
        rows = db.execute("SELECT * FROM session").fetchall()
        answers = db.execute("SELECT * FROM answer").fetchall()
        columns = "sequence, name, sha256, sessions, acknowledged, bytes"
        return rows, answers, db.execute(f"SELECT {columns} FROM batch").fetchall()

    found = look(findings, path, ask)
    if found is None:
        return set()
    rows, answers, batches = found
    compare(findings, "the station", of_rows(rows, answers), ledger.sessions)
    sealed, marked = collections.Counter(row[14] for row in rows if row[14] is not None), set()
    if set(sealed) - {batch[0] for batch in batches}:
        findings.add("corrupt", "sessions are in a batch that is not there")
    for sequence, name, sha256, sessions, acknowledged, kept in batches:
        if sealed[sequence] != sessions:
            inside = sealed[sequence]
            findings.add("corrupt", f"batch {name} says {sessions} sessions, and {inside} are in it")
        if kept is None or hashlib.sha256(kept).hexdigest() != sha256:
            findings.add("corrupt", f"the bytes of batch {name} are not those that were sealed")
        if acknowledged:
            marked.add(name)
            there = place / name
            if not there.exists():
                findings.add("lost", f"batch {name} is marked as arrived and absent")
            elif hashlib.sha256(there.read_bytes()).hexdigest() != sha256:
                findings.add("corrupt", f"batch {name} is marked as arrived and torn")
    for name in arrived - marked:
        findings.add("lost", f"batch {name} had arrived and is not marked any more")
    return marked


def check_place(findings, place, ledger):
    """The destination after an upload to its end, with no code of ours: every session once."""
    found, times = {}, collections.Counter()
    for path in sorted(place.rglob("*")):
        if path.is_dir():
            continue
        name = path.name
        if not name.endswith(".jsonl.gz") or "conflict" in name:
            findings.add("corrupt", f"{name} lies about")
            continue
        bytes_ = path.read_bytes()
        if not name.split("-")[1].startswith(hashlib.sha256(bytes_).hexdigest()[:16]):
            findings.add("corrupt", f"{name} is torn")
            continue
        for line in gzip.decompress(bytes_).splitlines():
            session, content = of_line(json.loads(line))
            found[session] = content
            times[session] += 1
    compare(findings, "the destination", found, ledger.sessions)
    for session, many in times.items():
        if many > 1:
            findings.add("doubled", f"session {session} lies at the destination {many} times")


def check_county(findings, path, ledger):
    def ask(db):
        rows = db.execute(f"SELECT id, date, 0, 0, {', '.join(FIELDS[1:])} FROM session").fetchall()
        answers = db.execute("SELECT * FROM answer").fetchall()
        aside = db.execute("SELECT name, why FROM set_aside").fetchall()
        return rows, answers, aside

    found = look(findings, path, ask)
    if found is None:
        return
    rows, answers, aside = found
    compare(findings, "the county", of_rows(rows, answers), ledger.sessions)
    if len({row[0] for row in rows}) != len(rows):
        findings.add("doubled", "a session is in the county's file twice")
    for name, why in aside:
        findings.add("corrupt", f"the collector set {name} aside: {why}")


def upload(rig, tally, room, draw, cuts):
    yield from send(rig, tally, room, draw, cuts, False)


def export(rig, tally, room, draw, cuts):
    yield from send(rig, tally, room, draw, cuts, True)


def begin_station(rig, data, draw, ledger):
    """A station with an id, its records begun by the program."""
    data.mkdir()
    (data / "station.ron").write_text('(id: "cuts", division: "330102001000", venue: "science-station")')
    nowhere = data.parent / "nowhere"
    rig.again("upload", "--data", data, "--to", nowhere)
    ledger.store(draw, data, 200)


def send(rig, tally, room, draw, cuts, on_stick):
    station = stick = aims = None
    findings = Findings()
    for number in range(1, cuts + 1):
        # What was found once would be found after every further cut.
        if station is None or number % LIFE == 1 or findings.all:
            for disk in [station, stick]:
                if disk:
                    disk.remove()
            shutil.rmtree(room / "place", ignore_errors=True)
            station, stick = Disk(room, "station"), Disk(room, "stick") if on_stick else None
            data, place = station.path / "data", stick.path / "kepu" if on_stick else room / "place"
            place.mkdir()
            ledger, arrived = Ledger(), set()
            begin_station(rig, data, draw, ledger)
            command = [rig.kepu, "upload", "--lang", "en", "--data", data, "--to", place]
            if aims is None:
                disks = [disk.path for disk in [station, stick] if disk]
                one = Aims(rig, room, command, disks)
                # Each kind of cut goes through the points by itself.
                kinds = ["cut together", "stick survives", "folder survives"]
                aims = {what: copy.copy(one) for what in kinds}
            else:
                run(*command, env=rig.environment())
            ledger.store(draw, data, 200)
            begin = time.monotonic()
            run(*command, env=rig.environment())
            took = time.monotonic() - begin
            for disk in [station, stick]:
                if disk:
                    disk.sync()
        of_stick = ["cut together", "stick survives", "stick pulled"]
        what = draw.choice(of_stick if on_stick else ["folder survives"])
        manner = draw.choice(["killed", "frozen", "aimed", "aimed"])
        if what == "stick pulled":
            manner = "running on"
        aim = aims[what].draw(draw) if manner == "aimed" else []
        if manner == "aimed" and not aim:
            manner = "killed"
        # What an earlier day had sealed and could not send, and what is to be sealed now.
        waiting = 0 if aim else draw.choice([0, 0, 1, 3])
        for _ in range(waiting):
            ledger.store(draw, data, draw.randint(1, 100))
            rig.again("upload", "--data", data, "--to", room / "nowhere")
        ledger.store(draw, data, draw.randint(1, 400))
        program = Program([*aim, *command], room, env=rig.environment())
        if aim:
            program.process.wait(PATIENCE)
        else:
            time.sleep(draw.uniform(0, took * (1.2 + 0.3 * waiting)))
        if what == "stick pulled":
            stick.shut_down()
            program.process.wait(PATIENCE)
            stick.recover()
            if program.process.returncode not in (0, 1):
                raise Broken(f"without its stick: {program.words()}")
        else:
            manner = cut(program, [station, stick] if what == "cut together" else [station], manner)
        done = program.ended_well()
        findings = Findings()
        records = data / "records.sqlite"
        marked = check_station(findings, take_copy(records, room / "before"), place, ledger, arrived)
        again = rig.again(*command[1:])
        if again.returncode != 0:
            findings.add("corrupt", f"the next upload fails: {again.stderr.strip()}")
        if done and "Nothing waits" not in again.stdout:
            findings.add("undone", f"all had been sent, and the next upload says: {again.stdout.strip()}")
        if on_stick:
            # Out with it, now that all is said to be on it.
            stick.cut()
        nothing_set_aside(findings, data)
        before = len(arrived)
        arrived = check_station(findings, take_copy(records, room / "after"), place, ledger, marked)
        check_place(findings, place, ledger)
        # What is not there cannot be collected, and is told already.
        if not findings.all:
            county = room / "after" / "county.sqlite"
            for _ in range(2):
                collected = rig.again("collect", place, "--into", county)
                if collected.returncode != 0:
                    findings.add("corrupt", f"it cannot be collected: {collected.stderr.strip()}")
            check_county(findings, county, ledger)
        rig.told(tally, room, number, findings)
        kinds = [manner, what, *(["ended before"] if done else [])]
        yield tally.add(kinds, len(arrived) - before, findings)
    for disk in [station, stick]:
        if disk:
            disk.remove()

"""The mode `play`: a robot at the kiosk."""

import collections
import json
import time

from rig import Broken, Disk, Findings, Program, cut, look, nothing_set_aside, take_copy

# How many cuts a data folder lives through.
LIFE = 50
# About how many seconds pass to the first answer.
FIRST = 6.0


class Promises:
    """What the robot named, and what was seen stored, of one data folder."""

    def __init__(self):
        self.named, self.stored, self.open = collections.Counter(), set(), set()

    def read(self, log):
        lines = log.read_text().splitlines(keepends=True)
        new = [line.split() for line in lines if line.startswith("answered ") and line.endswith("\n")]
        self.named.update((session, int(ordinal)) for _, session, ordinal in new)
        return len(new)


def check_answers(findings, path, promises, began, ended):
    """Each named answer once; nothing that was seen before gone; nothing that nobody gave. `began`: a
    start has mended since what was open at the cut before; `ended`: and what was open at this one."""

    def ask(db):
        answers = db.execute("SELECT session, ordinal, pack, question, correct FROM answer").fetchall()
        sessions = db.execute("SELECT id, outcome, answered, correct FROM session").fetchall()
        return answers, sessions

    found = look(findings, path, ask)
    if found is None:
        return None
    answers, sessions = found
    stored = collections.Counter((session, ordinal) for session, ordinal, *_ in answers)
    for promise, times in promises.named.items():
        if stored[promise] == 0:
            findings.add("lost", f"answer {promise} was named and is gone")
        if times > 1:
            findings.add("doubled", f"answer {promise} was named {times} times")
    for gone in promises.stored - set(stored):
        if gone not in promises.named:
            findings.add("lost", f"answer {gone} was there after an earlier cut and is gone")
    for answer, times in stored.items():
        if times > 1:
            findings.add("doubled", f"answer {answer} is stored {times} times")
    questions = collections.Counter((session, pack, question) for session, _, pack, question, _ in answers)
    for question, times in questions.items():
        if times > 1:
            findings.add("doubled", f"question {question} is answered {times} times in one session")
    named = collections.Counter(session for session, _ in promises.named)
    given, right, last = collections.Counter(), collections.Counter(), collections.Counter()
    for session, ordinal, _, _, correct in answers:
        given[session] += 1
        right[session] += correct
        last[session] = max(last[session], ordinal)
    outcomes = {}
    for session, outcome, answered, correct in sessions:
        outcomes[session] = outcome
        if (answered, correct) != (given[session], right[session]):
            expected = f"{given[session]} and {right[session]}"
            findings.add("corrupt", f"session {session} counts {answered} and {correct}, not {expected}")
        if last[session] != given[session]:
            findings.add("corrupt", f"session {session} has a gap in its answers")
        # The last answer may be on the disk before anybody has said so.
        if given[session] > named[session] + 1:
            given_here, named_here = given[session], named[session]
            findings.add("doubled", f"session {session} has {given_here} answers, {named_here} were named")
        if ended and outcome is None:
            findings.add("corrupt", f"session {session} is open after a start")
    for session in promises.open:
        if outcomes.get(session) not in (["interrupted"] if began else [None, "interrupted"]):
            now = outcomes.get(session)
            findings.add("corrupt", f"session {session} was open at the cut and is now {now}")
    promises.stored = set(stored)
    promises.open = {session for session, outcome in outcomes.items() if outcome is None}
    return len(answers)


def check_play(rig, findings, room, data, promises, began, mend):
    records = data / "records.sqlite"
    take_copy(records, room / "before")
    counted = rig.again("counts", "--format", "json", "--data", data)
    if counted.returncode != 0 and (promises.named or promises.stored):
        findings.add("lost", f"no records: {counted.stderr.strip()}", max(1, len(promises.named)))
        return
    if mend or counted.returncode != 0:
        # The start of a kiosk that finds no display: it opens the records before it looks for one.
        begun = rig.again("play", "--data", data)
        if begun.returncode != 1 or "display" not in begun.stderr:
            findings.add("corrupt", f"a start fails: {begun.stderr.strip()}")
        mend = True
    nothing_set_aside(findings, data)
    answers = check_answers(findings, take_copy(records, room / "after"), promises, began or mend, mend)
    if counted.returncode == 0 and answers is not None:
        told = json.loads(counted.stdout)
        told = sum(row["answers"] for row in told["rows"] + told["not_counted"])
        if told != answers:
            findings.add("corrupt", f"kepu counts {told} answers and there are {answers}")


def wait_for_write(program, log, draw, deadline):
    """Until the records are written to for the n-th time, and some milliseconds more."""
    writes, last = draw.randint(1, 6), None
    while writes > 0 and time.monotonic() < deadline and program.process.poll() is None:
        try:
            now = log.stat().st_mtime_ns
        except OSError:
            now = None
        if now is not None and now != last:
            writes -= last is not None
            last = now
        time.sleep(0.001)
    time.sleep(draw.uniform(0, 0.015))


def play(rig, tally, room, draw, cuts):
    disk = data = promises = None
    findings = Findings()
    for number in range(1, cuts + 1):
        if disk is None or number % LIFE == 1 or findings.all:
            if disk:
                disk.remove()
            disk, promises = Disk(room, "disk"), Promises()
            data = disk.path / "data"
        manner, at = draw.choice(["killed", "frozen"]), draw.choice(["anytime", "at a write"])
        command = [rig.kepu, "play", "--window", "1080x1920", "--robot", "9999", "--data", data,
                   "--round", draw.choice("345"), "--seed", draw.randrange(1 << 32)]
        begin = time.monotonic()
        program = Program(command, room, env={**rig.environment(), "DISPLAY": rig.display})
        try:
            if at == "anytime":
                wait = draw.uniform(0, FIRST) if draw.random() < 0.2 else FIRST + draw.uniform(0, 9)
                while (rest := begin + wait - time.monotonic()) > 0 and program.process.poll() is None:
                    time.sleep(min(rest, 0.1))
            else:
                wait_for_write(program, data / "records.sqlite-wal", draw, begin + 40)
            if program.process.poll() is not None:
                raise Broken(f"the kiosk ended by itself: {program.words()}")
        finally:
            state = cut(program, [disk], manner)
        named = promises.read(program.said)
        findings = Findings()
        mend = number in (cuts, 1) or number % LIFE == 0 or draw.random() < 0.3
        check_play(rig, findings, room, data, promises, named > 0, mend)
        rig.told(tally, room, number, findings)
        yield tally.add([state, at], named, findings)
    disk.remove()

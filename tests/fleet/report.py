"""Compares every table of a year's report over a collected file, in its JSON and in its CSV files,
with what a few lines of Python count over the batches.

usage: report.py KEPU BATCHES COUNTY.sqlite YEAR
"""

import collections
import csv
import glob
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

COUNTERS = ("started", "answered", "completed")
LEVELS = {"province": 2, "prefecture": 4, "county": 6, "township": 9, "village": 12}


def by_hand(folder, year):
    """Of each table: how its rows are known, what they show, and the numbers of each."""
    lines = (line for name in glob.glob(f"{folder}/station=*/*") for line in gzip.open(name, "rt", encoding="utf-8"))
    every = {one["session"]: one for one in map(json.loads, lines)}.values()
    visitors = [one for one in every if one["mode"] == "visitor"]
    ours = [one for one in visitors if (one["date"] or "").startswith(year)]
    answered = [one for one in ours if one["answered"]]
    counts = lambda some: (
        len(some), sum(one["answered"] > 0 for one in some), sum(one["outcome"] == "completed" for one in some)
    )

    def table(keys_of):
        groups = collections.defaultdict(list)
        for one in ours:
            for key in keys_of(one):
                groups[key].append(one)
        return {key: counts(some) for key, some in groups.items()}

    tables = {}
    for fields in ["audience", "audience topic", "language", "outcome", "profile", "topic", "venue", "station"]:
        fields = fields.split()
        keys = table(lambda one: [tuple(one[field] for field in fields)])
        tables["by_" + "_and_".join(fields)] = (fields, COUNTERS, keys)
    levels = table(lambda one: [(level, one["division"][:digits]) for level, digits in LEVELS.items()])
    tables["by_division"] = (["level", "division"], COUNTERS, levels)
    months = {(f"{year}-{month:02}",): (0, 0, 0) for month in range(1, 13)} | table(lambda one: [(one["date"][:7],)])
    days = collections.Counter((day[:7],) for day in {one["date"] for one in answered})
    months = {month: (*numbers, days[month]) for month, numbers in months.items()}
    tables["by_month"] = (["month"], (*COUNTERS, "days_active"), months)
    total = lambda field: sum(one[field] for one in ours)
    covered = lambda field, digits: len({one[field][:digits] for one in answered})
    overview = dict(zip(COUNTERS, counts(ours))) | {
        "answers": total("answered"),
        "correct": total("correct"),
        "days_active": covered("date", 10),
        "stations_active": covered("station", 64),
        "townships_covered": covered("division", 9),
        "undated": sum(one["date"] is None and one["answered"] > 0 for one in visitors),
    }
    again = [one for one in every if one["mode"] == "retry" and (one["date"] or "").startswith(year)]
    second = collections.defaultdict(collections.Counter)
    for answer in (answer for one in again for answer in one["answers"]):
        key = (answer["pack"], answer["version"], answer["question"])
        second[key].update(answers=1, correct=int(answer["correct"]))
    overview |= {
        "second_answers": sum(one["answers"] for one in second.values()),
        "second_correct": sum(one["correct"] for one in second.values()),
    }
    tables["overview"] = (["what"], ["number"], {(what,): (number,) for what, number in overview.items()})
    requests = collections.defaultdict(collections.Counter)
    for one in ours:
        for request in one.get("requests", []) if one["outcome"] == "completed" else []:
            requests[request["kind"]].update([request["choice"]])
    for kind, counts in requests.items():
        # Nothing that is offered is so rare that a county never asks for it.
        found = {(choice,): (number,) for choice, number in counts.items()}
        tables[f"requested_{kind}s"] = ([f"requested_{kind}"], ["requests"], found)
    packs, questions, wrong = (collections.defaultdict(collections.Counter) for _ in range(3))
    for answer in (answer for one in ours for answer in one["answers"]):
        pack = (answer["pack"], answer["version"])
        question = (*pack, answer["question"])
        for counter in packs[pack], questions[question]:
            counter.update(answers=1, correct=answer["correct"])
        wrong[question].update([] if answer["correct"] else [" ".join(answer["options"])])
    numbers = lambda counter: (counter["answers"], counter["correct"])
    tables["by_pack"] = (["pack", "version"], ("answers", "correct"), {key: numbers(one) for key, one in packs.items()})
    most = lambda key: max(wrong[key].values(), default=0)
    questions = {
        key: (*numbers(questions[key]), most(key), *numbers(second[key])) for key in questions.keys() | second.keys()
    }
    shown = ("answers", "correct", "times_chosen", "second_answers", "second_correct")
    tables["questions"] = (["pack", "version", "question"], shown, questions)
    return tables


def main():
    kepu, folder, file, year = sys.argv[1:]
    expected = by_hand(folder, year)
    report = [kepu, "report", "--year", year, "--records", file, "--lang", "en"]
    said = json.loads(subprocess.run([*report, "--format", "json"], check=True, stdout=subprocess.PIPE).stdout)
    as_json = said["tables"]
    with tempfile.TemporaryDirectory() as out:
        subprocess.run([*report, "--out", out], check=True, stdout=subprocess.DEVNULL)
        as_csv = {}
        for path in pathlib.Path(out).glob("*.csv"):
            name = path.stem.removeprefix(f"kepu-{year}-").replace("-", "_")
            as_csv[name] = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    for form, tables in {"JSON": as_json, "CSV": as_csv}.items():
        if tables.keys() != expected.keys():
            sys.exit(f"{form}: other tables: {sorted(tables.keys() ^ expected.keys())}")
        for name, (keys, shown, rows) in expected.items():
            text = lambda fields, row: tuple(str(row[field]) for field in fields)
            found = [(text(keys, row), text(shown, row)) for row in tables[name]]
            rows = sorted((tuple(map(str, key)), tuple(map(str, numbers))) for key, numbers in rows.items())
            if sorted(found) != rows:
                differing = [pair for pair in zip(sorted(found), rows) if pair[0] != pair[1]][:3]
                sys.exit(f"{form}: {name}: {len(found)} and {len(rows)} rows differ, as in {differing}")
    started = dict(expected["overview"][2])["started",][0]
    print(f"the report of {year}: {len(expected)} tables are the same as by hand ({started} sessions of visitors)")


main()

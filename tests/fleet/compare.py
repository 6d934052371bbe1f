"""Compares counts of the same batches: a few lines of Python over the files, the file that
`kepu collect` made, read as `kepu report` reads it, and the views of assets/fleet in the engines
that are named. What is asked are the report's own counting queries, as they are in their files,
and some more about all that the views show.

usage: compare.py BATCHES COUNTY.sqlite [duckdb] [clickhouse] [spark]
"""

import collections
import glob
import gzip
import json
import pathlib
import sqlite3
import sys

ROOT = pathlib.Path(__file__).parents[2]
FLEET = ROOT / "assets" / "fleet"
REPORT = ROOT / "src" / "records" / "sql" / "report"

TOTALS = "SELECT count(*), sum(asked), sum(answered), sum(correct), sum(seconds) FROM sessions"
COLUMNS = "station, division, venue, coalesce(date, '-'), audience, topic, language, profile, mode, outcome"
SESSIONS = f"""SELECT {COLUMNS}, count(*), sum(answered), sum(correct) FROM sessions
    WHERE hour IS NULL GROUP BY {COLUMNS} ORDER BY {COLUMNS}"""
COLUMNS = "pack, version, question, options, correct"
ANSWERS = f"""SELECT {COLUMNS}, count(*), sum(seconds), sum(ordinal) FROM answers
    GROUP BY {COLUMNS} ORDER BY {COLUMNS}"""
KINDS, PLACES, TIMES, QUESTIONS, RETRIES, REQUESTS = (
    (REPORT / f"{name}.sql").read_text()
    for name in ["kinds", "places", "times", "questions", "retries", "requests"]
)


def by_hand(folder):
    """What each query has to give: its rows, in their order."""
    sessions = {}
    for name in glob.glob(f"{folder}/station=*/*.jsonl.gz"):
        for line in gzip.open(name, "rt", encoding="utf-8"):
            one = json.loads(line)
            sessions[one["session"]] = one
    tables = collections.defaultdict(dict)

    def add(query, key, *numbers):
        before = tables[query].get(key, [0] * len(numbers))
        tables[query][key] = [a + b for a, b in zip(before, numbers)]

    most = collections.Counter()
    for one in sessions.values():
        said = lambda *fields: tuple(one[field] for field in fields)
        add(TOTALS, (), 1, *said("asked", "answered", "correct", "seconds"))
        place = said("station", "division", "venue")
        kind = said("audience", "topic", "language", "profile")
        all_columns = (*place, one["date"] or "-", *kind, *said("mode", "outcome"))
        add(SESSIONS, all_columns, 1, *said("answered", "correct"))
        counts = (1, one["answered"] > 0, one["outcome"] == "completed", *said("answered", "correct"))
        counted = one["mode"] == "visitor"
        again = one["mode"] == "retry" and one["date"]
        if counted:
            add(TIMES, (one["date"], None), *counts)
        if counted and one["date"]:
            add(PLACES, place, *counts)
            kind = (*kind, one["outcome"])
            add(KINDS, kind, *counts)
            most[kind] = max(most[kind], one["answered"])
        for ordinal, answer in enumerate(one["answers"], 1):
            key = (answer["pack"], answer["version"], answer["question"])
            key = (*key, " ".join(answer["options"]), int(answer["correct"]))
            add(ANSWERS, key, 1, answer["seconds"], ordinal)
            if counted and one["date"]:
                add(QUESTIONS, key, 1)
            if again:
                add(RETRIES, key[:3], 1, key[4])
        for request in one.get("requests", []):
            if counted and one["date"] and one["outcome"] == "completed":
                add(REQUESTS, (request["kind"], request["choice"]), 1)
    for kind, answers in most.items():
        tables[KINDS][kind].append(answers)
    in_order = lambda table: sorted(table.items(), key=lambda row: [value or "" for value in row[0]])
    return {query: [(*key, *numbers) for key, numbers in in_order(table)] for query, table in tables.items()}


def sqlite(_, file):
    db = sqlite3.connect(file)
    db.executescript((REPORT / "scope.sql").read_text())
    # All days, and all sessions in one part.
    scope = (None, None, None, "0000-01-01", "9999-12-31", "", "\U0010ffff")
    db.execute((REPORT / "set_scope.sql").read_text(), scope)
    for views in ["collected_views.sql", "requests_view.sql"]:
        db.executescript((REPORT / views).read_text())
    return lambda query: db.execute(query).fetchall()


def duckdb(folder, _):
    import duckdb

    db = duckdb.connect()
    db.execute(f"SET VARIABLE batches = '{folder}'")
    db.execute((FLEET / "duckdb.sql").read_text())
    return lambda query: db.execute(query).fetchall()


def clickhouse(folder, _):
    from chdb.session import Session

    db = Session()
    text = (FLEET / "clickhouse.sql").read_text().replace("'kepu/", f"'{folder}/")
    for statement in text.split(";\n"):
        if statement.strip():
            db.query(statement)
    ask = lambda query: db.query(query, "JSONCompactEachRow").bytes().decode().splitlines()
    return lambda query: [tuple(json.loads(line)) for line in ask(query)]


def spark(folder, _):
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
        "spark.sql.shuffle.partitions": "4",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    db = SparkSession.builder.master("local[2]").config(map=settings).getOrCreate()
    db.sql(f"SET batches={folder}")
    for statement in (FLEET / "spark.sql").read_text().split(";\n"):
        if statement.strip():
            db.sql(statement)
    return lambda query: [tuple(row) for row in db.sql(query).collect()]


def main():
    folder, file, *engines = sys.argv[1:]
    folder = pathlib.Path(folder).resolve()
    expected = by_hand(folder)
    assert len(expected) == 9, "there is nothing to compare"
    for name in ["sqlite", *engines]:
        ask = {"sqlite": sqlite, "duckdb": duckdb, "clickhouse": clickhouse, "spark": spark}[name](folder, file)
        for query, rows in expected.items():
            found = ask(query)
            if found != rows:
                differing = [pair for pair in zip(found, rows) if pair[0] != pair[1]][:3]
                sys.exit(f"{name}: {len(found)} and {len(rows)} rows differ, as in {differing}: {query}")
        counted = f"{expected[TOTALS][0][0]} sessions, {sum(row[5] for row in expected[ANSWERS])} answers"
        print(f"{name}: {len(expected)} queries give the same as by hand ({counted})")


main()

"""Compares three counts of the same batches: a few lines of Python over the files, the file that
`kepu collect` made, and the views of assets/fleet in the engines that are installed.

usage: compare.py BATCHES COUNTY.sqlite [duckdb] [clickhouse] [spark]
"""

import collections
import glob
import gzip
import json
import pathlib
import sqlite3
import sys

FLEET = pathlib.Path(__file__).parents[2] / "assets" / "fleet"

# Written so that every engine understands them.
QUERIES = [
    "SELECT count(*), sum(asked), sum(answered), sum(correct), sum(seconds) FROM sessions",
    """SELECT station, division, venue, coalesce(date, '-'), audience, topic, language, profile, mode,
       outcome, count(*), sum(answered), sum(correct) FROM sessions
       GROUP BY station, division, venue, coalesce(date, '-'), audience, topic, language, profile, mode, outcome""",
    "SELECT count(*) FROM sessions WHERE hour IS NULL",
    """SELECT pack, version, question, options, correct, count(*), sum(seconds), sum(ordinal)
       FROM answers GROUP BY pack, version, question, options, correct""",
]


def by_hand(folder):
    sessions = {}
    for name in glob.glob(f"{folder}/station=*/*.jsonl.gz"):
        for line in gzip.open(name, "rt", encoding="utf-8"):
            one = json.loads(line)
            sessions[one["session"]] = one
    total = [len(sessions), 0, 0, 0, 0]
    groups = collections.defaultdict(lambda: [0, 0, 0])
    answers = collections.defaultdict(lambda: [0, 0, 0])
    for one in sessions.values():
        for at, field in enumerate(["asked", "answered", "correct", "seconds"], 1):
            total[at] += one[field]
        fields = ["station", "division", "venue", "date", "audience", "topic", "language", "profile"]
        group = groups[tuple(one[field] or "-" for field in [*fields, "mode", "outcome"])]
        for at, number in enumerate([1, one["answered"], one["correct"]]):
            group[at] += number
        for ordinal, answer in enumerate(one["answers"], 1):
            key = (answer["pack"], answer["version"], answer["question"])
            count = answers[(*key, " ".join(answer["options"]), int(answer["correct"]))]
            for at, number in enumerate([1, answer["seconds"], ordinal]):
                count[at] += number
    rows = lambda table: sorted((*key, *numbers) for key, numbers in table.items())
    return [[tuple(total)], rows(groups), [(len(sessions),)], rows(answers)]


def sqlite(file):
    db = sqlite3.connect(file)
    db.execute("CREATE TEMP VIEW sessions AS SELECT id AS session, NULL AS hour, * FROM main.session")
    db.execute("CREATE TEMP VIEW answers AS SELECT * FROM main.answer")
    return lambda query: db.execute(query).fetchall()


def duckdb(folder):
    import duckdb

    db = duckdb.connect()
    db.execute(f"SET VARIABLE batches = '{folder}'")
    db.execute((FLEET / "duckdb.sql").read_text())
    return lambda query: db.execute(query).fetchall()


def clickhouse(folder):
    from chdb.session import Session

    db = Session()
    text = (FLEET / "clickhouse.sql").read_text().replace("'kepu/", f"'{folder}/")
    for statement in text.split(";\n"):
        if statement.strip():
            db.query(statement)
    ask = lambda query: db.query(query, "JSONCompactEachRow").bytes().decode().splitlines()
    number = lambda value: int(value) if isinstance(value, str) and value.isdigit() and len(value) < 12 else value
    return lambda query: [tuple(map(number, json.loads(line))) for line in ask(query)]


def spark(folder):
    from pyspark.sql import SparkSession

    db = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    text = (FLEET / "spark.sql").read_text().replace("${batches}", str(folder))
    for statement in text.split(";\n"):
        if statement.strip():
            db.sql(statement)
    return lambda query: [tuple(row) for row in db.sql(query).collect()]


def main():
    folder, file, *engines = sys.argv[1:]
    folder = pathlib.Path(folder).resolve()
    expected = by_hand(folder)
    assert expected[0][0][0] > 0, "there is nothing to compare"
    known = {"duckdb": duckdb, "clickhouse": clickhouse, "spark": spark}
    asked = {"sqlite": sqlite(file)} | {name: known[name](folder) for name in engines}
    for name, ask in asked.items():
        for query, rows in zip(QUERIES, expected):
            found = sorted(tuple(int(v) if isinstance(v, float) else v for v in row) for row in ask(query))
            if found != rows:
                differing = [pair for pair in zip(found, rows) if pair[0] != pair[1]][:3]
                sys.exit(f"{name}: {len(found)} and {len(rows)} rows differ, as in {differing}: {query}")
        print(f"{name}: the same as by hand ({expected[0][0][0]} sessions, {sum(r[5] for r in expected[3])} answers)")


main()

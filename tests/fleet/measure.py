"""Measures collecting and counting beside DuckDB, on the same data in the same run; medians of
three rounds, each engine in a process of its own. It says what it finds and fails for nothing.

usage: measure.py KEPU FOLDER [SESSIONS…]   with the release build, and duckdb in this Python

FOLDER keeps what is made. Where `county-SESSIONS.sqlite` of the bench `report` lies in it
(KEPU_BENCH_DIR=FOLDER), reports are measured on it.
"""

import os
import pathlib
import sqlite3
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).parents[2]
REPORT = ROOT / "src" / "records" / "sql" / "report"
ROUNDS = 3
# DuckDB at its best: the batches are read once, not once a view.
LOAD = """
import duckdb, sys
folder, file, views = sys.argv[1:]
db = duckdb.connect()
db.execute(f"SET VARIABLE batches = '{folder}'")
db.execute(open(views).read())
db.execute("CREATE TABLE lines AS SELECT * FROM batches")
db.execute("CREATE OR REPLACE VIEW batches AS SELECT * FROM lines")
db.execute(f"ATTACH '{file}' AS kept")
db.execute("CREATE TABLE kept.sessions AS SELECT * FROM sessions")
db.execute("CREATE TABLE kept.answers AS SELECT * FROM answers")
db.execute("CREATE TABLE kept.requests AS SELECT * FROM requests")
"""
# By way of CSV files, because DuckDB reads a file of SQLite only with a part that it downloads.
COPY = """
import csv, duckdb, os, sqlite3, sys
db, out = sqlite3.connect(sys.argv[1]), duckdb.connect(sys.argv[2])
text = {"session": "VARCHAR", "id": "VARCHAR", "division": "VARCHAR", "date": "VARCHAR"}
for name, select, types in [
    ("sessions", "SELECT id AS session, NULL AS hour, * FROM session", text | {"hour": "INTEGER"}),
    ("answers", "SELECT * FROM answer", {"session": "VARCHAR"}),
]:
    rows, path = db.execute(select), sys.argv[2] + ".csv"
    with open(path, "w", newline="") as lines:
        csv.writer(lines).writerow([column[0] for column in rows.description])
        csv.writer(lines).writerows(rows)
    out.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{path}', types = {types})")
    os.remove(path)
"""
COUNT = """
import duckdb, sys
db = duckdb.connect(sys.argv[1], read_only=True)
for query in sys.argv[2:]:
    db.execute(open(query).read()).fetchall()
"""


class Used:
    """What a command took: seconds, seconds of processors, and the most memory in MB."""

    def __init__(self, *command):
        begin = time.monotonic()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        if status:
            sys.exit(f"{command} failed")
        self.seconds = time.monotonic() - begin
        self.busy = used.ru_utime + used.ru_stime
        self.memory = used.ru_maxrss / 1000


def in_turn(before, *commands):
    """Says what each command took, one after the other, three times: medians, and of the ratios."""
    rounds = []
    for _ in range(ROUNDS):
        rounds.append([])
        for command in commands:
            before()
            rounds[-1].append(Used(*command))
    middle = lambda of: statistics.median(map(of, rounds))
    said = []
    for at, who in enumerate(["Kepu", "DuckDB"][: len(commands)]):
        seconds, busy, memory = (middle(lambda pair: getattr(pair[at], what)) for what in ["seconds", "busy", "memory"])
        said.append(f"{who} {seconds:.2f} s ({busy:.2f} s of processors, {memory:.0f} MB)")
    if len(commands) > 1:
        ratio, busy = (middle(lambda pair: getattr(pair[0], what) / getattr(pair[1], what)) for what in ["seconds", "busy"])
        said.append(f"ratio {ratio:.2f} ({busy:.2f} of processors)")
    return "; ".join(said)


def collecting(kepu, folder, sessions):
    batches = folder / f"batches-{sessions}"
    if not batches.exists():
        # About 31 sessions a day and station.
        days = min(360, max(30, sessions // 31 // 40))
        stations = str(max(1, round(sessions / 31 / days)))
        Used(kepu, "simulate", "--stations", stations, "--days", str(days), "--out", batches)
    ours, theirs = folder / "collected.sqlite", folder / "loaded.duckdb"

    def before():
        # Of the one before: what it has written shall not be waited for by the other.
        for file in [ours, theirs]:
            file.unlink(missing_ok=True)
        os.sync()

    collect = [kepu, "collect", batches, "--into", ours]
    load = [sys.executable, "-c", LOAD, batches, theirs, ROOT / "assets" / "fleet" / "duckdb.sql"]
    said = in_turn(before, collect, load)
    Used(*collect)
    stored = sqlite3.connect(ours).execute("SELECT count(*) FROM session").fetchone()[0]
    print(f"{stored} sessions collected: {said}", flush=True)


def counting(kepu, folder, sessions, file):
    theirs = folder / f"county-{sessions}.duckdb"
    # To write out more than this takes longer than it tells.
    compared = sessions <= 1_000_000
    if compared and not theirs.exists():
        subprocess.run([sys.executable, "-c", COPY, file, theirs], check=True, stdout=subprocess.DEVNULL)
    queries = [REPORT / f"{name}.sql" for name in ["kinds", "places", "times", "questions"]]
    report = [kepu, "report", "--year", "2026", "--records", file, "--out", folder / "report"]
    count = [[sys.executable, "-c", COUNT, theirs, *queries]] if compared else []
    print(f"report over {sessions} sessions: {in_turn(lambda: None, report, *count)}", flush=True)


def main():
    kepu, folder, *sizes = sys.argv[1:]
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for sessions in [int(size) for size in sizes] or [10_000, 100_000, 1_000_000]:
        if sessions <= 1_000_000:
            collecting(kepu, folder, sessions)
        file = folder / f"county-{sessions}.sqlite"
        if file.exists():
            counting(kepu, folder, sessions, file)


main()

"""A kiosk in small, for the rig's own test: stores answers for ever and names each.

usage: writer.py RECORDS.sqlite OFF|NORMAL|FULL
"""

import os
import sqlite3
import sys


def write_for_ever(path, synchronous):
    """A kiosk in small: stores answers and names each; `--writer` of this program."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(f"PRAGMA synchronous = {synchronous}")
    while True:
        session = os.urandom(16).hex()
        db.execute("INSERT INTO session VALUES (?, '2026-03-12', 9, 'trusted', 'youth', 'health', 'en', "
                   "'standard', 'robot', NULL, 5, 0, 0, 0, NULL)", (session,))
        for ordinal in range(1, 6):
            answer = (session, ordinal, f"q{ordinal}")
            db.execute("BEGIN")
            db.execute("INSERT INTO answer VALUES (?, ?, 'p', 1, ?, 'a', 0, 5)", answer)
            db.execute("UPDATE session SET answered = answered + 1 WHERE id = ?", (session,))
            db.execute("COMMIT")
            print("answered", session, ordinal, flush=True)


if __name__ == "__main__":
    write_for_ever(*sys.argv[1:])

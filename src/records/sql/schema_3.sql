-- Schema 3: a round of what was missed, tried again, is a session of a mode of its own, so that
-- whatever counts visitors never counts it; and what visitors would like to learn next.
-- A mode more is another rule of the table, and SQLite changes none in place: the table is made anew,
-- with the same columns in the same order.

CREATE TABLE session_3 (
    id       TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
    date     TEXT    NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    hour     INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    clock    TEXT    NOT NULL CHECK (clock IN ('trusted', 'unset')),
    audience TEXT    NOT NULL,
    topic    TEXT    NOT NULL,
    language TEXT    NOT NULL,
    profile  TEXT    NOT NULL,
    mode     TEXT    NOT NULL CHECK (mode IN ('visitor', 'retry', 'staff', 'robot')),
    outcome  TEXT    CHECK (outcome IN ('completed', 'abandoned', 'timed_out', 'interrupted')),
    asked    INTEGER NOT NULL CHECK (asked >= 0),
    answered INTEGER NOT NULL CHECK (answered >= 0),
    correct  INTEGER NOT NULL CHECK (correct BETWEEN 0 AND answered),
    seconds  INTEGER NOT NULL CHECK (seconds >= 0 AND seconds % 5 = 0),
    batch    INTEGER REFERENCES batch (sequence)
) STRICT, WITHOUT ROWID;

INSERT INTO session_3 (
    id, date, hour, clock, audience, topic, language, profile, mode, outcome, asked, answered, correct, seconds, batch
)
SELECT
    id, date, hour, clock, audience, topic, language, profile, mode, outcome, asked, answered, correct, seconds, batch
FROM session;

DROP TABLE session;
ALTER TABLE session_3 RENAME TO session;

-- As in schemas 1 and 2; they went with the old table.
CREATE INDEX session_open ON session (id) WHERE outcome IS NULL;
CREATE INDEX session_unsealed ON session (date) WHERE batch IS NULL;

-- Of each kind one a session, so that nobody can stuff the count; an id from a list, never a text.
CREATE TABLE request (
    session TEXT NOT NULL REFERENCES session (id),
    kind    TEXT NOT NULL CHECK (kind IN ('topic', 'form')),
    choice  TEXT NOT NULL CHECK (length(choice) BETWEEN 1 AND 64 AND choice NOT GLOB '*[^a-z0-9_-]*'),
    PRIMARY KEY (session, kind)
) STRICT, WITHOUT ROWID;

-- Schema 1. Never edited once shipped: a change is schema_2.sql.
-- WITHOUT ROWID: random keys are the only order, so no sequence of visitors can be read off the file.

CREATE TABLE session (
    id       TEXT    NOT NULL PRIMARY KEY CHECK (length(id) = 32 AND id NOT GLOB '*[^0-9a-f]*'),
    date     TEXT    NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    hour     INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
    clock    TEXT    NOT NULL CHECK (clock IN ('trusted', 'unset')),
    audience TEXT    NOT NULL,
    topic    TEXT    NOT NULL,
    language TEXT    NOT NULL,
    profile  TEXT    NOT NULL,
    mode     TEXT    NOT NULL CHECK (mode IN ('visitor', 'staff', 'robot')),
    outcome  TEXT    CHECK (outcome IN ('completed', 'abandoned', 'timed_out', 'interrupted')),
    asked    INTEGER NOT NULL CHECK (asked >= 0),
    answered INTEGER NOT NULL CHECK (answered >= 0),
    correct  INTEGER NOT NULL CHECK (correct BETWEEN 0 AND answered),
    seconds  INTEGER NOT NULL CHECK (seconds >= 0 AND seconds % 5 = 0)
) STRICT, WITHOUT ROWID;

-- The start looks for open sessions: never more than a few, among millions.
CREATE INDEX session_open ON session (id) WHERE outcome IS NULL;

CREATE TABLE answer (
    session      TEXT    NOT NULL REFERENCES session (id),
    ordinal      INTEGER NOT NULL CHECK (ordinal >= 1),
    pack         TEXT    NOT NULL,
    pack_version INTEGER NOT NULL CHECK (pack_version >= 0),
    question     TEXT    NOT NULL,
    options      TEXT    NOT NULL,
    correct      INTEGER NOT NULL CHECK (correct IN (0, 1)),
    seconds      INTEGER NOT NULL CHECK (seconds >= 0),
    PRIMARY KEY (session, ordinal)
) STRICT, WITHOUT ROWID;

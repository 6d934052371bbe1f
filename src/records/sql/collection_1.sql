-- The file of an office that collects many stations, schema 1. Never edited once shipped.
-- WITHOUT ROWID: whatever order batches arrive in, the rows lie in the same order.

CREATE TABLE session (
    id       TEXT    NOT NULL PRIMARY KEY,
    station  TEXT    NOT NULL,
    division TEXT,
    venue    TEXT    NOT NULL,
    date     TEXT,
    audience TEXT    NOT NULL,
    topic    TEXT    NOT NULL,
    language TEXT    NOT NULL,
    profile  TEXT    NOT NULL,
    mode     TEXT    NOT NULL,
    outcome  TEXT    NOT NULL,
    asked    INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    correct  INTEGER NOT NULL,
    seconds  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
    session  TEXT    NOT NULL,
    ordinal  INTEGER NOT NULL,
    pack     TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    question TEXT    NOT NULL,
    options  TEXT    NOT NULL,
    correct  INTEGER NOT NULL,
    seconds  INTEGER NOT NULL,
    PRIMARY KEY (session, ordinal)
) STRICT, WITHOUT ROWID;

-- The batches that have been taken in. In one that `differs` is a session that had come before
-- with other content: what came first stays.
CREATE TABLE batch (
    name     TEXT    NOT NULL PRIMARY KEY,
    station  TEXT    NOT NULL,
    sequence INTEGER NOT NULL,
    sha256   TEXT    NOT NULL,
    sessions INTEGER NOT NULL,
    state    TEXT    NOT NULL CHECK (state IN ('whole', 'differs'))
) STRICT, WITHOUT ROWID;

-- What could not be taken in. It is looked at again with each collection.
CREATE TABLE set_aside (
    name    TEXT NOT NULL PRIMARY KEY,
    station TEXT NOT NULL,
    why     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

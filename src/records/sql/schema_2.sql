-- Schema 2: batches, the sealed files in which sessions travel. A batch's bytes are frozen when it
-- is sealed, so that whatever is sent again is the same to the byte.

CREATE TABLE batch (
    sequence        INTEGER NOT NULL PRIMARY KEY CHECK (sequence >= 1),
    name            TEXT    NOT NULL UNIQUE,
    sha256          TEXT    NOT NULL CHECK (length(sha256) = 64 AND sha256 NOT GLOB '*[^0-9a-f]*'),
    sessions        INTEGER NOT NULL CHECK (sessions >= 1),
    -- The days are left out where the clock was not set.
    sealed_on       TEXT    CHECK (sealed_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    acknowledged    INTEGER NOT NULL DEFAULT 0 CHECK (acknowledged IN (0, 1)),
    acknowledged_on TEXT    CHECK (acknowledged_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    bytes           BLOB    CHECK (bytes IS NOT NULL OR acknowledged = 1)
) STRICT, WITHOUT ROWID;

ALTER TABLE session ADD COLUMN batch INTEGER REFERENCES batch (sequence);

-- What has still to be sealed, by day: a few days among years.
CREATE INDEX session_unsealed ON session (date) WHERE batch IS NULL;

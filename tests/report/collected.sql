-- A collected file of many stations, as `kepu collect` makes it.
PRAGMA application_id = 0x4B455043;
PRAGMA user_version = 1;
CREATE TABLE session (
    id TEXT PRIMARY KEY, station TEXT, division TEXT, venue TEXT, date TEXT, audience TEXT,
    topic TEXT, language TEXT, profile TEXT, mode TEXT, outcome TEXT,
    asked INTEGER, answered INTEGER, correct INTEGER, seconds INTEGER
) WITHOUT ROWID;
CREATE TABLE answer (
    session TEXT, ordinal INTEGER, pack TEXT, version INTEGER, question TEXT, options TEXT,
    correct INTEGER, seconds INTEGER, PRIMARY KEY (session, ordinal)
) WITHOUT ROWID;

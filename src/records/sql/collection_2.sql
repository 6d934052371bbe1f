-- Collection schema 2: what visitors would like to learn next.

CREATE TABLE request (
    session TEXT NOT NULL,
    kind    TEXT NOT NULL,
    choice  TEXT NOT NULL,
    PRIMARY KEY (session, kind)
) STRICT, WITHOUT ROWID;

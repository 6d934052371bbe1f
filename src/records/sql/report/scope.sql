-- What a reader is looking at: the station whose file it is, the days, and a part of the sessions.
CREATE TEMP TABLE scope (
    station  TEXT,
    division TEXT,
    venue    TEXT,
    from_day TEXT NOT NULL,
    to_day   TEXT NOT NULL,
    from_id  TEXT NOT NULL,
    to_id    TEXT NOT NULL
);

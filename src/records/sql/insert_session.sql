-- Not INSERT OR IGNORE: that also swallows a broken CHECK, and the record would be lost without a word.
INSERT INTO session (
    id, date, hour, clock, audience, topic, language, profile, mode, outcome, asked, answered, correct, seconds
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, NULL, ?10, 0, 0, 0)
ON CONFLICT (id) DO NOTHING

INSERT INTO session (
    id, station, division, venue, date, audience, topic, language, profile, mode, outcome,
    asked, answered, correct, seconds
)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
ON CONFLICT (id) DO NOTHING

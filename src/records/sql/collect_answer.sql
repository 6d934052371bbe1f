INSERT INTO answer (session, ordinal, pack, version, question, options, correct, seconds)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)

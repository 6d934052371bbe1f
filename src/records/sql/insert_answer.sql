INSERT INTO answer (session, ordinal, pack, pack_version, question, options, correct, seconds)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (session, ordinal) DO NOTHING

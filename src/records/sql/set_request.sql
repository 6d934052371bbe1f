-- The last choice of a kind stands. A session that is in a batch has left as it was: what comes after
-- would be counted here and nowhere else.
INSERT INTO request (session, kind, choice)
SELECT id, ?2, ?3
FROM session
WHERE id = ?1 AND batch IS NULL
ON CONFLICT (session, kind) DO UPDATE SET choice = excluded.choice

-- Sessions that may be forgotten: of days before ?1, and safe at their destination since before ?1.
-- What was never known to arrive, or on an unknown day, stays for ever.
SELECT session.id
FROM session
JOIN batch ON batch.sequence = session.batch
WHERE session.date < ?1
    AND batch.acknowledged = 1
    AND batch.acknowledged_on < ?1
LIMIT ?2

-- Whether one session may be forgotten: see forgettable.sql.
SELECT COUNT(*)
FROM session
JOIN batch ON batch.sequence = session.batch
WHERE session.id = ?2
    AND session.date < ?1
    AND batch.acknowledged = 1
    AND batch.acknowledged_on < ?1

SELECT hour, topic, count(*) AS started
FROM session
WHERE mode = 'visitor' AND date = ?1
GROUP BY hour, topic

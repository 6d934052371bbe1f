-- Sessions of visitors by day and hour. A day that is not known is NULL, and so is an hour.
SELECT
    date,
    hour,
    COUNT(*) AS started,
    SUM(CASE WHEN answered > 0 THEN 1 ELSE 0 END) AS with_answers,
    SUM(CASE WHEN outcome = 'completed' THEN 1 ELSE 0 END) AS completed,
    SUM(answered) AS answers,
    SUM(correct) AS right_answers
FROM sessions
WHERE mode = 'visitor'
GROUP BY date, hour
ORDER BY COALESCE(date, ''), COALESCE(hour, -1)

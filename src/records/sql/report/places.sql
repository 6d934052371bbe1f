-- Sessions of visitors on known days by station. A station that moved has a row a place.
SELECT
    COALESCE(station, '') AS at_station,
    COALESCE(division, '') AS at_division,
    COALESCE(venue, '') AS at_venue,
    COUNT(*) AS started,
    SUM(CASE WHEN answered > 0 THEN 1 ELSE 0 END) AS with_answers,
    SUM(CASE WHEN outcome = 'completed' THEN 1 ELSE 0 END) AS completed,
    SUM(answered) AS answers,
    SUM(correct) AS right_answers
FROM sessions
WHERE mode = 'visitor' AND date IS NOT NULL
GROUP BY COALESCE(station, ''), COALESCE(division, ''), COALESCE(venue, '')
ORDER BY COALESCE(station, ''), COALESCE(division, ''), COALESCE(venue, '')

-- What visitors on known days would like to learn next, of sessions that reached the results.
-- CROSS JOIN: there are fewer requests than sessions, so SQLite goes through those.
SELECT
    requests.kind,
    requests.choice,
    COUNT(*) AS times_chosen
FROM requests
CROSS JOIN sessions
WHERE sessions.session = requests.session
    AND sessions.mode = 'visitor'
    AND sessions.date IS NOT NULL
    AND sessions.outcome = 'completed'
GROUP BY requests.kind, requests.choice
ORDER BY requests.kind, requests.choice

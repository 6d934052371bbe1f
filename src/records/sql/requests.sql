-- What visitors who reached the results would like to learn next, as report/requests.sql counts it,
-- over all days.
SELECT request.kind, request.choice, count(*) AS times_chosen
FROM request CROSS JOIN session
WHERE session.id = request.session
    AND session.mode = 'visitor'
    AND session.outcome = 'completed'
GROUP BY request.kind, request.choice
ORDER BY request.kind DESC, times_chosen DESC, request.choice

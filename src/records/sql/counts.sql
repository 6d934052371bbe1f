SELECT
    mode,
    coalesce(outcome, 'open') AS outcome,
    audience,
    topic,
    count(*) AS sessions,
    count(*) FILTER (WHERE answered > 0) AS with_answers,
    sum(answered) AS answers,
    sum(correct) AS correct
FROM session
GROUP BY mode, outcome, audience, topic
ORDER BY mode, coalesce(outcome, 'open'), audience, topic

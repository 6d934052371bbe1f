-- Sessions of visitors on known days by all that a visitor chose and how it ended.
SELECT
    audience,
    topic,
    language,
    profile,
    COALESCE(outcome, 'open') AS ended,
    COUNT(*) AS started,
    SUM(CASE WHEN answered > 0 THEN 1 ELSE 0 END) AS with_answers,
    SUM(CASE WHEN outcome = 'completed' THEN 1 ELSE 0 END) AS completed,
    SUM(answered) AS answers,
    SUM(correct) AS right_answers,
    MAX(answered) AS most_answers
FROM sessions
WHERE mode = 'visitor' AND date IS NOT NULL
GROUP BY audience, topic, language, profile, COALESCE(outcome, 'open')
ORDER BY audience, topic, language, profile, COALESCE(outcome, 'open')

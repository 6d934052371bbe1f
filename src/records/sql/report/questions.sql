-- Answers of visitors on known days by question and by what was chosen.
-- CROSS JOIN: SQLite then goes through the sessions in order and finds the answers of each beside
-- one another; to other engines it is the same join.
SELECT
    answers.pack,
    answers.version,
    answers.question,
    answers.options,
    answers.correct,
    COUNT(*) AS times_chosen
FROM sessions
CROSS JOIN answers
WHERE answers.session = sessions.session
    AND sessions.mode = 'visitor'
    AND sessions.date IS NOT NULL
GROUP BY answers.pack, answers.version, answers.question, answers.options, answers.correct
ORDER BY answers.pack, answers.version, answers.question, answers.options, answers.correct

-- Answers on known days to questions that had been missed and were tried again at once, by question.
-- Rounds of these are sessions of a mode of their own: no other query counts them.
SELECT
    answers.pack,
    answers.version,
    answers.question,
    COUNT(*) AS times_answered,
    SUM(answers.correct) AS times_right
FROM sessions
CROSS JOIN answers
WHERE answers.session = sessions.session
    AND sessions.mode = 'retry'
    AND sessions.date IS NOT NULL
GROUP BY answers.pack, answers.version, answers.question
ORDER BY answers.pack, answers.version, answers.question

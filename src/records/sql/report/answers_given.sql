-- The answers that questions.sql counts, one by one.
SELECT
    answers.pack,
    answers.version,
    answers.question,
    answers.options,
    answers.correct
FROM sessions
CROSS JOIN answers
WHERE answers.session = sessions.session
    AND sessions.mode = 'visitor'
    AND sessions.date IS NOT NULL

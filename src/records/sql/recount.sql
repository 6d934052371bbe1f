-- The answers are the one source of truth; the two columns only save the reports a scan.
UPDATE session
SET
    answered = (SELECT count(*) FROM answer WHERE answer.session = session.id),
    correct = (SELECT coalesce(sum(answer.correct), 0) FROM answer WHERE answer.session = session.id)
WHERE id = ?1

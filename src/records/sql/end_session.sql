-- The first end stands: an end that comes again changes nothing.
UPDATE session
SET
    outcome = ?2,
    seconds = ?3
WHERE id = ?1 AND outcome IS NULL

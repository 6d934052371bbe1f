DELETE FROM request
WHERE session = ?1 AND kind = ?2
    AND session IN (SELECT id FROM session WHERE id = ?1 AND batch IS NULL)

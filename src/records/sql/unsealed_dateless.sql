SELECT count(*)
FROM session
WHERE batch IS NULL AND outcome IS NOT NULL AND (clock = 'unset' OR (date > ?1 AND ?1 <> ''))

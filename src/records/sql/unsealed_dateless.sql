-- Rounds tried again hide nobody: whoever played one is among the others already.
SELECT count(*)
FROM session
WHERE batch IS NULL AND outcome IS NOT NULL AND mode <> 'retry' AND (clock = 'unset' OR (date > ?1 AND ?1 <> ''))

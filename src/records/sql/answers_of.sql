SELECT pack, pack_version, question, options, correct, seconds
FROM answer
WHERE session = ?1
ORDER BY ordinal

SELECT kind, choice
FROM request
WHERE session = ?1
ORDER BY kind

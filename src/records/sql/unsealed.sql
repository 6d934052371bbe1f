-- The ended sessions that may leave the station now. Whole past days: days before ?1, which is
-- today, or empty when nobody knows, and on which no session is open. What has no day that can be
-- believed, or one still to come, only when ?2 says that enough of it waits to hide one among the
-- others.
SELECT
    id,
    CASE clock WHEN 'trusted' THEN date END AS date,
    audience,
    topic,
    language,
    profile,
    mode,
    outcome,
    asked,
    answered,
    correct,
    seconds
FROM session
WHERE
    batch IS NULL
    AND outcome IS NOT NULL
    AND CASE
        WHEN clock = 'unset' THEN ?2
        WHEN date < ?1 THEN date NOT IN (SELECT date FROM session WHERE outcome IS NULL)
        ELSE ?2 AND date > ?1 AND ?1 <> ''
    END
ORDER BY date, id
LIMIT ?3

SELECT
    (SELECT count(*) FROM session WHERE batch IS NULL AND outcome IS NOT NULL) AS unsealed,
    count(*) FILTER (WHERE acknowledged = 0) AS unsent,
    coalesce(sum(sessions) FILTER (WHERE acknowledged = 0), 0) AS sessions,
    max(acknowledged_on) AS last_success
FROM batch

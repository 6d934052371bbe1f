-- The three counters of each span that staff are shown; a span without a session has a row, too.
WITH span (span, from_day) AS (
    VALUES ('today', ?1), ('week', ?2), ('month', ?3), ('all', '')
),
day AS (
    SELECT
        date,
        count(*) AS started,
        count(*) FILTER (WHERE answered > 0) AS answered,
        count(*) FILTER (WHERE outcome = 'completed') AS completed,
        sum(answered) AS answers
    FROM session
    WHERE mode = 'visitor'
    GROUP BY date
)
SELECT
    span,
    coalesce(sum(started), 0) AS started,
    coalesce(sum(answered), 0) AS answered,
    coalesce(sum(completed), 0) AS completed,
    coalesce(sum(answers), 0) AS answers,
    min(date) AS since
FROM span LEFT JOIN day ON date >= from_day AND (span = 'all' OR date <= ?1)
GROUP BY span

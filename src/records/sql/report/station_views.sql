-- The two relations that the counting queries read, over the file of one station.
-- Of a clock that was not set neither day nor hour is known.
CREATE TEMP VIEW sessions AS
SELECT
    session.id AS session,
    (SELECT scope.station FROM temp.scope) AS station,
    (SELECT scope.division FROM temp.scope) AS division,
    (SELECT scope.venue FROM temp.scope) AS venue,
    CASE WHEN session.clock = 'trusted' THEN session.date END AS date,
    CASE WHEN session.clock = 'trusted' THEN session.hour END AS hour,
    session.audience,
    session.topic,
    session.language,
    session.profile,
    session.mode,
    session.outcome,
    session.asked,
    session.answered,
    session.correct,
    session.seconds
FROM main.session
WHERE session.id >= (SELECT scope.from_id FROM temp.scope)
    AND session.id < (SELECT scope.to_id FROM temp.scope)
    AND (
        session.clock <> 'trusted'
        OR session.date BETWEEN (SELECT scope.from_day FROM temp.scope)
            AND (SELECT scope.to_day FROM temp.scope)
    );

CREATE TEMP VIEW answers AS
SELECT
    answer.session,
    answer.ordinal,
    answer.pack,
    answer.pack_version AS version,
    answer.question,
    answer.options,
    answer.correct,
    answer.seconds
FROM main.answer;

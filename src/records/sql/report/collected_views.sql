-- The two relations that the counting queries read, over a collected file of many stations.
-- What was sent never holds an hour; a day that was not known is NULL.
CREATE TEMP VIEW sessions AS
SELECT
    session.id AS session,
    session.station,
    session.division,
    session.venue,
    session.date,
    CAST(NULL AS INTEGER) AS hour,
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
        session.date IS NULL
        OR session.date BETWEEN (SELECT scope.from_day FROM temp.scope)
            AND (SELECT scope.to_day FROM temp.scope)
    );

CREATE TEMP VIEW answers AS
SELECT
    answer.session,
    answer.ordinal,
    answer.pack,
    answer.version,
    answer.question,
    answer.options,
    answer.correct,
    answer.seconds
FROM main.answer;

-- The views `sessions`, `answers` and `requests` for Spark SQL, over the batches where they lie.
-- ${batches} is the folder or s3a://bucket/prefix (see README.md).
-- DISTINCT: a batch that came by stick and by network counts once.
CREATE OR REPLACE TEMPORARY VIEW batch_lines (
    session STRING, station STRING, division STRING, venue STRING, date STRING,
    audience STRING, topic STRING, language STRING, profile STRING, mode STRING, outcome STRING,
    asked INT, answered INT, correct INT, seconds INT,
    answers ARRAY<STRUCT<pack: STRING, version: INT, question: STRING, options: ARRAY<STRING>, correct: BOOLEAN, seconds: INT>>,
    requests ARRAY<STRUCT<kind: STRING, choice: STRING>>
)
USING json
OPTIONS (
    path '${batches}', recursiveFileLookup 'true', pathGlobFilter '*.jsonl.gz', mode 'FAILFAST'
);

CREATE OR REPLACE TEMPORARY VIEW batches AS
SELECT DISTINCT * FROM batch_lines;

CREATE OR REPLACE TEMPORARY VIEW sessions AS
SELECT
    session, station, division, venue, date, CAST(NULL AS INT) AS hour, audience, topic,
    language, profile, mode, outcome, asked, answered, correct, seconds
FROM batches;

CREATE OR REPLACE TEMPORARY VIEW answers AS
SELECT
    session,
    position + 1 AS ordinal,
    answer.pack AS pack,
    answer.version AS version,
    answer.question AS question,
    array_join(answer.options, ' ') AS options,
    CAST(answer.correct AS INT) AS correct,
    answer.seconds AS seconds
FROM batches LATERAL VIEW posexplode(answers) exploded AS position, answer;

-- Most sessions, and those of stations that never asked, have none.
CREATE OR REPLACE TEMPORARY VIEW requests AS
SELECT session, request.kind AS kind, request.choice AS choice
FROM batches LATERAL VIEW explode(requests) exploded AS request;

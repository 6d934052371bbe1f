-- The views `sessions`, `answers` and `requests` for Trino, over the batches where they lie, through a Hive
-- catalogue called `hive` with a schema called `kepu`. Replace the location (see README.md).
-- DISTINCT: a batch that came by stick and by network counts once.
CREATE TABLE hive.kepu.batch_lines (
    session VARCHAR, division VARCHAR, venue VARCHAR, date VARCHAR,
    audience VARCHAR, topic VARCHAR, language VARCHAR, profile VARCHAR, mode VARCHAR, outcome VARCHAR,
    asked INTEGER, answered INTEGER, correct INTEGER, seconds INTEGER,
    answers ARRAY(ROW(pack VARCHAR, version INTEGER, question VARCHAR, options ARRAY(VARCHAR), correct BOOLEAN, seconds INTEGER)),
    requests ARRAY(ROW(kind VARCHAR, choice VARCHAR)),
    station VARCHAR
)
WITH (
    format = 'JSON',
    external_location = 's3://bucket/prefix',
    partitioned_by = ARRAY['station']
);

-- Again whenever a new station has sent for the first time.
CALL hive.system.sync_partition_metadata('kepu', 'batch_lines', 'ADD');

CREATE OR REPLACE VIEW hive.kepu.batches AS
SELECT DISTINCT * FROM hive.kepu.batch_lines;

CREATE OR REPLACE VIEW hive.kepu.sessions AS
SELECT
    session, station, division, venue, date, CAST(NULL AS INTEGER) AS hour, audience, topic,
    language, profile, mode, outcome, asked, answered, correct, seconds
FROM hive.kepu.batches;

CREATE OR REPLACE VIEW hive.kepu.answers AS
SELECT
    session,
    CAST(ordinal AS INTEGER) AS ordinal,
    pack,
    version,
    question,
    array_join(options, ' ') AS options,
    CAST(right_answer AS INTEGER) AS correct,
    taken AS seconds
FROM hive.kepu.batches
CROSS JOIN UNNEST(answers) WITH ORDINALITY AS answer (pack, version, question, options, right_answer, taken, ordinal);

-- Most sessions, and those of stations that never asked, have none.
CREATE OR REPLACE VIEW hive.kepu.requests AS
SELECT session, kind, choice
FROM hive.kepu.batches
CROSS JOIN UNNEST(requests) AS request (kind, choice);

-- The views `sessions`, `answers` and `requests` for DuckDB, over the batches where they lie.
-- First: SET VARIABLE batches = '/data/kepu'; or 's3://bucket/prefix' (see README.md).
-- DISTINCT: a batch that came by stick and by network counts once.
CREATE OR REPLACE VIEW batches AS
SELECT DISTINCT *
FROM read_json(
    getvariable('batches') || '/station=*/*.jsonl.gz',
    format = 'newline_delimited',
    hive_partitioning = false,
    columns = {
        session: 'VARCHAR', station: 'VARCHAR', division: 'VARCHAR', venue: 'VARCHAR',
        date: 'VARCHAR', audience: 'VARCHAR', topic: 'VARCHAR', language: 'VARCHAR',
        profile: 'VARCHAR', mode: 'VARCHAR', outcome: 'VARCHAR',
        asked: 'INTEGER', answered: 'INTEGER', correct: 'INTEGER', seconds: 'INTEGER',
        answers: 'STRUCT(pack VARCHAR, version INTEGER, question VARCHAR, options VARCHAR[], correct BOOLEAN, seconds INTEGER)[]',
        requests: 'STRUCT(kind VARCHAR, choice VARCHAR)[]'
    }
);

CREATE OR REPLACE VIEW sessions AS
SELECT
    session, station, division, venue, date, CAST(NULL AS INTEGER) AS hour, audience, topic,
    language, profile, mode, outcome, asked, answered, correct, seconds
FROM batches;

CREATE OR REPLACE VIEW answers AS
SELECT
    session,
    CAST(ordinal AS INTEGER) AS ordinal,
    answers[ordinal].pack AS pack,
    answers[ordinal].version AS version,
    answers[ordinal].question AS question,
    array_to_string(answers[ordinal].options, ' ') AS options,
    CAST(answers[ordinal].correct AS INTEGER) AS correct,
    answers[ordinal].seconds AS seconds
FROM (SELECT session, answers, unnest(range(1, len(answers) + 1)) AS ordinal FROM batches);

-- Most sessions, and those of stations that never asked, have none.
CREATE OR REPLACE VIEW requests AS
SELECT session, request.kind AS kind, request.choice AS choice
FROM (SELECT session, unnest(requests) AS request FROM batches);

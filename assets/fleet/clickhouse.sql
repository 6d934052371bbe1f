-- The views `sessions`, `answers` and `requests` for ClickHouse, over the batches where they lie.
-- Replace the first argument of file(…), or take s3(…), urlCluster(…) (see README.md).
-- DISTINCT: a batch that came by stick and by network counts once.
CREATE OR REPLACE VIEW batches AS
SELECT DISTINCT *
FROM file(
    'kepu/station=*/*.jsonl.gz',
    'JSONEachRow',
    'session String, station String, division Nullable(String), venue String,
     date Nullable(String), audience String, topic String, language String, profile String,
     mode String, outcome String, asked Int32, answered Int32, correct Int32, seconds Int32,
     answers Array(Tuple(pack String, version Int32, question String, options Array(String), correct Bool, seconds Int32)),
     requests Array(Tuple(kind String, choice String))'
)
SETTINGS use_hive_partitioning = 0;

CREATE OR REPLACE VIEW sessions AS
SELECT
    session, station, division, venue, date, CAST(NULL AS Nullable(Int32)) AS hour, audience, topic,
    language, profile, mode, outcome, asked, answered, correct, seconds
FROM batches;

CREATE OR REPLACE VIEW answers AS
SELECT
    session,
    toInt32(number) AS ordinal,
    answer.pack AS pack,
    answer.version AS version,
    answer.question AS question,
    arrayStringConcat(answer.options, ' ') AS options,
    toInt32(answer.correct) AS correct,
    answer.seconds AS seconds
FROM (SELECT session, answers FROM batches)
ARRAY JOIN answers AS answer, arrayEnumerate(answers) AS number;

-- Most sessions, and those of stations that never asked, have none.
CREATE OR REPLACE VIEW requests AS
SELECT session, request.kind AS kind, request.choice AS choice
FROM (SELECT session, requests FROM batches)
ARRAY JOIN requests AS request;

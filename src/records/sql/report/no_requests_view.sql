-- The third relation, over a file that is older than it: nobody was asked.
CREATE TEMP VIEW requests AS
SELECT '' AS session, '' AS kind, '' AS choice
WHERE 0;

-- The third relation: what visitors would like to learn next. Files of either kind have the same table.
CREATE TEMP VIEW requests AS
SELECT request.session, request.kind, request.choice
FROM main.request
WHERE request.session >= (SELECT scope.from_id FROM temp.scope)
    AND request.session < (SELECT scope.to_id FROM temp.scope);

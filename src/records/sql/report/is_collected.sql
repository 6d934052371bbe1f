-- Whether this is a collected file of many stations: sessions say where they were played.
SELECT
    (SELECT COUNT(*) FROM pragma_table_info('session') WHERE name IN ('id', 'station', 'division', 'venue', 'date')) = 5
    AND (SELECT COUNT(*) FROM pragma_table_info('answer') WHERE name IN ('session', 'pack', 'version', 'options')) = 4

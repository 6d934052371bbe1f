INSERT INTO temp.scope (station, division, venue, from_day, to_day, from_id, to_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)

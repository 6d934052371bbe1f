INSERT INTO batch (sequence, name, sha256, sessions, sealed_on, bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6)

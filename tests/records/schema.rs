//! Tests of the file's form: its columns, its mark, and how files of earlier forms climb to it.

use std::error::Error;

use kepu::records::{Mode, Notice, RecordStore};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{TestResult, answer, ask, column, file, look, open, start};

#[test]
fn no_column_describes_a_person() -> TestResult {
    let dir = TempDir::new()?;
    let _store = open(&dir)?;
    let columns: Vec<String> = column(
        &look(&dir)?,
        "SELECT tables.name || '.' || columns.name || ' ' || columns.type
         FROM pragma_table_list AS tables, pragma_table_xinfo(tables.name) AS columns
         WHERE tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
         ORDER BY tables.name DESC, columns.cid",
    )?;
    assert_eq!(
        columns,
        [
            "session.id TEXT",
            "session.date TEXT",
            "session.hour INTEGER",
            "session.clock TEXT",
            "session.audience TEXT",
            "session.topic TEXT",
            "session.language TEXT",
            "session.profile TEXT",
            "session.mode TEXT",
            "session.outcome TEXT",
            "session.asked INTEGER",
            "session.answered INTEGER",
            "session.correct INTEGER",
            "session.seconds INTEGER",
            "session.batch INTEGER",
            "request.session TEXT",
            "request.kind TEXT",
            "request.choice TEXT",
            "batch.sequence INTEGER",
            "batch.name TEXT",
            "batch.sha256 TEXT",
            "batch.sessions INTEGER",
            "batch.sealed_on TEXT",
            "batch.acknowledged INTEGER",
            "batch.acknowledged_on TEXT",
            "batch.bytes BLOB",
            "answer.session TEXT",
            "answer.ordinal INTEGER",
            "answer.pack TEXT",
            "answer.pack_version INTEGER",
            "answer.question TEXT",
            "answer.options TEXT",
            "answer.correct INTEGER",
            "answer.seconds INTEGER",
        ]
    );
    Ok(())
}

#[test]
fn no_table_has_row_ids_that_would_tell_the_order_of_visitors() -> TestResult {
    let dir = TempDir::new()?;
    let _store = open(&dir)?;
    let lax: i64 = ask(
        &look(&dir)?,
        "SELECT count(*) FROM pragma_table_list
         WHERE name IN ('session', 'answer', 'batch', 'request') AND NOT (wr AND strict)",
    )?;
    assert_eq!(lax, 0);
    Ok(())
}

#[test]
fn the_bundled_sqlite_is_new_enough() {
    assert!(rusqlite::version_number() >= 3_051_003);
}

#[test]
fn the_file_is_marked_as_ours_and_keeps_a_write_ahead_log() -> TestResult {
    let dir = TempDir::new()?;
    let _store = open(&dir)?;
    let db = look(&dir)?;
    assert_eq!(ask::<i64>(&db, "PRAGMA application_id")?, 0x4B45_5055);
    assert_eq!(ask::<i64>(&db, "PRAGMA user_version")?, 3);
    assert_eq!(ask::<String>(&db, "PRAGMA journal_mode")?, "wal");
    Ok(())
}

/// The schema that version 1 shipped with.
const SCHEMA_1: &str = include_str!("../../src/records/sql/schema_1.sql");

/// A file as the program of schema 1 left it, with a session in each state.
fn version_1() -> Result<TempDir, Box<dyn Error>> {
    let dir = TempDir::new()?;
    let db = Connection::open(file(&dir))?;
    db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    db.execute_batch(SCHEMA_1)?;
    db.pragma_update(None, "application_id", 0x4B45_5055)?;
    db.pragma_update(None, "user_version", 1)?;
    db.execute_batch(
        "INSERT INTO session VALUES
            ('00000000000000000000000000000001', '2026-03-12', 9, 'trusted', 'youth', 'health',
             'en', 'standard', 'visitor', 'completed', 2, 2, 1, 35),
            ('00000000000000000000000000000002', '2026-03-12', 10, 'trusted', 'senior', 'health',
             'zh-CN', 'large', 'visitor', NULL, 2, 0, 0, 0);
         INSERT INTO answer VALUES
            ('00000000000000000000000000000001', 1, 'everyday-health', 1, 'water', 'a b', 1, 7),
            ('00000000000000000000000000000001', 2, 'everyday-health', 1, 'air', 'c', 0, 9);",
    )?;
    Ok(dir)
}

#[test]
fn a_file_of_schema_1_climbs_with_everything_in_it() -> TestResult {
    let dir = version_1()?;
    let (store, notices) = RecordStore::open(dir.path())?;
    assert_eq!(notices, [Notice::Interrupted { sessions: 1 }]);
    assert_eq!(ask::<i64>(&look(&dir)?, "PRAGMA user_version")?, 3);
    let counts = store.counts()?;
    assert_eq!((counts.started, counts.answered, counts.answers), (2, 1, 2));
    let waiting = store.unsealed(Some("2026-03-13"), 10)?;
    let ids: Vec<_> = waiting.iter().map(|session| &session.id[31..]).collect();
    assert_eq!(ids, ["1", "2"]);
    assert_eq!(waiting[0].answers[0].options, "a b");
    assert_eq!(store.next_sequence()?, 1);
    Ok(())
}

/// The schema that version 2 shipped with.
const SCHEMA_2: &str = include_str!("../../src/records/sql/schema_2.sql");

/// A file as the program of schema 2 left it: one session sent, one waiting, one open.
fn version_2() -> Result<TempDir, Box<dyn Error>> {
    let dir = version_1()?;
    let db = Connection::open(file(&dir))?;
    db.execute_batch(SCHEMA_2)?;
    db.pragma_update(None, "user_version", 2)?;
    db.execute_batch(
        "INSERT INTO batch (sequence, name, sha256, sessions, bytes)
            VALUES (1, 'a', printf('%064d', 7), 1, x'01');
         UPDATE session SET batch = 1 WHERE id LIKE '%1';
         INSERT INTO session VALUES
            ('00000000000000000000000000000003', '2026-03-12', 11, 'unset', 'cadre', 'antifraud',
             'en', 'standard', 'staff', 'abandoned', 2, 0, 0, 5, NULL);",
    )?;
    Ok(dir)
}

#[test]
fn a_file_of_schema_2_is_made_anew_with_every_row_every_rule_and_what_points_at_it() -> TestResult {
    let dir = version_2()?;
    let all = "SELECT concat_ws('|', id, date, hour, clock, audience, topic, language, profile,
                                mode, coalesce(outcome, '-'), asked, answered, correct, seconds,
                                coalesce(batch, '-')) FROM session ORDER BY id";
    let before: Vec<String> = column(&look(&dir)?, all)?;
    // Whoever only reads an old file is told what it has.
    let reader = RecordStore::open_read_only(dir.path())?;
    assert_eq!(
        (reader.counts()?.started, reader.counts()?.requests),
        (2, vec![])
    );
    drop(reader);
    let (mut store, _) = RecordStore::open(dir.path())?;
    let db = look(&dir)?;
    let after: Vec<String> = column(&db, all)?;
    let expected: Vec<_> = before
        .iter()
        .map(|row| row.replace("visitor|-|", "visitor|interrupted|"))
        .collect();
    assert_eq!((after.len(), after), (3, expected));
    assert_eq!(
        column::<String>(&db, "SELECT \"table\" FROM pragma_foreign_key_check")?,
        [""; 0]
    );
    let points = "SELECT \"table\" FROM pragma_foreign_key_list('answer')";
    assert_eq!(ask::<String>(&db, points)?, "session");
    let indexes =
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name";
    assert_eq!(
        column::<String>(&db, indexes)?,
        ["session_open", "session_unsealed"]
    );
    // References are looked at again, and the rules are those of before and one mode more.
    assert!(store.store(&answer(9, 1, true)).is_err());
    store.store(&start(8, Mode::Retry))?;
    let unknown = "UPDATE session SET mode = 'nobody'";
    let writer = Connection::open(file(&dir))?;
    assert!(writer.execute(unknown, []).is_err());
    Ok(())
}

#[test]
fn a_schema_is_never_edited_once_it_has_shipped() {
    let lines = |text: &str| text.lines().filter(|line| !line.starts_with("--")).count();
    assert_eq!((SCHEMA_1.len(), lines(SCHEMA_1)), (1704, 31));
    assert_eq!((SCHEMA_2.len(), lines(SCHEMA_2)), (1114, 16));
}

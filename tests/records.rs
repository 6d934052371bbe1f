//! Tests of `records`: on real files, cut, damaged, shared and locked as in the field.

mod upkeep;

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use kepu::records::{
    self, Answer, Clock, Mode, Notice, Outcome, Record, RecordStore, Request, RequestKind,
    SessionEnd, SessionId, SessionStart, Writer, WriterState,
};
use proptest::prelude::*;
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

type TestResult = Result<(), Box<dyn Error>>;

const FILES: [&str; 3] = ["records.sqlite", "records.sqlite-wal", "records.sqlite-shm"];

fn id(number: u8) -> SessionId {
    SessionId::from_bytes([number; 16])
}

fn start(number: u8, mode: Mode) -> Record {
    Record::Start(SessionStart {
        id: id(number),
        date: "2026-03-13".to_owned(),
        hour: 9,
        clock: Clock::Trusted,
        audience: "youth".to_owned(),
        topic: "health".to_owned(),
        language: "zh-CN".to_owned(),
        profile: "standard".to_owned(),
        mode,
        asked: 5,
    })
}

fn answer(number: u8, ordinal: u32, correct: bool) -> Record {
    Record::Answer(Answer {
        session: id(number),
        ordinal,
        pack: "everyday-health".to_owned(),
        pack_version: 1,
        question: format!("question-{ordinal}"),
        options: vec!["water".to_owned(), "air".to_owned()],
        correct,
        seconds: 7,
    })
}

fn end(number: u8, outcome: Outcome, seconds: u32) -> Record {
    Record::End(SessionEnd {
        id: id(number),
        outcome,
        seconds,
    })
}

fn file(dir: &TempDir) -> PathBuf {
    dir.path().join(FILES[0])
}

/// Opens, which must bring no notice.
fn open(dir: &TempDir) -> Result<RecordStore, Box<dyn Error>> {
    let (store, notices) = RecordStore::open(dir.path())?;
    assert_eq!(notices, []);
    Ok(store)
}

/// Looks at the file with a connection of our own.
fn look(dir: &TempDir) -> rusqlite::Result<Connection> {
    Connection::open_with_flags(file(dir), OpenFlags::SQLITE_OPEN_READ_ONLY)
}

fn ask<T: rusqlite::types::FromSql>(db: &Connection, sql: &str) -> rusqlite::Result<T> {
    db.query_row(sql, [], |row| row.get(0))
}

fn column<T: rusqlite::types::FromSql>(db: &Connection, sql: &str) -> rusqlite::Result<Vec<T>> {
    db.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

/// Waits until something is so, for at most half a minute.
fn comes_true(mut is_so: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while !is_so() {
        if begun.elapsed() > Duration::from_secs(30) {
            return false;
        }
        thread::sleep(Duration::from_millis(5));
    }
    true
}

/// A folder with enough sessions for several pages a table; the log has been written into the file.
fn well_filled() -> Result<TempDir, Box<dyn Error>> {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    for number in 0..60 {
        store.store(&start(number, Mode::Visitor))?;
        for ordinal in 1..=3 {
            store.store(&answer(number, ordinal, true))?;
        }
        store.store(&end(number, Outcome::Completed, 30))?;
    }
    Ok(dir)
}

/// Copies the files of a store in use: what a power cut would leave.
fn cut(dir: &TempDir) -> Result<TempDir, Box<dyn Error>> {
    let copy = TempDir::new()?;
    for name in FILES {
        let from = dir.path().join(name);
        if from.exists() {
            fs::copy(from, copy.path().join(name))?;
        }
    }
    Ok(copy)
}

/// Opens a damaged folder: everything there must be kept under another name and a new file must
/// work.
#[track_caller]
fn assert_set_aside(dir: &Path, damage: &str) -> TestResult {
    let before: Vec<_> = FILES
        .iter()
        .map(|name| fs::read(dir.join(name)).ok())
        .collect();
    let (mut store, notices) =
        RecordStore::open(dir).map_err(|error| format!("{damage}: {error}"))?;
    let path = dir.join("broken-1-records.sqlite");
    assert_eq!(
        notices,
        [Notice::SetAside {
            path,
            restored: false
        }],
        "{damage}"
    );
    for (name, bytes) in FILES.iter().zip(before) {
        let kept = fs::read(dir.join(format!("broken-1-{name}"))).ok();
        // SQLite makes the -shm anew whenever it looks, so only its presence counts.
        if name.ends_with("-shm") {
            assert!(kept.is_some() || bytes.is_none(), "{damage}: {name}");
        } else if bytes.is_some() {
            assert!(kept == bytes, "{damage}: {name}");
        }
    }
    store.store(&start(1, Mode::Visitor))?;
    assert_eq!(store.counts()?.started, 1, "{damage}");
    Ok(())
}

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

#[test]
fn a_session_id_reads_back_from_its_text() -> TestResult {
    let id =
        SessionId::from_bytes(*b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\xff");
    assert_eq!(id.to_string(), "000102030405060708090a0b0c0d0eff");
    assert_eq!(id.to_string().parse::<SessionId>()?, id);
    for text in [
        "",
        "0",
        "000102030405060708090A0B0C0D0EFF",
        "+00102030405060708090a0b0c0d0eff",
    ] {
        let error = text.parse::<SessionId>().map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err(format!(
                "cannot read `{text}` as a session id: 32 lower-case hex digits are expected"
            ))
        );
    }
    Ok(())
}

#[test]
fn what_is_stored_is_what_was_given() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&answer(1, 1, true))?;
    store.store(&answer(1, 2, false))?;
    store.store(&end(1, Outcome::TimedOut, 23))?;
    let db = look(&dir)?;
    let session: String = ask(
        &db,
        "SELECT concat_ws(' ', id, date, hour, clock, audience, topic, language, profile, mode,
                          outcome, asked, answered, correct, seconds) FROM session",
    )?;
    assert_eq!(
        session,
        "01010101010101010101010101010101 2026-03-13 9 trusted youth health zh-CN standard visitor \
         timed_out 5 2 1 25"
    );
    let answers: Vec<String> = column(
        &db,
        "SELECT concat_ws(',', session, ordinal, pack, pack_version, question, options, correct,
                          seconds) FROM answer ORDER BY ordinal",
    )?;
    assert_eq!(
        answers,
        [
            "01010101010101010101010101010101,1,everyday-health,1,question-1,water air,1,7",
            "01010101010101010101010101010101,2,everyday-health,1,question-2,water air,0,7",
        ]
    );
    Ok(())
}

#[test]
fn the_length_of_a_session_is_rounded_to_five_seconds() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    let cases = [
        (0, 0),
        (2, 0),
        (3, 5),
        (7, 5),
        (8, 10),
        (u32::MAX, 4_294_967_295_i64),
    ];
    for (number, (measured, _)) in (1..).zip(cases) {
        store.store(&start(number, Mode::Visitor))?;
        store.store(&end(number, Outcome::Completed, measured))?;
    }
    let stored: Vec<i64> = column(&look(&dir)?, "SELECT seconds FROM session ORDER BY id")?;
    assert_eq!(stored, cases.map(|(_, rounded)| rounded));
    Ok(())
}

#[test]
fn the_first_end_of_a_session_stands() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&end(1, Outcome::Completed, 10))?;
    store.store(&end(1, Outcome::Abandoned, 60))?;
    store.store(&start(1, Mode::Visitor))?;
    let session: String = ask(
        &look(&dir)?,
        "SELECT outcome || ' ' || seconds FROM session",
    )?;
    assert_eq!(session, "completed 10");
    Ok(())
}

#[test]
fn only_visitors_are_counted() -> TestResult {
    let mut store = RecordStore::in_memory()?;
    for (number, mode) in [(1, Mode::Visitor), (2, Mode::Staff), (3, Mode::Robot)] {
        store.store(&start(number, mode))?;
        store.store(&answer(number, 1, true))?;
        store.store(&end(number, Outcome::Completed, 10))?;
    }
    store.store(&start(4, Mode::Visitor))?;
    store.store(&start(5, Mode::Visitor))?;
    store.store(&answer(5, 1, false))?;
    let counts = store.counts()?;
    assert_eq!(
        (
            counts.started,
            counts.answered,
            counts.completed,
            counts.answers
        ),
        (3, 2, 1, 2)
    );
    let rows = |rows: &[records::CountRow]| -> Vec<String> {
        rows.iter()
            .map(|row| {
                format!(
                    "{} {} {} {} {} {} {}",
                    row.mode,
                    row.outcome,
                    row.audience,
                    row.topic,
                    row.sessions,
                    row.answers,
                    row.correct
                )
            })
            .collect()
    };
    assert_eq!(
        rows(&counts.rows),
        [
            "visitor completed youth health 1 1 1",
            "visitor open youth health 2 1 0"
        ]
    );
    assert_eq!(
        rows(&counts.not_counted),
        [
            "robot completed youth health 1 1 1",
            "staff completed youth health 1 1 1"
        ]
    );
    Ok(())
}

#[test]
fn a_record_that_breaks_a_rule_is_refused_and_not_swallowed() -> TestResult {
    let mut store = RecordStore::in_memory()?;
    let Record::Start(mut impossible) = start(1, Mode::Visitor) else {
        return Err("no start".into());
    };
    impossible.hour = 24;
    for record in [Record::Start(impossible), answer(9, 1, true)] {
        let error = store.store(&record);
        assert!(
            matches!(error, Err(records::Error::Refused { .. })),
            "{error:?}"
        );
    }
    assert_eq!(store.counts()?.started, 0);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn each_answer_is_stored_once_whatever_is_repeated(
        steps in prop::collection::vec((1..4_u8, 0..6_u32, any::<bool>(), 1..4_u32), 0..40)
    ) {
        store_and_compare(&steps)?;
    }
}

/// Stores each step (session, what, right or wrong, how often) and compares with a plain model.
fn store_and_compare(steps: &[(u8, u32, bool, u32)]) -> Result<(), TestCaseError> {
    let fail = |error: records::Error| TestCaseError::fail(error.to_string());
    let mut store = RecordStore::in_memory().map_err(fail)?;
    let mut started = BTreeSet::new();
    let mut ended = BTreeSet::new();
    let mut given = BTreeMap::new();
    for &(number, what, correct, times) in steps {
        for _ in 0..times {
            let stored = store.store(&match what {
                0 => start(number, Mode::Visitor),
                5 => end(number, Outcome::Completed, 10),
                ordinal => answer(number, ordinal, correct),
            });
            match what {
                0 => {
                    started.insert(number);
                }
                5 if started.contains(&number) => {
                    ended.insert(number);
                }
                1..5 if started.contains(&number) => {
                    given.entry((number, what)).or_insert(correct);
                }
                1..5 => {
                    let refused = matches!(stored, Err(records::Error::Refused { .. }));
                    prop_assert!(refused, "{:?}", stored);
                    continue;
                }
                _ => {}
            }
            stored.map_err(fail)?;
        }
    }
    let counts = store.counts().map_err(fail)?;
    let with_answers: BTreeSet<u8> = given.keys().map(|(number, _)| *number).collect();
    let right = given.values().filter(|correct| **correct).count() as u64;
    prop_assert_eq!(counts.started, started.len() as u64);
    prop_assert_eq!(counts.answered, with_answers.len() as u64);
    prop_assert_eq!(counts.completed, ended.len() as u64);
    prop_assert_eq!(counts.answers, given.len() as u64);
    prop_assert_eq!(
        counts.rows.iter().map(|row| row.correct).sum::<u64>(),
        right
    );
    Ok(())
}

#[test]
fn a_session_left_open_by_a_power_cut_is_interrupted_with_its_answers_kept() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&answer(1, 1, true))?;
    store.store(&answer(1, 2, false))?;
    store.store(&start(2, Mode::Visitor))?;
    store.store(&end(2, Outcome::Abandoned, 5))?;
    let dir = cut(&dir)?;
    let (store, notices) = RecordStore::open(dir.path())?;
    assert_eq!(notices, [Notice::Interrupted { sessions: 1 }]);
    let counts = store.counts()?;
    assert_eq!(
        (
            counts.started,
            counts.answered,
            counts.completed,
            counts.answers
        ),
        (2, 1, 0, 2)
    );
    let session: String = ask(
        &look(&dir)?,
        "SELECT concat_ws(' ', outcome, answered, correct, seconds) FROM session
         WHERE outcome <> 'abandoned'",
    )?;
    assert_eq!(session, "interrupted 2 1 0");
    drop(store);
    open(&dir)?;
    Ok(())
}

#[test]
fn a_second_program_is_refused() -> TestResult {
    let dir = TempDir::new()?;
    let store = open(&dir)?;
    let second = RecordStore::open(dir.path()).map(|_| ());
    assert!(
        matches!(second, Err(records::Error::InUse { .. })),
        "{second:?}"
    );
    drop(store);
    open(&dir)?;
    Ok(())
}

#[test]
fn a_reader_sees_what_a_live_writer_commits() -> TestResult {
    let dir = TempDir::new()?;
    let missing = RecordStore::open_read_only(dir.path());
    assert!(
        matches!(missing, Err(records::Error::Missing { .. })),
        "{missing:?}"
    );
    let mut store = open(&dir)?;
    let reader = RecordStore::open_read_only(dir.path())?;
    assert_eq!(reader.counts()?.started, 0);
    store.store(&start(1, Mode::Visitor))?;
    store.store(&answer(1, 1, true))?;
    assert_eq!(reader.counts()?, store.counts()?);
    assert_eq!(
        RecordStore::open_read_only(dir.path())?.counts()?.answers,
        1
    );
    drop((reader, store));
    assert_eq!(
        RecordStore::open_read_only(dir.path())?.counts()?.started,
        1
    );
    Ok(())
}

#[test]
fn a_reader_cannot_write() -> TestResult {
    let dir = well_filled()?;
    let mut reader = RecordStore::open_read_only(dir.path())?;
    assert!(reader.store(&start(99, Mode::Visitor)).is_err());
    assert_eq!(reader.counts()?.started, 60);
    Ok(())
}

#[test]
fn a_foreign_file_stays_untouched() -> TestResult {
    for foreign in [
        "PRAGMA application_id = 7",
        "CREATE TABLE diary (page TEXT)",
        "PRAGMA journal_mode = WAL; CREATE TABLE diary (page TEXT)",
    ] {
        let dir = TempDir::new()?;
        Connection::open(file(&dir))?.execute_batch(foreign)?;
        let before = fs::read(file(&dir))?;
        for _ in 0..2 {
            let error = RecordStore::open(dir.path()).map(|_| ());
            assert!(
                matches!(error, Err(records::Error::Foreign { .. })),
                "{foreign}: {error:?}"
            );
        }
        assert!(fs::read(file(&dir))? == before, "{foreign}");
        assert!(!dir.path().join(FILES[1]).exists(), "{foreign}");
    }
    Ok(())
}

#[test]
fn a_foreign_file_with_everything_still_in_its_log_stays_untouched() -> TestResult {
    let dir = TempDir::new()?;
    let db = Connection::open(file(&dir))?;
    db.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE diary (page TEXT)")?;
    let dir = cut(&dir)?;
    let bytes = || -> Result<_, std::io::Error> {
        Ok((fs::read(file(&dir))?, fs::read(dir.path().join(FILES[1]))?))
    };
    let before = bytes()?;
    let error = RecordStore::open(dir.path()).map(|_| ());
    assert!(
        matches!(error, Err(records::Error::Foreign { .. })),
        "{error:?}"
    );
    assert!(bytes()? == before);
    Ok(())
}

#[test]
fn a_file_of_a_newer_version_stays_untouched() -> TestResult {
    let dir = well_filled()?;
    Connection::open(file(&dir))?.pragma_update(None, "user_version", 4)?;
    let before = fs::read(file(&dir))?;
    let error = RecordStore::open(dir.path()).map(|_| ());
    assert!(
        matches!(error, Err(records::Error::TooNew { found: 4, .. })),
        "{error:?}"
    );
    let error = RecordStore::open_read_only(dir.path());
    assert!(
        matches!(error, Err(records::Error::TooNew { found: 4, .. })),
        "{error:?}"
    );
    assert!(fs::read(file(&dir))? == before);
    Ok(())
}

/// The schema that version 1 shipped with.
const SCHEMA_1: &str = include_str!("../src/records/sql/schema_1.sql");

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
const SCHEMA_2: &str = include_str!("../src/records/sql/schema_2.sql");

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

fn request(number: u8, kind: RequestKind, choice: Option<&str>) -> Record {
    Record::Request(Request {
        session: id(number),
        kind,
        choice: choice.map(str::to_owned),
    })
}

const REQUESTS: &str = "SELECT concat_ws(' ', session, kind, choice) FROM request
                        ORDER BY session, kind";

#[test]
fn a_session_has_one_request_of_each_kind_at_most_and_it_can_be_taken_back() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&answer(1, 1, true))?;
    store.store(&end(1, Outcome::Completed, 30))?;
    let one = id(1);
    // However often somebody taps.
    for choice in ["first-aid", "fire-safety", "first-aid", "phone-fraud"] {
        store.store(&request(1, RequestKind::Topic, Some(choice)))?;
    }
    store.store(&request(1, RequestKind::Form, Some("talk")))?;
    store.store(&request(1, RequestKind::Form, Some("talk")))?;
    let stored: Vec<String> = column(&look(&dir)?, REQUESTS)?;
    assert_eq!(
        stored,
        [
            format!("{one} form talk"),
            format!("{one} topic phone-fraud")
        ]
    );
    store.store(&request(1, RequestKind::Topic, None))?;
    store.store(&request(1, RequestKind::Topic, None))?;
    let stored: Vec<String> = column(&look(&dir)?, REQUESTS)?;
    assert_eq!(stored, [format!("{one} form talk")]);
    // An id from a list, never a text.
    for text in ["", "two words", "call 1380013", "字", "UPPER"] {
        let refused = store.store(&request(1, RequestKind::Topic, Some(text)));
        assert!(
            matches!(refused, Err(records::Error::Refused { .. })),
            "{text}"
        );
    }
    Ok(())
}

#[test]
fn requests_are_counted_of_visitors_who_reached_the_results_only() -> TestResult {
    let mut store = RecordStore::in_memory()?;
    let played = [
        (1, Mode::Visitor, Outcome::Completed, "first-aid"),
        (2, Mode::Visitor, Outcome::Completed, "first-aid"),
        (3, Mode::Visitor, Outcome::Completed, "fire-safety"),
        (4, Mode::Visitor, Outcome::TimedOut, "fire-safety"),
        (5, Mode::Robot, Outcome::Completed, "fire-safety"),
        (6, Mode::Retry, Outcome::Completed, "fire-safety"),
    ];
    for (number, mode, outcome, topic) in played {
        store.store(&start(number, mode))?;
        store.store(&end(number, outcome, 30))?;
        store.store(&request(number, RequestKind::Topic, Some(topic)))?;
    }
    store.store(&request(3, RequestKind::Form, Some("talk")))?;
    let rows = |rows: Vec<records::RequestRow>| -> Vec<String> {
        let rows = rows.into_iter();
        rows.map(|row| format!("{} {} {}", row.kind, row.choice, row.times))
            .collect()
    };
    let expected = ["topic first-aid 2", "topic fire-safety 1", "form talk 1"];
    assert_eq!(rows(store.counts()?.requests), expected);
    let days = records::Days {
        today: "2026-03-13".to_owned(),
        week: "2026-03-09".to_owned(),
        month: "2026-03-01".to_owned(),
    };
    assert_eq!(rows(store.figures(&days)?.requests), expected);
    Ok(())
}

#[test]
fn a_session_that_is_in_a_batch_takes_no_request_any_more() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&end(1, Outcome::Completed, 30))?;
    store.store(&request(1, RequestKind::Topic, Some("first-aid")))?;
    let waiting = store.unsealed(Some("2026-03-14"), 10)?;
    assert_eq!(waiting[0].requests.len(), 1);
    store.store(&Record::Seal(Box::new(records::SealedBatch {
        sequence: 1,
        name: "a".to_owned(),
        sha256: format!("{:064}", 1),
        bytes: vec![1],
        sessions: vec![id(1)],
        on: None,
    })))?;
    for late in [
        request(1, RequestKind::Topic, Some("fire-safety")),
        request(1, RequestKind::Form, Some("talk")),
        request(1, RequestKind::Topic, None),
        // Of a session that was lost nothing is kept, and nothing is held up.
        request(2, RequestKind::Topic, Some("first-aid")),
    ] {
        store.store(&late)?;
    }
    let stored: Vec<String> = column(&look(&dir)?, REQUESTS)?;
    assert_eq!(stored, [format!("{} topic first-aid", id(1))]);
    Ok(())
}

#[test]
fn what_is_tried_again_is_stored_like_every_round_and_counted_nowhere() -> TestResult {
    let mut store = RecordStore::in_memory()?;
    for (number, mode, right) in [(1, Mode::Visitor, false), (2, Mode::Retry, true)] {
        store.store(&start(number, mode))?;
        store.store(&answer(number, 1, right))?;
        store.store(&end(number, Outcome::Completed, 30))?;
    }
    // The power went while it was tried again.
    store.store(&start(3, Mode::Retry))?;
    store.store(&answer(3, 1, true))?;
    let counts = store.counts()?;
    let three = (counts.started, counts.answered, counts.completed);
    assert_eq!(
        (three, counts.answers, counts.rows[0].correct),
        ((1, 1, 1), 1, 0)
    );
    let apart: Vec<_> = counts
        .not_counted
        .iter()
        .map(|row| {
            (
                row.mode.as_str(),
                row.outcome.as_str(),
                row.answers,
                row.correct,
            )
        })
        .collect();
    assert_eq!(
        apart,
        [("retry", "completed", 1, 1), ("retry", "open", 1, 1)]
    );
    Ok(())
}

#[test]
fn a_first_start_that_was_cut_is_simply_begun_again() -> TestResult {
    let dir = TempDir::new()?;
    fs::write(file(&dir), "")?;
    open(&dir)?;

    let dir = TempDir::new()?;
    fs::write(file(&dir), "")?;
    fs::write(dir.path().join(FILES[1]), "")?;
    open(&dir)?;

    let dir = TempDir::new()?;
    Connection::open(file(&dir))?.execute_batch("PRAGMA journal_mode = WAL")?;
    assert_eq!(fs::metadata(file(&dir))?.len(), 4096);
    open(&dir)?;

    let dir = TempDir::new()?;
    let store = open(&dir)?;
    let all_in_the_log = cut(&dir)?;
    drop(store);
    open(&all_in_the_log)?;
    fs::remove_file(all_in_the_log.path().join(FILES[2])).ok();
    open(&all_in_the_log)?;
    Ok(())
}

#[test]
fn a_truncated_file_is_set_aside() -> TestResult {
    let whole = well_filled()?;
    let length = fs::metadata(file(&whole))?.len();
    assert_eq!(length % 4096, 0);
    let whole_pages = (1..length / 4096).map(|page| page * 4096);
    for keep in [
        1,
        15,
        16,
        67,
        99,
        100,
        107,
        511,
        512,
        4095,
        4097,
        length - 1,
    ]
    .into_iter()
    .chain(whole_pages)
    {
        let dir = cut(&whole)?;
        fs::OpenOptions::new()
            .write(true)
            .open(file(&dir))?
            .set_len(keep)?;
        assert_set_aside(dir.path(), &format!("{keep} of {length} bytes"))?;
    }
    Ok(())
}

#[test]
fn a_file_of_zeros_is_set_aside() -> TestResult {
    for length in [1, 100, 4096, 100_000] {
        let dir = TempDir::new()?;
        fs::write(file(&dir), vec![0; length])?;
        assert_set_aside(dir.path(), &format!("{length} zeros"))?;
    }
    Ok(())
}

#[test]
fn an_empty_or_missing_file_beside_its_log_is_set_aside() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    let empty = cut(&dir)?;
    fs::write(file(&empty), "")?;
    assert_set_aside(empty.path(), "empty")?;
    let missing = cut(&dir)?;
    fs::remove_file(file(&missing))?;
    assert_set_aside(missing.path(), "missing")
}

#[test]
fn a_damaged_file_is_set_aside() -> TestResult {
    let whole = well_filled()?;
    let pages = usize::try_from(fs::metadata(file(&whole))?.len() / 4096)?;
    let dir = cut(&whole)?;
    let mut bytes = fs::read(file(&dir))?;
    bytes[..100].fill(0xA5);
    fs::write(file(&dir), &bytes)?;
    assert_set_aside(dir.path(), "garbage for a header")?;
    for page in 1..pages {
        let dir = cut(&whole)?;
        let mut bytes = fs::read(file(&dir))?;
        for byte in &mut bytes[page * 4096..(page + 1) * 4096] {
            *byte = !*byte;
        }
        fs::write(file(&dir), &bytes)?;
        assert_set_aside(dir.path(), &format!("page {page} flipped"))?;
    }
    Ok(())
}

#[test]
fn a_damaged_file_takes_its_log_with_it() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    let dir = cut(&dir)?;
    fs::write(file(&dir), "then came the thunderstorm ".repeat(400))?;
    let log = dir.path().join(FILES[1]);
    assert!(fs::metadata(&log)?.len() > 0);
    // The log holds the first page as well, so it has to suffer too for the file to be lost.
    let mut bytes = fs::read(&log)?;
    bytes.reverse();
    fs::write(&log, bytes)?;
    assert_set_aside(dir.path(), "file and log")
}

#[test]
fn an_earlier_broken_file_is_never_overwritten() -> TestResult {
    let dir = TempDir::new()?;
    fs::write(dir.path().join("broken-1-records.sqlite"), "first")?;
    fs::write(dir.path().join("broken-2-records.sqlite-wal"), "second")?;
    fs::write(file(&dir), "third")?;
    let (_, notices) = RecordStore::open(dir.path())?;
    let path = dir.path().join("broken-3-records.sqlite");
    assert_eq!(fs::read(&path)?, b"third");
    assert_eq!(
        notices,
        [Notice::SetAside {
            path,
            restored: false
        }]
    );
    assert_eq!(
        fs::read(dir.path().join("broken-1-records.sqlite"))?,
        b"first"
    );
    Ok(())
}

#[test]
fn a_folder_that_cannot_be_made_is_named() -> TestResult {
    let dir = TempDir::new()?;
    let blocked = dir.path().join("file");
    fs::write(&blocked, "")?;
    let Err(error) = RecordStore::open(&blocked) else {
        return Err("opened a file as a folder".into());
    };
    let text = error.to_string();
    assert!(
        text.starts_with(&format!("cannot create {}: ", blocked.display())),
        "{text}"
    );
    assert!(text.ends_with("this user may write in it"), "{text}");
    Ok(())
}

#[test]
fn submitted_records_become_durable_in_order() -> TestResult {
    let dir = TempDir::new()?;
    let changes = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&changes);
    let writer = Writer::spawn(open(&dir)?, move || {
        counter.fetch_add(1, Ordering::SeqCst);
    })?;
    let mut tickets = vec![writer.submit(start(1, Mode::Visitor))];
    tickets.extend((1..=50).map(|ordinal| writer.submit(answer(1, ordinal, true))));
    assert!(tickets.is_sorted_by(|a, b| a < b));
    assert!(comes_true(|| {
        // Read from the last to the first: a later one that is durable vouches for the earlier
        // ones.
        let durable: Vec<bool> = tickets
            .iter()
            .rev()
            .map(|ticket| writer.is_durable(*ticket))
            .collect();
        assert!(durable.is_sorted());
        durable[0]
    }));
    let stored: i64 = ask(&look(&dir)?, "SELECT count(*) FROM answer")?;
    assert_eq!(stored, 50);
    assert_eq!(writer.state(), WriterState::Good);
    assert!(comes_true(|| changes.load(Ordering::SeqCst) == 51));
    assert!(writer.finish(Duration::from_secs(10)));
    Ok(())
}

#[test]
fn finishing_stores_what_is_waiting_and_lets_the_folder_go() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || {})?;
    writer.submit(start(1, Mode::Visitor));
    for ordinal in 1..=100 {
        writer.submit(answer(1, ordinal, true));
    }
    writer.submit(end(1, Outcome::Completed, 10));
    assert!(writer.finish(Duration::from_secs(30)));
    assert_eq!(open(&dir)?.counts()?.answers, 100);
    let idle = Writer::spawn(open(&dir)?, || {})?;
    assert!(idle.finish(Duration::ZERO));
    Ok(())
}

#[test]
fn while_the_file_is_locked_records_wait_and_are_then_stored_once() -> TestResult {
    let dir = TempDir::new()?;
    let changes = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&changes);
    let writer = Writer::spawn(open(&dir)?, move || {
        counter.fetch_add(1, Ordering::SeqCst);
    })?;
    let backup = Connection::open(file(&dir))?;
    backup.execute_batch("BEGIN IMMEDIATE")?;
    writer.submit(start(1, Mode::Visitor));
    writer.submit(answer(1, 1, true));
    let last = writer.submit(answer(1, 2, false));
    assert!(comes_true(|| changes.load(Ordering::SeqCst) >= 1));
    let WriterState::Behind { waiting: 3, reason } = writer.state() else {
        return Err(format!("{:?}", writer.state()).into());
    };
    assert!(
        reason.contains("records.sqlite") && reason.contains("locked"),
        "{reason}"
    );
    assert!(!writer.is_durable(last));
    thread::sleep(Duration::from_secs(1));
    backup.execute_batch("ROLLBACK")?;
    assert!(comes_true(|| writer.is_durable(last)));
    assert!(comes_true(|| writer.state() == WriterState::Good));
    assert_eq!(writer.lost(), 0);
    assert!(writer.finish(Duration::from_secs(10)));
    let (store, notices) = RecordStore::open(dir.path())?;
    assert_eq!(notices, [Notice::Interrupted { sessions: 1 }]);
    assert_eq!(store.counts()?.answers, 2);
    Ok(())
}

#[test]
fn finishing_gives_up_on_a_file_that_stays_locked() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || {})?;
    let backup = Connection::open(file(&dir))?;
    backup.execute_batch("BEGIN IMMEDIATE")?;
    writer.submit(start(1, Mode::Visitor));
    let begun = Instant::now();
    assert!(!writer.finish(Duration::from_millis(400)));
    assert!(begun.elapsed() < Duration::from_secs(2));
    Ok(())
}

#[test]
fn when_too_much_waits_the_state_says_that_records_are_lost() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || {})?;
    let backup = Connection::open(file(&dir))?;
    backup.execute_batch("BEGIN IMMEDIATE")?;
    for number in 1..=45 {
        writer.submit(start(number, Mode::Visitor));
        for ordinal in 1..=100 {
            writer.submit(answer(number, ordinal, true));
        }
    }
    assert!(comes_true(|| {
        let state = writer.state();
        matches!(state, WriterState::NotRecording { reason, .. } if reason.contains("locked"))
    }));
    backup.execute_batch("ROLLBACK")?;
    // With the first commit nothing more is lost, but much still waits.
    assert!(comes_true(|| matches!(
        writer.state(),
        WriterState::Behind { .. }
    )));
    assert!(writer.lost() > 0);
    Ok(())
}

#[test]
fn a_record_that_can_never_be_stored_does_not_stop_the_others() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || {})?;
    writer.submit(answer(9, 1, true));
    let after = writer.submit(start(1, Mode::Visitor));
    assert!(comes_true(|| writer.is_durable(after)));
    assert_eq!(writer.lost(), 1);
    assert_eq!(writer.state(), WriterState::Good);
    Ok(())
}

#[test]
fn a_writer_whose_thread_died_says_so() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || std::panic::resume_unwind(Box::new("stop")))?;
    writer.submit(start(1, Mode::Visitor));
    assert!(comes_true(|| matches!(
        writer.state(),
        WriterState::NotRecording { .. }
    )));
    assert!(!writer.finish(Duration::from_secs(1)));
    Ok(())
}

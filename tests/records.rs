//! Tests of `records`: on real files, cut, damaged, shared and locked as in the field.

mod copy;
mod damage;
mod forgetting;
mod opening;
mod requests;
mod reserve;
mod schema;
mod storing;
mod writer;

use std::{error::Error, fs, path::PathBuf};

use kepu::records::{
    Answer, Clock, Mode, Outcome, Record, RecordStore, Request, RequestKind, SessionEnd, SessionId,
    SessionStart,
};
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

fn request(number: u8, kind: RequestKind, choice: Option<&str>) -> Record {
    Record::Request(Request {
        session: id(number),
        kind,
        choice: choice.map(str::to_owned),
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

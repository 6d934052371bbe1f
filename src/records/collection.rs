//! The file of an office that has collected the batches of many stations.
//!
//! Every session is in it once, whatever arrived twice or in any order: the random id of a session
//! is its key. Several batches are taken in by one transaction, so that a program that is killed
//! leaves whole batches only.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use super::Error;
use super::batch::{EndedAnswer, EndedRequest, EndedSession, natural, row_to_request, signed};
use super::file::{BUSY_LIMIT, check_version};
use super::pile::{Incoming, Origin, Pile};

/// Marks a collection as ours: "KEPC" in ASCII.
const APPLICATION_ID: i32 = 0x4B45_5043;

/// The schema this program writes.
const VERSION: i32 = 2;

/// Step n brings version n to version n + 1.
const LADDER: [&str; VERSION as usize] = [
    include_str!("sql/collection_1.sql"),
    include_str!("sql/collection_2.sql"),
];

/// The page cache in KiB. Random keys touch pages all over the file; those of a million sessions
/// with their answers shall stay in memory between two transactions.
const CACHE_KIB: i64 = 256 * 1024;

/// The sessions of many stations in one file.
#[derive(Debug)]
pub struct Collection {
    db: Connection,
    path: PathBuf,
}

/// What became of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Sessions that were new.
    pub new: u64,
    /// Sessions that had come before, the same.
    pub known: u64,
    /// The ids of sessions that had come before with other content. What came first stays.
    pub differing: Vec<String>,
}

impl Collection {
    /// Opens a collection, or begins one.
    ///
    /// # Errors
    ///
    /// [`Error::Foreign`] and [`Error::TooNew`] for files that are not ours to write, which stay
    /// untouched, [`Error::BrokenCollection`] for a damaged one, [`Error::OldSqlite`], and
    /// [`Error::Sqlite`] when the file system refuses.
    pub fn open(path: &Path) -> Result<Collection, Error> {
        check_version(rusqlite::version_number(), rusqlite::version())?;
        let mut db = Connection::open(path).map_err(told("open", path))?;
        if !is_ours(&db, path)? {
            return Err(Error::Foreign {
                path: path.to_owned(),
            });
        }
        prepare(&mut db).map_err(told("begin", path))?;
        Ok(Collection {
            db,
            path: path.to_owned(),
        })
    }

    /// The batches that have been taken in, by name, each with its SHA-256.
    ///
    /// # Errors
    ///
    /// [`Error::Sqlite`] or [`Error::BrokenCollection`] when the file cannot be read.
    pub fn batches(&self) -> Result<BTreeMap<String, String>, Error> {
        (|| {
            self.db
                .prepare("SELECT name, sha256 FROM batch")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()
        })()
        .map_err(told("read", &self.path))
    }

    /// Takes in a pile of batches, all or none, and tells of each what became of it.
    ///
    /// # Errors
    ///
    /// [`Error::Sqlite`] when the disk is full, locked or failing.
    pub fn take_in(&mut self, mut pile: Pile) -> Result<Vec<(Incoming, Taken)>, Error> {
        if pile.batches().is_empty() {
            return Ok(Vec::new());
        }
        let taken = take_in(&mut self.db, &mut pile).map_err(told("write to", &self.path))?;
        Ok(pile.into_batches().zip(taken).collect())
    }

    /// Notes that a batch could not be taken in; `why` is a stable id.
    ///
    /// # Errors
    ///
    /// As [`Self::take_in`].
    pub fn set_aside(&mut self, name: &str, station: &str, why: &str) -> Result<(), Error> {
        let sql = "INSERT OR REPLACE INTO set_aside (name, station, why) VALUES (?1, ?2, ?3)";
        let noted = self.db.execute(sql, [name, station, why]);
        noted.map(|_| ()).map_err(told("write to", &self.path))
    }

    /// What could not be taken in: name, station and why.
    ///
    /// # Errors
    ///
    /// As [`Self::batches`].
    pub fn all_set_aside(&self) -> Result<Vec<(String, String, String)>, Error> {
        (|| {
            self.db
                .prepare("SELECT name, station, why FROM set_aside ORDER BY name")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<rusqlite::Result<_>>()
        })()
        .map_err(told("read", &self.path))
    }

    /// How many sessions there are.
    ///
    /// # Errors
    ///
    /// As [`Self::batches`].
    pub fn sessions(&self) -> Result<u64, Error> {
        let sql = "SELECT count(*) FROM session";
        let counted = self.db.query_row(sql, [], |row| natural(row, 0));
        counted.map_err(told("read", &self.path))
    }
}

/// Whether the file is a collection, or empty.
fn is_ours(db: &Connection, path: &Path) -> Result<bool, Error> {
    let (id, version, tables): (i32, i32, i64) = db
        .query_row(
            "SELECT (SELECT application_id FROM pragma_application_id),
                    (SELECT user_version FROM pragma_user_version),
                    (SELECT count(*) FROM sqlite_schema)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .map_err(told("read", path))?;
    if id == APPLICATION_ID && version > VERSION {
        return Err(Error::TooNew {
            path: path.to_owned(),
            found: version,
        });
    }
    Ok(id == APPLICATION_ID || (id == 0 && tables == 0))
}

fn prepare(db: &mut Connection) -> rusqlite::Result<()> {
    db.busy_timeout(BUSY_LIMIT)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    db.pragma_update(None, "mmap_size", 0)?;
    db.pragma_update(None, "cache_size", -CACHE_KIB)?;
    // Not a write-ahead log: it writes every page twice, and most pages here are new. And one file
    // is easier to hand on.
    db.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    // With FULL the end of the journal is not on the disk when a commit is done, and a cut in the
    // seconds after takes back what was said to be collected.
    db.pragma_update(None, "synchronous", "EXTRA")?;
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let at: u32 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if at < VERSION.unsigned_abs() {
        for step in LADDER.iter().skip(at as usize) {
            change.execute_batch(step)?;
        }
        change.pragma_update(None, "application_id", APPLICATION_ID)?;
        change.pragma_update(None, "user_version", VERSION)?;
    }
    change.commit()
}

fn take_in(db: &mut Connection, pile: &mut Pile) -> rusqlite::Result<Vec<Taken>> {
    let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut taken = vec![Taken::default(); pile.batches().len()];
    // In the order of the keys: neighbours in the file are written together.
    pile.sort();
    {
        let mut insert = change.prepare(include_str!("sql/collect_session.sql"))?;
        let mut insert_answer = change.prepare(include_str!("sql/collect_answer.sql"))?;
        let mut insert_request =
            change.prepare("INSERT INTO request (session, kind, choice) VALUES (?1, ?2, ?3)")?;
        for session in pile.each() {
            let taken = &mut taken[session.batch];
            if pile.insert(session, &mut insert)? {
                pile.insert_answers(session, &mut insert_answer)?;
                pile.insert_requests(session, &mut insert_request)?;
                taken.new += 1;
            } else if stored(&change, &session.id)?.as_ref() == Some(&pile.taken_off(session)) {
                taken.known += 1;
            } else {
                taken.differing.push(session.id.to_string());
            }
        }
        let mut note = change.prepare(
            "INSERT OR REPLACE INTO batch (name, station, sequence, sha256, sessions, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let mut mended = change.prepare("DELETE FROM set_aside WHERE name = ?1")?;
        for ((batch, sessions), taken) in pile.batches().iter().zip(&taken) {
            let state = if taken.differing.is_empty() {
                "whole"
            } else {
                "differs"
            };
            note.execute(params![
                batch.name,
                batch.station,
                signed(batch.sequence),
                batch.sha256,
                signed(*sessions as u64),
                state,
            ])?;
            mended.execute([&batch.name])?;
        }
    }
    change.commit()?;
    Ok(taken)
}

/// A session as it is stored.
fn stored(db: &Connection, id: &str) -> rusqlite::Result<Option<(Origin, EndedSession)>> {
    let mut answers = db.prepare_cached(
        "SELECT pack, version, question, options, correct, seconds
         FROM answer WHERE session = ?1 ORDER BY ordinal",
    )?;
    let answers = answers.query_map([id], |row| {
        Ok(EndedAnswer {
            pack: row.get(0)?,
            version: row.get(1)?,
            question: row.get(2)?,
            options: row.get(3)?,
            correct: row.get(4)?,
            seconds: row.get(5)?,
        })
    })?;
    let answers = answers.collect::<rusqlite::Result<_>>()?;
    let mut requests = db.prepare_cached(include_str!("sql/requests_of.sql"))?;
    let requests = requests.query_map([id], row_to_request)?;
    let requests = requests.collect::<rusqlite::Result<_>>()?;
    let mut session = db.prepare_cached("SELECT * FROM session WHERE id = ?1")?;
    session
        .query_row([id], |row| row_to_session(row, answers, requests))
        .optional()
}

fn row_to_session(
    row: &Row<'_>,
    answers: Vec<EndedAnswer>,
    requests: Vec<EndedRequest>,
) -> rusqlite::Result<(Origin, EndedSession)> {
    let origin = Origin {
        station: row.get("station")?,
        division: row.get("division")?,
        venue: row.get("venue")?,
    };
    let session = EndedSession {
        id: row.get("id")?,
        date: row.get("date")?,
        audience: row.get("audience")?,
        topic: row.get("topic")?,
        language: row.get("language")?,
        profile: row.get("profile")?,
        mode: row.get("mode")?,
        outcome: row.get("outcome")?,
        asked: row.get("asked")?,
        answered: row.get("answered")?,
        correct: row.get("correct")?,
        seconds: row.get("seconds")?,
        answers,
        requests,
    };
    Ok((origin, session))
}

/// As [`Error::sqlite`], with the remedy for a collection that is damaged.
fn told(verb: &'static str, path: &Path) -> impl FnOnce(rusqlite::Error) -> Error {
    move |source| match Error::sqlite(verb, path)(source) {
        Error::Broken { path, reason } => Error::BrokenCollection { path, reason },
        error => error,
    }
}

//! What the kiosk keeps of a visit: sessions and answers, in one `SQLite` file a station; and what
//! an office has collected of many stations.
//!
//! This is the only owner of `SQLite`. It knows neither `session` nor `bank`, reads no clock, draws
//! no randomness, and has no place for anything about a person: a test holds the list of columns.
//!
//! Every record carries an id chosen by the caller, so storing one twice stores it once. Whether a
//! record was committed is not always learned (a power cut may fall between the commit and the
//! answer of the disk); then it is simply stored again.

mod batch;
mod collection;
mod copy;
mod error;
mod file;
mod migrations;
mod pile;
mod record;
pub mod report;
mod reserve;
mod statements;
mod today;
mod writer;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

pub use batch::{
    Backlog, EndedAnswer, EndedRequest, EndedSession, FEWEST_DATELESS, SealedBatch, UnsentBatch,
};
pub use collection::{Collection, Taken};
pub use copy::{Copied, copy_in, size};
pub use error::Error;
pub use pile::{Incoming, Origin, Pile};
pub use record::{
    Answer, Clock, CountRow, Counts, Mode, Outcome, Record, Request, RequestKind, RequestRow,
    SessionEnd, SessionId, SessionStart,
};
pub use today::{Days, Figures, Span};
pub use writer::{Submitter, Ticket, Writer, WriterState};

use crate::files::Lock;
use file::{
    BUSY_LIMIT, LOCK, Owner, begin, check_owner, check_version, connect, length, lock, path_in,
    reopen, set_aside, set_pragmas, sync_folder,
};
use statements::{count, end_session, finish_session, insert_answer, insert_session, set_request};

/// The sessions and answers of one station.
#[derive(Debug)]
pub struct RecordStore {
    /// `None` after [`RecordStore::close`], until the next record opens the file again.
    db: Option<Connection>,
    /// `None` in memory.
    path: Option<PathBuf>,
    busy_limit: Duration,
    /// Held for its lock, apart from the connection: the folder stays ours while the file is opened
    /// again.
    _lock: Option<Lock>,
}

impl RecordStore {
    /// Opens the records in the folder `dir` for writing, or begins them; makes the folder if there
    /// is none.
    ///
    /// A damaged file is set aside, and the copy beside it (see [`RecordStore::copy`]) takes its
    /// place, or a new one is begun; sessions left open by a crash are marked interrupted; both are
    /// told as notices.
    ///
    /// # Errors
    ///
    /// [`Error::InUse`] while another program has the folder open, [`Error::Foreign`] and
    /// [`Error::TooNew`] for files that are not ours to write, which stay untouched,
    /// [`Error::OldSqlite`], and [`Error::Io`], [`Error::Sqlite`] or [`Error::NoWal`] when the file
    /// system refuses.
    pub fn open(dir: &Path) -> Result<(RecordStore, Vec<Notice>), Error> {
        check_version(rusqlite::version_number(), rusqlite::version())?;
        fs::create_dir_all(dir).map_err(Error::io("create", dir))?;
        let lock = lock(&dir.join(LOCK))?;
        let path = path_in(dir);
        let mut notices = Vec::new();
        let db = match begin(&path) {
            Err(Error::Broken { .. }) => {
                let aside = set_aside(dir)?;
                let (db, restored) = begin_from_copy(dir, &path)?;
                notices.push(Notice::SetAside {
                    path: aside,
                    restored,
                });
                db
            }
            begun => begun?,
        };
        sync_folder(dir)?;
        let mut store = RecordStore {
            db: Some(db),
            path: Some(path),
            busy_limit: BUSY_LIMIT,
            _lock: Some(lock),
        };
        let sessions = store.interrupt_open_sessions()?;
        if sessions > 0 {
            notices.push(Notice::Interrupted { sessions });
        }
        Ok((store, notices))
    }

    /// Opens the records in the folder `dir` for reading only, also while a kiosk writes them.
    /// Takes no lock and repairs nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] when nothing has been recorded there, otherwise as [`RecordStore::open`],
    /// with [`Error::Broken`] for a damaged file.
    pub fn open_read_only(dir: &Path) -> Result<RecordStore, Error> {
        check_version(rusqlite::version_number(), rusqlite::version())?;
        let path = path_in(dir);
        if length(&path)? == 0 {
            return Err(Error::Missing { path });
        }
        let db = connect(&path, OpenFlags::SQLITE_OPEN_READ_ONLY, BUSY_LIMIT)?;
        if check_owner(&db, &path)? == Owner::Nobody {
            return Err(Error::Missing { path });
        }
        Ok(RecordStore {
            db: Some(db),
            path: Some(path),
            busy_limit: BUSY_LIMIT,
            _lock: None,
        })
    }

    /// Begins empty records in memory, for tests and previews.
    ///
    /// # Errors
    ///
    /// [`Error::OldSqlite`], or [`Error::Sqlite`] when `SQLite` cannot start.
    pub fn in_memory() -> Result<RecordStore, Error> {
        check_version(rusqlite::version_number(), rusqlite::version())?;
        let name = Path::new(":memory:");
        let mut db = Connection::open_in_memory().map_err(Error::sqlite("open", name))?;
        set_pragmas(&db)
            .and_then(|()| migrations::migrate(&mut db))
            .map_err(Error::sqlite("begin", name))?;
        Ok(RecordStore {
            db: Some(db),
            path: None,
            busy_limit: BUSY_LIMIT,
            _lock: None,
        })
    }

    /// Stores one record in one transaction: when this returns `Ok`, a power cut no longer loses
    /// it. A record that is there already changes nothing, so a failed call may be repeated.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] for a record that can never be stored (an answer without its session, an
    /// hour of 24), [`Error::Sqlite`] when the disk is full, locked or failing.
    pub fn store(&mut self, record: &Record) -> Result<(), Error> {
        let path = self.name().to_owned();
        let db = self.connection()?;
        (|| {
            let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            match record {
                Record::Start(start) => insert_session(&change, start)?,
                Record::Answer(answer) => insert_answer(&change, answer)?,
                Record::End(end) => end_session(&change, end)?,
                Record::Request(request) => set_request(&change, request)?,
                Record::Seal(sealed) => batch::seal(&change, sealed)?,
                Record::Acknowledge { sequence, on } => {
                    batch::acknowledge(&change, *sequence, on.as_deref())?;
                }
                Record::LetGo { before } => batch::let_go(&change, before)?,
                Record::Forget { before, sessions } => batch::forget(&change, before, sessions)?,
            }
            change.commit()
        })()
        .map_err(Error::sqlite("write to", &path))
    }

    /// Counts everything recorded so far.
    ///
    /// # Errors
    ///
    /// [`Error::Sqlite`] or [`Error::Broken`] when the file cannot be read.
    pub fn counts(&self) -> Result<Counts, Error> {
        let Some(db) = &self.db else {
            return Err(Error::Closed {
                path: self.name().to_owned(),
            });
        };
        count(db).map_err(Error::sqlite("read", self.name()))
    }

    /// Ends each session that has no outcome. Its length is not known, so it stays 0.
    fn interrupt_open_sessions(&mut self) -> Result<u64, Error> {
        let path = self.name().to_owned();
        let db = self.connection()?;
        (|| {
            let change = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let open: Vec<String> = change
                .prepare("SELECT id FROM session WHERE outcome IS NULL")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for id in &open {
                finish_session(&change, id, Outcome::Interrupted, 0)?;
            }
            change.commit()?;
            Ok(open.len() as u64)
        })()
        .map_err(Error::sqlite("mark interrupted sessions in", &path))
    }

    /// Lets go of the file but not of the folder; the next record opens the file again.
    fn close(&mut self) {
        if self.path.is_some() {
            self.db = None;
        }
    }

    /// Makes `SQLite` wait no longer than this for a lock of another program.
    fn set_busy_limit(&mut self, limit: Duration) -> Result<(), Error> {
        self.busy_limit = limit;
        match &self.db {
            Some(db) => db
                .busy_timeout(limit)
                .map_err(Error::sqlite("open", self.name())),
            None => Ok(()),
        }
    }

    fn connection(&mut self) -> Result<&mut Connection, Error> {
        let db = match self.db.take() {
            Some(db) => db,
            None => reopen(self.name(), self.busy_limit)?,
        };
        Ok(self.db.insert(db))
    }

    /// The path for error messages.
    fn name(&self) -> &Path {
        self.path.as_deref().unwrap_or(Path::new(":memory:"))
    }
}

/// Begins the records from the copy beside them, if it is there and sound, or else anew.
fn begin_from_copy(dir: &Path, path: &Path) -> Result<(Connection, bool), Error> {
    // A copy that cannot be read is no reason to have no records.
    if copy::restore(dir).unwrap_or(false) {
        match begin(path) {
            Err(Error::Broken { .. } | Error::Foreign { .. } | Error::TooNew { .. }) => {
                set_aside(dir)?;
            }
            begun => return Ok((begun?, true)),
        }
    }
    Ok((begin(path)?, false))
}

/// What was put right while opening. Staff are told; the quiz goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The file was damaged; it is kept under this path, with its companions beside it.
    SetAside {
        /// Where the damaged file is now.
        path: PathBuf,
        /// Whether the copy took its place; otherwise a new file was begun.
        restored: bool,
    },
    /// Sessions were left open by a crash or a power cut; their answers are kept.
    Interrupted {
        /// How many.
        sessions: u64,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_sqlite_is_refused() {
        assert!(matches!(
            check_version(3_051_002, "3.51.2"),
            Err(Error::OldSqlite { .. })
        ));
        assert!(check_version(3_051_003, "3.51.3").is_ok());
    }

    #[test]
    fn the_file_opened_again_has_the_same_settings_and_the_folder_stays_locked()
    -> Result<(), Box<dyn std::error::Error>> {
        let dir = tempfile::tempdir()?;
        let (mut store, _) = RecordStore::open(dir.path())?;
        for _ in 0..2 {
            let db = store.connection()?;
            let ask =
                |pragma: &str| db.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
            assert_eq!(ask("synchronous")?, 2);
            assert_eq!(ask("foreign_keys")?, 1);
            assert_eq!(ask("busy_timeout")?, 5000);
            assert_eq!(ask("trusted_schema")?, 0);
            assert_eq!(ask("cell_size_check")?, 1);
            assert_eq!(ask("mmap_size")?, 0);
            assert_eq!(ask("journal_size_limit")?, 8_388_608);
            let mode: String = db.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
            assert_eq!(mode, "wal");
            store.close();
            assert!(matches!(
                RecordStore::open(dir.path()),
                Err(Error::InUse { .. })
            ));
        }
        assert!(matches!(store.counts(), Err(Error::Closed { .. })));
        Ok(())
    }
}

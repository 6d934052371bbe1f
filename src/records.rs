//! What the kiosk keeps of a visit: sessions and answers, in one `SQLite` file a station.
//!
//! This is the only owner of `SQLite`. It knows neither `session` nor `bank`, reads no clock, draws
//! no randomness, and has no place for anything about a person: a test holds the list of columns.
//!
//! Every record carries an id chosen by the caller, so storing one twice stores it once. Whether a
//! record was committed is not always learned (a power cut may fall between the commit and the
//! answer of the disk); then it is simply stored again.

mod migrations;
mod today;
mod writer;

use std::{
    error, fmt,
    fs::{self, File, TryLockError},
    io::{self, Read},
    path::{Path, PathBuf},
    str::FromStr,
    sync::mpsc::{self, RecvTimeoutError},
    thread,
    time::Duration,
};

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, config::DbConfig, params};

pub use today::{Days, Figures, Span};
pub use writer::{Ticket, Writer, WriterState};

/// The file in the data folder that holds the records. `SQLite` keeps `-wal` and `-shm` beside it.
const FILE: &str = "records.sqlite";

/// The file whose lock says that a program writes here. It stays locked whatever happens to
/// [`FILE`].
const LOCK: &str = "records.lock";

/// What belongs to a `SQLite` file besides itself. A hot journal left behind would be played into a
/// new file.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Older versions can lose committed writes when a report reads while the kiosk writes.
const OLDEST_SQLITE: i32 = 3_051_003;

/// The smallest page of a `SQLite` file, in bytes.
const SMALLEST_PAGE: u64 = 512;

/// How long the check at the start may take. It reads the whole file, and five years of answers
/// must not hold up a kiosk, so past this limit the file counts as sound: damage in the rest shows
/// when it is read.
const CHECK_LIMIT: Duration = Duration::from_secs(3);

/// How long `SQLite` waits for a lock of another program.
const BUSY_LIMIT: Duration = Duration::from_millis(5000);

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
    _lock: Option<File>,
}

impl RecordStore {
    /// Opens the records in the folder `dir` for writing, or begins them; makes the folder if there
    /// is none.
    ///
    /// A damaged file is set aside and a new one begun; sessions left open by a crash are marked
    /// interrupted; both are told as notices.
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
                notices.push(Notice::SetAside {
                    path: set_aside(dir)?,
                });
                begin(&path)?
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

/// What was put right while opening. Staff are told; the quiz goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// The file was damaged; it is kept under this path, with its companions beside it, and a new
    /// one was begun.
    SetAside {
        /// Where the damaged file is now.
        path: PathBuf,
    },
    /// Sessions were left open by a crash or a power cut; their answers are kept.
    Interrupted {
        /// How many.
        sessions: u64,
    },
}

/// The random name of a session. The randomness comes from the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId([u8; 16]);

impl SessionId {
    /// Makes an id of 16 random bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> SessionId {
        SessionId(bytes)
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl FromStr for SessionId {
    type Err = Error;

    fn from_str(text: &str) -> Result<SessionId, Error> {
        let is_id = text.len() == 32
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        match u128::from_str_radix(text, 16) {
            Ok(number) if is_id => Ok(SessionId(number.to_be_bytes())),
            _ => Err(Error::NoSessionId {
                text: text.to_owned(),
            }),
        }
    }
}

/// Whether the date and hour of a session can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The clock was set.
    Trusted,
    /// The clock had not been set since the machine started.
    Unset,
}

impl Clock {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Clock::Trusted => "trusted",
            Clock::Unset => "unset",
        }
    }
}

/// Who played. Only visitors are ever counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A visitor.
    Visitor,
    /// Staff, trying the kiosk.
    Staff,
    /// The program itself, in a test.
    Robot,
}

impl Mode {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Mode::Visitor => "visitor",
            Mode::Staff => "staff",
            Mode::Robot => "robot",
        }
    }
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The results were reached.
    Completed,
    /// The visitor chose to leave.
    Abandoned,
    /// The visitor left without a word.
    TimedOut,
    /// The kiosk stopped.
    Interrupted,
}

impl Outcome {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::Completed => "completed",
            Outcome::Abandoned => "abandoned",
            Outcome::TimedOut => "timed_out",
            Outcome::Interrupted => "interrupted",
        }
    }
}

/// A session begins: its first question is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionStart {
    /// The session.
    pub id: SessionId,
    /// The local date, as `2026-03-13`.
    pub date: String,
    /// The local hour, 0 to 23.
    pub hour: u8,
    /// Whether date and hour can be believed.
    pub clock: Clock,
    /// The id of the audience chosen.
    pub audience: String,
    /// The id of the topic chosen.
    pub topic: String,
    /// The language tag of the session.
    pub language: String,
    /// The id of the profile.
    pub profile: String,
    /// Who plays.
    pub mode: Mode,
    /// How many questions the round has.
    pub asked: u32,
}

/// One answer whose feedback is about to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The session, whose start has been stored before.
    pub session: SessionId,
    /// The place in the round, from 1. A second answer at the same place is ignored.
    pub ordinal: u32,
    /// The id of the pack the question is from.
    pub pack: String,
    /// The version of that pack.
    pub pack_version: u32,
    /// The id of the question.
    pub question: String,
    /// The ids of the chosen options, without spaces in them. They are stored sorted.
    pub options: Vec<String>,
    /// Whether the answer was right.
    pub correct: bool,
    /// How long it took, in whole seconds.
    pub seconds: u32,
}

/// A session ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEnd {
    /// The session.
    pub id: SessionId,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took, in seconds as measured. Stored rounded to the nearest 5.
    pub seconds: u32,
}

/// One thing to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// A session begins.
    Start(SessionStart),
    /// A question was answered.
    Answer(Answer),
    /// A session ends.
    End(SessionEnd),
}

impl Record {
    /// The session this is about.
    pub const fn session(&self) -> SessionId {
        match self {
            Record::Start(start) => start.id,
            Record::Answer(answer) => answer.session,
            Record::End(end) => end.id,
        }
    }
}

/// The three counters, visitors only, and what they are made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sessions in which a question was seen.
    pub started: u64,
    /// Sessions with at least one answer.
    pub answered: u64,
    /// Sessions that reached the results.
    pub completed: u64,
    /// Answers given.
    pub answers: u64,
    /// The visitors' sessions, grouped.
    pub rows: Vec<CountRow>,
    /// The sessions of staff and robots, grouped. They are in no counter above.
    pub not_counted: Vec<CountRow>,
}

/// Sessions alike in mode, outcome, audience and topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    /// The mode, as it is stored.
    pub mode: String,
    /// The outcome as it is stored, or `open`.
    pub outcome: String,
    /// The id of the audience.
    pub audience: String,
    /// The id of the topic.
    pub topic: String,
    /// How many sessions.
    pub sessions: u64,
    /// How many answers they have.
    pub answers: u64,
    /// How many of these were right.
    pub correct: u64,
}

/// Why the records could not be opened, read or written.
#[derive(Debug)]
pub enum Error {
    /// The file system refused.
    Io {
        /// What was tried.
        verb: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// `SQLite` refused.
    Sqlite {
        /// What was tried.
        verb: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: rusqlite::Error,
    },
    /// The record can never be stored: it breaks a rule of the schema.
    Refused {
        /// The records.
        path: PathBuf,
        /// Which rule.
        source: rusqlite::Error,
    },
    /// Another program has the folder open for writing.
    InUse {
        /// The lock.
        path: PathBuf,
    },
    /// The `SQLite` in this program is too old to be trusted with records.
    OldSqlite {
        /// Its version.
        found: String,
    },
    /// The file belongs to another program.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer version of this program.
    TooNew {
        /// The file.
        path: PathBuf,
        /// The schema in the file.
        found: i32,
    },
    /// The file is damaged.
    Broken {
        /// The file.
        path: PathBuf,
        /// What `SQLite` found.
        reason: String,
    },
    /// Nothing has been recorded in this folder.
    Missing {
        /// The file that is not there.
        path: PathBuf,
    },
    /// The file system cannot hold a write-ahead log.
    NoWal {
        /// The file.
        path: PathBuf,
    },
    /// The file was let go after a disk fault and has not been opened again.
    Closed {
        /// The file.
        path: PathBuf,
    },
    /// The text is no session id.
    NoSessionId {
        /// The text.
        text: String,
    },
}

impl Error {
    fn io(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        move |source| Error::Io {
            verb,
            path: path.to_owned(),
            source,
        }
    }

    /// Sorts what `SQLite` says into what can be done about it.
    fn sqlite(verb: &'static str, path: &Path) -> impl FnOnce(rusqlite::Error) -> Error {
        move |source| {
            let path = path.to_owned();
            match source.sqlite_error_code() {
                Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Error::Broken {
                    path,
                    reason: source.to_string(),
                },
                Some(ErrorCode::ConstraintViolation | ErrorCode::TooBig) => {
                    Error::Refused { path, source }
                }
                _ => Error::Sqlite { verb, path, source },
            }
        }
    }

    /// Whether the connection may be at fault, so that the file is better opened again.
    fn wants_reopening(&self) -> bool {
        !matches!(
            self.code(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::DiskFull)
        )
    }

    fn code(&self) -> Option<ErrorCode> {
        match self {
            Error::Sqlite { source, .. } => source.sqlite_error_code(),
            _ => None,
        }
    }

    /// What staff can do about it.
    fn advice(&self) -> &'static str {
        match self.code() {
            Some(ErrorCode::DiskFull) => "; free space on this disk",
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                "; wait until the other program has finished with it"
            }
            Some(ErrorCode::SystemIoFailure) => "; check the disk",
            _ => "; check that the folder is on a working disk and that this user may write in it",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io { verb, path, source } => {
                write!(
                    f,
                    "cannot {verb} {}: {source}{}",
                    path.display(),
                    self.advice()
                )
            }
            Error::Sqlite { verb, path, source } => {
                write!(
                    f,
                    "cannot {verb} {}: {source}{}",
                    path.display(),
                    self.advice()
                )
            }
            Error::Refused { path, source } => {
                write!(
                    f,
                    "cannot store this record in {}: {source}",
                    path.display()
                )
            }
            Error::InUse { path } => write!(
                f,
                "cannot lock {}: another program records in this folder; stop it first",
                path.display()
            ),
            Error::OldSqlite { found } => write!(
                f,
                "cannot record with SQLite {found}: before 3.51.3 it can lose answers; use the bundled one"
            ),
            Error::Foreign { path } => write!(
                f,
                "cannot open {}: it belongs to another program; move it away or choose another folder",
                path.display()
            ),
            Error::TooNew { path, found } => write!(
                f,
                "cannot open {}: it has schema {found}, this program knows {}; install the newer program",
                path.display(),
                migrations::VERSION
            ),
            Error::Broken { path, reason } => write!(
                f,
                "cannot read {}: {reason}; start the kiosk again, which sets the file aside",
                path.display()
            ),
            Error::Missing { path } => write!(
                f,
                "cannot find {}: nothing has been recorded in this folder",
                path.display()
            ),
            Error::NoWal { path } => write!(
                f,
                "cannot keep a write-ahead log beside {}: choose a folder on a local disk",
                path.display()
            ),
            Error::Closed { path } => write!(
                f,
                "cannot read {}: it is closed after a disk fault",
                path.display()
            ),
            Error::NoSessionId { text } => {
                write!(
                    f,
                    "cannot read `{text}` as a session id: 32 lower-case hex digits are expected"
                )
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Error::Io { source, .. } => Some(source),
            Error::Sqlite { source, .. } | Error::Refused { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Whose a readable file is.
#[derive(Debug, PartialEq, Eq)]
enum Owner {
    Ours,
    /// Nothing is in it: our first start, cut before the schema was committed.
    Nobody,
}

fn check_version(number: i32, name: &str) -> Result<(), Error> {
    if number < OLDEST_SQLITE {
        return Err(Error::OldSqlite {
            found: name.to_owned(),
        });
    }
    Ok(())
}

fn lock(path: &Path) -> Result<File, Error> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(Error::io("open", path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::InUse {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(Error::io("lock", path)(source)),
    }
}

/// Opens the file for writing, checks it and brings it to the current schema; begins it if there is
/// none.
fn begin(path: &Path) -> Result<Connection, Error> {
    look_at_bytes(path)?;
    let mut db = connect(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        BUSY_LIMIT,
    )?;
    check_owner(&db, path)?;
    check_sound(&db, path)?;
    use_wal(&db, path)?;
    migrations::migrate(&mut db).map_err(Error::sqlite("bring to the current schema", path))?;
    Ok(db)
}

/// Opens a file again that [`begin`] has accepted.
fn reopen(path: &Path, busy_limit: Duration) -> Result<Connection, Error> {
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, busy_limit)?;
    check_owner(&db, path)?;
    use_wal(&db, path)?;
    Ok(db)
}

fn connect(path: &Path, flags: OpenFlags, busy_limit: Duration) -> Result<Connection, Error> {
    // Without the URI flag, so that no file name is read as a URI.
    Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .and_then(|db| {
            // Until the file is known to be ours and sound, closing it must not write its log into
            // it.
            db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            db.busy_timeout(busy_limit)?;
            set_pragmas(&db)?;
            Ok(db)
        })
        .map_err(Error::sqlite("open", path))
}

/// Sets what holds for this connection and leaves the file as it is.
fn set_pragmas(db: &Connection) -> rusqlite::Result<()> {
    // FULL: with NORMAL a power cut loses answers whose feedback was shown.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    db.pragma_update(None, "mmap_size", 0)?;
    db.pragma_update(None, "journal_size_limit", 8 * 1024 * 1024)
}

/// Changes the file to a write-ahead log: only for a file that is ours and sound.
fn use_wal(db: &Connection, path: &Path) -> Result<(), Error> {
    let mode = db
        .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)
        .and_then(|_| {
            db.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))
        })
        .map_err(Error::sqlite("begin a log beside", path))?;
    if mode == "wal" {
        Ok(())
    } else {
        Err(Error::NoWal {
            path: path.to_owned(),
        })
    }
}

/// Reads the header before `SQLite` touches anything: opening a file is enough to change its
/// companions.
fn look_at_bytes(path: &Path) -> Result<(), Error> {
    let broken = |reason: &str| {
        Err(Error::Broken {
            path: path.to_owned(),
            reason: reason.to_owned(),
        })
    };
    let length_bytes = length(path)?;
    let log_bytes = length(&with_suffix(path, "-wal"))?;
    if length_bytes == 0 {
        // An empty file alone is a first start that was cut. Companions tell of a life before.
        return if log_bytes > 0 || length(&with_suffix(path, "-shm"))? > 0 {
            broken("the file is empty and its log is not")
        } else {
            Ok(())
        };
    }
    // Beside a log or a journal half-written pages are an ordinary power cut, and SQLite mends
    // them.
    let mendable = log_bytes > 0 || length(&with_suffix(path, "-journal"))? > 0;
    let mut header = Vec::new();
    File::open(path)
        .and_then(|file| file.take(SMALLEST_PAGE).read_to_end(&mut header))
        .map_err(Error::io("read", path))?;
    let Some((page_size, user_version, application_id, has_tables)) = parse_header(&header) else {
        // SQLite takes the shortest files for empty ones and deletes their log.
        return if mendable && length_bytes >= SMALLEST_PAGE {
            Ok(())
        } else {
            broken("it does not begin as a database does")
        };
    };
    if application_id != migrations::APPLICATION_ID && (application_id != 0 || has_tables) {
        return Err(Error::Foreign {
            path: path.to_owned(),
        });
    }
    if user_version > migrations::VERSION {
        return Err(Error::TooNew {
            path: path.to_owned(),
            found: user_version,
        });
    }
    // SQLite reads the missing end of a page as zeros and may find nothing wrong.
    if !mendable && !length_bytes.is_multiple_of(page_size) {
        return broken("the file ends within a page");
    }
    Ok(())
}

/// Page size in bytes, user version, application id and whether there are tables, by `SQLite`'s
/// file format.
fn parse_header(bytes: &[u8]) -> Option<(u64, i32, i32, bool)> {
    let number = |at: usize| Some(i32::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    let short = |at: usize| Some(u16::from_be_bytes(*bytes.get(at..)?.first_chunk()?));
    if !bytes.starts_with(b"SQLite format 3\0") || (bytes.len() as u64) < SMALLEST_PAGE {
        return None;
    }
    let page_size = match short(16)? {
        1 => 65_536,
        size if size.is_power_of_two() && u64::from(size) >= SMALLEST_PAGE => u64::from(size),
        _ => return None,
    };
    // The list of tables begins on the first page: a leaf with no cell is an empty list.
    let has_tables = *bytes.get(100)? != 13 || short(103)? > 0;
    Some((page_size, number(60)?, number(68)?, has_tables))
}

/// Asks `SQLite`, which knows the log as well, what [`look_at_bytes`] asked the bytes.
fn check_owner(db: &Connection, path: &Path) -> Result<Owner, Error> {
    let (application_id, user_version, tables) = db
        .query_row(
            "SELECT (SELECT application_id FROM pragma_application_id),
                    (SELECT user_version FROM pragma_user_version),
                    (SELECT count(*) FROM sqlite_schema)",
            [],
            |row| {
                Ok((
                    row.get::<_, i32>(0)?,
                    row.get::<_, i32>(1)?,
                    row.get::<_, i64>(2)?,
                ))
            },
        )
        .map_err(Error::sqlite("read", path))?;
    match (application_id, tables) {
        (migrations::APPLICATION_ID, _) if user_version > migrations::VERSION => {
            Err(Error::TooNew {
                path: path.to_owned(),
                found: user_version,
            })
        }
        (migrations::APPLICATION_ID, _) => Ok(Owner::Ours),
        (0, 0) => Ok(Owner::Nobody),
        _ => Err(Error::Foreign {
            path: path.to_owned(),
        }),
    }
}

/// Looks for damage, for no longer than [`CHECK_LIMIT`].
fn check_sound(db: &Connection, path: &Path) -> Result<(), Error> {
    let brake = db.get_interrupt_handle();
    let (done, checking) = mpsc::channel::<()>();
    let found = thread::scope(|scope| {
        thread::Builder::new()
            .name("records-check".to_owned())
            .spawn_scoped(scope, move || {
                if checking.recv_timeout(CHECK_LIMIT) == Err(RecvTimeoutError::Timeout) {
                    brake.interrupt();
                }
            })
            .map_err(Error::io("start the check of", path))?;
        let found = db.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
        drop(done);
        match found {
            Err(stopped)
                if stopped.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) =>
            {
                Ok("ok".to_owned())
            }
            found => found.map_err(Error::sqlite("check", path)),
        }
    })?;
    if found == "ok" {
        return Ok(());
    }
    Err(Error::Broken {
        path: path.to_owned(),
        reason: found,
    })
}

/// Renames the file and its companions out of the way and returns where the file is now.
fn set_aside(dir: &Path) -> Result<PathBuf, Error> {
    let file = path_in(dir);
    let name = |n: u32| dir.join(format!("broken-{n}-{FILE}"));
    let is_free = |n: &u32| {
        let there = |path: PathBuf| path.symlink_metadata().is_ok();
        !there(name(*n))
            && !COMPANIONS
                .iter()
                .any(|suffix| there(with_suffix(&name(*n), suffix)))
    };
    let aside = (1..).find(is_free).map_or_else(|| name(0), name);
    // The file goes first: cut here, the log left behind is set aside at the next start. The other
    // way round, the file might pass for sound without its log.
    for suffix in [""].iter().chain(&COMPANIONS) {
        let from = with_suffix(&file, suffix);
        match fs::rename(&from, with_suffix(&aside, suffix)) {
            Err(source) if source.kind() == io::ErrorKind::NotFound => {}
            moved => moved.map_err(Error::io("set aside", &from))?,
        }
    }
    sync_folder(dir)?;
    Ok(aside)
}

/// Makes new and changed names in the folder survive a power cut.
fn sync_folder(dir: &Path) -> Result<(), Error> {
    File::open(dir)
        .and_then(|folder| folder.sync_all())
        .map_err(Error::io("make durable the folder", dir))
}

fn path_in(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The length of a file in bytes; 0 where there is none.
fn length(path: &Path) -> Result<u64, Error> {
    match fs::metadata(path) {
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(0),
        found => Ok(found.map_err(Error::io("look at", path))?.len()),
    }
}

fn insert_session(db: &Connection, start: &SessionStart) -> rusqlite::Result<()> {
    db.execute(
        include_str!("records/sql/insert_session.sql"),
        params![
            start.id.to_string(),
            start.date,
            start.hour,
            start.clock.as_str(),
            start.audience,
            start.topic,
            start.language,
            start.profile,
            start.mode.as_str(),
            start.asked,
        ],
    )?;
    Ok(())
}

fn insert_answer(db: &Connection, answer: &Answer) -> rusqlite::Result<()> {
    let id = answer.session.to_string();
    let mut options = answer.options.clone();
    options.sort_unstable();
    let inserted = db.execute(
        include_str!("records/sql/insert_answer.sql"),
        params![
            id,
            answer.ordinal,
            answer.pack,
            answer.pack_version,
            answer.question,
            options.join(" "),
            answer.correct,
            answer.seconds,
        ],
    )?;
    if inserted > 0 {
        recount(db, &id)?;
    }
    Ok(())
}

fn end_session(db: &Connection, end: &SessionEnd) -> rusqlite::Result<()> {
    let seconds = (i64::from(end.seconds) + 2) / 5 * 5;
    finish_session(db, &end.id.to_string(), end.outcome, seconds)
}

fn finish_session(
    db: &Connection,
    id: &str,
    outcome: Outcome,
    seconds: i64,
) -> rusqlite::Result<()> {
    let ended = db.execute(
        include_str!("records/sql/end_session.sql"),
        params![id, outcome.as_str(), seconds],
    )?;
    if ended > 0 {
        recount(db, id)?;
    }
    Ok(())
}

fn recount(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute(include_str!("records/sql/recount.sql"), [id])?;
    Ok(())
}

fn count(db: &Connection) -> rusqlite::Result<Counts> {
    let mut counts = Counts::default();
    let mut query = db.prepare(include_str!("records/sql/counts.sql"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let number = |column: &str| row.get::<_, i64>(column).map(i64::unsigned_abs);
        let with_answers = number("with_answers")?;
        let group = CountRow {
            mode: row.get("mode")?,
            outcome: row.get("outcome")?,
            audience: row.get("audience")?,
            topic: row.get("topic")?,
            sessions: number("sessions")?,
            answers: number("answers")?,
            correct: number("correct")?,
        };
        if group.mode != Mode::Visitor.as_str() {
            counts.not_counted.push(group);
            continue;
        }
        counts.started += group.sessions;
        counts.answered += with_answers;
        counts.answers += group.answers;
        if group.outcome == Outcome::Completed.as_str() {
            counts.completed += group.sessions;
        }
        counts.rows.push(group);
    }
    Ok(counts)
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
    -> Result<(), Box<dyn error::Error>> {
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

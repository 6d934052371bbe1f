//! The file: opened, checked, brought to the current schema, set aside when it is broken.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::{Error, migrations};
use crate::files::Lock;

/// The file in the data folder that holds the records. `SQLite` keeps `-wal` and `-shm` beside it.
pub(super) const FILE: &str = "records.sqlite";

/// The file whose lock says that a program writes here. It stays locked whatever happens to
/// [`FILE`].
pub(super) const LOCK: &str = "records.lock";

/// What belongs to a `SQLite` file besides itself. A hot journal left behind would be played into a
/// new file.
pub(super) const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Older versions can lose committed writes when a report reads while the kiosk writes.
pub(super) const OLDEST_SQLITE: i32 = 3_051_003;

/// The smallest page of a `SQLite` file, in bytes.
pub(super) const SMALLEST_PAGE: u64 = 512;

/// How long the check at the start may take. It reads the whole file, and five years of answers
/// must not hold up a kiosk, so past this limit the file counts as sound: damage in the rest shows
/// when it is read.
pub(super) const CHECK_LIMIT: Duration = Duration::from_secs(3);

/// How long `SQLite` waits for a lock of another program.
pub(super) const BUSY_LIMIT: Duration = Duration::from_millis(5000);

/// Whose a readable file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Ours,
    /// Nothing is in it: our first start, cut before the schema was committed.
    Nobody,
}

pub(super) fn check_version(number: i32, name: &str) -> Result<(), Error> {
    if number < OLDEST_SQLITE {
        return Err(Error::OldSqlite {
            found: name.to_owned(),
        });
    }
    Ok(())
}

pub(super) fn lock(path: &Path) -> Result<Lock, Error> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(Error::io("open", path))?;
    match Lock::try_hold(file) {
        Ok(lock) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Error::InUse {
            path: path.to_owned(),
        }),
        Err(TryLockError::Error(source)) => Err(Error::io("lock", path)(source)),
    }
}

/// Opens the file for writing, checks it and brings it to the current schema; begins it if there is
/// none.
pub(super) fn begin(path: &Path) -> Result<Connection, Error> {
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
pub(super) fn reopen(path: &Path, busy_limit: Duration) -> Result<Connection, Error> {
    let db = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE, busy_limit)?;
    check_owner(&db, path)?;
    use_wal(&db, path)?;
    Ok(db)
}

pub(super) fn connect(
    path: &Path,
    flags: OpenFlags,
    busy_limit: Duration,
) -> Result<Connection, Error> {
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
pub(super) fn set_pragmas(db: &Connection) -> rusqlite::Result<()> {
    // FULL: with NORMAL a power cut loses answers whose feedback was shown.
    db.pragma_update(None, "synchronous", "FULL")?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "trusted_schema", false)?;
    db.pragma_update(None, "cell_size_check", true)?;
    db.pragma_update(None, "mmap_size", 0)?;
    db.pragma_update(None, "journal_size_limit", 8 * 1024 * 1024)
}

/// Changes the file to a write-ahead log: only for a file that is ours and sound.
pub(super) fn use_wal(db: &Connection, path: &Path) -> Result<(), Error> {
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
pub(super) fn look_at_bytes(path: &Path) -> Result<(), Error> {
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
pub(super) fn parse_header(bytes: &[u8]) -> Option<(u64, i32, i32, bool)> {
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
pub(super) fn check_owner(db: &Connection, path: &Path) -> Result<Owner, Error> {
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
pub(super) fn check_sound(db: &Connection, path: &Path) -> Result<(), Error> {
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
pub(super) fn set_aside(dir: &Path) -> Result<PathBuf, Error> {
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
pub(super) fn sync_folder(dir: &Path) -> Result<(), Error> {
    File::open(dir)
        .and_then(|folder| folder.sync_all())
        .map_err(Error::io("make durable the folder", dir))
}

pub(super) fn path_in(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// The length of a file in bytes, its log included; 0 where there is none.
pub(super) fn size_of(path: &Path) -> Result<u64, Error> {
    Ok(length(path)? + length(&with_suffix(path, "-wal"))?)
}

/// The length of a file in bytes; 0 where there is none.
pub(super) fn length(path: &Path) -> Result<u64, Error> {
    match fs::metadata(path) {
        Err(source) if source.kind() == io::ErrorKind::NotFound => Ok(0),
        found => Ok(found.map_err(Error::io("look at", path))?.len()),
    }
}

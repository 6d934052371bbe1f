//! Why records could not be opened, read or written, each in one sentence with what to do.

use std::path::{Path, PathBuf};
use std::{error, fmt, io};

use rusqlite::ErrorCode;

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
    /// The file of an office that collects is damaged.
    BrokenCollection {
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
    pub(super) fn io(verb: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
        move |source| Error::Io {
            verb,
            path: path.to_owned(),
            source,
        }
    }

    /// Sorts what `SQLite` says into what can be done about it.
    pub(super) fn sqlite(verb: &'static str, path: &Path) -> impl FnOnce(rusqlite::Error) -> Error {
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
    pub(super) fn wants_reopening(&self) -> bool {
        !matches!(
            self.code(),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::DiskFull)
        )
    }

    pub(super) fn code(&self) -> Option<ErrorCode> {
        match self {
            Error::Sqlite { source, .. } => source.sqlite_error_code(),
            _ => None,
        }
    }

    /// What staff can do about it.
    pub(super) fn advice(&self) -> &'static str {
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
                "cannot open {}: it has schema {found}, newer than this program knows; install the newer program",
                path.display()
            ),
            Error::Broken { path, reason } => write!(
                f,
                "cannot read {}: {reason}; start the kiosk again, which sets the file aside",
                path.display()
            ),
            Error::BrokenCollection { path, reason } => write!(
                f,
                "cannot read {}: {reason}; move it away and collect again: the batches are still where they were",
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

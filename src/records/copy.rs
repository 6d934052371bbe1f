//! A verified copy of the records beside them, for the day on which they turn out to be damaged.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use super::file::{BUSY_LIMIT, connect, path_in, size_of, sync_folder, with_suffix};
use super::{Error, RecordStore};

/// The copy in the data folder.
const FILE: &str = "records-copy.sqlite";

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// Where it is.
    pub path: PathBuf,
    /// The sessions in it.
    pub sessions: u64,
}

/// Where the copy of a data folder's records lies.
#[must_use]
pub fn copy_in(dir: &Path) -> PathBuf {
    dir.join(FILE)
}

/// How many bytes the records in a folder take, and so their copy at most.
///
/// # Errors
///
/// [`Error::Io`] when the disk cannot be read.
pub fn size(dir: &Path) -> Result<u64, Error> {
    size_of(&path_in(dir))
}

impl RecordStore {
    /// Copies the records in the folder `dir` as they are at this moment, also while a kiosk writes
    /// them. The copy is read to its end before it takes the place of the one before.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] when nothing has been recorded, [`Error::Broken`] when the records or the
    /// copy are damaged, [`Error::Sqlite`] and [`Error::Io`] when the disk refuses. The copy before
    /// stays then.
    pub fn copy(dir: &Path) -> Result<Copied, Error> {
        let staged = with_suffix(&copy_in(dir), ".part");
        let copied = copy_to(dir, &staged);
        if copied.is_err() {
            // Best effort: it is written over the next time.
            drop(fs::remove_file(&staged));
        }
        copied
    }
}

fn copy_to(dir: &Path, staged: &Path) -> Result<Copied, Error> {
    match fs::remove_file(staged) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        removed => removed.map_err(Error::io("remove", staged))?,
    }
    let records = RecordStore::open_read_only(dir)?;
    let count = |db: &Connection| {
        db.query_row("SELECT count(*) FROM session", [], |row| row.get(0))
            .map(i64::unsigned_abs)
    };
    let before = records.read(|db| {
        let before = count(db)?;
        db.execute("VACUUM INTO ?1", [staged.to_string_lossy()])?;
        Ok(before)
    })?;
    drop(records);
    let copy = connect(staged, OpenFlags::SQLITE_OPEN_READ_ONLY, BUSY_LIMIT)?;
    let (found, sessions) = copy
        .query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0))
        .and_then(|found| Ok((found, count(&copy)?)))
        .map_err(Error::sqlite("check", staged))?;
    drop(copy);
    // Sessions may have come while it was made; none may have gone.
    if found != "ok" || sessions < before {
        return Err(Error::Broken {
            path: staged.to_owned(),
            reason: found,
        });
    }
    File::open(staged)
        .and_then(|file| file.sync_all())
        .map_err(Error::io("make durable", staged))?;
    let path = copy_in(dir);
    fs::rename(staged, &path).map_err(Error::io("rename", staged))?;
    sync_folder(dir)?;
    Ok(Copied { path, sessions })
}

/// Puts a copy of the copy where the records were; whether there was one to put. The copy itself
/// stays. It is checked like every file that is opened.
pub(super) fn restore(dir: &Path) -> Result<bool, Error> {
    let (copy, records) = (copy_in(dir), path_in(dir));
    let staged = with_suffix(&records, ".part");
    if !copy.is_file() {
        return Ok(false);
    }
    fs::copy(&copy, &staged).map_err(Error::io("copy", &copy))?;
    File::open(&staged)
        .and_then(|file| file.sync_all())
        .and_then(|()| fs::rename(&staged, &records))
        .map_err(Error::io("make durable", &staged))?;
    sync_folder(dir)?;
    Ok(true)
}

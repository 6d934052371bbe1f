//! Reading and writing files: every error names the path and what was being done.
//!
//! Nothing here knows what is in a file. Nobody else in the crate writes files, `packs` excepted
//! and `SQLite`'s own, which `records` owns.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::Advice;

/// What was being done to a path when it failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Reading a file's bytes.
    Read,
    /// Listing a folder.
    List,
    /// Making a folder.
    Create,
    /// Writing a file, its move into place included.
    Write,
    /// Removing a file.
    Remove,
}

impl Verb {
    /// The word for messages, as in "cannot read".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::List => "list",
            Self::Create => "create",
            Self::Write => "write",
            Self::Remove => "remove",
        }
    }
}

/// A failed file operation.
#[derive(Debug)]
pub struct Error {
    /// What was tried.
    pub verb: Verb,
    /// Where.
    pub path: PathBuf,
    /// Why it failed.
    pub cause: Cause,
}

/// Why a file operation failed.
#[derive(Debug)]
pub enum Cause {
    /// The operating system refused.
    Io(io::Error),
    /// The file holds more than the number of bytes allowed for it.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
}

impl Error {
    /// An error of the operating system at a path.
    #[must_use]
    pub fn io(verb: Verb, path: &Path, error: io::Error) -> Self {
        io_error(verb, path)(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verb, path) = (self.verb.as_str(), self.path.display());
        match &self.cause {
            Cause::Io(error) => write!(f, "cannot {verb} `{path}`: {error}"),
            Cause::TooLarge { limit } => {
                write!(f, "cannot {verb} `{path}`: it is larger than {limit} bytes")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Io(error) => Some(error),
            Cause::TooLarge { .. } => None,
        }
    }
}

fn io_error(verb: Verb, path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |error| Error {
        verb,
        path: path.to_owned(),
        cause: Cause::Io(error),
    }
}

/// An open file, or folder, that is locked against other programs until this is dropped.
///
/// Closing the file would not be enough: a child that is being started at that moment has a copy
/// of it, and of the lock, until it runs its own program.
#[derive(Debug)]
pub struct Lock(File);

impl Lock {
    /// Waits until nobody else has the lock.
    pub fn hold(file: File) -> io::Result<Self> {
        file.lock()?;
        Ok(Self(file))
    }

    /// Takes the lock if nobody else has it.
    pub fn try_hold(file: File) -> Result<Self, TryLockError> {
        file.try_lock()?;
        Ok(Self(file))
    }

    /// The file itself.
    pub fn file(&mut self) -> &mut File {
        &mut self.0
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // The system gives it back anyway, at the latest when the program ends.
        drop(self.0.unlock());
    }
}

/// Reads a whole file of at most `limit` bytes.
///
/// The limit holds for what is read, not for what the file system claims, so that an endless
/// special file or one that grows meanwhile cannot fill the memory.
pub fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let bytes = head(path, limit + 1)?;
    if bytes.len() as u64 > limit {
        return Err(Error {
            verb: Verb::Read,
            path: path.to_owned(),
            cause: Cause::TooLarge { limit },
        });
    }
    Ok(bytes)
}

/// Reads no more than the first `most` bytes of a file.
pub fn head(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    // Asked before opening: opening a pipe would wait for somebody to write into it.
    let kind = fs::metadata(path).map_err(io_error(Verb::Read, path))?;
    if !kind.is_file() {
        let error = io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file");
        return Err(io_error(Verb::Read, path)(error));
    }
    let file = File::open(path).map_err(io_error(Verb::Read, path))?;
    let mut bytes = Vec::new();
    file.take(most)
        .read_to_end(&mut bytes)
        .map_err(io_error(Verb::Read, path))?;
    Ok(bytes)
}

/// The folders directly inside a folder, sorted by name. Names that begin with a dot are left out.
pub fn folders_in(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).map_err(io_error(Verb::List, path))? {
        let entry = entry.map_err(io_error(Verb::List, path))?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.path().is_dir() {
            folders.push(entry.path());
        }
    }
    folders.sort();
    Ok(folders)
}

/// The names of the regular files directly inside a folder, sorted; no more than `most`. Names that
/// begin with a dot or are not UTF-8 are left out.
pub fn names_in(path: &Path, most: usize) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for entry in fs::read_dir(path).map_err(io_error(Verb::List, path))? {
        let entry = entry.map_err(io_error(Verb::List, path))?;
        let regular = entry.file_type().is_ok_and(|kind| kind.is_file());
        let name = entry.file_name().into_string().ok();
        names.extend(name.filter(|name| regular && !name.starts_with('.')));
        if names.len() == most {
            break;
        }
    }
    names.sort();
    Ok(names)
}

/// How many bytes are free for this user on the disk that holds a path.
pub fn free_bytes(path: &Path) -> Result<u64, Error> {
    let found = rustix::fs::statvfs(path);
    let disk = found.map_err(|error| io_error(Verb::Read, path)(error.into()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// When a file was last written.
pub fn changed(path: &Path) -> Result<std::time::SystemTime, Error> {
    fs::metadata(path)
        .and_then(|found| found.modified())
        .map_err(io_error(Verb::Read, path))
}

/// Whether nobody but the owner of a file may read or write it.
pub fn is_private(path: &Path) -> Result<bool, Error> {
    let found = fs::metadata(path).map_err(io_error(Verb::Read, path))?;
    Ok(found.permissions().mode() & 0o077 == 0)
}

/// Makes a folder and those above it; one that is there already is fine.
pub fn create_folder(path: &Path) -> Result<(), Error> {
    fs::create_dir_all(path).map_err(io_error(Verb::Create, path))
}

/// Writes a file so that after a power cut either the old or the whole new content is there.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let staged = staged_path(path);
    let written = (|| {
        let mut file = File::create(&staged)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&staged, path)?;
        // The new name itself must reach the disk, too.
        File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
    })();
    written.map_err(|error| {
        // Best effort: the error that matters is the first one.
        drop(fs::remove_file(&staged));
        io_error(Verb::Write, path)(error)
    })
}

/// Writes a file that can be made again: whole or not at all if the program is killed, and
/// perhaps not at all after a power cut.
pub fn write_quick(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let staged = staged_path(path);
    fs::write(&staged, bytes)
        .and_then(|()| fs::rename(&staged, path))
        .map_err(io_error(Verb::Write, path))
}

/// Makes what is in a file, or the names in a folder, survive a power cut.
pub fn sync(path: &Path) -> Result<(), Error> {
    File::open(path)
        .and_then(|opened| opened.sync_all())
        .map_err(io_error(Verb::Write, path))
}

/// As [`read`], from the medium: what the system remembers of the file is dropped before.
pub fn read_from_disk(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let kind = fs::metadata(path).map_err(io_error(Verb::Read, path))?;
    if kind.is_file() {
        let file = File::open(path).map_err(io_error(Verb::Read, path))?;
        // Only advice: where the system does not take it, reading is still right.
        let _ = rustix::fs::fadvise(&file, 0, None, Advice::DontNeed);
    }
    read(path, limit)
}

/// Removes a file; one that is not there is fine.
pub fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(io_error(Verb::Remove, path)),
    }
}

/// A name beside the target, so that the rename stays on one file system.
fn staged_path(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_exactly_the_limit_is_read_and_one_byte_more_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        write(&path, b"12345").unwrap();
        assert_eq!(read(&path, 5).unwrap(), b"12345");
        let error = read(&path, 4).unwrap_err();
        assert!(matches!(error.cause, Cause::TooLarge { limit: 4 }));
        assert!(error.to_string().contains(path.to_str().unwrap()));
    }

    #[test]
    fn a_failed_write_names_path_and_verb_and_leaves_the_old_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("none").join("f");
        let error = write(&path, b"x").unwrap_err();
        assert_eq!(error.verb, Verb::Write);
        assert_eq!(error.path, path);
    }

    #[test]
    fn writing_again_replaces_and_leaves_no_staged_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("f");
        write(&path, b"old").unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(read(&path, 9).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

//! What staff did to a station: one JSON line a deed, only ever appended, in
//! `staff/journal.jsonl` of the data folder.
//!
//! A line is on the disk before [`append`] returns. A power cut can tear the last line; a torn line
//! is passed over when reading, and the next one begins on a line of its own. The file is put aside
//! when it is full, and the oldest of those put aside is dropped. A PIN never comes here.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::files::{self, Lock, Verb};

/// A file of this many bytes is full.
const FULL: u64 = 1024 * 1024;

/// How many files there are, the one being written included.
const FILES: usize = 5;

/// The most characters of a text in a line.
const TEXT_LIMIT: usize = 200;

/// The most bytes that are read of one file: a full one with one more line, and some.
const FILE_LIMIT: u64 = FULL + 64 * 1024;

/// What was done. The ids in the file are stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// A pack was installed.
    PackInstalled,
    /// Staff took a pack back to the version before.
    PackRolledBack,
    /// A pack on trial was taken back by the program itself, because it kept crashing.
    PackWithdrawn,
    /// An installed pack was removed.
    PackRemoved,
    /// The first PIN was set.
    PinSet,
    /// The PIN was changed.
    PinChanged,
    /// A signed reset was taken: another PIN may be set.
    PinReset,
    /// The staff area was locked after wrong PINs.
    PinLocked,
    /// The staff area was opened with the PIN.
    StaffEntered,
    /// A setting of the station was changed.
    SettingChanged,
    /// Records were exported.
    RecordsExported,
    /// The program was restarted from the staff screen.
    Restarted,
}

impl Deed {
    /// Every deed there is.
    pub const ALL: [Self; 12] = [
        Self::PackInstalled,
        Self::PackRolledBack,
        Self::PackWithdrawn,
        Self::PackRemoved,
        Self::PinSet,
        Self::PinChanged,
        Self::PinReset,
        Self::PinLocked,
        Self::StaffEntered,
        Self::SettingChanged,
        Self::RecordsExported,
        Self::Restarted,
    ];
}

/// One line of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When, by the station's clock, which may be wrong: the order of the lines is what counts.
    pub at: Timestamp,
    /// What was done.
    pub deed: Deed,
    /// To what: a pack's id, a setting's name.
    pub subject: String,
    /// More, for people: versions, the file.
    pub detail: String,
}

/// Appends a line durably. Long texts are cut.
///
/// # Errors
///
/// When the folder cannot be made or the line cannot be written; then the deed should not be done.
pub fn append(data: &Path, entry: &Entry) -> Result<(), files::Error> {
    let folder = data.join("staff");
    files::create_folder(&folder)?;
    let path = file(&folder, 0);
    (|| {
        // One writer at a time, so that nobody appends to a file that is being put aside.
        let mut lock = Lock::hold(File::open(&folder)?)?;
        put_aside_when_full(&folder)?;
        let mut line = serde_json::to_vec(&Entry {
            subject: cut(&entry.subject),
            detail: cut(&entry.detail),
            ..entry.clone()
        })?;
        line.push(b'\n');
        let mut file = File::options()
            .create(true)
            .read(true)
            .append(true)
            .open(&path)?;
        if is_torn(&mut file)? {
            line.insert(0, b'\n');
        }
        file.write_all(&line)?;
        file.sync_all()?;
        lock.file().sync_all()
    })()
    .map_err(|error| files::Error::io(Verb::Write, &path, error))
}

/// The last `most` lines, the oldest first. What cannot be understood is passed over.
///
/// # Errors
///
/// When a file is there and cannot be read.
pub fn read(data: &Path, most: usize) -> Result<Vec<Entry>, files::Error> {
    let folder = data.join("staff");
    let mut newest_first = Vec::new();
    for number in 0..FILES {
        let path = file(&folder, number);
        if newest_first.len() >= most {
            break;
        }
        if !path.exists() {
            continue;
        }
        let bytes = files::read(&path, FILE_LIMIT)?;
        let lines = bytes.split(|byte| *byte == b'\n').rev();
        newest_first.extend(lines.filter_map(|line| serde_json::from_slice::<Entry>(line).ok()));
    }
    newest_first.truncate(most);
    newest_first.reverse();
    Ok(newest_first)
}

/// The file being written is number 0; the higher the number, the older.
fn file(folder: &Path, number: usize) -> PathBuf {
    match number {
        0 => folder.join("journal.jsonl"),
        _ => folder.join(format!("journal.{number}.jsonl")),
    }
}

fn put_aside_when_full(folder: &Path) -> io::Result<()> {
    match fs::metadata(file(folder, 0)) {
        Ok(found) if found.len() >= FULL => {}
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    }
    // Up to the first free number (a power cut can leave one), or else over the oldest.
    let free = (1..FILES).find(|number| !file(folder, *number).exists());
    for number in (0..free.unwrap_or(FILES - 1)).rev() {
        fs::rename(file(folder, number), file(folder, number + 1))?;
    }
    Ok(())
}

/// Whether the last line has no end.
fn is_torn(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

fn cut(text: &str) -> String {
    text.chars().take(TEXT_LIMIT).collect()
}

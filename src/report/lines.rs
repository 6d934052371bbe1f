//! Small CSV tables that people write: read with their line numbers, made safe to show.

use std::fmt;
use std::path::PathBuf;

use crate::files;

/// The most characters of a text from outside that a report shows.
const LONGEST: usize = 200;

/// A table that people write, and that cannot be used.
#[derive(Debug)]
pub enum Error {
    /// It could not be read.
    File(files::Error),
    /// A line is not as it should be.
    Line {
        /// The file.
        path: PathBuf,
        /// Which line, from 1.
        line: u64,
        /// What is wrong and what to do.
        reason: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Line { path, line, reason } => {
                write!(f, "cannot use `{}:{line}`: {reason}", path.display())
            }
        }
    }
}

impl std::error::Error for Error {}

/// The rows of a CSV table in UTF-8, each with the line it begins on, without those that are empty;
/// or the line and the reason why one cannot be read.
pub(super) fn read(
    bytes: &[u8],
) -> impl Iterator<Item = Result<(u64, Vec<String>), (u64, String)>> + '_ {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let open = opens_without_end(bytes);
    let reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(bytes);
    // The reader begins a row before the empty lines above it.
    let (mut seen, mut line) = (0, 1);
    let mut line_at = move |begin: u64| {
        let begin = usize::try_from(begin)
            .unwrap_or(usize::MAX)
            .min(bytes.len());
        let is_break = |byte: &&u8| matches!(byte, b'\r' | b'\n');
        let begin = begin + bytes[begin..].iter().take_while(is_break).count();
        let breaks = bytes[seen.min(begin)..begin]
            .iter()
            .filter(|byte| **byte == b'\n');
        line += breaks.count() as u64;
        seen = begin;
        line
    };
    let rows = reader.into_byte_records().filter_map(move |row| {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                let line = line_at(error.position().map_or(0, csv::Position::byte));
                return Some(Err((line, format!("it is no CSV table ({error})"))));
            }
        };
        let line = line_at(row.position().map_or(0, csv::Position::byte));
        let cells = row.iter().map(|cell| String::from_utf8(cell.to_owned()));
        let Ok(cells) = cells.collect::<Result<Vec<String>, _>>() else {
            let reason = "it is not UTF-8; save the table as CSV in UTF-8".to_owned();
            return Some(Err((line, reason)));
        };
        let is_empty = cells.iter().all(String::is_empty);
        (!is_empty).then_some(Ok((line, cells)))
    });
    let last = open.map(|line| Err((line, "a quotation mark is not closed".to_owned())));
    // Named first: what follows an open mark would all be one cell.
    last.into_iter().chain(rows)
}

/// The line of a quotation mark that is never closed.
fn opens_without_end(bytes: &[u8]) -> Option<u64> {
    let (mut line, mut open) = (1, None);
    for byte in bytes {
        match byte {
            b'\n' => line += 1,
            b'"' if open.is_some() => open = None,
            b'"' => open = Some(line),
            _ => {}
        }
    }
    open
}

/// A text from outside on one line and not too long.
pub(super) fn clean(text: &str) -> String {
    let control = |character: char| {
        if character.is_control() {
            ' '
        } else {
            character
        }
    };
    text.chars().take(LONGEST).map(control).collect()
}

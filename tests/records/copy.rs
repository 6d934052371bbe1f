//! Tests of the copy that takes the place of damaged records.

use std::{fs, path::Path, thread, time::Duration};

use kepu::records::{self, Mode, Notice, RecordStore, Writer, copy_in};
use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::{FILES, TestResult, column, file, start, well_filled};

/// Every row of a file.
fn rows(path: &Path) -> rusqlite::Result<Vec<String>> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut rows = column(
        &db,
        "SELECT id || date || coalesce(outcome, '-') || answered || correct FROM session",
    )?;
    rows.extend(column::<String>(
        &db,
        "SELECT session || ordinal || question || options FROM answer",
    )?);
    Ok(rows)
}

#[test]
fn the_copy_has_every_row_and_is_made_while_the_records_are_written() -> TestResult {
    let dir = well_filled()?;
    let (store, _) = RecordStore::open(dir.path())?;
    let writer = Writer::spawn(store, || {})?;
    let submitter = writer.submitter();
    let writing = thread::spawn(move || {
        for number in 100..200 {
            submitter.store(start(number, Mode::Visitor), Duration::from_secs(10));
        }
    });
    let first = RecordStore::copy(dir.path())?;
    assert!((60..=160).contains(&first.sessions), "{first:?}");
    writing.join().unwrap();
    let second = RecordStore::copy(dir.path())?;
    assert_eq!((second.sessions, &second.path), (160, &copy_in(dir.path())));
    assert!(writer.finish(Duration::from_secs(10)));
    assert_eq!(rows(&second.path)?, rows(&file(&dir))?);
    assert!(!dir.path().join("records-copy.sqlite.part").exists());
    Ok(())
}

#[test]
fn a_copy_that_cannot_be_made_leaves_the_one_before() -> TestResult {
    let dir = well_filled()?;
    RecordStore::copy(dir.path())?;
    let before = fs::read(copy_in(dir.path()))?;
    fs::write(file(&dir), "not a database at all")?;
    for companion in &FILES[1..] {
        drop(fs::remove_file(dir.path().join(companion)));
    }
    assert!(RecordStore::copy(dir.path()).is_err());
    assert_eq!(fs::read(copy_in(dir.path()))?, before);
    let empty = TempDir::new()?;
    let none = RecordStore::copy(empty.path());
    assert!(matches!(none, Err(records::Error::Missing { .. })));
    Ok(())
}

#[test]
fn damaged_records_are_kept_and_the_copy_takes_their_place() -> TestResult {
    let dir = well_filled()?;
    let copy = RecordStore::copy(dir.path())?;
    let expected = rows(&copy.path)?;
    fs::write(file(&dir), vec![7; 9000])?;
    let (mut store, notices) = RecordStore::open(dir.path())?;
    let path = dir.path().join("broken-1-records.sqlite");
    let restored = Notice::SetAside {
        path: path.clone(),
        restored: true,
    };
    assert_eq!(notices, [restored]);
    assert_eq!(fs::read(path)?, vec![7; 9000]);
    assert_eq!(rows(&file(&dir))?, expected);
    // It is written as ever, and the copy is there for another time.
    store.store(&start(250, Mode::Visitor))?;
    assert_eq!(store.counts()?.started, 61);
    assert_eq!(rows(&copy.path)?, expected);
    Ok(())
}

#[test]
fn a_damaged_copy_of_damaged_records_is_kept_too_and_new_ones_are_begun() -> TestResult {
    let dir = well_filled()?;
    RecordStore::copy(dir.path())?;
    for damaged in [file(&dir), copy_in(dir.path())] {
        fs::write(damaged, vec![7; 9000])?;
    }
    let (store, notices) = RecordStore::open(dir.path())?;
    let path = dir.path().join("broken-1-records.sqlite");
    let anew = Notice::SetAside {
        path,
        restored: false,
    };
    assert_eq!(notices, [anew]);
    assert_eq!(store.counts()?.started, 0);
    Ok(())
}

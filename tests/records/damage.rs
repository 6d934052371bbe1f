//! Tests of damaged files: they are set aside whole, and new ones are begun.

use std::{fs, path::Path};

use kepu::records::{Mode, Notice, RecordStore};
use tempfile::TempDir;

use super::{FILES, TestResult, cut, file, open, start, well_filled};

/// Opens a damaged folder: everything there must be kept under another name and a new file must
/// work.
#[track_caller]
fn assert_set_aside(dir: &Path, damage: &str) -> TestResult {
    let before: Vec<_> = FILES
        .iter()
        .map(|name| fs::read(dir.join(name)).ok())
        .collect();
    let (mut store, notices) =
        RecordStore::open(dir).map_err(|error| format!("{damage}: {error}"))?;
    let path = dir.join("broken-1-records.sqlite");
    assert_eq!(
        notices,
        [Notice::SetAside {
            path,
            restored: false
        }],
        "{damage}"
    );
    for (name, bytes) in FILES.iter().zip(before) {
        let kept = fs::read(dir.join(format!("broken-1-{name}"))).ok();
        // SQLite makes the -shm anew whenever it looks, so only its presence counts.
        if name.ends_with("-shm") {
            assert!(kept.is_some() || bytes.is_none(), "{damage}: {name}");
        } else if bytes.is_some() {
            assert!(kept == bytes, "{damage}: {name}");
        }
    }
    store.store(&start(1, Mode::Visitor))?;
    assert_eq!(store.counts()?.started, 1, "{damage}");
    Ok(())
}

#[test]
fn a_truncated_file_is_set_aside() -> TestResult {
    let whole = well_filled()?;
    let length = fs::metadata(file(&whole))?.len();
    assert_eq!(length % 4096, 0);
    let whole_pages = (1..length / 4096).map(|page| page * 4096);
    for keep in [
        1,
        15,
        16,
        67,
        99,
        100,
        107,
        511,
        512,
        4095,
        4097,
        length - 1,
    ]
    .into_iter()
    .chain(whole_pages)
    {
        let dir = cut(&whole)?;
        fs::OpenOptions::new()
            .write(true)
            .open(file(&dir))?
            .set_len(keep)?;
        assert_set_aside(dir.path(), &format!("{keep} of {length} bytes"))?;
    }
    Ok(())
}

#[test]
fn a_file_of_zeros_is_set_aside() -> TestResult {
    for length in [1, 100, 4096, 100_000] {
        let dir = TempDir::new()?;
        fs::write(file(&dir), vec![0; length])?;
        assert_set_aside(dir.path(), &format!("{length} zeros"))?;
    }
    Ok(())
}

#[test]
fn an_empty_or_missing_file_beside_its_log_is_set_aside() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    let empty = cut(&dir)?;
    fs::write(file(&empty), "")?;
    assert_set_aside(empty.path(), "empty")?;
    let missing = cut(&dir)?;
    fs::remove_file(file(&missing))?;
    assert_set_aside(missing.path(), "missing")
}

#[test]
fn a_damaged_file_is_set_aside() -> TestResult {
    let whole = well_filled()?;
    let pages = usize::try_from(fs::metadata(file(&whole))?.len() / 4096)?;
    let dir = cut(&whole)?;
    let mut bytes = fs::read(file(&dir))?;
    bytes[..100].fill(0xA5);
    fs::write(file(&dir), &bytes)?;
    assert_set_aside(dir.path(), "garbage for a header")?;
    for page in 1..pages {
        let dir = cut(&whole)?;
        let mut bytes = fs::read(file(&dir))?;
        for byte in &mut bytes[page * 4096..(page + 1) * 4096] {
            *byte = !*byte;
        }
        fs::write(file(&dir), &bytes)?;
        assert_set_aside(dir.path(), &format!("page {page} flipped"))?;
    }
    Ok(())
}

#[test]
fn a_damaged_file_takes_its_log_with_it() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    let dir = cut(&dir)?;
    fs::write(file(&dir), "then came the thunderstorm ".repeat(400))?;
    let log = dir.path().join(FILES[1]);
    assert!(fs::metadata(&log)?.len() > 0);
    // The log holds the first page as well, so it has to suffer too for the file to be lost.
    let mut bytes = fs::read(&log)?;
    bytes.reverse();
    fs::write(&log, bytes)?;
    assert_set_aside(dir.path(), "file and log")
}

#[test]
fn an_earlier_broken_file_is_never_overwritten() -> TestResult {
    let dir = TempDir::new()?;
    fs::write(dir.path().join("broken-1-records.sqlite"), "first")?;
    fs::write(dir.path().join("broken-2-records.sqlite-wal"), "second")?;
    fs::write(file(&dir), "third")?;
    let (_, notices) = RecordStore::open(dir.path())?;
    let path = dir.path().join("broken-3-records.sqlite");
    assert_eq!(fs::read(&path)?, b"third");
    assert_eq!(
        notices,
        [Notice::SetAside {
            path,
            restored: false
        }]
    );
    assert_eq!(
        fs::read(dir.path().join("broken-1-records.sqlite"))?,
        b"first"
    );
    Ok(())
}

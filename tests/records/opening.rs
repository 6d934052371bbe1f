//! Tests of how a file is opened: after a power cut, beside another program, to be read only, and
//! when it is not ours.

use std::fs;

use kepu::records::{self, Mode, Notice, Outcome, RecordStore};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{FILES, TestResult, answer, ask, cut, end, file, look, open, start, well_filled};

#[test]
fn a_session_left_open_by_a_power_cut_is_interrupted_with_its_answers_kept() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&answer(1, 1, true))?;
    store.store(&answer(1, 2, false))?;
    store.store(&start(2, Mode::Visitor))?;
    store.store(&end(2, Outcome::Abandoned, 5))?;
    let dir = cut(&dir)?;
    let (store, notices) = RecordStore::open(dir.path())?;
    assert_eq!(notices, [Notice::Interrupted { sessions: 1 }]);
    let counts = store.counts()?;
    assert_eq!(
        (
            counts.started,
            counts.answered,
            counts.completed,
            counts.answers
        ),
        (2, 1, 0, 2)
    );
    let session: String = ask(
        &look(&dir)?,
        "SELECT concat_ws(' ', outcome, answered, correct, seconds) FROM session
         WHERE outcome <> 'abandoned'",
    )?;
    assert_eq!(session, "interrupted 2 1 0");
    drop(store);
    open(&dir)?;
    Ok(())
}

#[test]
fn a_second_program_is_refused() -> TestResult {
    let dir = TempDir::new()?;
    let store = open(&dir)?;
    let second = RecordStore::open(dir.path()).map(|_| ());
    assert!(
        matches!(second, Err(records::Error::InUse { .. })),
        "{second:?}"
    );
    drop(store);
    open(&dir)?;
    Ok(())
}

#[test]
fn a_reader_sees_what_a_live_writer_commits() -> TestResult {
    let dir = TempDir::new()?;
    let missing = RecordStore::open_read_only(dir.path());
    assert!(
        matches!(missing, Err(records::Error::Missing { .. })),
        "{missing:?}"
    );
    let mut store = open(&dir)?;
    let reader = RecordStore::open_read_only(dir.path())?;
    assert_eq!(reader.counts()?.started, 0);
    store.store(&start(1, Mode::Visitor))?;
    store.store(&answer(1, 1, true))?;
    assert_eq!(reader.counts()?, store.counts()?);
    assert_eq!(
        RecordStore::open_read_only(dir.path())?.counts()?.answers,
        1
    );
    drop((reader, store));
    assert_eq!(
        RecordStore::open_read_only(dir.path())?.counts()?.started,
        1
    );
    Ok(())
}

#[test]
fn a_reader_cannot_write() -> TestResult {
    let dir = well_filled()?;
    let mut reader = RecordStore::open_read_only(dir.path())?;
    assert!(reader.store(&start(99, Mode::Visitor)).is_err());
    assert_eq!(reader.counts()?.started, 60);
    Ok(())
}

#[test]
fn a_foreign_file_stays_untouched() -> TestResult {
    for foreign in [
        "PRAGMA application_id = 7",
        "CREATE TABLE diary (page TEXT)",
        "PRAGMA journal_mode = WAL; CREATE TABLE diary (page TEXT)",
    ] {
        let dir = TempDir::new()?;
        Connection::open(file(&dir))?.execute_batch(foreign)?;
        let before = fs::read(file(&dir))?;
        for _ in 0..2 {
            let error = RecordStore::open(dir.path()).map(|_| ());
            assert!(
                matches!(error, Err(records::Error::Foreign { .. })),
                "{foreign}: {error:?}"
            );
        }
        assert!(fs::read(file(&dir))? == before, "{foreign}");
        assert!(!dir.path().join(FILES[1]).exists(), "{foreign}");
    }
    Ok(())
}

#[test]
fn a_foreign_file_with_everything_still_in_its_log_stays_untouched() -> TestResult {
    let dir = TempDir::new()?;
    let db = Connection::open(file(&dir))?;
    db.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE diary (page TEXT)")?;
    let dir = cut(&dir)?;
    let bytes = || -> Result<_, std::io::Error> {
        Ok((fs::read(file(&dir))?, fs::read(dir.path().join(FILES[1]))?))
    };
    let before = bytes()?;
    let error = RecordStore::open(dir.path()).map(|_| ());
    assert!(
        matches!(error, Err(records::Error::Foreign { .. })),
        "{error:?}"
    );
    assert!(bytes()? == before);
    Ok(())
}

#[test]
fn a_file_of_a_newer_version_stays_untouched() -> TestResult {
    let dir = well_filled()?;
    Connection::open(file(&dir))?.pragma_update(None, "user_version", 4)?;
    let before = fs::read(file(&dir))?;
    let error = RecordStore::open(dir.path()).map(|_| ());
    assert!(
        matches!(error, Err(records::Error::TooNew { found: 4, .. })),
        "{error:?}"
    );
    let error = RecordStore::open_read_only(dir.path());
    assert!(
        matches!(error, Err(records::Error::TooNew { found: 4, .. })),
        "{error:?}"
    );
    assert!(fs::read(file(&dir))? == before);
    Ok(())
}

#[test]
fn a_first_start_that_was_cut_is_simply_begun_again() -> TestResult {
    let dir = TempDir::new()?;
    fs::write(file(&dir), "")?;
    open(&dir)?;

    let dir = TempDir::new()?;
    fs::write(file(&dir), "")?;
    fs::write(dir.path().join(FILES[1]), "")?;
    open(&dir)?;

    let dir = TempDir::new()?;
    Connection::open(file(&dir))?.execute_batch("PRAGMA journal_mode = WAL")?;
    assert_eq!(fs::metadata(file(&dir))?.len(), 4096);
    open(&dir)?;

    let dir = TempDir::new()?;
    let store = open(&dir)?;
    let all_in_the_log = cut(&dir)?;
    drop(store);
    open(&all_in_the_log)?;
    fs::remove_file(all_in_the_log.path().join(FILES[2])).ok();
    open(&all_in_the_log)?;
    Ok(())
}

#[test]
fn a_folder_that_cannot_be_made_is_named() -> TestResult {
    let dir = TempDir::new()?;
    let blocked = dir.path().join("file");
    fs::write(&blocked, "")?;
    let Err(error) = RecordStore::open(&blocked) else {
        return Err("opened a file as a folder".into());
    };
    let text = error.to_string();
    assert!(
        text.starts_with(&format!("cannot create {}: ", blocked.display())),
        "{text}"
    );
    assert!(text.ends_with("this user may write in it"), "{text}");
    Ok(())
}

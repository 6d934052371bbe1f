//! Tests of the writer's thread: what is submitted becomes durable, waits while it cannot, and
//! whoever asks is told.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use kepu::records::{Mode, Notice, Outcome, RecordStore, Writer, WriterState};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{TestResult, answer, ask, end, file, look, open, start};
use crate::support::comes_true;

#[test]
fn submitted_records_become_durable_in_order() -> TestResult {
    let dir = TempDir::new()?;
    let changes = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&changes);
    let writer = Writer::spawn(open(&dir)?, move || {
        counter.fetch_add(1, Ordering::SeqCst);
    })?;
    let mut tickets = vec![writer.submit(start(1, Mode::Visitor))];
    tickets.extend((1..=50).map(|ordinal| writer.submit(answer(1, ordinal, true))));
    assert!(tickets.is_sorted_by(|a, b| a < b));
    assert!(comes_true(|| {
        // Read from the last to the first: a later one that is durable vouches for the earlier
        // ones.
        let durable: Vec<bool> = tickets
            .iter()
            .rev()
            .map(|ticket| writer.is_durable(*ticket))
            .collect();
        assert!(durable.is_sorted());
        durable[0]
    }));
    let stored: i64 = ask(&look(&dir)?, "SELECT count(*) FROM answer")?;
    assert_eq!(stored, 50);
    assert_eq!(writer.state(), WriterState::Good);
    assert!(comes_true(|| changes.load(Ordering::SeqCst) == 51));
    assert!(writer.finish(Duration::from_secs(10)));
    Ok(())
}

#[test]
fn finishing_stores_what_is_waiting_and_lets_the_folder_go() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || {})?;
    writer.submit(start(1, Mode::Visitor));
    for ordinal in 1..=100 {
        writer.submit(answer(1, ordinal, true));
    }
    writer.submit(end(1, Outcome::Completed, 10));
    assert!(writer.finish(Duration::from_secs(30)));
    assert_eq!(open(&dir)?.counts()?.answers, 100);
    let idle = Writer::spawn(open(&dir)?, || {})?;
    assert!(idle.finish(Duration::ZERO));
    Ok(())
}

#[test]
fn while_the_file_is_locked_records_wait_and_are_then_stored_once() -> TestResult {
    let dir = TempDir::new()?;
    let changes = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&changes);
    let writer = Writer::spawn(open(&dir)?, move || {
        counter.fetch_add(1, Ordering::SeqCst);
    })?;
    let backup = Connection::open(file(&dir))?;
    backup.execute_batch("BEGIN IMMEDIATE")?;
    writer.submit(start(1, Mode::Visitor));
    writer.submit(answer(1, 1, true));
    let last = writer.submit(answer(1, 2, false));
    assert!(comes_true(|| changes.load(Ordering::SeqCst) >= 1));
    let WriterState::Behind { waiting: 3, reason } = writer.state() else {
        return Err(format!("{:?}", writer.state()).into());
    };
    assert!(
        reason.contains("records.sqlite") && reason.contains("locked"),
        "{reason}"
    );
    assert!(!writer.is_durable(last));
    thread::sleep(Duration::from_secs(1));
    backup.execute_batch("ROLLBACK")?;
    assert!(comes_true(|| writer.is_durable(last)));
    assert!(comes_true(|| writer.state() == WriterState::Good));
    assert_eq!(writer.lost(), 0);
    assert!(writer.finish(Duration::from_secs(10)));
    let (store, notices) = RecordStore::open(dir.path())?;
    assert_eq!(notices, [Notice::Interrupted { sessions: 1 }]);
    assert_eq!(store.counts()?.answers, 2);
    Ok(())
}

#[test]
fn finishing_gives_up_on_a_file_that_stays_locked() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || {})?;
    let backup = Connection::open(file(&dir))?;
    backup.execute_batch("BEGIN IMMEDIATE")?;
    writer.submit(start(1, Mode::Visitor));
    let begun = Instant::now();
    assert!(!writer.finish(Duration::from_millis(400)));
    assert!(begun.elapsed() < Duration::from_secs(2));
    Ok(())
}

#[test]
fn when_too_much_waits_the_state_says_that_records_are_lost() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || {})?;
    let backup = Connection::open(file(&dir))?;
    backup.execute_batch("BEGIN IMMEDIATE")?;
    for number in 1..=45 {
        writer.submit(start(number, Mode::Visitor));
        for ordinal in 1..=100 {
            writer.submit(answer(number, ordinal, true));
        }
    }
    assert!(comes_true(|| {
        let state = writer.state();
        matches!(state, WriterState::NotRecording { reason, .. } if reason.contains("locked"))
    }));
    backup.execute_batch("ROLLBACK")?;
    // With the first commit nothing more is lost, but much still waits.
    assert!(comes_true(|| matches!(
        writer.state(),
        WriterState::Behind { .. }
    )));
    assert!(writer.lost() > 0);
    Ok(())
}

#[test]
fn a_record_that_can_never_be_stored_does_not_stop_the_others() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || {})?;
    writer.submit(answer(9, 1, true));
    let after = writer.submit(start(1, Mode::Visitor));
    assert!(comes_true(|| writer.is_durable(after)));
    assert_eq!(writer.lost(), 1);
    assert_eq!(writer.state(), WriterState::Good);
    Ok(())
}

#[test]
fn a_writer_whose_thread_died_says_so() -> TestResult {
    let dir = TempDir::new()?;
    let writer = Writer::spawn(open(&dir)?, || std::panic::resume_unwind(Box::new("stop")))?;
    writer.submit(start(1, Mode::Visitor));
    assert!(comes_true(|| matches!(
        writer.state(),
        WriterState::NotRecording { .. }
    )));
    assert!(!writer.finish(Duration::from_secs(1)));
    Ok(())
}

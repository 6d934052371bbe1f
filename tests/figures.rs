//! Tests of the figures that staff see at the kiosk.

use std::error::Error;

use kepu::records::{
    Answer, Clock, Days, Figures, Mode, Outcome, Record, RecordStore, SessionEnd, SessionId,
    SessionStart, Span,
};

type TestResult = Result<(), Box<dyn Error>>;

/// A Friday in the middle of a month.
fn days() -> Days {
    Days {
        today: "2026-03-13".to_owned(),
        week: "2026-03-09".to_owned(),
        month: "2026-03-01".to_owned(),
    }
}

/// Stores a session with so many answers; it is completed if it has any.
fn play(
    store: &mut RecordStore,
    number: u8,
    (date, hour, topic): (&str, u8, &str),
    mode: Mode,
    answers: u32,
) -> TestResult {
    let id = SessionId::from_bytes([number; 16]);
    store.store(&Record::Start(SessionStart {
        id,
        date: date.to_owned(),
        hour,
        clock: Clock::Trusted,
        audience: "youth".to_owned(),
        topic: topic.to_owned(),
        language: "en".to_owned(),
        profile: "standard".to_owned(),
        mode,
        asked: 3,
    }))?;
    for ordinal in 1..=answers {
        store.store(&Record::Answer(Answer {
            session: id,
            ordinal,
            pack: "a-pack".to_owned(),
            pack_version: 1,
            question: "a-question".to_owned(),
            options: vec!["a".to_owned()],
            correct: true,
            seconds: 3,
        }))?;
    }
    let outcome = if answers > 0 {
        Outcome::Completed
    } else {
        Outcome::TimedOut
    };
    store.store(&Record::End(SessionEnd {
        id,
        outcome,
        seconds: 20,
    }))?;
    Ok(())
}

fn span(started: u64, answered: u64, completed: u64, answers: u64) -> Span {
    Span {
        started,
        answered,
        completed,
        answers,
    }
}

#[test]
fn today_the_week_the_month_and_all_are_counted_apart_and_only_visitors() -> TestResult {
    let mut store = RecordStore::in_memory()?;
    let sessions = [
        (("2026-03-13", 9, "health"), Mode::Visitor, 3),
        (("2026-03-13", 9, "antifraud"), Mode::Visitor, 0),
        (("2026-03-13", 23, "health"), Mode::Visitor, 2),
        (("2026-03-13", 10, "health"), Mode::Robot, 3),
        (("2026-03-13", 10, "health"), Mode::Staff, 3),
        (("2026-03-09", 0, "health"), Mode::Visitor, 1),
        (("2026-03-01", 0, "health"), Mode::Visitor, 1),
        (("2026-02-28", 0, "health"), Mode::Visitor, 1),
        // A clock that was wrong: in everything, but in no span that ends today.
        (("2027-01-01", 0, "health"), Mode::Visitor, 1),
    ];
    for (number, (when, mode, answers)) in (1..).zip(sessions) {
        play(&mut store, number, when, mode, answers)?;
    }
    let figures = store.figures(&days())?;
    assert_eq!(figures.today, span(3, 2, 2, 5));
    assert_eq!(figures.week, span(4, 3, 3, 6));
    assert_eq!(figures.month, span(5, 4, 4, 7));
    assert_eq!(figures.all, span(7, 6, 6, 9));
    assert_eq!(figures.since.as_deref(), Some("2026-02-28"));
    let mut hours = [0; 24];
    (hours[9], hours[23]) = (2, 1);
    assert_eq!(figures.hours, hours);
    let topics = [("health".to_owned(), 2), ("antifraud".to_owned(), 1)];
    assert_eq!(figures.topics, topics);
    Ok(())
}

#[test]
fn an_empty_store_has_figures_of_nothing() -> TestResult {
    let store = RecordStore::in_memory()?;
    assert_eq!(store.figures(&days())?, Figures::default());
    Ok(())
}

#[test]
fn the_size_is_that_of_the_file_with_its_log() -> TestResult {
    let dir = tempfile::tempdir()?;
    let (mut store, _) = RecordStore::open(dir.path())?;
    play(&mut store, 1, ("2026-03-13", 9, "health"), Mode::Visitor, 1)?;
    let reader = RecordStore::open_read_only(dir.path())?;
    let figures = reader.figures(&days())?;
    let length = |name: &str| std::fs::metadata(dir.path().join(name)).map(|file| file.len());
    let sum = length("records.sqlite")? + length("records.sqlite-wal")?;
    assert!(sum > 0);
    assert_eq!((figures.bytes, figures.today.started), (sum, 1));
    Ok(())
}

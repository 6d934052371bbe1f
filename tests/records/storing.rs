//! Tests of what is stored of a session and what is counted of it.

use std::collections::{BTreeMap, BTreeSet};

use kepu::records::{self, Mode, Outcome, Record, RecordStore, SessionId};
use proptest::prelude::*;
use tempfile::TempDir;

use super::{TestResult, answer, ask, column, end, look, open, start};

#[test]
fn a_session_id_reads_back_from_its_text() -> TestResult {
    let id =
        SessionId::from_bytes(*b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\xff");
    assert_eq!(id.to_string(), "000102030405060708090a0b0c0d0eff");
    assert_eq!(id.to_string().parse::<SessionId>()?, id);
    for text in [
        "",
        "0",
        "000102030405060708090A0B0C0D0EFF",
        "+00102030405060708090a0b0c0d0eff",
    ] {
        let error = text.parse::<SessionId>().map_err(|error| error.to_string());
        assert_eq!(
            error,
            Err(format!(
                "cannot read `{text}` as a session id: 32 lower-case hex digits are expected"
            ))
        );
    }
    Ok(())
}

#[test]
fn what_is_stored_is_what_was_given() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&answer(1, 1, true))?;
    store.store(&answer(1, 2, false))?;
    store.store(&end(1, Outcome::TimedOut, 23))?;
    let db = look(&dir)?;
    let session: String = ask(
        &db,
        "SELECT concat_ws(' ', id, date, hour, clock, audience, topic, language, profile, mode,
                          outcome, asked, answered, correct, seconds) FROM session",
    )?;
    assert_eq!(
        session,
        "01010101010101010101010101010101 2026-03-13 9 trusted youth health zh-CN standard visitor \
         timed_out 5 2 1 25"
    );
    let answers: Vec<String> = column(
        &db,
        "SELECT concat_ws(',', session, ordinal, pack, pack_version, question, options, correct,
                          seconds) FROM answer ORDER BY ordinal",
    )?;
    assert_eq!(
        answers,
        [
            "01010101010101010101010101010101,1,everyday-health,1,question-1,water air,1,7",
            "01010101010101010101010101010101,2,everyday-health,1,question-2,water air,0,7",
        ]
    );
    Ok(())
}

#[test]
fn the_length_of_a_session_is_rounded_to_five_seconds() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    let cases = [
        (0, 0),
        (2, 0),
        (3, 5),
        (7, 5),
        (8, 10),
        (u32::MAX, 4_294_967_295_i64),
    ];
    for (number, (measured, _)) in (1..).zip(cases) {
        store.store(&start(number, Mode::Visitor))?;
        store.store(&end(number, Outcome::Completed, measured))?;
    }
    let stored: Vec<i64> = column(&look(&dir)?, "SELECT seconds FROM session ORDER BY id")?;
    assert_eq!(stored, cases.map(|(_, rounded)| rounded));
    Ok(())
}

#[test]
fn the_first_end_of_a_session_stands() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&end(1, Outcome::Completed, 10))?;
    store.store(&end(1, Outcome::Abandoned, 60))?;
    store.store(&start(1, Mode::Visitor))?;
    let session: String = ask(
        &look(&dir)?,
        "SELECT outcome || ' ' || seconds FROM session",
    )?;
    assert_eq!(session, "completed 10");
    Ok(())
}

#[test]
fn only_visitors_are_counted() -> TestResult {
    let mut store = RecordStore::in_memory()?;
    for (number, mode) in [(1, Mode::Visitor), (2, Mode::Staff), (3, Mode::Robot)] {
        store.store(&start(number, mode))?;
        store.store(&answer(number, 1, true))?;
        store.store(&end(number, Outcome::Completed, 10))?;
    }
    store.store(&start(4, Mode::Visitor))?;
    store.store(&start(5, Mode::Visitor))?;
    store.store(&answer(5, 1, false))?;
    let counts = store.counts()?;
    assert_eq!(
        (
            counts.started,
            counts.answered,
            counts.completed,
            counts.answers
        ),
        (3, 2, 1, 2)
    );
    let rows = |rows: &[records::CountRow]| -> Vec<String> {
        rows.iter()
            .map(|row| {
                format!(
                    "{} {} {} {} {} {} {}",
                    row.mode,
                    row.outcome,
                    row.audience,
                    row.topic,
                    row.sessions,
                    row.answers,
                    row.correct
                )
            })
            .collect()
    };
    assert_eq!(
        rows(&counts.rows),
        [
            "visitor completed youth health 1 1 1",
            "visitor open youth health 2 1 0"
        ]
    );
    assert_eq!(
        rows(&counts.not_counted),
        [
            "robot completed youth health 1 1 1",
            "staff completed youth health 1 1 1"
        ]
    );
    Ok(())
}

#[test]
fn a_record_that_breaks_a_rule_is_refused_and_not_swallowed() -> TestResult {
    let mut store = RecordStore::in_memory()?;
    let Record::Start(mut impossible) = start(1, Mode::Visitor) else {
        return Err("no start".into());
    };
    impossible.hour = 24;
    for record in [Record::Start(impossible), answer(9, 1, true)] {
        let error = store.store(&record);
        assert!(
            matches!(error, Err(records::Error::Refused { .. })),
            "{error:?}"
        );
    }
    assert_eq!(store.counts()?.started, 0);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn each_answer_is_stored_once_whatever_is_repeated(
        steps in prop::collection::vec((1..4_u8, 0..6_u32, any::<bool>(), 1..4_u32), 0..40)
    ) {
        store_and_compare(&steps)?;
    }
}

/// Stores each step (session, what, right or wrong, how often) and compares with a plain model.
fn store_and_compare(steps: &[(u8, u32, bool, u32)]) -> Result<(), TestCaseError> {
    let fail = |error: records::Error| TestCaseError::fail(error.to_string());
    let mut store = RecordStore::in_memory().map_err(fail)?;
    let mut started = BTreeSet::new();
    let mut ended = BTreeSet::new();
    let mut given = BTreeMap::new();
    for &(number, what, correct, times) in steps {
        for _ in 0..times {
            let stored = store.store(&match what {
                0 => start(number, Mode::Visitor),
                5 => end(number, Outcome::Completed, 10),
                ordinal => answer(number, ordinal, correct),
            });
            match what {
                0 => {
                    started.insert(number);
                }
                5 if started.contains(&number) => {
                    ended.insert(number);
                }
                1..5 if started.contains(&number) => {
                    given.entry((number, what)).or_insert(correct);
                }
                1..5 => {
                    let refused = matches!(stored, Err(records::Error::Refused { .. }));
                    prop_assert!(refused, "{:?}", stored);
                    continue;
                }
                _ => {}
            }
            stored.map_err(fail)?;
        }
    }
    let counts = store.counts().map_err(fail)?;
    let with_answers: BTreeSet<u8> = given.keys().map(|(number, _)| *number).collect();
    let right = given.values().filter(|correct| **correct).count() as u64;
    prop_assert_eq!(counts.started, started.len() as u64);
    prop_assert_eq!(counts.answered, with_answers.len() as u64);
    prop_assert_eq!(counts.completed, ended.len() as u64);
    prop_assert_eq!(counts.answers, given.len() as u64);
    prop_assert_eq!(
        counts.rows.iter().map(|row| row.correct).sum::<u64>(),
        right
    );
    Ok(())
}

#[test]
fn what_is_tried_again_is_stored_like_every_round_and_counted_nowhere() -> TestResult {
    let mut store = RecordStore::in_memory()?;
    for (number, mode, right) in [(1, Mode::Visitor, false), (2, Mode::Retry, true)] {
        store.store(&start(number, mode))?;
        store.store(&answer(number, 1, right))?;
        store.store(&end(number, Outcome::Completed, 30))?;
    }
    // The power went while it was tried again.
    store.store(&start(3, Mode::Retry))?;
    store.store(&answer(3, 1, true))?;
    let counts = store.counts()?;
    let three = (counts.started, counts.answered, counts.completed);
    assert_eq!(
        (three, counts.answers, counts.rows[0].correct),
        ((1, 1, 1), 1, 0)
    );
    let apart: Vec<_> = counts
        .not_counted
        .iter()
        .map(|row| {
            (
                row.mode.as_str(),
                row.outcome.as_str(),
                row.answers,
                row.correct,
            )
        })
        .collect();
    assert_eq!(
        apart,
        [("retry", "completed", 1, 1), ("retry", "open", 1, 1)]
    );
    Ok(())
}

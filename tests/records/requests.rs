//! Tests of what visitors ask for after a round: one of each kind a session, counted by choice.

use kepu::records::{self, Mode, Outcome, Record, RecordStore, RequestKind};
use tempfile::TempDir;

use super::{TestResult, answer, column, end, id, look, open, request, start};

const REQUESTS: &str = "SELECT concat_ws(' ', session, kind, choice) FROM request
                        ORDER BY session, kind";

#[test]
fn a_session_has_one_request_of_each_kind_at_most_and_it_can_be_taken_back() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&answer(1, 1, true))?;
    store.store(&end(1, Outcome::Completed, 30))?;
    let one = id(1);
    // However often somebody taps.
    for choice in ["first-aid", "fire-safety", "first-aid", "phone-fraud"] {
        store.store(&request(1, RequestKind::Topic, Some(choice)))?;
    }
    store.store(&request(1, RequestKind::Form, Some("talk")))?;
    store.store(&request(1, RequestKind::Form, Some("talk")))?;
    let stored: Vec<String> = column(&look(&dir)?, REQUESTS)?;
    assert_eq!(
        stored,
        [
            format!("{one} form talk"),
            format!("{one} topic phone-fraud")
        ]
    );
    store.store(&request(1, RequestKind::Topic, None))?;
    store.store(&request(1, RequestKind::Topic, None))?;
    let stored: Vec<String> = column(&look(&dir)?, REQUESTS)?;
    assert_eq!(stored, [format!("{one} form talk")]);
    // An id from a list, never a text.
    for text in ["", "two words", "call 1380013", "字", "UPPER"] {
        let refused = store.store(&request(1, RequestKind::Topic, Some(text)));
        assert!(
            matches!(refused, Err(records::Error::Refused { .. })),
            "{text}"
        );
    }
    Ok(())
}

#[test]
fn requests_are_counted_of_visitors_who_reached_the_results_only() -> TestResult {
    let mut store = RecordStore::in_memory()?;
    let played = [
        (1, Mode::Visitor, Outcome::Completed, "first-aid"),
        (2, Mode::Visitor, Outcome::Completed, "first-aid"),
        (3, Mode::Visitor, Outcome::Completed, "fire-safety"),
        (4, Mode::Visitor, Outcome::TimedOut, "fire-safety"),
        (5, Mode::Robot, Outcome::Completed, "fire-safety"),
        (6, Mode::Retry, Outcome::Completed, "fire-safety"),
    ];
    for (number, mode, outcome, topic) in played {
        store.store(&start(number, mode))?;
        store.store(&end(number, outcome, 30))?;
        store.store(&request(number, RequestKind::Topic, Some(topic)))?;
    }
    store.store(&request(3, RequestKind::Form, Some("talk")))?;
    let rows = |rows: Vec<records::RequestRow>| -> Vec<String> {
        let rows = rows.into_iter();
        rows.map(|row| format!("{} {} {}", row.kind, row.choice, row.times))
            .collect()
    };
    let expected = ["topic first-aid 2", "topic fire-safety 1", "form talk 1"];
    assert_eq!(rows(store.counts()?.requests), expected);
    let days = records::Days {
        today: "2026-03-13".to_owned(),
        week: "2026-03-09".to_owned(),
        month: "2026-03-01".to_owned(),
    };
    assert_eq!(rows(store.figures(&days)?.requests), expected);
    Ok(())
}

#[test]
fn a_session_that_is_in_a_batch_takes_no_request_any_more() -> TestResult {
    let dir = TempDir::new()?;
    let mut store = open(&dir)?;
    store.store(&start(1, Mode::Visitor))?;
    store.store(&end(1, Outcome::Completed, 30))?;
    store.store(&request(1, RequestKind::Topic, Some("first-aid")))?;
    let waiting = store.unsealed(Some("2026-03-14"), 10)?;
    assert_eq!(waiting[0].requests.len(), 1);
    store.store(&Record::Seal(Box::new(records::SealedBatch {
        sequence: 1,
        name: "a".to_owned(),
        sha256: format!("{:064}", 1),
        bytes: vec![1],
        sessions: vec![id(1)],
        on: None,
    })))?;
    for late in [
        request(1, RequestKind::Topic, Some("fire-safety")),
        request(1, RequestKind::Form, Some("talk")),
        request(1, RequestKind::Topic, None),
        // Of a session that was lost nothing is kept, and nothing is held up.
        request(2, RequestKind::Topic, Some("first-aid")),
    ] {
        store.store(&late)?;
    }
    let stored: Vec<String> = column(&look(&dir)?, REQUESTS)?;
    assert_eq!(stored, [format!("{} topic first-aid", id(1))]);
    Ok(())
}

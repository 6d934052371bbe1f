//! Tests of old sessions that go: only those that arrived long ago, whatever is asked.

use std::{collections::BTreeSet, error::Error};

use kepu::records::{Mode, Outcome, Record, RecordStore, RequestKind, SealedBatch};
use proptest::prelude::*;

use super::{TestResult, answer, end, id, request, start};

/// The day before which things are old.
const BEFORE: &str = "2023-03-13";

/// A session of a day, and the batch that it went into, if it did: 0 never arrived, 1 arrived long
/// ago, 2 lately, 3 on an unknown day.
#[derive(Clone, Copy, Debug)]
struct Past {
    old: bool,
    batch: Option<usize>,
}

const ARRIVED: [Option<Option<&str>>; 4] = [
    None,
    Some(Some("2023-03-12")),
    Some(Some("2023-03-13")),
    Some(None),
];

fn past(all: &[Past]) -> Result<RecordStore, Box<dyn Error>> {
    let mut store = RecordStore::in_memory()?;
    for (number, past) in (1..).zip(all) {
        let Record::Start(mut begun) = start(number, Mode::Visitor) else {
            unreachable!("that is what `start` makes");
        };
        begun.date = if past.old { "2023-03-12" } else { BEFORE }.to_owned();
        store.store(&Record::Start(begun))?;
        store.store(&answer(number, 1, true))?;
        store.store(&answer(number, 2, false))?;
        store.store(&end(number, Outcome::Completed, 30))?;
        store.store(&request(number, RequestKind::Topic, Some("first-aid")))?;
    }
    for (batch, arrived) in ARRIVED.iter().enumerate() {
        let sessions: Vec<_> = (1..)
            .zip(all)
            .filter(|(_, past)| past.batch == Some(batch))
            .map(|(number, _)| id(number))
            .collect();
        if sessions.is_empty() {
            continue;
        }
        let sequence = batch as u64 + 1;
        store.store(&Record::Seal(Box::new(SealedBatch {
            sequence,
            name: format!("batch-{sequence}"),
            sha256: format!("{sequence:064}"),
            bytes: vec![1],
            sessions,
            on: None,
        })))?;
        if let Some(on) = arrived {
            let on = on.map(str::to_owned);
            store.store(&Record::Acknowledge { sequence, on })?;
        }
    }
    Ok(store)
}

proptest! {
    #[test]
    fn only_sessions_that_are_old_and_arrived_long_ago_are_forgotten_whatever_is_asked(
        all in prop::collection::vec((any::<bool>(), prop::option::of(0..4_usize)), 1..30),
    ) {
        let all: Vec<_> = all.into_iter().map(|(old, batch)| Past { old, batch }).collect();
        let mut store = past(&all).unwrap();
        let may_go = |past: &Past| past.old && past.batch == Some(1);
        let expected: BTreeSet<_> = (1..)
            .zip(&all)
            .filter(|(_, past)| may_go(past))
            .map(|(number, _)| id(number))
            .collect();
        let found = store.forgettable(BEFORE, 1000).unwrap();
        prop_assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected.clone());
        // Asked to forget everything, it forgets just those; twice is once.
        let sessions: Vec<_> = (1..).zip(&all).map(|(number, _)| id(number)).collect();
        let before = BEFORE.to_owned();
        let forget = Record::Forget { before, sessions };
        store.store(&forget).unwrap();
        store.store(&forget).unwrap();
        let counts = store.counts().unwrap();
        let left = (all.len() - expected.len()) as u64;
        prop_assert_eq!((counts.started, counts.answers), (left, 2 * left));
        prop_assert_eq!(counts.requests.iter().map(|row| row.times).sum::<u64>(), left);
        prop_assert_eq!(store.forgettable(BEFORE, 1000).unwrap(), []);
    }
}

#[test]
fn only_so_many_sessions_are_found_at_once() -> TestResult {
    let one = Past {
        old: true,
        batch: Some(1),
    };
    let store = past(&[one; 7])?;
    assert_eq!(store.forgettable(BEFORE, 3)?.len(), 3);
    Ok(())
}

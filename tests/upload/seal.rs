//! What may leave a station, and when; and that sealing is for ever.

use proptest::prelude::*;

use super::*;

/// The ids that may leave on a day.
fn ready(store: &RecordStore, today: Option<&str>) -> Vec<SessionId> {
    let sessions = store.unsealed(today, 1000).unwrap().into_iter();
    sessions
        .map(|session| session.id.parse().unwrap())
        .collect()
}

#[test]
fn only_whole_past_days_leave() {
    let mut store = played(&["2026-03-12", "2026-03-13", "2026-03-14"], 2);
    assert_eq!(ready(&store, TODAY), [1, 2, 3, 4].map(id));
    // A session is still open on the 12th: what else was played that day waits for it.
    play(&mut store, start(90, "2026-03-12"), 1, None);
    assert_eq!(ready(&store, TODAY), [3, 4].map(id));
    assert_eq!(ready(&store, Some("2026-03-12")), []);
    // Without a day of its own, the station cannot tell which days are past.
    assert_eq!(ready(&store, None), []);
}

#[test]
fn what_has_no_day_to_be_believed_leaves_only_in_company() {
    let mut store = RecordStore::in_memory().unwrap();
    for number in 1..=9 {
        let begun = SessionStart {
            clock: Clock::Unset,
            ..start(number, "1970-01-01")
        };
        play(&mut store, begun, 1, Some(Outcome::Completed));
    }
    assert_eq!(ready(&store, TODAY), []);
    // A clock that was once years ahead.
    play(
        &mut store,
        start(10, "2052-01-01"),
        1,
        Some(Outcome::Completed),
    );
    assert_eq!(ready(&store, TODAY).len(), 10);
    // Nobody knows what day it is: a day of its own has to wait for that.
    assert_eq!(ready(&store, None), []);
    play(
        &mut store,
        SessionStart {
            clock: Clock::Unset,
            ..start(11, "1970-01-01")
        },
        1,
        Some(Outcome::Completed),
    );
    assert_eq!(ready(&store, None).len(), 10);
    let batches = seal(&mut store);
    let (sessions, _) = upload::read(&batches[0].0, &batches[0].1).unwrap();
    let dates: BTreeSet<_> = sessions.iter().map(|(_, one)| one.date.clone()).collect();
    let expected = [None, Some("2052-01-01".to_owned())];
    assert_eq!(dates, BTreeSet::from(expected));
}

#[test]
fn a_busy_day_waits_for_its_end_like_any_other() {
    let store = played(&["2026-03-14"], 30);
    assert_eq!(ready(&store, TODAY), []);
    assert_eq!(ready(&store, None), []);
    assert_eq!(ready(&store, Some("2026-03-15")).len(), 30);
}

#[test]
fn a_session_is_in_one_batch_for_ever() {
    let mut store = played(&["2026-03-12", "2026-03-13"], 20);
    let batches = seal(&mut store);
    assert_eq!(batches.len(), 1);
    assert_eq!(store.next_sequence().unwrap(), 2);
    assert_eq!(ready(&store, TODAY), []);
    // Nothing new: nothing is sealed, and the bytes stay what they are.
    assert_eq!(seal(&mut store), batches);
    let backlog = store.backlog().unwrap();
    assert_eq!(
        (backlog.unsealed, backlog.batches, backlog.sessions),
        (0, 1, 40)
    );
    assert_eq!(backlog.last_success, None);
}

#[test]
fn sessions_of_staff_and_robots_leave_marked_as_such() {
    let mut store = RecordStore::in_memory().unwrap();
    for (number, mode) in (1..).zip([Mode::Visitor, Mode::Staff, Mode::Robot]) {
        let begun = SessionStart {
            mode,
            ..start(number, "2026-03-12")
        };
        play(&mut store, begun, 1, Some(Outcome::Abandoned));
    }
    let batches = seal(&mut store);
    let (sessions, _) = upload::read(&batches[0].0, &batches[0].1).unwrap();
    let modes: BTreeSet<_> = sessions.into_iter().map(|(_, one)| one.mode).collect();
    assert_eq!(
        modes,
        ["robot", "staff", "visitor"].map(str::to_owned).into()
    );
}

#[test]
fn a_batch_with_a_session_that_is_open_or_elsewhere_is_refused_whole() {
    let mut store = played(&["2026-03-12"], 4);
    play(&mut store, start(50, "2026-03-12"), 1, None);
    let sessions = store.unsealed(Some("2026-03-12"), 9).unwrap();
    assert_eq!(sessions, []);
    let mut other = played(&["2026-03-12"], 4);
    let sessions = other.unsealed(TODAY, 9).unwrap();
    let sealed = upload::freeze(&origin(), &sessions, 1, 7, TODAY).unwrap();
    let mut open = sealed.clone();
    open.sessions.push(id(50));
    assert!(store.store(&Record::Seal(Box::new(open))).is_err());
    assert_eq!(store.unsent().unwrap(), []);
    assert_eq!(store.backlog().unwrap().unsealed, 4);
    // The same batch twice is one batch; another one of the same number is none.
    for _ in 0..2 {
        other
            .store(&Record::Seal(Box::new(sealed.clone())))
            .unwrap();
    }
    assert_eq!(other.unsent().unwrap().len(), 1);
    let again = upload::freeze(&origin(), &sessions, 1, 8, TODAY).unwrap();
    assert_ne!(again.sha256, sealed.sha256);
    assert!(other.store(&Record::Seal(Box::new(again))).is_err());
    assert_eq!(other.batch_bytes(1).unwrap(), Some(sealed.bytes));
}

#[test]
fn bytes_go_only_when_they_have_arrived_and_some_time_ago() {
    let mut store = played(&["2026-03-12"], 1);
    seal(&mut store);
    let let_go = |store: &mut RecordStore, before: &str| {
        let before = before.to_owned();
        store.store(&Record::LetGo { before }).unwrap();
        store.batch_bytes(1).unwrap().is_none()
    };
    assert!(!let_go(&mut store, "2099-01-01"));
    for on in ["2026-03-14", "2026-05-01"] {
        let on = Some(on.to_owned());
        store
            .store(&Record::Acknowledge { sequence: 1, on })
            .unwrap();
    }
    // The first time it arrived counts.
    assert_eq!(
        store.backlog().unwrap().last_success.as_deref(),
        Some("2026-03-14")
    );
    assert!(!let_go(&mut store, "2026-03-14"));
    assert!(let_go(&mut store, "2026-03-15"));
    assert_eq!(store.counts().unwrap().started, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever is played and whenever it is sealed, no two batches hold sessions of one day, and
    /// every session is in at most one.
    #[test]
    fn no_two_batches_share_a_day(steps in prop::collection::vec((0_u32..20, any::<bool>()), 1..40)) {
        let mut store = RecordStore::in_memory().unwrap();
        let mut today = 0;
        let mut number = 0;
        let mut days_sealed = BTreeSet::new();
        let mut all = BTreeSet::new();
        let day = |number: u32| format!("2026-05-{:02}", number / 10 + 1);
        for (step, seals) in steps {
            today += step;
            let now = day(today.min(299));
            number += 1;
            let begun = SessionStart { date: now.clone(), ..start(number, "") };
            play(&mut store, begun, 1, Some(Outcome::TimedOut));
            if !seals {
                continue;
            }
            let before = store.unsent().unwrap().len();
            upload::seal_all(&mut store, &origin(), Some(&now)).unwrap();
            let mut days = BTreeSet::new();
            for batch in store.unsent().unwrap().into_iter().skip(before) {
                let bytes = store.batch_bytes(batch.sequence).unwrap().unwrap();
                let (sessions, _) = upload::read(&batch.name.parse().unwrap(), &bytes).unwrap();
                for (_, session) in sessions {
                    prop_assert!(all.insert(session.id));
                    days.insert(session.date.unwrap());
                }
            }
            prop_assert!(days.iter().all(|day| day < &now && !days_sealed.contains(day)));
            days_sealed.extend(days);
        }
    }
}

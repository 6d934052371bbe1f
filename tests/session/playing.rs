//! Tests of the way through a round: what taps do, what is an answer, and how it is scored.

use std::{collections::BTreeSet, time::Duration};

use kepu::{
    bank::{Choice, Kind, QuestionBank},
    session::{Answer, Asked, Effect, Phase, Round, Score, Session, Wish, draw},
};
use proptest::prelude::*;

use super::{JUDGED, SEVERAL, STEPS, WISH};
use crate::support::{Card, PLAIN, bank_of, deck};

/// A round of the first three kinds: `judged`, `plain`, `several`, in this order.
fn three_kinds() -> Round {
    kinds(3)
}

/// The same and `steps` as the fourth.
fn kinds(length: usize) -> Round {
    let card = |id, kind, difficulty, options| Card {
        id,
        kind,
        difficulty,
        options,
        ..Card::SINGLE
    };
    let cards = [
        card("judged", "TrueFalse", 1, JUDGED),
        card("plain", "Single", 2, PLAIN),
        card("several", "Multi", 3, SEVERAL),
        card("steps", "Order", 3, STEPS),
    ];
    let bank = bank_of([deck("kinds", "health", &cards[..length])]);
    let mut rounds = (1..).map(|seed| draw(&bank, &Wish { length, ..WISH }, seed));
    let last = cards[length - 1].id;
    let ends_right = |round: &Round| round.asked()[length - 1].question().id() == last;
    rounds.find(ends_right).unwrap()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Where on screen the option with this id is.
fn position(session: &Session, id: &str) -> usize {
    let place = session
        .current()
        .options()
        .position(|option| option.id() == id);
    place.unwrap()
}

#[test]
fn a_round_without_questions_cannot_begin() {
    let round = draw(&QuestionBank::default(), &WISH, 1);
    assert!(round.is_short());
    assert!(Session::begin(round, Duration::ZERO).is_none());
}

#[test]
fn a_visitor_goes_through_a_round_question_by_question() {
    let mut session = Session::begin(three_kinds(), seconds(100)).unwrap();
    assert_eq!((session.phase(), session.ordinal()), (Phase::Asking, 1));
    assert_eq!(session.current().question().id(), "judged");

    let wrong = position(&session, "false");
    assert_eq!(session.choose(wrong, seconds(103)), Effect::Answered);
    assert_eq!((session.phase(), session.ordinal()), (Phase::Explaining, 1));
    assert_eq!(session.selected(), [wrong]);
    session.proceed(seconds(110));

    assert_eq!((session.phase(), session.ordinal()), (Phase::Asking, 2));
    assert!(session.selected().is_empty());
    let right = position(&session, "b");
    assert_eq!(session.choose(right, seconds(111)), Effect::Answered);
    session.proceed(seconds(120));

    assert_eq!(session.current().question().id(), "several");
    for id in ["e", "a", "c"] {
        let at = position(&session, id);
        assert_eq!(session.choose(at, seconds(121)), Effect::Selected);
    }
    assert_eq!(session.confirm(seconds(129)), Effect::Answered);
    assert_eq!((session.phase(), session.ordinal()), (Phase::Explaining, 3));
    session.proceed(seconds(130));

    assert_eq!((session.phase(), session.ordinal()), (Phase::Finished, 3));
    assert_eq!(session.current().question().id(), "several");
    let answer = |options: &[&str], correct, taken| Answer {
        options: options.iter().map(|id| (*id).to_owned()).collect(),
        correct,
        taken: seconds(taken),
    };
    assert_eq!(
        session.answers(),
        [
            answer(&["false"], false, 3),
            answer(&["b"], true, 1),
            answer(&["a", "c", "e"], true, 9),
        ]
    );
    assert_eq!(
        session.score(),
        Score {
            asked: 3,
            answered: 3,
            correct: 2
        }
    );
}

/// A session at its last question, which has several right options.
fn at_several() -> Session {
    let mut session = Session::begin(three_kinds(), Duration::ZERO).unwrap();
    for _ in 0..2 {
        assert_eq!(session.choose(0, Duration::ZERO), Effect::Answered);
        session.proceed(Duration::ZERO);
    }
    assert_eq!(session.current().question().id(), "several");
    session
}

#[test]
fn several_right_options_are_all_or_nothing() {
    for (chosen, correct) in [
        (&["a", "c", "e"][..], true),
        (&["e", "c", "a"], true),
        (&["a", "c", "d"], false),
        (&["b", "d", "e"], false),
    ] {
        let mut session = at_several();
        for id in chosen {
            let at = position(&session, id);
            assert_eq!(session.choose(at, Duration::ZERO), Effect::Selected);
        }
        assert_eq!(session.confirm(Duration::ZERO), Effect::Answered);
        assert_eq!(session.answers()[2].correct, correct, "{chosen:?}");
    }
}

#[test]
fn a_selection_can_be_taken_back_and_only_as_many_as_are_asked_for_are_an_answer() {
    let mut session = at_several();
    assert_eq!(session.confirm(Duration::ZERO), Effect::Ignored);
    for _ in 0..2 {
        assert_eq!(session.choose(4, Duration::ZERO), Effect::Selected);
        assert_eq!(session.selected(), [4]);
        assert_eq!(session.choose(4, Duration::ZERO), Effect::Selected);
        assert!(session.selected().is_empty());
    }
    // Three are right, and the visitor is told so: two are too few, and four too many.
    for (position, ready) in [(0, false), (1, false), (2, true), (3, false)] {
        assert_eq!(session.choose(position, Duration::ZERO), Effect::Selected);
        assert_eq!(session.is_ready(), ready, "{position}");
        if !ready {
            assert_eq!(session.confirm(Duration::ZERO), Effect::Ignored);
        }
    }
    assert_eq!(
        (session.phase(), session.answers().len()),
        (Phase::Asking, 2)
    );
}

/// A session at the steps to be put in order, as the last of four.
fn at_steps() -> Session {
    let mut session = Session::begin(kinds(4), Duration::ZERO).unwrap();
    for _ in 0..3 {
        for position in 0..session.current().question().correct_count() {
            session.choose(position, Duration::ZERO);
        }
        session.confirm(Duration::ZERO);
        session.proceed(Duration::ZERO);
    }
    assert_eq!(session.current().question().id(), "steps");
    session
}

/// Taps steps one after the other.
fn tap_all(session: &mut Session, ids: &[&str]) {
    for id in ids {
        let at = position(session, id);
        assert_eq!(session.choose(at, Duration::ZERO), Effect::Selected);
    }
}

#[test]
fn steps_are_all_or_nothing_and_recorded_as_they_were_tapped() {
    for (chosen, correct) in [
        (["one", "two", "three", "four"], true),
        (["two", "one", "three", "four"], false),
        (["one", "two", "four", "three"], false),
        (["four", "three", "two", "one"], false),
    ] {
        let mut session = at_steps();
        tap_all(&mut session, &chosen);
        assert_eq!(session.confirm(Duration::ZERO), Effect::Answered);
        let answer = session.answers().last().unwrap();
        assert_eq!(answer.options, chosen);
        assert_eq!(answer.correct, correct, "{chosen:?}");
    }
}

#[test]
fn a_step_tapped_again_is_taken_back_with_all_that_follow_it() {
    let mut session = at_steps();
    tap_all(&mut session, &["four", "one", "three"]);
    let places = |session: &Session, ids: &[&str]| -> Vec<usize> {
        ids.iter().map(|id| position(session, id)).collect()
    };
    assert_eq!(
        session.selected(),
        places(&session, &["four", "one", "three"])
    );
    tap_all(&mut session, &["three"]);
    assert_eq!(session.selected(), places(&session, &["four", "one"]));
    tap_all(&mut session, &["three", "two", "four"]);
    assert!(session.selected().is_empty());
    tap_all(&mut session, &["one", "two", "three", "four"]);
    assert_eq!(session.confirm(Duration::ZERO), Effect::Answered);
    assert!(session.answers().last().unwrap().correct);
}

#[test]
fn steps_are_not_answered_before_each_has_its_place() {
    let mut session = at_steps();
    for id in ["one", "two", "three"] {
        assert!(!session.is_ready());
        assert_eq!(session.confirm(Duration::ZERO), Effect::Ignored);
        tap_all(&mut session, &[id]);
    }
    assert_eq!(session.confirm(Duration::ZERO), Effect::Ignored);
    tap_all(&mut session, &["four"]);
    assert!(session.is_ready());
    assert_eq!(session.confirm(Duration::ZERO), Effect::Answered);
    assert!(!session.is_ready());
}

#[test]
fn positions_without_an_option_are_ignored() {
    let mut session = Session::begin(three_kinds(), Duration::ZERO).unwrap();
    for position in [2, 3, 100, usize::MAX] {
        assert_eq!(session.choose(position, Duration::ZERO), Effect::Ignored);
    }
    assert_eq!(session.phase(), Phase::Asking);
    assert!(session.selected().is_empty() && session.answers().is_empty());
}

#[test]
fn a_clock_that_goes_back_gives_an_answer_that_took_no_time() {
    let mut session = Session::begin(three_kinds(), seconds(50)).unwrap();
    session.choose(0, seconds(20));
    assert_eq!(session.answers()[0].taken, Duration::ZERO);
}

#[derive(Clone, Copy, Debug)]
enum Action {
    Choose(usize),
    Confirm,
    Proceed,
}

fn actions() -> impl Strategy<Value = Vec<(Action, u64)>> {
    let action = prop_oneof![
        5 => (0..7_usize).prop_map(Action::Choose),
        2 => Just(Action::Confirm),
        3 => Just(Action::Proceed),
    ];
    prop::collection::vec((action, 0..30_u64), 0..80)
}

/// The answers counted again, from the questions alone.
fn recount(session: &Session) -> Score {
    let asked = session.round().asked();
    let right = |(answer, asked): &(&Answer, &Asked)| {
        if asked.question().kind() == Kind::Order {
            let right = asked.question().options().iter().map(Choice::id);
            return right.eq(answer.options.iter());
        }
        let right: BTreeSet<&str> = asked
            .options()
            .filter(|option| option.is_correct())
            .map(Choice::id)
            .collect();
        right == answer.options.iter().map(String::as_str).collect()
    };
    Score {
        asked: asked.len(),
        answered: session.answers().len(),
        correct: session.answers().iter().zip(asked).filter(right).count(),
    }
}

/// A session is in one of the states that the map of phases allows.
fn is_consistent(session: &Session) -> Result<(), TestCaseError> {
    let (asked, answered) = (session.round().asked().len(), session.answers().len());
    prop_assert!(answered <= asked);
    let expected = match session.phase() {
        Phase::Asking => answered + 1,
        Phase::Explaining => answered,
        Phase::Finished => asked,
    };
    prop_assert_eq!(session.ordinal(), expected);
    if session.phase() == Phase::Finished {
        prop_assert_eq!(answered, asked);
    }
    let current = session.current().question().id();
    prop_assert_eq!(
        current,
        session.round().asked()[expected - 1].question().id()
    );
    prop_assert_eq!(session.score(), recount(session));
    let shown = session.current().options().len();
    prop_assert!(session.selected().iter().all(|position| *position < shown));
    Ok(())
}

/// What one action may change, told by hand.
fn expected_effect(session: &Session, action: Action) -> Effect {
    let asked = session.current();
    let (several, enough) = match asked.question().kind() {
        Kind::Single | Kind::TrueFalse => (false, 0),
        Kind::Multi => (true, asked.question().correct_count()),
        Kind::Order => (true, asked.options().len()),
    };
    match action {
        _ if session.phase() != Phase::Asking => Effect::Ignored,
        Action::Choose(position) if position >= asked.options().len() => Effect::Ignored,
        Action::Choose(_) if several => Effect::Selected,
        Action::Choose(_) => Effect::Answered,
        Action::Confirm if several && session.selected().len() == enough => Effect::Answered,
        Action::Confirm | Action::Proceed => Effect::Ignored,
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_row_of_taps_leads_astray(actions in actions()) {
        let mut now = seconds(1000);
        let mut asked_at = now;
        let mut session = Session::begin(kinds(4), now).unwrap();
        for (action, waited) in actions {
            now += seconds(waited);
            let before = session.clone();
            let effect = match action {
                Action::Choose(position) => session.choose(position, now),
                Action::Confirm => session.confirm(now),
                Action::Proceed => {
                    session.proceed(now);
                    Effect::Ignored
                }
            };
            prop_assert_eq!(effect, expected_effect(&before, action), "{:?}", action);
            is_consistent(&session)?;

            // Answers are only ever added, one at a time, and never change.
            let known = before.answers().len();
            prop_assert_eq!(&session.answers()[..known], before.answers());
            let new = &session.answers()[known..];
            prop_assert_eq!(new.len(), usize::from(effect == Effect::Answered));
            if let [answer] = new {
                prop_assert_eq!(answer.taken, now - asked_at);
                let in_order = before.current().question().kind() == Kind::Order;
                prop_assert!(in_order || answer.options.is_sorted());
                let once: BTreeSet<_> = answer.options.iter().collect();
                prop_assert!(once.len() == answer.options.len() && !once.is_empty());
            }
            let goes_on = matches!(action, Action::Proceed) && before.phase() == Phase::Explaining;
            if goes_on {
                asked_at = now;
                prop_assert_ne!(session.phase(), Phase::Explaining);
            } else if effect == Effect::Ignored {
                prop_assert_eq!(session.phase(), before.phase());
                prop_assert_eq!(session.selected(), before.selected());
            }
        }
    }
}

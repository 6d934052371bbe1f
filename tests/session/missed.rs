//! Tests of what was missed and is asked again.

use std::{collections::HashSet, time::Duration};

use kepu::{
    bank::{Choice, Kind},
    session::{Phase, Round, Session, draw, missed},
};

use super::{JUDGED, NUMBERS, STEPS, WISH, options, rich, shown};
use crate::support::{Card, bank_of, deck};

/// Plays a round, each question right or wrong as told.
fn played(round: Round, right: impl Fn(usize) -> bool) -> Session {
    let mut session = Session::begin(round, Duration::ZERO).unwrap();
    for at in 0.. {
        let asked = session.current();
        let (wanted, kind) = (right(at), asked.question().kind());
        let shown: Vec<(usize, bool)> = asked
            .options()
            .map(Choice::is_correct)
            .enumerate()
            .collect();
        if kind == Kind::Order {
            let mut steps: Vec<usize> = (0..shown.len()).collect();
            let place = |position: &usize| {
                let id = options(asked)[*position].clone();
                let options = asked.question().options();
                options.iter().position(|own| own.id() == id)
            };
            steps.sort_by_key(place);
            if !wanted {
                steps.reverse();
            }
            for position in steps {
                session.choose(position, Duration::ZERO);
            }
        } else {
            let chosen = shown.iter().filter(|(_, correct)| *correct == wanted);
            let chosen: Vec<usize> = chosen.map(|(position, _)| *position).collect();
            for position in chosen {
                session.choose(position, Duration::ZERO);
            }
        }
        session.confirm(Duration::ZERO);
        session.proceed(Duration::ZERO);
        if session.phase() == Phase::Finished {
            break;
        }
    }
    session
}

#[test]
fn exactly_what_was_missed_is_asked_again_in_the_same_order_with_options_shuffled_anew() {
    let bank = rich(10);
    let mut anew = 0;
    for seed in 0..40 {
        let first = played(draw(&bank, &WISH, seed), |at| at % 3 == 0);
        assert_eq!((first.score().correct, first.answers().len()), (2, 6));
        let again = missed(&first, seed + 1000);
        let ids = |round: &Round| {
            shown(round)
                .into_iter()
                .map(|(id, _)| id)
                .collect::<Vec<_>>()
        };
        let expected: Vec<_> = ids(first.round())
            .into_iter()
            .enumerate()
            .filter(|(at, _)| at % 3 != 0)
            .map(|(_, id)| id)
            .collect();
        assert_eq!(ids(&again), expected);
        assert!(!again.is_short(), "it is as long as it was meant to be");
        assert_eq!(shown(&again), shown(&missed(&first, seed + 1000)));
        let orders = |round: &Round| -> HashSet<_> { shown(round).into_iter().collect() };
        anew += usize::from(!orders(&again).is_subset(&orders(first.round())));
        // It can be played, and what is missed in it can be told again.
        let second = played(again, |at| at > 0);
        assert_eq!((second.score().asked, second.score().correct), (4, 3));
        assert_eq!(ids(&missed(&second, 1)), expected[..1]);
    }
    assert!(anew > 35, "{anew} of 40 rounds were shuffled anew");
}

#[test]
fn of_a_round_without_a_mistake_nothing_is_asked_again() {
    let all_right = played(draw(&rich(10), &WISH, 1), |_| true);
    let again = missed(&all_right, 2);
    assert!(again.asked().is_empty());
    assert!(Session::begin(again, Duration::ZERO).is_none());
    // Nor what nobody has answered yet.
    let fresh = Session::begin(draw(&rich(10), &WISH, 1), Duration::ZERO).unwrap();
    assert!(missed(&fresh, 2).asked().is_empty());
}

#[test]
fn what_is_asked_again_keeps_an_order_that_means_something_and_gives_no_steps_away() {
    let card = |id, kind, options| Card {
        id,
        kind,
        options,
        ..Card::SINGLE
    };
    let cards = [
        card("steps", "Order", STEPS),
        card("judged", "TrueFalse", JUDGED),
        card("numbers", "Single", NUMBERS),
    ];
    let bank = bank_of([deck("kinds", "health", &cards)]);
    let (mut orders, mut steps) = (HashSet::new(), HashSet::new());
    for seed in 0..200 {
        let first = played(draw(&bank, &WISH, seed), |_| false);
        for (id, options) in shown(&missed(&first, seed)) {
            if id == "steps" {
                steps.insert(options);
            } else {
                orders.insert((id, options.join(" ")));
            }
        }
    }
    assert_eq!(steps.len(), 23, "every order but the right one");
    let right: Vec<_> = STEPS.iter().map(|(id, _)| (*id).to_owned()).collect();
    assert!(!steps.contains(&right));
    let kept = [("judged", "true false"), ("numbers", "ten five two")];
    assert_eq!(
        orders,
        kept.map(|(id, own)| (id.to_owned(), own.to_owned())).into()
    );
}

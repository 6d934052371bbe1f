//! Tests of `session`: the draw of a round and the way through it, from banks made of cards.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    collections::{BTreeSet, HashSet},
    time::Duration,
};

use jiff::civil::{Date, date};
use kepu::{
    bank::{Audience, Choice, Kind, QuestionBank},
    session::{Answer, Asked, Effect, Phase, Round, Score, Session, Wish, draw, missed},
};
use proptest::prelude::*;

use crate::support::{Card, IN_TURN, PLAIN, bank_of, deck};

const DAY: Date = date(2026, 11, 22);

const WISH: Wish<'_> = Wish {
    fewer_options: false,
    audience: Audience::General,
    topic: "health",
    length: 6,
    today: DAY,
};

const NUMBERS: &[(&str, &str)] = &[("ten", "10"), ("five", "5"), ("*two", "2")];
const JUDGED: &[(&str, &str)] = &[("*true", "True"), ("false", "False")];
const SEVERAL: &[(&str, &str)] = &[
    ("*a", "Apple"),
    ("b", "Bread"),
    ("*c", "Cheese"),
    ("d", "Dates"),
    ("*e", "Eggs"),
];

const STEPS: &[(&str, &str)] = &[
    ("one", "Aim"),
    ("two", "Bend"),
    ("three", "Catch"),
    ("four", "Drop"),
];
const YEARS: &[(&str, &str)] = &[("one", "1911"), ("two", "1949"), ("three", "1978")];

fn id(number: usize) -> String {
    format!("question-{number}")
}

/// `count` questions each of difficulty 1, 2 and 3 for everyone.
fn rich(count: usize) -> QuestionBank {
    let ids: Vec<_> = (0..3 * count).map(id).collect();
    let cards: Vec<_> = ids
        .iter()
        .zip([1, 2, 3].into_iter().cycle())
        .zip(IN_TURN.into_iter().cycle())
        .map(|((id, difficulty), options)| Card {
            id,
            difficulty,
            options,
            ..Card::SINGLE
        })
        .collect();
    bank_of([deck("rich", "health", &cards)])
}

/// What is on screen: the questions with their options in order.
fn shown(round: &Round) -> Vec<(String, Vec<String>)> {
    let asked = round.asked().iter();
    asked
        .map(|asked| (asked.question().id().to_owned(), options(asked)))
        .collect()
}

fn options(asked: &Asked) -> Vec<String> {
    asked
        .options()
        .map(|option| option.id().to_owned())
        .collect()
}

fn difficulties(round: &Round) -> Vec<u8> {
    let asked = round.asked().iter();
    asked.map(|asked| asked.question().difficulty()).collect()
}

#[test]
fn one_seed_draws_one_round_and_other_seeds_draw_others() {
    let bank = rich(10);
    let round = |seed| shown(&draw(&bank, &WISH, seed));
    for seed in 0..50 {
        assert_eq!(round(seed), round(seed), "seed {seed}");
    }
    let distinct: HashSet<_> = (0..50).map(round).collect();
    assert!(distinct.len() > 40, "50 seeds, {} rounds", distinct.len());
}

#[test]
fn a_seed_means_the_same_round_on_every_machine_and_after_every_update() {
    let round = shown(&draw(&rich(4), &WISH, 2026));
    let told: Vec<_> = round
        .iter()
        .map(|(id, options)| format!("{id} {}", options.concat()))
        .collect();
    assert_eq!(
        told,
        [
            "question-6 cab",
            "question-9 abc",
            "question-0 bac",
            "question-1 cab",
            "question-7 bac",
            "question-11 bca"
        ]
    );
}

#[test]
fn a_rich_cell_gives_three_easy_two_middle_and_one_hard_question_easy_ones_first() {
    let bank = rich(10);
    for seed in 0..100 {
        let round = draw(&bank, &WISH, seed);
        assert_eq!(difficulties(&round), [1, 1, 1, 2, 2, 3], "seed {seed}");
        assert!(!round.is_short());
    }
}

#[test]
fn what_a_difficulty_lacks_is_filled_up_from_the_others() {
    let ids: Vec<_> = (0..8).map(id).collect();
    let cards: Vec<_> = ids
        .iter()
        .enumerate()
        .map(|(number, id)| Card {
            id,
            difficulty: if number == 0 { 1 } else { 3 },
            ..Card::SINGLE
        })
        .collect();
    let bank = bank_of([deck("hard", "health", &cards)]);
    for seed in 0..50 {
        let round = draw(&bank, &WISH, seed);
        assert_eq!(difficulties(&round), [1, 3, 3, 3, 3, 3], "seed {seed}");
    }
}

#[test]
fn one_round_never_asks_the_same_fact_twice_not_even_from_two_packs() {
    let ids: Vec<_> = (0..12).map(id).collect();
    let cards: Vec<_> = ids
        .iter()
        .zip(["one", "two", "three", ""].into_iter().cycle())
        .map(|(id, fact)| Card {
            id,
            fact,
            ..Card::SINGLE
        })
        .collect();
    let (here, there) = cards.split_at(6);
    let bank = bank_of([deck("here", "health", here), deck("there", "health", there)]);
    for seed in 0..100 {
        let wish = Wish { length: 12, ..WISH };
        let round = draw(&bank, &wish, seed);
        let asked = round.asked().iter();
        let facts: Vec<_> = asked.filter_map(|asked| asked.question().fact()).collect();
        let distinct: BTreeSet<_> = facts.iter().copied().collect();
        assert_eq!(facts.len(), distinct.len(), "seed {seed}: {facts:?}");
        // Three facts and the three questions without one: nothing else is held back.
        assert_eq!(round.asked().len(), 6, "seed {seed}");
        assert!(round.is_short());
    }
}

#[test]
fn only_current_questions_for_the_audience_on_the_topic_are_asked() {
    let youth = |id| Card {
        id,
        audience: Audience::Youth,
        ..Card::SINGLE
    };
    let cards = [
        youth("for-youth"),
        Card {
            id: "for-seniors",
            audience: Audience::Senior,
            ..Card::SINGLE
        },
        Card {
            id: "for-everyone",
            ..Card::SINGLE
        },
        Card {
            review_by: DAY,
            ..youth("until-today")
        },
        Card {
            review_by: date(2026, 11, 21),
            ..youth("until-yesterday")
        },
    ];
    let bank = bank_of([
        deck("health", "health", &cards),
        deck("other", "fraud", &[youth("on-fraud")]),
    ]);
    let asked = |audience, topic| -> BTreeSet<String> {
        let wish = Wish {
            audience,
            topic,
            ..WISH
        };
        let round = draw(&bank, &wish, 7);
        assert!(round.is_short());
        shown(&round).into_iter().map(|(id, _)| id).collect()
    };
    let set =
        |ids: &[&str]| -> BTreeSet<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
    assert_eq!(
        asked(Audience::Youth, "health"),
        set(&["for-youth", "for-everyone", "until-today"])
    );
    assert_eq!(
        asked(Audience::Senior, "health"),
        set(&["for-seniors", "for-everyone"])
    );
    assert_eq!(asked(Audience::General, "health"), set(&["for-everyone"]));
    assert_eq!(asked(Audience::Youth, "fraud"), set(&["on-fraud"]));
    assert_eq!(asked(Audience::Worker, "fraud"), set(&[]));
    assert_eq!(asked(Audience::Youth, "weather"), set(&[]));
}

#[test]
fn a_round_has_the_wished_length_or_says_that_it_is_short() {
    let bank = rich(2);
    for length in 0..=20 {
        for seed in 0..10 {
            let round = draw(&bank, &Wish { length, ..WISH }, seed);
            assert_eq!(round.asked().len(), length.min(6), "{length}, seed {seed}");
            assert_eq!(round.is_short(), length > 6);
            assert!(difficulties(&round).is_sorted());
            let ids: BTreeSet<_> = shown(&round).into_iter().map(|(id, _)| id).collect();
            assert_eq!(ids.len(), round.asked().len(), "no question twice");
        }
    }
}

#[test]
fn options_are_shuffled_unless_they_have_an_order_of_their_own() {
    let card = |id, kind, options| Card {
        id,
        kind,
        options,
        ..Card::SINGLE
    };
    let ordered = Card {
        ordered: true,
        ..card("ordered", "Single", PLAIN)
    };
    let bank = bank_of([deck(
        "options",
        "health",
        &[
            card("plain", "Single", PLAIN),
            card("several", "Multi", SEVERAL),
            card("numbers", "Single", NUMBERS),
            card("judged", "TrueFalse", JUDGED),
            ordered,
        ],
    )]);
    let mut orders: HashSet<(String, Vec<String>)> = HashSet::new();
    for seed in 0..300 {
        let round = draw(&bank, &WISH, seed);
        assert_eq!(round.asked().len(), 5);
        for asked in round.asked() {
            let own = asked.question().options().iter();
            let own: BTreeSet<_> = own.map(|option| option.id().to_owned()).collect();
            let seen = options(asked);
            assert_eq!(seen.iter().cloned().collect::<BTreeSet<_>>(), own);
            assert_eq!(seen.len(), own.len());
            orders.insert((asked.question().id().to_owned(), seen));
        }
    }
    let count = |id: &str| orders.iter().filter(|(own, _)| own == id).count();
    assert_eq!(count("plain"), 6, "every order comes up");
    assert!(count("several") > 80, "{} of 120", count("several"));
    for (id, in_order) in [
        ("numbers", ["ten", "five", "two"].as_slice()),
        ("judged", &["true", "false"]),
        ("ordered", &["a", "b", "c"]),
    ] {
        let in_order: Vec<_> = in_order.iter().map(|id| (*id).to_owned()).collect();
        assert!(orders.contains(&(id.to_owned(), in_order)), "{id}");
        assert_eq!(count(id), 1, "{id} keeps its order");
    }
}

#[test]
fn steps_are_shown_in_every_order_but_the_right_one() {
    let card = |id, options| Card {
        id,
        kind: "Order",
        options,
        ..Card::SINGLE
    };
    // Numbers would keep their order if they were answers.
    let cards = [card("steps", STEPS), card("years", YEARS)];
    let bank = bank_of([deck("order", "health", &cards)]);
    let mut orders: HashSet<(String, Vec<String>)> = HashSet::new();
    for seed in 0..600 {
        orders.extend(shown(&draw(&bank, &WISH, seed)));
    }
    for (id, options, all) in [("steps", STEPS, 24), ("years", YEARS, 6)] {
        let right: Vec<_> = options.iter().map(|(id, _)| (*id).to_owned()).collect();
        assert!(!orders.contains(&(id.to_owned(), right)), "{id}");
        let seen = orders.iter().filter(|(own, _)| own == id).count();
        assert_eq!(seen, all - 1, "{id}: every other one comes up");
    }
}

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

    #[test]
    fn every_draw_from_any_bank_keeps_its_promises(
        cards in prop::collection::vec((1..4_u8, 0..6_usize, 0..6_usize, 20..25_i8), 0..25),
        length in 0..21_usize,
        seed in any::<u64>(),
        audience in prop::sample::select(&Audience::ALL[..]),
    ) {
        let ids: Vec<_> = (0..cards.len()).map(id).collect();
        let facts = ["", "", "one", "two", "three", "four"];
        let cards: Vec<_> = cards
            .iter()
            .zip(&ids)
            .zip(IN_TURN.into_iter().cycle())
            .map(|((&(difficulty, fact, audience, day), id), options)| Card {
                id,
                options,
                difficulty,
                fact: facts[fact],
                audience: Audience::ALL[audience],
                review_by: date(2026, 11, day),
                ..Card::SINGLE
            })
            .collect();
        // A pack needs a question, though it may be on something else.
        let other = deck("other", "fraud", &[Card { id: "other", ..Card::SINGLE }]);
        let own = (!cards.is_empty()).then(|| deck("own", "health", &cards));
        let bank = bank_of(own.into_iter().chain([other]));
        let wish = Wish { audience, length, ..WISH };
        let round = draw(&bank, &wish, seed);

        prop_assert!(difficulties(&round).is_sorted());
        prop_assert_eq!(round.is_short(), round.asked().len() < length);
        let mut facts = HashSet::new();
        let mut seen = HashSet::new();
        for asked in round.asked() {
            let question = asked.question();
            prop_assert!(question.suits(audience) && question.is_current(DAY));
            prop_assert_eq!(question.pack().topic(), "health");
            prop_assert!(seen.insert(question.id()));
            prop_assert!(question.fact().is_none_or(|fact| facts.insert(fact)));
        }
        // As long as it can be: each fact once and everything without a fact.
        let cell = bank.cell(audience, "health", DAY);
        let in_cell: HashSet<_> = cell
            .iter()
            .map(|question| question.fact().unwrap_or(question.id()))
            .collect();
        prop_assert_eq!(round.asked().len(), length.min(in_cell.len()));
    }
}

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

const FOUR: &[(&str, &str)] = &[
    ("a", "Apple"),
    ("*b", "Bread"),
    ("c", "Cheese"),
    ("d", "Dates"),
];

/// The options of the only question of a round, as they are shown in a pack that allows fewer, or
/// does not.
fn offered(allowed: bool, fewer_options: bool, kind: &str, seed: u64) -> Vec<String> {
    let options = if kind == "Single" { FOUR } else { SEVERAL };
    let card = Card {
        id: "one",
        kind,
        options,
        ..Card::SINGLE
    };
    let mut files = deck("own", "health", &[card]);
    if allowed {
        let pack = String::from_utf8(files.pack.unwrap()).unwrap();
        let pack = pack.replacen("version:", "fewer_options: true, version:", 1);
        files.pack = Ok(pack.into_bytes());
    }
    let wish = Wish {
        fewer_options,
        ..WISH
    };
    let round = draw(&bank_of([files]), &wish, seed);
    let shown = round.asked()[0].options();
    shown.map(|option| option.id().to_owned()).collect()
}

#[test]
fn fewer_options_are_offered_only_where_the_pack_and_the_visitor_want_it_and_the_right_one_is_there()
 {
    for seed in 1..50 {
        for (allowed, wanted) in [(false, false), (false, true), (true, false)] {
            assert_eq!(offered(allowed, wanted, "Single", seed).len(), 4);
        }
        let shown = offered(true, true, "Single", seed);
        assert_eq!(shown.len(), 3, "{shown:?}");
        assert!(shown.contains(&"b".to_owned()), "{shown:?}");
        // Where several are right, none may be missing.
        assert_eq!(offered(true, true, "Multi", seed).len(), 5);
    }
}

//! Tests of the draw of a round: which questions, in which order, with which options.

use std::collections::{BTreeSet, HashSet};

use jiff::civil::date;
use kepu::{
    bank::Audience,
    session::{Round, Wish, draw},
};
use proptest::prelude::*;

use super::{DAY, JUDGED, NUMBERS, SEVERAL, STEPS, WISH, id, options, rich, shown};
use crate::support::{Card, IN_TURN, PLAIN, bank_of, deck};

const YEARS: &[(&str, &str)] = &[("one", "1911"), ("two", "1949"), ("three", "1978")];

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

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

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

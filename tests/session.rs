//! Tests of `session`: the draw of a round and the way through it, from banks made of cards.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod drawing;
mod missed;
mod playing;

use jiff::civil::{Date, date};
use kepu::{
    bank::{Audience, QuestionBank},
    session::{Asked, Round, Wish},
};

use crate::support::{Card, IN_TURN, bank_of, deck};

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

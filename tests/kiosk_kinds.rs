//! Steps to be put in order and claims to be told as fact or rumour, in a real window by real taps
//! and keys. What is drawn is known from the seed.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::path::Path;

use jiff::Zoned;
use kepu::{
    bank::{self, Audience, PackFiles},
    locale::{FluentValue, Locales},
    session::{Round, Wish, draw},
};
use serde_json::Value;

use crate::{
    kinds,
    kiosk::{Display, Kiosk, key, middle, rows, station, tap},
    support::until,
};

const RIGHT: [&str; 5] = ["wet", "soap", "rub", "rinse", "dry"];

/// The seed of the first round; each round after it has the next one.
const SEED: u64 = 7;

/// The round that the program draws from the pack.
pub(crate) fn round(pack: &Path, seed: u64) -> Round {
    let (bank, problems) = bank::load([PackFiles::read(pack)], Zoned::now().date());
    assert_eq!(problems, []);
    let wish = Wish {
        fewer_options: false,
        audience: Audience::General,
        topic: "kinds",
        length: 3,
        today: Zoned::now().date(),
    };
    draw(&bank, &wish, seed)
}

/// The control of a step of the first question.
fn step(round: &Round, id: &str) -> String {
    let at = round.asked()[0].options().position(|own| own.id() == id);
    format!("option-{}", at.unwrap())
}

pub(crate) fn texts(screen: &Value) -> Vec<&str> {
    let texts = screen["texts"].as_array().unwrap().iter();
    texts.map(|text| text.as_str().unwrap()).collect()
}

/// The numbers in the badges.
fn numbers(screen: &Value) -> Vec<&str> {
    let mut numbers = texts(screen);
    numbers.retain(|text| ["1", "2", "3", "4", "5"].contains(text));
    numbers.sort_unstable();
    numbers
}

pub(crate) fn say(key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    Locales::shipped().unwrap().format("zh-CN", key, args)
}

#[track_caller]
fn shows(screen: &Value, key: &str, times: usize) {
    let text = say(key, &[]);
    let found = texts(screen).iter().filter(|own| **own == text).count();
    assert_eq!(found, times, "{text} on {screen}");
}

const ANSWERS: &str = "SELECT question, options, correct FROM answer
     ORDER BY question, options DESC";

#[test]
fn steps_are_numbered_by_taps_taken_back_and_answered_and_rumours_told_from_facts() {
    let display = Display::new(1080, 1920);
    let (_folder, data, pictures) = station();
    let pack = kinds::write(&data);
    let arguments = [
        "--window",
        "1080x1920",
        "--round",
        "3",
        "--packs",
        pack.to_str().unwrap(),
    ];
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    let screen = kiosk.wait_for(&["attract"]);
    let screen = kiosk.tap_through(&display, &screen, "start", "audience");
    let screen = kiosk.tap_through(&display, &screen, "audience-general", "topic");
    let question = kiosk.tap_through(&display, &screen, "topic-kinds", "question");
    shows(&question, "question-put-in-order", 1);
    assert_eq!(numbers(&question), [""; 0]);

    let drawn = round(&pack, SEED);
    let put = |kiosk: &mut Kiosk, round: &Round, id: &str| {
        let screen = kiosk.tap_through(&display, &question, &step(round, id), "selection");
        numbers(&screen).len()
    };
    assert_eq!(put(&mut kiosk, &drawn, "rub"), 1);
    assert_eq!(put(&mut kiosk, &drawn, "wet"), 2);
    // Too early to be done.
    tap(&display, &question, "confirm");
    assert_eq!(put(&mut kiosk, &drawn, "soap"), 3);
    assert_eq!(put(&mut kiosk, &drawn, "wet"), 1, "and what followed it");
    assert_eq!(put(&mut kiosk, &drawn, "rub"), 0);
    for (before, id) in RIGHT.iter().enumerate() {
        assert_eq!(put(&mut kiosk, &drawn, id), before + 1);
    }
    let screen = kiosk.tap_through(&display, &question, "confirm", "feedback");
    shows(&screen, "feedback-right", 1);
    shows(&screen, "feedback-in-its-place", 5);
    assert_eq!(numbers(&screen), ["1", "2", "3", "4", "5"]);

    // A rumour taken for a fact, and a fact for what it is.
    let screen = kiosk.tap_through(&display, &screen, "next", "question");
    shows(&screen, "question-fact-or-rumour", 1);
    let screen = kiosk.tap_through(&display, &screen, "option-0", "feedback");
    shows(&screen, "feedback-wrong-rumour", 1);
    let screen = kiosk.tap_through(&display, &screen, "next", "question");
    let screen = kiosk.tap_through(&display, &screen, "option-0", "feedback");
    shows(&screen, "feedback-right-fact", 1);

    // Once more, the other way round: only the middle is in its place.
    let screen = kiosk.tap_through(&display, &screen, "next", "results");
    let screen = kiosk.tap_through(&display, &screen, "again", "topic");
    kiosk.tap_through(&display, &screen, "topic-kinds", "question");
    let drawn = round(&pack, SEED + 1);
    for id in RIGHT.iter().rev() {
        put(&mut kiosk, &drawn, id);
    }
    let screen = kiosk.tap_through(&display, &question, "confirm", "feedback");
    shows(&screen, "feedback-wrong", 1);
    shows(&screen, "feedback-in-its-place", 1);
    for place in [1, 2, 4, 5] {
        let text = say("feedback-put-at", &[("n", place.into())]);
        assert!(texts(&screen).contains(&text.as_str()), "{text}");
    }
    let screen = kiosk.tap_through(&display, &screen, "next", "question");
    let screen = kiosk.tap_through(&display, &screen, "option-1", "feedback");
    shows(&screen, "feedback-right-rumour", 1);
    let screen = kiosk.tap_through(&display, &screen, "next", "question");
    let screen = kiosk.tap_through(&display, &screen, "option-1", "feedback");
    shows(&screen, "feedback-wrong-fact", 1);
    let told = [
        ["night-water-rumour", "true", "0"],
        ["night-water-rumour", "false", "1"],
        ["soap-fact", "true", "1"],
        ["soap-fact", "false", "0"],
        ["wash-hands-steps", "wet soap rub rinse dry", "1"],
        ["wash-hands-steps", "dry rinse rub soap wet", "0"],
    ];
    assert_eq!(rows(&data, ANSWERS), told);
}

#[test]
fn steps_that_are_tapped_as_quickly_as_can_be_all_count_and_a_double_tap_counts_once() {
    let display = Display::new(1080, 1920);
    let (_folder, data, pictures) = station();
    let pack = kinds::write(&data);
    let arguments = [
        "--window",
        "1080x1920",
        "--round",
        "3",
        "--packs",
        pack.to_str().unwrap(),
    ];
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    let screen = kiosk.wait_for(&["attract"]);
    let screen = kiosk.tap_through(&display, &screen, "start", "audience");
    let screen = kiosk.tap_through(&display, &screen, "audience-general", "topic");
    let question = kiosk.tap_through(&display, &screen, "topic-kinds", "question");
    let drawn = round(&pack, SEED);
    // The first one counts once the screen has been there for a while.
    kiosk.tap_through(&display, &question, &step(&drawn, "wet"), "selection");
    let mut taps = Vec::new();
    for id in ["soap", "rub", "rub", "rinse", "dry"] {
        let (x, y) = middle(&question, &step(&drawn, id));
        let tap = ["mousemove", &x.to_string(), &y.to_string(), "click", "1"];
        taps.extend(tap.map(str::to_owned));
    }
    let taps: Vec<&str> = taps.iter().map(String::as_str).collect();
    // All of them within milliseconds.
    display.xdotool(&taps);
    until("five numbers", || {
        let screen = kiosk.wait_for(&["selection"]);
        (numbers(&screen).len() == 5).then_some(())
    });
    let screen = kiosk.tap_through(&display, &question, "confirm", "feedback");
    shows(&screen, "feedback-in-its-place", 5);
}

#[test]
fn steps_and_rumours_can_be_played_by_keyboard_alone() {
    let display = Display::new(1366, 768);
    let (_folder, data, pictures) = station();
    let pack = kinds::write(&data);
    let arguments = [
        "--window",
        "1366x768",
        "--round",
        "3",
        "--packs",
        pack.to_str().unwrap(),
    ];
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    let enter = || key(&display, "Return");
    let place = |screen: &Value, name: &str| {
        let names = screen["focus_order"].as_array().unwrap();
        names.iter().position(|own| own == name).unwrap()
    };
    // From one control to another by as many arrows as it takes; from none to the first is one.
    let go = |from: Option<usize>, to: usize| {
        let (arrow, steps) = match from {
            Some(from) if from > to => ("Up", from - to),
            Some(from) => ("Down", to - from),
            None => ("Down", to + 1),
        };
        for _ in 0..steps {
            display.xdotool(&["key", arrow]);
        }
    };
    let screen = kiosk.wait_for(&["attract"]);
    go(None, place(&screen, "start"));
    let screen = kiosk.repeat("audience", enter);
    go(None, place(&screen, "audience-general"));
    let screen = kiosk.repeat("topic", enter);
    go(None, place(&screen, "topic-kinds"));
    let question = kiosk.repeat("question", enter);
    let drawn = round(&pack, SEED);
    let mut at = None;
    // The third and the first, and back again; then all of them in order.
    let taps = ["rub", "wet", "rub"].iter().chain(&RIGHT);
    for (id, count) in taps.zip([1, 2, 0, 1, 2, 3, 4, 5]) {
        let to = place(&question, &step(&drawn, id));
        go(at, to);
        at = Some(to);
        let screen = kiosk.repeat("selection", enter);
        assert_eq!(numbers(&screen).len(), count, "{id}");
    }
    go(at, place(&question, "confirm"));
    let mut screen = kiosk.repeat("feedback", || key(&display, "space"));
    shows(&screen, "feedback-in-its-place", 5);
    for says in ["feedback-right-rumour", "feedback-wrong-fact"] {
        go(None, place(&screen, "next"));
        let question = kiosk.repeat("question", enter);
        go(None, place(&question, "option-1"));
        screen = kiosk.repeat("feedback", enter);
        shows(&screen, says, 1);
    }
    let told = [
        ["night-water-rumour", "false", "1"],
        ["soap-fact", "false", "0"],
        ["wash-hands-steps", "wet soap rub rinse dry", "1"],
    ];
    assert_eq!(rows(&data, ANSWERS), told);
}

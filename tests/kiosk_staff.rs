//! The staff screen as staff meet it: a long press, a PIN, the tabs; by real taps on a virtual
//! screen.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod disk;
mod export;
mod packs;
mod reset;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::kiosk::{Display, Kiosk, has, key, rows, station, tap};
use crate::support::until;

const PIN: &str = "493817";

/// A finger that stays on the top left corner until the pad is there.
fn press_corner(display: &Display, kiosk: &mut Kiosk) -> Value {
    thread::sleep(Duration::from_millis(450));
    display.xdotool(&["mousemove", "40", "40", "mousedown", "1"]);
    let pad = kiosk.wait_for(&["pad"]);
    display.xdotool(&["mouseup", "1"]);
    pad
}

/// Opens the pad and waits until it knows what to ask for.
fn open_pad(display: &Display, kiosk: &mut Kiosk, asked: &str) -> Value {
    let mut pad = press_corner(display, kiosk);
    while !says(&pad, asked) {
        pad = kiosk.wait_for(&["pad"]);
    }
    pad
}

fn type_pin(display: &Display, pad: &Value, pin: &str) {
    for digit in pin.chars() {
        tap(display, pad, &format!("key-{digit}"));
    }
    tap(display, pad, "key-ok");
}

pub(crate) fn says(screen: &Value, words: &str) -> bool {
    let texts = screen["texts"].as_array().unwrap();
    texts
        .iter()
        .any(|text| text.as_str().unwrap().contains(words))
}

/// Sets a PIN on a fresh station and returns what is on the first screen of the area.
pub(crate) fn first_use(display: &Display, kiosk: &mut Kiosk) -> Value {
    let pad = open_pad(display, kiosk, "请设置密码");
    type_pin(display, &pad, PIN);
    let pad = kiosk.wait_for(&["pad"]);
    assert!(says(&pad, "请再输入一次"), "{pad}");
    type_pin(display, &pad, PIN);
    kiosk.wait_for(&["staff"])
}

/// Opens a tab and waits until a control that only it has is there.
fn open_tab(display: &Display, kiosk: &mut Kiosk, screen: &Value, tab: &str, sign: &str) -> Value {
    tap(display, screen, tab);
    loop {
        let screen = kiosk.wait_for(&["staff"]);
        if has(&screen, sign) || says(&screen, sign) {
            return screen;
        }
    }
}

#[test]
fn the_first_use_sets_a_pin_twice_and_a_weak_one_is_refused_with_the_reason() {
    let display = Display::new(1080, 1920);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1080x1920"]);
    kiosk.wait_for(&["attract"]);
    let pad = open_pad(&display, &mut kiosk, "请设置密码");
    type_pin(&display, &pad, "111111");
    let pad = kiosk.wait_for(&["pad"]);
    assert!(says(&pad, "全是同一个数字"), "{pad}");
    type_pin(&display, &pad, PIN);
    let pad = kiosk.wait_for(&["pad"]);
    type_pin(&display, &pad, "493818");
    let pad = kiosk.wait_for(&["pad"]);
    assert!(says(&pad, "两次输入不一样"), "{pad}");
    type_pin(&display, &pad, PIN);
    let pad = kiosk.wait_for(&["pad"]);
    type_pin(&display, &pad, PIN);
    let area = kiosk.wait_for(&["staff"]);
    assert!(has(&area, "tab-today") && has(&area, "lock"), "{area}");
    assert!(says(&area, "演示状态"), "{area}");
}

#[test]
fn a_wrong_pin_is_refused_with_the_tries_left_and_the_right_one_opens() {
    let display = Display::new(1366, 768);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1366x768"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    tap(&display, &area, "lock");
    kiosk.wait_for(&["attract"]);
    let pad = open_pad(&display, &mut kiosk, "请输入密码");
    type_pin(&display, &pad, "493816");
    let mut pad = kiosk.wait_for(&["pad"]);
    while says(&pad, "请稍候") {
        pad = kiosk.wait_for(&["pad"]);
    }
    assert!(says(&pad, "还可以试 4 次"), "{pad}");
    assert!(!says(&pad, "493816"), "{pad}");
    type_pin(&display, &pad, PIN);
    kiosk.wait_for(&["staff"]);
    // A program that is killed inside comes back locked.
    kiosk.signal("-KILL");
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1366x768"]);
    let screen = kiosk.wait_for(&["attract", "staff"]);
    assert_eq!(screen["screen"], "attract");
}

#[test]
fn the_pad_shows_nothing_of_the_visit_closes_by_itself_and_the_visit_goes_on() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1280x800"]);
    let screen = kiosk.wait_for(&["attract"]);
    tap(&display, &screen, "start");
    let screen = kiosk.wait_for(&["audience"]);
    tap(&display, &screen, "audience-general");
    let screen = kiosk.wait_for(&["topic"]);
    tap(&display, &screen, "topic-health");
    let question = kiosk.wait_for(&["question"]);
    // The corner lies on a button: held, it is the corner.
    let pad = press_corner(&display, &mut kiosk);
    let controls = pad["controls"].as_array().unwrap();
    for control in controls {
        let name = control["name"].as_str().unwrap();
        assert!(name.starts_with("key-") || name == "pad-close", "{name}");
    }
    for text in question["texts"].as_array().unwrap() {
        // Icons and numbers apart.
        let text = text.as_str().unwrap();
        if text.chars().count() > 2 {
            assert!(!says(&pad, text), "{text}");
        }
    }
    let again = kiosk.wait_for(&["question", "attract", "countdown"]);
    assert_eq!(again["screen"], "question");
    let sorted = |screen: &Value| {
        let mut texts: Vec<String> = screen["texts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|text| text.as_str().unwrap().to_owned())
            .collect();
        texts.sort();
        texts
    };
    assert_eq!(sorted(&again), sorted(&question));
}

#[test]
fn a_short_press_on_the_corner_is_what_it_always_was() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1280x800"]);
    kiosk.wait_for(&["attract"]);
    thread::sleep(Duration::from_millis(450));
    display.xdotool(&["mousemove", "20", "20", "mousedown", "1"]);
    display.xdotool(&["mouseup", "1"]);
    let screen = kiosk.wait_for(&["audience", "pad"]);
    assert_eq!(screen["screen"], "audience");
}

#[test]
fn every_tab_opens_in_both_languages_and_what_is_set_is_saved_and_holds() {
    let display = Display::new(1920, 1080);
    let (_folder, data, pictures) = station();
    fs::write(data.join("station.ron"), "(round_length: 4)").unwrap();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1920x1080"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    tap(&display, &area, "language");
    let area = kiosk.wait_for(&["staff"]);
    let area = if says(&area, "Nobody has played yet") {
        area
    } else {
        kiosk.wait_for(&["staff"])
    };
    assert!(says(&area, "Nobody has played yet"), "{area}");
    let packs = open_tab(&display, &mut kiosk, &area, "tab-packs", "built in");
    assert!(has(&packs, "search"));
    let records = open_tab(&display, &mut kiosk, &packs, "tab-records", "Last export");
    let health = open_tab(&display, &mut kiosk, &records, "tab-health", "restart");
    let station = open_tab(&display, &mut kiosk, &health, "tab-station", "save");
    tap(&display, &station, "round+1");
    tap(&display, &station, "width+1");
    tap(&display, &station, "save");
    let mut saved = kiosk.wait_for(&["staff"]);
    while !has(&saved, "lock") {
        saved = kiosk.wait_for(&["staff"]);
    }
    assert!(says(&saved, "It holds from now on"), "{saved}");
    let written = kepu::config::Station::read(&data).unwrap();
    assert_eq!(written.round_length, 5);
    assert_eq!(written.panel_mm, Some((476, 268)));
    // Escape leaves, and the visitors' language is the station's again.
    key(&display, "Escape");
    let attract = kiosk.wait_for(&["attract"]);
    assert_eq!(attract["language"], "zh-CN");
    tap(&display, &attract, "start");
    let screen = kiosk.wait_for(&["audience"]);
    tap(&display, &screen, "audience-general");
    let screen = kiosk.wait_for(&["topic"]);
    tap(&display, &screen, "topic-health");
    let question = kiosk.wait_for(&["question"]);
    assert!(says(&question, "共 5 题"), "{question}");
}

#[test]
fn a_restart_is_asked_about_twice_and_comes_back_to_the_visitors() {
    let display = Display::new(768, 1366);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "768x1366"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let health = open_tab(&display, &mut kiosk, &area, "tab-health", "restart");
    tap(&display, &health, "restart");
    let asked = kiosk.wait_for(&["staff"]);
    tap(&display, &asked, "no");
    let health = kiosk.wait_for(&["staff"]);
    tap(&display, &health, "restart");
    let asked = kiosk.wait_for(&["staff"]);
    tap(&display, &asked, "yes");
    let asked = kiosk.wait_for(&["staff"]);
    // The same process has begun anew: the first picture is written again.
    let first = pictures.join("001-attract-zh-CN-standard.json");
    fs::remove_file(&first).unwrap();
    tap(&display, &asked, "yes-again");
    until("the program to begin again", || {
        first.exists().then_some(())
    });
    kiosk.signal("-TERM");
    let (status, _, errors) = kiosk.end();
    assert!(status.success(), "{errors}");
}

#[test]
fn the_staff_area_locks_itself_when_nobody_touches_it_for_a_minute() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1280x800"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let begun = Instant::now();
    open_tab(&display, &mut kiosk, &area, "tab-packs", "search");
    kiosk.wait_for(&["attract"]);
    // Not at once: what it waits for is a minute without a touch.
    assert!(begun.elapsed() > Duration::from_secs(55));
    open_pad(&display, &mut kiosk, "请输入密码");
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let done = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap_or_else(|error| panic!("{program} (make test installs it): {error}"));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(done.status.success(), "{program} {arguments:?}: {said}");
    String::from_utf8(done.stdout).unwrap()
}

/// Waits for the next screen of the staff area that has a control or says some words.
fn wait_for_sign(kiosk: &mut Kiosk, sign: &str) -> Value {
    loop {
        let screen = kiosk.wait_for(&["staff"]);
        if has(&screen, sign) || says(&screen, sign) {
            return screen;
        }
    }
}

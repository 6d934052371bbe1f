//! The kiosk as a visitor meets it: the real program in a real window on a virtual screen, played
//! by real taps and keys, its answers in a real database.
//!
//! Needs Xvfb and xdotool; `make test` installs them.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod stage;

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Command;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask};

use self::stage::row;
pub(crate) use self::stage::{
    Display, Kiosk, answer, counts, go_on, has, is_ready, key, middle, rows, station, tap,
};

#[test]
fn a_robot_plays_its_rounds_and_leaves_pictures_and_sessions_that_are_not_counted() {
    let display = Display::new(768, 1366);
    let (_folder, data, pictures) = station();
    let arguments = ["--window", "768x1366", "--robot", "2", "--round", "3"];
    let kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    let (status, printed, errors) = kiosk.end();
    assert!(status.success(), "{errors}");
    // Two rounds, and what was missed in them is tried again.
    let sessions = rows(&data, "SELECT mode, outcome, asked - answered FROM session");
    assert!((2..=4).contains(&sessions.len()), "{sessions:?}");
    assert!(
        sessions
            .iter()
            .all(|own| *own == ["robot", "completed", "0"]),
        "{sessions:?}"
    );
    let answers = rows(&data, "SELECT session FROM answer").len();
    assert_eq!(
        (answers >= 6, printed.lines().count()),
        (true, answers),
        "{printed}"
    );
    let shown: HashSet<String> = fs::read_dir(&pictures)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".png"))
        .map(|name| name.split('-').nth(1).unwrap().to_owned())
        // Only where several options are chosen.
        .filter(|name| name != "selection")
        .collect();
    let all = [
        "attract",
        "language",
        "audience",
        "topic",
        "question",
        "countdown",
        "feedback",
        "why",
        "results",
        "requests",
        "resting",
    ];
    assert_eq!(shown, HashSet::from(all.map(str::to_owned)));
    let counts = counts(&data);
    assert_eq!(counts["started"], 0);
    assert_eq!(counts["completed"], 0);
    assert_eq!(
        counts["not_counted"].as_array().unwrap().len(),
        2.min(rows(&data, "SELECT DISTINCT audience, topic FROM session").len())
    );
}

#[test]
fn a_round_played_by_taps_is_stored_with_its_audience_topic_answers_and_score() {
    let display = Display::new(1080, 1920);
    let (_folder, data, pictures) = station();
    let arguments = ["--window", "1080x1920", "--round", "3"];
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    let screen = kiosk.wait_for(&["attract"]);
    tap(&display, &screen, "start");
    let screen = kiosk.wait_for(&["audience"]);
    tap(&display, &screen, "audience-senior");
    let screen = kiosk.wait_for(&["topic"]);
    tap(&display, &screen, "topic-antifraud");
    let mut screen = kiosk.wait_for(&["question"]);
    for next in ["question", "question", "results"] {
        let feedback = answer(&display, &mut kiosk, &screen);
        assert!(
            has(&feedback, "why") && !has(&feedback, "next"),
            "{feedback}"
        );
        screen = go_on(&display, &mut kiosk, &feedback, next);
    }
    tap(&display, &screen, "finish");
    kiosk.wait_for(&["attract"]);
    let session = row(
        &data,
        "SELECT audience, topic, language, profile, mode, outcome, asked, answered,
                (SELECT sum(correct) FROM answer) = correct
         FROM session",
    );
    let expected = [
        "senior",
        "antifraud",
        "zh-CN",
        // Older people get it unasked.
        "large",
        "visitor",
        "completed",
        "3",
        "3",
        "1",
    ];
    assert_eq!(session, expected);
    assert_eq!(counts(&data)["completed"], 1);
    // What is stored as right is right by the pack.
    let (bank, _) = kepu::bank::load(kepu::embedded::packs(), "2026-12-01".parse().unwrap());
    for answer in rows(&data, "SELECT pack, question, options, correct FROM answer") {
        let question = bank
            .questions()
            .find(|question| question.pack().id() == answer[0] && question.id() == answer[1])
            .unwrap();
        let chosen: Vec<String> = answer[2].split(' ').map(str::to_owned).collect();
        let right = kepu::session::is_correct(question, &chosen);
        assert_eq!(answer[3], u8::from(right).to_string(), "{answer:?}");
    }
}

#[test]
fn a_round_can_be_played_by_keyboard_alone_and_escape_steps_back() {
    let display = Display::new(1366, 768);
    let (_folder, data, pictures) = station();
    let arguments = ["--window", "1366x768", "--round", "3"];
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    // Puts the focus on a control by as many arrows as it takes.
    let focus = |screen: &Value, name: &str| {
        let names = screen["focus_order"].as_array().unwrap();
        let steps = 1 + names.iter().position(|own| own == name).unwrap();
        for _ in 0..steps {
            display.xdotool(&["key", "Down"]);
        }
    };
    let enter = || key(&display, "Return");
    let screen = kiosk.wait_for(&["attract"]);
    focus(&screen, "start");
    let screen = kiosk.repeat("audience", enter);
    focus(&screen, "audience-worker");
    kiosk.repeat("topic", enter);
    key(&display, "Escape");
    let screen = kiosk.wait_for(&["audience"]);
    focus(&screen, "audience-farmer");
    let screen = kiosk.repeat("topic", enter);
    focus(&screen, "topic-health");
    let mut screen = kiosk.repeat("question", enter);
    // Escape asks, and Escape again goes on.
    key(&display, "Escape");
    kiosk.wait_for(&["countdown"]);
    key(&display, "Escape");
    for question in 0..3 {
        focus(&screen, "option-0");
        let feedback = if has(&screen, "confirm") {
            // The first ones, and on to the button behind the last option.
            let names = screen["focus_order"].as_array().unwrap();
            let at = |name: &str| names.iter().position(|own| own == name).unwrap();
            let mut ready = false;
            for _ in at("option-0")..at("confirm") {
                ready = ready || is_ready(&kiosk.repeat("selection", enter));
                display.xdotool(&["key", "Down"]);
            }
            kiosk.repeat("feedback", || key(&display, "space"))
        } else {
            kiosk.repeat("feedback", enter)
        };
        focus(&feedback, "next");
        screen = kiosk.repeat(if question < 2 { "question" } else { "results" }, enter);
    }
    key(&display, "Escape");
    kiosk.wait_for(&["attract"]);
    let session = row(
        &data,
        "SELECT audience, topic, outcome, answered FROM session",
    );
    assert_eq!(session, ["farmer", "health", "completed", "3"]);
}

#[test]
fn a_visitor_who_leaves_is_counted_down_and_nothing_is_left_for_the_next_one() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    fs::write(
        data.join("station.ron"),
        "(idle_seconds: 10, idle_patient_seconds: 10, countdown_seconds: 20)",
    )
    .unwrap();
    let arguments = ["--window", "1280x800"];
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    let screen = kiosk.wait_for(&["attract"]);
    tap(&display, &screen, "language");
    let screen = kiosk.wait_for(&["language"]);
    tap(&display, &screen, "language-en");
    let screen = kiosk.wait_for(&["attract"]);
    tap(&display, &screen, "size");
    let screen = kiosk.wait_for(&["attract"]);
    assert_eq!(
        (&screen["language"], &screen["profile"]),
        (&"en".into(), &"large".into())
    );
    tap(&display, &screen, "start");
    let screen = kiosk.wait_for(&["audience"]);
    tap(&display, &screen, "audience-general");
    let screen = kiosk.wait_for(&["topic"]);
    tap(&display, &screen, "topic-emergency");
    kiosk.wait_for(&["question"]);
    kiosk.wait_for(&["countdown"]);
    let screen = kiosk.wait_for(&["attract"]);
    assert_eq!(screen["language"], "zh-CN");
    assert_eq!(screen["profile"], "standard");
    let session = row(
        &data,
        "SELECT language, profile, outcome, answered FROM session",
    );
    assert_eq!(session, ["en", "large", "timed_out", "0"]);
}

/// What a window manager sends when somebody clicks on its cross.
fn ask_window_to_close(display: &Display) {
    let output = Command::new("xdotool")
        .args(["search", "--name", "Kepu"])
        .env("DISPLAY", &display.name)
        .output()
        .unwrap();
    let window = String::from_utf8(output.stdout).unwrap();
    let window: u32 = window.trim().parse().expect("one window");
    let (server, _) = x11rb::connect(Some(&display.name)).unwrap();
    let atom = |name: &str| {
        let cookie = server.intern_atom(false, name.as_bytes()).unwrap();
        cookie.reply().unwrap().atom
    };
    let close = [atom("WM_DELETE_WINDOW"), 0, 0, 0, 0];
    let event = ClientMessageEvent::new(32, window, atom("WM_PROTOCOLS"), close);
    let sent = server.send_event(false, window, EventMask::NO_EVENT, event);
    sent.unwrap().check().unwrap();
}

#[test]
fn nothing_a_visitor_can_press_ends_the_program_and_sigterm_does_cleanly() {
    let display = Display::new(1280, 800);
    let (_folder, data, pictures) = station();
    // Without a window manager, and yet the whole screen.
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &[]);
    let screen = kiosk.wait_for(&["attract"]);
    assert_eq!(
        (&screen["width"], &screen["height"]),
        (&1280.into(), &800.into())
    );
    for name in [
        "Escape", "alt+F4", "ctrl+q", "ctrl+w", "ctrl+c", "super", "F11",
    ] {
        key(&display, name);
    }
    ask_window_to_close(&display);
    tap(&display, &screen, "start");
    let screen = kiosk.wait_for(&["audience"]);
    tap(&display, &screen, "audience-youth");
    let screen = kiosk.wait_for(&["topic"]);
    tap(&display, &screen, "topic-health");
    kiosk.wait_for(&["question"]);
    assert!(kiosk.is_running());
    kiosk.signal("-TERM");
    let (status, _, errors) = kiosk.end();
    assert!(status.success(), "{errors}");
    assert_eq!(row(&data, "SELECT outcome FROM session"), ["interrupted"]);
}

#[test]
fn answers_that_were_named_survive_kill_nine_each_once() {
    let display = Display::new(768, 1366);
    let times: u32 = std::env::var("KEPU_KILLS")
        .ok()
        .and_then(|times| times.parse().ok())
        .unwrap_or(4);
    let (_folder, data, pictures) = station();
    let mut named: Vec<String> = Vec::new();
    for time in 0..times {
        let mut kiosk = Kiosk::start(
            &display,
            &data,
            &pictures,
            &["--window", "768x1366", "--robot", "9"],
        );
        // A moment that moves through a round, from the start of the window on.
        let answers = usize::try_from(time).unwrap() % 5;
        let extra = Duration::from_millis(u64::from(time) * 137 % 900);
        let mut lines = BufReader::new(kiosk.child.stdout.take().unwrap()).lines();
        for _ in 0..answers {
            named.push(lines.next().unwrap().unwrap());
        }
        thread::sleep(extra);
        kiosk.signal("-KILL");
        named.extend(lines.map_while(Result::ok));
    }
    // The next start mends what the last one left.
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "768x1366"]);
    kiosk.wait_for(&["attract"]);
    kiosk.signal("-TERM");
    kiosk.end();
    assert_eq!(row(&data, "PRAGMA integrity_check"), ["ok"]);
    for line in &named {
        let mut words = line.split(' ').skip(1);
        let (session, ordinal) = (words.next().unwrap(), words.next().unwrap());
        let sql = format!(
            "SELECT count(*) FROM answer WHERE session = '{session}' AND ordinal = {ordinal}"
        );
        assert_eq!(row(&data, &sql), ["1"], "{line}");
    }
    assert!(named.len() >= usize::try_from(times / 2).unwrap());
    let open = "SELECT count(*) FROM session WHERE outcome IS NULL";
    assert_eq!(row(&data, open), ["0"]);
    let interrupted = "SELECT count(*) > 0 FROM session WHERE outcome = 'interrupted'";
    assert_eq!(row(&data, interrupted), ["1"]);
}

#[test]
fn without_a_display_one_sentence_says_so() {
    for (name, display) in [("none", ""), ("unreachable", ":4095")] {
        let (_folder, data, _) = station();
        let output = Command::new(env!("CARGO_BIN_EXE_kepu"))
            .args(["play", "--data"])
            .arg(&data)
            .env("DISPLAY", display)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .output()
            .unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}: {errors}");
        assert_eq!(errors.lines().count(), 1, "{name}: {errors}");
        assert!(errors.starts_with("kepu: "), "{name}: {errors}");
        assert!(errors.contains("display"), "{name}: {errors}");
    }
}

#[test]
fn a_data_folder_that_cannot_be_used_is_named_and_the_quiz_plays_on() {
    let display = Display::new(768, 1366);
    let (folder, _, pictures) = station();
    let data = folder.path().join("a-file");
    fs::write(&data, "not a folder").unwrap();
    let arguments = ["--window", "768x1366", "--robot", "1", "--round", "3"];
    let (status, printed, errors) = Kiosk::start(&display, &data, &pictures, &arguments).end();
    assert!(status.success(), "{errors}");
    assert!(errors.contains("a-file"), "{errors}");
    // Nothing is safe, so nothing is said to be.
    assert_eq!(printed, "");
    assert_eq!(fs::read_to_string(&data).unwrap(), "not a folder");
}

#[test]
fn a_pack_with_errors_is_left_out_and_named_and_the_others_play() {
    let display = Display::new(768, 1366);
    let (folder, data, pictures) = station();
    let packs = folder.path().join("packs");
    let broken = packs.join("broken");
    fs::create_dir_all(&broken).unwrap();
    fs::write(broken.join("pack.ron"), "Pack(id: 5)").unwrap();
    fs::write(broken.join("questions.ron"), [0xFF, 0xFE]).unwrap();
    let packs = packs.to_str().unwrap();
    let arguments = [
        "--window", "768x1366", "--robot", "1", "--round", "3", "--packs", packs,
    ];
    let (status, printed, errors) = Kiosk::start(&display, &data, &pictures, &arguments).end();
    assert!(status.success(), "{errors}");
    assert_eq!(
        errors.matches("has errors and is left out").count(),
        1,
        "{errors}"
    );
    assert!(errors.contains(broken.to_str().unwrap()), "{errors}");
    // Three, and what of them was missed once more.
    assert!((3..=6).contains(&printed.lines().count()), "{printed}");
}

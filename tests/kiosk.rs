//! The kiosk as a visitor meets it: the real program in a real window on a virtual screen, played
//! by real taps and keys, its answers in a real database.
//!
//! Needs Xvfb and xdotool; `make test` installs them.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::collections::HashSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;
use x11rb::protocol::xproto::{ClientMessageEvent, ConnectionExt, EventMask};

use crate::support::{PATIENCE, until};

/// A virtual screen, gone when dropped.
pub(crate) struct Display {
    server: Child,
    name: String,
}

impl Display {
    pub(crate) fn new(width: u32, height: u32) -> Self {
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                &format!("{width}x{height}x24"),
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed (make test does it)");
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        Self {
            server,
            name: format!(":{}", number.trim()),
        }
    }

    pub(crate) fn xdotool(&self, arguments: &[&str]) {
        let done = Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.name)
            .status()
            .expect("xdotool is installed (make test does it)");
        assert!(done.success(), "xdotool {arguments:?}");
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.server.kill());
        drop(self.server.wait());
    }
}

/// The program, killed when dropped.
pub(crate) struct Kiosk {
    child: Child,
    pictures: PathBuf,
    seen: HashSet<PathBuf>,
}

/// A folder for the data of one station and for its pictures.
pub(crate) fn station() -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (data, pictures) = (folder.path().join("data"), folder.path().join("pictures"));
    fs::create_dir(&data).unwrap();
    (folder, data, pictures)
}

impl Kiosk {
    pub(crate) fn start(display: &Display, data: &Path, pictures: &Path, more: &[&str]) -> Self {
        Self::start_under(&[], display, data, pictures, more)
    }

    /// The same under another program, which gets the arguments that stand before ours.
    pub(crate) fn start_under(
        other: &[String],
        display: &Display,
        data: &Path,
        pictures: &Path,
        more: &[&str],
    ) -> Self {
        // Nothing of an earlier start may be taken for news of this one.
        drop(fs::remove_dir_all(pictures));
        let kepu = env!("CARGO_BIN_EXE_kepu");
        let mut command = match other {
            [] => Command::new(kepu),
            [program, arguments @ ..] => {
                let mut command = Command::new(program);
                command.args(arguments).arg(kepu);
                command
            }
        };
        let child = command
            .arg("play")
            .arg("--data")
            .arg(data)
            .arg("--shots")
            .arg(pictures)
            .args(["--seed", "7"])
            .args(more)
            .env("DISPLAY", &display.name)
            .env_remove("WAYLAND_DISPLAY")
            .env_remove("WAYLAND_SOCKET")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            child,
            pictures: pictures.to_owned(),
            seen: HashSet::new(),
        }
    }

    /// Waits until one of these screens is on and returns what is on it.
    pub(crate) fn wait_for(&mut self, screens: &[&str]) -> Value {
        let begin = Instant::now();
        loop {
            if let Some(screen) = self.look_for(screens) {
                return screen;
            }
            if begin.elapsed() > PATIENCE {
                panic!(
                    "waited in vain for {screens:?}; {}; the last picture: {}",
                    self.ended(),
                    self.last()
                );
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Whether the program has ended by itself, and what it said.
    fn ended(&mut self) -> String {
        let Ok(Some(status)) = self.child.try_wait() else {
            return "the program runs".to_owned();
        };
        let mut said = String::new();
        if let Some(mut errors) = self.child.stderr.take() {
            drop(errors.read_to_string(&mut said));
        }
        format!("the program has ended, {status}: {said}")
    }

    /// What the newest picture shows.
    fn last(&self) -> String {
        let pictures = fs::read_dir(&self.pictures).into_iter().flatten().flatten();
        let paths = pictures.map(|entry| entry.path());
        let told = paths.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
        let newest = told.max();
        newest.map_or_else(String::new, |path| {
            let text = fs::read_to_string(&path).unwrap_or_default();
            format!("{} {text}", path.display())
        })
    }

    /// What is on the next of these screens, if it has come.
    fn look_for(&mut self, screens: &[&str]) -> Option<Value> {
        let mut new: Vec<PathBuf> = fs::read_dir(&self.pictures)
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .filter(|path| !self.seen.contains(path))
            .collect();
        new.sort();
        for path in new {
            let screen: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            self.seen.insert(path);
            if screens.iter().any(|name| screen["screen"] == *name) {
                return Some(screen);
            }
        }
        None
    }

    /// Taps a control until what it leads to is on the screen.
    pub(crate) fn tap_through(
        &mut self,
        display: &Display,
        screen: &Value,
        control: &str,
        next: &str,
    ) -> Value {
        self.repeat(next, || tap(display, screen, control))
    }

    /// Does something again and again until a screen is there. What comes too soon after a change
    /// of the screen or another tap does not count, and a busy machine may hand over two events
    /// almost at once.
    pub(crate) fn repeat(&mut self, next: &str, deed: impl Fn()) -> Value {
        let mut done = None;
        until(next, || {
            let shown = self.look_for(&[next]);
            let patient = done.is_none_or(|at: Instant| at.elapsed() > Duration::from_secs(5));
            if shown.is_none() && patient {
                deed();
                done = Some(Instant::now());
            }
            shown
        })
    }

    pub(crate) fn signal(&self, signal: &str) {
        let done = Command::new("kill")
            .args([signal, &self.child.id().to_string()])
            .status()
            .unwrap();
        assert!(done.success());
    }

    /// Waits for the end of the program; returns what it printed and said.
    pub(crate) fn end(mut self) -> (ExitStatus, String, String) {
        let mut errors = self.child.stderr.take().unwrap();
        let reader = thread::spawn(move || {
            let mut text = String::new();
            errors.read_to_string(&mut text).unwrap();
            text
        });
        let mut printed = String::new();
        let mut out = self.child.stdout.take().unwrap();
        out.read_to_string(&mut printed).unwrap();
        let status = until("the end of the program", || self.child.try_wait().unwrap());
        (status, printed, reader.join().unwrap())
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Kiosk {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The middle of a control.
#[track_caller]
pub(crate) fn middle(screen: &Value, name: &str) -> (i64, i64) {
    let controls = screen["controls"].as_array().unwrap();
    let control = controls.iter().find(|control| control["name"] == name);
    let control = control.unwrap_or_else(|| panic!("no `{name}` on {screen}"));
    let number = |key: &str| control[key].as_f64().unwrap();
    let x = number("left") + number("width") / 2.0;
    let y = number("top") + number("height") / 2.0;
    (x.round() as i64, y.round() as i64)
}

/// A real tap. A finger is slower than the guard against double taps.
#[track_caller]
pub(crate) fn tap(display: &Display, screen: &Value, name: &str) {
    let (x, y) = middle(screen, name);
    thread::sleep(Duration::from_millis(450));
    display.xdotool(&["mousemove", &x.to_string(), &y.to_string(), "click", "1"]);
}

/// Answers a question with its first option, or where several are chosen with the first of them,
/// as many as are wanted; returns the feedback.
pub(crate) fn answer(display: &Display, kiosk: &mut Kiosk, question: &Value) -> Value {
    if !has(question, "confirm") {
        return kiosk.tap_through(display, question, "option-0", "feedback");
    }
    for option in (0..).map(|number| format!("option-{number}")) {
        if !has(question, &option) {
            break;
        }
        let screen = kiosk.tap_through(display, question, &option, "selection");
        if is_ready(&screen) {
            break;
        }
    }
    kiosk.tap_through(display, question, "confirm", "feedback")
}

/// Whether what is selected can be confirmed: the button says so.
pub(crate) fn is_ready(screen: &Value) -> bool {
    let texts = screen["texts"].as_array().unwrap();
    texts.iter().any(|text| text == "选好了" || text == "Done")
}

/// A real key, likewise.
pub(crate) fn key(display: &Display, name: &str) {
    thread::sleep(Duration::from_millis(450));
    display.xdotool(&["key", name]);
}

pub(crate) fn has(screen: &Value, name: &str) -> bool {
    let controls = screen["controls"].as_array().unwrap();
    controls.iter().any(|control| control["name"] == name)
}

/// The only row of a query, as text.
fn row(data: &Path, sql: &str) -> Vec<String> {
    let rows = rows(data, sql);
    assert_eq!(rows.len(), 1, "{sql}: {rows:?}");
    rows.into_iter().next().unwrap()
}

pub(crate) fn rows(data: &Path, sql: &str) -> Vec<Vec<String>> {
    let database = Connection::open(data.join("records.sqlite")).unwrap();
    let mut statement = database.prepare(sql).unwrap();
    let columns = statement.column_count();
    let rows = statement.query_map([], |row| {
        (0..columns)
            .map(|column| {
                let value: rusqlite::types::Value = row.get(column)?;
                Ok(match value {
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    other => format!("{other:?}"),
                })
            })
            .collect::<Result<Vec<_>, _>>()
    });
    rows.unwrap().map(Result::unwrap).collect()
}

pub(crate) fn counts(data: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .args(["counts", "--format", "json", "--data"])
        .arg(data)
        .output()
        .unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

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
    for _ in 0..3 {
        let screen = kiosk.wait_for(&["question"]);
        let screen = answer(&display, &mut kiosk, &screen);
        tap(&display, &screen, "next");
    }
    let screen = kiosk.wait_for(&["results"]);
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

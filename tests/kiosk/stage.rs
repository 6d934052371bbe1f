//! The kiosk on a virtual screen, with a finger and keys, and a look at what it stores.

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

use crate::support::{PATIENCE, until};

/// A virtual screen, gone when dropped.
pub(crate) struct Display {
    server: Child,
    pub(crate) name: String,
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
    pub(super) child: Child,
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

/// Goes on from an answer, past the reason where that has a screen of its own.
pub(crate) fn go_on(display: &Display, kiosk: &mut Kiosk, feedback: &Value, to: &str) -> Value {
    if has(feedback, "next") {
        return kiosk.tap_through(display, feedback, "next", to);
    }
    let why = kiosk.tap_through(display, feedback, "why", "why");
    kiosk.tap_through(display, &why, "next", to)
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
pub(super) fn row(data: &Path, sql: &str) -> Vec<String> {
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

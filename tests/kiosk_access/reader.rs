//! A screen reader on a bus of its own: what it reads of the screen, and how it presses.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use tempfile::TempDir;

use crate::support::{PATIENCE, until};

/// A session bus of its own, gone when dropped, with all that was started on it.
pub(super) struct Bus {
    daemon: Child,
    address: String,
    _folder: TempDir,
}

impl Bus {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut daemon = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--print-address=1"])
            .env("XDG_RUNTIME_DIR", folder.path())
            .env_remove("DISPLAY")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed (make test does it)");
        let mut address = String::new();
        let mut out = BufReader::new(daemon.stdout.take().unwrap());
        out.read_line(&mut address).unwrap();
        Self {
            daemon,
            address: address.trim().to_owned(),
            _folder: folder,
        }
    }

    /// What a program on this bus is started under.
    pub(super) fn environment(&self) -> [String; 2] {
        let address = &self.address;
        [
            "env".to_owned(),
            format!("DBUS_SESSION_BUS_ADDRESS={address}"),
        ]
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        drop(self.daemon.kill());
        drop(self.daemon.wait());
    }
}

/// Something that is read.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Read {
    pub(super) role: String,
    pub(super) name: String,
    pub(super) says: String,
    pub(super) states: Vec<String>,
    pub(super) place: String,
    pub(super) of: String,
    pub(super) acts: u32,
}

impl Read {
    pub(super) fn is(&self, state: &str) -> bool {
        self.states.iter().any(|own| own == state)
    }

    pub(super) fn is_control(&self) -> bool {
        ["push button", "radio button", "check box"].contains(&self.role.as_str())
    }
}

/// What is on the screen, in order.
#[derive(PartialEq)]
pub(super) struct Page(pub(super) Vec<Read>);

impl Page {
    #[track_caller]
    pub(super) fn get(&self, role: &str, name: &str) -> &Read {
        let found = self
            .0
            .iter()
            .find(|one| one.role == role && one.name == name);
        found.unwrap_or_else(|| panic!("no {role} `{name}` in {:#?}", self.told()))
    }

    pub(super) fn has(&self, role: &str, name: &str) -> bool {
        self.0
            .iter()
            .any(|one| one.role == role && one.name == name)
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|one| one.name == name)
    }

    /// For people.
    pub(super) fn told(&self) -> Vec<String> {
        let tell = |one: &Read| format!("{} `{}` {:?}", one.role, one.name, one.states);
        self.0.iter().map(tell).collect()
    }

    /// Holds what must be true of every screen: every control has a name that no other one has,
    /// and can be pressed and reached.
    #[track_caller]
    pub(super) fn check(&self) {
        let controls: Vec<&Read> = self.0.iter().filter(|one| one.is_control()).collect();
        assert!(!controls.is_empty(), "{:#?}", self.told());
        for control in &controls {
            let same = controls.iter().filter(|other| other.name == control.name);
            assert_eq!(same.count(), 1, "`{}` in {:#?}", control.name, self.told());
            assert!(!control.name.trim().is_empty(), "{:#?}", self.told());
            assert_eq!(control.acts, 1, "{control:?}");
            assert!(control.is("focusable"), "{control:?}");
            let is_icon = |character| ('\u{E000}'..='\u{F8FF}').contains(&character);
            assert!(!control.name.contains(is_icon), "{control:?}");
        }
        let focused = self.0.iter().filter(|one| one.is("focused"));
        assert_eq!(focused.count(), 1, "{:#?}", self.told());
    }
}

/// The reader, killed when dropped.
pub(super) struct Reader {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Reader {
    pub(super) fn new(bus: &Bus) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kiosk_access/reader.py");
        // The system's own, which has the system's bindings.
        let mut child = Command::new("/usr/bin/python3")
            .arg(script)
            .env("DBUS_SESSION_BUS_ADDRESS", &bus.address)
            .env_remove("DISPLAY")
            .env_remove("AT_SPI_BUS_ADDRESS")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is installed (make test does it)");
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        Self {
            child,
            input,
            output,
        }
    }

    /// Nothing where the screen changed meanwhile.
    pub(super) fn ask<T: for<'a> Deserialize<'a>>(&mut self, line: &str) -> Option<T> {
        writeln!(self.input, "{line}").unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        serde_json::from_str(&answer).unwrap_or_else(|_| panic!("to `{line}`: `{answer}`"))
    }

    pub(super) fn page(&mut self) -> Option<Page> {
        self.ask("tree").map(Page)
    }

    /// What is on the screen, if it does not change while it is read, part by part.
    fn steady(&mut self) -> Option<Page> {
        let page = self.page()?;
        (self.page()? == page).then_some(page)
    }

    /// Reads until something is there.
    #[track_caller]
    pub(super) fn wait_for(&mut self, role: &str, name: &str) -> Page {
        let mut last = Vec::new();
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE {
            if let Some(page) = self.steady() {
                if page.has(role, name) {
                    return page;
                }
                last = page.told();
            }
            thread::sleep(Duration::from_millis(20));
        }
        panic!("waited in vain for {role} `{name}`: {last:#?}");
    }

    /// Presses a control until something is there; a press too soon after another one, or after a
    /// change of screen, does not count.
    #[track_caller]
    pub(super) fn press(&mut self, control: &str, there: impl Fn(&Page) -> bool) -> Page {
        let mut pressed: Option<Instant> = None;
        until(control, || {
            let page = self.steady()?;
            if there(&page) {
                return Some(page);
            }
            if pressed.is_none_or(|at| at.elapsed() > Duration::from_secs(5)) {
                thread::sleep(Duration::from_millis(450));
                self.ask::<bool>(&format!("press {control}"));
                pressed = Some(Instant::now());
            }
            None
        })
    }

    /// What was announced since it was asked last, each with how urgent it is.
    pub(super) fn heard(&mut self) -> Vec<(String, i32)> {
        self.ask("heard").unwrap()
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

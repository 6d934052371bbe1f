//! What several modules need: packs as text with one thing changed, banks made of short cards, and
//! a scanner that parts Rust code from its comments and literals.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use jiff::civil::{Date, date};
use kepu::{
    bank::{self, Audience, PackFiles, Problem, QuestionBank},
    locale::{Locales, values},
    packs::archive::FileEntry,
};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Longer than anything here takes on a slow machine without a graphics card.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Waits for a condition; never for a time.
#[track_caller]
pub(crate) fn until<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(value) = condition() {
            return value;
        }
        assert!(begin.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Waits until something is so, for at most half a minute.
pub(crate) fn comes_true(mut is_so: impl FnMut() -> bool) -> bool {
    let begun = Instant::now();
    while !is_so() {
        if begun.elapsed() > Duration::from_secs(30) {
            return false;
        }
        thread::sleep(Duration::from_millis(5));
    }
    true
}

/// The day on which packs are checked here; the sound pack is current on it.
pub(crate) const TODAY: Date = date(2026, 11, 22);

const PACK: &str = include_str!("bank/pack.ron");
const QUESTIONS: &str = include_str!("bank/questions.ron");

/// The text of a pack with two sound questions, a `Single` and a `TrueFalse`, to be broken.
#[derive(Clone, Debug)]
pub(crate) struct PackText {
    pub(crate) pack: String,
    pub(crate) questions: String,
}

impl PackText {
    pub(crate) fn sound() -> Self {
        Self {
            pack: PACK.to_owned(),
            questions: QUESTIONS.to_owned(),
        }
    }

    /// Changes one place, which must be the only one of its kind.
    #[track_caller]
    pub(crate) fn with(mut self, from: &str, to: &str) -> Self {
        let found = (
            self.pack.matches(from).count(),
            self.questions.matches(from).count(),
        );
        match found {
            (1, 0) => self.pack = self.pack.replace(from, to),
            (0, 1) => self.questions = self.questions.replace(from, to),
            _ => panic!("`{from}` is {found:?} times in the sound pack, not once"),
        }
        self
    }

    /// With dates that no test run will outlive.
    pub(crate) fn lasting(mut self) -> Self {
        for (from, to) in [("\"2026-", "\"2126-"), ("\"2027-", "\"2127-")] {
            self.questions = self.questions.replace(from, to);
        }
        self
    }

    pub(crate) fn files(&self) -> PackFiles {
        PackFiles {
            folder: PathBuf::from("sound"),
            pack: Ok(self.pack.clone().into_bytes()),
            questions: Ok(self.questions.clone().into_bytes()),
            narration: None,
            media: Vec::new(),
            pictures: BTreeMap::new(),
        }
    }

    /// Writes the pack as the folder `name`.
    pub(crate) fn write(&self, folder: &Path, name: &str) -> PathBuf {
        let folder = folder.join(name);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("pack.ron"), &self.pack).unwrap();
        fs::write(folder.join("questions.ron"), &self.questions).unwrap();
        folder
    }

    /// What the check finds in it.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        bank::load([self.files()], TODAY).1
    }
}

/// The codes of problems, in their order.
pub(crate) fn codes(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code).collect()
}

/// Han characters and the punctuation and forms that come with them.
pub(crate) fn is_chinese(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// Whether a text in a language has straight marks for quotation marks or apostrophes. Code has
/// them, and stands in backticks.
pub(crate) fn is_straight(language: &str, text: &str) -> bool {
    let straight: &[char] = if language.starts_with("zh") {
        &['"']
    } else {
        &['"', '\'']
    };
    text.split('`')
        .step_by(2)
        .any(|text| text.contains(straight))
}

/// A problem in words as `kepu check` says them: place, severity, sentence, and hint below.
pub(crate) fn told(locales: &Locales, language: &str, problem: &Problem) -> String {
    let args = values(&problem.args);
    let say = |attribute: &str| {
        let key = format!("check-{}{attribute}", problem.code);
        locales.format(language, &key, &args)
    };
    let file = problem.file.file_name().unwrap().to_string_lossy();
    let place = match &problem.place {
        Some(place) => format!("{file}:{}:{}", place.line, place.column),
        None => file.into_owned(),
    };
    let (severity, code) = (problem.severity, problem.code);
    let rule = problem
        .rule
        .map_or(String::new(), |rule| format!(" ({rule})"));
    format!(
        "{place}: {severity:?} {code}{rule}: {}\n{}",
        say(""),
        say(".hint")
    )
}

/// A file as a pack's manifest lists it.
pub(crate) fn listed(path: &str, content: &[u8]) -> FileEntry {
    let hash = Sha256::digest(content);
    FileEntry {
        path: path.to_owned(),
        size: content.len() as u64,
        sha256: hash.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// A question in short, for banks of many.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Card<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) audience: Audience,
    pub(crate) difficulty: u8,
    pub(crate) fact: &'a str,
    pub(crate) review_by: Date,
    pub(crate) ordered: bool,
    /// Id and text of each option; those that begin with `*` are right.
    pub(crate) options: &'a [(&'a str, &'a str)],
}

/// Three options in no order of their own.
pub(crate) const PLAIN: &[(&str, &str)] = &[("a", "Apple"), ("*b", "Bread"), ("c", "Cheese")];

/// The same with each of them right in turn, for packs so large that their keys must be spread.
pub(crate) const IN_TURN: [&[(&str, &str)]; 3] = [
    &[("*a", "Apple"), ("b", "Bread"), ("c", "Cheese")],
    PLAIN,
    &[("a", "Apple"), ("b", "Bread"), ("*c", "Cheese")],
];

impl Card<'_> {
    pub(crate) const SINGLE: Self = Card {
        id: "",
        kind: "Single",
        audience: Audience::General,
        difficulty: 1,
        fact: "",
        review_by: date(2027, 1, 1),
        ordered: false,
        options: PLAIN,
    };

    fn text(&self) -> String {
        let options: String = self
            .options
            .iter()
            .map(|(id, text)| {
                let right = id.starts_with('*');
                let id = id.trim_start_matches('*');
                let right = if right { ", correct: true" } else { "" };
                format!("Option(id: \"{id}\", text: {{ \"en\": \"{text}\" }}{right}),")
            })
            .collect();
        let fact = match self.fact {
            "" => String::new(),
            fact => format!("fact: \"{fact}\","),
        };
        let Self {
            id,
            kind,
            difficulty,
            review_by,
            ordered,
            ..
        } = self;
        let audience = self.audience.as_str();
        format!(
            "Question(id: \"{id}\", kind: {kind}, audiences: [{audience}], \
             difficulty: {difficulty}, {fact} ordered: {ordered}, prompt: {{ \"en\": \"Which one is it?\" }}, \
             options: [{options}], explanation: {{ \"en\": \"So it is.\" }}, \
             source: Source(title: {{ \"en\": \"A law\" }}, issuer: {{ \"en\": \"A house\" }}, \
             number: \"1\"), checked_on: \"2026-11-01\", review_by: \"{review_by}\"),\n"
        )
    }
}

/// A pack of cards on one topic.
pub(crate) fn deck(id: &str, topic: &str, cards: &[Card<'_>]) -> PackFiles {
    let questions: String = cards.iter().map(Card::text).collect();
    PackText {
        pack: format!(
            "Pack(format: 1, id: \"{id}\", version: 1, title: {{ \"en\": \"A pack\" }}, \
             topic: \"{topic}\", languages: [\"en\"], publisher: {{ \"en\": \"We\" }}, \
             licence: \"CC0-1.0\", reviewed_by: \"We\", reviewed_on: \"2026-11-01\")"
        ),
        questions: format!("[\n{questions}]"),
    }
    .files()
}

/// A bank of packs that must be sound.
#[track_caller]
pub(crate) fn bank_of(packs: impl IntoIterator<Item = PackFiles>) -> QuestionBank {
    let (bank, problems) = bank::load(packs, date(2026, 11, 2));
    assert_eq!(problems, []);
    bank
}

/// A Rust file, parted.
pub(crate) struct Source {
    /// From the repository's root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
    /// The text with comments left out and every literal emptied.
    pub(crate) code: String,
    /// Each string literal, with the code right before it.
    pub(crate) literals: Vec<Literal>,
}

/// A string literal.
pub(crate) struct Literal {
    pub(crate) value: String,
    /// Where it stood in [`Source::code`].
    pub(crate) at: usize,
}

impl Source {
    /// Every Rust file under a folder of the repository.
    pub(crate) fn all(folder: &str) -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders = vec![root.join(folder)];
        let mut sources = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                    let text = fs::read_to_string(&path).unwrap();
                    sources.push(Self::new(name.replace('\\', "/"), text));
                }
            }
        }
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        sources
    }

    fn new(path: String, text: String) -> Self {
        let mut code = String::new();
        let mut literals = Vec::new();
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let after = &rest[first.len_utf8()..];
            if rest.starts_with("//") {
                rest = rest.find('\n').map_or("", |end| &rest[end..]);
            } else if rest.starts_with("/*") {
                rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
            } else if let Some((value, left)) = raw_string(rest, &code).or_else(|| string(rest)) {
                literals.push(Literal {
                    value,
                    at: code.len(),
                });
                code.push_str("\"\"");
                rest = left;
            } else if let Some(left) = character(rest) {
                code.push_str("' '");
                rest = left;
            } else {
                code.push(first);
                rest = after;
            }
        }
        Self {
            path,
            text,
            code,
            literals,
        }
    }

    /// The code before its unit tests.
    pub(crate) fn product(&self) -> &str {
        let end = self.code.find("#[cfg(test)]").unwrap_or(self.code.len());
        &self.code[..end]
    }

    /// The literals before the unit tests.
    pub(crate) fn product_literals(&self) -> impl Iterator<Item = &Literal> {
        let end = self.product().len();
        self.literals.iter().filter(move |literal| literal.at < end)
    }

    /// The top-level module that a file of `src` belongs to.
    pub(crate) fn module(&self) -> &str {
        let path = self.path.trim_start_matches("src/");
        path.split(['/', '.']).next().unwrap()
    }
}

/// `r"…"`, `r#"…"#` and so on, unless the `r` ends a name.
fn raw_string<'a>(rest: &'a str, before: &str) -> Option<(String, &'a str)> {
    let in_a_name = |last: char| last.is_alphanumeric() || last == '_';
    if before.ends_with(in_a_name) && !before.ends_with('b') {
        return None;
    }
    let body = rest.strip_prefix('r')?;
    let hashes = body.len() - body.trim_start_matches('#').len();
    let body = body[hashes..].strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let at = body.find(&end)?;
    Some((body[..at].to_owned(), &body[at + end.len()..]))
}

/// `"…"`; escapes stay as they are written.
fn string(rest: &str) -> Option<(String, &str)> {
    let body = rest.strip_prefix('"')?;
    let mut escaped = false;
    for (at, character) in body.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some((body[..at].to_owned(), &body[at + 1..])),
            _ => {}
        }
    }
    None
}

/// `'x'`, `'\n'` or `'\u{…}'`, which a lifetime is not.
fn character(rest: &str) -> Option<&str> {
    let body = rest.strip_prefix('\'')?;
    if let Some(escape) = body.strip_prefix('\\') {
        let first = escape.chars().next()?;
        let left = &escape[first.len_utf8()..];
        return left.find('\'').map(|end| &left[end + 1..]);
    }
    let first = body.chars().next()?;
    body[first.len_utf8()..].strip_prefix('\'')
}

/// A small disk of its own, in memory.
pub(crate) struct SmallDisk(TempDir);

impl SmallDisk {
    /// `None`, said aloud, where this user may mount nothing.
    pub(crate) fn new(megabytes: u32) -> Option<Self> {
        let disk = Self(TempDir::new().unwrap());
        let size = format!("size={megabytes}m");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(disk.0.path())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(disk);
        }
        // Past the capture of tests: whoever runs them shall know.
        let said = io::stderr().write_all(b"SKIPPED: only root may mount a small disk\n");
        said.unwrap();
        None
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Lets nobody write, or everybody again.
    #[cfg(feature = "kiosk")]
    pub(crate) fn write_protect(&self, protected: bool) {
        let how = if protected {
            "remount,ro"
        } else {
            "remount,rw"
        };
        // What is open for writing does not stop it when it is forced.
        let done = Command::new("mount")
            .args(["-o", how])
            .arg(self.path())
            .status();
        assert!(done.unwrap().success());
    }

    /// Writes until nothing more goes in.
    pub(crate) fn fill(&self) {
        let mut rest = File::create(self.0.path().join("rest")).unwrap();
        for size in [1 << 16, 1 << 12, 1] {
            while rest.write_all(&vec![1; size]).is_ok() {}
        }
    }

    pub(crate) fn clear(&self) {
        fs::remove_file(self.0.path().join("rest")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Somebody may still be about to close a file there.
        drop(Command::new("umount").arg("-l").arg(self.0.path()).status());
    }
}

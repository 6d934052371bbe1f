//! A pack's files and what could be read of them, and the notes on what is wrong there.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use crate::bank::problem::{Arg, CODES, Lines, Place, Problem, Severity};
use crate::bank::source::{self, Given, Mistake, Step, What};
use crate::files;

/// A file's text and where it lies.
pub(super) struct SourceFile {
    pub(super) path: PathBuf,
    pub(super) lines: Lines,
}

impl SourceFile {
    pub(super) fn read(
        path: PathBuf,
        bytes: Result<Vec<u8>, files::Error>,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let mut refuse = |code, place, args| {
            problems.push(problem(code, path.clone(), place, None, args));
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                match error.cause {
                    files::Cause::TooLarge { limit } => {
                        let limit = limit / 1024 / 1024;
                        refuse(
                            "file-too-large",
                            None,
                            vec![("limit", Arg::Number(limit.cast_signed()))],
                        );
                    }
                    files::Cause::Io(io) if io.kind() == std::io::ErrorKind::NotFound => {
                        refuse("file-missing", None, Vec::new());
                    }
                    files::Cause::Io(io) => {
                        refuse(
                            "file-unreadable",
                            None,
                            vec![("reason", io.to_string().into())],
                        );
                    }
                }
                return None;
            }
        };
        // A byte order mark is what some editors put there; nobody can see it.
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
        let lines = match str::from_utf8(bytes) {
            Ok(text) => Lines::new(text.into()),
            Err(error) => {
                let sound = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let text: Arc<str> = String::from_utf8_lossy(bytes).into();
                let place = Lines::new(text).place(sound.len(), sound.len() + 1);
                refuse("not-utf8", Some(place), Vec::new());
                return None;
            }
        };
        let extended = ron::Deserializer::from_str(lines.text())
            .is_ok_and(|deserializer| !deserializer.extensions().is_empty());
        if extended {
            let at = lines.text().find("#!").unwrap_or(0);
            refuse("extension", Some(lines.place(at, at + 2)), Vec::new());
            return None;
        }
        Some(Self { path, lines })
    }

    pub(super) fn text(&self) -> &str {
        self.lines.text()
    }

    pub(super) fn place(&self, at: Range<usize>) -> Place {
        self.lines.place(at.start, at.end)
    }

    pub(super) fn mistake(&self, mistake: Mistake, question: Option<String>) -> Problem {
        let (code, args): (_, Vec<(_, Arg)>) = match mistake.what {
            What::UnknownField { name, meant } => (
                "unknown-field",
                vec![
                    ("name", name.into()),
                    ("meant", meant.unwrap_or("none").into()),
                ],
            ),
            What::DuplicateField { name } => ("duplicate-field", vec![("name", name.into())]),
            What::UnknownValue {
                value,
                allowed,
                meant,
            } => (
                "unknown-value",
                vec![
                    ("value", value.into()),
                    ("allowed", allowed.into()),
                    ("meant", meant.unwrap_or("none").into()),
                ],
            ),
            What::Unreadable {
                reason: ron::Error::ExceededRecursionLimit,
            } => ("nesting", Vec::new()),
            What::Unreadable { reason } => ("syntax", vec![("reason", reason.to_string().into())]),
        };
        problem(
            code,
            self.path.clone(),
            Some(self.place(mistake.at)),
            question,
            args,
        )
    }
}

pub(in crate::bank) fn problem(
    code: &'static str,
    file: PathBuf,
    place: Option<Place>,
    question: Option<String>,
    args: Vec<(&'static str, Arg)>,
) -> Problem {
    let known = CODES.iter().find(|(known, ..)| *known == code);
    debug_assert!(known.is_some(), "`{code}` is not in the list of codes");
    Problem {
        severity: known.map_or(Severity::Error, |(.., severity)| *severity),
        rule: known.and_then(|(_, rule, _)| *rule),
        code,
        file,
        place,
        question,
        args,
    }
}

/// What was read of one `(…)` in a file: the value, and what is needed to complain of it.
pub(super) struct Read<'a, T> {
    pub(super) value: T,
    pub(super) slice: &'a str,
    pub(super) shape: &'static source::Shape,
    /// Fields that a structural mistake took away; that they are missing is no news.
    pub(super) dropped: Vec<String>,
}

/// Reads one struct, the slow way when the quick one fails.
pub(super) fn read_struct<'a, T: for<'de> serde::Deserialize<'de>>(
    file: &'a SourceFile,
    slice: &'a str,
    shape: &'static source::Shape,
    mistakes: &mut Vec<Mistake>,
) -> Option<Read<'a, T>> {
    let quick = ron::from_str(slice);
    let (value, dropped) = match quick {
        Ok(value) => (value, Vec::new()),
        Err(error) => {
            let before = mistakes.len();
            let salvage = source::diagnose(file.text(), slice, shape, mistakes)?;
            if mistakes.len() == before {
                // The walk found nothing: what serde said is the best there is.
                mistakes.push(source::mistake(file.text(), slice, error));
            }
            (ron::from_str(&salvage.text).ok()?, salvage.dropped)
        }
    };
    Some(Read {
        value,
        slice,
        shape,
        dropped,
    })
}

/// Collects problems about one struct, each located by a path of steps.
pub(super) struct Findings<'a, T> {
    pub(super) file: &'a SourceFile,
    pub(super) read: &'a Read<'a, T>,
    pub(super) question: Option<String>,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl<T> Findings<'_, T> {
    pub(super) fn add<const N: usize>(
        &mut self,
        code: &'static str,
        path: &[Step<'_>],
        args: [(&'static str, Arg); N],
    ) {
        let at = source::locate(self.file.text(), self.read.slice, self.read.shape, path);
        self.problems.push(problem(
            code,
            self.file.path.clone(),
            Some(self.file.place(at)),
            self.question.clone(),
            args.into(),
        ));
    }

    /// Whether a structural mistake, already named, took this field away.
    pub(super) fn is_dropped(&self, path: &[Step<'_>]) -> bool {
        self.read.dropped.contains(&source::path_name(path))
    }

    /// The value of a field that must be there.
    pub(super) fn required<'v, V>(
        &mut self,
        given: &'v Given<V>,
        path: &[Step<'_>],
        code: &'static str,
    ) -> Option<&'v V> {
        if given.0.is_none()
            && let Some(Step::Field(name)) = path.last()
            && !self.is_dropped(path)
        {
            let name: Arg = (*name).into();
            self.add(code, path, [("name", name)]);
        }
        given.0.as_ref()
    }

    pub(super) fn id(&mut self, given: &Given<String>, path: &[Step<'_>]) -> Option<String> {
        let id = self.required(given, path, "missing-field")?;
        let fits = (1..=64).contains(&id.len())
            && id
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if fits {
            return Some(id.clone());
        }
        self.add("bad-id", path, [("value", id.as_str().into())]);
        None
    }

    pub(super) fn date(&mut self, given: &Given<String>, path: &[Step<'_>]) -> Option<Date> {
        let text = self.required(given, path, "missing-source-field")?;
        self.parse_date(text, path)
    }

    pub(super) fn parse_date(&mut self, text: &str, path: &[Step<'_>]) -> Option<Date> {
        // Only the plain form: jiff would also take times and annotations.
        let date = (text.len() == 10).then(|| text.parse().ok()).flatten();
        if date.is_none() {
            self.add("bad-date", path, [("value", text.into())]);
        }
        date
    }

    pub(super) fn plain_text(
        &mut self,
        given: &Given<String>,
        path: &[Step<'_>],
    ) -> Option<String> {
        let text = given.0.as_ref()?;
        if text.trim().is_empty() {
            self.add("empty-text", path, []);
        }
        self.glyphs(text, path);
        Some(text.clone())
    }
}

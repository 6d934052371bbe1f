//! A pack's files and what could be read of them, and the notes on what is wrong there.

use std::cell::OnceCell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::bank::problem::{Arg, CODES, Lines, Place, Problem, Severity};
use crate::bank::source::{self, Given, Mistake, Step, What};
use crate::files;

/// The most problems that are named of one pack: nobody reads more, and a hostile file could have
/// hundreds of thousands.
const MOST_PROBLEMS: usize = 1000;

/// What was found wrong with one pack.
#[derive(Default)]
pub(super) struct Problems {
    named: Vec<Problem>,
    unnamed: usize,
    refused: bool,
}

impl Problems {
    /// Notes a problem. It is only put together (its place has to be looked for) when it is among
    /// those that are named.
    pub(super) fn note(&mut self, code: &'static str, whole: impl FnOnce(Known) -> Problem) {
        let known = Known::of(code);
        self.refused |= known.severity == Severity::Error;
        if self.named.len() < MOST_PROBLEMS {
            self.named.push(whole(known));
        } else {
            self.unnamed += 1;
        }
    }

    /// Notes a problem of a whole file or folder, or of a known place in it.
    pub(super) fn note_at(
        &mut self,
        code: &'static str,
        file: &Path,
        place: Option<Place>,
        args: Vec<(&'static str, Arg)>,
    ) {
        self.note(code, |known| {
            known.problem(file.to_owned(), place, None, args)
        });
    }

    /// Whether anything found refuses the pack.
    pub(super) fn refuse(&self) -> bool {
        self.refused
    }

    /// All that is named, and how many more there are.
    pub(super) fn into_named(mut self, folder: &Path) -> Vec<Problem> {
        if self.unnamed > 0 {
            let args = vec![("more", self.unnamed.into())];
            let last = Known::of("more-problems").problem(folder.to_owned(), None, None, args);
            self.named.push(last);
        }
        self.named
    }
}

/// A code with what the list of codes says of it.
#[derive(Clone, Copy)]
pub(super) struct Known {
    code: &'static str,
    rule: Option<&'static str>,
    severity: Severity,
}

impl Known {
    fn of(code: &'static str) -> Self {
        let known = CODES.iter().find(|(known, ..)| *known == code);
        debug_assert!(known.is_some(), "`{code}` is not in the list of codes");
        Self {
            code,
            rule: known.and_then(|(_, rule, _)| *rule),
            severity: known.map_or(Severity::Error, |(.., severity)| *severity),
        }
    }

    fn problem(
        self,
        file: PathBuf,
        place: Option<Place>,
        question: Option<String>,
        args: Vec<(&'static str, Arg)>,
    ) -> Problem {
        Problem {
            severity: self.severity,
            code: self.code,
            rule: self.rule,
            file,
            place,
            question,
            args,
        }
    }
}

/// A problem found after the check of its pack, when places are known no more.
pub(in crate::bank) fn problem(
    code: &'static str,
    file: PathBuf,
    question: Option<String>,
    args: Vec<(&'static str, Arg)>,
) -> Problem {
    Known::of(code).problem(file, None, question, args)
}

/// A file's text and where it lies.
pub(super) struct SourceFile {
    pub(super) path: PathBuf,
    lines: Lines,
    /// The list's entries as bytes of the text, looked for when the first one is asked for.
    entries: OnceCell<Result<Vec<Range<usize>>, Mistake>>,
}

/// Which part of a file a value was read from.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// An entry of the list that the file is.
    Entry(usize),
}

impl SourceFile {
    pub(super) fn read(
        path: PathBuf,
        bytes: Result<Vec<u8>, files::Error>,
        problems: &mut Problems,
    ) -> Option<Self> {
        let mut refuse = |code, place, args| problems.note_at(code, &path, place, args);
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
        Some(Self {
            path,
            lines,
            entries: OnceCell::new(),
        })
    }

    /// The entries of the list that the file is; a mistake when it is none.
    pub(super) fn entries(&self) -> Result<&[Range<usize>], &Mistake> {
        let entries = self.entries.get_or_init(|| {
            let slices = source::entries(self.text())?;
            Ok(slices
                .into_iter()
                .map(|slice| source::range_of(self.text(), slice))
                .collect())
        });
        entries.as_deref()
    }

    /// The text of a part.
    pub(super) fn slice(&self, part: Part) -> &str {
        let entry = |index: usize| self.text().get(self.entries().ok()?.get(index)?.clone());
        match part {
            Part::Whole => self.text(),
            Part::Entry(index) => entry(index).unwrap_or(self.text()),
        }
    }

    pub(super) fn text(&self) -> &str {
        self.lines.text()
    }

    pub(super) fn place(&self, at: Range<usize>) -> Place {
        self.lines.place(at.start, at.end)
    }

    /// Notes a structural mistake.
    pub(super) fn mistake(
        &self,
        mistake: Mistake,
        question: Option<String>,
        problems: &mut Problems,
    ) {
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
        problems.note(code, |known| {
            let place = Some(self.place(mistake.at));
            known.problem(self.path.clone(), place, question, args)
        });
    }
}

/// What was read of one `(…)` in a file: the value, and what is needed to complain of it.
pub(super) struct Read<T> {
    pub(super) value: T,
    pub(super) part: Part,
    pub(super) shape: &'static source::Shape,
    /// Fields that a structural mistake took away; that they are missing is no news.
    pub(super) dropped: Vec<String>,
}

impl<T> Read<T> {
    /// What was read without any mistake.
    pub(super) fn sound(value: T, part: Part, shape: &'static source::Shape) -> Self {
        Self {
            value,
            part,
            shape,
            dropped: Vec::new(),
        }
    }
}

/// Reads one struct, the slow way when the quick one fails.
pub(super) fn read_struct<T: for<'de> serde::Deserialize<'de>>(
    file: &SourceFile,
    part: Part,
    shape: &'static source::Shape,
    mistakes: &mut Vec<Mistake>,
) -> Option<Read<T>> {
    let slice = file.slice(part);
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
        part,
        shape,
        dropped,
    })
}

/// Collects problems about one struct, each located by a path of steps.
pub(super) struct Findings<'a, T> {
    pub(super) file: &'a SourceFile,
    pub(super) read: &'a Read<T>,
    pub(super) question: Option<&'a str>,
    pub(super) problems: &'a mut Problems,
}

impl<T> Findings<'_, T> {
    pub(super) fn add<const N: usize>(
        &mut self,
        code: &'static str,
        path: &[Step<'_>],
        args: [(&'static str, Arg); N],
    ) {
        self.add_all(code, path, args.into());
    }

    pub(super) fn add_all(
        &mut self,
        code: &'static str,
        path: &[Step<'_>],
        args: Vec<(&'static str, Arg)>,
    ) {
        let (file, read, question) = (self.file, self.read, self.question);
        self.problems.note(code, |known| {
            let at = source::locate(file.text(), file.slice(read.part), read.shape, path);
            let question = question.map(ToOwned::to_owned);
            known.problem(file.path.clone(), Some(file.place(at)), question, args)
        });
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

    /// 1, 2 or 3.
    pub(super) fn difficulty(&mut self, given: &Given<u32>, path: &[Step<'_>]) -> Option<u8> {
        let given = *self.required(given, path, "missing-field")?;
        let known = u8::try_from(given)
            .ok()
            .filter(|given| (1..=3).contains(given));
        if known.is_none() {
            self.add("difficulty", path, []);
        }
        known
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
        self.glyphs("", text, path);
        Some(text.clone())
    }
}

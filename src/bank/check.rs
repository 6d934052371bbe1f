//! From the source form to questions that cannot be wrong, noting every problem on the way.
//!
//! The numbers of the rules (Q03, …) are those of the project's item-writing checklist.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};
use std::path::PathBuf;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::problem::{Arg, CODES, Lines, Place, Problem, Severity};
use super::source::{self, Given, Mistake, Step, Texts, What};
use super::{Audience, Choice, Kind, Localised, Pack, PackFiles, PackInfo, Question, Source};
use crate::files;

/// How many options a `Single` question offers (rule Q04; Rodriguez 2005: three are enough).
pub const SINGLE_OPTIONS: RangeInclusive<usize> = 3..=4;

/// How many options a `Multi` question offers (rule Q04).
pub const MULTI_OPTIONS: RangeInclusive<usize> = 4..=5;

/// The most months between the check of a question and its review (content rules, 3.0).
pub const REVIEW_MONTHS: i32 = 12;

/// The most problems that are named of one pack: nobody reads more, and a hostile file could have
/// hundreds of thousands.
const MOST_PROBLEMS: usize = 1000;

/// Checks one pack. The pack comes back only when nothing found is an error.
pub(super) fn pack(files: PackFiles, today: Date) -> (Option<Pack>, Vec<Problem>) {
    let mut problems = Vec::new();
    let (info, languages) =
        SourceFile::read(files.folder.join("pack.ron"), files.pack, &mut problems)
            .map_or((None, None), |file| read_info(&file, &mut problems));
    let file = SourceFile::read(
        files.folder.join("questions.ron"),
        files.questions,
        &mut problems,
    );
    // Without a sound `pack.ron` the questions are still read, so that one run names everything.
    let pack = file.and_then(|file| {
        let read = read_questions(&file, languages, &mut problems)?;
        check_pack(&file, info, &read, today, &mut problems)
    });
    let refused = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    if problems.len() > MOST_PROBLEMS {
        let more = problems.len() - MOST_PROBLEMS;
        problems.truncate(MOST_PROBLEMS);
        let args = vec![("more", more.into())];
        problems.push(problem("more-problems", files.folder, None, None, args));
    }
    (pack.filter(|_| !refused), problems)
}

/// A file's text and where it lies.
struct SourceFile {
    path: PathBuf,
    lines: Lines,
}

impl SourceFile {
    fn read(
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

    fn text(&self) -> &str {
        self.lines.text()
    }

    fn place(&self, at: Range<usize>) -> Place {
        self.lines.place(at.start, at.end)
    }

    fn mistake(&self, mistake: Mistake, question: Option<String>) -> Problem {
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

fn problem(
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
struct Read<'a, T> {
    value: T,
    slice: &'a str,
    shape: &'static source::Shape,
    /// Fields that a structural mistake took away; that they are missing is no news.
    dropped: Vec<String>,
}

/// Reads one struct, the slow way when the quick one fails.
fn read_struct<'a, T: for<'de> serde::Deserialize<'de>>(
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
struct Findings<'a, T> {
    file: &'a SourceFile,
    read: &'a Read<'a, T>,
    question: Option<String>,
    problems: &'a mut Vec<Problem>,
}

impl<T> Findings<'_, T> {
    fn add<const N: usize>(
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
    fn is_dropped(&self, path: &[Step<'_>]) -> bool {
        self.read.dropped.contains(&source::path_name(path))
    }

    /// The value of a field that must be there.
    fn required<'v, V>(
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

    fn id(&mut self, given: &Given<String>, path: &[Step<'_>]) -> Option<String> {
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

    fn date(&mut self, given: &Given<String>, path: &[Step<'_>]) -> Option<Date> {
        let text = self.required(given, path, "missing-source-field")?;
        self.parse_date(text, path)
    }

    fn parse_date(&mut self, text: &str, path: &[Step<'_>]) -> Option<Date> {
        // Only the plain form: jiff would also take times and annotations.
        let date = (text.len() == 10).then(|| text.parse().ok()).flatten();
        if date.is_none() {
            self.add("bad-date", path, [("value", text.into())]);
        }
        date
    }

    fn plain_text(&mut self, given: &Given<String>, path: &[Step<'_>]) -> Option<String> {
        let text = given.0.as_ref()?;
        if text.trim().is_empty() {
            self.add("empty-text", path, []);
        }
        Some(text.clone())
    }

    /// A text in every language of the pack, with the same numbers in each (Q21).
    fn texts(
        &mut self,
        given: Option<&Texts>,
        languages: &Languages,
        path: &[Step<'_>],
    ) -> Option<Localised> {
        let given = given?;
        let mut by_language: BTreeMap<Arc<str>, String> = BTreeMap::new();
        for (language, text) in &given.0 {
            let at = [path, &[Step::Language(language)]].concat();
            if text.trim().is_empty() {
                self.add("empty-text", &at, []);
            }
            match &languages.declared {
                Some(declared) if !declared.iter().any(|own| **own == **language) => {
                    self.add(
                        "extra-language",
                        &at,
                        [("language", language.as_str().into())],
                    );
                }
                _ => {}
            }
            let before = by_language.insert(language.as_str().into(), text.clone());
            if before.is_some() {
                self.add(
                    "duplicate-language",
                    &at,
                    [("language", language.as_str().into())],
                );
            }
        }
        let mut complete = true;
        for language in languages.declared.iter().flatten() {
            if !by_language.contains_key(language) {
                complete = false;
                self.add(
                    "missing-language",
                    path,
                    [("language", language.as_ref().into())],
                );
            }
        }
        self.parity(&by_language, path);
        let fallback = languages.declared.as_ref()?.first()?.clone();
        complete.then_some(Localised {
            by_language,
            fallback,
        })
    }

    fn parity(&mut self, texts: &BTreeMap<Arc<str>, String>, path: &[Step<'_>]) {
        let mut texts = texts.iter().filter(|(_, text)| !text.trim().is_empty());
        let Some((first_language, first)) = texts.next() else {
            return;
        };
        let first = quantities(first);
        for (language, text) in texts {
            let other = quantities(text);
            let at = [path, &[Step::Language(language)]].concat();
            let numbers = |all: &BTreeMap<String, BTreeSet<_>>| {
                all.keys().cloned().collect::<Vec<_>>().join(", ")
            };
            let name = |language: &Arc<str>| Arg::from(&**language);
            if numbers(&first) != numbers(&other) {
                let or_dash = |list: String| {
                    if list.is_empty() {
                        "–".to_owned()
                    } else {
                        list
                    }
                };
                self.add(
                    "numbers-differ",
                    &at,
                    [
                        ("language", name(language)),
                        ("numbers", or_dash(numbers(&other)).into()),
                        ("other-language", name(first_language)),
                        ("other-numbers", or_dash(numbers(&first)).into()),
                    ],
                );
                continue;
            }
            let differing = first.iter().find(|(number, units)| {
                other.get(*number).is_some_and(|others| {
                    !units.is_empty() && !others.is_empty() && *units != others
                })
            });
            if let Some((number, _)) = differing {
                self.add(
                    "units-differ",
                    &at,
                    [
                        ("number", number.as_str().into()),
                        ("language", name(language)),
                        ("other-language", name(first_language)),
                    ],
                );
            }
        }
    }
}

/// The languages that a pack says it has; unknown while its `pack.ron` cannot be read.
#[derive(Clone)]
struct Languages {
    declared: Option<Vec<Arc<str>>>,
}

/// The numbers in a text, each with the units that follow it, as far as they are known ones.
fn quantities(text: &str) -> BTreeMap<String, BTreeSet<&'static str>> {
    /// Chinese and English words for one unit; longer ones before those that they begin with.
    const UNITS: &[(&str, &[&str])] = &[
        ("kg", &["千克", "公斤", "kg", "kilogram"]),
        ("mg", &["毫克", "mg", "milligram"]),
        ("ml", &["毫升", "ml", "millilit"]),
        ("mm", &["毫米", "mm", "millimet"]),
        ("cm", &["厘米", "cm", "centimet"]),
        ("km", &["千米", "公里", "km", "kilomet"]),
        ("min", &["分钟", "min"]),
        ("h", &["小时", "hour"]),
        ("s", &["秒", "second"]),
        ("week", &["周内", "星期", "week"]),
        ("year", &["周岁", "岁", "年", "year"]),
        ("month", &["个月", "month"]),
        ("day", &["天", "日", "day"]),
        ("deg", &["℃", "°C", "摄氏度", "degree"]),
        ("percent", &["%", "％", "percent", "per cent"]),
        ("g", &["克", "gram", "g "]),
        ("m", &["米", "metre", "meter"]),
        ("l", &["升", "litre", "liter"]),
    ];
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_digit) {
        rest = rest.get(start..).unwrap_or_default();
        let mut number = String::new();
        let mut end = 0;
        let mut characters = rest.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let before_digit = characters.peek().is_some_and(|(_, next)| is_digit(*next));
            if let Some(digit) = digit(character) {
                number.push(digit);
            } else if before_digit && (character == '.' || character == ':') {
                number.push(character);
            } else if before_digit && (character == ',' || character == ' ') && thousands(rest, at)
            {
                // 8,432 and 8 432 are one number.
            } else {
                break;
            }
            end = at + character.len_utf8();
        }
        rest = rest.get(end..).unwrap_or_default();
        let after = rest.trim_start_matches([' ', '-', '\u{a0}']);
        let unit = UNITS
            .iter()
            .find(|(_, words)| words.iter().any(|word| after.starts_with(word)));
        found
            .entry(number)
            .or_default()
            .extend(unit.map(|(name, _)| *name));
    }
    found
}

fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        // Full-width forms, as Chinese input methods make them.
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

fn is_digit(character: char) -> bool {
    digit(character).is_some()
}

/// Whether exactly three digits follow the separator at `at`.
fn thousands(text: &str, at: usize) -> bool {
    let after: Vec<char> = text
        .chars()
        .skip(text.get(..at).map_or(0, |before| before.chars().count()) + 1)
        .take(4)
        .collect();
    after.len() >= 3
        && after.iter().take(3).copied().all(is_digit)
        && !after.get(3).copied().is_some_and(is_digit)
}

/// Reads and checks `pack.ron`: the pack, and its languages even when something else is wrong.
fn read_info(
    file: &SourceFile,
    problems: &mut Vec<Problem>,
) -> (Option<PackInfo>, Option<Vec<Arc<str>>>) {
    let mut mistakes = Vec::new();
    let read: Option<Read<'_, source::Pack>> =
        read_struct(file, file.text(), &source::PACK, &mut mistakes);
    problems.extend(
        mistakes
            .into_iter()
            .map(|mistake| file.mistake(mistake, None)),
    );
    let Some(read) = read else {
        return (None, None);
    };
    let mut findings = Findings {
        file,
        read: &read,
        question: None,
        problems,
    };
    let pack = &read.value;
    let field = |name| [Step::Field(name)];

    if let Some(format) = findings.required(&pack.format, &field("format"), "missing-field")
        && *format > super::FORMAT
    {
        let (format, newest) = (
            Arg::Number((*format).into()),
            Arg::Number(super::FORMAT.into()),
        );
        findings.add(
            "format-too-new",
            &field("format"),
            [("format", format), ("newest", newest)],
        );
    }
    let id = findings.id(&pack.id, &field("id"));
    let version = findings.required(&pack.version, &field("version"), "missing-field");
    if version == Some(&0) {
        findings.add("bad-version", &field("version"), []);
    }
    let topic = findings.id(&pack.topic, &field("topic"));
    for (name, given) in [
        ("licence", &pack.licence),
        ("reviewed_by", &pack.reviewed_by),
    ] {
        findings.required(given, &field(name), "missing-field");
        findings.plain_text(given, &field(name));
    }
    if findings
        .required(&pack.reviewed_on, &field("reviewed_on"), "missing-field")
        .is_some()
    {
        findings.date(&pack.reviewed_on, &field("reviewed_on"));
    }
    let languages = read_languages(&pack.languages, &mut findings);
    let known = Languages {
        declared: languages.clone(),
    };
    let title = findings.required(&pack.title, &field("title"), "missing-field");
    let title = findings.texts(title, &known, &field("title"));
    let publisher = findings.required(&pack.publisher, &field("publisher"), "missing-field");
    let publisher = findings.texts(publisher, &known, &field("publisher"));
    let info = (|| {
        Some(PackInfo {
            id: id?,
            version: *version?,
            title: title?,
            topic: topic?,
            languages: languages.clone()?,
            publisher: publisher?,
        })
    })();
    (info, languages)
}

fn read_languages<T>(
    given: &Given<Vec<String>>,
    findings: &mut Findings<'_, T>,
) -> Option<Vec<Arc<str>>> {
    let path = [Step::Field("languages")];
    let tags = findings.required(given, &path, "missing-field")?;
    if tags.is_empty() {
        findings.add("empty-list", &path, [("name", "languages".into())]);
        return None;
    }
    let mut languages: Vec<Arc<str>> = Vec::new();
    for (index, tag) in tags.iter().enumerate() {
        let at = [path[0], Step::Entry(index)];
        let canonical = tag.parse::<unic_langid::LanguageIdentifier>();
        if canonical.is_ok_and(|canonical| canonical.to_string() == *tag) {
            if languages.iter().any(|known| **known == **tag) {
                findings.add(
                    "duplicate-language",
                    &at,
                    [("language", tag.as_str().into())],
                );
            } else {
                languages.push(tag.as_str().into());
            }
        } else {
            findings.add("bad-language", &at, [("value", tag.as_str().into())]);
        }
    }
    Some(languages)
}

/// What `questions.ron` holds: the questions that could be read at all, each with its findings.
struct Questions<'a> {
    read: Vec<Read<'a, source::Question>>,
    languages: Languages,
}

fn read_questions<'a>(
    file: &'a SourceFile,
    languages: Option<Vec<Arc<str>>>,
    problems: &mut Vec<Problem>,
) -> Option<Questions<'a>> {
    let languages = Languages {
        declared: languages,
    };
    let entries = match source::entries(file.text()) {
        Ok(entries) => entries,
        Err(mistake) => {
            problems.push(file.mistake(mistake, None));
            return None;
        }
    };
    if entries.is_empty() {
        let at = file.place(0..1);
        problems.push(problem(
            "empty-pack",
            file.path.clone(),
            Some(at),
            None,
            Vec::new(),
        ));
    }
    let mut read = Vec::new();
    for slice in entries {
        let mut mistakes = Vec::new();
        let question: Option<Read<'_, source::Question>> =
            read_struct(file, slice, &source::QUESTION, &mut mistakes);
        let id = question
            .as_ref()
            .and_then(|question| question.value.id.0.clone());
        problems.extend(
            mistakes
                .into_iter()
                .map(|mistake| file.mistake(mistake, id.clone())),
        );
        read.extend(question);
    }
    Some(Questions { read, languages })
}

fn check_pack(
    file: &SourceFile,
    info: Option<PackInfo>,
    questions: &Questions<'_>,
    today: Date,
    problems: &mut Vec<Problem>,
) -> Option<Pack> {
    let info = info.map(Arc::new);
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut sound = Vec::new();
    for read in &questions.read {
        let mut findings = Findings {
            file,
            read,
            question: read.value.id.0.clone(),
            problems,
        };
        let question = check_question(&mut findings, info.as_ref(), &questions.languages, today);
        if let Some(id) = &read.value.id.0
            && !ids.insert(id.clone())
        {
            findings.add("duplicate-question", &[Step::Field("id")], []);
        }
        sound.extend(question.map(Arc::new));
    }
    if !sound.is_empty() && sound.iter().all(|question| !question.is_current(today)) {
        problems.push(problem(
            "none-current",
            file.path.clone(),
            None,
            None,
            Vec::new(),
        ));
    }
    Some(Pack {
        info: info?,
        questions: sound,
    })
}

fn check_question(
    findings: &mut Findings<'_, source::Question>,
    info: Option<&Arc<PackInfo>>,
    languages: &Languages,
    today: Date,
) -> Option<Question> {
    let question = &findings.read.value;
    let field = |name| [Step::Field(name)];

    let id = findings.id(&question.id, &field("id"));
    let kind = findings
        .required(&question.kind, &field("kind"), "missing-field")
        .map(|kind| match kind {
            source::Kind::Single => Kind::Single,
            source::Kind::TrueFalse => Kind::TrueFalse,
            source::Kind::Multi => Kind::Multi,
        });
    let audiences = findings.required(&question.audiences, &field("audiences"), "missing-field");
    if audiences.is_some_and(Vec::is_empty) {
        findings.add(
            "empty-list",
            &field("audiences"),
            [("name", "audiences".into())],
        );
    }
    let difficulty = findings
        .required(&question.difficulty, &field("difficulty"), "missing-field")
        .and_then(|given| {
            u8::try_from(*given)
                .ok()
                .filter(|given| (1..=3).contains(given))
        });
    if difficulty.is_none() && question.difficulty.0.is_some() {
        findings.add("difficulty", &field("difficulty"), []);
    }
    let fact = findings.plain_text(&question.fact, &field("fact"));
    let prompt = findings.required(&question.prompt, &field("prompt"), "missing-field");
    let prompt = findings.texts(prompt, languages, &field("prompt"));
    let options = check_options(findings, languages, kind);
    let explanation = findings.required(
        &question.explanation,
        &field("explanation"),
        "missing-field",
    );
    let explanation = findings.texts(explanation, languages, &field("explanation"));
    let source = check_source(findings, languages);
    let review_by = check_dates(findings, today);

    let (kind, options) = (kind?, options?);
    Some(Question {
        id: id?,
        pack: info?.clone(),
        kind,
        audiences: audiences?
            .iter()
            .map(|audience| domain(*audience))
            .collect(),
        difficulty: difficulty?,
        fact,
        prompt: prompt?,
        keeps_order: kind == Kind::TrueFalse
            || question.ordered.0 == Some(true)
            || options.iter().all(|option| is_numeric(&option.text)),
        options,
        explanation: explanation?,
        source: source?,
        review_by: review_by?,
    })
}

fn domain(audience: source::Audience) -> Audience {
    match audience {
        source::Audience::Youth => Audience::Youth,
        source::Audience::Farmer => Audience::Farmer,
        source::Audience::Worker => Audience::Worker,
        source::Audience::Senior => Audience::Senior,
        source::Audience::Cadre => Audience::Cadre,
        source::Audience::General => Audience::General,
    }
}

/// Whether an option is a number (with a unit, perhaps) in every language.
fn is_numeric(text: &Localised) -> bool {
    text.by_language
        .values()
        .all(|text| text.trim_start().starts_with(is_digit))
}

/// The options with the rules Q03 and Q04.
fn check_options(
    findings: &mut Findings<'_, source::Question>,
    languages: &Languages,
    kind: Option<Kind>,
) -> Option<Vec<Choice>> {
    let given = &findings.read.value.options;
    let path = [Step::Field("options")];
    let given = findings.required(given, &path, "missing-field")?;
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    let mut options = Vec::new();
    for (index, option) in given.iter().enumerate() {
        let entry = [path[0], Step::Entry(index)];
        let at = |name| [entry[0], entry[1], Step::Field(name)];
        let id = findings.id(&option.id, &at("id"));
        if let Some(id) = &option.id.0
            && !ids.insert(id)
        {
            findings.add(
                "duplicate-option",
                &at("id"),
                [("value", id.as_str().into())],
            );
        }
        let text = findings.required(&option.text, &at("text"), "missing-field");
        let text = findings.texts(text, languages, &at("text"));
        let feedback = findings.texts(option.feedback.0.as_ref(), languages, &at("feedback"));
        let misconception = match option.misconception.0 {
            Some(_) => findings.id(&option.misconception, &at("misconception")),
            None => None,
        };
        if let (Some(id), Some(text)) = (id, text) {
            options.push(Choice {
                id,
                text,
                correct: option.correct.0 == Some(true),
                feedback,
                misconception,
            });
        }
    }
    // Nothing is counted of options that have lost something.
    let doubtful = findings
        .read
        .dropped
        .iter()
        .any(|path| path.starts_with("options/"));
    let keys = given
        .iter()
        .filter(|option| option.correct.0 == Some(true))
        .count();
    let found = || ("found", Arg::from(keys));
    let expected = match kind? {
        _ if doubtful => return None,
        Kind::Single => {
            if keys != 1 {
                findings.add("key-count-single", &path, [found()]);
            }
            SINGLE_OPTIONS
        }
        Kind::Multi => {
            if keys < 2 {
                findings.add("key-count-multi", &path, [found()]);
            }
            if keys == given.len() {
                findings.add("no-distractor", &path, []);
            }
            MULTI_OPTIONS
        }
        Kind::TrueFalse => {
            let ids: Vec<_> = given.iter().map(|option| option.id.0.as_deref()).collect();
            if ids != [Some("true"), Some("false")] {
                findings.add("true-false-options", &path, []);
            } else if keys != 1 {
                findings.add("key-count-single", &path, [found()]);
            }
            given.len()..=given.len()
        }
    };
    if !expected.contains(&given.len()) {
        findings.add(
            "option-count",
            &path,
            [
                ("found", given.len().into()),
                ("least", (*expected.start()).into()),
                ("most", (*expected.end()).into()),
            ],
        );
    }
    for (index, option) in given.iter().enumerate() {
        alike(
            findings,
            given.get(..index).unwrap_or_default(),
            index,
            option,
        );
    }
    (options.len() == given.len()).then_some(options)
}

/// Q04: an option that reads like one before it.
fn alike(
    findings: &mut Findings<'_, source::Question>,
    before: &[source::Choice],
    index: usize,
    option: &source::Choice,
) {
    let texts = |choice: &source::Choice| choice.text.0.clone().unwrap_or(Texts(Vec::new())).0;
    for (language, text) in texts(option) {
        let plain = normalised(&text);
        let twin = before.iter().any(|other| {
            texts(other)
                .iter()
                .any(|(its, text)| *its == language && normalised(text) == plain)
        });
        if twin && !plain.is_empty() {
            let at = [
                Step::Field("options"),
                Step::Entry(index),
                Step::Field("text"),
                Step::Language(&language),
            ];
            findings.add(
                "options-alike",
                &at,
                [("language", language.as_str().into())],
            );
        }
    }
}

/// A text without what the eye passes over: case, space, width, punctuation.
fn normalised(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            // Full-width ASCII.
            '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
            _ => character,
        })
        .filter(|character| character.is_alphanumeric() || "%℃°+-<>≤≥".contains(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Q18: a source that can be found again.
fn check_source(
    findings: &mut Findings<'_, source::Question>,
    languages: &Languages,
) -> Option<Source> {
    let path = Step::Field("source");
    let given = &findings.read.value.source;
    let source = findings.required(given, &[path], "missing-source-field")?;
    let at = |name| [path, Step::Field(name)];
    let title = findings.required(&source.title, &at("title"), "missing-source-field");
    let title = findings.texts(title, languages, &at("title"));
    let issuer = findings.required(&source.issuer, &at("issuer"), "missing-source-field");
    let issuer = findings.texts(issuer, languages, &at("issuer"));
    let date = match &source.date.0 {
        Some(text) => findings.parse_date(text, &at("date")),
        None => None,
    };
    let number = findings.plain_text(&source.number, &at("number"));
    let article = findings.plain_text(&source.article, &at("article"));
    let lost = findings.is_dropped(&at("date")) || findings.is_dropped(&at("number"));
    if source.date.0.is_none() && number.is_none() && !lost {
        findings.add("source-undated", &[path], []);
    }
    Some(Source {
        title: title?,
        issuer: issuer?,
        date,
        number,
        article,
    })
}

/// Q18 and Q19: checked once, to be reviewed in time.
fn check_dates(findings: &mut Findings<'_, source::Question>, today: Date) -> Option<Date> {
    let question = &findings.read.value;
    let path = [Step::Field("review_by")];
    let checked_on = findings.date(&question.checked_on, &[Step::Field("checked_on")]);
    let review_by = findings.date(&question.review_by, &path)?;
    if let Some(checked_on) = checked_on {
        if review_by < checked_on {
            findings.add("review-before-check", &path, []);
        } else if checked_on
            .checked_add(REVIEW_MONTHS.months())
            .is_ok_and(|latest| review_by > latest)
        {
            let months = Arg::Number(REVIEW_MONTHS.into());
            findings.add("review-too-late", &path, [("months", months)]);
        }
    }
    if review_by < today {
        findings.add(
            "past-review",
            &path,
            [("value", review_by.to_string().into())],
        );
    }
    Some(review_by)
}

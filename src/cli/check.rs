//! `kepu check`: every problem of every pack, each at its place, in one run.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::coverage;
use super::layout::Layouts;
use super::{Failure, OutputFormat, language};
use crate::bank::coverage::Row;
use crate::bank::narration::Coverage;
use crate::bank::{self, Problem, Severity};
use crate::locale::{FluentValue, Locales, values};

/// Finds every problem of question packs, each with file, line and column.
///
/// Exit code 0: no errors (there may be warnings, unless these are denied). 1: errors, or no pack at
/// a path. 2: wrong use.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Pack folders, folders of packs, or a pack.ron or questions.ron
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Text for people, or one JSON object for programs
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    /// Language of the messages, as in zh-CN or en; otherwise that of the environment
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// Fail on these, too
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Denied>,
    /// Whether to use colours
    #[arg(long, value_enum, default_value_t = Colour::Auto)]
    color: Colour,
    /// Also shows how many questions there are for each audience, topic and difficulty, and how many
    /// texts can be heard
    #[arg(long)]
    coverage: bool,
    /// Leaves out whether every text fits every screen, which takes longest
    #[arg(long)]
    no_layout: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Denied {
    Warnings,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

impl Colour {
    fn wanted(self) -> bool {
        match self {
            Self::Auto => io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// What was found at all paths.
#[derive(Default)]
struct Found {
    packs: usize,
    questions: usize,
    problems: Vec<Problem>,
    /// The table, if it was asked for.
    coverage: Option<Vec<Row>>,
    /// How much can be heard, if anything can, or if it was asked for.
    heard: Vec<Coverage>,
    /// Paths where no pack is, each with the reason when reading failed.
    empty: Vec<(PathBuf, Option<String>)>,
}

impl Found {
    fn count(&self, severity: Severity) -> usize {
        let problems = self.problems.iter();
        let problems = problems
            .filter(|problem| problem.severity == severity)
            .count();
        match severity {
            Severity::Error => problems + self.empty.len(),
            Severity::Warning => problems,
        }
    }
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let locales = Locales::shipped()?;
    let language = language(&locales, arguments.lang.as_deref());
    let words = Words { locales, language };
    let found = find(arguments, &words)?;
    let text = match arguments.format {
        OutputFormat::Text => words.report(&found, arguments.color.wanted()),
        OutputFormat::Json => words.json(&found)?,
    };
    io::stdout().write_all(text.as_bytes())?;
    let warned = found.count(Severity::Warning) > 0;
    let denied = arguments.deny == Some(Denied::Warnings) && warned;
    Ok(if found.count(Severity::Error) == 0 && !denied {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn find(arguments: &Arguments, words: &Words) -> Result<Found, Failure> {
    let layouts = (!arguments.no_layout).then(|| Layouts::new(&words.language));
    let mut layouts = layouts.transpose()?;
    let today = jiff::Zoned::now().date();
    let mut found = Found::default();
    let mut packs = Vec::new();
    for path in &arguments.paths {
        match bank::find_packs(path) {
            Ok(here) if here.is_empty() => found.empty.push((path.clone(), None)),
            Ok(here) => packs.extend(here),
            Err(error) => found.empty.push((path.clone(), Some(error.to_string()))),
        }
    }
    let folders: Vec<PathBuf> = packs.iter().map(|files| files.folder.clone()).collect();
    let progress = Progress::new(packs.len());
    let mut sound = Vec::new();
    // By themselves: the same pack under two paths is no replacement here.
    let checked = bank::check_packs(packs, today, &|_| progress.step(words));
    for (folder, checked) in folders.into_iter().zip(checked) {
        found.packs += 1;
        found.questions += checked
            .pack
            .as_ref()
            .map_or(0, |pack| pack.questions().len());
        found.problems.extend(checked.problems);
        sound.extend(checked.pack.map(|pack| (folder, pack)));
    }
    progress.end();
    if let Some(layouts) = &mut layouts {
        for (folder, pack) in &sound {
            found.problems.extend(layouts.problems(folder, pack));
        }
    }
    let sound = || sound.iter().map(|(folder, pack)| (folder.as_path(), pack));
    found.problems.extend(bank::likeness::problems(sound()));
    bank::find_places(&mut found.problems);
    found.heard = sound()
        .map(|(_, pack)| Coverage::of(pack))
        .filter(|rows| arguments.coverage || rows.iter().any(Coverage::is_heard))
        .flatten()
        .collect();
    found.coverage = arguments.coverage.then(|| {
        let questions = sound().flat_map(|(_, pack)| pack.questions());
        bank::coverage::table(questions.map(AsRef::as_ref), today)
    });
    Ok(found)
}

/// The problems of one pack as this command says them, with its line of sums.
pub(super) fn in_words(
    problems: Vec<Problem>,
    questions: usize,
    language: &str,
) -> Result<String, Failure> {
    let words = Words {
        locales: Locales::shipped()?,
        language: language.to_owned(),
    };
    let found = Found {
        packs: 1,
        questions,
        problems,
        ..Found::default()
    };
    Ok(words.report(&found, Colour::Auto.wanted()))
}

/// How long a check may take before it says how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// One line on a terminal's error stream that says how far a long check is.
struct Progress {
    begun: Instant,
    packs: usize,
    done: Mutex<usize>,
}

impl Progress {
    fn new(packs: usize) -> Self {
        Self {
            begun: Instant::now(),
            packs,
            done: Mutex::new(0),
        }
    }

    fn speaks(&self) -> bool {
        self.begun.elapsed() >= PATIENCE && io::stderr().is_terminal()
    }

    /// One more pack is done.
    fn step(&self, words: &Words) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        *done += 1;
        if self.speaks() {
            let args = [("done", (*done).into()), ("packs", self.packs.into())];
            let line = words.say("check-progress", &args);
            // Nothing depends on it.
            drop(write!(io::stderr(), "\r{line}"));
        }
    }

    /// Clears the line.
    fn end(&self) {
        if self.speaks() {
            drop(write!(io::stderr(), "\r\x1b[K"));
        }
    }
}

/// Puts problems into words.
struct Words {
    locales: Locales,
    language: String,
}

impl Words {
    fn say(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.locales.format(&self.language, key, args)
    }

    fn sentence(&self, problem: &Problem, attribute: &str) -> String {
        let args = values(&problem.args);
        self.say(&format!("check-{}{attribute}", problem.code), &args)
    }

    fn report(&self, found: &Found, colour: bool) -> String {
        let renderer = if colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let (error, warning) = (self.say("check-error", &[]), self.say("check-warning", &[]));
        let help = self.say("check-help", &[]);
        let mut text = String::new();
        for problem in &found.problems {
            let level = match problem.severity {
                Severity::Error => Level::ERROR.with_name(error.as_str()),
                Severity::Warning => Level::WARNING.with_name(warning.as_str()),
            };
            let title = level
                .primary_title(self.sentence(problem, ""))
                .id(problem.rule.unwrap_or(problem.code));
            let path = problem.file.display().to_string();
            let label = problem
                .question
                .as_ref()
                .map(|id| self.say("check-question", &[("id", id.as_str().into())]));
            let group = match &problem.place {
                Some(place) => {
                    let mark = AnnotationKind::Primary.span(place.start..place.end);
                    let mark = match label {
                        Some(label) => mark.label(label),
                        None => mark,
                    };
                    let source: &str = &place.text;
                    title.element(Snippet::source(source).path(path).annotation(mark))
                }
                None => title.element(annotate_snippets::Origin::path(path)),
            };
            let hint = Level::HELP
                .with_name(help.as_str())
                .secondary_title(self.sentence(problem, ".hint"));
            text.push_str(&renderer.render(&[group, Group::with_title(hint)]));
            text.push_str("\n\n");
        }
        for (path, reason) in &found.empty {
            let said = reason.clone().unwrap_or_else(|| {
                let path = path.display().to_string();
                self.say("check-no-pack", &[("path", path.into())])
            });
            let hint = self.say("check-no-pack.hint", &[]);
            text.push_str(&format!("{error}: {said}\n{help}: {hint}\n\n"));
        }
        if let Some(rows) = &found.coverage {
            text.push_str(&coverage::text(&self.locales, &self.language, rows));
            text.push('\n');
        }
        text.push_str(&coverage::heard(
            &self.locales,
            &self.language,
            &found.heard,
        ));
        text.push_str(&self.summary(found));
        text.push('\n');
        text
    }

    fn summary(&self, found: &Found) -> String {
        self.say(
            "check-summary",
            &[
                ("packs", found.packs.into()),
                ("questions", found.questions.into()),
                ("errors", found.count(Severity::Error).into()),
                ("warnings", found.count(Severity::Warning).into()),
            ],
        )
    }

    fn json(&self, found: &Found) -> Result<String, Failure> {
        let problems = found.problems.iter().map(|problem| JsonProblem {
            severity: match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            code: problem.code,
            rule: problem.rule,
            file: problem.file.display().to_string(),
            line: problem.place.as_ref().map(|place| place.line),
            column: problem.place.as_ref().map(|place| place.column),
            question: problem.question.as_deref(),
            message: self.sentence(problem, ""),
            hint: self.sentence(problem, ".hint"),
        });
        let empty = found.empty.iter().map(|(path, reason)| JsonProblem {
            severity: "error",
            code: "no-pack",
            rule: None,
            file: path.display().to_string(),
            line: None,
            column: None,
            question: None,
            message: reason.clone().unwrap_or_else(|| {
                let path = path.display().to_string();
                self.say("check-no-pack", &[("path", path.into())])
            }),
            hint: self.say("check-no-pack.hint", &[]),
        });
        let report = JsonReport {
            packs: found.packs,
            questions: found.questions,
            errors: found.count(Severity::Error),
            warnings: found.count(Severity::Warning),
            problems: problems.chain(empty).collect(),
            coverage: found.coverage.as_deref().map(coverage::json),
            narration: found.heard.iter().map(coverage::JsonHeard::of).collect(),
        };
        let mut text = serde_json::to_string_pretty(&report)?;
        text.push('\n');
        Ok(text)
    }
}

/// The whole answer of `--format json`.
#[derive(Serialize)]
struct JsonReport<'a> {
    packs: usize,
    questions: usize,
    errors: usize,
    warnings: usize,
    problems: Vec<JsonProblem<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<Vec<coverage::JsonRow<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    narration: Vec<coverage::JsonHeard<'a>>,
}

#[derive(Serialize)]
struct JsonProblem<'a> {
    severity: &'static str,
    code: &'static str,
    rule: Option<&'static str>,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    question: Option<&'a str>,
    message: String,
    hint: String,
}

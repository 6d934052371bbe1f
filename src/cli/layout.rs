//! The part of `kepu check` that lays questions out; only a program with the kiosk can.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::bank::{Pack, Problem, Severity};
use crate::kiosk::layout::{Fault, Misfit, Ruler};
use crate::locale::Locales;

use super::Failure;

/// How long nothing is said while work goes on, and then how often.
const QUIET: Duration = Duration::from_secs(1);

/// Finds the questions of packs that do not fit a screen.
pub(super) struct Layouts {
    ruler: Ruler,
    words: Locales,
    language: String,
}

impl Layouts {
    /// For packs to be laid out; what is said meanwhile is said in `language`.
    pub(super) fn new(language: &str) -> Result<Self, Failure> {
        Ok(Self {
            ruler: Ruler::new(Locales::shipped()?),
            words: Locales::shipped()?,
            language: language.to_owned(),
        })
    }

    /// What does not fit in a pack that lies in this folder.
    pub(super) fn problems(&mut self, folder: &Path, pack: &Pack) -> Vec<Problem> {
        let terminal = io::stderr().is_terminal();
        let mut said = None;
        let mut last = Instant::now();
        let misfits = self.ruler.measure(pack, &mut |done, all| {
            if last.elapsed() >= QUIET {
                let args = [
                    ("pack", pack.info().id().into()),
                    ("percent", (100 * done / all.max(1)).into()),
                ];
                let text = self.words.format(&self.language, "check-measuring", &args);
                // On a terminal each line replaces the one before.
                let (begin, end) = if terminal { ("\r", "") } else { ("", "\n") };
                // Nobody is left to tell when this fails, too.
                drop(write!(io::stderr(), "{begin}{text}{end}"));
                last = Instant::now();
                said = Some(text.chars().count());
            }
        });
        if let Some(length) = said.filter(|_| terminal) {
            // A Chinese character takes two places.
            drop(write!(io::stderr(), "\r{}\r", " ".repeat(2 * length)));
        }
        let problem = |misfit| problem(folder, misfit);
        misfits.into_iter().map(problem).collect()
    }
}

fn problem(folder: &Path, misfit: Misfit) -> Problem {
    let (severity, code) = match misfit.fault {
        Fault::Small => (Severity::Warning, "text-small"),
        Fault::Cut => (Severity::Error, "text-overflow"),
    };
    let (width, height) = misfit.worst.size;
    Problem {
        severity,
        code,
        rule: None,
        file: folder.join("questions.ron"),
        place: None,
        args: vec![
            ("id", misfit.question.as_str().into()),
            ("language", misfit.language.into()),
            ("screen", misfit.worst.page.as_str().into()),
            ("profile", misfit.worst.profile().into()),
            ("size", format!("{width}×{height}").into()),
            ("failing", misfit.failing.into()),
            ("cases", misfit.cases.into()),
        ],
        question: Some(misfit.question),
    }
}

//! What is wrong at the start: one line each on the error stream that a supervisor keeps, and what
//! of it the staff screen shows.

use std::io::{self, Write};
use std::path::Path;

use crate::bank::{Problem, Severity};
use crate::cli::pack;
use crate::kiosk::Alarm;
use crate::locale::Locales;
use crate::packs::Refused;

/// What was found.
#[derive(Default)]
pub(super) struct StaffLog {
    pub(super) alarms: Vec<Alarm>,
}

impl StaffLog {
    /// The value, or an alarm with the reason why there is none.
    pub(super) fn keep<T>(
        &mut self,
        tried: Result<T, impl std::fmt::Display>,
        alarm: Alarm,
    ) -> Option<T> {
        match tried {
            Ok(value) => Some(value),
            Err(error) => {
                self.say(&error.to_string(), alarm);
                None
            }
        }
    }

    /// An alarm: somebody should see to it.
    pub(super) fn say(&mut self, text: &str, alarm: Alarm) {
        self.alarms.push(alarm);
        note(text);
    }

    /// What is wrong with installed packs, and what to do.
    pub(super) fn of_packs(&mut self, alarms: Vec<Refused>, locales: &Locales) {
        for alarm in alarms {
            let (sentence, hint) = pack::in_words(locales, "en", &alarm);
            self.say(&format!("{sentence}. {hint}"), Alarm::of_packs(alarm));
        }
    }

    /// One line for every pack that is left out; `kepu check` tells the rest.
    pub(super) fn problems(&mut self, problems: &[Problem]) {
        let mut named: Vec<&Path> = Vec::new();
        for problem in problems {
            let folder = problem.file.parent().unwrap_or(&problem.file);
            if problem.severity == Severity::Error && !named.contains(&folder) {
                named.push(folder);
                let shown = folder.display().to_string();
                self.say(
                    &format!(
                        "the pack in `{shown}` has errors and is left out; see: kepu check {shown}"
                    ),
                    Alarm::new("pack-left-out").with("folder", shown.as_str()),
                );
            }
        }
    }
}

/// A line for whoever reads the log.
pub(super) fn note(text: &str) {
    // Nobody is left to tell when this fails, too.
    drop(writeln!(io::stderr(), "kepu: {text}"));
}

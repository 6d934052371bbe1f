//! `kepu shots`: pictures of every screen, for people.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Failure;
use crate::bank::{self, Severity, find_packs};
use crate::embedded;
use crate::kiosk;
use crate::locale::Locales;

/// Leave pictures of every screen that visitors see
///
/// In every size, language and profile, one folder a size. Nothing is played and nothing is
/// stored. The display must be 3840 x 3840 pixels or more: without such a one,
/// xvfb-run -s "-screen 0 3840x3840x24" kepu shots --out DIR
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Where the pictures go
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Show the questions of these packs, not of those inside the program
    #[arg(long, value_name = "DIR")]
    packs: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let today = jiff::Zoned::now().date();
    let (bank, problems) = match &arguments.packs {
        Some(folder) => bank::load(find_packs(folder)?, today),
        None => bank::load(embedded::packs(), today),
    };
    let errors = problems.iter();
    let errors = errors.filter(|problem| problem.severity == Severity::Error);
    if bank.questions().count() == 0 {
        let (count, place) = (errors.count(), arguments.packs.as_deref());
        let place = place.map_or_else(String::new, |place| format!(" in `{}`", place.display()));
        return Err(Failure(format!(
            "there is no question to show{place}: {count} error(s), which `kepu check` names"
        )));
    }
    kiosk::picture(bank, Locales::shipped()?, arguments.out.clone())?;
    Ok(ExitCode::SUCCESS)
}

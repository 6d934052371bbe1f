//! `kepu shots`: pictures of every screen, for people.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Failure;
use crate::bank::{self, Severity, find_packs};
use crate::embedded;
use crate::kiosk;
use crate::locale::Locales;

/// Leave pictures of every screen
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
    /// Only those whose size and name contain this, as in 1080x1920/question
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    only: String,
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
    let (out, only) = (arguments.out.clone(), arguments.only.clone());
    kiosk::picture(bank, Locales::shipped()?, out, only)?;
    Ok(ExitCode::SUCCESS)
}

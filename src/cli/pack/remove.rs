//! `kepu pack remove`: an installed pack with all its versions.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::permit::{self, PinArguments};
use super::{Words, data_folder};
use crate::cli::Failure;
use crate::packs::store::Store;

/// Removes an installed pack with all its versions; the one inside the program plays again.
///
/// Asks first, unless told --yes; where the station has a PIN, it is needed. It is noted in the journal. Exit code 0: done. 1: not removed.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The pack's id
    id: String,
    /// The station's data folder [default: kepu in the user's data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Does not ask
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    pin: PinArguments,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let data = data_folder(arguments.data.as_deref())?;
    let id = [("id", arguments.id.as_str().into())];
    if !arguments.yes && !confirmed(&words.say("pack-remove-question", &id))? {
        return Err(Failure(words.say("pack-not-removed", &id)));
    }
    permit::require(&data, &arguments.pin, words)?;
    Store::open(&data)
        .remove(&arguments.id, jiff::Timestamp::now())
        .map_err(|refused| words.refusal(&data, &refused))?;
    writeln!(io::stdout(), "{}", words.say("pack-removed", &id))?;
    Ok(ExitCode::SUCCESS)
}

/// Whether somebody at a terminal says yes.
fn confirmed(question: &str) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    write!(io::stderr(), "{question} [y/N] ")?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(["y", "yes", "是"].contains(&answer.trim().to_lowercase().as_str()))
}

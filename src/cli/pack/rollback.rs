//! `kepu pack rollback`: a pack back to the version before.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::permit::{self, PinArguments};
use super::{Words, data_folder};
use crate::cli::Failure;
use crate::packs::store::Store;

/// Takes an installed pack back to the version before, or to the one inside the program.
///
/// The version left is removed; it comes back only by installing it again. Where the station has a
/// PIN, it is needed. It is noted in the journal. Exit code 0: done. 1: there is no version to go back to.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The pack's id
    id: String,
    /// The station's data folder [default: kepu in the user's data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(flatten)]
    pin: PinArguments,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let data = data_folder(arguments.data.as_deref())?;
    permit::require(&data, &arguments.pin, words)?;
    let back = Store::open(&data)
        .roll_back(&arguments.id, jiff::Timestamp::now())
        .map_err(|refused| words.refusal(&data, &refused))?;
    let args = [
        ("id", arguments.id.as_str().into()),
        ("from", back.from.into()),
        ("to", back.to.into()),
    ];
    let said = if back.built_in {
        words.say("pack-back-to-built-in", &args)
    } else {
        words.say("pack-back-to-before", &args)
    };
    writeln!(io::stdout(), "{said}")?;
    Ok(ExitCode::SUCCESS)
}

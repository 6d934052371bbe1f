//! `kepu pack build`: from a pack folder to one file.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Words, checked};
use crate::bank::PackFiles;
use crate::cli::Failure;
use crate::packs::archive;

/// Makes one file of a pack folder, unless the check finds errors in it.
///
/// The same folder gives the same file, byte for byte.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder with pack.ron, questions.ron and media
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Where to put the file `<id>-<version>.kepu`
    #[arg(long, value_name = "DIR", default_value = ".")]
    out: PathBuf,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let folder = &arguments.folder;
    if checked(PackFiles::read(folder), words)?.is_none() {
        return Ok(ExitCode::FAILURE);
    }
    let file = archive::build(folder, &arguments.out)
        .map_err(|refused| words.refusal(folder, &refused))?;
    let path = file.display().to_string();
    let said = words.say("pack-built", &[("path", path.into())]);
    writeln!(io::stdout(), "{said}")?;
    Ok(ExitCode::SUCCESS)
}

//! `kepu prove-media`: the child process that decodes one media file of a pack; nobody types it.

use std::io;
use std::os::fd::AsFd;
use std::process::ExitCode;

use clap::Args;

use super::Failure;
use crate::packs::media::{self, Kind};

/// Decodes the media file on standard input and writes it anew to standard output, a pipe.
///
/// Exit code 0: it is sound. From 10 upwards: what is wrong with it.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What it has to be: png, jpg, webp, wav or ogg
    #[arg(value_parser = |name: &str| Kind::from_extension(name).ok_or("no such kind"))]
    kind: Kind,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let input = io::stdin().as_fd().try_clone_to_owned()?;
    let output = io::stdout().as_fd().try_clone_to_owned()?;
    Ok(match media::prove_one(arguments.kind, input, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => ExitCode::from(fault.exit_code()),
    })
}

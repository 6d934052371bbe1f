//! `kepu pack verify`: whether a station would take a built pack.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Words, files_and_size, open};
use crate::cli::Failure;

/// Verifies a built pack: its signature, its structure, every file's hash, and its questions.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The built pack; its signature lies beside it, with .minisig added to the name
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A public key: its line of text, or its .pub file; without any, nobody's signature is needed
    #[arg(long = "key", value_name = "PUBLIC-KEY")]
    keys: Vec<String>,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let Some(opened) = open(&arguments.file, &arguments.keys, words)? else {
        return Ok(ExitCode::FAILURE);
    };
    let whole = words.say(
        "pack-whole",
        &[
            ("id", opened.manifest.id.as_str().into()),
            ("version", opened.manifest.version.into()),
        ],
    );
    let mut out = io::stdout();
    writeln!(out, "{whole}")?;
    writeln!(out, "{}", files_and_size(words, &opened.manifest))?;
    writeln!(out, "{}", opened.signed.say(words))?;
    Ok(ExitCode::SUCCESS)
}

//! `kepu pack show`: what a built pack is and what it would change.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Words, files_and_size, open};
use crate::bank::{self, Pack, PackFiles};
use crate::cli::{Failure, default_data_folder};
use crate::embedded;
use crate::packs::changes::Changes;
use crate::packs::store::Store;
use crate::packs::{Refused, shown};

/// Shows what a built pack is, who published it, and what it changes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The built pack
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A pack folder to compare with; otherwise the pack of the same id that a station has
    #[arg(long, value_name = "DIR")]
    against: Option<PathBuf>,
    /// The data folder of that station [default: kepu in the user's data folder]
    #[arg(long, value_name = "DIR", conflicts_with = "against")]
    data: Option<PathBuf>,
    /// A public key: its line of text, or its .pub file; without any, nobody's signature is needed
    #[arg(long = "key", value_name = "PUBLIC-KEY")]
    keys: Vec<String>,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let Some(opened) = open(&arguments.file, &arguments.keys, words)? else {
        return Ok(ExitCode::FAILURE);
    };
    let new = &opened.pack;
    let old = other(arguments, new, words)?;
    let info = new.info();
    let text = |text: &bank::Localised| shown(text.get(&words.language));
    let languages: Vec<_> = info.languages().collect();
    let mut out = io::stdout();
    for line in [
        words.say(
            "pack-title",
            &[
                ("title", text(info.title()).into()),
                ("id", info.id().into()),
                ("version", info.version().into()),
            ],
        ),
        words.say("pack-topic", &[("topic", info.topic().into())]),
        words.say(
            "pack-publisher",
            &[("publisher", text(info.publisher()).into())],
        ),
        words.say(
            "pack-languages",
            &[("languages", languages.join(", ").into())],
        ),
        words.say("pack-questions", &[("n", new.questions().len().into())]),
        files_and_size(words, &opened.manifest),
        opened.signed.say(words),
    ] {
        writeln!(out, "{line}")?;
    }
    for line in changes(old.as_ref(), new, words) {
        writeln!(out, "{line}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The pack to compare with, if there is one.
fn other(arguments: &Arguments, new: &Pack, words: &Words) -> Result<Option<Pack>, Failure> {
    // On the first day of all, so that nothing is past its review: only the words are compared.
    let today = jiff::civil::Date::MIN;
    let (bank, _) = match &arguments.against {
        Some(folder) => bank::load([PackFiles::read(folder)], today),
        None => {
            // Whoever looks at a pack in an office has no station, only what is in the program.
            let data = arguments
                .data
                .clone()
                .or_else(|| default_data_folder().ok());
            let installed = data.map(|data| Store::at(&data).active_packs().0);
            let installed = installed.unwrap_or_default();
            bank::load(embedded::packs().chain(installed), today)
        }
    };
    let found = bank
        .packs()
        .iter()
        .find(|pack| pack.info().id() == new.info().id());
    match (&arguments.against, found) {
        (Some(folder), None) => {
            let id = new.info().id();
            let refused = match bank.packs().first() {
                Some(_) => Refused::new("against-other").with("id", id),
                None => Refused::new("against-broken"),
            };
            Err(words.refusal(folder, &refused))
        }
        _ => Ok(found.cloned()),
    }
}

fn changes(old: Option<&Pack>, new: &Pack, words: &Words) -> Vec<String> {
    let Some(old) = old else {
        return vec![words.say("pack-compared-none", &[])];
    };
    let changes = Changes::between(Some(old), new);
    let (before, after) = (old.info().version(), new.info().version());
    let mut lines = Vec::new();
    if before >= after {
        lines.push(words.say("pack-compared-not-newer", &[("version", before.into())]));
    } else {
        lines.push(words.say("pack-compared", &[("version", before.into())]));
    }
    if changes.is_empty() {
        lines.push(words.say("pack-changes-none", &[]));
    }
    for (key, ids) in [
        ("pack-changes-added", &changes.added),
        ("pack-changes-changed", &changes.changed),
        ("pack-changes-removed", &changes.removed),
    ] {
        if !ids.is_empty() {
            let args = [("n", ids.len().into()), ("ids", ids.join(", ").into())];
            lines.push(words.say(key, &args));
        }
    }
    lines
}

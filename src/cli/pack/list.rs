//! `kepu pack list`: what is installed, and whether it is sound.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{Words, data_folder};
use crate::bank::{self, QuestionBank};
use crate::cli::{Failure, OutputFormat};
use crate::packs::store::{Installed, Store};

/// Lists the installed packs, each with its versions and its trial, and what is wrong with them.
///
/// Exit code 0: listed, and all are sound. 1: something is wrong; what, is said.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The station's data folder [default: kepu in the user's data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Lines for people, or one JSON object for programs
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let data = data_folder(arguments.data.as_deref())?;
    let store = Store::open(&data);
    let refusal = |refused| words.refusal(&data, &refused);
    let installed = store.installed().map_err(refusal)?;
    let (files, alarms) = store.active_packs();
    let (bank, problems) = bank::load(files, jiff::Zoned::now().date());
    let alarms: Vec<_> = alarms.iter().map(|alarm| words.in_words(alarm)).collect();
    let rows: Vec<Row> = installed
        .into_iter()
        .map(|pack| Row::new(pack, &bank, &words.language))
        .collect();
    let text = match arguments.format {
        OutputFormat::Json => {
            let alarms = alarms.iter();
            let list = List {
                packs: &rows,
                alarms: alarms
                    .map(|(message, hint)| JsonAlarm { message, hint })
                    .collect(),
            };
            serde_json::to_string_pretty(&list)? + "\n"
        }
        OutputFormat::Text => {
            let mut text: String = rows.iter().map(|row| row.line(words)).collect();
            if rows.is_empty() {
                text = words.say("pack-none-installed", &[]) + "\n";
            }
            for (message, hint) in &alarms {
                text.push_str(&format!(
                    "{message}\n{}: {hint}\n",
                    words.say("check-help", &[])
                ));
            }
            text
        }
    };
    io::stdout().write_all(text.as_bytes())?;
    let is_sound = alarms.is_empty()
        && problems
            .iter()
            .all(|problem| problem.severity != bank::Severity::Error);
    Ok(if is_sound {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The whole answer of `--format json`.
#[derive(Serialize)]
struct List<'a> {
    packs: &'a [Row],
    alarms: Vec<JsonAlarm<'a>>,
}

#[derive(Serialize)]
struct JsonAlarm<'a> {
    message: &'a str,
    hint: &'a str,
}

/// One pack.
#[derive(Serialize)]
struct Row {
    id: String,
    /// The version that the pointer names.
    version: u32,
    /// The version that loads: another one when this one is damaged, none when none is left.
    loads: Option<u32>,
    title: Option<String>,
    questions: usize,
    before: Option<u32>,
    built_in: Option<u32>,
    trial_left: Option<u32>,
}

impl Row {
    fn new(installed: Installed, bank: &QuestionBank, language: &str) -> Self {
        let mut packs = bank.packs().iter();
        let pack = packs.find(|pack| pack.info().id() == installed.id);
        Self {
            loads: pack.map(|pack| pack.info().version()),
            title: pack.map(|pack| pack.info().title().get(language).to_owned()),
            questions: pack.map_or(0, |pack| pack.questions().len()),
            id: installed.id,
            version: installed.version,
            before: installed.before,
            built_in: installed.built_in,
            trial_left: installed.trial_left,
        }
    }

    fn line(&self, words: &Words) -> String {
        let title = self.title.as_deref().unwrap_or("-");
        let mut parts = vec![words.say(
            "pack-row",
            &[
                ("id", self.id.as_str().into()),
                ("version", self.version.into()),
                ("title", title.into()),
                ("questions", self.questions.into()),
            ],
        )];
        if let Some(before) = self.before {
            parts.push(words.say("pack-row-before", &[("version", before.into())]));
        }
        if let Some(built_in) = self.built_in {
            parts.push(words.say("pack-row-built-in", &[("version", built_in.into())]));
        }
        if let Some(left) = self.trial_left {
            parts.push(words.say("pack-row-trial", &[("left", left.into())]));
        }
        parts.concat() + "\n"
    }
}

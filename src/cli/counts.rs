//! `kepu counts`: how many sessions a station has stored.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{Failure, OutputFormat, default_data_folder, language};
use crate::locale::{FluentValue, Locales};
use crate::records::{CountRow, Counts, RecordStore, RequestRow};

/// Counts the stored sessions by outcome, audience, topic and mode.
///
/// Sessions are counted (人次), never people. What was tried again and a robot's and the staff's
/// own sessions are listed apart and never counted. Exit code 0: counted. 1: the records cannot be read.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The station's data folder [default: kepu in the user's data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// A table for people, or one JSON object for programs
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    format: OutputFormat,
    /// Language of the table, as in zh-CN or en; otherwise that of the environment
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => default_data_folder()?,
    };
    let counts = RecordStore::open_read_only(&data)?.counts()?;
    let text = match arguments.format {
        OutputFormat::Text => {
            let locales = Locales::shipped()?;
            let language = language(&locales, arguments.lang.as_deref());
            table(&counts, &|key, args| locales.format(&language, key, args))
        }
        OutputFormat::Json => json(&counts)?,
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

type Say<'a> = &'a dyn Fn(&str, &[(&str, FluentValue<'_>)]) -> String;

fn table(counts: &Counts, say: Say<'_>) -> String {
    let mut text = String::new();
    for (key, number) in [
        ("counts-started", counts.started),
        ("counts-answered", counts.answered),
        ("counts-completed", counts.completed),
        ("counts-answers", counts.answers),
    ] {
        text.push_str(&say(key, &[("n", number.into())]));
        text.push('\n');
    }
    for (key, rows) in [
        ("counts-rows", &counts.rows),
        ("counts-not-counted", &counts.not_counted),
    ] {
        if rows.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}\n", say(key, &[])));
        for row in rows {
            let value = |prefix: &str, id: &str| say(&format!("{prefix}-{id}"), &[]);
            text.push_str(&say(
                "counts-row",
                &[
                    ("mode", value("mode", row.mode.as_str()).into()),
                    (
                        "outcome",
                        value("outcome", &row.outcome.replace('_', "-")).into(),
                    ),
                    ("audience", value("audience", &row.audience).into()),
                    ("topic", row.topic.as_str().into()),
                    ("sessions", row.sessions.into()),
                    ("answers", row.answers.into()),
                    ("correct", row.correct.into()),
                ],
            ));
            text.push('\n');
        }
    }
    if !counts.requests.is_empty() {
        text.push_str(&format!("\n{}\n", say("counts-requests", &[])));
        for row in &counts.requests {
            let name = say(&format!("request-{}-{}", row.kind, row.choice), &[]);
            let args = [("name", name.into()), ("n", row.times.into())];
            text.push_str(&say("counts-request", &args));
            text.push('\n');
        }
    }
    text
}

fn json(counts: &Counts) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(&JsonCounts {
        started: counts.started,
        answered: counts.answered,
        completed: counts.completed,
        answers: counts.answers,
        rows: counts.rows.iter().map(JsonRow::from).collect(),
        not_counted: counts.not_counted.iter().map(JsonRow::from).collect(),
        requests: counts.requests.iter().map(JsonRequest::from).collect(),
    })?;
    text.push('\n');
    Ok(text)
}

/// The whole answer of `--format json`.
#[derive(Serialize)]
struct JsonCounts<'a> {
    started: u64,
    answered: u64,
    completed: u64,
    answers: u64,
    rows: Vec<JsonRow<'a>>,
    not_counted: Vec<JsonRow<'a>>,
    requests: Vec<JsonRequest<'a>>,
}

#[derive(Serialize)]
struct JsonRequest<'a> {
    kind: &'a str,
    choice: &'a str,
    times: u64,
}

impl<'a> From<&'a RequestRow> for JsonRequest<'a> {
    fn from(row: &'a RequestRow) -> Self {
        Self {
            kind: &row.kind,
            choice: &row.choice,
            times: row.times,
        }
    }
}

#[derive(Serialize)]
struct JsonRow<'a> {
    mode: &'a str,
    outcome: &'a str,
    audience: &'a str,
    topic: &'a str,
    sessions: u64,
    answers: u64,
    correct: u64,
}

impl<'a> From<&'a CountRow> for JsonRow<'a> {
    fn from(row: &'a CountRow) -> Self {
        Self {
            mode: row.mode.as_str(),
            outcome: &row.outcome,
            audience: &row.audience,
            topic: &row.topic,
            sessions: row.sessions,
            answers: row.answers,
            correct: row.correct,
        }
    }
}

//! `kepu simulate`: batches of stations that never were, for tests and for sizing.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use super::Failure;
use super::progress::ProgressLine;
use super::upload::Words;
use crate::upload::{self, Folder, Plan};
use crate::{bank, embedded, files};

/// Writes batches of simulated stations in three counties, for tests and for sizing.
///
/// The same seed gives the same bytes. Exit code 0: written. 1: the place cannot be written, or
/// batches of an earlier simulation lie there.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How many stations
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    stations: u32,
    /// How many days
    #[arg(long, value_name = "D", value_parser = clap::value_parser!(u32).range(1..=3660))]
    days: u32,
    /// What everything is drawn from
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The first day
    #[arg(long, value_name = "DATE", default_value = "2026-01-01")]
    from: Date,
    #[arg(
        long,
        value_name = "URL",
        help = "Where to: a folder, https://host/path/ (WebDAV) or s3://bucket/prefix?endpoint=https://host"
    )]
    out: String,
    /// Language of messages, as in zh-CN or en; otherwise that of the environment
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let words = Words::new(arguments.lang.as_deref())?;
    let place = match words.folder(&arguments.out)? {
        Some(path) => {
            files::create_folder(&path)?;
            Box::new(Folder::quick(&path))
        }
        None => words.place(&arguments.out, None)?,
    };
    let plan = Plan {
        stations: arguments.stations,
        days: arguments.days,
        from: arguments.from,
        seed: arguments.seed,
    };
    let (bank, _) = bank::load(embedded::packs(), arguments.from);
    let mut line = ProgressLine::new();
    let simulated = upload::simulate(&bank, &plan, &*place, &mut |done| {
        line.show(|| {
            let args = [("done", done.into()), ("all", plan.stations.into())];
            words.say("simulate-progress", &args)
        });
    });
    line.clear();
    let simulated = simulated.map_err(|trouble| words.trouble(&trouble))?;
    let args = [
        ("stations", plan.stations.into()),
        ("batches", simulated.batches.into()),
        ("sessions", simulated.sessions.into()),
        ("answers", simulated.answers.into()),
        (
            "bytes",
            (simulated.bytes / simulated.sessions.max(1)).into(),
        ),
    ];
    writeln!(io::stdout(), "{}", words.say("simulate-done", &args))?;
    Ok(ExitCode::SUCCESS)
}

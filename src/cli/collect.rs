//! `kepu collect`: the batches of many stations, from a place into one file.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Failure;
use super::progress::ProgressLine;
use super::upload::Words;
use crate::records::Collection;
use crate::upload::{self, Aside, CollectError};

/// How many things that were set aside are named one by one.
const MOST_NAMED: usize = 20;

/// Collects the results of many stations into one file, for `kepu report --records FILE`.
///
/// Every session is stored once, whatever arrived twice. It can be ended at any moment and run
/// again. Exit code 0: everything was taken in. 1: something was set aside, with the station it is
/// of, or the place could not be read to its end.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[arg(
        value_name = "URL",
        help = "Where the stations send to: a folder, https://host/path/ (WebDAV) or s3://bucket/prefix?endpoint=https://host"
    )]
    from: String,
    /// The file; it is made if it is not there
    #[arg(long, value_name = "FILE.sqlite")]
    into: PathBuf,
    /// Language of messages, as in zh-CN or en; otherwise that of the environment
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let words = Words::new(arguments.lang.as_deref())?;
    let place = words.place(&arguments.from, None)?;
    let mut collection = Collection::open(&arguments.into)?;
    let mut line = ProgressLine::new();
    let collected = upload::collect(&*place, &mut collection, &mut |progress| {
        line.show(|| {
            let args = [
                ("done", progress.done.into()),
                ("all", progress.all.into()),
                ("sessions", progress.sessions.into()),
            ];
            words.say("collect-progress", &args)
        });
    });
    line.clear();
    let collected = collected.map_err(|error| match error {
        CollectError::Place(trouble) => words.trouble(&trouble),
        CollectError::File(error) => error.into(),
    })?;
    let all = collection.sessions()?;
    let args = [
        ("stations", collected.stations.into()),
        ("batches", collected.batches.into()),
        ("sessions", collected.sessions.into()),
        ("known", collected.known_sessions.into()),
    ];
    let said = [
        words.say("collect-done", &args),
        words.say("collect-all", &[("sessions", all.into())]),
        String::new(),
    ];
    io::stdout().write_all(said.join("\n").as_bytes())?;
    if collected.aside.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    tell(&collected.aside, &words)?;
    Ok(ExitCode::FAILURE)
}

/// Says what was set aside: the first one by one, all by station.
fn tell(aside: &[Aside], words: &Words) -> io::Result<()> {
    let mut stream = io::stderr();
    for aside in aside.iter().take(MOST_NAMED) {
        let args = [
            ("station", shown(&aside.station).into()),
            ("name", shown(&aside.name).into()),
            ("number", aside.number.into()),
        ];
        let said = words.say(&format!("collect-aside-{}", aside.why), &args);
        writeln!(stream, "kepu: {said}")?;
    }
    let mut stations: BTreeMap<&str, u64> = BTreeMap::new();
    for aside in aside {
        *stations.entry(&aside.station).or_default() += 1;
    }
    for (station, count) in stations {
        let args = [("station", shown(station).into()), ("count", count.into())];
        writeln!(stream, "kepu: {}", words.say("collect-aside-count", &args))?;
    }
    let (help, hint) = (
        words.say("check-help", &[]),
        words.say("collect-aside-count.hint", &[]),
    );
    writeln!(stream, "{help}: {hint}")
}

/// A name from a place, as a line can carry it.
fn shown(name: &str) -> String {
    name.chars()
        .take(120)
        .flat_map(char::escape_debug)
        .collect()
}

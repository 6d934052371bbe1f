//! `kepu pack install`: built packs, from a file or a folder, onto a station.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;

use super::{Words, data_folder};
use crate::cli::Failure;
use crate::cli::progress::ProgressLine;
use crate::config::Station;
use crate::locale::FluentValue;
use crate::packs::signature::PublicKey;
use crate::packs::sticks::{self, StickPack};
use crate::packs::store::{Installed, Progress, Store, Trust};

/// How long a folder is searched.
const SEARCH_LIMIT: Duration = Duration::from_secs(5);

/// Installs a built pack, or from a folder the newest version of each pack in it.
///
/// Whose packs are taken stands in station.ron. A version that is in use already is left as it is.
/// Exit code 0: done. 1: a pack was refused, with the reason; the others are installed.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A built pack (.kepu), or a folder with such, which may be written as a `file://` URL
    #[arg(value_name = "FILE|FOLDER")]
    from: String,
    /// The station's data folder [default: kepu in the user's data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Takes packs that nobody known has signed, where station.ron lets staff do so
    #[arg(long)]
    accept_unsigned: bool,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let data = data_folder(arguments.data.as_deref())?;
    let from = match arguments.from.split_once("://") {
        None => PathBuf::from(&arguments.from),
        Some(("file", path)) => PathBuf::from(path.strip_prefix("localhost").unwrap_or(path)),
        Some(_) => return Err(Failure(words.say("pack-no-network", &[]))),
    };
    let trust = trust(&data, words)?;
    let files = if from.is_dir() {
        newest(&from, words)?
    } else {
        vec![from]
    };
    let store = Store::open(&data);
    let mut done = ExitCode::SUCCESS;
    let many = files.len() > 1;
    for file in files {
        let installed = install(&store, &file, &trust, arguments.accept_unsigned, words);
        let said = match installed {
            Ok(installed) => words.say(
                "pack-installed",
                &[
                    ("id", installed.id.as_str().into()),
                    ("version", installed.version.into()),
                ],
            ),
            Err(refused) if refused.code == "same-version" => words.in_words(&refused).0,
            Err(refused) if many => {
                let failure = words.refusal(&file, &refused);
                writeln!(io::stderr(), "kepu: {failure}")?;
                done = ExitCode::FAILURE;
                continue;
            }
            Err(refused) => return Err(words.refusal(&file, &refused)),
        };
        writeln!(io::stdout(), "{said}")?;
    }
    Ok(done)
}

/// Whose packs the station takes, by its settings.
fn trust(data: &Path, words: &Words) -> Result<Trust, Failure> {
    let station = Station::read(data)?;
    let keys = station.keys.iter().map(|key| {
        PublicKey::parse(key).map_err(|refused| words.refusal(&data.join("station.ron"), &refused))
    });
    Ok(Trust {
        keys: keys.collect::<Result<_, _>>()?,
        unsigned_allowed: station.unsigned_allowed(),
    })
}

/// The newest version of each pack in a folder, by the names of the files; a file with another kind
/// of name stands for itself.
fn newest(folder: &Path, words: &Words) -> Result<Vec<PathBuf>, Failure> {
    let begun = Instant::now();
    let found = sticks::find(&[folder.to_owned()], &|| begun.elapsed() > SEARCH_LIMIT);
    for name in &found.unreadable {
        let said = words.say("pack-unreadable", &[("name", name.as_str().into())]);
        writeln!(io::stderr(), "kepu: {said}")?;
    }
    if found.truncated {
        let said = words.say("pack-search-ended", &[]);
        writeln!(io::stderr(), "kepu: {said}")?;
    }
    if found.packs.is_empty() {
        let folder = folder.display().to_string();
        return Err(Failure(
            words.say("pack-none-found", &[("folder", folder.into())]),
        ));
    }
    let mut newest: BTreeMap<String, (u32, &StickPack)> = BTreeMap::new();
    for pack in &found.packs {
        let (id, version) = match pack.claimed() {
            Some((id, version)) => (id.to_owned(), version),
            None => (pack.path.display().to_string(), 0),
        };
        let known = newest.entry(id).or_insert((version, pack));
        if version > known.0 {
            *known = (version, pack);
        }
    }
    let newest = newest.into_values();
    Ok(newest.map(|(_, pack)| pack.path.clone()).collect())
}

fn install(
    store: &Store,
    file: &Path,
    trust: &Trust,
    accept_unsigned: bool,
    words: &Words,
) -> Result<Installed, crate::packs::Refused> {
    let now = jiff::Zoned::now();
    let mut line = ProgressLine::new();
    let prepared = store.prepare(
        file,
        trust,
        accept_unsigned,
        now.date(),
        &mut |step, done, all| {
            line.show(|| {
                let percent = done.saturating_mul(100) / all.max(1);
                let key = match step {
                    Progress::Copying => "pack-copying",
                    Progress::Unpacking => "pack-unpacking",
                };
                words.say(key, &[("percent", FluentValue::from(percent))])
            });
        },
    );
    line.clear();
    store.commit(prepared?, now.timestamp())
}

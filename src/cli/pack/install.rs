//! `kepu pack install`: built packs, from a file, a folder or a server, onto a station.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;

use super::{Words, data_folder};
use crate::cli::Failure;
use crate::cli::progress::ProgressLine;
use crate::cli::shelf::{Shelf, newest};
use crate::config::Station;
use crate::locale::FluentValue;
use crate::packs::signature::PublicKey;
use crate::packs::sticks::{self, StickPack};
use crate::packs::store::{Incoming, Installed, Progress, Store, Trust};
use crate::packs::{self, Refused};
use crate::upload::Shelved;

/// How long a folder is searched.
const SEARCH_LIMIT: Duration = Duration::from_secs(5);

/// Installs a built pack, or from a folder the newest version of each pack in it.
///
/// A folder on a server is one that lists its files, by `WebDAV` or S3; one pack can be fetched
/// from any web server. A server that asks for a name gets `KEPU_PACKS_USER` and
/// `KEPU_PACKS_PASSWORD`, from the environment or the file upload.credentials. Whose packs are taken stands in station.ron. A version that is in use already is left as it is.
/// Exit code 0: done. 1: a pack was refused, with the reason; the others are installed.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[arg(
        value_name = "FILE|FOLDER|URL",
        help = "A built pack (.kepu) or a folder with such: a path, or an address that begins with file://, http://, https:// or s3://"
    )]
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
    let trust = trust(&data, words)?;
    let store = Store::open(&data);
    let install = Installation {
        store: &store,
        trust: &trust,
        accept_unsigned: arguments.accept_unsigned,
        words,
    };
    let from = match arguments.from.split_once("://") {
        None => PathBuf::from(&arguments.from),
        Some(("file", path)) => PathBuf::from(path.strip_prefix("localhost").unwrap_or(path)),
        Some(_) => return install.server(&arguments.from, &data),
    };
    if from.is_dir() {
        install.folder(&from)
    } else {
        install.all([from], PathBuf::clone, |file| Incoming::from_file(file))
    }
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

/// Installs packs from somewhere, and says what became of each.
struct Installation<'a> {
    store: &'a Store,
    trust: &'a Trust,
    accept_unsigned: bool,
    words: &'a Words,
}

impl Installation<'_> {
    fn folder(&self, folder: &Path) -> Result<ExitCode, Failure> {
        let words = self.words;
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
            return Err(self.none_in(&folder.display().to_string()));
        }
        let packs = newest(found.packs, |pack| {
            let known = pack.claimed().map(|(id, version)| (id.to_owned(), version));
            known.unwrap_or_else(|| (pack.path.display().to_string(), 0))
        });
        let take = |pack: &StickPack| Incoming::from_file(&pack.path);
        self.all(packs, |pack| pack.path.as_path().into(), take)
    }

    fn server(&self, address: &str, data: &Path) -> Result<ExitCode, Failure> {
        let words = self.words;
        // An address that is refused is not repeated: it may hold a password.
        let shelf = Shelf::open(address, data).map_err(|refused| words.refused(&refused))?;
        let refusal = |refused| words.refusal(Path::new(&packs::shown(address)), &refused);
        let packs = shelf.newest().map_err(refusal)?;
        if packs.is_empty() {
            return Err(self.none_in(address));
        }
        let shown = |pack: &Shelved| packs::shown(&pack.name).into();
        self.all(packs, shown, |pack| shelf.incoming(pack))
    }

    fn none_in(&self, folder: &str) -> Failure {
        let args = [("folder", folder.into())];
        Failure(self.words.say("pack-none-found", &args))
    }

    /// Installs packs one after the other. A single one that is refused is a failure; of many, the
    /// others are installed all the same.
    fn all<'a, T>(
        &self,
        packs: impl IntoIterator<Item = T>,
        name: impl Fn(&T) -> PathBuf,
        take: impl Fn(&T) -> Result<Incoming<'a>, Refused>,
    ) -> Result<ExitCode, Failure> {
        let words = self.words;
        let packs: Vec<T> = packs.into_iter().collect();
        let mut done = ExitCode::SUCCESS;
        for pack in &packs {
            let said = match take(pack).and_then(|incoming| self.one(incoming)) {
                Ok(installed) => words.say(
                    "pack-installed",
                    &[
                        ("id", installed.id.as_str().into()),
                        ("version", installed.version.into()),
                    ],
                ),
                Err(refused) if refused.code == "same-version" => words.in_words(&refused).0,
                Err(refused) if packs.len() > 1 => {
                    let failure = words.refusal(&name(pack), &refused);
                    writeln!(io::stderr(), "kepu: {failure}")?;
                    done = ExitCode::FAILURE;
                    continue;
                }
                Err(refused) => return Err(words.refusal(&name(pack), &refused)),
            };
            writeln!(io::stdout(), "{said}")?;
        }
        Ok(done)
    }

    fn one(&self, pack: Incoming<'_>) -> Result<Installed, Refused> {
        let (now, words) = (jiff::Zoned::now(), self.words);
        let mut line = ProgressLine::new();
        let mut tell = |step, done: u64, all: u64| {
            line.show(|| {
                let percent = done.saturating_mul(100) / all.max(1);
                let key = match step {
                    Progress::Copying => "pack-copying",
                    Progress::Unpacking => "pack-unpacking",
                };
                words.say(key, &[("percent", FluentValue::from(percent))])
            });
        };
        let (accept, today) = (self.accept_unsigned, now.date());
        let prepared = self
            .store
            .prepare(pack, self.trust, accept, today, &mut tell);
        line.clear();
        self.store.commit(prepared?, now.timestamp())
    }
}

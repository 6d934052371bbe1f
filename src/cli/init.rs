//! `kepu init`: makes a station folder.
//!
//! The settings are written first and in one step, the PIN after them. When the plug is pulled in
//! between, the same command again sets the PIN and leaves the settings, the id with them, alone.

mod ask;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Failure, default_data_folder, language, read_pin};
use crate::config::{self, Station};
use crate::files;
use crate::locale::{FluentValue, Locales};
use crate::staff::pin::{PinLock, PinState};
use crate::staff::{self, Moment, Refused};

use ask::Asker;

/// Makes a station's folder: its settings and the PIN of its staff.
///
/// On a terminal it asks for what no option says. Settings that are there already are left alone.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The station's folder; otherwise the user's data folder
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// What tells this station from all others: lower-case letters, digits and hyphens
    #[arg(long)]
    id: Option<String>,
    /// What people call it, in Chinese
    #[arg(long, value_name = "NAME")]
    name_zh: Option<String>,
    /// What people call it, in English
    #[arg(long, value_name = "NAME")]
    name_en: Option<String>,
    /// museum, science-station, school, village, community, mobile or other
    #[arg(long, value_name = "KIND")]
    venue: Option<String>,
    /// Code of the administrative division, 12 digits
    #[arg(long, value_name = "CODE")]
    division: Option<String>,
    /// Languages offered, the default first, as in zh-CN,en
    #[arg(long, value_name = "TAG,…", value_delimiter = ',')]
    languages: Vec<String>,
    /// Width and height of the picture on the panel, in millimetres
    #[arg(long, value_name = "WxH", value_parser = panel_mm)]
    panel_mm: Option<(u32, u32)>,
    /// Public key (minisign) whose question packs are trusted; up to four times
    #[arg(long = "key", value_name = "PUBLIC-KEY")]
    keys: Vec<String>,
    /// Public key (minisign) that may reset the PIN; up to four times
    #[arg(long = "admin-key", value_name = "PUBLIC-KEY")]
    admin_keys: Vec<String>,
    /// File with the PIN of the staff, - for the standard input
    #[arg(long, value_name = "FILE")]
    pin_file: Option<PathBuf>,
    /// Asks nothing: what no option says has its default
    #[arg(long)]
    yes: bool,
    /// Language of the questions, as in zh-CN or en; otherwise that of the environment
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
}

impl Arguments {
    /// The settings as the options say, with defaults for the rest.
    fn station(&self) -> Station {
        let names = [("zh-CN", &self.name_zh), ("en", &self.name_en)];
        let names = names.into_iter().filter_map(|(tag, name)| {
            let name = name.clone()?;
            Some((tag.to_owned(), name))
        });
        let default = Station::default();
        Station {
            id: self.id.clone(),
            name: names.collect(),
            division: self.division.clone(),
            venue: self.venue.clone().unwrap_or(default.venue),
            languages: self.languages.clone(),
            panel_mm: self.panel_mm,
            keys: self.keys.clone(),
            admin_keys: self.admin_keys.clone(),
            ..Station::default()
        }
    }

    /// The PIN that a file or the standard input holds.
    fn pin(&self) -> Result<Option<String>, Failure> {
        self.pin_file.as_deref().map(read_pin).transpose()
    }

    /// Whether there is somebody to ask.
    fn asks(&self) -> bool {
        let pin_comes_that_way = self.pin_file.as_deref() == Some(Path::new("-"));
        !self.yes && !pin_comes_that_way && io::stdin().is_terminal()
    }
}

/// Width and height as in `527x296`.
fn panel_mm(text: &str) -> Result<(u32, u32), String> {
    let (width, height) = text
        .split_once(['x', 'X', '×', '*'])
        .ok_or("write width x height, as in 527x296")?;
    let side = |side: &str| {
        side.trim()
            .parse()
            .map_err(|_| format!("`{side}` is no number"))
    };
    Ok((side(width)?, side(height)?))
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let locales = Locales::shipped()?;
    let language = language(&locales, arguments.lang.as_deref());
    let words = Words { locales, language };
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => default_data_folder()?,
    };
    let now = Moment::now()?;
    let mut lock = PinLock::open(&data, &now);
    let pin_wanted = lock.state(&now) == PinState::NotSet;
    let mut pin = arguments.pin()?;
    if let Some(pin) = &pin {
        if !pin_wanted {
            return Err(words.refused(&Refused::already_set()));
        }
        staff::check_new(pin).map_err(|refused| words.refused(&refused))?;
    }

    let settings = data.join(config::FILE);
    let path = settings.display().to_string();
    let there = settings.exists();
    let mut station = if there {
        Station::read(&data)?
    } else {
        arguments.station()
    };
    words.check(&station)?;
    let asks = arguments.asks();
    if there && (!pin_wanted || (pin.is_none() && !asks)) {
        return Err(words.failure("init-there", &[("path", path.into())]));
    }
    if asks {
        let mut asker = Asker::new(&words, io::stdin().lock(), io::stdout());
        asker.say("init-begin")?;
        if !there {
            asker.settings(&mut station, &arguments.given())?;
        }
        if pin_wanted && pin.is_none() {
            pin = asker.pin(rpassword::prompt_password)?;
        }
    } else if station.id.is_none() {
        return Err(words.failure("init-no-id", &[]));
    }

    if !there {
        files::create_folder(&data)?;
        station.write(&data)?;
    }
    if let Some(pin) = &pin {
        lock.set_first(pin)
            .map_err(|refused| words.refused(&refused))?;
    }
    let pin_set = !pin_wanted || pin.is_some();
    io::stdout().write_all(words.done(&station, &data, there, pin_set).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Puts what happens into words.
struct Words {
    locales: Locales,
    language: String,
}

impl Words {
    fn say(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.locales.format(&self.language, key, args)
    }

    /// A sentence, and what to do below it.
    fn with_hint(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        let (sentence, hint) = (self.say(key, args), self.say(&format!("{key}.hint"), args));
        format!("{sentence}\n  {hint}")
    }

    fn failure(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> Failure {
        Failure(self.with_hint(key, args))
    }

    fn refused(&self, refused: &Refused) -> Failure {
        let args = refused.args.iter();
        let args: Vec<_> = args
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        self.failure(&format!("staff-{}", refused.code), &args)
    }

    fn problem(&self, problem: &config::Problem) -> String {
        let field = [("field", problem.field.into())];
        let args = problem.args.iter();
        let args = args.map(|(name, value)| (*name, value.as_str().into()));
        let args: Vec<_> = field.into_iter().chain(args).collect();
        self.with_hint(&format!("station-{}", problem.code), &args)
    }

    /// What is wrong with one field of the settings, or with any of them.
    fn problems(&self, station: &Station, field: Option<&str>) -> Vec<String> {
        let mut said: Vec<_> = station
            .problems()
            .iter()
            .filter(|problem| field.is_none_or(|field| field == problem.field))
            .map(|problem| self.problem(problem))
            .collect();
        if field.is_none_or(|field| field == "languages") {
            let shipped: Vec<_> = self.locales.tags().collect();
            let unknown = station.languages.iter().find(|tag| !shipped.contains(tag));
            said.extend(unknown.map(|tag| {
                let (tag, shipped) = (tag.escape_debug().to_string(), shipped.join(", "));
                let args = [("tag", tag.into()), ("shipped", shipped.into())];
                self.with_hint("init-not-shipped", &args)
            }));
        }
        said
    }

    fn check(&self, station: &Station) -> Result<(), Failure> {
        let problems = self.problems(station, None);
        if problems.is_empty() {
            return Ok(());
        }
        Err(Failure(problems.join("\n")))
    }

    /// What was made, and what comes next.
    fn done(&self, station: &Station, data: &Path, there: bool, pin_set: bool) -> String {
        let path = data.join(config::FILE).display().to_string();
        let id = station.id.clone().unwrap_or_default();
        let settings = if there { "init-kept" } else { "init-made" };
        let pin = if pin_set {
            "init-pin-set"
        } else {
            "init-pin-later"
        };
        let data = data.display().to_string();
        [
            self.say(settings, &[("id", id.into()), ("path", path.into())]),
            self.say(pin, &[]),
            self.say("init-next", &[("data", data.into())]),
            String::new(),
        ]
        .join("\n")
    }
}

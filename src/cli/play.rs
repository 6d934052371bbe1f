//! `kepu play`: the kiosk.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::Args;

use super::{Failure, default_data_folder};
use crate::bank::{self, PackFiles, Problem, Severity};
use crate::config::{ROUND_LENGTHS, Station};
use crate::embedded;
use crate::files;
use crate::kiosk::{
    self, Alarm, Ending, Offer, Origin, PackOffice, PackRow, Settings, StaffDesk, StickFind,
};
use crate::locale::Locales;
use crate::packs::Refused;
use crate::records::{Notice, RecordStore, Writer};

/// Plays the quiz, full screen unless a window is asked for.
///
/// Packs come from inside the program, then from the station's `packs` folder, then from every
/// --packs. One with errors is left out and named, and the others play. SIGTERM ends the program
/// cleanly; a visitor cannot. Exit code 0: ended as told. 1: it could not run.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The station's data folder [default: kepu in the user's data folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// More pack folders, or folders of packs
    #[arg(long, value_name = "DIR")]
    packs: Vec<PathBuf>,
    /// A window of this size in pixels, as in 1080x1920, instead of the full screen
    #[arg(long, value_name = "WxH", value_parser = window_size)]
    window: Option<(u32, u32)>,
    /// Lets a robot play N rounds and ends; each answer is named once its feedback is on screen
    #[arg(long, value_name = "N")]
    robot: Option<u32>,
    /// Leaves a PNG picture of every screen entered in this folder
    #[arg(long, value_name = "DIR")]
    shots: Option<PathBuf>,
    /// Draws rounds from this seed, so that they can be repeated
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
    /// Questions in a round, 3 to 20, whatever station.ron says
    #[arg(long, value_name = "N", value_parser = round_length)]
    round: Option<usize>,
}

fn window_size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X', '×']);
    let sides = sides.and_then(|(width, height)| {
        let side = |text: &str| {
            text.parse()
                .ok()
                .filter(|side| (320..=16384).contains(side))
        };
        Some((side(width)?, side(height)?))
    });
    sides.ok_or_else(|| "write width and height in pixels like 1080x1920".to_owned())
}

fn round_length(text: &str) -> Result<usize, String> {
    let length = text
        .parse()
        .ok()
        .filter(|length| ROUND_LENGTHS.contains(length));
    let (least, most) = (ROUND_LENGTHS.start(), ROUND_LENGTHS.end());
    length.ok_or_else(|| format!("write a number from {least} to {most}"))
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let data = match &arguments.data {
        Some(data) => data.clone(),
        None => default_data_folder()?,
    };
    let mut log = StaffLog::default();

    let station = log.keep(Station::read(&data), Alarm::new("station-file"));
    let mut station = station.unwrap_or_default();
    if let Some(length) = arguments.round {
        station.round_length = length;
    }
    let (bank, problems) = load_packs(&data, &arguments.packs, &mut log);
    log.problems(&problems);
    if let Some(folder) = &arguments.shots {
        files::create_folder(folder)?;
    }
    let records = open_records(&data, &mut log);
    let ending = kiosk::run(Settings {
        staff: desk(&data, &arguments.packs, log.alarms),
        bank,
        locales: Locales::shipped()?,
        station,
        records: records.map(|store| -> kiosk::RecordsOpener {
            Box::new(move |on_change| Writer::spawn(store, on_change))
        }),
        window: arguments.window,
        robot: arguments.robot,
        shots: arguments.shots.clone(),
        seed: arguments.seed,
    })?;
    match ending {
        Ending::Stop => Ok(ExitCode::SUCCESS),
        Ending::Restart => start_again(),
    }
}

/// Becomes the same program anew. Whoever supervises it sees one that never ended.
fn start_again() -> Result<ExitCode, Failure> {
    let program = std::env::current_exe()?;
    let arguments = std::env::args_os().skip(1);
    // Only a failure comes back.
    Err(Command::new(program).args(arguments).exec().into())
}

/// What staff may do at the kiosk.
fn desk(data: &Path, more: &[PathBuf], alarms: Vec<Alarm>) -> StaffDesk {
    let bank = {
        let (data, more) = (data.to_owned(), more.to_owned());
        move || load_packs(&data, &more, &mut StaffLog::default()).0
    };
    let station_data = data.to_owned();
    StaffDesk {
        data: data.to_owned(),
        packs: Box::new(LoadedPacks {
            bank: Box::new(bank.clone()),
        }),
        reload: Box::new(bank),
        save_station: Box::new(move |station| {
            station
                .write(&station_data)
                .map_err(|error| error.to_string())
        }),
        journal: Box::new(|_, _| {}),
        alarms,
    }
}

/// Shows the packs that were loaded; nothing can be installed.
struct LoadedPacks {
    bank: Box<dyn Fn() -> bank::QuestionBank + Send + Sync>,
}

impl PackOffice for LoadedPacks {
    fn list(&self) -> Vec<PackRow> {
        let today = jiff::Zoned::now().date();
        let bank = (self.bank)();
        let row = |pack: &bank::Pack| PackRow {
            id: pack.info().id().to_owned(),
            version: pack.info().version(),
            title: pack.info().title().clone(),
            publisher: None,
            origin: Origin::BuiltIn,
            trial: None,
            questions: pack.questions().len(),
            past_review: pack
                .questions()
                .iter()
                .filter(|question| !question.is_current(today))
                .count(),
            back: None,
        };
        bank.packs().iter().map(row).collect()
    }

    fn find_sticks(&self) -> StickFind {
        StickFind::default()
    }

    fn prepare(&self, _: &Path, _: &mut dyn FnMut(u64, u64)) -> Result<Offer, Refused> {
        Err(Refused::new("no-store"))
    }

    fn commit(&self, _: Offer, _: bool) -> Result<(), Refused> {
        Err(Refused::new("no-store"))
    }

    fn roll_back(&self, _: &str) -> Result<(), Refused> {
        Err(Refused::new("no-store"))
    }

    fn remove(&self, _: &str) -> Result<(), Refused> {
        Err(Refused::new("no-store"))
    }
}

fn load_packs(
    data: &Path,
    more: &[PathBuf],
    log: &mut StaffLog,
) -> (bank::QuestionBank, Vec<Problem>) {
    let mut packs: Vec<PackFiles> = embedded::packs().collect();
    let own = data.join("packs");
    let folders = own
        .exists()
        .then_some(own)
        .into_iter()
        .chain(more.iter().cloned());
    for folder in folders {
        let shown = folder.display().to_string();
        let unread = Alarm::new("packs-unread").with("folder", shown.as_str());
        if let Some(found) = log.keep(bank::find_packs(&folder), unread) {
            if found.is_empty() {
                let none = Alarm::new("packs-none").with("folder", shown.as_str());
                log.say(&format!("there is no pack in `{shown}`"), none);
            }
            packs.extend(found);
        }
    }
    bank::load(packs, jiff::Zoned::now().date())
}

/// Without records the quiz still plays, under an alarm.
fn open_records(data: &Path, log: &mut StaffLog) -> Option<RecordStore> {
    let (store, notices) = log.keep(RecordStore::open(data), Alarm::new("records-closed"))?;
    for notice in notices {
        match notice {
            Notice::SetAside { path } => {
                let path = path.display().to_string();
                log.say(
                    &format!(
                        "the records were broken and have been set aside as `{path}`; new ones \
                         were begun"
                    ),
                    Alarm::new("records-set-aside").with("file", path.as_str()),
                );
            }
            Notice::Interrupted { sessions } => {
                log.note(&format!(
                    "{sessions} session(s) were interrupted by the last stop"
                ));
            }
        }
    }
    Some(store)
}

/// What staff are told: one line each, on the error stream that a supervisor keeps, and what of it
/// the staff screen shows.
#[derive(Default)]
struct StaffLog {
    alarms: Vec<Alarm>,
}

impl StaffLog {
    /// The value, or an alarm with the reason why there is none.
    fn keep<T>(&mut self, tried: Result<T, impl std::fmt::Display>, alarm: Alarm) -> Option<T> {
        match tried {
            Ok(value) => Some(value),
            Err(error) => {
                self.say(&error.to_string(), alarm);
                None
            }
        }
    }

    /// An alarm: somebody should see to it.
    fn say(&mut self, text: &str, alarm: Alarm) {
        self.alarms.push(alarm);
        self.note(text);
    }

    fn note(&self, text: &str) {
        use std::io::Write;
        // Nobody is left to tell when this fails, too.
        drop(writeln!(std::io::stderr(), "kepu: {text}"));
    }

    /// One line for every pack that is left out; `kepu check` tells the rest.
    fn problems(&mut self, problems: &[Problem]) {
        let mut named: Vec<&Path> = Vec::new();
        for problem in problems {
            let folder = problem.file.parent().unwrap_or(&problem.file);
            if problem.severity == Severity::Error && !named.contains(&folder) {
                named.push(folder);
                let shown = folder.display().to_string();
                self.say(
                    &format!(
                        "the pack in `{shown}` has errors and is left out; see: kepu check {shown}"
                    ),
                    Alarm::new("pack-left-out").with("folder", shown.as_str()),
                );
            }
        }
    }
}

//! `kepu play`: the kiosk.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;

use super::{Failure, default_data_folder};
use crate::bank::{self, PackFiles, Problem, Severity};
use crate::config::{ROUND_LENGTHS, Station};
use crate::embedded;
use crate::files;
use crate::kiosk::{self, Settings};
use crate::locale::Locales;
use crate::packs::store::{Alarm, Run, Store};
use crate::records::{Notice, RecordStore, Writer};

/// Where the system names the start of the machine.
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Plays the quiz, full screen unless a window is asked for.
///
/// Packs come from inside the program, then those installed on the station, then from every --packs;
/// of one id the highest version plays. One with errors is left out and named, and the others play.
/// SIGTERM ends the program cleanly; a visitor cannot. Exit code 0: ended as told. 1: it could not
/// run.
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

    let mut station = log.keep(Station::read(&data)).unwrap_or_default();
    if let Some(length) = arguments.round {
        station.round_length = length;
    }
    if let Some(folder) = &arguments.shots {
        files::create_folder(folder)?;
    }
    let locales = Locales::shipped()?;
    let store = Store::open(&data);
    let run = begin_run(&store, &locales, &mut log);
    let (bank, problems) = load_packs(&store, &arguments.packs, &locales, &mut log);
    log.problems(&problems);
    let records = open_records(&data, &mut log);
    let ended = kiosk::run(Settings {
        bank,
        locales,
        station,
        records: records.map(|store| -> kiosk::RecordsOpener {
            Box::new(move |on_change| Writer::spawn(store, on_change))
        }),
        alarm: log.alarm,
        window: arguments.window,
        robot: arguments.robot,
        shots: arguments.shots.clone(),
        seed: arguments.seed,
    });
    // Whoever does not come here has crashed. A kiosk that cannot run at all is no pack's fault.
    // When this fails, nobody is left to tell.
    drop(run.map(Run::ended));
    ended?;
    Ok(ExitCode::SUCCESS)
}

/// Counts the last run's crash against packs on trial, before any is loaded.
fn begin_run(store: &Store, locales: &Locales, log: &mut StaffLog) -> Option<Run> {
    // Without the file a power cut cannot be told from a crash, and none is counted.
    let boot = files::read(Path::new(BOOT_ID), 64).unwrap_or_default();
    let boot = String::from_utf8_lossy(&boot);
    let (run, alarms) = match store.run_began(Timestamp::now(), boot.trim()) {
        Ok(began) => began,
        Err(refused) => (None, vec![refused]),
    };
    log.alarms(&alarms, locales);
    run
}

fn load_packs(
    store: &Store,
    more: &[PathBuf],
    locales: &Locales,
    log: &mut StaffLog,
) -> (bank::QuestionBank, Vec<Problem>) {
    let (installed, alarms) = store.active_packs();
    log.alarms(&alarms, locales);
    let mut packs: Vec<PackFiles> = embedded::packs().chain(installed).collect();
    for folder in more {
        if let Some(found) = log.keep(bank::find_packs(folder)) {
            if found.is_empty() {
                log.say(&format!("there is no pack in `{}`", folder.display()));
            }
            packs.extend(found);
        }
    }
    bank::load(packs, jiff::Zoned::now().date())
}

/// Without records the quiz still plays, under an alarm.
fn open_records(data: &Path, log: &mut StaffLog) -> Option<RecordStore> {
    let (store, notices) = log.keep(RecordStore::open(data))?;
    for notice in notices {
        match notice {
            Notice::SetAside { path } => log.say(&format!(
                "the records were broken and have been set aside as `{}`; new ones were begun",
                path.display()
            )),
            Notice::Interrupted { sessions } => {
                log.note(&format!(
                    "{sessions} session(s) were interrupted by the last stop"
                ));
            }
        }
    }
    Some(store)
}

/// What staff are told: one line each, on the error stream that a supervisor keeps.
#[derive(Default)]
struct StaffLog {
    alarm: bool,
}

impl StaffLog {
    /// The value, or an alarm with the reason why there is none.
    fn keep<T>(&mut self, tried: Result<T, impl std::fmt::Display>) -> Option<T> {
        match tried {
            Ok(value) => Some(value),
            Err(error) => {
                self.say(&error.to_string());
                None
            }
        }
    }

    /// An alarm: somebody should see to it.
    fn say(&mut self, text: &str) {
        self.alarm = true;
        self.note(text);
    }

    fn note(&self, text: &str) {
        use std::io::Write;
        // Nobody is left to tell when this fails, too.
        drop(writeln!(std::io::stderr(), "kepu: {text}"));
    }

    /// What is wrong with installed packs, and what to do.
    fn alarms(&mut self, alarms: &[Alarm], locales: &Locales) {
        for alarm in alarms {
            let (sentence, hint) = super::pack::in_words(locales, "en", alarm);
            self.say(&format!("{sentence}. {hint}"));
        }
    }

    /// One line for every pack that is left out; `kepu check` tells the rest.
    fn problems(&mut self, problems: &[Problem]) {
        let mut named: Vec<&Path> = Vec::new();
        for problem in problems {
            let folder = problem.file.parent().unwrap_or(&problem.file);
            if problem.severity == Severity::Error && !named.contains(&folder) {
                named.push(folder);
                self.say(&format!(
                    "the pack in `{0}` has errors and is left out; see: kepu check {0}",
                    folder.display()
                ));
            }
        }
    }
}

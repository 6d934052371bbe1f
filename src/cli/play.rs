//! `kepu play`: the kiosk.

mod export;
mod log;
mod office;
mod upkeep;
mod uploads;

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::sync::mpsc;
use std::thread;

use clap::Args;
use jiff::Timestamp;

use super::{Failure, default_data_folder};
use crate::config::{ROUND_LENGTHS, Station};
use crate::files;
use crate::journal::{self, Deed};
use crate::kiosk::{self, Alarm, Ending, Settings, StaffDesk};
use crate::locale::Locales;
use crate::packs::store::{Run, Store};
use crate::records::{Notice, RecordStore, Writer};

use export::Exporter;
use log::{StaffLog, note};
use office::Office;
use upkeep::Upkeep;
use uploads::{Uploads, Way};

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

    let station = log.keep(Station::read(&data), Alarm::new("station-file"));
    let station = station.unwrap_or_default();
    if let Some(folder) = &arguments.shots {
        files::create_folder(folder)?;
    }
    let locales = Locales::shipped()?;
    let store = Store::open(&data);
    let run = begin_run(&store, &locales, &mut log);
    let office = Office::new(&data, &arguments.packs, &store, &station);
    let (bank, problems) = office.load(&locales, &mut log);
    log.problems(&problems);
    let records = open_records(&data, &mut log);
    let uploads = Uploads::default();
    // A robot's play goes nowhere.
    let way = Way::find(&data, &station, &mut log).filter(|_| arguments.robot.is_none());
    let (upkeep, keep_years) = (Upkeep::default(), station.keep_years);
    let troubles = troubles(&uploads, &upkeep);
    let kept = data.clone();
    let ended = kiosk::run(Settings {
        staff: desk(&data, office, troubles, log.alarms),
        bank,
        locales,
        station,
        round: arguments.round,
        records: records.map(|store| -> kiosk::RecordsOpener {
            Box::new(move |on_change| {
                let writer = Writer::spawn(store, on_change)?;
                upkeep.start(&kept, keep_years, writer.submitter());
                if let Some(way) = way {
                    uploads.start(way, &writer);
                }
                Ok(writer)
            })
        }),
        on_session_end: count_sessions(store),
        window: arguments.window,
        robot: arguments.robot,
        shots: arguments.shots.clone(),
        seed: arguments.seed,
    });
    // Whoever does not come here has crashed. A kiosk that cannot run at all is no pack's fault.
    // When this fails, nobody is left to tell.
    drop(run.map(Run::ended));
    match ended? {
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
fn desk(
    data: &Path,
    office: Office,
    troubles: impl Fn() -> Vec<Alarm> + Send + Sync + 'static,
    alarms: Vec<Alarm>,
) -> StaffDesk {
    let reload = office.clone();
    let (station, deeds) = (data.to_owned(), data.to_owned());
    StaffDesk {
        data: data.to_owned(),
        packs: Box::new(office),
        export: Box::new(Exporter::new(data)),
        reload: Box::new(move || reload.load_again()),
        save_station: Box::new(move |settings| {
            settings.write(&station).map_err(|error| error.to_string())
        }),
        journal: Box::new(move |deed, subject| write_down(&deeds, deed, subject)),
        troubles: Box::new(troubles),
        alarms,
    }
}

/// What goes wrong in the background.
fn troubles(uploads: &Uploads, upkeep: &Upkeep) -> impl Fn() -> Vec<Alarm> + Send + Sync + 'static {
    let (uploads, upkeep) = (uploads.clone(), upkeep.clone());
    move || {
        uploads
            .trouble()
            .into_iter()
            .chain(upkeep.trouble())
            .collect()
    }
}

fn write_down(data: &Path, deed: Deed, subject: &str) {
    let entry = journal::Entry {
        at: Timestamp::now(),
        deed,
        subject: subject.to_owned(),
        detail: String::new(),
    };
    if let Err(error) = journal::append(data, &entry) {
        note(&error.to_string());
    }
}

/// Counts ended sessions towards the trials of new packs, on a thread: it may write to the disk.
fn count_sessions(store: Store) -> Box<dyn Fn() + Send + Sync> {
    let (ended, sessions) = mpsc::channel();
    let counter = thread::Builder::new().name("trials".to_owned());
    let begun = counter.spawn(move || {
        while sessions.recv().is_ok() {
            if let Err(refused) = store.session_ended() {
                note(&format!("a session could not be counted: {refused:?}"));
            }
        }
    });
    if let Err(error) = begun {
        note(&format!(
            "sessions under new packs are not counted: {error}"
        ));
    }
    // Without the thread, packs stay on trial.
    Box::new(move || {
        let _ = ended.send(());
    })
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
    log.of_packs(alarms, locales);
    run
}

/// Without records the quiz still plays, under an alarm.
fn open_records(data: &Path, log: &mut StaffLog) -> Option<RecordStore> {
    let (store, notices) = log.keep(RecordStore::open(data), Alarm::new("records-closed"))?;
    for notice in notices {
        match notice {
            Notice::SetAside { path, restored } => {
                let path = path.display().to_string();
                let (what, alarm) = match restored {
                    true => ("the copy took their place", Alarm::new("records-restored")),
                    false => ("new ones were begun", Alarm::new("records-set-aside")),
                };
                log.say(
                    &format!("the records were broken and have been set aside as `{path}`; {what}"),
                    alarm.with("file", path.as_str()),
                );
            }
            Notice::Interrupted { sessions } => {
                note(&format!(
                    "{sessions} session(s) were interrupted by the last stop"
                ));
            }
        }
    }
    Some(store)
}

//! The kiosk program: the only part that knows Bevy.
//!
//! The session is the truth and the screen a picture of it. Every screen is made when it is
//! entered, from the resources of `visit`, and goes away by itself when it is left.

mod access;
mod draw;
mod idle;
mod input;
pub mod layout;
mod narration;
mod pictures;
mod quick_taps;
mod robot;
mod screens;
mod shots;
mod sights;
mod staff;
mod store;
mod theme;
mod tour;
mod visit;
mod wake;
mod window;

use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use bevy::app::TerminalCtrlCHandlerPlugin;
use bevy::log::LogPlugin;
use bevy::prelude::*;
use bevy::render::RenderPlugin;
use bevy::render::settings::{MemoryHints, RenderCreation, WgpuSettings};

use crate::bank::QuestionBank;
use crate::config::Station;
use crate::locale::Locales;
use crate::records::Writer;

pub use staff::{
    Alarm, Back, ExportOffice, ExportStick, Exported, Find, FoundPack, Offer, Origin, PackAt,
    PackOffice, PackRow, StaffDesk, Trial,
};

/// Everything a kiosk plays with.
pub struct Settings {
    /// The questions.
    pub bank: QuestionBank,
    /// The texts of the interface.
    pub locales: Locales,
    /// What is particular to this kiosk.
    pub station: Station,
    /// Questions in a round, whatever the station says.
    pub round: Option<usize>,
    /// Where sessions are stored; `None` plays without recording, under an alarm.
    pub records: Option<RecordsOpener>,
    /// Called whenever a session ends; it must not wait for anything.
    pub on_session_end: Box<dyn Fn() + Send + Sync>,
    /// What staff may see and do.
    pub staff: StaffDesk,
    /// A window of this size in pixels, or else the full screen.
    pub window: Option<(u32, u32)>,
    /// How many rounds a robot plays before the program ends by itself.
    pub robot: Option<u32>,
    /// Where to leave a picture of every screen that is entered.
    pub shots: Option<PathBuf>,
    /// What the draws are made from, for rounds that can be repeated.
    pub seed: Option<u64>,
}

/// Starts the writer of records. It is given a function to call whenever something was committed.
pub type RecordsOpener =
    Box<dyn FnOnce(Box<dyn Fn() + Send + Sync>) -> Result<Writer, crate::records::Error>>;

/// Why the kiosk could not run, or did not run on.
#[derive(Debug)]
pub enum Error {
    /// Neither X11 nor Wayland is there.
    NoDisplay,
    /// The records could not be started.
    Records(crate::records::Error),
    /// The window, the graphics or something after them failed.
    Stopped {
        /// What was said last.
        reason: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDisplay => f.write_str(
                "cannot open a window: there is no display (set DISPLAY or WAYLAND_DISPLAY, or \
                 use Xvfb)",
            ),
            Self::Records(error) => error.fmt(f),
            Self::Stopped { reason } => write!(f, "the kiosk stopped: {reason}"),
        }
    }
}

impl std::error::Error for Error {}

/// What is to happen after the kiosk has stopped as it was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Nothing.
    Stop,
    /// Staff want the program to be started again.
    Restart,
}

/// Leaves pictures of every screen in a folder, one folder a size of screen, in every language and
/// profile, or only those with `only` in their path there. Staff's screens are filled with invented
/// figures. The display must be as large as the largest of [`layout::SIZES`].
pub fn picture(
    bank: QuestionBank,
    locales: Locales,
    folder: PathBuf,
    only: String,
) -> Result<(), Error> {
    begin(move |app| {
        let station = Station {
            motion: false,
            ..Station::default()
        };
        outfit(
            app,
            bank,
            locales,
            station,
            None,
            None,
            Some(layout::SIZES[0]),
        );
        store::install(
            app,
            None,
            false,
            crate::records::Mode::Robot,
            Box::new(|| {}),
        )
        .map_err(Error::Records)?;
        pictures::install(app, crate::packs::store::Store::at(&folder));
        staff::install(app, staff::sample_desk(), staff::Restart::default());
        shots::install(app, folder.clone());
        tour::install(app, folder, only);
        Ok(())
    })
    .map(|_| ())
}

/// Plays until it is told to stop.
pub fn run(settings: Settings) -> Result<Ending, Error> {
    let restart = staff::Restart::default();
    let wish = restart.clone();
    begin(move |app| build(app, settings, wish))?;
    Ok(if restart.is_wished() {
        Ending::Restart
    } else {
        Ending::Stop
    })
}

/// Runs a program that is put together by `build`, until it ends as it was told.
fn begin(build: impl FnOnce(&mut App) -> Result<(), Error>) -> Result<(), Error> {
    if !window::has_display() {
        return Err(Error::NoDisplay);
    }
    // The engine panics when there is no window system or no graphics adapter. Whoever started
    // the program is told in one sentence; a supervisor starts it again.
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let exit = catch_unwind(AssertUnwindSafe(move || {
        let mut app = App::new();
        build(&mut app)?;
        // From here on a panic is a mistake of ours, and its place is worth a line in the log.
        std::panic::set_hook(loud);
        Ok(app.run())
    }));
    match exit {
        Ok(Ok(AppExit::Success)) => Ok(()),
        Ok(Ok(AppExit::Error(code))) => Err(Error::Stopped {
            reason: format!("the window or the graphics failed (code {code})"),
        }),
        Ok(Err(error)) => Err(error),
        Err(panic) => Err(Error::Stopped {
            reason: spoken(panic.as_ref()),
        }),
    }
}

/// What a panic said, in a line. The two that are no mistake of the program get words of ours.
fn spoken(panic: &(dyn Any + Send)) -> String {
    let text = said(panic);
    if text.contains("event loop") {
        "the display cannot be reached (look at DISPLAY or WAYLAND_DISPLAY)".to_owned()
    } else if text.contains("GPU") {
        "there is no graphics driver, not even one in software (install mesa-vulkan-drivers)"
            .to_owned()
    } else {
        text
    }
}

fn said(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .and_then(|text| text.lines().next().map(str::to_owned))
        .unwrap_or_else(|| "for an unknown reason".to_owned())
}

/// The engine, the screens and what they are made from.
fn outfit(
    app: &mut App,
    bank: QuestionBank,
    locales: Locales,
    station: Station,
    round: Option<usize>,
    seed: Option<u64>,
    window: Option<(u32, u32)>,
) {
    // An error in a system is logged and the frame goes on: nothing a visitor does may end the
    // program.
    app.set_error_handler(bevy::ecs::error::error);
    app.add_plugins(
        DefaultPlugins
            .set(window::plugin_settings(window))
            .set(LogPlugin {
                filter: "warn,wgpu=error,naga=error".to_owned(),
                ..default()
            })
            .set(RenderPlugin {
                render_creation: RenderCreation::Automatic(Box::new(WgpuSettings {
                    // A kiosk draws little: memory matters more than the last bit of speed.
                    memory_hints: MemoryHints::Manual {
                        suballocated_device_memory_block_size: 1 << 20..4 << 20,
                    },
                    ..default()
                })),
                ..default()
            })
            // `window` handles the signals.
            .disable::<TerminalCtrlCHandlerPlugin>(),
    );
    let languages = visit::offered(&locales, &station);
    app.insert_resource(visit::Texts(locales))
        .insert_resource(visit::Questions(bank))
        .insert_resource(visit::Seeds::new(seed))
        .insert_resource(visit::Visit::new(&languages))
        .insert_resource(visit::Languages(languages))
        .insert_resource(visit::Rules(station))
        .insert_resource(visit::RoundLength(round))
        .add_plugins((
            window::plugin,
            draw::plugin,
            wake::plugin,
            theme::plugin,
            input::plugin,
            quick_taps::plugin,
            screens::plugin,
            idle::plugin,
            access::plugin,
            narration::plugin,
        ));
}

fn build(app: &mut App, settings: Settings, restart: staff::Restart) -> Result<(), Error> {
    outfit(
        app,
        settings.bank,
        settings.locales,
        settings.station,
        settings.round,
        settings.seed,
        settings.window,
    );
    let mode = if settings.robot.is_some() {
        crate::records::Mode::Robot
    } else {
        crate::records::Mode::Visitor
    };
    let alarm = !settings.staff.alarms.is_empty();
    store::install(app, settings.records, alarm, mode, settings.on_session_end)
        .map_err(Error::Records)?;
    pictures::install(app, crate::packs::store::Store::at(&settings.staff.data));
    staff::install(app, settings.staff, restart);
    if let Some(folder) = settings.shots {
        shots::install(app, folder);
    }
    if let Some(rounds) = settings.robot {
        robot::install(app, rounds, settings.seed.unwrap_or(1));
    }
    Ok(())
}

//! What to do when the PIN is forgotten, lost or locked: a line to be signed by somebody in charge,
//! and the stick that brings it back.

use std::time::{Duration, Instant};

use bevy::prelude::*;

use super::desk::Desk;
use super::parts::{self, button};
use super::work::Work;
use super::{pad, show_screen, time_left};
use crate::config::Station;
use crate::journal::Deed;
use crate::kiosk::input::{Back, Taps};
use crate::kiosk::screens::Screen;
use crate::kiosk::theme::lettering::Words;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, Look};
use crate::kiosk::theme::{Frame, palette};
use crate::kiosk::visit::{Languages, Texts};
use crate::kiosk::wake::Wake;
use crate::packs::sticks;
use crate::staff::recovery::{RESET_FILE, Recovery};
use crate::staff::{Permit, Refused};

/// How long the screen stays without a tap: somebody may copy the line.
const CLOSES: Duration = Duration::from_secs(5 * 60);

/// How long sticks are searched.
const SEARCH_LIMIT: Duration = Duration::from_secs(5);

/// How many files of that name are looked at: one a stick.
const MOST_FILES: usize = 8;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Reset>()
        .add_systems(OnEnter(Screen::Reset), spawn)
        .add_systems(
            Update,
            (close_when_left, go_back_by_key).run_if(in_state(Screen::Reset)),
        );
}

/// What the screen shows.
#[derive(Resource, Default)]
pub(super) struct Reset {
    opened: Duration,
    /// The line to be signed, once it has been read.
    pub(super) line: Option<String>,
    said: Option<Refused>,
    busy: bool,
}

/// Shows the line that is to be signed.
pub(super) fn open(world: &mut World) {
    *world.resource_mut::<Reset>() = Reset {
        opened: world.resource::<Time<Real>>().elapsed(),
        ..default()
    };
    work(world, line, |world, line| {
        let mut reset = world.resource_mut::<Reset>();
        match line {
            Ok(line) => reset.line = Some(line),
            Err(refused) => reset.said = Some(refused),
        }
        show_screen(world, Screen::Reset);
    });
}

/// Looks for the signed line on the sticks.
fn read_sticks(world: &mut World) {
    work(world, take, |world, taken| match taken {
        Ok(permit) => pad::choose_anew(world, permit),
        Err(refused) => {
            world.resource_mut::<Reset>().said = Some(refused);
            show_screen(world, Screen::Reset);
        }
    });
}

fn line(desk: &Desk) -> Result<String, Refused> {
    let station = Station::read(&desk.data).unwrap_or_default();
    if station.admin_keys.is_empty() {
        return Err(Refused::no_reset_keys());
    }
    Ok(Recovery::open(&desk.data)?.line(station.id.as_deref()))
}

/// The permit that a file on one of the sticks gives.
fn take(desk: &Desk) -> Result<Permit, Refused> {
    let station = Station::read(&desk.data).unwrap_or_default();
    let begun = Instant::now();
    let out_of_time = || begun.elapsed() > SEARCH_LIMIT;
    let files = sticks::find_named(&station.sticks, RESET_FILE, &out_of_time);
    let files = files.into_iter().take(MOST_FILES);
    let mut recovery = Recovery::open(&desk.data)?;
    let permit = recovery.accept_file(station.id.as_deref(), files, &station.admin_keys)?;
    (desk.journal)(Deed::PinReset, "");
    Ok(permit)
}

/// Does a job on a thread; what comes of it happens only while the same screen is still open.
fn work<T: Send + 'static>(
    world: &mut World,
    job: fn(&Desk) -> T,
    then: impl FnOnce(&mut World, T) + Send + 'static,
) {
    let mut reset = world.resource_mut::<Reset>();
    if reset.busy {
        return;
    }
    reset.busy = true;
    reset.said = None;
    let opened = reset.opened;
    let desk = world.resource::<Desk>().clone();
    world.resource::<Work>().clone().start(move |work| {
        let done = job(&desk);
        work.tell(move |world| {
            let here = *world.resource::<State<Screen>>().get() == Screen::Reset;
            let mut reset = world.resource_mut::<Reset>();
            if here && reset.opened == opened {
                reset.busy = false;
                then(world, done);
            }
        });
    });
    show_screen(world, Screen::Reset);
}

fn spawn(
    mut commands: Commands,
    reset: Res<Reset>,
    texts: Res<Texts>,
    languages: Res<Languages>,
    frame: Res<Frame>,
) {
    let language = languages.0.first().map_or("", String::as_str);
    let words = |text: &str| Words::in_language(language, text);
    let say = |key: &str| words(&texts.0.text(language, key));
    commands
        .spawn((widget::page("Reset"), DespawnOnExit(Screen::Reset)))
        .with_children(|page| {
            page.spawn((
                widget::Fits,
                Node {
                    justify_content: JustifyContent::Center,
                    ..parts::column()
                },
            ))
            .with_children(|body| {
                body.spawn(text::bold(say("reset-title"), Size::Title, palette::INK));
                if let Some(line) = &reset.line {
                    parts::line(body, say("reset-send"));
                    spawn_line(body, line);
                    let file = [("file", RESET_FILE.into())];
                    parts::line(body, words(&texts.0.format(language, "reset-sign", &file)));
                    parts::line(body, say("reset-plug"));
                }
                if let Some(refused) = &reset.said {
                    let said = pad::refusal(&texts, language, refused);
                    parts::notice(body, "reset-refused", false, said);
                } else if reset.busy {
                    parts::note(body, say("pad-busy"));
                }
                body.spawn(Node {
                    margin: UiRect::top(px(if frame.portrait { 40 } else { 8 })),
                    ..parts::controls()
                })
                .with_children(|row| {
                    if reset.line.is_some() && !reset.busy {
                        let (look, word) = (Look::Action, say("reset-read"));
                        button(row, "reset-read", look, "arrow-right", word, read_sticks);
                    }
                    let word = say("pad-close");
                    button(row, "reset-close", Look::Choice, "x", word, pad::close);
                });
            });
        });
}

/// The line as it is to be copied, letter by letter.
fn spawn_line(body: &mut ChildSpawnerCommands<'_>, line: &str) {
    let node = Node {
        padding: UiRect::axes(px(32), px(24)),
        ..default()
    };
    body.spawn(widget::pane("reset-line", Look::Choice, node))
        .with_children(|pane| {
            pane.spawn(text::bold(line, Size::Title, palette::INK));
        });
}

fn close_when_left(
    reset: Res<Reset>,
    taps: Res<Taps>,
    time: Res<Time<Real>>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    match time_left(CLOSES, time.elapsed(), taps.activity, reset.opened) {
        Some(left) => wake.within(left),
        None => commands.queue(pad::close),
    }
}

fn go_back_by_key(mut backs: MessageReader<Back>, mut commands: Commands) {
    if backs.read().count() > 0 {
        commands.queue(pad::close);
    }
}

//! The staff area: five tabs, a lock, and the rule that it locks itself.
//!
//! It is made anew from [`Area`] whenever news comes; only what staff change tap by tap is changed
//! in place.

use std::time::Duration;

use bevy::prelude::*;

use super::ask::{self, Ask};
use super::desk::{Alarm, Desk};
use super::export_port::ExportStick;
use super::packs::Packs;
use super::parts::{self, View, button, does};
use super::work::Work;
use super::{health, packs, records, show_screen, station, time_left, today};
use crate::bank::Arg;
use crate::config::Station;
use crate::kiosk::idle;
use crate::kiosk::input::{Back, Taps};
use crate::kiosk::screens::{self, Screen};
use crate::kiosk::store::Store;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, GAP, LEAST_GAP, Look};
use crate::kiosk::visit::{Languages, Questions, Visit};
use crate::kiosk::wake::Wake;
use crate::packs::Refused;
use crate::texts::Spoken;

/// How long the area stays open without a tap.
const LOCKS: Duration = Duration::from_secs(60);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Area>()
        .add_systems(OnEnter(Screen::Staff), spawn)
        .add_systems(
            Update,
            (lock_when_left, go_back_by_key, show_progress).run_if(in_state(Screen::Staff)),
        );
}

/// The tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tab {
    #[default]
    Today,
    Packs,
    Records,
    Station,
    Health,
}

impl Tab {
    const ALL: [Self; 5] = [
        Self::Today,
        Self::Packs,
        Self::Records,
        Self::Station,
        Self::Health,
    ];

    /// The name of the control, the key of the word on it, and its icon.
    fn dress(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Today => ("tab-today", "staff-tab-today", "clock"),
            Self::Packs => ("tab-packs", "staff-tab-packs", "book-open-text"),
            Self::Records => ("tab-records", "staff-tab-records", "list-checks"),
            Self::Station => ("tab-station", "staff-tab-station", "wrench"),
            Self::Health => ("tab-health", "staff-tab-health", "heartbeat"),
        }
    }
}

/// What the area shows. Nothing of it is left once it is locked.
#[derive(Resource, Default)]
pub(super) struct Area {
    pub(super) tab: Tab,
    /// What was read for the tabs that only show; `None` while it is being read.
    pub(super) looked: Option<today::Looked>,
    pub(super) packs: Packs,
    /// The station as staff are changing it, before it is saved.
    pub(super) draft: Option<Station>,
    /// Where results can be taken to, while staff choose.
    pub(super) sticks: Option<Vec<ExportStick>>,
    /// What is about to be done, if staff say so again.
    pub(super) ask: Option<Ask>,
    /// What is being done; nothing else can be, meanwhile.
    pub(super) busy: Option<Busy>,
    /// How the last deed went.
    pub(super) told: Option<Told>,
    /// Which opening of the area this is: news for an earlier one is no news.
    opening: u64,
    /// When something was done last without a tap.
    stirred: Duration,
}

/// What is being done.
pub(super) struct Busy {
    /// What it is called.
    pub(super) key: &'static str,
    /// How much of how much, where that is known.
    pub(super) progress: (u64, u64),
}

/// How a deed went.
pub(super) enum Told {
    /// Well: this sentence, with values.
    Done(&'static str, Vec<(&'static str, Arg)>),
    /// Not at all, for this reason.
    Refused(Refused),
    /// Not at all, or not all of it, for this reason.
    Wrong(Alarm),
    /// Not at all, and the log knows why.
    Failed,
}

/// Opens the area for whoever has given the PIN. The visit that was going on is over.
pub(super) fn enter(world: &mut World) {
    let opening = world.resource::<Area>().opening + 1;
    *world.resource_mut::<Area>() = Area {
        opening,
        ..default()
    };
    end_visit(world);
    show_screen(world, Screen::Staff);
    today::look(world);
}

/// Locks the area and makes the station ready for visitors.
pub(super) fn lock(world: &mut World) {
    let opening = world.resource::<Area>().opening;
    let locked = Area {
        opening,
        ..default()
    };
    let left = std::mem::replace(&mut *world.resource_mut::<Area>(), locked);
    // A pack that was prepared and not installed takes its files with it.
    world.resource::<Work>().start(move |_| drop(left));
    end_visit(world);
    let home = screens::home(world.resource::<Questions>());
    show_screen(world, home);
}

fn end_visit(world: &mut World) {
    let end = |mut visit: ResMut<Visit>,
               languages: Res<Languages>,
               store: Res<Store>,
               mut next: ResMut<NextState<Screen>>| {
        idle::start_over(&mut visit, &languages, &store, &mut next, None);
    };
    if let Err(error) = world.run_system_cached(end) {
        error!("the visit could not be ended: {error}");
    }
}

/// Makes the screen anew.
pub(super) fn redraw(world: &mut World) {
    if *world.resource::<State<Screen>>().get() != Screen::Staff {
        return;
    }
    show_screen(world, Screen::Staff);
}

/// Opens a tab, from its beginning.
fn open_tab(world: &mut World, tab: Tab) {
    let mut area = world.resource_mut::<Area>();
    area.tab = tab;
    area.ask = None;
    area.told = None;
    area.draft = None;
    area.looked = None;
    area.sticks = None;
    let left = std::mem::take(&mut area.packs);
    world.resource::<Work>().start(move |_| drop(left));
    match tab {
        Tab::Packs => packs::list(world),
        Tab::Station => {}
        Tab::Today | Tab::Records | Tab::Health => today::look(world),
    }
    redraw(world);
}

/// Does on a thread what staff must wait for, then changes the world by what came of it. Nothing
/// else can be done in the area meanwhile, and it stays open.
pub(super) fn wait_for<T: Send + 'static>(
    world: &mut World,
    key: &'static str,
    job: impl FnOnce(&Desk, &mut dyn FnMut(u64, u64)) -> T + Send + 'static,
    then: impl FnOnce(&mut World, T) + Send + 'static,
) {
    let mut area = world.resource_mut::<Area>();
    if area.busy.is_some() {
        return;
    }
    area.busy = Some(Busy {
        key,
        progress: (0, 0),
    });
    area.told = None;
    let desk = world.resource::<Desk>().clone();
    world.resource::<Work>().clone().start(move |work| {
        let mut shown = 0;
        let mut progress = |done: u64, of: u64| {
            // A frame for every hundredth is enough.
            let percent = done.saturating_mul(100).checked_div(of).unwrap_or_default();
            if percent > shown {
                shown = percent;
                work.tell(move |world| {
                    if let Some(busy) = &mut world.resource_mut::<Area>().busy {
                        busy.progress = (done, of);
                    }
                });
            }
        };
        let done = job(&desk, &mut progress);
        work.tell(move |world| {
            let now = world.resource::<Time<Real>>().elapsed();
            let mut area = world.resource_mut::<Area>();
            area.busy = None;
            area.stirred = now;
            then(world, done);
            redraw(world);
        });
    });
    redraw(world);
}

/// Reads on a thread what a tab shows. Staff may go on meanwhile, and news that nobody waits for
/// any more changes nothing.
pub(super) fn read<T: Send + 'static>(
    world: &mut World,
    job: impl FnOnce(&Desk) -> T + Send + 'static,
    then: impl FnOnce(&mut Area, T) + Send + 'static,
) {
    let area = world.resource::<Area>();
    let (opening, tab) = (area.opening, area.tab);
    let desk = world.resource::<Desk>().clone();
    world.resource::<Work>().clone().start(move |work| {
        let done = job(&desk);
        work.tell(move |world| {
            let mut area = world.resource_mut::<Area>();
            if area.opening == opening && area.tab == tab {
                then(&mut area, done);
                redraw(world);
            }
        });
    });
}

/// Tells staff that something went wrong inside, and lets them go on.
pub(super) fn give_up(world: &mut World) {
    let mut area = world.resource_mut::<Area>();
    area.busy = None;
    area.told = Some(Told::Failed);
    redraw(world);
}

fn lock_when_left(
    area: Res<Area>,
    taps: Res<Taps>,
    time: Res<Time<Real>>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    if area.busy.is_some() {
        return;
    }
    match time_left(LOCKS, time.elapsed(), taps.activity, area.stirred) {
        Some(left) => wake.within(left),
        None => commands.queue(lock),
    }
}

/// Escape: a step back, and from where there is none, out.
fn go_back_by_key(mut backs: MessageReader<Back>, area: Res<Area>, mut commands: Commands) {
    if backs.read().count() == 0 || area.busy.is_some() {
        return;
    }
    commands.queue(if area.ask.is_some() {
        ask::cancel
    } else if area.tab == Tab::Packs && area.packs.is_inside() {
        packs::list_again
    } else if area.sticks.is_some() {
        records::leave_sticks
    } else {
        lock
    });
}

fn spawn(mut commands: Commands, view: View) {
    commands
        .spawn((widget::page("Staff"), DespawnOnExit(Screen::Staff)))
        .with_children(|page| {
            spawn_top(page, &view);
            page.spawn(if view.frame.portrait {
                parts::column()
            } else {
                widget::stretch(FlexDirection::Row)
            })
            .with_children(|body| {
                spawn_tabs(body, &view);
                body.spawn((
                    widget::Fits,
                    Node {
                        overflow: Overflow::clip(),
                        ..parts::column()
                    },
                ))
                .with_children(|content| spawn_content(content, &view));
            });
        });
}

fn spawn_top(page: &mut ChildSpawnerCommands<'_>, view: &View) {
    page.spawn(Node {
        align_items: AlignItems::Center,
        column_gap: px(GAP),
        ..default()
    })
    .with_children(|top| {
        top.spawn(Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            min_width: px(0),
            flex_direction: FlexDirection::Column,
            ..default()
        })
        .with_children(|title| {
            title.spawn((
                TextLayout::no_wrap(),
                text::bold(view.say("staff-title"), Size::Title, palette::INK),
            ));
            if view.rules.0.id.is_none() {
                title.spawn((
                    TextLayout::no_wrap(),
                    text::plain(view.say("staff-demonstration"), Size::Small, palette::WRONG),
                ));
            }
        });
        if view.area.busy.is_some() {
            return;
        }
        let languages = &view.scene.languages.0;
        let own = &view.scene.visit.language;
        let at = languages.iter().position(|tag| tag == own);
        let next = at.map_or(0, |at| (at + 1) % languages.len().max(1));
        if let Some(other) = languages.get(next).filter(|other| *other != own) {
            let chosen = other.clone();
            let name = view.scene.language_name(other);
            let word = Spoken {
                language: other,
                text: &name,
            };
            button(
                top,
                "language",
                Look::Choice,
                "translate",
                word,
                move |world| {
                    world.resource_mut::<Visit>().language.clone_from(&chosen);
                    redraw(world);
                },
            );
        }
        let word = view.say("staff-lock");
        button(top, "lock", Look::Choice, "shield-check", word, lock);
    });
}

fn spawn_tabs(body: &mut ChildSpawnerCommands<'_>, view: &View) {
    let portrait = view.frame.portrait;
    body.spawn(if portrait {
        Node {
            column_gap: px(LEAST_GAP),
            ..default()
        }
    } else {
        Node {
            flex_direction: FlexDirection::Column,
            width: px(300),
            row_gap: px(GAP),
            ..default()
        }
    })
    .with_children(|tabs| {
        for tab in Tab::ALL {
            let (name, key, icon) = tab.dress();
            let look = if tab == view.area.tab {
                Look::Selected
            } else {
                Look::Choice
            };
            let node = Node {
                flex_direction: if portrait {
                    FlexDirection::Column
                } else {
                    FlexDirection::Row
                },
                flex_grow: if portrait { 1.0 } else { 0.0 },
                flex_basis: if portrait { px(0) } else { auto() },
                justify_content: if portrait {
                    JustifyContent::Center
                } else {
                    JustifyContent::Start
                },
                padding: UiRect::axes(px(if portrait { 2 } else { 24 }), px(12)),
                min_height: px(124),
                row_gap: px(0),
                ..widget::control()
            };
            let children = |control: &mut ChildSpawnerCommands<'_>| {
                control.spawn(text::symbol(icon, IconSize::Usual, palette::ACTION));
                let size = if portrait { Size::Small } else { Size::Body };
                control.spawn((
                    TextLayout::no_wrap(),
                    text::bold(view.say(key), size, look.ink()),
                ));
            };
            // While something is being done the tabs are there, but are no buttons.
            if view.area.busy.is_some() {
                tabs.spawn(widget::pane(name, look, node))
                    .with_children(children);
            } else {
                let open = does(move |world| open_tab(world, tab));
                tabs.spawn((widget::button(name, look, node), open))
                    .with_children(children);
            }
        }
    });
}

fn spawn_content(content: &mut ChildSpawnerCommands<'_>, view: &View) {
    if let Some(busy) = &view.area.busy {
        return spawn_busy(content, view, busy);
    }
    match &view.area.told {
        None => {}
        Some(Told::Done(key, args)) => {
            let args = crate::locale::values(args);
            let said = (view.say_with(key, &args), String::new());
            parts::notice(content, "told-done", true, said);
        }
        Some(Told::Refused(refused)) => {
            let said = view.say_coded("pack", refused.code, &refused.args);
            parts::notice(content, "told-refused", false, said);
        }
        Some(Told::Wrong(alarm)) => {
            parts::notice(content, "told-refused", false, view.say_alarm(alarm));
        }
        Some(Told::Failed) => {
            let said = (view.say("staff-failed"), view.say("staff-failed-hint"));
            parts::notice(content, "told-failed", false, said);
        }
    }
    if let Some(asked) = &view.area.ask {
        return ask::spawn(content, view, asked);
    }
    match view.area.tab {
        Tab::Today => today::spawn(content, view),
        Tab::Packs => packs::spawn(content, view),
        Tab::Records => records::spawn(content, view),
        Tab::Station => station::spawn(content, view),
        Tab::Health => health::spawn(content, view),
    }
}

/// The bar that shows how much of the work is done.
#[derive(Component)]
struct Progress;

fn spawn_busy(content: &mut ChildSpawnerCommands<'_>, view: &View, busy: &Busy) {
    content
        .spawn(Node {
            justify_content: JustifyContent::Center,
            ..parts::column()
        })
        .with_children(|middle| {
            middle.spawn(text::symbol("hourglass", IconSize::Alone, palette::ACTION));
            middle.spawn(text::bold(view.say(busy.key), Size::Title, palette::INK));
            middle
                .spawn(widget::pane(
                    "progress",
                    Look::Choice,
                    Node {
                        width: percent(100),
                        height: px(56),
                        ..default()
                    },
                ))
                .with_children(|frame| {
                    frame.spawn((
                        Progress,
                        Node {
                            width: share(busy),
                            height: percent(100),
                            border_radius: BorderRadius::all(px(14)),
                            ..default()
                        },
                        BackgroundColor(palette::ACTION),
                    ));
                });
            parts::note(middle, view.say("staff-wait"));
        });
}

fn share(busy: &Busy) -> Val {
    let (done, of) = busy.progress;
    percent(if of == 0 {
        0.0
    } else {
        100.0 * done.min(of) as f32 / of as f32
    })
}

fn show_progress(
    area: Res<Area>,
    mut bars: Query<&mut Node, With<Progress>>,
    mut wake: ResMut<Wake>,
) {
    let Some(busy) = area.busy.as_ref().filter(|_| area.is_changed()) else {
        return;
    };
    for mut bar in &mut bars {
        bar.width = share(busy);
        wake.settle();
    }
}

/// The room for what a tab shows, for those that have to fit into it by themselves: how many rows
/// of a list there is room for. What is told takes the room of one or two.
pub(super) fn rows_that_fit(view: &View) -> usize {
    match (view.frame.portrait, view.area.told.is_some()) {
        (true, false) => 7,
        (true, true) => 5,
        (false, false) => 3,
        (false, true) => 2,
    }
}

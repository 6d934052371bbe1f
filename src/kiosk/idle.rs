//! When nobody is there any more: a countdown with two ways on, and then the attract screen with
//! nothing left of the earlier visitor. The same question is asked of somebody who taps "leave".

use std::time::Duration;

use bevy::input_focus::tab_navigation::TabGroup;
use bevy::prelude::*;
use bevy::ui_widgets::{Button, observe};

use super::input::{Tapped, Taps};
use super::narration::Narrator;
use super::screens::Screen;
use super::store::Store;
use super::theme::palette;
use super::theme::text::{self, IconSize, Size};
use super::theme::widget::{self, GAP, Look};
use super::visit::{Languages, Profile, Rules, Scene, Texts, Visit};
use super::wake::Wake;
use crate::bank::Audience;
use crate::records::Outcome;

/// Whether the visitor is being asked if they are still there.
#[derive(States, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Pause {
    /// No.
    #[default]
    Playing,
    /// Yes, and time is running.
    Asking,
}

pub(super) fn plugin(app: &mut App) {
    app.init_state::<Pause>()
        .add_plugins(asking)
        .add_systems(Startup, spawn_alarm_dot)
        .add_systems(
            Update,
            (
                watch.run_if(in_state(Pause::Playing)),
                count_down.run_if(in_state(Pause::Asking)),
                show_alarm,
            ),
        );
}

/// What is asked of whoever may have gone, and not yet when.
pub(super) fn asking(app: &mut App) {
    app.init_resource::<Countdown>()
        .add_systems(OnEnter(Pause::Asking), spawn);
}

/// When the countdown ends, since the program's start.
#[derive(Resource, Default)]
pub(super) struct Countdown {
    ends: Duration,
}

impl Countdown {
    /// Begins anew.
    pub(super) fn begin(&mut self, now: Duration, rules: &Rules) {
        self.ends = now + rules.0.countdown;
    }
}

/// The text that counts.
#[derive(Component)]
struct Seconds;

/// Ends whatever is going on and makes the station ready for the next visitor. `outcome` is how a
/// round that is still going on ends.
pub(super) fn start_over(
    visit: &mut Visit,
    languages: &Languages,
    store: &Store,
    next: &mut NextState<Screen>,
    outcome: Option<Outcome>,
) {
    store.end(visit, outcome.unwrap_or(Outcome::Abandoned));
    *visit = Visit::new(&languages.0);
    next.set(Screen::Attract);
}

fn watch(
    screen: Res<State<Screen>>,
    visit: Res<Visit>,
    languages: Res<Languages>,
    rules: Res<Rules>,
    taps: Res<Taps>,
    time: Res<Time<Real>>,
    mut pause: ResMut<NextState<Pause>>,
    mut wake: ResMut<Wake>,
) {
    let untouched = visit.language == languages.0.first().cloned().unwrap_or_default()
        && visit.profile == Profile::Standard
        && visit.contrast.is_none();
    match screen.get() {
        // Staff's screens close by themselves, and sooner.
        Screen::Resting | Screen::Pad | Screen::Reset | Screen::Staff => return,
        // The attract screen needs nothing, unless somebody changed it and went away.
        Screen::Attract if untouched => return,
        _ => {}
    }
    let patient = visit.profile == Profile::Large
        || matches!(visit.audience, Some(Audience::Youth | Audience::Senior));
    let limit = if patient {
        rules.0.idle_patient
    } else {
        rules.0.idle
    };
    let idle = time.elapsed().saturating_sub(taps.activity);
    if idle >= limit {
        pause.set(Pause::Asking);
        wake.settle();
    } else {
        wake.within(limit - idle);
    }
}

fn spawn(
    mut commands: Commands,
    scene: Scene,
    rules: Res<Rules>,
    time: Res<Time<Real>>,
    mut countdown: ResMut<Countdown>,
    mut wake: ResMut<Wake>,
) {
    countdown.begin(time.elapsed(), &rules);
    wake.settle();
    commands
        .spawn((
            Name::new("veil"),
            DespawnOnExit(Pause::Asking),
            TabGroup::modal(),
            GlobalZIndex(10),
            Node {
                position_type: PositionType::Absolute,
                width: percent(100),
                height: percent(100),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                padding: UiRect::all(px(GAP * 2.0)),
                ..default()
            },
            BackgroundColor(palette::VEIL),
            // Whoever touches anything but "start over" wants to go on.
            Button,
            observe(keep_going),
        ))
        .with_children(|veil| {
            veil.spawn(widget::pane(
                "countdown",
                Look::Choice,
                Node {
                    width: px(900),
                    padding: UiRect::all(px(GAP * 2.0)),
                    row_gap: px(GAP * 1.5),
                    align_items: AlignItems::Center,
                    ..widget::stack(FlexDirection::Column)
                },
            ))
            .with_children(|card| {
                card.spawn(text::symbol(
                    "hand-waving",
                    IconSize::Alone,
                    palette::ACTION,
                ));
                card.spawn((
                    TextLayout::justify(Justify::Center),
                    text::bold(scene.say("idle-title"), Size::Title, palette::INK),
                ));
                let seconds = rules.0.countdown.as_secs();
                card.spawn((
                    Seconds,
                    TextLayout::justify(Justify::Center),
                    text::plain(
                        scene.say_with("idle-seconds", &[("n", seconds.into())]),
                        Size::Body,
                        palette::INK,
                    ),
                ));
                spawn_ways_on(card, &scene);
            });
        });
}

fn spawn_ways_on(card: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    let node = || Node {
        width: percent(100),
        ..widget::control()
    };
    card.spawn((
        widget::button("keep-going", Look::Action, node()),
        observe(keep_going),
    ))
    .with_children(|button| {
        widget::label(button, "", scene.say("idle-keep-going"), Look::Action);
    });
    card.spawn((
        widget::button("start-over", Look::Choice, node()),
        observe(leave),
    ))
    .with_children(|button| {
        widget::label(button, "house", scene.say("idle-start-over"), Look::Choice);
    });
}

fn keep_going(_: On<Tapped>, mut pause: ResMut<NextState<Pause>>, mut wake: ResMut<Wake>) {
    pause.set(Pause::Playing);
    wake.settle();
}

fn leave(
    _: On<Tapped>,
    mut visit: ResMut<Visit>,
    languages: Res<Languages>,
    store: Res<Store>,
    mut next: ResMut<NextState<Screen>>,
    mut pause: ResMut<NextState<Pause>>,
) {
    pause.set(Pause::Playing);
    start_over(&mut visit, &languages, &store, &mut next, None);
}

fn count_down(
    countdown: Res<Countdown>,
    time: Res<Time<Real>>,
    mut shown: Query<&mut Text, With<Seconds>>,
    mut visit: ResMut<Visit>,
    languages: Res<Languages>,
    texts: Res<Texts>,
    store: Res<Store>,
    mut next: ResMut<NextState<Screen>>,
    mut pause: ResMut<NextState<Pause>>,
    mut wake: ResMut<Wake>,
) {
    let left = countdown.ends.saturating_sub(time.elapsed());
    if left.is_zero() {
        pause.set(Pause::Playing);
        start_over(
            &mut visit,
            &languages,
            &store,
            &mut next,
            Some(Outcome::TimedOut),
        );
        wake.settle();
        return;
    }
    let seconds = left.as_millis().div_ceil(1000);
    let seconds = u64::try_from(seconds).unwrap_or_default();
    for mut text in &mut shown {
        let said = texts
            .0
            .format(&visit.language, "idle-seconds", &[("n", seconds.into())]);
        if text.0 != said {
            text.0 = said;
            wake.settle();
        }
    }
    // To just after the next full second.
    let rest = u32::try_from(left.as_millis() % 1000).unwrap_or_default();
    wake.within(Duration::from_millis(u64::from(rest) + 5));
}

/// A small mark that says nothing to visitors and "please look" to staff.
#[derive(Component)]
struct AlarmDot;

fn spawn_alarm_dot(mut commands: Commands) {
    commands.spawn((
        Name::new("alarm"),
        AlarmDot,
        GlobalZIndex(20),
        Visibility::Hidden,
        Pickable::IGNORE,
        Node {
            position_type: PositionType::Absolute,
            right: px(14),
            bottom: px(14),
            width: px(20),
            height: px(20),
            border_radius: BorderRadius::MAX,
            ..default()
        },
        BackgroundColor(palette::LINE),
    ));
}

fn show_alarm(
    store: Res<Store>,
    narrator: Res<Narrator>,
    mut dot: Single<&mut Visibility, With<AlarmDot>>,
    mut wake: ResMut<Wake>,
) {
    let wanted = if store.has_alarm() || narrator.is_mute() {
        Visibility::Visible
    } else {
        Visibility::Hidden
    };
    if dot.set_if_neq(wanted) {
        wake.settle();
    }
}

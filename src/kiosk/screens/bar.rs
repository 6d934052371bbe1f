//! The bar at the top of every screen: leave, larger text, another language, each one tap away.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::Screen;
use crate::kiosk::access::{self, ReadLast};
use crate::kiosk::idle::{self, Pause};
use crate::kiosk::input::{Back, Tapped};
use crate::kiosk::store::Store;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::visit::{Profile, Rules, Scene, Visit};
use crate::texts::Spoken;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<CameFrom>()
        .add_systems(Update, go_back_by_key);
}

/// The screen to go back to from the choice of languages.
#[derive(Resource, Default)]
pub(super) struct CameFrom(pub(super) Screen);

/// Spawns the bar.
pub(super) fn spawn(page: &mut ChildSpawnerCommands<'_>, scene: &Scene, leave: bool) {
    let size = Size::Bar;
    page.spawn((
        Name::new("bar"),
        ReadLast,
        Node {
            align_items: AlignItems::Center,
            column_gap: px(GAP),
            ..default()
        },
    ))
    .with_children(|bar| {
        if leave {
            bar.spawn((
                widget::button("leave", Look::Choice, widget::control()),
                observe(ask_whether_to_leave),
            ))
            .with_children(|button| {
                widget::sized_label(button, "house", scene.say("bar-leave"), Look::Choice, size);
            });
        }
        bar.spawn(Node {
            flex_grow: 1.0,
            ..default()
        });
        spawn_contrast(bar, scene, size);
        bar.spawn((
            widget::button("size", Look::Choice, widget::control()),
            observe(change_size),
        ))
        .with_children(|button| {
            let key = match scene.visit.profile {
                Profile::Standard => "bar-larger",
                Profile::Large => "bar-smaller",
            };
            widget::sized_label(button, "text-aa", scene.say(key), Look::Choice, size);
        });
        if scene.languages.0.len() > 1 {
            // In the words of another language: for somebody who cannot read this one.
            let tag = scene.another_language();
            let name = scene.say_in(tag, "language-name");
            let word = Spoken {
                language: tag,
                text: &name,
            };
            let spoken = scene.say_with("access-language", &[("other", name.as_str().into())]);
            bar.spawn((
                widget::button("language", Look::Choice, widget::control()),
                access::Spoken(spoken),
                observe(choose_language),
            ))
            .with_children(|button| {
                widget::sized_label(button, "translate", word, Look::Choice, size);
            });
        }
    });
}

/// An icon says it without words: half dark, half light.
fn spawn_contrast(bar: &mut ChildSpawnerCommands<'_>, scene: &Scene, size: Size) {
    let node = Node {
        padding: UiRect::axes(px(22), px(12)),
        ..widget::control()
    };
    bar.spawn((
        widget::button("contrast", Look::Choice, node),
        access::Spoken(scene.say("bar-contrast")),
        observe(change_contrast),
    ))
    .with_children(|button| {
        button.spawn(text::symbol(
            "circle-half",
            IconSize::beside(size),
            palette::INK,
        ));
    });
}

fn change_contrast(_: On<Tapped>, rules: Res<Rules>, mut visit: ResMut<Visit>) {
    let now = visit.contrast.unwrap_or(rules.0.high_contrast);
    visit.contrast = Some(!now);
}

fn ask_whether_to_leave(_: On<Tapped>, mut pause: ResMut<NextState<Pause>>) {
    pause.set(Pause::Asking);
}

fn change_size(_: On<Tapped>, mut visit: ResMut<Visit>) {
    // The theme lays the screen out anew.
    visit.profile = visit.profile.other();
    visit.profile_chosen = true;
}

fn choose_language(
    _: On<Tapped>,
    screen: Res<State<Screen>>,
    mut came_from: ResMut<CameFrom>,
    mut next: ResMut<NextState<Screen>>,
) {
    if *screen.get() != Screen::Language {
        came_from.0 = *screen.get();
    }
    next.set(Screen::Language);
}

/// Escape: a step back, or the question whether to leave.
fn go_back_by_key(
    mut backs: MessageReader<Back>,
    screen: Res<State<Screen>>,
    pause: Res<State<Pause>>,
    came_from: Res<CameFrom>,
    mut next: ResMut<NextState<Screen>>,
    mut next_pause: ResMut<NextState<Pause>>,
    mut visit: ResMut<Visit>,
    scene_languages: Res<crate::kiosk::visit::Languages>,
    store: Res<Store>,
) {
    if backs.read().count() == 0 {
        return;
    }
    if *pause.get() == Pause::Asking {
        next_pause.set(Pause::Playing);
        return;
    }
    match screen.get() {
        // Staff's screens read the key themselves.
        Screen::Attract | Screen::Resting | Screen::Pad | Screen::Reset | Screen::Staff => {}
        Screen::Language => next.set(came_from.0),
        Screen::Audience | Screen::Results => {
            idle::start_over(&mut visit, &scene_languages, &store, &mut next, None);
        }
        Screen::Topic => next.set(Screen::Audience),
        Screen::Requests => next.set(Screen::Results),
        Screen::Why => next.set(Screen::Feedback),
        Screen::Question | Screen::Feedback => next_pause.set(Pause::Asking),
    }
}

//! The bar at the top of every screen: leave, larger text, another language, each one tap away.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::Screen;
use crate::kiosk::idle::{self, Pause};
use crate::kiosk::input::{Back, Tapped};
use crate::kiosk::store::Store;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::visit::{Scene, Visit};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<CameFrom>()
        .add_systems(Update, go_back_by_key);
}

/// The screen to go back to from the choice of languages.
#[derive(Resource, Default)]
pub(super) struct CameFrom(pub(super) Screen);

/// Spawns the bar. `title` says where in the visit one is.
pub(super) fn spawn(page: &mut ChildSpawnerCommands<'_>, scene: &Scene, leave: bool, title: &str) {
    page.spawn((
        Name::new("bar"),
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
                widget::label(button, "house", scene.say("bar-leave"), Look::Choice);
            });
        }
        bar.spawn(Node {
            flex_grow: 1.0,
            justify_content: JustifyContent::Center,
            ..default()
        })
        .with_children(|middle| {
            middle.spawn((
                TextLayout::no_wrap(),
                text::bold(title, Size::Body, palette::INK_SOFT),
            ));
        });
        bar.spawn((
            widget::button("size", Look::Choice, widget::control()),
            observe(change_size),
        ))
        .with_children(|button| {
            let key = match scene.visit.profile {
                crate::kiosk::visit::Profile::Standard => "bar-larger",
                crate::kiosk::visit::Profile::Large => "bar-smaller",
            };
            widget::label(button, "text-aa", scene.say(key), Look::Choice);
        });
        if scene.languages.0.len() > 1 {
            bar.spawn((
                widget::button("language", Look::Choice, widget::control()),
                observe(choose_language),
            ))
            .with_children(|button| {
                // In the words of another language: for somebody who cannot read this one.
                let other = scene.languages.0.iter();
                let other = other.clone().find(|tag| **tag != scene.visit.language);
                let word = other.map_or_else(String::new, |tag| scene.say_in(tag, "language-name"));
                widget::label(button, "translate", word, Look::Choice);
            });
        }
    });
}

fn ask_whether_to_leave(_: On<Tapped>, mut pause: ResMut<NextState<Pause>>) {
    pause.set(Pause::Asking);
}

fn change_size(_: On<Tapped>, mut visit: ResMut<Visit>) {
    // The theme lays the screen out anew.
    visit.profile = visit.profile.other();
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
        Screen::Question | Screen::Feedback => next_pause.set(Pause::Asking),
    }
}

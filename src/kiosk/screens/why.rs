//! The reason, and where it is written. In the large profile it has this screen of its own, from
//! which one can go back to the answer; else it stands beside the answer.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::feedback::spawn_put;
use super::question::spawn_steps;
use super::{Screen, bar};
use crate::bank::narration::Part;
use crate::kiosk::access::{Means, ReadLate};
use crate::kiosk::input::Tapped;
use crate::kiosk::narration::Spoken;
use crate::kiosk::store::Store;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::theme::{Frame, palette};
use crate::kiosk::visit::{Play, Scene, Visit};
use crate::records::Outcome;
use crate::session::{Asked, Phase};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Why), spawn);
}

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>) {
    let Some(play) = &scene.visit.play else {
        return;
    };
    let asked = play.session.current();
    commands
        .spawn((widget::page("Why"), DespawnOnExit(Screen::Why)))
        .with_children(|page| {
            bar::spawn(page, &scene, true);
            spawn_steps(page, &scene);
            let middle = Node {
                justify_content: JustifyContent::Center,
                ..widget::stretch(FlexDirection::Column)
            };
            page.spawn((widget::Fits, middle)).with_children(|body| {
                spawn_put(body, &scene, asked.question());
                spawn_reason(body, &scene, &frame, asked);
                if !frame.portrait {
                    spawn_source(body, &scene, asked);
                }
            });
            let back = |place: &mut ChildSpawnerCommands<'_>| spawn_back(place, &scene);
            spawn_way_on(page, &frame, back, |place| spawn_next(place, &scene, play));
        });
}

/// The way back. For whoever uses keys it comes after the way on, wherever it stands.
fn spawn_back(parent: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    let node = Node {
        flex_grow: 1.0,
        ..widget::control()
    };
    let button = (
        widget::button("answer", Look::Choice, node),
        observe(go_back),
    );
    parent
        .spawn((ReadLate, Node::default()))
        .with_children(|place| {
            place.spawn(button).with_children(|button| {
                let words = scene.say("why-back");
                widget::label(button, "arrow-left", words, Look::Choice);
            });
        });
}

/// The reason on a card; on an upright screen with its source.
pub(super) fn spawn_reason(
    parent: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    frame: &Frame,
    asked: &Asked,
) {
    let language = &scene.visit.language;
    let question = asked.question();
    parent
        .spawn(widget::pane(
            "explanation",
            Look::Choice,
            Node {
                padding: UiRect::all(px(GAP * 1.25)),
                row_gap: px(GAP * 0.625),
                ..widget::stack(FlexDirection::Column)
            },
        ))
        .with_children(|card| {
            card.spawn(Node {
                column_gap: px(16),
                align_items: AlignItems::Center,
                ..default()
            })
            .with_children(|row| {
                row.spawn(text::symbol("lightbulb", IconSize::Usual, palette::ACTION));
                row.spawn(text::bold(
                    scene.say("feedback-why"),
                    Size::Body,
                    palette::ACTION,
                ));
            });
            card.spawn((
                Spoken(Part::Explanation),
                text::plain(
                    question.explanation().nearest(language),
                    Size::Body,
                    palette::INK,
                ),
            ))
            .insert(Means::News);
            if frame.portrait {
                spawn_source(card, scene, asked);
            }
        });
}

/// Where it is written.
pub(super) fn spawn_source(parent: &mut ChildSpawnerCommands<'_>, scene: &Scene, asked: &Asked) {
    let source = source(scene, asked);
    parent.spawn(text::plain(source, Size::Small, palette::INK_SOFT));
}

/// Title, article, issuer.
fn source(scene: &Scene, asked: &Asked) -> String {
    let source = asked.question().source();
    let title = source.title().nearest(&scene.visit.language);
    let language = scene.language_around(title.language);
    let title = title.text;
    let issuer = source.issuer().get(language);
    match source.article() {
        Some(articles) => scene.say_in_with(
            language,
            "feedback-source-article",
            &[
                ("title", title.into()),
                (
                    "article",
                    articles
                        .replace(", ", &scene.say_in(language, "feedback-and"))
                        .into(),
                ),
                ("count", articles.split(", ").count().into()),
                ("issuer", issuer.into()),
            ],
        ),
        None => scene.say_in_with(
            language,
            "feedback-source",
            &[("title", title.into()), ("issuer", issuer.into())],
        ),
    }
}

/// The last row of a screen after an answer, outside of what grows with the text: the way on is
/// always in its place. On an upright screen what is beside it stands above it.
pub(super) fn spawn_way_on(
    page: &mut ChildSpawnerCommands<'_>,
    frame: &Frame,
    beside: impl FnOnce(&mut ChildSpawnerCommands<'_>),
    way_on: impl FnOnce(&mut ChildSpawnerCommands<'_>),
) {
    if frame.portrait {
        beside(page);
        way_on(page);
        return;
    }
    page.spawn(Node {
        align_items: AlignItems::Center,
        column_gap: px(GAP * 2.0),
        ..default()
    })
    .with_children(|row| {
        row.spawn((
            widget::Fits,
            Node {
                flex_grow: 1.0,
                flex_basis: px(0),
                min_width: px(0),
                ..default()
            },
        ))
        .with_children(beside);
        way_on(row);
    });
}

/// The button that leads on.
pub(super) fn spawn_button<'a>(
    parent: &'a mut ChildSpawnerCommands<'_>,
    name: &str,
    words: String,
) -> EntityCommands<'a> {
    let node = Node {
        min_width: px(560),
        flex_shrink: 0.0,
        ..widget::control()
    };
    let mut button = parent.spawn(widget::button(name, Look::Action, node));
    button.with_children(|button| {
        button.spawn(text::bold(words, Size::Title, palette::ON_STRONG));
        button.spawn(text::symbol(
            "arrow-right",
            IconSize::Usual,
            palette::ON_STRONG,
        ));
    });
    button
}

/// The button to the next question, or to how the round went.
pub(super) fn spawn_next(parent: &mut ChildSpawnerCommands<'_>, scene: &Scene, play: &Play) {
    let is_last = play.session.ordinal() == play.session.round().asked().len();
    let key = if is_last {
        "feedback-results"
    } else {
        "feedback-next"
    };
    spawn_button(parent, "next", scene.say(key)).observe(proceed);
}

fn proceed(
    _: On<Tapped>,
    mut visit: ResMut<Visit>,
    store: Res<Store>,
    time: Res<Time<Real>>,
    mut next: ResMut<NextState<Screen>>,
) {
    let Some(play) = &mut visit.play else { return };
    play.session.proceed(time.elapsed());
    if play.session.phase() == Phase::Finished {
        store.end(&mut visit, Outcome::Completed);
        next.set(Screen::Results);
    } else {
        next.set(Screen::Question);
    }
}

fn go_back(_: On<Tapped>, mut next: ResMut<NextState<Screen>>) {
    next.set(Screen::Feedback);
}

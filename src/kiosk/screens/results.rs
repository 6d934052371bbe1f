//! How the round went: true and encouraging. Never a judgement of a person, never a certificate.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::{Screen, bar};
use crate::kiosk::idle;
use crate::kiosk::input::Tapped;
use crate::kiosk::store::Store;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::theme::{Frame, mark, palette};
use crate::kiosk::visit::{Languages, Scene, Visit};
use crate::session::Score;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Results), spawn);
}

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>) {
    let Some(play) = &scene.visit.play else {
        return;
    };
    let score = play.session.score();
    let topic = scene.visit.topic.clone().unwrap_or_default();
    let accent = palette::accent(&topic);
    commands
        .spawn((widget::page("Results"), DespawnOnExit(Screen::Results)))
        .with_children(|page| {
            bar::spawn(page, &scene, false);
            page.spawn((
                widget::Fits,
                Node {
                    align_items: AlignItems::Center,
                    justify_content: JustifyContent::Center,
                    row_gap: px(GAP * 1.5),
                    ..widget::stretch(if frame.portrait {
                        FlexDirection::Column
                    } else {
                        FlexDirection::Row
                    })
                },
            ))
            .with_children(|body| {
                body.spawn(half(&frame)).with_children(|half| {
                    spawn_medal(half, score, accent);
                });
                body.spawn(half(&frame)).with_children(|body| {
                    body.spawn(text::bold(
                        scene.topic_name(&topic),
                        Size::Large,
                        accent.strong,
                    ));
                    let args = [("n", score.correct.into()), ("of", score.asked.into())];
                    body.spawn((
                        Name::new("score"),
                        TextLayout::justify(Justify::Center),
                        text::bold(
                            scene.say_with("results-score", &args),
                            Size::Display,
                            palette::INK,
                        ),
                    ));
                    spawn_marks(body, &scene);
                    body.spawn((
                        TextLayout::justify(Justify::Center),
                        text::plain(scene.say(encouragement(score)), Size::Large, palette::INK),
                    ));
                });
            });
            page.spawn(Node {
                flex_direction: if frame.portrait {
                    FlexDirection::Column
                } else {
                    FlexDirection::Row
                },
                column_gap: px(GAP),
                row_gap: px(GAP),
                ..default()
            })
            .with_children(|row| {
                spawn_ways_on(row, &scene);
            });
        });
}

/// A half of the screen when it is wide, and else one of two parts in a column.
fn half(frame: &Frame) -> Node {
    Node {
        width: percent(if frame.portrait { 100.0 } else { 50.0 }),
        align_items: AlignItems::Center,
        row_gap: px(GAP * 1.5),
        ..widget::stack(FlexDirection::Column)
    }
}

/// A disc in the topic's colour with a friendly sign, and confetti about it: the more, the better
/// it went.
fn spawn_medal(body: &mut ChildSpawnerCommands<'_>, score: Score, accent: palette::Accent) {
    const SIDE: f32 = 300.0;
    body.spawn(Node {
        width: percent(100),
        height: px(SIDE),
        flex_shrink: 0.0,
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        ..default()
    })
    .with_children(|row| {
        mark::spawn_confetti(row, 4 + score.correct * 6 / score.asked.max(1));
        row.spawn((
            Node {
                width: px(SIDE),
                height: px(SIDE),
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                border_radius: BorderRadius::MAX,
                ..default()
            },
            BackgroundColor(accent.strong),
        ))
        .with_children(|disc| {
            disc.spawn(text::sign(sign(score), SIDE * 0.62, palette::ON_STRONG));
        });
    });
}

/// A mark for every question of the round, right or not.
fn spawn_marks(body: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    let Some(play) = &scene.visit.play else {
        return;
    };
    body.spawn(Node {
        flex_wrap: FlexWrap::Wrap,
        justify_content: JustifyContent::Center,
        ..widget::stack(FlexDirection::Row)
    })
    .with_children(|row| {
        for answer in play.session.answers() {
            let (icon, colour) = if answer.correct {
                ("check-circle", palette::RIGHT)
            } else {
                ("x-circle", palette::WRONG)
            };
            row.spawn(text::symbol(icon, 1.8, colour));
        }
    });
}

fn spawn_ways_on(row: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    let node = || Node {
        flex_grow: 1.0,
        ..widget::control()
    };
    row.spawn((
        widget::button("again", Look::Action, node()),
        observe(play_again),
    ))
    .with_children(|button| {
        widget::label(
            button,
            "arrow-counter-clockwise",
            scene.say("results-again"),
            Look::Action,
        );
    });
    row.spawn((
        widget::button("finish", Look::Choice, node()),
        observe(finish),
    ))
    .with_children(|button| {
        widget::label(button, "house", scene.say("results-finish"), Look::Choice);
    });
}

fn sign(score: Score) -> &'static str {
    if score.correct == score.asked {
        "trophy"
    } else if score.correct * 2 >= score.asked {
        "star"
    } else {
        "smiley"
    }
}

fn encouragement(score: Score) -> &'static str {
    match score.correct * 3 / score.asked.max(1) {
        3 => "results-all",
        2 => "results-most",
        1 => "results-some",
        _ => "results-few",
    }
}

fn play_again(_: On<Tapped>, mut visit: ResMut<Visit>, mut next: ResMut<NextState<Screen>>) {
    visit.play = None;
    next.set(Screen::Topic);
}

fn finish(
    _: On<Tapped>,
    mut visit: ResMut<Visit>,
    languages: Res<Languages>,
    store: Res<Store>,
    mut next: ResMut<NextState<Screen>>,
) {
    idle::start_over(&mut visit, &languages, &store, &mut next, None);
}

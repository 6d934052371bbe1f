//! How the round went: true and encouraging. Never a judgement of a person, never a certificate.

use bevy::prelude::*;

use super::{Screen, bar};
use crate::kiosk::idle;
use crate::kiosk::input::Tapped;
use crate::kiosk::store::Store;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::theme::{Frame, mark, palette};
use crate::kiosk::visit::{Languages, Play, Scene, Seeds, Visit};
use crate::session::{Score, Session, missed};

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
                        Size::Title,
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
                        text::plain(
                            scene.say(encouragement(score, play.again)),
                            Size::Body,
                            palette::INK,
                        ),
                    ));
                });
            });
            spawn_ways_on(page, &scene, &frame);
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
            row.spawn(text::symbol(icon, IconSize::Large, colour));
        }
    });
}

/// The ways on, the main one first: what was missed, tried again, or else a new round. All are equally
/// wide; side by side a long text takes a second line.
fn spawn_ways_on(page: &mut ChildSpawnerCommands<'_>, scene: &Scene, frame: &Frame) {
    let retry = can_retry(scene.visit.play.as_ref());
    let again = if retry { Look::Choice } else { Look::Action };
    let ways = 3 + u16::from(retry);
    page.spawn(Node {
        display: Display::Grid,
        grid_template_columns: RepeatedGridTrack::flex(if frame.portrait { 1 } else { ways }, 1.0),
        ..widget::stack(FlexDirection::Row)
    })
    .with_children(|row| {
        if retry {
            let way = ("retry", "arrow-counter-clockwise", "results-retry");
            spawn_way(row, scene, Look::Action, way).observe(try_again);
        }
        let way = ("again", "play", "results-again");
        spawn_way(row, scene, again, way).observe(play_again);
        let way = ("requests", "chats-circle", "results-requests");
        spawn_way(row, scene, Look::Choice, way).observe(ask_what_next);
        let way = ("finish", "house", "results-finish");
        spawn_way(row, scene, Look::Choice, way).observe(finish);
    });
}

/// A way on: its control's name, icon and text.
fn spawn_way<'a>(
    row: &'a mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    look: Look,
    (name, icon, key): (&str, &str, &str),
) -> EntityCommands<'a> {
    let node = Node {
        min_width: px(0),
        padding: UiRect::axes(px(20), px(12)),
        ..widget::control()
    };
    let mut way = row.spawn(widget::button(name, look, node));
    way.with_children(|button| {
        button.spawn(text::symbol(icon, IconSize::Usual, look.ink()));
        button.spawn((
            TextLayout::justify(Justify::Center),
            text::bold(scene.say(key), Size::Body, look.ink()),
        ));
    });
    way
}

/// Whether something was missed that can be tried again: once, so that a second attempt is one.
fn can_retry(play: Option<&Play>) -> bool {
    play.is_some_and(|play| {
        let score = play.session.score();
        !play.again && score.correct < score.answered
    })
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

fn encouragement(score: Score, again: bool) -> &'static str {
    if again && score.correct == score.asked {
        return "results-retried-all";
    }
    match score.correct * 3 / score.asked.max(1) {
        3 => "results-all",
        2 => "results-most",
        1 => "results-some",
        _ => "results-few",
    }
}

/// Begins a round of what was missed. The session that counts has ended, and stays as it is.
fn try_again(
    _: On<Tapped>,
    mut visit: ResMut<Visit>,
    mut seeds: ResMut<Seeds>,
    store: Res<Store>,
    time: Res<Time<Real>>,
    mut next: ResMut<NextState<Screen>>,
) {
    let now = time.elapsed();
    let Some(play) = visit.play.as_ref().filter(|play| can_retry(Some(play))) else {
        return;
    };
    let missed = missed(&play.session, seeds.round());
    if let Some(session) = Session::begin(missed, now) {
        visit.play = Some(Play {
            session,
            id: seeds.session_id(),
            began: now,
            ended: false,
            again: true,
        });
        store.begin(&visit);
        next.set(Screen::Question);
    }
}

fn ask_what_next(_: On<Tapped>, mut next: ResMut<NextState<Screen>>) {
    next.set(Screen::Requests);
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

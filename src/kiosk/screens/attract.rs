//! The attract screen: invites in every language, with a teaser from the bank. Any touch starts.

use std::time::Duration;

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::{Screen, bar};
use crate::bank::Audience;
use crate::kiosk::input::Tapped;
use crate::kiosk::theme::text::{self, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::theme::{Frame, mark, palette};
use crate::kiosk::visit::{Scene, today};
use crate::kiosk::wake::Wake;
use crate::texts::Spoken;

/// How long one teaser stays. Each change is a frame, and a frame costs.
const TEASER_STAYS: Duration = Duration::from_secs(12);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(OnEnter(Screen::Attract), spawn)
        .add_systems(Update, change_teaser.run_if(in_state(Screen::Attract)));
}

/// The prompt of a question that might be asked.
#[derive(Component)]
struct Teaser {
    shown_until: Duration,
    next: usize,
}

fn spawn(mut commands: Commands, scene: Scene, frame: Res<Frame>, time: Res<Time<Real>>) {
    let teasers = teasers(&scene);
    commands
        .spawn((
            widget::page("Attract"),
            DespawnOnExit(Screen::Attract),
            bevy::ui_widgets::Button,
            observe(begin),
        ))
        .with_children(|page| {
            bar::spawn(page, &scene, false);
            page.spawn((
                widget::Fits,
                Node {
                    // On a tall screen the hand is at the lower half.
                    justify_content: JustifyContent::SpaceEvenly,
                    align_items: AlignItems::Center,
                    ..widget::stretch(if frame.portrait {
                        FlexDirection::Column
                    } else {
                        FlexDirection::Row
                    })
                },
            ))
            .with_children(|body| {
                body.spawn(half(&frame)).with_children(|half| {
                    spawn_name(half, &scene, &frame);
                });
                body.spawn(half(&frame)).with_children(|half| {
                    spawn_teaser(half, &scene, teasers.first(), time.elapsed());
                    spawn_start(half, &scene);
                });
            });
        });
}

/// How wide the mark is: what one sees from across the hall.
fn mark_side(frame: &Frame) -> f32 {
    let side: f32 = match (frame.portrait, frame.is_large()) {
        (true, _) => 640.0,
        (false, false) => 480.0,
        // Beside it stands the name, and the name is larger.
        (false, true) => 380.0,
    };
    // Half of a screen that is nearly square is narrow.
    side.min(frame.width() * if frame.portrait { 0.8 } else { 0.4 })
}

fn half(frame: &Frame) -> Node {
    Node {
        width: percent(if frame.portrait { 100.0 } else { 48.0 }),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        row_gap: px(GAP * 1.5),
        padding: UiRect::vertical(px(GAP)),
        ..widget::stack(FlexDirection::Column)
    }
}

fn spawn_name(half: &mut ChildSpawnerCommands<'_>, scene: &Scene, frame: &Frame) {
    mark::spawn(half, mark_side(frame));
    half.spawn(Node {
        align_items: AlignItems::Center,
        flex_direction: FlexDirection::Column,
        ..default()
    })
    .with_children(|names| {
        for (index, tag) in scene.languages.0.iter().enumerate() {
            let (size, colour) = if index == 0 {
                (Size::Hero, palette::INK)
            } else {
                (Size::Title, palette::INK_SOFT)
            };
            names.spawn((
                centred(),
                text::bold(
                    Spoken {
                        language: tag,
                        text: &scene.say_in(tag, "attract-title"),
                    },
                    size,
                    colour,
                ),
            ));
        }
    });
}

fn centred() -> TextLayout {
    TextLayout::justify(Justify::Center)
}

fn spawn_teaser(
    half: &mut ChildSpawnerCommands<'_>,
    scene: &Scene,
    teaser: Option<&String>,
    now: Duration,
) {
    let Some(teaser) = teaser else { return };
    half.spawn(widget::pane(
        "teaser",
        Look::Choice,
        Node {
            width: percent(100),
            min_height: px(300),
            padding: UiRect::all(px(GAP * 1.5)),
            justify_content: JustifyContent::Center,
            ..widget::stack(FlexDirection::Column)
        },
    ))
    .with_children(|card| {
        card.spawn(text::bold(
            scene.say("attract-teaser"),
            Size::Body,
            palette::ACTION,
        ));
        card.spawn((
            Name::new("teaser-text"),
            text::bold(teaser, Size::Title, palette::INK),
            Teaser {
                shown_until: now + TEASER_STAYS,
                next: 1,
            },
        ));
    });
}

fn spawn_start(half: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    half.spawn((
        widget::button(
            "start",
            Look::Action,
            Node {
                width: percent(100),
                min_height: px(180),
                flex_direction: FlexDirection::Column,
                ..widget::control()
            },
        ),
        observe(begin),
    ))
    .with_children(|button| {
        for (index, tag) in scene.languages.0.iter().enumerate() {
            let size = if index == 0 { Size::Prompt } else { Size::Body };
            let start = scene.say_in(tag, "attract-start");
            button.spawn(text::bold(
                Spoken {
                    language: tag,
                    text: &start,
                },
                size,
                palette::ON_STRONG,
            ));
        }
    });
}

fn begin(_: On<Tapped>, mut next: ResMut<NextState<Screen>>) {
    next.set(Screen::Audience);
}

/// Questions with a short prompt, from all over the bank.
fn teasers(scene: &Scene) -> Vec<String> {
    let today = today();
    let language = &scene.visit.language;
    let mut prompts: Vec<(usize, String)> = Vec::new();
    for pack in scene.bank().packs() {
        let current = pack.questions().iter().filter(|question| {
            question.suits(Audience::General)
                && question.is_current(today)
                && question.kind() != crate::bank::Kind::TrueFalse
        });
        prompts.extend(
            current
                .map(|question| question.prompt().get(language).to_owned())
                .enumerate(),
        );
    }
    // The first of every pack, then the second of every pack, …
    prompts.sort_by_key(|(index, _)| *index);
    prompts.into_iter().map(|(_, prompt)| prompt).collect()
}

fn change_teaser(
    mut shown: Query<(&mut Text, &mut Teaser)>,
    scene: Scene,
    time: Res<Time<Real>>,
    mut wake: ResMut<Wake>,
) {
    let now = time.elapsed();
    for (mut text, mut teaser) in &mut shown {
        if now >= teaser.shown_until {
            let prompts = teasers(&scene);
            if let Some(prompt) = prompts.get(teaser.next % prompts.len().max(1)) {
                text.0 = text::bound(prompt);
                wake.settle();
            }
            teaser.next += 1;
            teaser.shown_until = now + TEASER_STAYS;
        }
        wake.within(teaser.shown_until.saturating_sub(now));
    }
}

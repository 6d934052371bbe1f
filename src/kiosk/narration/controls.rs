//! What a visitor sees of the reading: the button to hear, the loudness, and where the voice is.

use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::{Level, Narrator, Spoken, Visit, Voiced, hear, louder, readable};
use crate::bank::narration::{Part, Recording};
use crate::kiosk::theme::icon;
use crate::kiosk::theme::palette;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, GAP};
use crate::kiosk::visit::{Scene, Texts};
use crate::kiosk::wake::Wake;

/// The least height of a control of lesser weight: 16 mm on a 21.5-inch panel, where 15 are asked
/// for.
const COMPACT: f32 = 64.0;

/// The heights of the bars that show how loud it is.
const BARS: [f32; 3] = [16.0, 26.0, 36.0];

/// What a part of the controls shows of the state of things.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    /// The icon of what a tap on the button does.
    Icon,
    /// The same in a word; before anything is heard, whose voice it is.
    Word(&'static str),
    /// The icon of how loud it is.
    Loudness,
    /// One of the bars.
    Bar(usize),
}

/// The button that makes it louder; there is none where there is no sound.
#[derive(Component)]
pub(super) struct Loudness;

/// Spawns the controls at the end of a row, or below it where there is no room, if anything on this
/// screen can be heard.
pub(in crate::kiosk) fn spawn_controls(row: &mut ChildSpawnerCommands<'_>, scene: &Scene) {
    let heard = readable(&scene.visit, scene.screen());
    if heard.is_empty() || scene.is_silent() {
        return;
    }
    row.spawn(Node {
        margin: UiRect::left(auto()),
        column_gap: px(GAP),
        ..default()
    })
    .with_children(|controls| spawn_buttons(controls, scene, &heard));
}

fn spawn_buttons(row: &mut ChildSpawnerCommands<'_>, scene: &Scene, heard: &[(Part, &Recording)]) {
    let synthetic = heard.iter().any(|(_, recording)| recording.is_synthetic());
    let key = if synthetic {
        "narration-synthetic"
    } else {
        "narration-hear"
    };
    let node = || Node {
        min_height: px(COMPACT),
        min_width: px(COMPACT),
        padding: UiRect::axes(px(18), px(2)),
        flex_shrink: 0.0,
        ..widget::control()
    };
    row.spawn((
        widget::button("hear", widget::Look::Choice, node()),
        Voiced,
        observe(hear),
    ))
    .with_children(|button| {
        button.spawn((
            text::symbol("speaker-high", IconSize::Usual, palette::INK),
            Shows::Icon,
        ));
        button.spawn((
            TextLayout::no_wrap(),
            text::bold(scene.say(key), Size::Small, palette::INK),
            Shows::Word(key),
        ));
    });
    row.spawn((
        widget::button("volume", widget::Look::Choice, node()),
        Voiced,
        Loudness,
        observe(louder),
    ))
    .with_children(|button| {
        button.spawn((
            text::symbol("speaker-low", IconSize::Usual, palette::INK),
            Shows::Loudness,
        ));
        button
            .spawn((
                Node {
                    align_items: AlignItems::End,
                    column_gap: px(6),
                    ..default()
                },
                Pickable::IGNORE,
            ))
            .with_children(|bars| {
                for (bar, height) in BARS.into_iter().enumerate() {
                    bars.spawn((
                        Node {
                            width: px(10),
                            height: px(height),
                            border: UiRect::all(px(2)),
                            border_radius: BorderRadius::all(px(3)),
                            ..default()
                        },
                        BorderColor::all(palette::ACTION),
                        BackgroundColor(Color::NONE),
                        Pickable::IGNORE,
                        Shows::Bar(bar),
                    ));
                }
            });
    });
}

/// Shows how things are: on new controls, and whenever that changes.
pub(super) fn dress(
    narrator: Res<Narrator>,
    visit: Res<Visit>,
    texts: Res<Texts>,
    new: Query<(), Added<Shows>>,
    volume: Query<Entity, With<Loudness>>,
    mut shown: Query<(&Shows, Option<&mut Text>, &mut BackgroundColor)>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    if new.is_empty() && !narrator.is_changed() && !visit.is_changed() {
        return;
    }
    let (sign, word) = if narrator.is_mute() {
        ("speaker-slash", Some("narration-no-sound"))
    } else if narrator.is_reading() {
        ("stop", Some("narration-stop"))
    } else if narrator.heard {
        ("arrow-counter-clockwise", Some("narration-again"))
    } else {
        ("speaker-high", None)
    };
    // Not only out of sight: keys would still find it.
    for button in volume.iter().filter(|_| narrator.is_mute()) {
        commands.entity(button).despawn();
        wake.settle();
    }
    let loudness = match visit.volume {
        Level::Off => "speaker-none",
        Level::Quiet | Level::Normal => "speaker-low",
        Level::Loud => "speaker-high",
    };
    for (shows, text, mut ground) in &mut shown {
        let say = |key| texts.0.text(&visit.language, key);
        let wanted = match shows {
            Shows::Icon => Some(icon::glyph(sign)),
            Shows::Word(first) => Some(say(word.unwrap_or(first))),
            Shows::Loudness => Some(icon::glyph(loudness)),
            Shows::Bar(_) => None,
        };
        if let (Some(mut text), Some(wanted)) = (text, wanted)
            && text.set_if_neq(Text(wanted))
        {
            wake.settle();
        }
        if let Shows::Bar(bar) = shows {
            let colour = if *bar < visit.volume.bars() {
                palette::ACTION
            } else {
                Color::NONE
            };
            if ground.set_if_neq(BackgroundColor(colour)) {
                wake.settle();
            }
        }
    }
}

/// What marks the text that is being read: a ground, and a line around it, so that it does not depend
/// on seeing a colour. Neither moves anything.
fn marking() -> impl Bundle {
    (
        Outline::new(px(4), px(6), palette::ACTION),
        BackgroundColor(palette::CARD_PRESSED),
    )
}

/// Marks the text that is being read.
pub(super) fn mark(
    narrator: Res<Narrator>,
    new: Query<(), Added<Spoken>>,
    texts: Query<(Entity, &Spoken, Has<Outline>)>,
    mut wake: ResMut<Wake>,
    mut commands: Commands,
) {
    if new.is_empty() && !narrator.is_changed() {
        return;
    }
    for (entity, Spoken(part), marked) in &texts {
        let read = narrator.part() == Some(part);
        if read == marked {
            continue;
        }
        let mut text = commands.entity(entity);
        if read {
            text.insert(marking());
        } else {
            text.remove::<Outline>()
                .insert(BackgroundColor(Color::NONE));
        }
        wake.settle();
    }
}

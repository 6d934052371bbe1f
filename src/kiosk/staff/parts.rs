//! What the tabs are put together from, and what they are made of.

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use bevy::ui_widgets::observe;

use super::area::Area;
use super::desk::{Alarm, Desk};
use crate::bank::Arg;
use crate::kiosk::access::Means;
use crate::kiosk::input::Tapped;
use crate::kiosk::narration::Narrator;
use crate::kiosk::pictures::Pictures;
use crate::kiosk::store::Store;
use crate::kiosk::theme::lettering::Words;
use crate::kiosk::theme::text::{self, IconSize, Size};
use crate::kiosk::theme::widget::{self, GAP, Look};
use crate::kiosk::theme::{Frame, palette};
use crate::kiosk::visit::{Rules, Scene};
use crate::locale::{FluentValue, values};

/// What a tab is made from.
#[derive(SystemParam)]
pub(super) struct View<'w> {
    pub(super) scene: Scene<'w>,
    pub(super) area: Res<'w, Area>,
    pub(super) desk: Res<'w, Desk>,
    pub(super) frame: Res<'w, Frame>,
    pub(super) store: Res<'w, Store>,
    pub(super) rules: Res<'w, Rules>,
    pub(super) narrator: Res<'w, Narrator>,
    pub(super) pictures: Option<Res<'w, Pictures>>,
}

impl View<'_> {
    /// A text in the language of the staff screen.
    pub(super) fn say(&self, key: &str) -> String {
        self.scene.say(key)
    }

    /// The same with arguments.
    pub(super) fn say_with(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.scene.say_with(key, args)
    }

    /// The sentence of something that is wrong, and what to do about it.
    pub(super) fn say_coded(
        &self,
        family: &str,
        code: &str,
        args: &[(&'static str, Arg)],
    ) -> (String, String) {
        let args = values(args);
        let key = format!("{family}-{code}");
        let hint = format!("{key}.hint");
        (
            capital(&self.scene.say_with(&key, &args)),
            self.scene.say_with(&hint, &args),
        )
    }

    /// The sentence of an alarm, and what to do about it.
    pub(super) fn say_alarm(&self, alarm: &Alarm) -> (String, String) {
        self.say_coded(alarm.family, alarm.code, &alarm.args)
    }

    /// A number of bytes as people say it.
    pub(super) fn size(&self, bytes: u64) -> String {
        let (key, unit) = match bytes {
            0..1_000_000 => ("staff-size-kb", 1_000),
            1_000_000..1_000_000_000 => ("staff-size-mb", 1_000_000),
            _ => ("staff-size-gb", 1_000_000_000),
        };
        // Rounded up to tenths: nothing that is there is said to be 0.
        let tenths = bytes.div_ceil(unit / 10);
        let number = format!("{}.{}", tenths / 10, tenths % 10);
        self.scene.say_with(key, &[("n", number.into())])
    }
}

/// What a tap on a control does to the world.
pub(super) fn does(deed: impl Fn(&mut World) + Clone + Send + Sync + 'static) -> impl Bundle {
    observe(move |_: On<Tapped>, mut commands: Commands| {
        let deed = deed.clone();
        commands.queue(move |world: &mut World| deed(world));
    })
}

/// A button with an icon and a word.
pub(super) fn button(
    parent: &mut ChildSpawnerCommands<'_>,
    name: impl Into<String>,
    look: Look,
    icon: &str,
    word: impl Into<Words>,
    deed: impl Fn(&mut World) + Clone + Send + Sync + 'static,
) {
    parent
        .spawn((widget::button(name, look, widget::control()), does(deed)))
        .with_children(|button| widget::label(button, icon, word, look));
}

/// What a tab or a part of it is about.
pub(super) fn heading(parent: &mut ChildSpawnerCommands<'_>, words: impl Into<Words>) {
    parent.spawn(text::bold(words, Size::Title, palette::INK));
}

/// A sentence.
pub(super) fn line(parent: &mut ChildSpawnerCommands<'_>, words: impl Into<Words>) {
    parent.spawn(text::plain(words, Size::Body, palette::INK));
}

/// A sentence of less weight.
pub(super) fn note(parent: &mut ChildSpawnerCommands<'_>, words: impl Into<Words>) {
    parent.spawn(text::plain(words, Size::Small, palette::INK_SOFT));
}

/// A fact: what it is, and how it is.
pub(super) fn fact(
    parent: &mut ChildSpawnerCommands<'_>,
    what: impl Into<String>,
    how: impl Into<String>,
) {
    parent
        .spawn(Node {
            column_gap: px(GAP),
            ..default()
        })
        .with_children(|row| {
            row.spawn((
                TextLayout::no_wrap(),
                text::plain(what, Size::Body, palette::INK_SOFT),
            ));
            row.spawn((
                Node {
                    flex_grow: 1.0,
                    flex_basis: px(0),
                    min_width: px(0),
                    ..default()
                },
                TextLayout::justify(Justify::Right),
                text::bold(how, Size::Body, palette::INK),
            ));
        });
}

/// Something that went well or wrong, with what to do about it.
pub(super) fn notice(
    parent: &mut ChildSpawnerCommands<'_>,
    name: &'static str,
    good: bool,
    (what, hint): (String, String),
) {
    let (look, icon, colour) = if good {
        (Look::Right, "check-circle", palette::RIGHT)
    } else {
        (Look::Wrong, "warning-circle", palette::WRONG)
    };
    parent
        .spawn(widget::pane(
            name,
            look,
            Node {
                padding: UiRect::axes(px(GAP), px(14)),
                align_items: AlignItems::Center,
                column_gap: px(GAP),
                ..default()
            },
        ))
        .insert(Means::News)
        .with_children(|pane| {
            pane.spawn(text::symbol(icon, IconSize::Large, colour));
            pane.spawn(Node {
                min_width: px(0),
                flex_grow: 1.0,
                flex_basis: px(0),
                row_gap: px(4),
                ..widget::stack(FlexDirection::Column)
            })
            .with_children(|words| {
                words.spawn(text::bold(what, Size::Body, palette::INK));
                if !hint.is_empty() {
                    words.spawn(text::plain(hint, Size::Small, palette::INK));
                }
            });
        });
}

/// A column that takes its share of the room.
pub(super) fn column() -> Node {
    Node {
        row_gap: px(GAP),
        ..widget::stretch(FlexDirection::Column)
    }
}

/// A row of controls.
pub(super) fn controls() -> Node {
    Node {
        flex_wrap: FlexWrap::Wrap,
        ..widget::stack(FlexDirection::Row)
    }
}

/// Two halves: side by side when the screen is wide, and else one above the other.
pub(super) fn halves(frame: &Frame) -> Node {
    if frame.portrait {
        Node {
            row_gap: px(GAP * 1.5),
            ..widget::stack(FlexDirection::Column)
        }
    } else {
        Node {
            column_gap: px(GAP * 2.0),
            ..widget::stack(FlexDirection::Row)
        }
    }
}

/// One of two halves.
pub(super) fn half(frame: &Frame) -> Node {
    Node {
        flex_grow: if frame.portrait { 0.0 } else { 1.0 },
        flex_basis: if frame.portrait { auto() } else { px(0) },
        min_width: px(0),
        row_gap: px(16),
        ..widget::stack(FlexDirection::Column)
    }
}

/// A sentence as it stands by itself: its first letter is a capital, where letters have such.
pub(super) fn capital(sentence: &str) -> String {
    let mut characters = sentence.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).collect()
}

//! The controls: headless buttons of the engine in our dress.

use bevy::input_focus::tab_navigation::{TabGroup, TabIndex};
use bevy::input_focus::{InputFocus, InputFocusVisible};
use bevy::prelude::*;
use bevy::ui::Pressed;
use bevy::ui_widgets::Button;

use super::lettering::Words;
use super::motion::Arriving;
use super::palette;
use super::text::{self, IconSize, Size};
use crate::kiosk::theme::Frame;
use crate::kiosk::wake::Wake;

/// The least height of a control: 24 mm on a 21.5-inch panel, where 20 mm are asked for.
const CONTROL: f32 = 96.0;

/// The least height of an answer. 20 mm are asked for, and 25 mm in the large profile: that is
/// still so on a panel of 15.6 inches, where 108 and 139 units are as much. On a wide screen five
/// of them stand beside the question, and are no higher than the panel asks for.
pub(in crate::kiosk) fn answer_height(frame: &Frame) -> f32 {
    match (frame.portrait, frame.is_large()) {
        (true, false) => 128.0,
        (true, true) => 152.0,
        (false, false) => 112.0,
        (false, true) => frame.low_answer,
    }
}

/// The least distance between two controls: 3 mm even on a panel of 15.6 inches.
pub(in crate::kiosk) const LEAST_GAP: f32 = 18.0;

/// The distance between controls: 6 mm, where 3 mm are asked for.
pub(in crate::kiosk) const GAP: f32 = 24.0;

/// The margin of a page.
pub(in crate::kiosk) const MARGIN: f32 = 48.0;

/// The size of the sign on an option.
const SIGN: f32 = 44.0;

const RADIUS: f32 = 22.0;
const BORDER: f32 = 4.0;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(press)
        .add_observer(release)
        .add_systems(PostUpdate, (change_dress, ring_focus).in_set(Dressed));
}

/// When controls have been given the colours of their state.
#[derive(SystemSet, Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Dressed;

/// The dress of a button, in the states that it can be in.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub(in crate::kiosk) enum Look {
    /// The main action of a screen.
    Action,
    /// The main action before there is anything to act on.
    Waiting,
    /// One of several choices.
    Choice,
    /// A choice that is selected.
    Selected,
    /// A topic in its colour.
    Topic(palette::Accent),
    /// The answer was right, or would have been.
    Right,
    /// The answer was wrong.
    Wrong,
}

impl Look {
    /// Background and border.
    fn colours(self, pressed: bool) -> (Color, BorderColor) {
        let (background, border) = match (self, pressed) {
            (Self::Action, false) => (palette::ACTION, palette::ACTION),
            (Self::Action, true) => (palette::ACTION_PRESSED, palette::ACTION_PRESSED),
            (Self::Waiting, _) => (palette::PAPER, palette::LINE),
            (Self::Choice, false) => (palette::CARD, palette::LINE),
            (Self::Choice, true) | (Self::Selected, _) => (palette::CARD_PRESSED, palette::ACTION),
            (Self::Topic(accent), false) => (accent.strong, accent.strong),
            (Self::Topic(accent), true) => (accent.pressed, accent.pressed),
            (Self::Right, _) => (palette::RIGHT_SOFT, palette::RIGHT),
            (Self::Wrong, _) => (palette::WRONG_SOFT, palette::WRONG),
        };
        (background, BorderColor::all(border))
    }

    /// Gives a node its border. One of the colour of its ground would show as a hair of light
    /// between the two: such a look has a margin of its colour inside instead, so that all looks
    /// are of one size.
    fn edge(self, node: &mut Node) {
        let border = match self {
            Self::Action | Self::Topic(_) => 0.0,
            // In high contrast it would be taken for a button.
            Self::Waiting => BORDER / 2.0,
            _ => BORDER,
        };
        let had = match node.border.top {
            Val::Px(had) => had,
            _ => 0.0,
        };
        let padding = &mut node.padding;
        for side in [
            &mut padding.left,
            &mut padding.right,
            &mut padding.top,
            &mut padding.bottom,
        ] {
            if let Val::Px(units) = side {
                *units += had - border;
            }
        }
        node.border = UiRect::all(px(border));
    }

    /// The colour of text on it.
    pub(in crate::kiosk) fn ink(self) -> Color {
        match self {
            Self::Action | Self::Topic(_) => palette::ON_STRONG,
            Self::Waiting => palette::INK_SOFT,
            _ => palette::INK,
        }
    }
}

/// A button without its label, to be given children. Every name is unique on its screen.
pub(in crate::kiosk) fn button(name: impl Into<String>, look: Look, node: Node) -> impl Bundle {
    (Button, TabIndex(0), pane(name, look, node))
}

/// What a button looks like, for something that cannot be tapped.
pub(in crate::kiosk) fn pane(name: impl Into<String>, look: Look, node: Node) -> impl Bundle {
    let (background, border) = look.colours(false);
    let mut node = Node {
        // Where there is none, its place is inside.
        border: UiRect::all(px(BORDER)),
        border_radius: BorderRadius::all(px(RADIUS)),
        ..node
    };
    look.edge(&mut node);
    (
        Name::new(name.into()),
        look,
        node,
        BackgroundColor(background),
        border,
    )
}

/// A control's node: its contents in a row, centred.
pub(in crate::kiosk) fn control() -> Node {
    Node {
        min_height: px(CONTROL),
        padding: UiRect::axes(px(32), px(12)),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        column_gap: px(16),
        ..default()
    }
}

/// The label of a control: an icon and a word.
pub(in crate::kiosk) fn label(
    control: &mut ChildSpawnerCommands<'_>,
    icon: &str,
    word: impl Into<Words>,
    look: Look,
) {
    sized_label(control, icon, word, look, Size::Body);
}

/// The same with a word of another size.
pub(in crate::kiosk) fn sized_label(
    control: &mut ChildSpawnerCommands<'_>,
    icon: &str,
    word: impl Into<Words>,
    look: Look,
    size: Size,
) {
    if !icon.is_empty() {
        control.spawn(text::symbol(icon, IconSize::beside(size), look.ink()));
    }
    control.spawn((TextLayout::no_wrap(), text::bold(word, size, look.ink())));
}

/// The sign on an option: an empty ring, or an empty box where several may be chosen.
pub(in crate::kiosk) fn sign(several: bool) -> impl Bundle {
    let radius = if several { 10.0 } else { SIGN / 2.0 };
    round(SIGN, radius, false)
}

/// A round place for a number, empty or with one in it as its child, by [`in_badge`]. It is as
/// large as that takes in the large profile.
pub(in crate::kiosk) fn badge(size: Size, full: bool) -> impl Bundle {
    let diameter = if size == Size::Small { 58.0 } else { 76.0 };
    round(diameter, diameter / 2.0, full)
}

fn round(diameter: f32, radius: f32, full: bool) -> impl Bundle {
    let (ground, line) = sign_colours(full);
    (
        Node {
            width: px(diameter),
            height: px(diameter),
            flex_shrink: 0.0,
            border: ring(full),
            border_radius: BorderRadius::all(px(radius)),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        ground,
        line,
        Pickable::IGNORE,
    )
}

/// What a sign looks like when its option is selected, or a badge with a number in it.
pub(in crate::kiosk) fn sign_colours(full: bool) -> (BackgroundColor, BorderColor) {
    let (ground, line) = if full {
        (palette::ACTION, palette::ACTION)
    } else {
        (palette::CARD, palette::LINE)
    };
    (BackgroundColor(ground), BorderColor::all(line))
}

/// How wide its border is: see [`Look::edge`].
pub(in crate::kiosk) fn ring(full: bool) -> UiRect {
    UiRect::all(px(if full { 0.0 } else { 5.0 }))
}

/// The number in a badge.
pub(in crate::kiosk) fn in_badge(size: Size, number: impl Into<String>) -> impl Bundle {
    (
        TextLayout::no_wrap(),
        text::bold(number, size, palette::ON_STRONG),
    )
}

/// A label that says what sort of thing follows, in its colour and with its icon.
pub(in crate::kiosk) fn sort_label(
    parent: &mut ChildSpawnerCommands<'_>,
    accent: palette::Accent,
    words: impl Into<String>,
) {
    parent
        .spawn((
            Node {
                align_self: AlignSelf::Start,
                align_items: AlignItems::Center,
                padding: UiRect::axes(px(28), px(6)),
                column_gap: px(16),
                border_radius: BorderRadius::all(px(RADIUS)),
                ..default()
            },
            BackgroundColor(accent.strong),
        ))
        .with_children(|label| {
            label.spawn(text::symbol(
                accent.icon,
                IconSize::Usual,
                palette::ON_STRONG,
            ));
            label.spawn(text::bold(words, Size::Body, palette::ON_STRONG));
        });
}

/// A card for what somebody else said, with a bar along the beginning of its lines.
pub(in crate::kiosk) fn quotation(accent: palette::Accent) -> impl Bundle {
    (
        Node {
            padding: UiRect::new(px(20), px(GAP), px(14), px(14)),
            border: UiRect::left(px(14)),
            border_radius: BorderRadius::all(px(RADIUS)),
            column_gap: px(10),
            ..default()
        },
        BackgroundColor(palette::CARD),
        BorderColor::all(accent.strong),
    )
}

/// A page: everything a screen has, from top to bottom.
pub(in crate::kiosk) fn page(name: &'static str) -> impl Bundle {
    (
        Name::new(name),
        TabGroup::default(),
        Node {
            position_type: PositionType::Absolute,
            width: percent(100),
            height: percent(100),
            flex_direction: FlexDirection::Column,
            padding: UiRect::all(px(MARGIN)),
            row_gap: px(GAP),
            ..default()
        },
    )
}

/// A part of a page whose text is set smaller until all of it fits. It comes in with the screen.
#[derive(Component)]
#[require(Arriving)]
pub(in crate::kiosk) struct Fits;

/// A part of a page that takes the room that is left.
pub(in crate::kiosk) fn stretch(direction: FlexDirection) -> Node {
    Node {
        flex_direction: direction,
        flex_grow: 1.0,
        flex_basis: px(0),
        min_width: px(0),
        min_height: px(0),
        row_gap: px(GAP),
        column_gap: px(GAP * 2.0),
        ..default()
    }
}

/// A column or row with the usual distances.
pub(in crate::kiosk) fn stack(direction: FlexDirection) -> Node {
    Node {
        flex_direction: direction,
        row_gap: px(GAP),
        column_gap: px(GAP),
        ..default()
    }
}

/// The parts of a control that its dress colours.
type Dress = (
    Ref<'static, Look>,
    &'static mut BackgroundColor,
    &'static mut BorderColor,
    Option<&'static Children>,
);

fn press(change: On<Add, Pressed>, mut panes: Query<Dress>, mut wake: ResMut<Wake>) {
    if let Ok((look, mut background, mut border, _)) = panes.get_mut(change.entity) {
        (background.0, *border) = look.colours(true);
        wake.settle();
    }
}

fn release(change: On<Remove, Pressed>, mut panes: Query<Dress>, mut wake: ResMut<Wake>) {
    if let Ok((look, mut background, mut border, _)) = panes.get_mut(change.entity) {
        (background.0, *border) = look.colours(false);
        wake.settle();
    }
}

fn change_dress(
    mut panes: Query<(Dress, &mut Node), Changed<Look>>,
    mut texts: Query<&mut TextColor>,
    mut wake: ResMut<Wake>,
) {
    for ((look, mut background, mut border, children), mut node) in &mut panes {
        // A new control has been given its colours, and its contents theirs.
        if look.is_added() {
            continue;
        }
        (background.0, *border) = look.colours(false);
        look.edge(&mut node);
        for child in children.into_iter().flatten() {
            if let Ok(mut colour) = texts.get_mut(*child) {
                colour.0 = look.ink();
            }
        }
        wake.settle();
    }
}

/// A ring around what the keyboard is at, and none while fingers are at work.
fn ring_focus(
    focus: Res<InputFocus>,
    visible: Res<InputFocusVisible>,
    buttons: Query<(Entity, Has<Outline>), With<Button>>,
    mut commands: Commands,
) {
    if !focus.is_changed() && !visible.is_changed() {
        return;
    }
    for (button, ringed) in &buttons {
        let wanted = visible.0 && focus.get() == Some(button);
        if wanted && !ringed {
            commands
                .entity(button)
                .insert(Outline::new(px(8), px(4), palette::FOCUS));
        } else if ringed && !wanted {
            commands.entity(button).remove::<Outline>();
        }
    }
}

//! The mark: four leaves, one a topic, around a question. It is what one sees from
//! across the hall, and each leaf comes back as its topic's tile.

use bevy::prelude::*;

use super::palette::{self, Accent, TOPICS};
use super::text;

/// The gap between the quarters, as a share of the mark's side.
const GAP: f32 = 0.025;

/// The radius of the corners that do not lie on the edge of the disc.
const INNER: f32 = 0.03;

/// The hub with the question, as a share of the side.
const HUB: f32 = 0.3;

/// A corner of a quarter or a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Corner {
    TopLeft,
    TopRight,
    BottomRight,
    BottomLeft,
}

/// The quarters, row by row, and the corner that makes the disc.
const QUARTERS: [Corner; 4] = [
    Corner::TopLeft,
    Corner::TopRight,
    Corner::BottomLeft,
    Corner::BottomRight,
];

/// The mark, as wide and as high as `side`, in layout units.
pub(in crate::kiosk) fn spawn(parent: &mut ChildSpawnerCommands<'_>, side: f32) {
    let quarter = side * (1.0 - GAP) / 2.0;
    parent
        .spawn((
            Name::new("mark"),
            Node {
                width: px(side),
                height: px(side),
                flex_shrink: 0.0,
                flex_direction: FlexDirection::Column,
                row_gap: px(side * GAP),
                ..default()
            },
        ))
        .with_children(|mark| {
            let quarters: Vec<_> = TOPICS.iter().zip(QUARTERS).collect();
            for row in quarters.chunks(2) {
                mark.spawn(Node {
                    column_gap: px(side * GAP),
                    ..default()
                })
                .with_children(|mark| {
                    for ((_, accent), corner) in row {
                        spawn_quarter(mark, *accent, quarter, *corner);
                    }
                });
            }
            spawn_hub(mark, side);
        });
}

/// The icon lies in the middle of what the hub leaves of its quarter.
fn spawn_quarter(mark: &mut ChildSpawnerCommands<'_>, accent: Accent, side: f32, corner: Corner) {
    let (near, far) = (px(side * 0.14), px(side * 0.3));
    let (left, right) = match corner {
        Corner::TopLeft | Corner::BottomLeft => (near, far),
        Corner::TopRight | Corner::BottomRight => (far, near),
    };
    let (top, bottom) = match corner {
        Corner::TopLeft | Corner::TopRight => (near, far),
        Corner::BottomLeft | Corner::BottomRight => (far, near),
    };
    mark.spawn((
        Node {
            width: px(side),
            height: px(side),
            padding: UiRect {
                left,
                right,
                top,
                bottom,
            },
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            border_radius: rounded(corner, side, side * INNER * 2.0),
            ..default()
        },
        BackgroundColor(accent.strong),
    ))
    .with_children(|quarter| {
        // As high as the room for it: the mark does not grow with the text.
        quarter.spawn(text::sign(accent.icon, side * 0.36, palette::ON_STRONG));
    });
}

fn spawn_hub(mark: &mut ChildSpawnerCommands<'_>, side: f32) {
    let hub = side * HUB;
    mark.spawn((
        Node {
            position_type: PositionType::Absolute,
            left: px((side - hub) / 2.0),
            top: px((side - hub) / 2.0),
            width: px(hub),
            height: px(hub),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            border_radius: BorderRadius::MAX,
            ..default()
        },
        BackgroundColor(palette::PAPER),
    ))
    .with_children(|round| {
        round.spawn(text::sign("question", hub * 0.83, palette::ACTION));
    });
}

/// A topic's tile: a square of its colour with one corner round, and its icon.
pub(in crate::kiosk) fn tile(parent: &mut ChildSpawnerCommands<'_>, accent: Accent, side: f32) {
    let position = TOPICS.iter().position(|(_, own)| *own == accent);
    let corner = position.map_or(Corner::TopLeft, |position| QUARTERS[position]);
    parent
        .spawn((
            Node {
                width: px(side),
                height: px(side),
                flex_shrink: 0.0,
                align_items: AlignItems::Center,
                justify_content: JustifyContent::Center,
                border_radius: rounded(corner, side * 0.5, side * 0.12),
                ..default()
            },
            BackgroundColor(accent.strong),
        ))
        .with_children(|tile| {
            tile.spawn(text::sign(accent.icon, side * 0.62, palette::ON_STRONG));
        });
}

/// A few small quarters in the colours of the topics, strewn about a middle: a good moment.
pub(in crate::kiosk) fn spawn_confetti(middle: &mut ChildSpawnerCommands<'_>, count: usize) {
    // Left and top from the middle, turned by, in layout units and degrees: laid by eye.
    const PLACES: [(f32, f32, f32); 10] = [
        (-250.0, -90.0, 12.0),
        (232.0, -104.0, 40.0),
        (-308.0, 40.0, 62.0),
        (296.0, 28.0, 15.0),
        (-206.0, 128.0, 30.0),
        (204.0, 130.0, 74.0),
        (-366.0, -60.0, 80.0),
        (360.0, -84.0, 5.0),
        (-400.0, 112.0, 22.0),
        (392.0, 118.0, 50.0),
    ];
    const SIDE: f32 = 44.0;
    for (index, (left, top, turned)) in PLACES.into_iter().take(count).enumerate() {
        let (_, accent) = TOPICS[index % TOPICS.len()];
        middle.spawn((
            Node {
                position_type: PositionType::Absolute,
                left: percent(50),
                top: percent(50),
                margin: UiRect {
                    left: px(left - SIDE / 2.0),
                    top: px(top - SIDE / 2.0),
                    ..default()
                },
                width: px(SIDE),
                height: px(SIDE),
                border_radius: rounded(QUARTERS[index % 4], SIDE, SIDE * 0.1),
                ..default()
            },
            UiTransform::from_rotation(Rot2::degrees(turned)),
            BackgroundColor(accent.strong),
        ));
    }
}

fn rounded(corner: Corner, outer: f32, inner: f32) -> BorderRadius {
    let of = |own| px(if own == corner { outer } else { inner });
    BorderRadius {
        top_left: of(Corner::TopLeft),
        top_right: of(Corner::TopRight),
        bottom_right: of(Corner::BottomRight),
        bottom_left: of(Corner::BottomLeft),
    }
}

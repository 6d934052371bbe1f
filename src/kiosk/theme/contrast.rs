//! The colours of high contrast: light on black, and a light colour for every strong one. Screens
//! know only the usual palette; what is drawn is exchanged here, colour by colour.

use bevy::prelude::*;

use super::palette::{self, TOPICS};
use super::{Frame, widget};

const BLACK: Color = Color::BLACK;
const WHITE: Color = Color::WHITE;

/// What stands for what. Whatever is not in it, like a picture, stays as it is.
const PAIRS: [(Color, Color); 14] = [
    (palette::PAPER, BLACK),
    // Cards, and what is written on a strong colour.
    (palette::CARD, BLACK),
    (palette::CARD_PRESSED, Color::srgb_u8(0x30, 0x30, 0x30)),
    (palette::INK, WHITE),
    (palette::INK_SOFT, Color::srgb_u8(0xC0, 0xC0, 0xC0)),
    (palette::LINE, Color::srgb_u8(0xC8, 0xC8, 0xC8)),
    (palette::ACTION, Color::srgb_u8(0xFF, 0xD8, 0x4D)),
    (palette::ACTION_PRESSED, Color::srgb_u8(0xFF, 0xF0, 0xB0)),
    (palette::RIGHT, Color::srgb_u8(0x7C, 0xE8, 0xA4)),
    (palette::RIGHT_SOFT, Color::srgb_u8(0x05, 0x24, 0x10)),
    (palette::WRONG, Color::srgb_u8(0xFF, 0xAD, 0xA3)),
    (palette::WRONG_SOFT, Color::srgb_u8(0x38, 0x0C, 0x07)),
    (palette::FOCUS, Color::srgb_u8(0x66, 0xB2, 0xFF)),
    (palette::VEIL, Color::srgba(0.0, 0.0, 0.0, 0.85)),
];

/// How far the strong colours of topics are lightened towards white, at rest and while pressed.
const LIGHTER: f32 = 0.66;
const LIGHTEST: f32 = 0.8;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, exchange.after(widget::Dressed));
}

/// A colour as it is shown.
pub(super) fn shown(colour: Color, contrast: bool) -> Color {
    if !contrast {
        return colour;
    }
    let pair = PAIRS.iter().find(|(usual, _)| *usual == colour);
    if let Some((_, strong)) = pair {
        return *strong;
    }
    let accents = TOPICS.iter().map(|(_, accent)| accent);
    for accent in accents.chain([&palette::CLAIM]) {
        if accent.strong == colour {
            return colour.mix(&WHITE, LIGHTER);
        }
        if accent.pressed == colour {
            return colour.mix(&WHITE, LIGHTEST);
        }
    }
    colour
}

/// Exchanges the colours of whatever has been given new ones. It is done behind the back of change
/// detection, so that nothing is exchanged twice.
fn exchange(
    frame: Res<Frame>,
    mut texts: Query<&mut TextColor, Changed<TextColor>>,
    mut grounds: Query<&mut BackgroundColor, Changed<BackgroundColor>>,
    mut borders: Query<&mut BorderColor, Changed<BorderColor>>,
    mut rings: Query<&mut Outline, Changed<Outline>>,
) {
    if !frame.contrast {
        return;
    }
    for mut text in &mut texts {
        let text = text.bypass_change_detection();
        text.0 = shown(text.0, true);
    }
    for mut ground in &mut grounds {
        let ground = ground.bypass_change_detection();
        ground.0 = shown(ground.0, true);
    }
    for mut border in &mut borders {
        let border = border.bypass_change_detection();
        for side in [
            &mut border.top,
            &mut border.right,
            &mut border.bottom,
            &mut border.left,
        ] {
            *side = shown(*side, true);
        }
    }
    for mut ring in &mut rings {
        let ring = ring.bypass_change_detection();
        ring.color = shown(ring.color, true);
    }
}

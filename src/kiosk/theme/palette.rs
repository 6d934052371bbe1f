//! Every colour there is. Text on its background keeps a contrast of at least 7 : 1, borders and
//! icons at least 3 : 1 (the tests below compute it).

use bevy::prelude::*;

/// The page.
pub(in crate::kiosk) const PAPER: Color = Color::srgb_u8(0xFB, 0xF7, 0xEF);
/// Cards and answers on the page.
pub(in crate::kiosk) const CARD: Color = Color::srgb_u8(0xFF, 0xFF, 0xFF);
/// A card while it is pressed or selected.
pub(in crate::kiosk) const CARD_PRESSED: Color = Color::srgb_u8(0xF1, 0xE7, 0xD3);
/// Text.
pub(in crate::kiosk) const INK: Color = Color::srgb_u8(0x2B, 0x21, 0x18);
/// Text of less weight.
pub(in crate::kiosk) const INK_SOFT: Color = Color::srgb_u8(0x52, 0x45, 0x38);
/// Borders that tell a control from the page.
pub(in crate::kiosk) const LINE: Color = Color::srgb_u8(0x93, 0x82, 0x6C);
/// Text on a strong colour.
pub(in crate::kiosk) const ON_STRONG: Color = Color::srgb_u8(0xFF, 0xFF, 0xFF);
/// The main action.
pub(in crate::kiosk) const ACTION: Color = Color::srgb_u8(0x7A, 0x3B, 0x0C);
/// The main action while it is pressed.
pub(in crate::kiosk) const ACTION_PRESSED: Color = Color::srgb_u8(0x55, 0x28, 0x06);
/// Right, always with its icon and its word.
pub(in crate::kiosk) const RIGHT: Color = Color::srgb_u8(0x12, 0x5A, 0x35);
/// Behind something right.
pub(in crate::kiosk) const RIGHT_SOFT: Color = Color::srgb_u8(0xE3, 0xF3, 0xE6);
/// Wrong, always with its icon and its word.
pub(in crate::kiosk) const WRONG: Color = Color::srgb_u8(0x8E, 0x20, 0x18);
/// Behind something wrong.
pub(in crate::kiosk) const WRONG_SOFT: Color = Color::srgb_u8(0xFB, 0xE9, 0xE4);
/// The ring around what the keyboard is at.
pub(in crate::kiosk) const FOCUS: Color = Color::srgb_u8(0x0B, 0x57, 0xD0);
/// Before the page while something is asked.
pub(in crate::kiosk) const VEIL: Color = Color::srgba(0.17, 0.13, 0.09, 0.72);

/// A topic's colour and icon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::kiosk) struct Accent {
    /// Strong: white text stands on it.
    pub(in crate::kiosk) strong: Color,
    /// While it is pressed.
    pub(in crate::kiosk) pressed: Color,
    /// The icon's name.
    pub(in crate::kiosk) icon: &'static str,
}

const fn accent_of(strong: [u8; 3], pressed: [u8; 3], icon: &'static str) -> Accent {
    Accent {
        strong: Color::srgb_u8(strong[0], strong[1], strong[2]),
        pressed: Color::srgb_u8(pressed[0], pressed[1], pressed[2]),
        icon,
    }
}

/// The topics with a dress of their own, in the order in which they are offered.
pub(in crate::kiosk) const TOPICS: [(&str, Accent); 4] = [
    (
        "health",
        accent_of([0x0B, 0x5A, 0x54], [0x06, 0x3F, 0x3A], "heartbeat"),
    ),
    (
        "emergency",
        accent_of([0x96, 0x31, 0x0B], [0x6E, 0x22, 0x06], "siren"),
    ),
    (
        "antifraud",
        accent_of([0x1E, 0x47, 0x87], [0x13, 0x30, 0x61], "shield-check"),
    ),
    (
        "agriculture",
        accent_of([0x3D, 0x5A, 0x12], [0x2A, 0x40, 0x0A], "plant"),
    ),
];

/// The accent of every other topic.
const OTHER: Accent = accent_of(OTHER_STRONG, OTHER_PRESSED, "book-open-text");
const OTHER_STRONG: [u8; 3] = [0x5B, 0x3E, 0x7A];
const OTHER_PRESSED: [u8; 3] = [0x40, 0x2A, 0x59];

/// The accent of claims that go round, whatever they are about: calm, and no topic's own.
pub(in crate::kiosk) const CLAIM: Accent = accent_of(OTHER_STRONG, OTHER_PRESSED, "question");

/// The accent of a topic.
pub(in crate::kiosk) fn accent(topic: &str) -> Accent {
    let known = TOPICS.iter().find(|(id, _)| *id == topic);
    known.map_or(OTHER, |(_, accent)| *accent)
}

/// How well one colour can be told from another, from 1 to 21. WCAG 2.2: (lighter + 0.05) /
/// (darker + 0.05) of the relative luminances.
pub(in crate::kiosk) fn contrast(a: Color, b: Color) -> f32 {
    let (a, b) = (a.luminance(), b.luminance());
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kiosk::theme::contrast::shown;

    /// The colours that are used, as they are shown with high contrast and without.
    fn themes() -> [fn(Color) -> Color; 2] {
        [|colour| colour, |colour| shown(colour, true)]
    }

    #[test]
    fn every_text_has_a_contrast_of_seven_to_one_with_what_it_stands_on() {
        let mut pairs = vec![(ON_STRONG, ACTION), (ON_STRONG, ACTION_PRESSED)];
        for ground in [PAPER, CARD, CARD_PRESSED, RIGHT_SOFT, WRONG_SOFT] {
            pairs.extend([(INK, ground), (INK_SOFT, ground)]);
        }
        pairs.extend([
            (RIGHT, PAPER),
            (RIGHT, RIGHT_SOFT),
            (WRONG, PAPER),
            (WRONG, WRONG_SOFT),
        ]);
        for topic in ["health", "emergency", "antifraud", "agriculture", "another"] {
            let accent = accent(topic);
            pairs.extend([(ON_STRONG, accent.strong), (ON_STRONG, accent.pressed)]);
            pairs.push((accent.strong, PAPER));
        }
        pairs.push((CLAIM.strong, CARD));
        for theme in themes() {
            for (text, ground) in &pairs {
                let ratio = contrast(theme(*text), theme(*ground));
                assert!(ratio >= 7.0, "{text:?} on {ground:?}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn every_border_has_a_contrast_of_three_to_one_with_the_page() {
        for theme in themes() {
            for border in [LINE, FOCUS, RIGHT, WRONG] {
                for ground in [PAPER, CARD] {
                    let ratio = contrast(theme(border), theme(ground));
                    assert!(ratio >= 3.0, "{border:?} on {ground:?}: {ratio:.2}");
                }
            }
        }
    }
}

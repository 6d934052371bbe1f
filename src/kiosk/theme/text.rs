//! The typeface and the few sizes there are.

use std::sync::Arc;

use bevy::asset::uuid_handle;
use bevy::prelude::*;
use bevy::text::{ComputedTextBlock, FontSize, FontWeight, LineBreak, LineHeight};
use parley::fontique::Blob;

use super::lettering::{self, Lettering, Words};
pub(in crate::kiosk) use super::wrap::{bound, read};
use super::{BODY, icon};

const ICONS: Handle<Font> = uuid_handle!("0b8f3f6e-5b8e-4f0e-9c57-6a1c2d7e4a03");

/// The fonts are inside the program, and there from the first frame: nothing is loaded later, and
/// nothing is copied.
pub(super) fn plugin(app: &mut App) {
    let icons = include_bytes!("../../../assets/fonts/icons.ttf").as_slice();
    insert(&mut app.world_mut().resource_mut(), &ICONS, icons);
    app.add_plugins(lettering::plugin);
}

/// Makes a font of the program known.
pub(super) fn insert(fonts: &mut Assets<Font>, handle: &Handle<Font>, bytes: &'static [u8]) {
    let font = Font {
        data: Blob::new(Arc::new(bytes)),
        ..Font::from_bytes(Vec::new())
    };
    if let Err(error) = fonts.insert(handle, font) {
        error!("a font of the program could not be used: {error}");
    }
}

/// The sizes of text, as multiples of body text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::kiosk) enum Size {
    /// The name on the attract screen.
    Hero,
    /// A score.
    Display,
    /// A question.
    Prompt,
    /// What a screen is about, and what stands on a large control.
    Title,
    /// Running text.
    Body,
    /// What stands in the bar: it has the same size and place on every screen and in both profiles,
    /// as four controls share the width of an upright screen.
    Bar,
    /// Sources, notes.
    Small,
}

impl Size {
    fn font_size(self) -> FontSize {
        FontSize::Rem(match self {
            Self::Hero => 3.0,
            Self::Display => 2.2,
            Self::Prompt => 1.5,
            Self::Title => TITLE,
            Self::Body => 1.0,
            Self::Bar => return FontSize::Px(BODY),
            Self::Small => 0.75,
        })
    }
}

/// How many times as large as running text what a screen is about is.
const TITLE: f32 = 1.3;

/// Running text.
pub(in crate::kiosk) fn plain(words: impl Into<Words>, size: Size, colour: Color) -> impl Bundle {
    lettered(words.into(), FontWeight::NORMAL, size, colour)
}

/// Text of more weight.
pub(in crate::kiosk) fn bold(words: impl Into<Words>, size: Size, colour: Color) -> impl Bundle {
    lettered(words.into(), FontWeight::BOLD, size, colour)
}

fn lettered(words: Words, weight: FontWeight, size: Size, colour: Color) -> impl Bundle {
    let font = lettering::usual(weight);
    (
        Lettering(words.language),
        written(font, weight, words.text, size.font_size(), colour),
    )
}

/// How large an icon is, in few sizes: for each the engine keeps a picture of glyphs in memory, and
/// the graphics another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::kiosk) enum IconSize {
    /// In the bar.
    Bar,
    /// Beside words.
    Usual,
    /// Beside a verdict or a score, or on a key.
    Large,
    /// Above everything else.
    Alone,
}

impl IconSize {
    /// That of an icon beside words.
    pub(in crate::kiosk) fn beside(words: Size) -> Self {
        match words {
            Size::Bar => Self::Bar,
            _ => Self::Usual,
        }
    }

    fn font_size(self) -> FontSize {
        FontSize::Rem(match self {
            Self::Bar => return FontSize::Px(1.2 * BODY),
            Self::Usual => 1.2,
            Self::Large => 1.6,
            Self::Alone => 2.4,
        })
    }
}

/// An icon by its name.
pub(in crate::kiosk) fn symbol(name: &str, size: IconSize, colour: Color) -> impl Bundle {
    let glyph = icon::glyph(name);
    written(ICONS, FontWeight::NORMAL, glyph, size.font_size(), colour)
}

/// The sizes of signs are multiples of so many layout units: few, as those of icons are.
const SIGN_STEP: f32 = 16.0;

/// An icon by its name, about so many layout units high: it keeps its size when text does not.
pub(in crate::kiosk) fn sign(name: &str, units: f32, colour: Color) -> impl Bundle {
    let units = (units / SIGN_STEP).round().max(1.0) * SIGN_STEP;
    let mut font = TextFont {
        font: ICONS.into(),
        ..default()
    };
    font.font_size = FontSize::Px(units);
    (
        Text::new(icon::glyph(name)),
        font,
        // A box of its own size, so that it lies in the middle of whatever it stands in.
        LineHeight::RelativeToFont(1.0),
        TextColor(colour),
        TextLayout::no_wrap(),
        Pickable::IGNORE,
    )
}

/// Whether a text is an icon.
pub(in crate::kiosk) fn is_symbol(font: &TextFont) -> bool {
    font.font == ICONS.into()
}

/// Whether a text says what a screen or a part of it is about: it is bold and large.
pub(in crate::kiosk) fn is_heading(font: &TextFont) -> bool {
    font.weight == FontWeight::BOLD && matches!(font.font_size, FontSize::Rem(rem) if rem >= TITLE)
}

/// The room that a text takes when it is drawn in its box, in pixels. Boxes are rounded to whole
/// pixels only after their texts have been measured, and then a line may be broken once more.
pub(in crate::kiosk) fn drawn_size(
    node: &ComputedNode,
    block: &ComputedTextBlock,
    layout: &TextLayout,
) -> Vec2 {
    let mut lines = block.buffer().clone();
    let wraps = layout.linebreak != LineBreak::NoWrap;
    lines.break_all_lines(wraps.then(|| node.content_box().width()));
    Vec2::new(lines.width(), lines.height())
}

fn written(
    font: Handle<Font>,
    weight: FontWeight,
    text: String,
    size: FontSize,
    colour: Color,
) -> impl Bundle {
    (
        Text::new(bound(&text)),
        TextFont {
            font: font.into(),
            weight,
            font_size: size,
            ..default()
        },
        // Han text wants air: WCAG 2.2 and the Chinese typesetting requirements say 1.5.
        LineHeight::RelativeToFont(1.5),
        TextColor(colour),
        Pickable::IGNORE,
    )
}

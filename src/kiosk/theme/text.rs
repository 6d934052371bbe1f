//! The typeface and the few sizes there are.

use std::sync::Arc;

use bevy::asset::uuid_handle;
use bevy::prelude::*;
use bevy::text::{ComputedTextBlock, FontSize, LineBreak, LineHeight};
use parley::fontique::Blob;

use super::icon;
use crate::face;

const REGULAR: Handle<Font> = uuid_handle!("0b8f3f6e-5b8e-4f0e-9c57-6a1c2d7e4a01");
const BOLD: Handle<Font> = uuid_handle!("0b8f3f6e-5b8e-4f0e-9c57-6a1c2d7e4a02");
const ICONS: Handle<Font> = uuid_handle!("0b8f3f6e-5b8e-4f0e-9c57-6a1c2d7e4a03");

/// The fonts are inside the program, and there from the first frame: nothing is loaded later, and
/// nothing is copied.
pub(super) fn plugin(app: &mut App) {
    let mut fonts = app.world_mut().resource_mut::<Assets<Font>>();
    for (handle, bytes) in [
        (REGULAR, face::REGULAR),
        (BOLD, face::BOLD),
        (
            ICONS,
            include_bytes!("../../../assets/fonts/icons.ttf").as_slice(),
        ),
    ] {
        let font = Font {
            data: Blob::new(Arc::new(bytes)),
            ..Font::from_bytes(Vec::new())
        };
        if let Err(error) = fonts.insert(&handle, font) {
            error!("a font of the program could not be used: {error}");
        }
    }
}

/// The sizes of text, as multiples of body text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::kiosk) enum Size {
    /// The name on the attract screen, a score.
    Display,
    /// A question.
    Prompt,
    /// What a screen is about.
    Title,
    /// What stands on a large control.
    Large,
    /// Running text.
    Body,
    /// Sources, notes.
    Small,
}

impl Size {
    fn rem(self) -> f32 {
        match self {
            Self::Display => 2.2,
            Self::Prompt => 1.45,
            Self::Title => 1.3,
            Self::Large => 1.1,
            Self::Body => 1.0,
            Self::Small => 0.75,
        }
    }
}

/// Running text.
pub(in crate::kiosk) fn plain(text: impl Into<String>, size: Size, colour: Color) -> impl Bundle {
    written(REGULAR, text, size.rem(), colour)
}

/// Text of more weight.
pub(in crate::kiosk) fn bold(text: impl Into<String>, size: Size, colour: Color) -> impl Bundle {
    written(BOLD, text, size.rem(), colour)
}

/// An icon by its name, so many times as high as body text.
pub(in crate::kiosk) fn symbol(name: &str, times: f32, colour: Color) -> impl Bundle {
    written(ICONS, icon::glyph(name), times, colour)
}

/// Whether a text is an icon.
pub(in crate::kiosk) fn is_symbol(font: &TextFont) -> bool {
    font.font == ICONS.into()
}

/// Whether a text says what a screen or a part of it is about: it is bold and large.
pub(in crate::kiosk) fn is_heading(font: &TextFont) -> bool {
    font.font == BOLD.into()
        && matches!(font.font_size, FontSize::Rem(rem) if rem >= Size::Title.rem())
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

fn written(font: Handle<Font>, text: impl Into<String>, rem: f32, colour: Color) -> impl Bundle {
    (
        Text::new(text),
        TextFont {
            font: font.into(),
            font_size: FontSize::Rem(rem),
            ..default()
        },
        // Han text wants air: WCAG 2.2 and the Chinese typesetting requirements say 1.5.
        LineHeight::RelativeToFont(1.5),
        TextColor(colour),
        Pickable::IGNORE,
    )
}

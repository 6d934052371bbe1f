//! The pictures of glyphs. The engine keeps one of 512 × 512 pixels for every size of a font, a
//! megabyte in memory and another one for the graphics, for ever. There are few icons of any size:
//! theirs are as large as a handful of them needs. And where many sizes were needed, for texts that
//! had little room, all are forgotten when the next visitor is awaited.

use std::hash::BuildHasher;

use bevy::platform::hash::FixedHasher;
use bevy::prelude::*;
use bevy::text::{ComputedTextBlock, FontAtlas, FontAtlasKey, FontAtlasSet, FontHinting};
use bevy::ui::widget::text_system;
use parley::PositionedLayoutItem;

use super::{fit, text};
use crate::kiosk::screens::Screen;

/// The most icons of one size, as a side of the square they stand in. Where there are more, the
/// engine makes a picture of its usual size for them.
const ABREAST: f32 = 5.0;

/// What is left free around a glyph, in pixels.
const MARGIN: f32 = 4.0;

/// The side of the engine's own pictures.
const USUAL: u32 = 512;

/// The most bytes of pictures that are kept for the next visitor: twice what one question needs.
const KEPT: u64 = 16 << 20;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        PostUpdate,
        prepare
            .after(fit::fit_text)
            .before(text_system)
            .run_if(fit::is_found),
    )
    .add_systems(OnEnter(Screen::Attract), forget);
}

/// Forgets all pictures when they have become many, and has texts that stay drawn anew.
fn forget(
    mut atlases: ResMut<FontAtlasSet>,
    images: Res<Assets<Image>>,
    mut texts: Query<&mut TextFont>,
) {
    if atlases.total_bytes(&images) > KEPT {
        atlases.clear();
        for mut font in &mut texts {
            font.set_changed();
        }
    }
}

/// The side of the picture for icons of a size, in pixels.
fn side(font_size: f32) -> u32 {
    let side = ABREAST * (font_size + MARGIN);
    (side.ceil() as u32).min(USUAL)
}

/// Makes the pictures for new sizes of icons, under the keys by which the engine looks for them.
fn prepare(
    icons: Query<(&ComputedTextBlock, &TextFont, &FontHinting), Changed<ComputedTextBlock>>,
    mut atlases: ResMut<FontAtlasSet>,
    mut images: ResMut<Assets<Image>>,
) {
    let icons = icons.iter().filter(|(_, font, _)| text::is_symbol(font));
    for (block, font, hinting) in icons {
        let lines = block.buffer().lines();
        let items = lines.flat_map(|line| line.items().collect::<Vec<_>>());
        for item in items {
            let PositionedLayoutItem::GlyphRun(glyphs) = item else {
                continue;
            };
            let run = glyphs.run();
            let key = FontAtlasKey {
                id: run.font().data.id() as u32,
                index: run.font().index,
                font_size_bits: run.font_size().to_bits(),
                variations_hash: FixedHasher.hash_one(run.normalized_coords()),
                hinting: *hinting,
                font_smoothing: font.font_smoothing,
            };
            if !atlases.contains_key(&key) {
                let size = UVec2::splat(side(run.font_size()));
                let atlas = FontAtlas::new(&mut images, size, font.font_smoothing);
                atlases.insert(key, vec![atlas]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use bevy::text::{FontSmoothing, TextLayoutInfo};

    use super::*;
    use crate::bank;
    use crate::embedded;
    use crate::kiosk::layout;
    use crate::kiosk::sights::Sight;
    use crate::kiosk::visit::Questions;
    use crate::locale::Locales;

    /// A station that shows a screen.
    fn showing(screen: Screen) -> App {
        let mut app = layout::outfit(Locales::shipped().unwrap(), true);
        layout::begin(&mut app);
        layout::turn(app.world_mut(), layout::SIZES[0]);
        let (bank, _) = bank::load(embedded::packs(), jiff::civil::date(2026, 1, 1));
        app.insert_resource(Questions(bank));
        app.update();
        show(&mut app, screen);
        app
    }

    fn show(app: &mut App, screen: Screen) {
        Sight::Plain(screen).show(app.world_mut());
        app.update();
    }

    /// The bytes of all pictures.
    fn bytes(app: &App) -> u64 {
        let images = app.world().resource::<Assets<Image>>();
        app.world().resource::<FontAtlasSet>().total_bytes(images)
    }

    #[test]
    fn the_pictures_of_icons_are_as_large_as_a_handful_needs() {
        let mut app = showing(Screen::Audience);
        let mut texts = app.world_mut().query::<(&TextFont, &TextLayoutInfo)>();
        let shown: Vec<_> = texts
            .iter(app.world())
            .filter(|(font, _)| text::is_symbol(font))
            .flat_map(|(_, drawn)| drawn.glyphs.iter().map(|glyph| glyph.atlas_info.texture))
            .collect();
        assert!(shown.len() > 6, "{shown:?}");
        let images = app.world().resource::<Assets<Image>>();
        let sides: Vec<u32> = shown
            .iter()
            .map(|texture| images.get(*texture).unwrap().width())
            .collect();
        assert!(sides.contains(&side(48.0)), "{sides:?}");
        assert!(side(48.0) < USUAL * 6 / 10);
        let atlases = app.world().resource::<FontAtlasSet>();
        for (key, atlases) in atlases.iter() {
            let size = f32::from_bits(key.font_size_bits);
            let small = atlases
                .iter()
                .filter(|atlas| images.get(&atlas.texture).unwrap().width() == side(size));
            assert!(small.count() == 0 || atlases.len() == 1, "{size} is full");
        }
    }

    #[test]
    fn many_pictures_are_forgotten_before_the_next_visitor_who_finds_every_text() {
        let mut app = showing(Screen::Audience);
        let few = bytes(&app);
        show(&mut app, Screen::Attract);
        assert!(bytes(&app) >= few, "few were forgotten");
        show(&mut app, Screen::Audience);
        let stays = app
            .world_mut()
            .spawn(text::plain("留", text::Size::Body, Color::BLACK));
        let stays = stays.id();
        app.world_mut()
            .resource_scope(|world, mut images: Mut<Assets<Image>>| {
                let mut atlases = world.resource_mut::<FontAtlasSet>();
                let (_, known) = atlases.iter_mut().next().unwrap();
                let smoothing = FontSmoothing::default();
                let size = UVec2::splat(USUAL);
                known.extend((0..16).map(|_| FontAtlas::new(&mut images, size, smoothing)));
            });
        app.update();
        assert!(bytes(&app) > KEPT);
        show(&mut app, Screen::Attract);
        app.update();
        assert!(bytes(&app) < KEPT, "{} bytes", bytes(&app));
        let images = app.world().resource::<Assets<Image>>();
        let drawn = app.world().get::<TextLayoutInfo>(stays).unwrap();
        assert_eq!(drawn.glyphs.len(), 1);
        let mut texts = app.world().try_query::<&TextLayoutInfo>().unwrap();
        for glyph in texts.iter(app.world()).flat_map(|drawn| &drawn.glyphs) {
            assert!(images.contains(glyph.atlas_info.texture));
        }
    }
}

//! The pictures of glyphs, from which text is drawn. The engine makes them of 512 × 512 pixels: a
//! megabyte for every size of a font, another one for the graphics, and a third whenever a glyph is
//! added. Here they are as large as what is new on a screen needs, and what was there before stays
//! as it is. Where many have come together they are forgotten before the next visitor.

use std::collections::BTreeSet;
use std::hash::BuildHasher;

use bevy::platform::collections::HashMap;
use bevy::platform::hash::FixedHasher;
use bevy::prelude::*;
use bevy::text::{
    ComputedTextBlock, FontAtlas, FontAtlasKey, FontAtlasSet, FontHinting, FontSmoothing,
    GlyphCacheKey, ScaleCx, get_outlined_glyph_texture,
};
use bevy::ui::widget::text_system;
use parley::{FontData, PositionedLayoutItem};
use swash::FontRef;

use super::fit;
use crate::kiosk::screens::Screen;

/// What is left free around a glyph, in pixels.
const MARGIN: f32 = 4.0;

/// The fewest glyphs that a picture has room for.
const FEWEST: f32 = 9.0;

/// How many times the room that its first glyphs need a picture has. Glyphs are not all of one
/// size, and some come later.
const SPARE: f32 = 1.3;

/// The largest side of a picture, in pixels.
const LARGEST: f32 = 1024.0;

/// The most bytes of pictures that are kept for the next visitor: several times what one question
/// needs.
const KEPT: u64 = 12 << 20;

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

/// Glyphs of one size of a font that are in no picture yet.
struct New {
    font: FontData,
    coords: Vec<i16>,
    glyphs: BTreeSet<u16>,
}

/// Draws the glyphs that are new before the engine looks for them. What it does not find it draws
/// itself.
fn prepare(
    texts: Query<(&ComputedTextBlock, &TextFont, &FontHinting), Changed<ComputedTextBlock>>,
    mut atlases: ResMut<FontAtlasSet>,
    mut images: ResMut<Assets<Image>>,
    mut scale: ResMut<ScaleCx>,
) {
    let mut new: HashMap<FontAtlasKey, New> = HashMap::default();
    for (block, font, hinting) in &texts {
        for item in block.buffer().lines().flat_map(|line| line.items()) {
            let PositionedLayoutItem::GlyphRun(run) = item else {
                continue;
            };
            let (run, glyphs) = (run.run(), run.glyphs());
            let key = FontAtlasKey {
                id: run.font().data.id() as u32,
                index: run.font().index,
                font_size_bits: run.font_size().to_bits(),
                variations_hash: FixedHasher.hash_one(run.normalized_coords()),
                hinting: *hinting,
                font_smoothing: font.font_smoothing,
            };
            let glyphs = glyphs.filter_map(|glyph| u16::try_from(glyph.id).ok());
            let glyphs: Vec<u16> = glyphs
                .filter(|&glyph_id| !atlases.has_glyph(GlyphCacheKey { glyph_id }, &key))
                .collect();
            if glyphs.is_empty() {
                continue;
            }
            let new = new.entry(key).or_insert_with(|| New {
                font: run.font().clone(),
                coords: run.normalized_coords().to_vec(),
                glyphs: BTreeSet::new(),
            });
            new.glyphs.extend(glyphs);
        }
    }
    for (key, new) in new {
        draw(&key, &new, &mut atlases, &mut images, &mut scale);
    }
}

fn draw(
    key: &FontAtlasKey,
    new: &New,
    atlases: &mut FontAtlasSet,
    images: &mut Assets<Image>,
    scale: &mut ScaleCx,
) {
    let Some(font) = FontRef::from_index(new.font.data.as_ref(), key.index as usize) else {
        return;
    };
    let size = f32::from_bits(key.font_size_bits);
    let smooth = key.font_smoothing == FontSmoothing::AntiAliased;
    let mut scaler = scale
        .builder_with_id(font, [new.font.data.id(), key.index.into()])
        .size(size)
        .hint(key.hinting.is_enabled() && smooth)
        .normalized_coords(&new.coords)
        .build();
    let own = atlases.entry(*key).or_default();
    for (done, glyph_id) in new.glyphs.iter().copied().enumerate() {
        let drawn = get_outlined_glyph_texture(&mut scaler, glyph_id, key.font_smoothing);
        let Ok((picture, offset, is_mask)) = drawn else {
            continue;
        };
        let glyph = GlyphCacheKey { glyph_id };
        let add = |atlas: &mut FontAtlas, images: &mut Assets<Image>| {
            let added = atlas.add_glyph(images, glyph, &picture, offset, is_mask);
            added.is_ok()
        };
        // Only to the last one: even what has no room in it would have it sent to the graphics.
        if !own.last_mut().is_some_and(|last| add(last, images)) {
            let largest = picture.size().max_element() as f32;
            let side = side(new.glyphs.len() - done, size.max(largest));
            let mut atlas = FontAtlas::new(images, UVec2::splat(side), key.font_smoothing);
            if add(&mut atlas, images) {
                own.push(atlas);
            }
        }
    }
}

/// The side of a picture for so many glyphs of a size, in pixels.
fn side(glyphs: usize, size: f32) -> u32 {
    let abreast = (FEWEST.max(glyphs as f32) * SPARE).sqrt();
    (abreast * (size + MARGIN)).ceil().min(LARGEST) as u32
}

#[cfg(test)]
mod tests {
    use bevy::text::{FontSmoothing, TextLayoutInfo};

    use super::*;
    use crate::bank;
    use crate::embedded;
    use crate::kiosk::layout;
    use crate::kiosk::sights::Sight;
    use crate::kiosk::theme::text;
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

    /// The pictures that everything on the screen is drawn from.
    fn drawn_from(app: &App) -> Vec<AssetId<Image>> {
        let mut texts = app.world().try_query::<&TextLayoutInfo>().unwrap();
        let glyphs = texts.iter(app.world()).flat_map(|drawn| &drawn.glyphs);
        glyphs.map(|glyph| glyph.atlas_info.texture).collect()
    }

    #[test]
    fn pictures_have_room_for_what_is_shown_and_little_more() {
        let app = showing(Screen::Audience);
        let drawn_from = drawn_from(&app);
        assert!(drawn_from.len() > 30, "{}", drawn_from.len());
        let images = app.world().resource::<Assets<Image>>();
        for picture in drawn_from {
            // The engine's own would have this side.
            assert_ne!(images.get(picture).unwrap().width(), 512);
        }
        let bytes = bytes(&app);
        assert!(bytes < 3 << 20, "{bytes}");
    }

    #[test]
    fn glyphs_that_are_known_are_not_drawn_again_and_new_ones_leave_full_pictures_alone() {
        let mut app = showing(Screen::Audience);
        let (first, known) = (bytes(&app), drawn_from(&app));
        show(&mut app, Screen::Topic);
        let both = bytes(&app);
        show(&mut app, Screen::Audience);
        assert_eq!(bytes(&app), both);
        assert!(first < both && both < 2 * first, "{first} and {both}");
        assert_eq!(drawn_from(&app), known);
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
                let size = UVec2::splat(512);
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
        for picture in drawn_from(&app) {
            assert!(images.contains(picture));
        }
    }
}

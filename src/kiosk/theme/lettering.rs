//! The typeface of every text, and how it sets punctuation: as its language wants it.
//!
//! A text is in the visitor's language unless it is spawned as [`Spoken`] in another one. The fonts
//! of a typeface become known when the first text needs them: a station that does not offer its
//! languages never reads them.

use bevy::asset::uuid_handle;
use bevy::prelude::*;
use bevy::text::{
    FontCx, FontFeatureTag, FontFeatures, FontSource, FontWeight,
    load_font_assets_into_font_collection,
};
use bevy::ui::UiSystems;
use parley::fontique::{FallbackKey, Script};

use super::text;
use crate::face::{TYPEFACES, Typeface};
use crate::kiosk::visit::Visit;
use crate::texts::{Spoken, nearness};

/// The handles of each typeface: regular and bold.
const HANDLES: [(Handle<Font>, Handle<Font>); TYPEFACES.len()] = [
    (
        uuid_handle!("0b8f3f6e-5b8e-4f0e-9c57-6a1c2d7e4a01"),
        uuid_handle!("0b8f3f6e-5b8e-4f0e-9c57-6a1c2d7e4a02"),
    ),
    (
        uuid_handle!("0b8f3f6e-5b8e-4f0e-9c57-6a1c2d7e4a04"),
        uuid_handle!("0b8f3f6e-5b8e-4f0e-9c57-6a1c2d7e4a05"),
    ),
];

pub(super) fn plugin(app: &mut App) {
    app.world_mut()
        .resource_scope(|world, mut fonts: Mut<Assets<Font>>| {
            know(0, &mut fonts, &mut world.resource_mut());
        });
    app.add_systems(
        PostUpdate,
        letter
            .before(load_font_assets_into_font_collection)
            .before(UiSystems::Content),
    );
}

/// What a text says and, unless it is the visitor's, the language (BCP 47 tag) that it says it in.
#[derive(Clone)]
pub(in crate::kiosk) struct Words {
    pub(super) text: String,
    pub(super) language: Option<String>,
}

impl Words {
    /// A text in a language (BCP 47 tag), whichever the visitor's is.
    pub(in crate::kiosk) fn in_language(language: &str, text: &str) -> Self {
        Spoken { language, text }.into()
    }
}

impl<T: Into<String>> From<T> for Words {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            language: None,
        }
    }
}

impl From<Spoken<'_>> for Words {
    fn from(spoken: Spoken<'_>) -> Self {
        Self {
            text: spoken.text.to_owned(),
            language: Some(spoken.language.to_owned()),
        }
    }
}

/// A text with a typeface, and its language unless it is the visitor's.
#[derive(Component)]
pub(super) struct Lettering(pub(super) Option<String>);

/// The font of most texts, before it is known what they say.
pub(super) fn usual(weight: FontWeight) -> Handle<Font> {
    handle(0, weight)
}

fn handle(typeface: usize, weight: FontWeight) -> Handle<Font> {
    let [usual, ..] = &HANDLES;
    let (regular, bold) = HANDLES.get(typeface).unwrap_or(usual);
    if weight == FontWeight::BOLD {
        bold
    } else {
        regular
    }
    .clone()
}

/// Makes the fonts of a typeface known.
fn know(typeface: usize, fonts: &mut Assets<Font>, context: &mut FontCx) {
    let (Some(face), Some((regular, bold))) = (TYPEFACES.get(typeface), HANDLES.get(typeface))
    else {
        return;
    };
    if fonts.contains(regular) {
        return;
    }
    for (handle, bytes) in [(regular, face.regular), (bold, face.bold)] {
        text::insert(fonts, handle, bytes);
        // What one typeface lacks is drawn by another: names of packs within a sentence.
        let font = fonts.get(handle).map(|font| font.data.clone());
        let families = font.map(|font| context.collection.register_fonts(font, None));
        let families = families.into_iter().flatten().map(|(family, _)| family);
        let han = FallbackKey::new(Script::from_bytes(*b"Hani"), None);
        context.collection.append_fallbacks(han, families);
    }
}

/// Gives texts the typeface and the features of their language: new and changed ones, and all once
/// the visitor has chosen another language.
fn letter(
    mut texts: Query<(Ref<Lettering>, Ref<Text>, &mut TextFont)>,
    visit: Res<Visit>,
    mut before: Local<String>,
    mut fonts: ResMut<Assets<Font>>,
    mut context: ResMut<FontCx>,
) {
    let all = *before != visit.language;
    if all {
        before.clone_from(&visit.language);
    }
    for (lettering, text, mut font) in &mut texts {
        if !all && !lettering.is_changed() && !text.is_changed() {
            continue;
        }
        let language = lettering.0.as_deref().unwrap_or(&visit.language);
        let face = Typeface::for_text(language, &text);
        let found = TYPEFACES.iter().position(|own| std::ptr::eq(own, face));
        let typeface = found.unwrap_or_default();
        let wanted = FontSource::from(handle(typeface, font.weight));
        if font.font != wanted {
            know(typeface, &mut fonts, &mut context);
            font.font = wanted;
        }
        let wanted = features(language);
        if font.font_features != wanted {
            font.font_features = wanted;
        }
    }
}

/// How a language wants punctuation. In the shipped faces it is as wide as a Han character. In
/// Chinese that is right but where marks follow each other, as in ”，: half of their blank is too
/// much. Elsewhere quotation marks and apostrophes have the widths that letters have.
fn features(language: &str) -> FontFeatures {
    let is_chinese = nearness("zh", language) > 0;
    let tag = if is_chinese { b"chws" } else { b"pwid" };
    [FontFeatureTag::new(tag)].into()
}

#[cfg(test)]
mod tests {
    use bevy::ecs::system::RunSystemOnce;
    use bevy::text::{
        ComputedTextBlock, LayoutCx, LetterSpacing, LineHeight, TextPipeline, TextPlugin,
    };

    use super::*;
    use crate::kiosk::theme::text::Size;

    /// A station in Chinese.
    fn app() -> App {
        let mut app = App::new();
        app.add_plugins((
            MinimalPlugins,
            AssetPlugin::default(),
            ImagePlugin::default(),
            TextPlugin,
        ))
        .insert_resource(Visit::new(&["zh-CN".to_owned()]))
        .add_plugins(plugin);
        app
    }

    /// Shows a text and tells the typeface that it is given.
    fn typeface(app: &mut App, words: impl Into<Words>) -> Option<usize> {
        let shown = text::bold(words, Size::Body, Color::BLACK);
        let shown = app.world_mut().spawn(shown).id();
        app.update();
        let font = app.world().get::<TextFont>(shown)?.font.clone();
        let handles = HANDLES.iter();
        let mut bold = handles.map(|(_, bold)| FontSource::from(bold.clone()));
        bold.position(|handle| handle == font)
    }

    /// How wide a text is that is shown, in its own size.
    fn width_of(app: &mut App, shown: Entity) -> f32 {
        app.update();
        let measure = move |texts: Query<(&Text, &TextFont, &LineHeight, &TextLayout)>,
                            mut pipeline: ResMut<TextPipeline>,
                            fonts: Res<Assets<Font>>,
                            mut context: ResMut<FontCx>,
                            mut layouts: ResMut<LayoutCx>| {
            const PIXELS: f32 = 100.0;
            let (text, font, line, layout) = texts.get(shown).unwrap();
            let spacing = LetterSpacing::default();
            let span = (shown, 0, text.as_str(), font, Color::BLACK, *line, spacing);
            let measured = pipeline.create_text_measure(
                shown,
                &fonts,
                std::iter::once(span),
                1.0,
                layout,
                &mut ComputedTextBlock::default(),
                &mut context,
                &mut layouts,
                Vec2::splat(1000.0),
                PIXELS,
            );
            measured.unwrap().max.x / PIXELS
        };
        app.world_mut().run_system_once(measure).unwrap()
    }

    fn width(app: &mut App, words: impl Into<Words>) -> f32 {
        let shown = text::plain(words, Size::Body, Color::BLACK);
        let shown = app.world_mut().spawn(shown).id();
        width_of(app, shown)
    }

    /// That two widths are the same, but for rounding.
    #[track_caller]
    fn assert_near(found: f32, wanted: f32) {
        assert!((found - wanted).abs() < 0.06, "{found} and not {wanted}");
    }

    fn spoken<'a>(language: &'a str, text: &'a str) -> Spoken<'a> {
        Spoken { language, text }
    }

    #[test]
    fn a_text_is_in_the_face_of_the_visitors_language_or_of_its_own() {
        let mut app = app();
        assert_eq!(typeface(&mut app, "正直"), Some(0));
        assert_eq!(typeface(&mut app, spoken("zh-HK", "正直")), Some(1));
        app.world_mut().resource_mut::<Visit>().language = "zh-HK".to_owned();
        assert_eq!(typeface(&mut app, "正直"), Some(1));
        assert_eq!(typeface(&mut app, spoken("zh-CN", "正直")), Some(0));
        assert_eq!(typeface(&mut app, "关上门窗"), Some(0));
    }

    #[test]
    fn the_fonts_of_a_face_are_unknown_until_a_text_needs_them() {
        let mut app = app();
        let [_, (regular, _)] = HANDLES;
        let known = |app: &App| app.world().resource::<Assets<Font>>().contains(&regular);
        typeface(&mut app, "关上门窗");
        assert!(!known(&app));
        typeface(&mut app, spoken("zh-HK", "關上門窗"));
        assert!(known(&app));
    }

    #[test]
    fn a_text_that_changes_changes_its_face() {
        let mut app = app();
        let shown = text::plain("关上门窗", Size::Body, Color::BLACK);
        let shown = app.world_mut().spawn(shown).id();
        app.update();
        app.world_mut()
            .entity_mut(shown)
            .insert(Text::new("關上門窗"));
        app.update();
        let [_, (regular, _)] = HANDLES;
        let font = app
            .world()
            .get::<TextFont>(shown)
            .map(|font| font.font.clone());
        assert_eq!(font, Some(FontSource::from(regular)));
    }

    #[test]
    fn chinese_marks_in_a_row_share_the_blank_between_them() {
        let mut app = app();
        assert_near(width(&mut app, "好，好"), 3.0);
        for (text, wanted) in [
            ("“好”，", 3.5),
            ("《好》（好）", 5.5),
            ("“好。”", 3.5),
            ("好：“好”？", 5.0),
        ] {
            assert_near(width(&mut app, text), wanted);
        }
        for (text, wanted) in [("「好」，", 3.5), ("好，「好」", 4.5)] {
            assert_near(width(&mut app, spoken("zh-HK", text)), wanted);
        }
    }

    #[test]
    fn english_quotation_marks_are_narrow() {
        let mut app = app();
        let bare = width(&mut app, spoken("en", "Say so"));
        for marks in ["“”", "‘’", "’’"] {
            let (before, after) = marks.split_at(marks.len() / 2);
            let text = format!("{before}Say so{after}");
            let both = width(&mut app, spoken("en", &text)) - bare;
            assert!(both < 1.0, "{marks}: {both}");
            let wide = width(&mut app, spoken("zh-CN", &text)) - bare;
            assert_near(wide, 2.0);
        }
    }

    #[test]
    fn a_text_is_set_anew_when_it_its_language_or_the_visitors_changes() {
        let mut app = app();
        let shown = text::plain("“”", Size::Body, Color::BLACK);
        let shown = app.world_mut().spawn(shown).id();
        assert_near(width_of(&mut app, shown), 2.0);
        app.world_mut().resource_mut::<Visit>().language = "en".to_owned();
        assert!(width_of(&mut app, shown) < 1.0);
        let mut text = app.world_mut().entity_mut(shown);
        text.insert(Lettering(Some("zh-HK".to_owned())));
        assert_near(width_of(&mut app, shown), 2.0);
        let mut text = app.world_mut().entity_mut(shown);
        text.insert((Lettering(None), Text::new("‘’")));
        assert!(width_of(&mut app, shown) < 1.0);
    }
}

//! The typeface of every text: that of its language.
//!
//! A text is in the visitor's language unless it is spawned as [`Spoken`] in another one. The fonts of a typeface become known when the first text
//! needs them: a station that does not offer its languages never reads them.

use bevy::asset::uuid_handle;
use bevy::prelude::*;
use bevy::text::{FontCx, FontSource, FontWeight, load_font_assets_into_font_collection};
use bevy::ui::UiSystems;
use parley::fontique::{FallbackKey, Script};

use super::text;
use crate::face::{TYPEFACES, Typeface};
use crate::kiosk::visit::Visit;
use crate::texts::Spoken;

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
pub(in crate::kiosk) struct Words {
    pub(super) text: String,
    pub(super) language: Option<String>,
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

/// Gives new and changed texts the typeface of their language.
fn letter(
    mut texts: Query<(&Lettering, &Text, &mut TextFont), Changed<Text>>,
    visit: Res<Visit>,
    mut fonts: ResMut<Assets<Font>>,
    mut context: ResMut<FontCx>,
) {
    for (lettering, text, mut font) in &mut texts {
        let language = lettering.0.as_deref().unwrap_or(&visit.language);
        let face = Typeface::for_text(language, text);
        let found = TYPEFACES.iter().position(|own| std::ptr::eq(own, face));
        let typeface = found.unwrap_or_default();
        let wanted = FontSource::from(handle(typeface, font.weight));
        if font.font != wanted {
            know(typeface, &mut fonts, &mut context);
            font.font = wanted;
        }
    }
}

#[cfg(test)]
mod tests {
    use bevy::text::TextPlugin;

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
}

//! The shipped typefaces: their bytes, which languages they are for, and which characters they can
//! draw.
//!
//! Nothing but these faces draws text on a station: what they lack would be an empty box, whatever
//! fonts the machine happens to have.

use std::sync::OnceLock;

use ttf_parser::Face;

/// A typeface in two weights.
pub struct Typeface {
    /// The languages that it is made for: each a BCP 47 tag or the beginning of one, up to a
    /// hyphen. The first typeface is for all others.
    languages: &'static [&'static str],
    /// An OpenType file.
    pub regular: &'static [u8],
    /// The bold of the same family.
    pub bold: &'static [u8],
    drawn: OnceLock<Characters>,
}

/// All of them; the first one is for every language that no other is for.
pub static TYPEFACES: [Typeface; 2] = [
    Typeface::new(
        &[],
        include_bytes!("../assets/fonts/KepuSans-Regular.otf"),
        include_bytes!("../assets/fonts/KepuSans-Bold.otf"),
    ),
    Typeface::new(
        &["zh-Hant", "zh-HK", "zh-MO", "zh-TW"],
        include_bytes!("../assets/fonts/KepuSansHK-Regular.otf"),
        include_bytes!("../assets/fonts/KepuSansHK-Bold.otf"),
    ),
];

impl Typeface {
    const fn new(
        languages: &'static [&'static str],
        regular: &'static [u8],
        bold: &'static [u8],
    ) -> Self {
        Self {
            languages,
            regular,
            bold,
            drawn: OnceLock::new(),
        }
    }

    /// The one for a language (BCP 47 tag).
    #[must_use]
    pub fn of(language: &str) -> &'static Self {
        let is_for = |start: &&str| {
            let rest = language.strip_prefix(*start);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        let [usual, others @ ..] = &TYPEFACES;
        let mut others = others.iter();
        others
            .find(|face| face.languages.iter().any(is_for))
            .unwrap_or(usual)
    }

    /// The one to draw a text with: that of its language or, for words of another language in it,
    /// one that has all of its characters.
    #[must_use]
    pub fn for_text(language: &str, text: &str) -> &'static Self {
        let own = Self::of(language);
        let draws_all = |face: &&Self| text.chars().all(|one| one == '\n' || face.draws(one));
        if draws_all(&own) {
            return own;
        }
        TYPEFACES.iter().find(draws_all).unwrap_or(own)
    }

    /// Whether both weights have a glyph for a character.
    #[must_use]
    pub fn draws(&self, character: char) -> bool {
        self.drawn
            .get_or_init(|| {
                let mut drawn = Characters::of(self.regular);
                drawn.keep_only(&Characters::of(self.bold));
                drawn
            })
            .contains(character)
    }
}

/// A set of characters, one bit for each code point up to the highest one in it.
#[derive(Default)]
struct Characters(Vec<u64>);

impl Characters {
    /// Those of a font; none if it cannot be read, which a test rules out for ours.
    fn of(font: &[u8]) -> Self {
        let mut characters = Self::default();
        let Ok(face) = Face::parse(font, 0) else {
            return characters;
        };
        for table in face.tables().cmap.iter().flat_map(|cmap| cmap.subtables) {
            if table.is_unicode() {
                table.codepoints(|point| {
                    let glyph = table.glyph_index(point);
                    if glyph.is_some_and(|glyph| glyph.0 != 0) {
                        characters.insert(point);
                    }
                });
            }
        }
        characters
    }

    fn insert(&mut self, point: u32) {
        let (word, bit) = place(point);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= bit;
        }
    }

    fn keep_only(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (bits, others) in self.0.iter_mut().zip(&other.0) {
            *bits &= others;
        }
    }

    fn contains(&self, character: char) -> bool {
        let (word, bit) = place(character.into());
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

/// The word of the set and the bit in it that stand for a code point.
fn place(point: u32) -> (usize, u64) {
    ((point / 64) as usize, 1 << (point % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_the_face_of_its_region() {
        let hong_kong = &TYPEFACES[1];
        for language in ["zh-HK", "zh-TW", "zh-MO", "zh-Hant", "zh-Hant-TW"] {
            assert!(
                std::ptr::eq(Typeface::of(language), hong_kong),
                "{language}"
            );
        }
        for language in ["zh-CN", "zh", "zh-Hans-HK", "zh-HKX", "en", "en-HK", ""] {
            assert!(
                std::ptr::eq(Typeface::of(language), &TYPEFACES[0]),
                "{language}"
            );
        }
    }

    #[test]
    fn a_text_that_the_face_of_its_language_lacks_is_drawn_by_one_that_has_it() {
        let face = |language, text| {
            let found = Typeface::for_text(language, text);
            TYPEFACES.iter().position(|face| std::ptr::eq(face, found))
        };
        assert_eq!(face("zh-HK", "關上門窗"), Some(1));
        assert_eq!(face("zh-HK", "关上门窗"), Some(0));
        assert_eq!(face("zh-CN", "關上門窗"), Some(1));
        assert_eq!(face("zh-CN", "正直"), Some(0));
        assert_eq!(face("zh-HK", "正直"), Some(1));
        // No face has it: that of the language draws the rest.
        assert_eq!(face("zh-HK", "門\u{1F600}"), Some(1));
    }
}

//! The shipped typeface: its bytes, and which characters it can draw.
//!
//! Nothing but this face draws text on a station: what it lacks would be an empty box, whatever
//! fonts the machine happens to have.

use std::sync::OnceLock;

use ttf_parser::Face;

/// Kepu Sans SC, an OpenType file.
pub static REGULAR: &[u8] = include_bytes!("../assets/fonts/KepuSans-Regular.otf");

/// The bold of the same family.
pub static BOLD: &[u8] = include_bytes!("../assets/fonts/KepuSans-Bold.otf");

/// Whether both weights have a glyph for a character.
#[must_use]
pub fn draws(character: char) -> bool {
    static DRAWN: OnceLock<Characters> = OnceLock::new();
    DRAWN
        .get_or_init(|| {
            let mut drawn = Characters::of(REGULAR);
            drawn.keep_only(&Characters::of(BOLD));
            drawn
        })
        .contains(character)
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

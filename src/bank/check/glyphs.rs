//! Characters that may not stand in a text: those that nobody sees, and those that the face of its
//! language cannot draw.

use super::reading::Findings;
use crate::bank::source::Step;
use crate::face::Typeface;

/// How many characters one finding names; more would not help anybody.
const NAMED: usize = 8;

impl<T> Findings<'_, T> {
    /// Refuses the characters of a text in a language (BCP 47 tag) that a station cannot or must not
    /// show.
    pub(super) fn glyphs(&mut self, language: &str, text: &str, path: &[Step<'_>]) {
        for (code, characters) in faults(language, text) {
            self.add(code, path, [("characters", characters.into())]);
        }
    }
}

/// What is wrong with the characters of a text: the code of each finding, and the characters by
/// name and code point, each once, in the order in which they stand.
fn faults(language: &str, text: &str) -> impl Iterator<Item = (&'static str, String)> {
    let face = Typeface::of(language);
    let (mut unseen, mut missing) = (Named::default(), Named::default());
    for character in text.chars() {
        if is_unseen(character) {
            unseen.add(character);
        } else if !face.draws(character) {
            missing.add(character);
        }
    }
    let unseen = unseen.list(|character| format!("U+{:04X}", u32::from(character)));
    let missing = missing.list(|character| format!("{character} U+{:04X}", u32::from(character)));
    let found = [("bad-character", unseen), ("missing-glyph", missing)];
    found.into_iter().filter(|(_, list)| !list.is_empty())
}

/// A few distinct characters.
#[derive(Default)]
struct Named {
    characters: Vec<char>,
    more: bool,
}

impl Named {
    fn add(&mut self, character: char) {
        if self.characters.contains(&character) {
        } else if self.characters.len() < NAMED {
            self.characters.push(character);
        } else {
            self.more = true;
        }
    }

    fn list(&self, name: impl Fn(char) -> String) -> String {
        let names = self.characters.iter().map(|character| name(*character));
        let more = self.more.then(|| "…".to_owned());
        names.chain(more).collect::<Vec<_>>().join(", ")
    }
}

/// Whether a character leaves nothing to see, or turns round what is seen: controls (line breaks,
/// too: a station breaks lines itself), private use, marks of direction, joiners and fillers of no
/// width, variation selectors, tags, and U+FFFD, which says that a text was converted wrongly.
fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{AD}'
                | '\u{34F}'
                | '\u{61C}'
                | '\u{115F}'..='\u{1160}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{3164}'
                | '\u{E000}'..='\u{F8FF}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFF}'
                | '\u{E0000}'..='\u{10FFFF}'
        )
}

//! Question packs as files: built, signed, verified, installed, taken back.
//!
//! Everything from a stick is hostile: nothing parses a pack before its signature, its manifest and
//! its hashes have been verified, and an installation that is killed at any moment leaves exactly
//! the old pack or the new one.

pub mod archive;
pub mod changes;
pub mod manifest;
pub mod media;
pub mod signature;
pub mod sticks;
pub mod store;

use crate::bank::Arg;

/// Why something about a pack was refused: the id of its sentence (`pack-<code>` in the Fluent
/// files, with the remedy as `.hint`), and values for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The id of the sentence.
    pub code: &'static str,
    /// Values for the sentence.
    pub args: Vec<(&'static str, Arg)>,
}

impl Refused {
    /// A refusal without values.
    #[must_use]
    pub fn new(code: &'static str) -> Self {
        Self {
            code,
            args: Vec::new(),
        }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// A name or a comment from outside as it may be shown: one line, nothing that moves or hides
/// other text, and not endless.
#[must_use]
pub fn shown(text: &str) -> String {
    const MOST: usize = 120;
    // Marks that reverse or hide what stands beside them (Unicode category Cf, the common ones).
    let hides = |c: char| matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}');
    let mut shown = String::new();
    for (index, character) in text.chars().enumerate() {
        if index == MOST {
            shown.push_str("...");
            break;
        }
        if character.is_control() || hides(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

//! Question packs as files: built, signed, verified, installed, taken back.
//!
//! Everything from a stick is hostile: nothing parses a pack before its signature, its manifest and
//! its hashes have been verified, and an installation that is killed at any moment leaves exactly
//! the old pack or the new one.

pub mod archive;
pub mod changes;
pub mod manifest;
pub mod media;
pub mod medium;
pub mod narrate;
pub mod review;
pub mod signature;
pub mod sticks;
pub mod store;

use std::fmt;

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

impl fmt::Display for Refused {
    /// For logs: the code alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl std::error::Error for Refused {}

/// Whether a character is drawn as nothing, or moves or hides what stands beside it: Unicode's
/// property `Default_Ignorable_Code_Point`, the line separators, the marks of annotations.
fn hides(character: char) -> bool {
    matches!(
        u32::from(character),
        0xAD | 0x34F
            | 0x61C
            | 0x115F..=0x1160
            | 0x17B4..=0x17B5
            | 0x180B..=0x180F
            | 0x200B..=0x200F
            | 0x2028..=0x202E
            | 0x2060..=0x206F
            | 0x3164
            | 0xFE00..=0xFE0F
            | 0xFEFF
            | 0xFFA0
            | 0xFFF0..=0xFFFB
            | 0x1_BCA0..=0x1_BCA3
            | 0x1_D173..=0x1_D17A
            | 0xE_0000..=0xE_0FFF
    )
}

/// A name or a comment from outside as it may be shown: one line, nothing that moves or hides
/// other text, and not endless.
#[must_use]
pub fn shown(text: &str) -> String {
    const MOST: usize = 120;
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

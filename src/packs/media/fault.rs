//! Why media are refused: the child says it by its exit code, the parent by a refusal.

use super::{PICTURE_SIDE, SOUND_SECONDS};
use crate::packs::Refused;

/// Every code of a refusal that this module makes; a test holds that each has its sentence in every
/// language.
pub const CODES: &[&str] = &[
    "media-animated",
    "media-channels",
    "media-chained",
    "media-collision",
    "media-costly",
    "media-crashed",
    "media-damaged",
    "media-dimensions",
    "media-empty",
    "media-encoding",
    "media-format",
    "media-io",
    "media-not-started",
    "media-output",
    "media-rate",
    "media-source",
    "media-too-long",
    "media-unknown",
];

/// What a child finds wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not begin as its extension says.
    Format,
    /// It is cut short or broken.
    Damaged,
    /// It is coded in a way that is not accepted.
    Encoding,
    /// A side of a picture is zero, or longer than [`PICTURE_SIDE`].
    Dimensions,
    /// A picture that moves.
    Animated,
    /// A sound with no channel or with more than two.
    Channels,
    /// A sound with fewer than 8,000 or more than 48,000 samples a second.
    Rate,
    /// A sound longer than [`SOUND_SECONDS`].
    TooLong,
    /// A sound without a sample.
    Empty,
    /// More than one stream in a file.
    Chained,
    /// The child could not limit itself, read or write.
    Child,
}

impl Fault {
    const ALL: [Self; 11] = [
        Self::Format,
        Self::Damaged,
        Self::Encoding,
        Self::Dimensions,
        Self::Animated,
        Self::Channels,
        Self::Rate,
        Self::TooLong,
        Self::Empty,
        Self::Chained,
        Self::Child,
    ];

    /// How the child ends: from 10 upwards, clear of what clap, a panic or a shell end with.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        10 + self as u8
    }

    /// The fault that an exit code stands for.
    #[must_use]
    pub fn from_exit_code(code: i32) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|fault| i32::from(fault.exit_code()) == code)
    }

    /// The refusal, still without the name of the file.
    pub(super) fn refused(self) -> Refused {
        match self {
            Self::Format => Refused::new("media-format"),
            Self::Damaged => Refused::new("media-damaged"),
            Self::Encoding => Refused::new("media-encoding"),
            Self::Dimensions => {
                Refused::new("media-dimensions").with("side", PICTURE_SIDE as usize)
            }
            Self::Animated => Refused::new("media-animated"),
            Self::Channels => Refused::new("media-channels"),
            Self::Rate => Refused::new("media-rate"),
            Self::TooLong => Refused::new("media-too-long").with("seconds", SOUND_SECONDS as usize),
            Self::Empty => Refused::new("media-empty"),
            Self::Chained => Refused::new("media-chained"),
            Self::Child => Refused::new("media-crashed"),
        }
    }
}

//! What only staff may do: the PIN that opens the staff area, and how to set another one when it
//! is forgotten.
//!
//! Why something was refused is data, a [`Refused`]; its words are Fluent messages `staff-<code>`
//! with an attribute `.hint`.
//!
//! What this withstands: guessing by hand, a pulled plug, restarts, a clock that is set, a file
//! that rots. Whoever can write to the station's disk can put another PIN there; against that only
//! the system helps (a locked case, an encrypted disk).

mod moment;
pub mod pin;
pub mod recovery;
mod weak;

pub use moment::Moment;
pub use weak::check_new;

/// Why a staff action was refused: the id of its sentence, one of [`CODES`], and values for it.
/// Never a PIN.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The id of the sentence.
    pub code: &'static str,
    /// Values for the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Refused {
    fn new(code: &'static str) -> Self {
        Self {
            code,
            args: Vec::new(),
        }
    }

    fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }

    /// A first PIN was to be set where there is one, or was one.
    pub(crate) fn already_set() -> Self {
        Self::new("pin-already-set")
    }

    /// Nobody is named who may reset the PIN.
    pub(crate) fn no_reset_keys() -> Self {
        Self::new("reset-no-keys")
    }

    /// Something could not be kept on disk, or read from it, or drawn at random.
    fn unstorable(reason: impl ToString) -> Self {
        Self::new("unstorable").with("reason", reason)
    }
}

/// Every code there is; a test holds that each has its sentence in every language.
pub const CODES: &[&str] = &[
    "pin-already-set",
    "pin-common",
    "pin-date",
    "pin-few-digits",
    "pin-length",
    "pin-not-digits",
    "pin-repeated",
    "pin-run",
    "pin-same-digit",
    "reset-challenge",
    "reset-form",
    "reset-missing",
    "reset-no-keys",
    "reset-signature",
    "reset-station",
    "unstorable",
];

/// The proof that staff are there: only a right PIN and a signed reset give one.
#[derive(Debug)]
pub struct Permit(());

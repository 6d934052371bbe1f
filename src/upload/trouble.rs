//! What can go wrong on the way to a place, sorted by what can be done about it.
//!
//! No address, header or answer of a server is in it, so that no secret can be. The words are
//! Fluent messages `upload-trouble-<code>` with an attribute `.hint`.

use std::fmt;
use std::time::Duration;

use crate::files::{self, Cause};

/// Why a batch did not arrive, or a place could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The place wants another user, password or key.
    Denied,
    /// There is no such place, or it is not of the kind that its address says.
    NoPlace,
    /// There is no room left, or the batch is larger than the place takes.
    Full,
    /// The place cannot be written.
    ReadOnly,
    /// The place asks for patience, for at least as long as it says.
    Busy(Option<Duration>),
    /// The place does not prove that it is what it says.
    Certificate,
    /// The clock of this machine is wrong, so that nothing can be proven to it, or by it.
    Clock,
    /// The network is down, or too slow.
    Network,
    /// What was read back is not what was put, or an answer makes no sense.
    Broken,
    /// Other bytes have the name of a batch; the batch lies beside them, under another name.
    Conflict,
    /// The station's own records cannot be read or written.
    Records(String),
}

impl Trouble {
    /// Every code there is.
    pub const CODES: [&'static str; 11] = [
        "denied",
        "no-place",
        "full",
        "read-only",
        "busy",
        "certificate",
        "clock",
        "network",
        "broken",
        "conflict",
        "records",
    ];

    /// A stable id.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::NoPlace => "no-place",
            Self::Full => "full",
            Self::ReadOnly => "read-only",
            Self::Busy(_) => "busy",
            Self::Certificate => "certificate",
            Self::Clock => "clock",
            Self::Network => "network",
            Self::Broken => "broken",
            Self::Conflict => "conflict",
            Self::Records(_) => "records",
        }
    }

    /// Whether the next batch may fare better: the fault is this batch's own.
    #[must_use]
    pub fn is_of_one_batch(&self) -> bool {
        matches!(self, Self::Broken | Self::Conflict)
    }
}

impl fmt::Display for Trouble {
    /// For logs: the code alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl std::error::Error for Trouble {}

impl From<files::Error> for Trouble {
    fn from(error: files::Error) -> Self {
        use std::io::ErrorKind as Kind;
        let Cause::Io(error) = error.cause else {
            return Self::Broken;
        };
        match error.kind() {
            Kind::NotFound | Kind::NotADirectory | Kind::IsADirectory => Self::NoPlace,
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Self::ReadOnly,
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::Full,
            _ => Self::Broken,
        }
    }
}

impl From<crate::records::Error> for Trouble {
    fn from(error: crate::records::Error) -> Self {
        Self::Records(error.to_string())
    }
}

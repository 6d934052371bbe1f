//! The PIN: a stand-in with the shape of the real one, until the two are put together.

use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::files;

/// How many tries are free.
const TRIES: u32 = 5;

/// A moment that no clock change moves: which start of the machine, and how long ago it was.
#[derive(Clone, Debug)]
pub struct Moment {
    /// Which start of the machine.
    pub boot_id: String,
    /// How long the machine has been running.
    pub uptime: Duration,
}

impl Moment {
    /// This moment.
    #[must_use]
    pub fn now() -> Self {
        let read = |path: &str| {
            let bytes = files::read(Path::new(path), 4096).unwrap_or_default();
            String::from_utf8_lossy(&bytes).trim().to_owned()
        };
        let uptime = read("/proc/uptime");
        let seconds = uptime.split(['.', ' ']).next().unwrap_or_default();
        Self {
            boot_id: read("/proc/sys/kernel/random/boot_id"),
            uptime: Duration::from_secs(seconds.parse().unwrap_or_default()),
        }
    }
}

/// How the lock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinState {
    /// No PIN has ever been set.
    NotSet,
    /// A PIN may be tried.
    Free {
        /// Tries left before a wait.
        tries: u32,
    },
    /// Nothing may be tried yet.
    Locked {
        /// For how long.
        left: Duration,
    },
    /// The file is lost or damaged: nothing opens.
    Broken,
}

/// What a try came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the PIN.
    Right,
    /// It is not.
    Wrong {
        /// Tries left before a wait.
        tries: u32,
    },
    /// Nothing may be tried yet.
    Locked {
        /// For how long.
        left: Duration,
    },
}

/// Why a PIN is too easily guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than 6 digits.
    Short,
    /// More than 12 digits.
    Long,
    /// Something but digits.
    NotDigits,
    /// One digit only.
    Same,
    /// Digits up or down in a row.
    Run,
    /// The same few digits again and again.
    Repeated,
    /// One of those that are tried first.
    Common,
    /// A date.
    Date,
}

/// Why a PIN could not be set.
#[derive(Debug)]
pub enum SetError {
    /// It is too easily guessed.
    Weak(Weak),
    /// It could not be stored.
    File(files::Error),
}

/// The lock on the staff area.
#[derive(Debug)]
pub struct PinLock {
    path: PathBuf,
    pin: Option<String>,
    wrong: u32,
    until: Duration,
}

impl PinLock {
    /// Opens the lock of a data folder.
    #[must_use]
    pub fn open(data: &Path) -> Self {
        let path = data.join("staff").join("pin.json");
        let pin = files::read(&path, 4096).ok();
        Self {
            pin: pin.and_then(|pin| String::from_utf8(pin).ok()),
            path,
            wrong: 0,
            until: Duration::ZERO,
        }
    }

    /// How the lock stands.
    #[must_use]
    pub fn state(&self, now: &Moment) -> PinState {
        if self.pin.is_none() {
            return PinState::NotSet;
        }
        match self.until.saturating_sub(now.uptime) {
            Duration::ZERO => PinState::Free {
                tries: TRIES.saturating_sub(self.wrong).max(1),
            },
            left => PinState::Locked { left },
        }
    }

    /// Sets a PIN.
    pub fn set(&mut self, new: &str, _: &Moment) -> Result<(), SetError> {
        if let Some(weak) = weakness(new) {
            return Err(SetError::Weak(weak));
        }
        let folder = self.path.parent().unwrap_or(Path::new("."));
        files::create_folder(folder).map_err(SetError::File)?;
        files::write(&self.path, new.as_bytes()).map_err(SetError::File)?;
        self.pin = Some(new.to_owned());
        Ok(())
    }

    /// Tries a PIN.
    pub fn try_pin(&mut self, pin: &str, now: &Moment) -> Result<Verdict, files::Error> {
        if let PinState::Locked { left } = self.state(now) {
            return Ok(Verdict::Locked { left });
        }
        if self.pin.as_deref() == Some(pin) {
            self.wrong = 0;
            return Ok(Verdict::Right);
        }
        self.wrong += 1;
        if self.wrong >= TRIES {
            let left = Duration::from_secs(30);
            self.until = now.uptime + left;
            return Ok(Verdict::Locked { left });
        }
        Ok(Verdict::Wrong {
            tries: TRIES - self.wrong,
        })
    }
}

/// Why a PIN would be refused.
#[must_use]
pub fn weakness(pin: &str) -> Option<Weak> {
    let digits = pin.as_bytes();
    if digits.len() < 6 {
        return Some(Weak::Short);
    }
    if digits.windows(2).all(|pair| pair[0] == pair[1]) {
        return Some(Weak::Same);
    }
    let up = digits.windows(2).all(|pair| pair[1] == pair[0] + 1);
    up.then_some(Weak::Run)
}

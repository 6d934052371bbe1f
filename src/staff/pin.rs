//! The PIN: never stored, only its Argon2id hash; wrong tries are counted before they are checked.
//!
//! What is on disk is the truth: every question reads it again, so that a program that was killed,
//! restarted or run beside this one changes nothing. Two files in `staff/`:
//!
//! - `pin.json`: the hash, how many tries have failed, and when the wait after them began. A file
//!   that is not exactly what this program would have written is broken, and the area closed.
//! - `pin-set`: says that a PIN was set once, so that the loss of `pin.json` is no first use.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use rand::TryRng;
use rand::rngs::SysRng;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::weak::{self, DIGITS};
use super::{Moment, Permit, Refused};
use crate::files;

/// How many tries may fail before the first wait.
pub const FREE_TRIES: u32 = 5;

/// The first wait; each failed try after it doubles it.
pub const FIRST_WAIT: Duration = Duration::from_secs(30);

/// No wait is longer.
pub const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// The most bytes that `pin.json` may have.
const FILE_LIMIT: u64 = 1024;

/// The most memory and passes that a hash on disk may ask for: some more than ours, so that a
/// later program may raise them.
const MOST_MEMORY_KIB: u32 = 64 * 1024;
const MOST_PASSES: u32 = 10;

/// Whether somebody may try the PIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinState {
    /// No PIN was ever set: the first use asks for one.
    NotSet,
    /// It may be tried.
    Free {
        /// How often it may fail until the next wait.
        tries: u32,
    },
    /// Too many tries have failed.
    Locked {
        /// How long nobody may try.
        left: Duration,
    },
    /// What is on disk cannot be used: closed until a signed reset.
    Broken,
}

/// What became of a try.
#[derive(Debug)]
pub enum Verdict {
    /// It was the right PIN.
    Right(Permit),
    /// It was not; what holds now.
    Wrong(PinState),
    /// It was neither checked nor counted, because of this, or because no PIN looks like that.
    NotTried(PinState),
}

/// The PIN of a station, on disk.
///
/// Checking a PIN takes a tenth of a second and 19 MiB: never on the frame loop.
#[derive(Debug)]
pub struct PinLock {
    folder: PathBuf,
}

/// What `pin.json` says.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    format: u32,
    hash: String,
    failed: u32,
    since: Option<Since>,
}

/// When the wait after a failed try began.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
struct Since {
    boot: String,
    uptime_ms: u64,
}

/// `pin.json`: what it says, and the hash of that, against a disk that forgets.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Sealed {
    sha256: String,
    pin: Stored,
}

/// What the disk says about the PIN.
enum OnDisk {
    NotSet,
    Set(Stored),
    Broken,
}

impl PinLock {
    /// The PIN of the station with this data folder.
    ///
    /// A wait that was begun before the machine was started begins again now, whole: how long the
    /// machine was off, nobody can tell.
    #[must_use]
    pub fn open(data: &Path, now: &Moment) -> Self {
        let mut lock = Self {
            folder: data.join("staff"),
        };
        if let OnDisk::Set(stored) = lock.read() {
            // When nothing can be stored, the wait stays whole, and the next try says why.
            drop(lock.restart_wait(stored, now));
            if !lock.marker().exists() {
                // The plug was pulled between the two files.
                drop(files::write(&lock.marker(), b""));
            }
        }
        lock
    }

    /// Whether somebody may try the PIN.
    #[must_use]
    pub fn state(&self, now: &Moment) -> PinState {
        match self.read() {
            OnDisk::NotSet => PinState::NotSet,
            OnDisk::Broken => PinState::Broken,
            OnDisk::Set(stored) => stored.state(now),
        }
    }

    /// Sets the first PIN there is.
    pub fn set_first(&mut self, new: &str) -> Result<(), Refused> {
        weak::check_new(new)?;
        match self.read() {
            OnDisk::NotSet => self.store_new(new),
            OnDisk::Set(_) | OnDisk::Broken => Err(Refused::already_set()),
        }
    }

    /// Sets another PIN, whatever there was; failed tries are forgotten.
    pub fn change(&mut self, new: &str, _: &Permit) -> Result<(), Refused> {
        weak::check_new(new)?;
        self.store_new(new)
    }

    /// Tries a PIN. The try is on disk as failed before it is checked, so that pulling the plug
    /// gains nothing; a right one forgets those that failed.
    pub fn try_pin(&mut self, pin: &str, now: &Moment) -> Result<Verdict, Refused> {
        self.try_with(now, is_pin(pin), |hash| is_right(pin, hash))
    }

    fn try_with(
        &mut self,
        now: &Moment,
        well_formed: bool,
        check: impl FnOnce(&str) -> bool,
    ) -> Result<Verdict, Refused> {
        let mut stored = match self.read() {
            OnDisk::NotSet => return Ok(Verdict::NotTried(PinState::NotSet)),
            OnDisk::Broken => return Ok(Verdict::NotTried(PinState::Broken)),
            OnDisk::Set(stored) => self.restart_wait(stored, now)?,
        };
        let state = stored.state(now);
        if !well_formed || !matches!(state, PinState::Free { .. }) {
            return Ok(Verdict::NotTried(state));
        }
        stored.failed = stored.failed.saturating_add(1);
        stored.since = Some(Since::at(now));
        self.store(&stored)?;
        if !check(&stored.hash) {
            return Ok(Verdict::Wrong(stored.state(now)));
        }
        stored.failed = 0;
        stored.since = None;
        // The PIN was right, whether the disk still takes this or not.
        drop(self.store(&stored));
        Ok(Verdict::Right(Permit(())))
    }

    /// Begins a wait again that another start of the machine had begun.
    fn restart_wait(&mut self, mut stored: Stored, now: &Moment) -> Result<Stored, Refused> {
        let began = stored.since.as_ref();
        if began.is_some_and(|since| since.passed(now).is_none()) {
            stored.since = Some(Since::at(now));
            self.store(&stored)?;
        }
        Ok(stored)
    }

    fn file(&self) -> PathBuf {
        self.folder.join("pin.json")
    }

    fn marker(&self) -> PathBuf {
        self.folder.join("pin-set")
    }

    fn read(&self) -> OnDisk {
        match files::read(&self.file(), FILE_LIMIT) {
            Ok(bytes) => Stored::parse(&bytes).map_or(OnDisk::Broken, OnDisk::Set),
            Err(error) if is_missing(&error) && !self.may_have_marker() => OnDisk::NotSet,
            Err(_) => OnDisk::Broken,
        }
    }

    /// Whether a PIN was ever set; a disk that does not answer counts as yes.
    fn may_have_marker(&self) -> bool {
        self.marker().try_exists().unwrap_or(true)
    }

    fn store_new(&self, pin: &str) -> Result<(), Refused> {
        let hash = hash(pin)?;
        files::create_folder(&self.folder).map_err(Refused::unstorable)?;
        self.store(&Stored {
            format: 1,
            hash,
            failed: 0,
            since: None,
        })?;
        // Second, or a pulled plug would leave a station that nobody can set a PIN for.
        files::write(&self.marker(), b"").map_err(Refused::unstorable)
    }

    fn store(&self, stored: &Stored) -> Result<(), Refused> {
        files::write(&self.file(), &stored.to_bytes()).map_err(Refused::unstorable)
    }
}

impl Stored {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let sealed: Sealed = serde_json::from_slice(bytes).ok()?;
        // Byte for byte what would be written now: nothing has rotted, and no two files say the
        // same.
        let sound = sealed.pin.to_bytes() == bytes && sealed.pin.is_usable();
        sound.then_some(sealed.pin)
    }

    fn to_bytes(&self) -> Vec<u8> {
        let inside = serde_json::to_vec(self).unwrap_or_default();
        let mut sha256 = String::new();
        for byte in Sha256::digest(&inside) {
            sha256.push_str(&format!("{byte:02x}"));
        }
        let pin = self.clone();
        // Plain fields always have a JSON form; without one, nothing could be read again.
        let mut bytes = serde_json::to_vec(&Sealed { sha256, pin }).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Whether the hash is one that can be computed within bounds, and the rest makes sense.
    fn is_usable(&self) -> bool {
        let waits = self.failed == 0 || self.since.is_some();
        let Ok(hash) = PasswordHash::new(&self.hash) else {
            return false;
        };
        let Ok(params) = Params::try_from(&hash) else {
            return false;
        };
        self.format == 1
            && waits
            && hash.algorithm == Algorithm::Argon2id.ident()
            && hash.salt.is_some()
            && hash.hash.is_some()
            && params.m_cost() <= MOST_MEMORY_KIB
            && params.t_cost() <= MOST_PASSES
            && params.p_cost() == Params::DEFAULT_P_COST
    }

    fn state(&self, now: &Moment) -> PinState {
        let wait = wait(self.failed);
        let passed = self.since.as_ref().and_then(|since| since.passed(now));
        let left = wait.saturating_sub(passed.unwrap_or_default());
        if left.is_zero() {
            let tries = FREE_TRIES.saturating_sub(self.failed).max(1);
            PinState::Free { tries }
        } else {
            PinState::Locked { left }
        }
    }
}

impl Since {
    fn at(now: &Moment) -> Self {
        Self {
            boot: now.boot_id.clone(),
            uptime_ms: u64::try_from(now.uptime.as_millis()).unwrap_or(u64::MAX),
        }
    }

    /// The time since then, if it was in this run of the machine.
    fn passed(&self, now: &Moment) -> Option<Duration> {
        let then = Duration::from_millis(self.uptime_ms);
        (self.boot == now.boot_id)
            .then(|| now.uptime.checked_sub(then))
            .flatten()
    }
}

/// How long nobody may try after so many failed tries.
fn wait(failed: u32) -> Duration {
    let Some(doublings) = failed.checked_sub(FREE_TRIES) else {
        return Duration::ZERO;
    };
    let factor = 1_u32.checked_shl(doublings).unwrap_or(u32::MAX);
    FIRST_WAIT.saturating_mul(factor).min(LONGEST_WAIT)
}

fn is_pin(pin: &str) -> bool {
    DIGITS.contains(&pin.len()) && pin.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_missing(error: &files::Error) -> bool {
    matches!(&error.cause, files::Cause::Io(error) if error.kind() == io::ErrorKind::NotFound)
}

/// Argon2id with the least that OWASP advises: 19 MiB, two passes, one lane.
fn argon2id() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

fn hash(pin: &str) -> Result<String, Refused> {
    let mut salt = [0; 16];
    SysRng
        .try_fill_bytes(&mut salt)
        .map_err(Refused::unstorable)?;
    let hash: PasswordHash = argon2id()
        .hash_password_with_salt(pin.as_bytes(), &salt)
        .map_err(Refused::unstorable)?;
    Ok(hash.to_string())
}

fn is_right(pin: &str, hash: &str) -> bool {
    // The comparison takes the same time wherever the two differ.
    PasswordHash::new(hash)
        .is_ok_and(|hash| argon2id().verify_password(pin.as_bytes(), &hash).is_ok())
}

impl fmt::Debug for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored")
            .field("failed", &self.failed)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Moment {
        Moment {
            boot_id: "one".to_owned(),
            uptime: Duration::from_secs(seconds),
        }
    }

    /// A lock whose PIN is checked by the tests themselves.
    fn lock(folder: &Path) -> PinLock {
        let mut lock = PinLock::open(folder, &at(0));
        lock.set_first("294816").unwrap();
        lock
    }

    #[test]
    fn a_try_is_on_disk_as_failed_before_it_is_checked() {
        let folder = tempfile::tempdir().unwrap();
        let mut lock = lock(folder.path());
        for tried in 1..=5 {
            let wrong = lock.try_with(&at(9), true, |_| {
                // Whoever pulls the plug here finds this one counted.
                let after = PinLock::open(folder.path(), &at(9)).state(&at(9));
                let expected = match tried {
                    5 => PinState::Locked { left: FIRST_WAIT },
                    _ => PinState::Free { tries: 5 - tried },
                };
                assert_eq!(after, expected);
                false
            });
            assert!(matches!(wrong, Ok(Verdict::Wrong(_))));
        }
    }

    #[test]
    fn what_cannot_be_stored_is_not_checked() {
        let folder = tempfile::tempdir().unwrap();
        let mut lock = lock(folder.path());
        // The staged file cannot be made where a folder has its name.
        files::create_folder(&folder.path().join("staff/pin.json.part")).unwrap();
        let refused = lock.try_with(&at(9), true, |_| panic!("it was checked"));
        assert_eq!(refused.unwrap_err().code, "unstorable");
    }

    #[test]
    fn the_wait_begins_with_30_seconds_and_doubles_to_an_hour() {
        let waits: Vec<u64> = (4..=14).map(|failed| wait(failed).as_secs()).collect();
        assert_eq!(
            waits,
            [0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
        );
        assert_eq!(wait(u32::MAX), LONGEST_WAIT);
    }

    #[test]
    fn each_wait_is_waited_out_and_gives_one_try() {
        let folder = tempfile::tempdir().unwrap();
        let mut lock = lock(folder.path());
        let mut now = 0;
        for failed in 1..=14_u32 {
            let verdict = lock.try_with(&at(now), true, |_| false).unwrap();
            let wait = wait(failed);
            let Verdict::Wrong(state) = verdict else {
                panic!("{verdict:?} at {failed}");
            };
            if wait.is_zero() {
                assert_eq!(state, PinState::Free { tries: 5 - failed });
                continue;
            }
            assert_eq!(state, PinState::Locked { left: wait });
            now += wait.as_secs() - 1;
            let left = Duration::from_secs(1);
            let early = lock.try_with(&at(now), true, |_| panic!("it was checked"));
            assert!(
                matches!(early, Ok(Verdict::NotTried(PinState::Locked { left: second })) if second == left)
            );
            now += 1;
            assert_eq!(lock.state(&at(now)), PinState::Free { tries: 1 });
        }
        assert!(matches!(
            lock.try_with(&at(now), true, |_| true),
            Ok(Verdict::Right(_))
        ));
        assert_eq!(lock.state(&at(now)), PinState::Free { tries: 5 });
    }

    #[test]
    fn no_file_with_one_byte_changed_can_be_used() {
        let stored = Stored {
            format: 1,
            hash: hash("294816").unwrap(),
            failed: 5,
            since: Some(Since::at(&at(100))),
        };
        let sound = stored.to_bytes();
        assert!(Stored::parse(&sound).is_some_and(|back| back == stored));
        for index in 0..sound.len() {
            for change in 1..=255 {
                let mut bytes = sound.clone();
                bytes[index] ^= change;
                assert!(Stored::parse(&bytes).is_none(), "byte {index}, {change:#x}");
            }
        }
    }

    #[test]
    fn a_hash_that_would_take_too_much_is_not_computed() {
        let good = hash("294816").unwrap();
        let stored = |hash: String| Stored {
            format: 1,
            hash,
            failed: 0,
            since: None,
        };
        assert!(
            good.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{good}"
        );
        assert!(stored(good.clone()).is_usable());
        for (from, to) in [
            ("m=19456", "m=4194304"),
            ("t=2", "t=1000"),
            ("p=1", "p=64"),
            ("argon2id", "argon2i"),
            ("$argon2id", ""),
        ] {
            assert!(!stored(good.replace(from, to)).is_usable(), "{to}");
        }
    }

    #[test]
    fn nothing_that_is_printed_holds_a_hash() {
        let folder = tempfile::tempdir().unwrap();
        let lock = lock(folder.path());
        let OnDisk::Set(stored) = lock.read() else {
            panic!("it is set");
        };
        let text = format!("{lock:?} {stored:?}");
        assert!(
            !text.contains("argon2") && !text.contains("294816"),
            "{text}"
        );
    }
}

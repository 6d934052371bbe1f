//! New versions on trial, and crashes counted against them.
//!
//! A run of the kiosk leaves `run.json` and keeps it locked; a clean end removes it. Found again,
//! not locked, and written since the machine was switched on, it tells of a crash. Written before,
//! it tells of a power cut, which no pack can be blamed for.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Alarm, Store, number, write_refused};
use crate::files::{self, Lock, Verb};
use crate::journal::Deed;
use crate::packs::Refused;

/// After so many ended sessions the trial of a new version is over.
pub const TRIAL_SESSIONS: u32 = 20;

/// So many crashes within [`CRASH_SPAN`] take every pack on trial back.
pub const CRASHES: usize = 3;

/// Seconds within which crashes belong together.
pub const CRASH_SPAN: i64 = 300;

/// The most bytes of `run.json`.
const LIMIT: u64 = 64 * 1024;

/// `run.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Marker {
    /// The id of the machine's start, as the system gives it.
    boot: String,
    /// When crashes were noticed, in seconds of the station's clock; the last few.
    crashes: Vec<i64>,
}

/// The kiosk is running. Dropped without [`Run::ended`] it counts as a crash.
#[derive(Debug)]
pub struct Run {
    path: PathBuf,
    /// Held for its lock.
    _locked: Lock,
}

impl Run {
    /// The kiosk has ended as it was told to.
    ///
    /// # Errors
    ///
    /// `store-write`: the next run of this machine's start will see a crash.
    pub fn ended(self) -> Result<(), Refused> {
        fs::remove_file(&self.path)
            .map_err(|error| write_refused(&files::Error::io(Verb::Write, &self.path, error)))
    }
}

impl Store {
    /// A session has ended without a crash. Writes to the disk: not for the frame loop.
    ///
    /// # Errors
    ///
    /// `store-read` or `store-write`; then the session is not counted.
    pub fn session_ended(&self) -> Result<(), Refused> {
        if !self.is_any_on_trial()? {
            return Ok(());
        }
        let _lock = self.lock()?;
        let mut pointer = self.pointer()?;
        for entry in pointer.packs.values_mut() {
            let ended = entry.trial.map(|ended| ended.saturating_add(1));
            entry.trial = ended.filter(|ended| *ended < TRIAL_SESSIONS);
        }
        self.point(&pointer)
    }

    /// The kiosk begins to run; to be called before the packs are loaded. `boot_id` names the start
    /// of the machine; empty when it is not known, and then no crash is counted.
    ///
    /// After the third crash within five minutes every pack on trial is taken back: to the version
    /// before, or the one inside the program, or out of use. Each is told as an alarm.
    ///
    /// There is no [`Run`] while another kiosk runs on the same data.
    ///
    /// # Errors
    ///
    /// `store-read` or `store-write` when the disk refuses; then crashes are not counted.
    pub fn run_began(
        &self,
        now: Timestamp,
        boot_id: &str,
    ) -> Result<(Option<Run>, Vec<Alarm>), Refused> {
        let path = self.packs().join("run.json");
        let refused = |error| write_refused(&files::Error::io(Verb::Write, &path, error));
        files::create_folder(&self.packs()).map_err(|error| write_refused(&error))?;
        let file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(refused)?;
        let mut locked = match Lock::try_hold(file) {
            Ok(locked) => locked,
            Err(fs::TryLockError::WouldBlock) => return Ok((None, Vec::new())),
            Err(fs::TryLockError::Error(error)) => return Err(refused(error)),
        };
        let mut text = Vec::new();
        locked
            .file()
            .take(LIMIT)
            .read_to_end(&mut text)
            .map_err(refused)?;
        let now = now.as_second();
        let crashes = match serde_json::from_slice::<Marker>(&text) {
            Ok(left) if !boot_id.is_empty() && left.boot == boot_id => {
                crashes_with(left.crashes, now)
            }
            // No crash, or one of which nothing is known.
            _ => Vec::new(),
        };
        let gives_up = crashes.len() >= CRASHES;
        let marker = Marker {
            boot: boot_id.to_owned(),
            // What follows is another matter: the count begins again.
            crashes: if gives_up { Vec::new() } else { crashes },
        };
        let alarms = if gives_up {
            self.withdraw_trials(now)?
        } else {
            Vec::new()
        };
        rewrite(locked.file(), &marker).map_err(refused)?;
        let run = Run {
            path,
            _locked: locked,
        };
        Ok((Some(run), alarms))
    }

    fn is_any_on_trial(&self) -> Result<bool, Refused> {
        let pointer = self.pointer()?;
        Ok(pointer.packs.values().any(|entry| entry.trial.is_some()))
    }

    fn withdraw_trials(&self, now: i64) -> Result<Vec<Alarm>, Refused> {
        if !self.is_any_on_trial()? {
            return Ok(Vec::new());
        }
        let _lock = self.lock()?;
        let mut pointer = self.pointer()?;
        let trials = pointer.packs.iter();
        let trials: Vec<_> = trials
            .filter(|(_, entry)| entry.trial.is_some())
            .map(|(id, entry)| (id.clone(), entry.version))
            .collect();
        let mut alarms = Vec::new();
        for (id, version) in trials {
            let (alarm, to) = match self.go_back(&mut pointer, &id) {
                Some(back) if back.built_in => (Refused::new("withdrawn-to-built-in"), back.to),
                Some(back) => (Refused::new("withdrawn-to-before"), back.to),
                None => {
                    pointer.packs.remove(&id);
                    (Refused::new("withdrawn-to-none"), 0)
                }
            };
            // A journal that cannot be written must not keep a station crashing.
            let at = Timestamp::from_second(now).unwrap_or_default();
            drop(self.journal(at, Deed::PackWithdrawn, &id, format!("{version} -> {to}")));
            alarms.push(
                alarm
                    .with("id", id)
                    .with("version", number(version))
                    .with("instead", number(to)),
            );
        }
        self.point(&pointer)?;
        Ok(alarms)
    }
}

/// The crashes that belong together with the one noticed now, and that one. A clock that was set
/// meanwhile, forward or back, parts them.
fn crashes_with(earlier: Vec<i64>, now: i64) -> Vec<i64> {
    let near = |then: &i64| then.abs_diff(now) <= CRASH_SPAN.unsigned_abs();
    let mut crashes: Vec<_> = earlier.into_iter().filter(near).collect();
    crashes.push(now);
    crashes
}

/// In place, for the file is locked. A power cut in between may tear it, and then it is of no
/// importance any more.
fn rewrite(file: &mut File, marker: &Marker) -> io::Result<()> {
    use std::io::Seek;
    let text = serde_json::to_vec(marker)?;
    file.rewind()?;
    file.set_len(0)?;
    file.write_all(&text)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crashes_belong_together_within_five_minutes_and_no_clock_is_too_wild() {
        assert_eq!(crashes_with(vec![0, 100, 300], 400), [100, 300, 400]);
        assert_eq!(crashes_with(vec![700], 400), [700, 400]);
        assert_eq!(crashes_with(vec![701], 400), [400]);
        assert_eq!(crashes_with(vec![i64::MIN, i64::MAX], -5), [-5]);
    }
}

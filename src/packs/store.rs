//! The packs installed on a station: staged, verified, renamed, pointed at.
//!
//! ```text
//! packs/
//!   lock              locked while the pointer or what it names changes: for moments
//!   active.json       the pointer: per pack the version in use, the one before, its trial
//!   <id>-<version>/   an installed version: manifest.json, pack.ron, questions.ron, media/…
//!   run.json          that the kiosk is running, locked by it; left behind by a crash
//!   .staging/         what is being installed, locked by its installer; anything else is rubbish
//! ```
//!
//! The pointer alone says what is installed. It changes by one rename, after everything that it
//! will name is on the disk, so that a station killed at any moment has exactly the old packs or
//! the new ones. Whatever the pointer does not name is rubbish, too, and removed.

mod folder;
mod incoming;
mod install;
mod pointer;
mod trial;

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::Refused;
use crate::bank::{self, Arg, Pack, PackFiles};
use crate::embedded;
use crate::files::{self, Lock, Verb};
use crate::journal::{self, Deed};

pub use incoming::Incoming;
pub use install::{Prepared, Progress, Trust};
pub use trial::{CRASH_SPAN, CRASHES, Run, TRIAL_SESSIONS};

use pointer::{Entry, Pointer};

/// Something that staff should see to: worded like a refusal.
pub type Alarm = Refused;

/// The packs folder of a station.
#[derive(Clone, Debug)]
pub struct Store {
    data: PathBuf,
}

/// A pack that is installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// The pack's id.
    pub id: String,
    /// The version in use.
    pub version: u32,
    /// The version that going back leads to, if it was not removed.
    pub before: Option<u32>,
    /// The version inside the program, which plays when no installed one can.
    pub built_in: Option<u32>,
    /// How many sessions must still end before its trial is over; `None` when it is.
    pub trial_left: Option<u32>,
}

/// What going back led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WentBack {
    /// The version left.
    pub from: u32,
    /// The version in use now.
    pub to: u32,
    /// Whether that is the one inside the program.
    pub built_in: bool,
}

impl Store {
    /// The store of the station whose data folder this is, cleaned of what a crash left behind.
    ///
    /// Nothing is made: a station without installed packs needs no folder. What cannot be cleaned
    /// now (another installer is at work, the disk is read-only) stays for the next time.
    #[must_use]
    pub fn open(data: &Path) -> Self {
        let store = Self::at(data);
        if store.packs().is_dir() {
            drop(store.clean());
        }
        store
    }

    /// The packs in a folder that may be a station's, for those who only look: nothing is cleaned.
    #[must_use]
    pub fn at(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
        }
    }

    /// Whether a folder is that of an installed version, all of whose media were proven.
    #[must_use]
    pub fn holds(&self, folder: &Path) -> bool {
        let name = folder.file_name().and_then(|name| name.to_str());
        folder.parent() == Some(&self.packs())
            && name.is_some_and(|name| folder::parsed(name).is_some())
    }

    /// The installed packs by id.
    ///
    /// # Errors
    ///
    /// `store-read` when the pointer is there and cannot be read.
    pub fn installed(&self) -> Result<Vec<Installed>, Refused> {
        let pointer = self.pointer()?;
        let entries = pointer.packs.into_iter();
        Ok(entries
            .map(|(id, entry)| Installed {
                version: entry.version,
                before: entry.before,
                built_in: built_in(&id).map(|pack| pack.info().version()),
                trial_left: entry.trial_left(),
                id,
            })
            .collect())
    }

    /// The files of the packs to play, and what is wrong with the others.
    ///
    /// Every file's size and SHA-256 must be what the version's manifest says. In place of a
    /// damaged version the one before is played, or else the one inside the program.
    #[must_use]
    pub fn active_packs(&self) -> (Vec<PackFiles>, Vec<Alarm>) {
        let pointer = match self.pointer() {
            Ok(pointer) => pointer,
            Err(refused) => return (Vec::new(), vec![refused]),
        };
        let (mut packs, mut alarms) = (Vec::new(), Vec::new());
        if pointer.rebuilt {
            alarms.push(Refused::new("pointer-rebuilt"));
        }
        for (id, entry) in &pointer.packs {
            match self.sound(id, entry.version) {
                Ok(files) => packs.push(files),
                Err(path) => {
                    let before = entry.before.and_then(|version| {
                        let files = self.sound(id, version).ok()?;
                        Some((version, files))
                    });
                    alarms.push(damaged(
                        id,
                        entry.version,
                        &path,
                        before.as_ref().map(|b| b.0),
                    ));
                    packs.extend(before.map(|(_, files)| files));
                }
            }
        }
        (packs, alarms)
    }

    /// Takes a pack back to the version before, or to the one inside the program.
    ///
    /// The version left is removed and comes back only if staff install it again.
    ///
    /// # Errors
    ///
    /// `not-installed`, `no-version-before`, and `store-read`, `store-write`, `journal` when the
    /// disk refuses; then nothing changed.
    pub fn roll_back(&self, id: &str, now: Timestamp) -> Result<WentBack, Refused> {
        let _lock = self.lock()?;
        let mut pointer = self.pointer()?;
        let entry = pointer.packs.get(id);
        let entry = entry.ok_or_else(|| self.not_installed(id))?.clone();
        let back = self.go_back(&mut pointer, id);
        let back = back.ok_or_else(|| Refused::new("no-version-before").with("id", id))?;
        let detail = format!("{} -> {}", entry.version, back.to);
        self.journal(now, Deed::PackRolledBack, id, detail)?;
        self.point(&pointer)?;
        Ok(back)
    }

    /// Removes an installed pack with all its versions. The one inside the program stays.
    ///
    /// # Errors
    ///
    /// `built-in` for a pack that is only inside the program, `not-installed`, and `store-read`,
    /// `store-write`, `journal` when the disk refuses; then nothing changed.
    pub fn remove(&self, id: &str, now: Timestamp) -> Result<(), Refused> {
        let _lock = self.lock()?;
        let mut pointer = self.pointer()?;
        let entry = pointer.packs.remove(id);
        let entry = entry.ok_or_else(|| self.not_installed(id))?;
        self.journal(now, Deed::PackRemoved, id, entry.version.to_string())?;
        self.point(&pointer)
    }

    fn not_installed(&self, id: &str) -> Refused {
        let refused = match built_in(id) {
            Some(_) => Refused::new("built-in"),
            None => Refused::new("not-installed"),
        };
        refused.with("id", id)
    }

    /// Takes a pack back in the pointer; `None` when there is nothing to go back to.
    fn go_back(&self, pointer: &mut Pointer, id: &str) -> Option<WentBack> {
        let entry = pointer.packs.get_mut(id)?;
        let from = entry.version;
        let before = entry
            .before
            .filter(|before| self.sound(id, *before).is_ok());
        match before {
            Some(to) => {
                *entry = Entry::proven(to);
                Some(WentBack {
                    from,
                    to,
                    built_in: false,
                })
            }
            None => {
                let to = built_in(id)?.info().version();
                pointer.packs.remove(id);
                Some(WentBack {
                    from,
                    to,
                    built_in: true,
                })
            }
        }
    }

    fn packs(&self) -> PathBuf {
        self.data.join("packs")
    }

    fn staging(&self) -> PathBuf {
        self.packs().join(".staging")
    }

    fn version_folder(&self, id: &str, version: u32) -> PathBuf {
        self.packs().join(folder::name(id, version))
    }

    /// The files of an installed version, or the path of the first that is not what was installed.
    fn sound(&self, id: &str, version: u32) -> Result<PackFiles, PathBuf> {
        folder::sound(&self.version_folder(id, version), id, version)
    }

    /// Keeps every other program from changing the pointer and what it names.
    fn lock(&self) -> Result<Lock, Refused> {
        let folder = self.packs();
        files::create_folder(&folder).map_err(|error| write_refused(&error))?;
        let path = folder.join("lock");
        let locked = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .and_then(Lock::hold);
        locked.map_err(|error| write_refused(&files::Error::io(Verb::Write, &path, error)))
    }

    fn pointer(&self) -> Result<Pointer, Refused> {
        Pointer::read(&self.packs())
            .map_err(|error| Refused::new("store-read").with("reason", error.to_string()))
    }

    /// Writes the pointer durably, then removes what it does not name any more. Only under the
    /// lock.
    fn point(&self, pointer: &Pointer) -> Result<(), Refused> {
        pointer
            .write(&self.packs())
            .map_err(|error| write_refused(&error))?;
        self.remove_rubbish(pointer);
        Ok(())
    }

    /// Removes what a crash left behind.
    fn clean(&self) -> Result<(), Refused> {
        // Not while somebody is installing.
        if let Ok(_lock) = lock_staging(&self.staging()) {
            empty(&self.staging());
        }
        let _lock = self.lock()?;
        let pointer = self.pointer()?;
        if !pointer.rebuilt {
            self.remove_rubbish(&pointer);
        }
        Ok(())
    }

    /// Removes folders that look like installed versions and are not pointed at, and a pointer that
    /// was not finished. Best effort: what stays is found again next time.
    fn remove_rubbish(&self, pointer: &Pointer) {
        let keep = pointer.folders();
        for folder in files::folders_in(&self.packs()).unwrap_or_default() {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            if folder::parsed(&name).is_some() && !keep.contains(name.as_ref()) {
                drop(fs::remove_dir_all(&folder));
            }
        }
        drop(fs::remove_file(self.packs().join("active.json.part")));
    }

    /// Nothing that staff do is done without its line in the journal.
    fn journal(
        &self,
        at: Timestamp,
        deed: Deed,
        subject: &str,
        detail: String,
    ) -> Result<(), Refused> {
        let entry = journal::Entry {
            at,
            deed,
            subject: subject.to_owned(),
            detail,
        };
        journal::append(&self.data, &entry)
            .map_err(|error| Refused::new("journal").with("reason", error.to_string()))
    }
}

/// The pack of this id inside the program.
fn built_in(id: &str) -> Option<Pack> {
    // The day only decides what is warned of.
    let (bank, _) = bank::load(embedded::packs(), jiff::civil::Date::ZERO);
    let packs = bank.packs().iter();
    packs
        .into_iter()
        .find(|pack| pack.info().id() == id)
        .cloned()
}

fn damaged(id: &str, version: u32, path: &Path, before: Option<u32>) -> Alarm {
    let built_in = built_in(id).map(|pack| pack.info().version());
    let alarm = match (before, built_in) {
        (Some(_), _) => Refused::new("damaged-before-plays"),
        (None, Some(_)) => Refused::new("damaged-built-in-plays"),
        (None, None) => Refused::new("damaged-none-plays"),
    };
    alarm
        .with("id", id)
        .with("version", number(version))
        .with("instead", number(before.or(built_in).unwrap_or_default()))
        .with("file", path.display().to_string())
}

fn write_refused(error: &files::Error) -> Refused {
    Refused::new("store-write").with("reason", error.to_string())
}

fn number(version: u32) -> Arg {
    Arg::Number(version.into())
}

/// Locks the staging folder, which must be there.
fn lock_staging(staging: &Path) -> Result<Lock, TryLockError> {
    Lock::try_hold(File::open(staging).map_err(TryLockError::Error)?)
}

/// Removes everything in a folder, best effort.
fn empty(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        drop(if is_folder {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        });
    }
}

//! Installing: everything that can be refused is refused while preparing; committing only moves.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;

use super::incoming::Incoming;
use super::pointer::Entry;
use super::{Installed, Store, built_in, empty, folder, lock_staging, number, write_refused};
use crate::bank::{self, Pack, Severity};
use crate::files::{self, Verb};
use crate::journal::Deed;
use crate::packs::archive::Archive;
use crate::packs::changes::Changes;
use crate::packs::manifest::{self, FileEntry, Manifest};
use crate::packs::signature::{self, PublicKey, Signer};
use crate::packs::{Refused, media};

/// Whose packs a station takes.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// The keys whose signatures count: the current one and the next.
    pub keys: Vec<PublicKey>,
    /// Whether staff may install a pack that nobody known has signed, after a warning.
    pub unsigned_allowed: bool,
}

/// What an installation is busy with. Told with bytes done and bytes in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Copying from the stick or the server.
    Copying,
    /// Unpacking the copy.
    Unpacking,
}

/// A pack proven and ready: staged beside the installed ones. Dropping it removes it.
#[derive(Debug)]
pub struct Prepared {
    pack: Pack,
    signer: Option<Signer>,
    in_use: Option<u32>,
    changes: Changes,
    staging: PathBuf,
    /// Held for its lock: one installer at a time.
    _lock: files::Lock,
}

impl Prepared {
    /// The pack: its id, version, title, publisher and questions.
    #[must_use]
    pub fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Whose signature it bears; none when it was accepted unsigned.
    #[must_use]
    pub fn signer(&self) -> Option<&Signer> {
        self.signer.as_ref()
    }

    /// The version that plays until now, be it installed or inside the program.
    #[must_use]
    pub fn in_use(&self) -> Option<u32> {
        self.in_use
    }

    /// What becomes different against the version in use.
    #[must_use]
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    fn folder(&self) -> PathBuf {
        let info = self.pack.info();
        self.staging.join(folder::name(info.id(), info.version()))
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        empty(&self.staging);
    }
}

impl Store {
    /// Copies a built pack from a stick or elsewhere, and proves the copy in every way.
    ///
    /// `accept_unsigned` says that staff have been warned of a pack that nobody known has signed,
    /// and want it. `progress` is called on the way. After the copy the stick may be pulled.
    ///
    /// # Errors
    ///
    /// Nothing has changed then, and nothing is left behind. `busy` while another installation is
    /// prepared; `no-space`, `stick-read` or what else the pack's reader tells, `store-read`,
    /// `store-write`; `unsigned-refused`, `unsigned-needs-consent` and what [`signature::verify`] refuses;
    /// what [`Archive`] and [`media::prove`] refuse; `same-version` and `older-version`;
    /// `has-errors`, and `identity` when manifest and pack disagree.
    pub fn prepare(
        &self,
        pack: Incoming<'_>,
        trust: &Trust,
        accept_unsigned: bool,
        today: Date,
        progress: &mut dyn FnMut(Progress, u64, u64),
    ) -> Result<Prepared, Refused> {
        files::create_folder(&self.staging()).map_err(|error| write_refused(&error))?;
        let lock = lock_staging(&self.staging()).map_err(|error| match error {
            TryLockError::WouldBlock => Refused::new("busy"),
            TryLockError::Error(error) => io_refused(&self.staging(), error),
        })?;
        let cleared = Cleared::new(self.staging());
        let copy = self.staging().join("pack.kepu");
        self.require_space(pack.size())?;
        let signature = pack.copy_to(&copy, &mut |done, all| {
            progress(Progress::Copying, done, all);
        })?;
        let signer = check_trust(&copy, signature, trust, accept_unsigned)?;

        let mut archive = Archive::open(&copy)?;
        let manifest = archive.manifest().clone();
        let in_use = self.version_that_plays(&manifest.id)?;
        require_newer(&manifest, in_use.as_ref())?;
        self.require_space(manifest.size())?;
        let staged = self
            .staging()
            .join(folder::name(&manifest.id, manifest.version));
        archive.extract(&staged, &mut |done, all| {
            progress(Progress::Unpacking, done, all);
        })?;
        drop(archive);
        fs::remove_file(&copy).map_err(|error| io_refused(&copy, error))?;
        let proven = media::prove(&staged, &manifest.files)?;
        write_manifest(&staged, &manifest, &proven)?;
        let pack = check(&staged, &manifest, today)?;
        cleared.keep();
        Ok(Prepared {
            changes: Changes::between(in_use.as_ref(), &pack),
            in_use: in_use.map(|pack| pack.info().version()),
            pack,
            signer,
            staging: self.staging(),
            _lock: lock,
        })
    }

    /// Installs a prepared pack: from one moment to the next the new version is the one in use.
    ///
    /// The version in use until now is the one before; all others of this pack are removed. The
    /// new one is on trial.
    ///
    /// # Errors
    ///
    /// `same-version` and `older-version` when another program was quicker, `store-read`,
    /// `store-write` and `journal` when the disk refuses; then the pack in use is that of before.
    pub fn commit(&self, prepared: Prepared, now: Timestamp) -> Result<Installed, Refused> {
        let (id, version) = {
            let info = prepared.pack.info();
            (info.id().to_owned(), info.version())
        };
        let staged = prepared.folder();
        folder::sync(&staged).map_err(|error| io_refused(&staged, error))?;

        let _lock = self.lock()?;
        let mut pointer = self.pointer()?;
        // Only what is sound counts: a damaged version is replaced, even by itself.
        let before = pointer.packs.get(&id).and_then(|entry| {
            let versions = [Some(entry.version), entry.before].into_iter().flatten();
            versions
                .into_iter()
                .find(|version| self.sound(&id, *version).is_ok())
        });
        if let Some(before) = before.filter(|before| *before >= version) {
            return Err(not_newer(&id, version, before));
        }
        let target = self.version_folder(&id, version);
        if target.exists() {
            if pointer.folders().contains(&folder::name(&id, version)) {
                match before {
                    Some(before) => pointer.packs.insert(id.clone(), Entry::proven(before)),
                    None => pointer.packs.remove(&id),
                };
                self.point(&pointer)?;
            }
            if target.exists() {
                fs::remove_dir_all(&target).map_err(|error| io_refused(&target, error))?;
            }
        }
        fs::rename(&staged, &target).map_err(|error| io_refused(&target, error))?;
        let packs = self.packs();
        let synced = File::open(&packs).and_then(|folder| folder.sync_all());
        synced.map_err(|error| io_refused(&packs, error))?;

        let signer = prepared.signer.as_ref();
        let signer = signer.map_or("unsigned", |signer| signer.key_id.as_str());
        let from = prepared.in_use.unwrap_or_default();
        let detail = format!("{from} -> {version}, {signer}");
        self.journal(now, Deed::PackInstalled, &id, detail)?;
        let entry = Entry {
            version,
            before,
            trial: Some(0),
        };
        let trial_left = entry.trial_left();
        pointer.packs.insert(id.clone(), entry);
        self.point(&pointer)?;
        Ok(Installed {
            version,
            before,
            built_in: built_in(&id).map(|pack| pack.info().version()),
            trial_left,
            id,
        })
    }

    /// The pack that plays under an id: the sound installed version, or the one inside the program
    /// if that is newer or the only one.
    fn version_that_plays(&self, id: &str) -> Result<Option<Pack>, Refused> {
        let pointer = self.pointer()?;
        let installed = pointer.packs.get(id).and_then(|entry| {
            let mut versions = [Some(entry.version), entry.before].into_iter().flatten();
            let files = versions.find_map(|version| self.sound(id, version).ok())?;
            let (bank, _) = bank::load([files], Date::ZERO);
            bank.packs().first().cloned()
        });
        let packs = installed.into_iter().chain(built_in(id));
        Ok(packs.max_by_key(|pack| pack.info().version()))
    }

    /// Twice the bytes, for there is a time when both the copy and what is in it are there.
    fn require_space(&self, bytes: u64) -> Result<(), Refused> {
        let free = files::free_bytes(&self.staging()).map_err(|error| write_refused(&error))?;
        let needed = bytes.saturating_mul(2);
        if free < needed {
            return Err(Refused::new("no-space")
                .with("needed", megabytes(needed))
                .with("free", megabytes(free)));
        }
        Ok(())
    }
}

/// Empties the staging folder when preparing fails.
struct Cleared {
    staging: Option<PathBuf>,
}

impl Cleared {
    fn new(staging: PathBuf) -> Self {
        empty(&staging);
        Self {
            staging: Some(staging),
        }
    }

    fn keep(mut self) {
        self.staging = None;
    }
}

impl Drop for Cleared {
    fn drop(&mut self) {
        if let Some(staging) = &self.staging {
            empty(staging);
        }
    }
}

/// Whose signature a copied pack bears; none when it is taken all the same.
///
/// A signature that does not hold is never passed over, even where unsigned packs are taken: it
/// says that something is wrong. Without keys no signature says anything.
fn check_trust(
    copy: &Path,
    signature: Option<String>,
    trust: &Trust,
    accept_unsigned: bool,
) -> Result<Option<Signer>, Refused> {
    match signature {
        Some(signature) if !trust.keys.is_empty() => {
            signature::verify(copy, &signature, &trust.keys).map(Some)
        }
        _ if !trust.unsigned_allowed => Err(Refused::new("unsigned-refused")),
        _ if !accept_unsigned => Err(Refused::new("unsigned-needs-consent")),
        _ => Ok(None),
    }
}

fn require_newer(manifest: &Manifest, in_use: Option<&Pack>) -> Result<(), Refused> {
    let in_use = in_use.map_or(0, |pack| pack.info().version());
    if manifest.version > in_use {
        return Ok(());
    }
    Err(not_newer(&manifest.id, manifest.version, in_use))
}

fn not_newer(id: &str, version: u32, in_use: u32) -> Refused {
    let refused = if version == in_use {
        Refused::new("same-version")
    } else {
        Refused::new("older-version")
    };
    refused
        .with("id", id)
        .with("version", number(version))
        .with("in-use", number(in_use))
}

/// What later loads are held to: the files as they came out of the proof.
fn write_manifest(folder: &Path, manifest: &Manifest, proven: &[FileEntry]) -> Result<(), Refused> {
    let mut files = proven.to_vec();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let manifest = Manifest {
        files,
        ..manifest.clone()
    };
    let path = folder.join(manifest::NAME);
    files::write(&path, &manifest.to_bytes()).map_err(|error| write_refused(&error))
}

/// The staged pack, if nothing in it is wrong, and if it can be loaded again as it lies there.
fn check(staged: &Path, manifest: &Manifest, today: Date) -> Result<Pack, Refused> {
    let id = &manifest.id;
    let files = folder::sound(staged, id, manifest.version)
        .map_err(|path| Refused::new("stage-differs").with("file", path.display().to_string()))?;
    let (bank, problems) = bank::load([files], today);
    let Some(pack) = bank.packs().first() else {
        let mut errors = problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error);
        let first = errors.next().map_or("", |problem| problem.code);
        return Err(Refused::new("has-errors")
            .with("id", id.as_str())
            .with("count", 1 + errors.count())
            .with("first", first));
    };
    manifest.agrees_with(pack.info())?;
    Ok(pack.clone())
}

fn io_refused(path: &Path, error: io::Error) -> Refused {
    write_refused(&files::Error::io(Verb::Write, path, error))
}

/// Rounded up.
fn megabytes(bytes: u64) -> bank::Arg {
    bank::Arg::Number(bytes.div_ceil(1_000_000).cast_signed())
}

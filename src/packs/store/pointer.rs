//! The pointer: which version of each pack is in use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::folder;
use super::trial::TRIAL_SESSIONS;
use crate::files;

const FILE: &str = "active.json";

/// The most bytes of the pointer: some thousand packs.
const LIMIT: u64 = 1024 * 1024;

/// What is installed, by pack id.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Pointer {
    pub(super) packs: BTreeMap<String, Entry>,
    /// Whether the file was damaged, and this was read off the folders instead.
    #[serde(skip)]
    pub(super) rebuilt: bool,
}

/// One pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The version in use.
    pub(super) version: u32,
    /// The version that going back leads to; none when that is the one inside the program, if any.
    pub(super) before: Option<u32>,
    /// How many sessions ended since it was installed; none when its trial is over.
    pub(super) trial: Option<u32>,
}

impl Entry {
    /// A version whose trial is over and that has none before it.
    pub(super) fn proven(version: u32) -> Self {
        Self {
            version,
            before: None,
            trial: None,
        }
    }

    pub(super) fn trial_left(&self) -> Option<u32> {
        self.trial.map(|ended| TRIAL_SESSIONS.saturating_sub(ended))
    }
}

impl Pointer {
    /// Reads the pointer; without one nothing is installed.
    ///
    /// It is written so that no power cut can tear it. If the disk damages it all the same, the
    /// highest version of each pack is taken, and the next one as that before it.
    pub(super) fn read(packs: &Path) -> Result<Self, files::Error> {
        let path = packs.join(FILE);
        match files::read(&path, LIMIT) {
            Ok(bytes) => {
                let read = serde_json::from_slice(&bytes).ok().filter(Self::is_sane);
                read.map_or_else(|| Self::rebuild(packs), Ok)
            }
            Err(files::Error {
                cause: files::Cause::TooLarge { .. },
                ..
            }) => Self::rebuild(packs),
            Err(files::Error {
                cause: files::Cause::Io(error),
                ..
            }) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error),
        }
    }

    pub(super) fn write(&self, packs: &Path) -> Result<(), files::Error> {
        let path = packs.join(FILE);
        let bytes = serde_json::to_vec_pretty(self)
            .map_err(|error| files::Error::io(files::Verb::Write, &path, error.into()))?;
        files::write(&path, &bytes)
    }

    /// The names of the folders that it points at.
    pub(super) fn folders(&self) -> BTreeSet<String> {
        let packs = self.packs.iter();
        packs
            .flat_map(|(id, entry)| {
                let versions = [Some(entry.version), entry.before];
                versions
                    .into_iter()
                    .flatten()
                    .map(|version| folder::name(id, version))
            })
            .collect()
    }

    /// Whether every name in it is that of a folder beside it, not a way out of here.
    fn is_sane(&self) -> bool {
        self.folders()
            .iter()
            .all(|name| folder::parsed(name).is_some())
    }

    fn rebuild(packs: &Path) -> Result<Self, files::Error> {
        let mut versions: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        for path in files::folders_in(packs)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if let Some((id, version)) = folder::parsed(&name) {
                versions.entry(id.to_owned()).or_default().insert(version);
            }
        }
        let packs = versions.into_iter().filter_map(|(id, mut versions)| {
            let version = versions.pop_last()?;
            let before = versions.pop_last();
            let entry = Entry {
                before,
                ..Entry::proven(version)
            };
            Some((id, entry))
        });
        Ok(Self {
            packs: packs.collect(),
            rebuilt: true,
        })
    }
}

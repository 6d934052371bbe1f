//! `manifest.json`: what a built pack is and what is in it, and the rules for the names of files.
//!
//! The manifest is parsed before the hashes of anything else can be known, so it is small, plain
//! and refused for the first thing that is odd about it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Refused, shown};
use crate::bank;

/// The newest form of built packs that this program reads (`format` in `manifest.json`).
pub const FORMAT: u32 = 1;

/// The manifest's own name: the first file of the archive.
pub const NAME: &str = "manifest.json";

/// The most bytes of a manifest; the largest one allowed by the other limits is smaller.
pub const SIZE_LIMIT: u64 = 1024 * 1024;

/// The most bytes of one file: a picture or a sound.
pub const FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// The most files of a pack, the manifest not counted.
pub const MOST_FILES: usize = 2000;

/// The most bytes of a path.
const PATH_LIMIT: usize = 200;

/// The most parts of a path, the file's own name included.
const MOST_PARTS: usize = 8;

/// The files that every pack has.
const REQUIRED: [&str; 2] = ["pack.ron", "questions.ron"];

/// What may lie under `media/`.
const MEDIA_EXTENSIONS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "ogg", "wav"];

/// What a built pack says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of the archive, counted from 1.
    pub format: u32,
    /// The pack's id.
    pub id: String,
    /// The pack's version, counted from 1.
    pub version: u32,
    /// Every file but the manifest itself, sorted by path.
    pub files: Vec<FileEntry>,
}

/// A file of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileEntry {
    /// Inside the pack, with `/`.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub sha256: String,
}

/// All that every form there will ever be has.
#[derive(Deserialize)]
struct AnyForm {
    format: u32,
}

impl Manifest {
    /// Reads and checks a manifest; a value that comes out keeps every rule of this module.
    ///
    /// Refuses with `manifest-too-large`, `manifest-syntax`, `format-too-new`, `manifest-id` or
    /// what [`Manifest::check`] refuses with.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refused> {
        if bytes.len() as u64 > SIZE_LIMIT {
            return Err(Refused::new("manifest-too-large"));
        }
        let syntax = |error: serde_json::Error| {
            Refused::new("manifest-syntax")
                .with("line", error.line())
                .with("column", error.column())
        };
        // First the form alone: a newer one may have fields that this program does not know.
        let AnyForm { format } = serde_json::from_slice(bytes).map_err(syntax)?;
        if format > FORMAT {
            return Err(Refused::new("format-too-new")
                .with("format", format as usize)
                .with("newest", FORMAT as usize));
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(syntax)?;
        manifest.check()?;
        Ok(manifest)
    }

    /// Whether the values keep the rules: id and version as in `pack.ron`, files sorted, each with
    /// a safe name in its place and within its limit, the files there that every pack has.
    ///
    /// Refuses with `manifest-id`, `too-many-files`, `file-too-large`, `missing-file`,
    /// `manifest-order`, `manifest-hash`, `unsafe-name`, `file-kind` or `duplicate-name`.
    pub fn check(&self) -> Result<(), Refused> {
        if self.format == 0 || self.version == 0 || !is_id(&self.id) {
            return Err(Refused::new("manifest-id"));
        }
        if self.files.len() > MOST_FILES {
            return Err(Refused::new("too-many-files").with("limit", MOST_FILES));
        }
        let paths: Vec<&str> = self.files.iter().map(|file| file.path.as_str()).collect();
        check_unique(&paths)?;
        if !paths.is_sorted() {
            return Err(Refused::new("manifest-order"));
        }
        for file in &self.files {
            check_path(&file.path)?;
            check_size(&file.path, file.size)?;
            let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            if file.sha256.len() != 64 || !file.sha256.bytes().all(digit) {
                return Err(Refused::new("manifest-hash").with("name", shown(&file.path)));
            }
        }
        match REQUIRED.iter().find(|name| self.file(name).is_none()) {
            Some(name) => Err(Refused::new("missing-file").with("name", *name)),
            None => Ok(()),
        }
    }

    /// The file with this path.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&FileEntry> {
        self.files.iter().find(|file| file.path == path)
    }

    /// The paths of the media.
    pub fn media(&self) -> impl Iterator<Item = &str> {
        let paths = self.files.iter().map(|file| file.path.as_str());
        paths.filter(|path| path.starts_with("media/"))
    }

    /// The sum of the sizes, in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.files
            .iter()
            .fold(0, |sum, file| sum.saturating_add(file.size))
    }

    /// As it is written: one form for one value, so that equal packs are equal byte for byte.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        // Numbers and texts in structs always have a JSON form.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The name of the built pack: `<id>-<version>.kepu`.
    #[must_use]
    pub fn file_name(&self) -> String {
        format!("{}-{}.kepu", self.id, self.version)
    }

    /// Whether `pack.ron`, once it could be parsed, says the same of itself.
    ///
    /// Refuses with `identity`: a pack must not come in under another pack's name.
    pub fn agrees_with(&self, info: &bank::PackInfo) -> Result<(), Refused> {
        if self.id == info.id() && self.version == info.version() {
            return Ok(());
        }
        Err(Refused::new("identity")
            .with("manifest", format!("{} {}", self.id, self.version))
            .with("pack", format!("{} {}", info.id(), info.version())))
    }
}

/// The most bytes that the file with this path may have.
fn size_limit(path: &str) -> u64 {
    match path {
        NAME => SIZE_LIMIT,
        _ if path.ends_with(".ron") => bank::FILE_LIMIT,
        _ => FILE_LIMIT,
    }
}

/// Refuses with `file-too-large`.
pub(super) fn check_size(path: &str, size: u64) -> Result<(), Refused> {
    let limit = size_limit(path);
    if size <= limit {
        return Ok(());
    }
    Err(Refused::new("file-too-large")
        .with("name", shown(path))
        .with("limit", usize::try_from(limit >> 20).unwrap_or(usize::MAX)))
}

/// Whether a file of a pack may have this path: plain letters, no way out of the folder, nothing
/// that a file system takes for something else, and a kind of file that belongs there.
///
/// Refuses with `unsafe-name` or `file-kind`.
pub(super) fn check_path(path: &str) -> Result<(), Refused> {
    let parts = path.split('/').count();
    if path.len() > PATH_LIMIT || parts > MOST_PARTS || !path.split('/').all(is_safe) {
        return Err(Refused::new("unsafe-name").with("name", shown(path)));
    }
    let in_place = match path.strip_prefix("media/") {
        Some(medium) => medium
            .rsplit_once('.')
            .is_some_and(|(_, extension)| MEDIA_EXTENSIONS.contains(&extension)),
        None => REQUIRED.contains(&path) || path == bank::narration::FILE,
    };
    if in_place {
        return Ok(());
    }
    Err(Refused::new("file-kind").with("name", shown(path)))
}

/// One part of a path. What Windows keeps for devices is refused, too: packs are made there.
fn is_safe(part: &str) -> bool {
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let stem = part.split('.').next().unwrap_or_default();
    let stem = stem.to_ascii_lowercase();
    let is_device = DEVICES.iter().any(|device| {
        let rest = stem.strip_prefix(device);
        match device {
            &"com" | &"lpt" => rest.is_some_and(|rest| {
                rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit())
            }),
            _ => rest == Some(""),
        }
    });
    !part.is_empty()
        && part.bytes().all(plain)
        && !part.starts_with('.')
        && !part.ends_with('.')
        && !is_device
}

/// Whether no two paths are one on a file system that takes capital and small letters for the
/// same, and no file has the name of another one's folder.
///
/// Refuses with `duplicate-name`.
pub(super) fn check_unique(paths: &[&str]) -> Result<(), Refused> {
    let duplicate = |path: &str| Refused::new("duplicate-name").with("name", shown(path));
    let mut files = BTreeSet::new();
    for path in paths {
        if !files.insert(path.to_ascii_lowercase()) {
            return Err(duplicate(path));
        }
    }
    for path in paths {
        let folded = path.to_ascii_lowercase();
        let mut folders = folded.match_indices('/').map(|(at, _)| &folded[..at]);
        if folders.any(|folder| files.contains(folder)) {
            return Err(duplicate(path));
        }
    }
    Ok(())
}

/// As `kepu check` wants ids: 1 to 64 lower-case letters, digits and hyphens.
fn is_id(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=64).contains(&id.len()) && id.bytes().all(plain)
}

/// A hash as manifests write it.
pub(super) fn hex(hasher: Sha256) -> String {
    let bytes = hasher.finalize();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

//! Packs on sticks: found by a bounded search, only when staff ask, and never opened here.
//!
//! A stick may hold anything: a million files, links in circles, names that write backwards. So the
//! search looks at a limited number of entries of a limited depth for a limited time, follows no
//! link, takes only ordinary files called `*.kepu`, and gives names in a form that is safe to show.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};

use super::signature;
use crate::files;

/// Where systems put sticks when they are plugged in.
pub const MOUNT_ROOTS: [&str; 3] = ["/media", "/run/media", "/mnt"];

/// The table of what is mounted where.
pub const MOUNT_TABLE: &str = "/proc/self/mounts";

/// How many folders deep a pack may lie, the root's own files being at 1.
const DEPTH: usize = 3;

/// How many files and folders are looked at in all.
const ENTRIES: usize = 2000;

/// How many folders that cannot be read are named.
const UNREADABLE: usize = 20;

/// The most bytes of the mount table that are looked at.
const TABLE_LIMIT: u64 = 1024 * 1024;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The packs, sorted by path.
    pub packs: Vec<StickPack>,
    /// Whether a limit ended the search, so that there may be more.
    pub truncated: bool,
    /// Folders and files that could not be read, in a form to show; the first few.
    pub unreadable: Vec<String>,
}

/// A file that calls itself a pack. Nothing about it has been verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StickPack {
    /// The file.
    pub path: PathBuf,
    /// Its name, in a form to show.
    pub shown_name: String,
    /// Bytes.
    pub size: u64,
    /// Whether a signature lies beside it; whose it is, and whether it holds, is not known here.
    pub signed: bool,
}

impl StickPack {
    /// The id and version that the file's name claims, as in `health-basics-3.kepu`.
    #[must_use]
    pub fn claimed(&self) -> Option<(&str, u32)> {
        claimed(self.path.file_name()?.to_str()?)
    }
}

/// The id and version that a file's name claims, as in `health-basics-3.kepu`.
#[must_use]
pub fn claimed(name: &str) -> Option<(&str, u32)> {
    let (id, version) = name.strip_suffix(".kepu")?.rsplit_once('-')?;
    Some((id, version.parse().ok()?))
}

/// A stick or another medium below one of the mount roots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stick {
    /// Where it is mounted.
    pub path: PathBuf,
    /// The name of that folder, which most systems take from the stick's label, in a form to show.
    pub shown_label: String,
    /// Bytes in all, when the system tells.
    pub size: Option<u64>,
}

/// The media mounted at or below `roots`, sorted by path. Without a mount table there are none.
#[must_use]
pub fn mounted(roots: &[PathBuf]) -> Vec<Stick> {
    let table = files::read(Path::new(MOUNT_TABLE), TABLE_LIMIT).unwrap_or_default();
    let mut sticks = in_table(&table, roots);
    for stick in &mut sticks {
        let space = rustix::fs::statvfs(&stick.path).ok();
        stick.size = space.map(|space| space.f_blocks.saturating_mul(space.f_frsize));
    }
    sticks
}

/// What a mount table says is at or below `roots`; sizes are left open.
fn in_table(table: &[u8], roots: &[PathBuf]) -> Vec<Stick> {
    let mut sticks = BTreeMap::new();
    for line in table.split(|byte| *byte == b'\n') {
        let Some(field) = line.split(|byte| *byte == b' ').nth(1) else {
            continue;
        };
        let path = PathBuf::from(std::ffi::OsString::from_vec(unescaped(field)));
        if roots.iter().any(|root| path.starts_with(root)) {
            let label = path.file_name().map(shown).unwrap_or_default();
            sticks.insert(path, label);
        }
    }
    let sticks = sticks.into_iter();
    sticks
        .map(|(path, shown_label)| Stick {
            path,
            shown_label,
            size: None,
        })
        .collect()
}

/// The mount table writes a space as `\040`, and so on.
fn unescaped(field: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = field;
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'\\')
            .then(|| after.get(..3))
            .flatten()
            .and_then(|digits| u8::from_str_radix(str::from_utf8(digits).ok()?, 8).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(3..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// Searches folders for packs until the limits are reached or `out_of_time` says so. A root that
/// is not there is no news.
#[must_use]
pub fn find(roots: &[PathBuf], out_of_time: &dyn Fn() -> bool) -> Found {
    let is_pack = |path: &Path| path.extension() == Some(OsStr::new("kepu"));
    let mut search = Search::of(roots, &is_pack, out_of_time);
    let packs = std::mem::take(&mut search.files).into_iter();
    let packs = packs.filter_map(|path| search.pack(path)).collect();
    search.found.packs = packs;
    search.found.unreadable.sort();
    search.found
}

/// Searches folders in the same way for ordinary files of one name, sorted by path.
#[must_use]
pub fn find_named(
    roots: &[PathBuf],
    name: &str,
    out_of_time: &dyn Fn() -> bool,
) -> BTreeSet<PathBuf> {
    let has_name = |path: &Path| path.file_name() == Some(OsStr::new(name));
    Search::of(roots, &has_name, out_of_time).files
}

struct Search<'a> {
    is_wanted: &'a dyn Fn(&Path) -> bool,
    out_of_time: &'a dyn Fn() -> bool,
    entries: usize,
    /// Roots inside each other give no file twice.
    files: BTreeSet<PathBuf>,
    /// The folders looked into and at which depth: another depth reaches other folders.
    visited: BTreeSet<(PathBuf, usize)>,
    found: Found,
}

impl<'a> Search<'a> {
    fn of(
        roots: &[PathBuf],
        is_wanted: &'a dyn Fn(&Path) -> bool,
        out_of_time: &'a dyn Fn() -> bool,
    ) -> Self {
        let mut search = Self {
            is_wanted,
            out_of_time,
            entries: 0,
            files: BTreeSet::new(),
            visited: BTreeSet::new(),
            found: Found::default(),
        };
        for root in roots {
            // A root is the station's own choice and may be a link; nothing below it may.
            if root.is_dir() {
                search.folder(root, 1);
            }
        }
        search
    }

    fn folder(&mut self, folder: &Path, depth: usize) {
        if !self.visited.insert((folder.to_owned(), depth)) {
            return;
        }
        let Ok(entries) = fs::read_dir(folder) else {
            return self.unreadable(folder);
        };
        let mut folders = Vec::new();
        for entry in entries {
            self.entries += 1;
            if self.entries > ENTRIES || (self.out_of_time)() {
                self.found.truncated = true;
                return;
            }
            let Ok(entry) = entry else {
                // A broken folder may go on giving errors for ever.
                return self.unreadable(folder);
            };
            let path = entry.path();
            // This is the kind of the entry itself, not of what a link leads to.
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                Ok(kind) if kind.is_file() && (self.is_wanted)(&path) => {
                    self.files.insert(path);
                }
                Ok(_) => {}
                Err(_) => self.unreadable(&path),
            }
        }
        folders.sort();
        if depth < DEPTH {
            for folder in folders {
                self.folder(&folder, depth + 1);
            }
        }
    }

    /// What a list of packs says of a file.
    fn pack(&mut self, path: PathBuf) -> Option<StickPack> {
        let Ok(metadata) = fs::symlink_metadata(&path) else {
            self.unreadable(&path);
            return None;
        };
        Some(StickPack {
            shown_name: path.file_name().map(shown)?,
            size: metadata.len(),
            signed: fs::symlink_metadata(signature::path_for(&path))
                .is_ok_and(|kind| kind.is_file()),
            path,
        })
    }

    fn unreadable(&mut self, path: &Path) {
        if self.found.unreadable.len() < UNREADABLE {
            self.found.unreadable.push(shown(path.as_os_str()));
        }
    }
}

fn shown(name: &OsStr) -> String {
    super::shown(&name.to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mount_table_is_read_with_its_escapes_and_only_below_the_roots() {
        let table = b"/dev/sda1 / ext4 rw 0 0\n\
            /dev/sdb1 /media/staff/KEPU\\0401 vfat ro 0 0\n\
            /dev/sdc1 /media/staff/KEPU\\0401 vfat ro 0 0\n\
            /dev/sdd1 /media/staff/b\\134\\x vfat ro 0 0\n\
            /dev/sde1 /mediathek vfat ro 0 0\n\
            nonsense\n\n";
        let sticks = in_table(table, &[PathBuf::from("/media")]);
        let labels: Vec<_> = sticks
            .iter()
            .map(|stick| stick.shown_label.as_str())
            .collect();
        assert_eq!(labels, ["KEPU 1", "b\\\\x"]);
        assert_eq!(sticks[0].path, Path::new("/media/staff/KEPU 1"));
    }
}

//! A reserve of disk: a file of nothing that is given up when the disk is full.
//!
//! On a full disk `SQLite` cannot even delete, so room cannot be made by it. The reserve can be
//! removed, and then there is room for years of answers; staff see that it is in use, and have the
//! disk cleared. It comes back by itself when there is room again.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rustix::fs::FallocateFlags;

/// The file in the data folder.
const FILE: &str = "reserve";

/// Bytes in it. A session with six answers takes some 500 bytes.
const SIZE: u64 = 16 * 1024 * 1024;

/// How much must be free besides before the reserve is laid in.
const SPARE: u64 = 3 * SIZE;

/// With less than this free, a disk is full, whatever it says.
const NOTHING: u64 = 256 * 1024;

/// The reserve of a data folder.
#[derive(Debug)]
pub(super) struct Reserve {
    path: PathBuf,
}

impl Reserve {
    pub(super) fn in_folder(dir: &Path) -> Self {
        Self {
            path: dir.join(FILE),
        }
    }

    /// Whether it is there, whole.
    pub(super) fn is_there(&self) -> bool {
        fs::metadata(&self.path).is_ok_and(|file| file.len() == SIZE)
    }

    /// Lays it in where there is room enough; whether it is there now.
    pub(super) fn lay_in(&self) -> bool {
        if self.is_there() {
            return true;
        }
        if self.free().is_none_or(|free| free < SIZE + SPARE) {
            return false;
        }
        if self.fill().is_err() {
            self.give_up();
        }
        self.is_there()
    }

    /// Gives its room to whoever needs it; whether there was any to give.
    pub(super) fn give_up(&self) -> bool {
        fs::remove_file(&self.path).is_ok()
    }

    /// Whether the disk has no room left, for errors that do not say so themselves.
    pub(super) fn is_disk_full(&self) -> bool {
        self.free().is_some_and(|free| free < NOTHING)
    }

    fn free(&self) -> Option<u64> {
        let disk = rustix::fs::statvfs(self.path.parent()?).ok()?;
        Some(disk.f_bavail.saturating_mul(disk.f_frsize))
    }

    fn fill(&self) -> io::Result<()> {
        let mut file = File::create(&self.path)?;
        if rustix::fs::fallocate(&file, FallocateFlags::empty(), 0, SIZE).is_err() {
            // Not every file system can; a hole would be no reserve.
            let zeros = vec![0; 1 << 20];
            for _ in 0..SIZE >> 20 {
                file.write_all(&zeros)?;
            }
        }
        file.sync_all()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reserve_takes_real_room_and_gives_it_back() {
        let dir = tempfile::tempdir().unwrap();
        let reserve = Reserve::in_folder(dir.path());
        assert!(!reserve.is_there() && !reserve.give_up());
        assert!(reserve.lay_in() && reserve.is_there() && reserve.lay_in());
        let blocks = std::os::unix::fs::MetadataExt::blocks(&fs::metadata(&reserve.path).unwrap());
        assert!(blocks * 512 >= SIZE, "{blocks} blocks are a hole");
        assert!(reserve.give_up() && !reserve.is_there());
        // One that was cut while it was laid in is laid in again.
        fs::write(&reserve.path, "x").unwrap();
        assert!(!reserve.is_there() && reserve.lay_in());
    }
}

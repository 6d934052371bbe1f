//! Archives that are huge, and manifests at their limits.

use std::io::{self, Cursor, Read, Seek, SeekFrom};

use kepu::packs::{
    archive::{Archive, FileEntry, Manifest},
    manifest,
};

use super::sound;
use crate::support::listed;

/// A file of any length whose bytes are zero but for the first and the last few: what a stick full
/// of nothing looks like.
struct Sparse {
    length: u64,
    position: u64,
    /// The most bytes that were ever read.
    read: u64,
}

impl Read for Sparse {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.position);
        let count = usize::try_from(left.min(buffer.len() as u64)).unwrap();
        buffer[..count].fill(0);
        for (at, byte) in (self.position..).zip(&mut buffer[..count]) {
            if let Some(magic) = usize::try_from(at)
                .ok()
                .and_then(|at| b"PK\x03\x04".get(at))
            {
                *byte = *magic;
            }
        }
        self.position += count as u64;
        self.read += count as u64;
        Ok(count)
    }
}

impl Seek for Sparse {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::End(back) => self.length.saturating_add_signed(back),
            SeekFrom::Current(by) => self.position.saturating_add_signed(by),
        };
        Ok(self.position)
    }
}

#[test]
fn a_huge_file_is_refused_after_a_few_bytes() {
    for (length, expected) in [
        (512 << 20, "torn"),
        ((512 << 20) + 1, "too-large"),
        (u64::MAX, "too-large"),
    ] {
        let mut file = Sparse {
            length,
            position: 0,
            read: 0,
        };
        let refused = Archive::from_reader(&mut file).err().unwrap();
        assert_eq!(refused.code, expected, "{length}");
        assert!(
            file.read < 1000,
            "{} bytes were read of {length}",
            file.read
        );
    }
}

#[test]
fn a_manifest_at_its_limits_is_taken_and_one_beyond_is_not() {
    let file = |path: String| FileEntry {
        path,
        ..listed("", b"")
    };
    let mut manifest = Manifest {
        format: manifest::FORMAT,
        id: "i".repeat(64),
        version: u32::MAX,
        files: (0..1998)
            .map(|n| file(format!("media/{}/{n:04}.webp", "p".repeat(184))))
            .collect(),
    };
    manifest.files.push(file("pack.ron".to_owned()));
    manifest.files.push(file("questions.ron".to_owned()));
    let bytes = manifest.to_bytes();
    assert!(
        bytes.len() as u64 <= manifest::SIZE_LIMIT,
        "{}",
        bytes.len()
    );
    assert_eq!(Manifest::parse(&bytes), Ok(manifest.clone()));
    manifest.files.insert(0, file("media/a.png".to_owned()));
    assert_eq!(
        Manifest::parse(&manifest.to_bytes()).unwrap_err().code,
        "too-many-files"
    );
    let long = vec![b' '; 1024 * 1024 + 1];
    assert_eq!(
        Manifest::parse(&long).unwrap_err().code,
        "manifest-too-large"
    );
    let mut reader = Cursor::new(sound().bytes());
    assert!(Archive::from_reader(&mut reader).is_ok());
}

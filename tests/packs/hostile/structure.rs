//! Archives that are none, or that have something before, behind or between their files.

use super::{Case, changed, picture, sound};
use crate::packs::zip::{Entry, Zip};

pub(super) fn table() -> Vec<Case> {
    let many: Vec<Entry> = (0..2001)
        .map(|n| Entry::new(format!("media/{n}.png"), b""))
        .collect();
    let sound_bytes = sound().bytes();
    let cut = sound_bytes.len() - 1;
    vec![
        // No pack at all.
        ("nothing", "not-a-pack", vec![]),
        (
            "a program",
            "not-a-pack",
            [b"\x7fELF".as_slice(), &[0; 100]].concat(),
        ),
        ("only an end", "not-a-pack", Zip::default().bytes()),
        (
            "only a beginning",
            "torn",
            [b"PK\x03\x04".as_slice(), &[0; 100]].concat(),
        ),
        ("no files", "not-a-pack", changed(|zip| zip.entries.clear())),
        (
            "no manifest",
            "no-manifest",
            changed(|zip| drop(zip.entries.remove(0))),
        ),
        (
            "a manifest that is not first",
            "no-manifest",
            changed(|zip| zip.entries.swap(0, 1)),
        ),
        // Something before, behind and between.
        (
            "a program in front",
            "not-a-pack",
            changed(|zip| zip.prefix = b"#!/bin/sh\n".to_vec()),
        ),
        (
            "an archive in front",
            "overlap manifest.json",
            changed(|zip| zip.prefix = sound().bytes()),
        ),
        (
            "an archive in front, offsets as before",
            "torn",
            changed(|zip| {
                zip.prefix = sound().bytes();
                zip.directory_offset = Some(10);
            }),
        ),
        ("cut by a byte", "torn", sound_bytes[..cut].to_vec()),
        ("cut in half", "torn", sound_bytes[..cut / 2].to_vec()),
        (
            "bytes behind",
            "torn",
            changed(|zip| zip.suffix = b"x".to_vec()),
        ),
        (
            "an archive behind",
            "torn",
            changed(|zip| zip.suffix = sound().bytes()),
        ),
        (
            "a comment",
            "torn",
            changed(|zip| zip.comment = b"hello".to_vec()),
        ),
        (
            "a comment that is an end",
            "torn",
            changed(|zip| zip.comment = Zip::default().bytes()),
        ),
        (
            "a gap before a file",
            "overlap media/a.png",
            picture(|file| file.gap = vec![0]),
        ),
        (
            "a gap before the directory",
            "structure",
            changed(|zip| zip.before_directory = vec![0]),
        ),
        (
            "a gap before the end",
            "torn",
            changed(|zip| zip.before_end = vec![0]),
        ),
        (
            "a file that the directory leaves out",
            "overlap media/b.ogg",
            picture(|file| file.unlisted = true),
        ),
        // The directory lies.
        (
            "fewer files than counted",
            "structure",
            changed(|zip| zip.count = Some(6)),
        ),
        (
            "more files than counted",
            "structure",
            changed(|zip| zip.count = Some(4)),
        ),
        (
            "more files than allowed",
            "too-many-files",
            changed(|zip| zip.entries.splice(1..1, many).for_each(drop)),
        ),
        (
            "as many files as can be told",
            "too-many-files",
            changed(|zip| zip.count = Some(u16::MAX)),
        ),
        (
            "a directory beyond the end",
            "torn",
            changed(|zip| zip.directory_size = Some(u32::MAX)),
        ),
        (
            "a directory elsewhere",
            "torn",
            changed(|zip| zip.directory_offset = Some(0)),
        ),
        (
            "a 64-bit directory",
            "torn",
            changed(|zip| {
                zip.directory_offset = Some(u32::MAX);
                zip.directory_size = Some(u32::MAX);
            }),
        ),
        (
            "a 64-bit end",
            "torn",
            changed(|zip| zip.before_end = [b"PK\x06\x06".as_slice(), &[0; 52]].concat()),
        ),
        ("another disk", "torn", changed(|zip| zip.disk = 1)),
        (
            "a file on another disk",
            "entry-form media/a.png",
            picture(|file| file.disk = 1),
        ),
        ("two files at one place", "overlap media/b.ogg", {
            let first = u32::try_from(sound().entries[0].content.len()).unwrap() + 43;
            changed(|zip| zip.entries[2].offset = Some(first))
        }),
        (
            "a file over the directory",
            "overlap media/b.ogg",
            picture(|file| file.sizes = (5000, 5000)),
        ),
        (
            "a file in itself",
            "overlap media/a.png",
            picture(|file| file.offset = Some(0)),
        ),
        (
            "a file beyond the end",
            "overlap media/a.png",
            picture(|file| file.offset = Some(u32::MAX)),
        ),
    ]
}

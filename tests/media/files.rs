//! Tests of which files are taken at all: by name, by size, by their first bytes, before anything
//! is decoded.

use std::{collections::BTreeSet, fs, path::PathBuf};

use kepu::{
    bank::Arg,
    packs::media::{Prover, proven_path},
};

use super::{LOSSY, PHOTO, TONE, files_in, picture, prover, refused, sound, stage};
use crate::support::{PATIENCE, listed};

#[test]
fn what_is_no_picture_and_no_sound_stays_as_it_is_and_the_order_too() {
    let (png, _) = picture();
    let (folder, entries) = stage(&[
        ("media/z.jpg", PHOTO),
        ("pack.ron", b"Pack()"),
        ("media/a.png", &png),
        ("manifest.json", b"{}"),
    ]);
    let proven = prover().prove(folder.path(), &entries).unwrap();
    let paths: Vec<_> = proven.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "media/z.jpg.png",
            "pack.ron",
            "media/a.png",
            "manifest.json"
        ]
    );
    assert_eq!((&proven[1], &proven[3]), (&entries[1], &entries[3]));
    assert_eq!(fs::read(folder.path().join("pack.ron")).unwrap(), b"Pack()");
    assert_eq!(files_in(folder.path()).len(), 3);
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_refused_by_its_first_bytes() {
    let (png, _) = picture();
    let tone = sound(1, 16, &[0, 0]);
    let others: [(&str, &[u8]); 5] = [
        ("png", &png),
        ("jpg", PHOTO),
        ("webp", LOSSY),
        ("wav", &tone),
        ("ogg", TONE),
    ];
    let strangers: [&[u8]; 7] = [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>",
        b"\x7fELF\x02\x01\x01",
        b"GIF89a\x01\0\x01\0",
        b"OTTO\0\x01",
        b"\x89PNG",
        b"",
    ];
    for (extension, _) in others {
        let name = format!("media/x.{extension}");
        for bytes in strangers {
            assert_eq!(refused(&name, bytes), "media-format", "{name} {bytes:?}");
        }
        for (other, bytes) in others {
            if other != extension {
                assert_eq!(
                    refused(&name, bytes),
                    "media-format",
                    "{other} as {extension}"
                );
            }
        }
    }
}

#[test]
fn the_proven_path_ends_as_the_file_is() {
    for (path, proven) in [
        ("media/a.png", "media/a.png"),
        ("media/a.jpg", "media/a.jpg.png"),
        ("media/a.jpeg", "media/a.jpeg.png"),
        ("media/a.webp", "media/a.webp.png"),
        ("media/a.wav", "media/a.wav"),
        ("media/a.ogg", "media/a.ogg.wav"),
        ("pack.ron", "pack.ron"),
        ("no-extension", "no-extension"),
    ] {
        assert_eq!(proven_path(path), proven);
        assert_eq!(proven_path(proven), proven, "proven is proven");
    }
}

#[test]
fn other_files_and_names_that_meet_are_refused_before_anything_is_decoded() {
    let prover = Prover {
        program: PathBuf::from("/nonexistent"),
        deadline: PATIENCE,
    };
    let check = |paths: &[&str]| {
        let entries: Vec<_> = paths.iter().map(|path| listed(path, b"")).collect();
        let folder = tempfile::tempdir().unwrap();
        let refused = prover.prove(folder.path(), &entries).unwrap_err();
        assert_eq!(files_in(folder.path()), BTreeSet::new());
        refused.code
    };
    for path in [
        "media/face.ttf",
        "media/face.otf",
        "media/run.sh",
        "media/a.svg",
        "media/a.gif",
        "media/a.mp3",
        "media/A.PNG",
        "media/png",
        "media/../../a.png",
        "/media/a.png",
        ".proving/out.png",
    ] {
        assert_eq!(check(&[path]), "media-unknown", "{path}");
    }
    assert_eq!(
        check(&["media/a.jpg", "media/a.jpg.png"]),
        "media-collision"
    );
    assert_eq!(check(&["media/a.png", "media/A.png"]), "media-collision");
    assert_eq!(
        check(&["media/a.ogg", "media/a.ogg.wav"]),
        "media-collision"
    );
}

#[test]
fn a_media_file_that_is_too_large_is_refused_unread() {
    let (folder, entries) = stage(&[("a.jpg", PHOTO)]);
    let file = fs::File::options()
        .write(true)
        .open(folder.path().join("a.jpg"))
        .unwrap();
    file.set_len((32 << 20) + 1).unwrap();
    let refused = prover().prove(folder.path(), &entries).unwrap_err();
    assert_eq!(refused.code, "media-source");
    assert!(refused.args.contains(&("limit", Arg::Number(32))));
}

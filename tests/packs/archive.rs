//! Tests of built packs: the way there and back, the same bytes every time, no byte that may change.

use std::{
    fs,
    io::{self, Cursor, Read, Seek, SeekFrom},
    time::{Duration, SystemTime},
};

use kepu::{
    bank,
    packs::archive::{self, Archive, Manifest},
};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::{PICTURE, code, pack_folder, verified};
use crate::support::{PackText, TODAY};

#[test]
fn what_was_built_comes_out_again() {
    let dir = TempDir::new().unwrap();
    let source = pack_folder(dir.path());
    let file = archive::build(&source, dir.path()).unwrap();
    assert_eq!(file, dir.path().join("sound-3.kepu"));

    let mut pack = Archive::open(&file).unwrap();
    let manifest = pack.manifest().clone();
    assert_eq!((manifest.id.as_str(), manifest.version), ("sound", 3));
    let paths: Vec<_> = manifest
        .files
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    let expected = [
        "media/drawings/salt-1.png",
        "media/voice.ogg",
        "pack.ron",
        "questions.ron",
    ];
    assert_eq!(paths, expected);
    assert_eq!(pack.read("media/drawings/salt-1.png").unwrap(), PICTURE);

    let (bank, problems) = bank::load([pack.pack_files().unwrap()], TODAY);
    // No question names the media of this pack.
    assert!(
        problems
            .iter()
            .all(|problem| problem.code == "unused-media")
    );
    manifest.agrees_with(bank.packs()[0].info()).unwrap();

    let into = dir.path().join("out/sound-3");
    let mut steps = vec![];
    pack.extract(&into, &mut |done, total| steps.push((done, total)))
        .unwrap();
    for path in expected {
        let (from, to) = (source.join(path), into.join(path));
        assert_eq!(fs::read(from).unwrap(), fs::read(to).unwrap(), "{path}");
    }
    let written = fs::read(into.join("manifest.json")).unwrap();
    assert_eq!(Manifest::parse(&written).unwrap(), manifest);
    assert_eq!(steps.last(), Some(&(manifest.size(), manifest.size())));
    assert!(
        steps.is_sorted() && steps.len() >= expected.len(),
        "{steps:?}"
    );
    assert_eq!(fs::read_dir(&into).unwrap().count(), 4);
}

#[test]
fn the_same_folder_gives_the_same_bytes_whenever_and_wherever() {
    let dir = TempDir::new().unwrap();
    let source = pack_folder(dir.path());
    let first = archive::build(&source, &dir.path().join("one")).unwrap();
    let first = fs::read(first).unwrap();
    // Another folder, made in another order, at another time, with what a file manager leaves.
    let other = dir.path().join("other");
    fs::create_dir_all(other.join("media/drawings")).unwrap();
    for path in [
        "questions.ron",
        "media/voice.ogg",
        "media/drawings/salt-1.png",
        "pack.ron",
    ] {
        fs::copy(source.join(path), other.join(path)).unwrap();
        let file = fs::File::options()
            .append(true)
            .open(other.join(path))
            .unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000))
            .unwrap();
    }
    fs::write(other.join("media/.DS_Store"), "x").unwrap();
    fs::write(other.join("notes.txt"), "x").unwrap();
    let second = archive::build(&other, &dir.path().join("two")).unwrap();
    assert!(first == fs::read(second).unwrap(), "the bytes differ");
    // And again over the first.
    let third = archive::build(&source, &dir.path().join("one")).unwrap();
    assert!(first == fs::read(third).unwrap(), "the bytes differ");
    assert_eq!(fs::read_dir(dir.path().join("one")).unwrap().count(), 1);
}

#[test]
fn the_form_of_built_packs_does_not_change_unnoticed() {
    let dir = TempDir::new().unwrap();
    let source = dir.path().join("source");
    fs::create_dir(&source).unwrap();
    fs::write(
        source.join("pack.ron"),
        "Pack(id: \"a\", version: 1, topic: { \"x\": [1] })",
    )
    .unwrap();
    fs::write(source.join("questions.ron"), "[]").unwrap();
    let file = archive::build(&source, dir.path()).unwrap();
    let text = String::from_utf8_lossy(&fs::read(&file).unwrap()).into_owned();
    assert!(text.contains(
        "{\n  \"format\": 1,\n  \"id\": \"a\",\n  \"version\": 1,\n  \"files\": [\n    {\n      \
         \"path\": \"pack.ron\",\n      \"size\": 46,\n"
    ), "{text}");
    let hash = Sha256::digest(fs::read(file).unwrap());
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hash, BUILT);
}

/// Of the whole file: what any version of this program builds of one folder stays the same.
const BUILT: &str = "a4b1ba59eb49328bd8880752aa23f995546c3a9ce5e116897a57116123b69ee3";

#[test]
fn no_byte_can_change_without_being_noticed_even_without_a_signature() {
    let dir = TempDir::new().unwrap();
    let file = archive::build(&pack_folder(dir.path()), dir.path()).unwrap();
    let mut bytes = fs::read(file).unwrap();
    assert!(verified(&bytes).is_ok());
    for at in 0..bytes.len() {
        for mask in [1, 0x80] {
            bytes[at] ^= mask;
            assert!(
                verified(&bytes).is_err(),
                "byte {at} may change by {mask:#x}"
            );
            bytes[at] ^= mask;
        }
    }
    for length in 0..bytes.len() {
        assert!(
            verified(&bytes[..length]).is_err(),
            "cut after {length} bytes"
        );
    }
}

#[test]
fn building_refuses_what_cannot_be_a_pack_and_leaves_nothing() {
    let broken: [(&str, fn(&std::path::Path)); 8] = [
        ("source-identity", |at| {
            fs::write(at.join("pack.ron"), "Pack(").unwrap();
        }),
        ("manifest-id", |at| {
            fs::write(at.join("pack.ron"), "Pack(id: \"../up\", version: 1)").unwrap();
        }),
        ("read-failed", |at| {
            fs::remove_file(at.join("questions.ron")).unwrap();
        }),
        ("unsafe-name media/two words.png", |at| {
            fs::write(at.join("media/two words.png"), "x").unwrap();
        }),
        ("file-kind media/page.html", |at| {
            fs::write(at.join("media/page.html"), "x").unwrap();
        }),
        ("file-kind media/LOUD.OGG", |at| {
            fs::write(at.join("media/LOUD.OGG"), "x").unwrap();
        }),
        ("duplicate-name media/voice.ogg", |at| {
            fs::write(at.join("media/VOICE.ogg"), "x").unwrap();
        }),
        ("not-a-file media/link.png", |at| {
            std::os::unix::fs::symlink("/etc/hostname", at.join("media/link.png")).unwrap();
        }),
    ];
    for (expected, break_it) in broken {
        let dir = TempDir::new().unwrap();
        let source = pack_folder(dir.path());
        break_it(&source);
        let out = dir.path().join("out");
        fs::create_dir(&out).unwrap();
        let refused = archive::build(&source, &out).unwrap_err();
        assert_eq!(code(&refused), expected);
        assert_eq!(fs::read_dir(&out).unwrap().count(), 0, "{expected}");
    }
}

#[test]
fn a_pack_is_taken_out_only_into_an_empty_folder() {
    let dir = TempDir::new().unwrap();
    let file = archive::build(&pack_folder(dir.path()), dir.path()).unwrap();
    let (into, outside) = (dir.path().join("into"), dir.path().join("outside"));
    fs::create_dir(&into).unwrap();
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, into.join("media")).unwrap();
    let refused = Archive::open(&file).unwrap().extract(&into, &mut |_, _| {});
    assert_eq!(refused.unwrap_err().code, "write-failed");
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
}

/// Bytes that change after they have been looked at once, as on a stick that lies.
struct Changing {
    inner: Cursor<Vec<u8>>,
    /// Reads left until the change.
    left: usize,
    at: usize,
}

impl Read for Changing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            self.inner.get_mut()[self.at] ^= 1;
        }
        self.left = self.left.wrapping_sub(1);
        self.inner.read(buffer)
    }
}

impl Seek for Changing {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

#[test]
fn a_file_that_changes_after_the_archive_was_opened_is_refused_when_it_is_read() {
    let dir = TempDir::new().unwrap();
    let file = archive::build(&pack_folder(dir.path()), dir.path()).unwrap();
    let bytes = fs::read(file).unwrap();
    let at = bytes
        .windows(PICTURE.len())
        .position(|part| part == PICTURE)
        .unwrap();
    let changing = Changing {
        inner: Cursor::new(bytes),
        left: 60,
        at,
    };
    let mut archive = Archive::from_reader(changing).unwrap();
    let refused = (0..60)
        .find_map(|_| archive.verify(&mut |_, _| {}).err())
        .unwrap();
    assert_eq!(code(&refused), "content media/drawings/salt-1.png");
    let into = dir.path().join("into");
    let refused = archive.extract(&into, &mut |_, _| {}).unwrap_err();
    assert_eq!(code(&refused), "content media/drawings/salt-1.png");
}

#[test]
fn a_pack_under_another_packs_name_is_found_out() {
    let manifest = Manifest {
        format: 1,
        id: "health-basics".to_owned(),
        version: 3,
        files: vec![],
    };
    let (bank, _) = bank::load([PackText::sound().files()], TODAY);
    let refused = manifest.agrees_with(bank.packs()[0].info()).unwrap_err();
    assert_eq!(refused.code, "identity");
}

//! Tests of the files of a pack: how they are found, how large they may be, and what stands in
//! their place.

use std::{
    fs::{self, File},
    path::PathBuf,
};

use kepu::{
    bank::{self, FILE_LIMIT},
    files::Verb,
};
use tempfile::TempDir;

use super::{on_disk, sound};
use crate::support::{PackText, TODAY, codes};

#[test]
fn a_byte_order_mark_is_accepted_and_moves_no_column() {
    let mut pack = sound();
    pack.pack.insert(0, '\u{feff}');
    pack.questions.insert(0, '\u{feff}');
    assert_eq!(pack.problems(), []);
    let first_line = |start: &str| {
        let pack = PackText {
            pack: format!("{start}Pack(fromat: 1)"),
            ..sound()
        };
        let problems = pack.problems();
        let found = problems.iter().find(|one| one.code == "unknown-field");
        let place = found.unwrap().place.as_ref().unwrap();
        (place.line, place.column)
    };
    assert_eq!(first_line(""), (1, 6));
    assert_eq!(first_line("\u{feff}"), (1, 6));
}

#[test]
fn lines_that_end_as_in_windows_are_counted_the_same() {
    let windows = |pack: &PackText| PackText {
        pack: pack.pack.replace('\n', "\r\n"),
        questions: pack.questions.replace('\n', "\r\n"),
    };
    assert_eq!(windows(&sound()).problems(), []);
    let broken = sound()
        .with("version: 3", "version: 0")
        .with("id: \"never\"", "id: \"No!\"")
        .with("checked_on: \"2026-11-19\"", "checked: \"2026-11-19\"");
    let places = |pack: &PackText| -> Vec<_> {
        let problems = pack.problems().into_iter();
        problems
            .map(|one| (one.code, one.place.map(|place| (place.line, place.column))))
            .collect()
    };
    let unix = places(&broken);
    assert_eq!(unix.len(), 3, "{unix:?}");
    assert_eq!(places(&windows(&broken)), unix);
}

#[test]
fn a_file_of_the_greatest_size_is_read_and_a_byte_more_is_refused() {
    let limit = usize::try_from(FILE_LIMIT).unwrap();
    let grown = |length: usize| {
        on_disk(|folder| {
            let mut text = sound().questions;
            text.push_str(&" ".repeat(length - text.len()));
            fs::write(folder.join("questions.ron"), text).unwrap();
        })
    };
    assert_eq!(bank::load([grown(limit)], TODAY).1, []);
    assert_eq!(
        codes(&bank::load([grown(limit + 1)], TODAY).1),
        ["file-too-large"]
    );
}

#[test]
fn a_huge_file_is_refused_unread() {
    let files = on_disk(|folder| {
        // A hole, but as long as a disk to whoever reads it.
        let file = File::create(folder.join("questions.ron")).unwrap();
        file.set_len(1 << 36).unwrap();
    });
    assert_eq!(codes(&bank::load([files], TODAY).1), ["file-too-large"]);
}

#[cfg(unix)]
#[test]
fn a_file_without_end_is_refused() {
    let files = on_disk(|folder| {
        let path = folder.join("questions.ron");
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", path).unwrap();
    });
    assert_eq!(codes(&bank::load([files], TODAY).1), ["file-unreadable"]);
}

#[test]
fn a_pipe_in_a_file_s_place_is_refused_and_not_waited_for() {
    let files = on_disk(|folder| {
        let path = folder.join("questions.ron");
        fs::remove_file(&path).unwrap();
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.unwrap().success());
    });
    assert_eq!(codes(&bank::load([files], TODAY).1), ["file-unreadable"]);
}

#[test]
fn a_missing_file_is_named_and_the_other_is_still_checked() {
    let broken = sound().with("version: 3", "version: 0");
    let dir = TempDir::new().unwrap();
    let folder = broken.write(dir.path(), "broken");
    fs::remove_file(folder.join("questions.ron")).unwrap();
    let packs = bank::find_packs(dir.path()).unwrap();
    let (bank, problems) = bank::load(packs, TODAY);
    assert_eq!(codes(&problems), ["bad-version", "file-missing"]);
    assert_eq!(problems[1].file, folder.join("questions.ron"));
    assert_eq!(problems[1].place, None);
    assert!(bank.packs().is_empty());
}

#[test]
fn a_folder_in_the_place_of_a_file_is_unreadable() {
    let files = on_disk(|folder| {
        fs::remove_file(folder.join("pack.ron")).unwrap();
        fs::create_dir(folder.join("pack.ron")).unwrap();
    });
    let (bank, problems) = bank::load([files], TODAY);
    assert_eq!(codes(&problems), ["file-unreadable"]);
    assert!(problems[0].file.ends_with("pack.ron"));
    assert!(bank.packs().is_empty());
}

#[test]
fn packs_are_found_by_folder_by_parent_and_by_file() {
    let dir = TempDir::new().unwrap();
    let one = sound().write(dir.path(), "one");
    let two = sound().write(dir.path(), "two");
    sound().write(dir.path(), ".hidden");
    fs::create_dir(dir.path().join("no-pack")).unwrap();
    let found = |path: PathBuf| -> Vec<PathBuf> {
        let packs = bank::find_packs(&path).unwrap().into_iter();
        packs.map(|pack| pack.folder).collect()
    };
    assert_eq!(found(dir.path().to_owned()), [one.clone(), two]);
    assert_eq!(found(one.clone()), std::slice::from_ref(&one));
    assert_eq!(found(one.join("pack.ron")), std::slice::from_ref(&one));
    assert_eq!(found(one.join("questions.ron")), [one]);
    assert!(found(dir.path().join("no-pack")).is_empty());
}

#[test]
fn a_folder_that_is_not_there_is_an_error_that_names_it() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("nowhere");
    let error = bank::find_packs(&path).err().unwrap();
    assert_eq!((error.verb, &error.path), (Verb::List, &path));
}

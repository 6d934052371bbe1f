//! Tests of the search for packs on sticks.

use std::{cell::Cell, os::unix::fs::symlink};

use kepu::packs::sticks::{self, Found};

use super::*;

fn find(root: &Path) -> Found {
    sticks::find(&[root.to_owned()], &|| false)
}

fn names(found: &Found) -> Vec<&str> {
    found
        .packs
        .iter()
        .map(|pack| pack.shown_name.as_str())
        .collect()
}

#[test]
fn packs_are_found_three_folders_deep_sorted_with_size_and_signature() {
    let dir = TempDir::new().unwrap();
    let root = dir.path();
    fs::create_dir_all(root.join("b/c/d")).unwrap();
    for (path, text) in [
        ("z-1.kepu", "12345"),
        ("z-1.kepu.minisig", "x"),
        ("b/a-12.kepu", ""),
        ("b/c/third-1.kepu", ""),
        ("b/c/d/too-deep-1.kepu", ""),
        ("b/other.zip", ""),
        ("b/z.KEPU", ""),
    ] {
        fs::write(root.join(path), text).unwrap();
    }
    let found = find(root);
    assert_eq!(names(&found), ["a-12.kepu", "third-1.kepu", "z-1.kepu"]);
    assert_eq!(found.packs[2].size, 5);
    assert!(found.packs[2].signed && !found.packs[0].signed);
    assert_eq!(found.packs[0].claimed(), Some(("a", 12)));
    assert!(!found.truncated && found.unreadable.is_empty());
    let twice = sticks::find(&[root.to_owned(), root.join("b")], &|| false);
    assert_eq!(twice.packs.len(), 4, "{twice:?}");
    assert_eq!(find(&root.join("none")), Found::default());
}

#[test]
fn links_folders_and_pipes_are_no_packs() {
    let dir = TempDir::new().unwrap();
    let root = dir.path();
    fs::write(root.join("real-1.kepu"), "").unwrap();
    symlink(root.join("real-1.kepu"), root.join("link-1.kepu")).unwrap();
    symlink(root, root.join("circle")).unwrap();
    fs::create_dir(root.join("folder-1.kepu")).unwrap();
    let status = std::process::Command::new("mkfifo")
        .arg(root.join("pipe-1.kepu"))
        .status();
    assert!(status.unwrap().success());
    assert_eq!(names(&find(root)), ["real-1.kepu"]);
}

#[test]
fn files_of_one_name_are_found_in_the_same_way() {
    let dir = TempDir::new().unwrap();
    let root = dir.path();
    fs::create_dir_all(root.join("stick/a/b")).unwrap();
    for path in [
        "stick/a.txt",
        "stick/a/a.txt",
        "stick/a/b/a.txt",
        "stick/b.txt",
    ] {
        fs::write(root.join(path), "").unwrap();
    }
    symlink(root.join("stick/b.txt"), root.join("a.txt")).unwrap();
    let found = sticks::find_named(&[root.to_owned()], "a.txt", &|| false);
    let expected = ["stick/a/a.txt", "stick/a.txt"].map(|path| root.join(path));
    assert!(found.iter().eq(expected.iter()), "{found:?}");
    assert!(sticks::find_named(&[root.to_owned()], "a.txt", &|| true).is_empty());
}

#[test]
fn names_are_shown_without_what_hides_or_turns_them() {
    let dir = TempDir::new().unwrap();
    let name = "科普\u{202e}upek.exe\n\u{7}\u{61c}\u{fe0f}\u{e0041}-1.kepu";
    fs::write(dir.path().join(name), "").unwrap();
    let found = find(dir.path());
    let shown = &found.packs[0].shown_name;
    assert_eq!(
        shown,
        "科普\\u{202e}upek.exe\\u{a}\\u{7}\\u{61c}\\u{fe0f}\\u{e0041}-1.kepu"
    );
    assert_eq!(found.packs[0].path, dir.path().join(name));
}

#[test]
fn the_search_ends_at_two_thousand_entries_or_when_the_time_is_up() {
    let dir = TempDir::new().unwrap();
    for number in 0..2001 {
        fs::write(dir.path().join(format!("n-{number}.kepu")), "").unwrap();
    }
    let found = find(dir.path());
    assert!(found.truncated);
    assert_eq!(found.packs.len(), 2000);
    let left = Cell::new(10);
    let found = sticks::find(&[dir.path().to_owned()], &|| {
        left.set(left.get() - 1);
        left.get() == 0
    });
    assert!(found.truncated);
    assert_eq!(found.packs.len(), 9);
}

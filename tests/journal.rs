//! Tests of `journal`: what is appended stays, in order, whatever is torn or full.

use std::fs;

use kepu::journal::{self, Deed};
use tempfile::TempDir;

use crate::store::NOW;

fn entry(number: usize, detail: &str) -> journal::Entry {
    journal::Entry {
        at: NOW,
        deed: Deed::SettingChanged,
        subject: number.to_string(),
        detail: detail.to_owned(),
    }
}

#[test]
fn the_journal_keeps_what_is_appended_in_order() {
    let dir = TempDir::new().unwrap();
    assert_eq!(journal::read(dir.path(), 9).unwrap(), []);
    for number in 0..5 {
        journal::append(dir.path(), &entry(number, "x")).unwrap();
    }
    let last: Vec<_> = journal::read(dir.path(), 2).unwrap();
    assert_eq!(last, [entry(3, "x"), entry(4, "x")]);
}

#[test]
fn a_torn_last_line_of_the_journal_costs_that_line_only() {
    let dir = TempDir::new().unwrap();
    journal::append(dir.path(), &entry(0, "x")).unwrap();
    journal::append(dir.path(), &entry(1, "x")).unwrap();
    let path = dir.path().join("staff/journal.jsonl");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 10]).unwrap();
    assert_eq!(journal::read(dir.path(), 9).unwrap(), [entry(0, "x")]);
    journal::append(dir.path(), &entry(2, "line\nbreak")).unwrap();
    let read = journal::read(dir.path(), 9).unwrap();
    assert_eq!(read, [entry(0, "x"), entry(2, "line\nbreak")]);
}

#[test]
fn a_full_journal_is_put_aside_and_the_oldest_is_dropped() {
    let dir = TempDir::new().unwrap();
    let staff = dir.path().join("staff");
    fs::create_dir(&staff).unwrap();
    let full = |number: usize| {
        let line = serde_json::to_string(&entry(number, "full")).unwrap();
        line + "\n" + &" ".repeat(1024 * 1024) + "\n"
    };
    for number in 0..7 {
        fs::write(staff.join("journal.jsonl"), full(number)).unwrap();
        journal::append(dir.path(), &entry(number, "next")).unwrap();
    }
    let names = fs::read_dir(&staff).unwrap();
    assert_eq!(names.count(), 5);
    let read = journal::read(dir.path(), 99).unwrap();
    let subjects: Vec<_> = read.iter().map(|entry| entry.subject.as_str()).collect();
    assert_eq!(subjects, ["3", "4", "5", "6", "6"]);
    let long = entry(9, &"长".repeat(10_000));
    journal::append(dir.path(), &long).unwrap();
    let last = journal::read(dir.path(), 1).unwrap();
    assert_eq!(last[0].detail.chars().count(), 200);
}

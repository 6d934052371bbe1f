//! Archives made to do harm, or by the wrong program: each refused for its own reason.

mod entries;
mod limits;
mod manifests;
mod names;
mod structure;

use kepu::{
    locale::{Locales, values},
    packs::archive::Manifest,
};

use super::{
    code, verified,
    zip::{Entry, Zip},
};
use crate::support::listed;

/// What an archive is, the code and the name of its refusal, and its bytes.
type Case = (&'static str, &'static str, Vec<u8>);

const FILES: [(&str, &[u8]); 4] = [
    ("media/a.png", b"picture"),
    ("media/b.ogg", b"sound"),
    ("pack.ron", b"Pack()"),
    ("questions.ron", b"[]"),
];

/// An archive whose manifest lists just its files.
fn archive_of(files: &[(&str, &[u8])]) -> Zip {
    let manifest = Manifest {
        format: 1,
        id: "sound".to_owned(),
        version: 1,
        files: files
            .iter()
            .map(|(path, content)| listed(path, content))
            .collect(),
    };
    with_manifest(&manifest.to_bytes(), files)
}

fn with_manifest(manifest: &[u8], files: &[(&str, &[u8])]) -> Zip {
    let first = Entry::new("manifest.json", manifest);
    let files = files
        .iter()
        .map(|(path, content)| Entry::new(path, content));
    Zip {
        entries: std::iter::once(first).chain(files).collect(),
        ..Zip::default()
    }
}

fn sound() -> Zip {
    archive_of(&FILES)
}

/// The sound archive with one thing changed.
fn changed(change: impl FnOnce(&mut Zip)) -> Vec<u8> {
    let mut zip = sound();
    change(&mut zip);
    zip.bytes()
}

/// With one thing changed about the picture, the second file.
fn picture(change: impl FnOnce(&mut Entry)) -> Vec<u8> {
    changed(|zip| change(&mut zip.entries[1]))
}

/// With the picture under another name, in the manifest, too.
fn renamed(name: &str) -> Vec<u8> {
    let mut files = FILES;
    files[0].0 = name;
    archive_of(&files).bytes()
}

/// With the manifest's text changed in one place.
fn rewritten(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(sound().entries[0].content.clone()).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    with_manifest(text.replace(from, to).as_bytes(), &FILES).bytes()
}

/// With a file more behind all others.
fn at_end(name: &str) -> Vec<u8> {
    let entry = Entry::new(name, b"more");
    changed(|zip| zip.entries.push(entry))
}

#[test]
fn what_the_writer_here_makes_is_taken_when_nothing_is_wrong() {
    let bytes = sound().bytes();
    let mut archive = verified(&bytes).unwrap_or_else(|refused| panic!("{refused:?}"));
    assert_eq!(archive.read("media/a.png").unwrap(), b"picture");
    assert_eq!(
        archive.read("manifest.json").unwrap_err().code,
        "missing-file"
    );
}

fn table() -> Vec<Case> {
    [
        structure::table(),
        entries::table(),
        names::table(),
        manifests::table(),
    ]
    .concat()
}

#[test]
fn each_hostile_archive_is_refused_for_its_own_reason() {
    let table = table();
    assert!(table.len() > 100, "{}", table.len());
    let mut wrong = vec![];
    for (what, expected, bytes) in table {
        let found = match verified(&bytes) {
            Ok(_) => "taken".to_owned(),
            // Some names are too long to be repeated here.
            Err(refused) if expected == refused.code => continue,
            Err(refused) => code(&refused),
        };
        if found != expected {
            wrong.push(format!("{what}: {found} instead of {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_refusal_is_a_sentence_with_all_its_values_in_every_language() {
    let locales = Locales::shipped().unwrap();
    for (what, _, bytes) in table() {
        let refused = verified(&bytes).err().unwrap();
        let args = values(&refused.args);
        for language in ["en", "zh-CN"] {
            for attribute in ["", ".hint"] {
                let key = format!("pack-{}{attribute}", refused.code);
                let said = locales.lookup(language, &key, &args).unwrap_or_default();
                assert!(
                    !said.is_empty() && !said.contains("{$"),
                    "{what}: {key}: {said}"
                );
                assert!(said.chars().count() < 300, "{what}: {said}");
                assert!(!said.contains(char::is_control), "{what}: {said:?}");
            }
        }
    }
}

//! Tests of the invariants in `lib.rs`, on the text of the program: who may use whom and what.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::Source;

/// Whom each module may use, as `lib.rs` says. A new module is entered here and there.
const MAY_USE: &[(&str, &[&str])] = &[
    ("bank", &["face", "files", "hotlines", "texts"]),
    (
        "cli",
        &[
            "bank", "config", "embedded", "files", "hotlines", "journal", "kiosk", "locale",
            "packs", "records", "report", "session", "staff", "upload",
        ],
    ),
    ("config", &["files", "hotlines", "texts"]),
    ("embedded", &["bank", "files"]),
    ("face", &[]),
    ("files", &[]),
    ("hotlines", &["texts"]),
    (
        "kiosk",
        &[
            "bank", "config", "embedded", "face", "files", "journal", "locale", "packs", "records",
            "report", "requests", "session", "staff", "texts", "upload",
        ],
    ),
    ("journal", &["files"]),
    ("lib", &[]),
    ("locale", &["bank", "embedded", "texts"]),
    ("main", &["cli"]),
    ("packs", &["bank", "embedded", "files", "journal"]),
    ("records", &["files"]),
    (
        "report",
        &["bank", "config", "files", "locale", "records", "requests"],
    ),
    ("requests", &[]),
    ("session", &["bank"]),
    ("staff", &["files"]),
    ("texts", &[]),
    ("upload", &["bank", "files", "records", "requests"]),
];

/// Files that may be longer than the rest, and why.
const LONG_FILES: &[(&str, &str)] = &[];

const LONGEST: usize = 600;

fn sources() -> Vec<Source> {
    let sources = Source::all("src");
    assert!(
        sources.len() > 15,
        "only {} files were found",
        sources.len()
    );
    sources
}

fn tests() -> Vec<Source> {
    Source::all("tests")
}

/// The files among `sources` whose code has one of the needles, each with what it has.
fn having<'a>(
    sources: impl IntoIterator<Item = &'a Source>,
    needles: &[&str],
) -> Vec<(&'a str, String)> {
    let mut found = Vec::new();
    for source in sources {
        for needle in needles {
            if names(source.product(), needle) {
                found.push((source.path.as_str(), (*needle).to_owned()));
            }
        }
    }
    found
}

/// Whether code has the needle, not as the end of a longer name.
fn names(code: &str, needle: &str) -> bool {
    code.match_indices(needle).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        !needle.starts_with(char::is_alphabetic)
            || !before.is_some_and(|last| last.is_alphanumeric() || last == '_')
    })
}

#[test]
fn only_the_kiosk_names_bevy() {
    let sources = sources();
    let (kiosk, others): (Vec<_>, Vec<_>) = sources
        .iter()
        .partition(|source| source.module() == "kiosk");
    assert_eq!(
        having(others, &["bevy::", "use bevy", "extern crate bevy"]),
        []
    );
    assert!(
        !having(kiosk, &["bevy::"]).is_empty(),
        "the needle finds nothing"
    );
}

#[test]
fn only_records_runs_sql() {
    let sources = sources();
    let (records, others): (Vec<_>, Vec<_>) = sources
        .iter()
        .partition(|source| source.module() == "records");
    let calls = [
        "rusqlite",
        ".execute(",
        ".execute_batch(",
        ".prepare(\"",
        ".prepare(include_str",
        ".query_row(",
    ];
    assert_eq!(having(others.iter().copied(), &calls), []);
    assert!(
        !having(records, &calls).is_empty(),
        "the needles find nothing"
    );
    let statements: Vec<_> = others
        .iter()
        .flat_map(|source| source.product_literals())
        .map(|literal| literal.value.as_str())
        .filter(|text| {
            ["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM"]
                .iter()
                .any(|verb| text.contains(verb))
        })
        .collect();
    assert!(statements.is_empty(), "{statements:?}");
}

#[test]
fn only_upload_touches_a_network() {
    let sources = sources();
    let (upload, others): (Vec<_>, Vec<_>) = sources
        .iter()
        .partition(|source| source.module() == "upload");
    let needles = [
        "std::net",
        "TcpStream",
        "ureq::",
        "object_store::",
        "tokio::",
    ];
    assert_eq!(having(others, &needles), []);
    assert!(
        !having(upload, &needles).is_empty(),
        "the needles find nothing"
    );
}

#[test]
fn only_those_who_may_touch_the_file_system() {
    let sources = sources();
    let (own, others): (Vec<_>, Vec<_>) = sources
        .iter()
        .partition(|source| ["files", "journal", "packs", "records"].contains(&source.module()));
    let needles = [
        "std::fs",
        "fs::",
        "File::",
        "OpenOptions",
        "DirBuilder",
        ".save(",
        "save_to_disk",
    ];
    assert_eq!(having(others, &needles), []);
    assert!(
        !having(own, &needles).is_empty(),
        "the needles find nothing"
    );
}

#[test]
fn the_domain_reads_no_clock_draws_no_randomness_and_does_no_io() {
    let sources = sources();
    let domain = sources
        .iter()
        .filter(|source| ["bank", "session"].contains(&source.module()));
    let needles = [
        "SystemTime",
        "Instant",
        "Zoned::now",
        "Timestamp::now",
        "rand::rng",
        "random()",
        "SysRng",
        "OsRng",
        "std::fs",
        "std::env",
        "std::net",
        "std::process",
        "thread::sleep",
        "stdout",
        "stderr",
    ];
    assert_eq!(having(domain, &needles), []);
}

#[test]
fn only_the_command_line_speaks_and_ends_the_program() {
    // The robot, too, says at once what it has seen, for whoever pulls the plug.
    const ROBOT: &str = "src/kiosk/robot.rs";
    let sources = sources();
    let others = sources
        .iter()
        .filter(|source| !["cli", "main"].contains(&source.module()) && source.path != ROBOT);
    let needles = [
        "println!",
        "print!",
        "stdout()",
        "process::exit",
        "ExitCode",
    ];
    assert_eq!(having(others, &needles), []);
}

/// The top-level modules that a file names by a path from the crate's root.
fn edges(source: &Source) -> BTreeSet<String> {
    let code = source.product();
    let mut starts = vec!["crate::", "kepu::"];
    // In a module's own file, its parent is the root.
    if source.path.matches('/').count() == 1 {
        starts.push("super::");
    }
    let mut found = BTreeSet::new();
    for start in starts {
        for (at, _) in code.match_indices(start) {
            let rest = &code[at + start.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                found.extend(names_in_group(group));
            } else {
                found.insert(first_name(rest));
            }
        }
    }
    found.remove("");
    found
}

fn first_name(code: &str) -> String {
    let code = code.trim_start();
    let end = code.find(|next: char| !next.is_alphanumeric() && next != '_');
    code[..end.unwrap_or(code.len())].to_owned()
}

/// The first names in `a::{b, c}, d}`.
fn names_in_group(group: &str) -> Vec<String> {
    let mut names = vec![first_name(group)];
    let mut open = 0_usize;
    for (at, character) in group.char_indices() {
        match character {
            '{' => open += 1,
            '}' if open == 0 => break,
            '}' => open -= 1,
            ',' if open == 0 => names.push(first_name(&group[at + 1..])),
            _ => {}
        }
    }
    names
}

#[test]
fn modules_use_only_whom_they_may() {
    let table: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut used = BTreeSet::new();
    let mut mistakes = Vec::new();
    for source in sources() {
        let module = source.module();
        let Some(may_use) = table.get(module) else {
            panic!("`{module}` is not in the table of who may use whom");
        };
        for other in edges(&source) {
            // `super` and `crate` lead to items, too; only modules count.
            if other == module || !table.contains_key(other.as_str()) {
                continue;
            }
            if !may_use.contains(&other.as_str()) {
                mistakes.push(format!("{} uses {other}", source.path));
            }
            used.insert((module.to_owned(), other));
        }
    }
    assert!(mistakes.is_empty(), "{mistakes:?}");
    for edge in [
        ("bank", "files"),
        ("session", "bank"),
        ("cli", "records"),
        ("kiosk", "session"),
    ] {
        let edge = (edge.0.to_owned(), edge.1.to_owned());
        assert!(used.contains(&edge), "the scanner does not see {edge:?}");
    }
}

#[test]
fn the_table_has_every_module_and_no_circle() {
    let files: BTreeSet<String> = sources()
        .iter()
        .map(|source| source.module().to_owned())
        .collect();
    let table: BTreeSet<String> = MAY_USE.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(table, files);
    // Whoever uses only those without users left to wait for can be taken away.
    let mut left: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    while let Some(free) = left
        .iter()
        .find(|(_, uses)| uses.iter().all(|other| !left.contains_key(other)))
        .map(|(name, _)| *name)
    {
        left.remove(free);
    }
    // `kiosk` and `cli` stand above all, so nothing may remain.
    assert!(left.is_empty(), "a circle among {:?}", left.keys());
}

#[test]
fn every_file_begins_by_saying_what_it_is() {
    let (sources, tests) = (sources(), tests());
    let silent: Vec<_> = sources
        .iter()
        .chain(&tests)
        .filter(|source| !source.text.starts_with("//! ") && source.path != "src/main.rs")
        .map(|source| &source.path)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn nothing_is_left_unfinished_switched_off_or_hushed() {
    let needles = [
        "dbg!",
        "todo!",
        "unimplemented!",
        "#[allow(",
        "#![allow(",
        "#[ignore",
    ];
    let mut found = Vec::new();
    for source in sources().iter().chain(&tests()) {
        for needle in needles {
            if names(&source.code, needle) {
                found.push(format!("{}: {needle}", source.path));
            }
        }
    }
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn no_file_is_too_long_to_be_read() {
    let files: BTreeMap<String, usize> = sources()
        .iter()
        .chain(&tests())
        .map(|source| (source.path.clone(), source.text.lines().count()))
        .collect();
    let is_long = |path: &str| files.get(path).is_some_and(|lines| *lines > LONGEST);
    let long: Vec<_> = files
        .keys()
        .filter(|path| is_long(path) && LONG_FILES.iter().all(|(known, _)| known != path))
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines: {long:?}");
    for (path, reason) in LONG_FILES {
        assert!(is_long(path), "{path} is short now and needs no exception");
        assert!(!reason.is_empty());
    }
}

#[test]
fn the_scanner_parts_code_from_comments_and_literals() {
    let source = tests()
        .into_iter()
        .find(|source| source.path == "tests/support.rs")
        .unwrap();
    assert!(source.code.contains("fn raw_string"));
    assert!(
        !source.code.contains("What several modules need"),
        "a comment"
    );
    assert!(!source.code.contains("{severity:?}"), "a literal");
    assert!(
        source
            .literals
            .iter()
            .any(|literal| literal.value == "bank/pack.ron")
    );
    assert_eq!(names_in_group("a::{b, c}, d, e::f}, g"), ["a", "d", "e"]);
    assert!(names("use std::fs;", "fs") && !names("let offs = 1;", "fs"));
}

//! Collecting: once, in any order, whatever is broken, whenever it is ended.

use kepu::{
    records::Collection,
    upload::{Aside, Collected, Folder, collect, deliver},
};
use proptest::prelude::*;
use rusqlite::Connection;

use super::*;

fn collected(from: &Path, into: &Path) -> Collected {
    let mut collection = Collection::open(into).unwrap();
    collect(&Folder::new(from), &mut collection, &mut |_| {}).unwrap()
}

/// Everything in a file, as text.
fn dump(file: &Path) -> Vec<String> {
    let db = Connection::open(file).unwrap();
    let mut rows = Vec::new();
    for table in ["session", "answer", "request", "batch", "set_aside"] {
        let mut query = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = query.column_count();
        let found = query
            .query_map([], |row| {
                let values: Vec<rusqlite::types::Value> = (0..columns)
                    .map(|column| row.get(column).unwrap())
                    .collect();
                Ok(format!("{table} {values:?}"))
            })
            .unwrap();
        rows.extend(found.map(Result::unwrap));
    }
    rows
}

/// A folder with two stations' batches: 3 batches each, 4 sessions a batch.
fn county() -> (TempDir, Vec<(Name, Vec<u8>)>) {
    let dir = place();
    let mut all = Vec::new();
    for (at, station) in ["east-gate", "west-gate"].into_iter().enumerate() {
        let origin = Origin {
            station: station.to_owned(),
            ..origin()
        };
        let mut store = RecordStore::in_memory().unwrap();
        let mut number = u32::try_from(at).unwrap() * 100;
        for (day, today) in [(10, 11), (11, 12), (12, 13)] {
            for _ in 0..4 {
                number += 1;
                let begun = start(number, &format!("2026-03-{day}"));
                play(&mut store, begun, number % 4, Some(Outcome::Completed));
                ask_for(
                    &mut store,
                    number,
                    ["first-aid", "crops-pests"][number as usize % 2],
                );
            }
            let today = format!("2026-03-{today}");
            upload::seal_all(&mut store, &origin, Some(&today)).unwrap();
        }
        for batch in store.unsent().unwrap() {
            let bytes = store.batch_bytes(batch.sequence).unwrap().unwrap();
            let name: Name = batch.name.parse().unwrap();
            deliver(&Folder::new(dir.path()), &name, &bytes).unwrap();
            all.push((name, bytes));
        }
    }
    (dir, all)
}

#[test]
fn a_collection_has_the_tables_that_reports_read_and_nothing_about_a_person() {
    let dir = place();
    let file = dir.path().join("county.sqlite");
    drop(Collection::open(&file).unwrap());
    let db = Connection::open(&file).unwrap();
    let mut query = db
        .prepare(
            "SELECT tables.name || '.' || columns.name || ' ' || columns.type
             FROM pragma_table_list AS tables, pragma_table_xinfo(tables.name) AS columns
             WHERE tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
             ORDER BY tables.name DESC, columns.cid",
        )
        .unwrap();
    let columns = query.query_map([], |row| row.get(0)).unwrap();
    let columns: Vec<String> = columns.map(Result::unwrap).collect();
    assert_eq!(
        columns,
        [
            "set_aside.name TEXT",
            "set_aside.station TEXT",
            "set_aside.why TEXT",
            "session.id TEXT",
            "session.station TEXT",
            "session.division TEXT",
            "session.venue TEXT",
            "session.date TEXT",
            "session.audience TEXT",
            "session.topic TEXT",
            "session.language TEXT",
            "session.profile TEXT",
            "session.mode TEXT",
            "session.outcome TEXT",
            "session.asked INTEGER",
            "session.answered INTEGER",
            "session.correct INTEGER",
            "session.seconds INTEGER",
            "request.session TEXT",
            "request.kind TEXT",
            "request.choice TEXT",
            "batch.name TEXT",
            "batch.station TEXT",
            "batch.sequence INTEGER",
            "batch.sha256 TEXT",
            "batch.sessions INTEGER",
            "batch.state TEXT",
            "answer.session TEXT",
            "answer.ordinal INTEGER",
            "answer.pack TEXT",
            "answer.version INTEGER",
            "answer.question TEXT",
            "answer.options TEXT",
            "answer.correct INTEGER",
            "answer.seconds INTEGER",
        ]
    );
    let id: i64 = db
        .pragma_query_value(None, "application_id", |row| row.get(0))
        .unwrap();
    assert_eq!(id, 0x4B45_5043);
}

#[test]
fn every_session_of_every_station_is_stored_with_its_answers() {
    let (from, batches) = county();
    let file = from.path().join("county.sqlite");
    let collected = collected(from.path(), &file);
    assert_eq!((collected.stations, collected.batches), (2, 6));
    assert_eq!((collected.sessions, collected.known_sessions), (24, 0));
    assert_eq!(collected.aside, []);
    let rows = dump(&file);
    let count = |table: &str| rows.iter().filter(|row| row.starts_with(table)).count();
    assert_eq!((count("session "), count("batch ")), (24, 6));
    // 1, 2, 3, 0 answers in turn.
    assert_eq!(count("answer "), 6 * 6);
    let one = rows
        .iter()
        .find(|row| row.contains("000000000001\")"))
        .unwrap();
    for part in [
        "east-gate",
        "330102001001",
        "museum",
        "2026-03-10",
        "zh-CN",
        "Integer(40)",
    ] {
        assert!(one.contains(part), "{one}");
    }
    assert_eq!(ids(&batches).len(), 24);
}

#[test]
fn collecting_again_adds_nothing_and_changes_nothing() {
    let (from, _) = county();
    let file = from.path().join("county.sqlite");
    collected(from.path(), &file);
    let before = dump(&file);
    let again = collected(from.path(), &file);
    assert_eq!(
        (again.batches, again.known_batches, again.sessions),
        (0, 6, 0)
    );
    assert_eq!(dump(&file), before);
}

#[test]
fn what_arrives_by_stick_and_by_network_is_stored_once() {
    let (from, batches) = county();
    // The same sessions in another batch, and the same batch under a second name.
    let (name, bytes) = &batches[0];
    let copy = from.path().join(name.beside(1).to_string());
    fs::write(copy, bytes).unwrap();
    let file = from.path().join("county.sqlite");
    let collected = collected(from.path(), &file);
    assert_eq!((collected.batches, collected.sessions), (7, 24));
    assert_eq!(collected.known_sessions, 4);
    assert_eq!(collected.aside, []);
}

#[test]
fn what_is_broken_is_set_aside_with_its_station_and_the_rest_goes_on() {
    let (from, batches) = county();
    let path = |index: usize| from.path().join(batches[index].0.to_string());
    let torn = &batches[0].1[..50];
    fs::write(path(0), torn).unwrap();
    fs::write(path(4), b"nothing of the kind").unwrap();
    fs::write(from.path().join("station=east-gate/notes.jsonl.gz"), b"x").unwrap();
    // Torsos, sticks' own files and other folders are nobody's batches.
    fs::write(from.path().join("station=east-gate/a.jsonl.gz.part"), b"x").unwrap();
    fs::write(from.path().join("autorun.inf"), b"x").unwrap();
    fs::create_dir(from.path().join("System Volume Information")).unwrap();
    let file = from.path().join("county.sqlite");
    let first = collected(from.path(), &file);
    assert_eq!((first.stations, first.batches, first.sessions), (2, 4, 16));
    let expected = |name: String, station: &str, why| Aside {
        name,
        station: station.to_owned(),
        why,
        number: 0,
    };
    assert_eq!(
        first.aside,
        [
            expected(batches[0].0.to_string(), "east-gate", "hash"),
            expected(
                "station=east-gate/notes.jsonl.gz".to_owned(),
                "east-gate",
                "name"
            ),
            expected(batches[4].0.to_string(), "west-gate", "hash"),
        ]
    );
    let noted = Collection::open(&file).unwrap().all_set_aside().unwrap();
    assert_eq!(noted.len(), 3);
    // The station sends again: what was set aside is taken in and no longer noted.
    fs::write(path(0), &batches[0].1).unwrap();
    let second = collected(from.path(), &file);
    assert_eq!(
        (second.batches, second.sessions, second.aside.len()),
        (1, 4, 2)
    );
    assert_eq!(
        Collection::open(&file)
            .unwrap()
            .all_set_aside()
            .unwrap()
            .len(),
        2
    );
}

#[test]
fn a_session_that_comes_again_with_other_content_is_told_and_the_first_stays() {
    let (from, _) = county();
    let file = from.path().join("county.sqlite");
    collected(from.path(), &file);
    let before: Vec<_> = dump(&file);
    // A station with the id of another, as from a copied disk.
    let mut store = RecordStore::in_memory().unwrap();
    // One with other answers, one the same, one that asks for something else, a new one.
    for (number, answers, topic) in [
        (1, 3, "crops-pests"),
        (2, 2, "first-aid"),
        (3, 3, "fire-safety"),
        (200, 1, "first-aid"),
    ] {
        let begun = start(number, "2026-03-10");
        play(&mut store, begun, answers, Some(Outcome::Completed));
        ask_for(&mut store, number, topic);
    }
    let (name, bytes) = seal(&mut store).remove(0);
    deliver(&Folder::new(from.path()), &name, &bytes).unwrap();
    let again = collected(from.path(), &file);
    assert_eq!((again.sessions, again.known_sessions), (1, 1));
    assert_eq!(again.aside.len(), 1);
    assert_eq!((again.aside[0].why, again.aside[0].number), ("differs", 2));
    let after = dump(&file);
    assert!(before.iter().all(|row| after.contains(row)));
}

#[test]
fn a_collection_from_before_there_were_requests_takes_them_in_and_keeps_what_it_has() {
    let dir = place();
    let file = dir.path().join("county.sqlite");
    let db = Connection::open(&file).unwrap();
    db.execute_batch(include_str!("../../src/records/sql/collection_1.sql"))
        .unwrap();
    db.execute_batch(
        "PRAGMA application_id = 0x4B455043;
         PRAGMA user_version = 1;
         INSERT INTO session VALUES
            ('000000000000000000000000000000ff', 'old', NULL, 'school', '2026-03-10', 'youth',
             'health', 'en', 'standard', 'visitor', 'completed', 1, 0, 0, 5);",
    )
    .unwrap();
    drop(db);
    let (from, _) = county();
    let done = collected(from.path(), &file);
    assert_eq!((done.sessions, done.aside), (24, vec![]));
    let db = Connection::open(&file).unwrap();
    let ask = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(ask("SELECT count(*) FROM session"), 25);
    assert_eq!(ask("SELECT count(*) FROM request"), 24);
    assert_eq!(ask("SELECT count(DISTINCT choice) FROM request"), 2);
    // The same again is nothing new.
    assert_eq!(collected(from.path(), &file).sessions, 0);
    assert_eq!(ask("SELECT count(*) FROM request"), 24);
}

#[test]
fn a_file_of_another_program_or_a_newer_one_stays_untouched() {
    let (from, _) = county();
    let dir = place();
    let data = dir.path().join("data");
    drop(RecordStore::open(&data).unwrap());
    let records = data.join("records.sqlite");
    let error = Collection::open(&records).unwrap_err().to_string();
    assert!(error.contains("belongs to another program"), "{error}");
    let file = dir.path().join("county.sqlite");
    collected(from.path(), &file);
    Connection::open(&file)
        .unwrap()
        .pragma_update(None, "user_version", 3)
        .unwrap();
    let before = fs::read(&file).unwrap();
    let error = Collection::open(&file).unwrap_err().to_string();
    assert!(error.contains("install the newer program"), "{error}");
    assert!(fs::read(&file).unwrap() == before);
    fs::write(&file, vec![7; 10_000]).unwrap();
    let error = Collection::open(&file).unwrap_err().to_string();
    assert!(error.contains("collect again"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Batches arrive in any order, some of them twice, and the collection is run at any moments:
    /// in the end the file is always the same.
    #[test]
    fn whatever_the_order_the_file_ends_the_same(
        order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle(),
        runs in prop::collection::vec(any::<bool>(), 6),
    ) {
        let (whole, batches) = county();
        let expected = whole.path().join("county.sqlite");
        collected(whole.path(), &expected);
        let from = place();
        let file = from.path().join("county.sqlite");
        for (index, run) in order.into_iter().zip(runs) {
            let (name, bytes) = &batches[index];
            deliver(&Folder::new(from.path()), name, bytes).unwrap();
            if run {
                collected(from.path(), &file);
            }
        }
        collected(from.path(), &file);
        prop_assert_eq!(dump(&file), dump(&expected));
    }
}

//! Tests of `upload`: sealing, sending, collecting; with real files, real servers, real programs.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod background;
mod batch;
mod collect;
mod commands;
mod folder;
mod kills;
mod network;
mod seal;
pub(crate) mod server;
mod simulate;

use std::{collections::BTreeSet, fs, path::Path};

use kepu::{
    records::{
        Answer, Clock, Mode, Origin, Outcome, Record, RecordStore, Request, RequestKind,
        SessionEnd, SessionId, SessionStart,
    },
    upload::{self, Name},
};
use tempfile::TempDir;

/// The day on which things are sent here.
const TODAY: Option<&str> = Some("2026-03-14");

fn origin() -> Origin {
    Origin {
        station: "east-gate".to_owned(),
        division: Some("330102001001".to_owned()),
        venue: "museum".to_owned(),
    }
}

fn id(number: u32) -> SessionId {
    SessionId::from_bytes(u128::from(number).to_be_bytes())
}

/// A session as it begins, on a day.
fn start(number: u32, date: &str) -> SessionStart {
    SessionStart {
        id: id(number),
        date: date.to_owned(),
        hour: 9,
        clock: Clock::Trusted,
        audience: "youth".to_owned(),
        topic: "health".to_owned(),
        language: "zh-CN".to_owned(),
        profile: "standard".to_owned(),
        mode: Mode::Visitor,
        asked: 3,
    }
}

/// Stores a session with so many answers, the first of them right.
fn play(store: &mut RecordStore, begun: SessionStart, answers: u32, outcome: Option<Outcome>) {
    let session = begun.id;
    store.store(&Record::Start(begun)).unwrap();
    for ordinal in 1..=answers {
        let answer = Answer {
            session,
            ordinal,
            pack: "everyday-health".to_owned(),
            pack_version: 2,
            question: format!("question-{ordinal}"),
            options: vec!["water".to_owned(), "air".to_owned()],
            correct: ordinal == 1,
            seconds: 7,
        };
        store.store(&Record::Answer(answer)).unwrap();
    }
    if let Some(outcome) = outcome {
        let end = SessionEnd {
            id: session,
            outcome,
            seconds: 40,
        };
        store.store(&Record::End(end)).unwrap();
    }
}

/// Stores that a session asks for a topic.
fn ask_for(store: &mut RecordStore, number: u32, topic: &str) {
    let request = Request {
        session: id(number),
        kind: RequestKind::Topic,
        choice: Some(topic.to_owned()),
    };
    store.store(&Record::Request(request)).unwrap();
}

/// Records in memory with `count` whole sessions on each of some days.
fn played(days: &[&str], count: u32) -> RecordStore {
    let mut store = RecordStore::in_memory().unwrap();
    fill(&mut store, days, count);
    store
}

fn fill(store: &mut RecordStore, days: &[&str], count: u32) {
    let mut number = 0;
    for day in days {
        for _ in 0..count {
            number += 1;
            play(store, start(number, day), 2, Some(Outcome::Completed));
        }
    }
}

/// A data folder with records for another program. They are made elsewhere and copied: a lock that
/// this process takes is inherited, for a moment, by whatever other tests start meanwhile.
fn keep(data: &Path, days: &[&str], count: u32) {
    let workshop = TempDir::new().unwrap();
    let (mut store, _) = RecordStore::open(workshop.path()).unwrap();
    fill(&mut store, days, count);
    drop(store);
    fs::create_dir_all(data).unwrap();
    let name = "records.sqlite";
    fs::copy(workshop.path().join(name), data.join(name)).unwrap();
}

/// Seals everything that may leave, and gives the bytes of each batch with its name.
fn seal(store: &mut RecordStore) -> Vec<(Name, Vec<u8>)> {
    upload::seal_all(store, &origin(), TODAY).unwrap();
    let batches = store.unsent().unwrap().into_iter();
    batches
        .map(|batch| {
            let bytes = store.batch_bytes(batch.sequence).unwrap().unwrap();
            (batch.name.parse().unwrap(), bytes)
        })
        .collect()
}

/// The ids of the sessions in some batches, in the order of the lines.
fn ids<'a>(batches: impl IntoIterator<Item = &'a (Name, Vec<u8>)>) -> Vec<String> {
    let batches = batches.into_iter();
    batches
        .flat_map(|(name, bytes)| upload::read(name, bytes).unwrap().0)
        .map(|(_, session)| session.id)
        .collect()
}

/// Every file below a folder, by its name from there.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap();
                found.insert(name.to_str().unwrap().to_owned());
            }
        }
    }
    found
}

/// An empty folder to send to.
fn place() -> TempDir {
    TempDir::new().unwrap()
}

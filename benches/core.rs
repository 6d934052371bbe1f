//! How long the engine-free core takes: checking and loading 10,000 questions, drawing a round,
//! and one durable answer. Run by `make bench`; prints the median of several runs.
#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot be set up has nothing to say"
)]
#![expect(clippy::print_stdout, reason = "a bench says what it found")]

use std::time::{Duration, Instant};

use kepu::bank::{self, Audience, PackFiles, QuestionBank};
use kepu::embedded;
use kepu::records::{Answer, Clock, Mode, Record, RecordStore, SessionId, SessionStart};
use kepu::session::{Wish, draw};

fn main() {
    let today = "2026-12-01".parse().unwrap();
    let packs = many_packs();
    let bytes: usize = packs.iter().map(|(_, questions)| questions.len()).sum();
    let load = || -> QuestionBank {
        let files = packs
            .iter()
            .enumerate()
            .map(|(index, (pack, questions))| PackFiles {
                folder: format!("pack-{index}").into(),
                pack: Ok(pack.clone().into_bytes()),
                questions: Ok(questions.clone().into_bytes()),
                narration: None,
                media: Vec::new(),
                pictures: Default::default(),
            });
        let (bank, problems) = bank::load(files, today);
        assert_eq!(problems.len(), 0);
        bank
    };
    let bank = load();
    let count = bank.questions().count();
    let took = median(5, || drop(load()));
    println!("check and load {count} questions ({bytes} bytes): {took:?}");

    let wish = Wish {
        fewer_options: false,
        audience: Audience::Senior,
        topic: "health",
        length: 6,
        today,
    };
    let took = median(101, || drop(draw(&bank, &wish, 7)));
    println!("draw a round from them: {took:?}");

    let folder = tempfile::tempdir().unwrap();
    let (mut store, _) = RecordStore::open(folder.path()).unwrap();
    let id = SessionId::from_bytes([7; 16]);
    store.store(&start(id)).unwrap();
    let mut ordinal = 0;
    let took = median(201, || {
        ordinal += 1;
        store.store(&answer(id, ordinal)).unwrap();
    });
    println!(
        "one durable answer, in {}: {took:?}",
        folder.path().display()
    );
}

/// The shipped packs under new ids, so often that they have 10,000 questions in all. One pack with
/// many copies of a question would be refused: its right answers would make a pattern.
fn many_packs() -> Vec<(String, String)> {
    let shipped: Vec<(String, String)> = embedded::packs()
        .map(|files| {
            let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
            (text(files.pack.unwrap()), text(files.questions.unwrap()))
        })
        .collect();
    (0..10_000_usize.div_ceil(14))
        .map(|copy| {
            let (pack, questions) = &shipped[copy % shipped.len()];
            let pack = pack.replacen("id: \"", &format!("id: \"copy-{copy}-"), 1);
            (pack, questions.clone())
        })
        .collect()
}

fn start(id: SessionId) -> Record {
    Record::Start(SessionStart {
        id,
        date: "2026-12-01".to_owned(),
        hour: 9,
        clock: Clock::Trusted,
        audience: "general".to_owned(),
        topic: "health".to_owned(),
        language: "zh-CN".to_owned(),
        profile: "standard".to_owned(),
        mode: Mode::Visitor,
        asked: 500,
    })
}

fn answer(session: SessionId, ordinal: u32) -> Record {
    Record::Answer(Answer {
        session,
        ordinal,
        pack: "health-basics".to_owned(),
        pack_version: 1,
        question: "health-salt-daily".to_owned(),
        options: vec!["five".to_owned()],
        correct: true,
        seconds: 7,
    })
}

fn median(times: usize, mut work: impl FnMut()) -> Duration {
    let mut took: Vec<Duration> = (0..times)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        })
        .collect();
    took.sort();
    took[times / 2]
}

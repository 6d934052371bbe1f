//! Any bytes as `pack.ron`, beside a sound `questions.ron`. Either there is an error, or a pack.
#![no_main]

use std::path::PathBuf;

use jiff::civil::date;
use kepu::bank::{self, PackFiles, Severity};
use libfuzzer_sys::fuzz_target;

const OTHER: &[u8] = include_bytes!("../../tests/bank/questions.ron");

fuzz_target!(|bytes: &[u8]| {
    let files = PackFiles {
        folder: PathBuf::from("fuzzed"),
        pack: Ok(bytes.to_vec()),
        questions: Ok(OTHER.to_vec()),
        narration: None,
        media: Vec::new(),
        pictures: Default::default(),
    };
    let (bank, problems) = bank::load([files], date(2026, 11, 22));
    let refused = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    assert_eq!(bank.packs().is_empty(), refused);
});

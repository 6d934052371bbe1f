//! Tests of the report: what it counts against a count made by hand here, and every output against
//! every other.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod attack;
mod command;
mod counts;
mod fixture;
mod gathering;
mod outputs;
mod queries;
mod questions;
mod requests;
mod solver;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::date;
use kepu::{
    bank::PackFiles,
    embedded,
    locale::Locales,
    report::{
        Beside, Catalogue, Edition, Report,
        gather::gather,
        make,
        places::Names,
        summary::{Summary, summarise},
        table::{Cell, Table},
        targets,
    },
};

use fixture::Played;

/// What is known of the files' sessions in 2026.
fn summary_of(paths: &[PathBuf]) -> Summary {
    let period = "2026".parse().unwrap();
    summarise(period, &gather(paths, period).unwrap().facts)
}

/// The steps of a version of the pack that all answers are from.
const STEPS_VERSION: u32 = 7;

/// That version.
fn steps() -> PackFiles {
    crate::kinds::pack()
        .with("id: \"kinds\"", "id: \"health-basics\"")
        .with("version: 1", &format!("version: {STEPS_VERSION}"))
        .files()
}

/// The report of a summary with everything else that a report may have.
fn report_of(summary: &Summary, edition: Edition, language: &str) -> Report {
    let today = date(2027, 1, 4);
    let names = "code,valid_from,zh-CN,en\n33,,浙江省,Zhejiang\n3301,,杭州市,Hangzhou\n\
                 330106,,西湖区,\n330106001,,一街道,First Street\n4419,,东莞市,Dongguan\n\
                 500233,,忠县,Zhong\n";
    let wanted = "what,target\nanswered,120\naudience:senior,40\ndivision:4419,not set\n\
                  townships_covered,3\nstation:van-1,10\n";
    let beside = Beside {
        catalogue: &Catalogue::new(embedded::packs().chain([steps()]).collect(), today),
        names: &Names::parse("places.csv".as_ref(), names.as_bytes()).unwrap(),
        targets: &targets::parse("targets.csv".as_ref(), wanted.as_bytes()).unwrap(),
        today,
        sources: &["county.sqlite".to_owned()],
        notes: &[],
    };
    make(
        summary,
        edition,
        &beside,
        &Locales::shipped().unwrap(),
        language,
    )
    .unwrap()
}

fn table<'a>(report: &'a Report, id: &str) -> &'a Table {
    report.tables.iter().find(|table| table.id == id).unwrap()
}

/// Counts of started, answered, completed by whatever a session is.
fn by_hand(
    sessions: &[Played],
    key: impl Fn(&Played) -> Vec<String>,
) -> BTreeMap<Vec<String>, [u64; 3]> {
    let mut counts: BTreeMap<Vec<String>, [u64; 3]> = BTreeMap::new();
    for own in sessions.iter().filter(|own| own.counts()) {
        let count = counts.entry(key(own)).or_default();
        count[0] += 1;
        count[1] += u64::from(!own.answers.is_empty());
        count[2] += u64::from(own.outcome == Some("completed"));
    }
    counts
}

/// What stands for a row: an id or a text.
fn id(cell: &Cell) -> String {
    match cell {
        Cell::Named { id, .. } => id.clone(),
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}

/// The three counters of a table by its first columns, which must not repeat.
fn by_report(table: &Table, keys: usize) -> BTreeMap<Vec<String>, [u64; 3]> {
    let mut counts = BTreeMap::new();
    for row in &table.rows {
        let key: Vec<String> = row[..keys].iter().map(id).collect();
        let at = |at: usize| row[keys + at].number().unwrap();
        let before = counts.insert(key, [at(0), at(1), at(2)]);
        assert_eq!(before, None, "{} has a row twice", table.id);
    }
    counts
}

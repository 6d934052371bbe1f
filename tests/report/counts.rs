//! Tests of the tables against a count made by hand: who is counted, and in which row.

use kepu::report::{Edition, gather::gather, summary::summarise};
use tempfile::TempDir;

use super::{
    by_hand, by_report,
    fixture::{Played, STATIONS, collected, sessions, station},
    report_of, summary_of, table,
};

#[test]
fn every_table_says_what_a_count_by_hand_says() {
    let dir = TempDir::new().unwrap();
    let all = sessions(1, 600);
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &all)]);
    let report = report_of(&summary, Edition::Internal, "en");
    type Key = fn(&Played) -> String;
    let one: [(&str, Key); 6] = [
        ("by_audience", |own| own.audience.to_owned()),
        ("by_topic", |own| own.topic.to_owned()),
        ("by_venue", |own| own.station.2.to_owned()),
        ("by_language", |own| own.language.to_owned()),
        ("by_profile", |own| own.profile.to_owned()),
        ("by_outcome", |own| own.outcome.unwrap_or("open").to_owned()),
    ];
    for (id, key) in one {
        let expected = by_hand(&all, |own| vec![key(own)]);
        assert_eq!(by_report(table(&report, id), 1), expected, "{id}");
    }
    let mut months = by_hand(&all, |own| vec![own.date[..7].to_owned()]);
    for month in 1..=12 {
        months.entry(vec![format!("2026-{month:02}")]).or_default();
    }
    assert_eq!(by_report(table(&report, "by_month"), 1), months);
    assert_eq!(
        by_report(table(&report, "by_audience_and_topic"), 2),
        by_hand(&all, |own| vec![
            own.audience.to_owned(),
            own.topic.to_owned()
        ])
    );
    let places = by_report(table(&report, "by_division"), 2);
    let prefixes = by_hand(&all, |own| vec![own.station.1[..2].to_owned()]);
    for (key, counts) in prefixes {
        let row = vec!["province".to_owned(), key[0].clone()];
        assert_eq!(places[&row], counts);
    }
    let at = |level: &str, digits: &str| places[&vec![level.to_owned(), digits.to_owned()]];
    // A city without districts is its own county, a municipality its own prefecture.
    assert_eq!(at("county", "4419"), at("township", "441900003"));
    assert_eq!(at("prefecture", "50"), at("county", "500233"));
    assert_eq!(table(&report, "by_station").rows.len(), 3);
    let totals = by_hand(&all, |_| Vec::new());
    let total = table(&report, "by_month").total.as_ref().unwrap();
    let total: Vec<_> = total[1..4]
        .iter()
        .map(|cell| cell.number().unwrap())
        .collect();
    assert_eq!(total, totals[&Vec::new()]);
}

#[test]
fn sessions_of_staff_and_robots_of_other_years_and_of_unknown_days_are_in_no_table() {
    let dir = TempDir::new().unwrap();
    let all = sessions(4, 500);
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &all)]);
    let counted = all.iter().filter(|own| own.counts()).count() as u64;
    let undated = all
        .iter()
        .filter(|own| own.mode == "visitor" && !own.is_dated);
    assert!(counted < 400 && counted > 100);
    assert_eq!(summary.whole.started, counted);
    assert_eq!(summary.undated.started, undated.count() as u64);
    let sum = |by: &kepu::report::summary::By| by.values().map(|own| own.started).sum::<u64>();
    for by in [
        &summary.audience,
        &summary.topic,
        &summary.outcome,
        &summary.venue,
    ] {
        assert_eq!(sum(by), counted);
    }
    for (level, by) in &summary.divisions {
        assert_eq!(sum(by), counted, "{level:?}");
    }
    let answers: usize = all
        .iter()
        .filter(|own| own.counts())
        .map(|own| own.answers.len())
        .sum();
    assert_eq!(summary.whole.answers, answers as u64);
    let packs: u64 = summary.packs.values().map(|answers| answers.all()).sum();
    assert_eq!(packs, answers as u64);
}

#[test]
fn a_month_has_only_its_own_sessions() {
    let dir = TempDir::new().unwrap();
    let all = sessions(5, 500);
    let path = collected(dir.path(), "county.sqlite", &all);
    let period = "2026-03".parse().unwrap();
    let summary = summarise(period, &gather(&[path], period).unwrap().facts);
    let expected = all
        .iter()
        .filter(|own| own.counts() && own.date.starts_with("2026-03"));
    assert_eq!(summary.whole.started, expected.count() as u64);
    assert_eq!(summary.months.len(), 1);
}

#[test]
fn every_table_is_among_those_that_may_be_left_from_before() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("data");
    station(&data, STATIONS[0], &sessions(9, 300));
    let summary = summary_of(&[data]);
    for edition in [Edition::Internal, Edition::Public] {
        for table in report_of(&summary, edition, "en").tables {
            assert!(kepu::report::table::IDS.contains(&table.id), "{}", table.id);
        }
    }
}

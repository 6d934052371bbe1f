//! Tests of the files that a report is gathered from: a station's own and collected ones, old,
//! several, large, and not ours.

use kepu::report::{
    Edition,
    gather::{Error, gather},
    summary::Summary,
};
use tempfile::TempDir;

use super::{
    by_hand, by_report,
    fixture::{STATIONS, collected, sessions, station},
    report_of, summary_of, table,
};

#[test]
fn files_from_before_there_were_requests_are_counted_like_all_others() {
    let dir = TempDir::new().unwrap();
    let mut all = sessions(13, 300);
    for own in &mut all {
        own.station = STATIONS[0];
        own.requests.clear();
    }
    let new = collected(dir.path(), "county.sqlite", &all);
    let expected = summary_of(std::slice::from_ref(&new));
    rusqlite::Connection::open(&new)
        .unwrap()
        .execute_batch("DROP TABLE request")
        .unwrap();
    assert_eq!(summary_of(&[new]), expected);
    let data = dir.path().join("data");
    station(&data, STATIONS[0], &all);
    let own = summary_of(std::slice::from_ref(&data));
    rusqlite::Connection::open(data.join("records.sqlite"))
        .unwrap()
        .execute_batch("DROP TABLE request; PRAGMA user_version = 2")
        .unwrap();
    assert_eq!(summary_of(&[data]), own);
    assert_eq!(own.requests.len(), 0);
    let report = report_of(&own, Edition::Internal, "en");
    assert!(
        report
            .tables
            .iter()
            .all(|table| !table.id.starts_with("requested"))
    );
}

#[test]
fn a_stations_own_file_and_a_collected_one_give_the_same_numbers() {
    let dir = TempDir::new().unwrap();
    let mut all = sessions(3, 400);
    for own in &mut all {
        own.station = STATIONS[0];
        // A kiosk that starts would end those that are open.
        own.outcome = own.outcome.or(Some("timed_out"));
    }
    let data = dir.path().join("data");
    station(&data, STATIONS[0], &all);
    // Beside a kiosk that records.
    let _kiosk = kepu::records::RecordStore::open(&data).unwrap();
    let own = summary_of(std::slice::from_ref(&data));
    let sent = summary_of(&[collected(dir.path(), "county.sqlite", &all)]);
    // Only hours are not sent.
    assert_eq!(sent.without_hour, sent.whole);
    assert_eq!(sent.hours.len(), 0);
    assert_eq!(own.without_hour.started, 0);
    let hours: u64 = own.hours.values().map(|hour| hour.answered).sum();
    assert_eq!(hours, own.whole.answered);
    let same = Summary {
        hours: sent.hours.clone(),
        without_hour: sent.without_hour,
        ..own.clone()
    };
    assert_eq!(same, sent);
    // The file itself may be named, too.
    assert_eq!(summary_of(&[data.join("records.sqlite")]), own);
}

#[test]
fn files_are_added_up_and_none_is_counted_twice() {
    let dir = TempDir::new().unwrap();
    let all = sessions(6, 300);
    let (first, second) = all.split_at(130);
    let whole = summary_of(&[collected(dir.path(), "all.sqlite", &all)]);
    let parts = [
        collected(dir.path(), "first.sqlite", first),
        collected(dir.path(), "second.sqlite", second),
    ];
    assert_eq!(summary_of(&parts), whole);
    let period = "2026".parse().unwrap();
    let both = gather(&parts, period).unwrap();
    assert_eq!(both.twice, ["east-gate", "old-town", "van-1"]);
    let again = [parts[0].clone(), dir.path().join("./first.sqlite")];
    assert!(matches!(gather(&again, period), Err(Error::Twice(_))));
}

#[test]
fn a_large_file_is_counted_in_parts_as_in_one() {
    let dir = TempDir::new().unwrap();
    let all = sessions(7, 20_000);
    let path = collected(dir.path(), "county.sqlite", &all);
    assert!(
        std::fs::metadata(&path).unwrap().len() > 4 * 1024 * 1024,
        "not large enough"
    );
    let summary = summary_of(&[path]);
    let expected = by_hand(&all, |own| vec![own.audience.to_owned()]);
    let report = report_of(&summary, Edition::Internal, "en");
    assert_eq!(by_report(table(&report, "by_audience"), 1), expected);
    let answers: usize = all
        .iter()
        .filter(|own| own.counts())
        .map(|own| own.answers.len())
        .sum();
    let questions: u64 = summary
        .questions
        .values()
        .map(|own| own.answers.all())
        .sum();
    assert_eq!(questions, answers as u64);
}

#[test]
fn a_file_that_is_not_ours_is_refused_and_stays_as_it_is() {
    let dir = TempDir::new().unwrap();
    let period = "2026".parse().unwrap();
    let other = dir.path().join("other.sqlite");
    let db = rusqlite::Connection::open(&other).unwrap();
    db.execute_batch("PRAGMA application_id = 7; CREATE TABLE session (id TEXT)")
        .unwrap();
    drop(db);
    let torn = dir.path().join("torn.sqlite");
    std::fs::write(&torn, "no database at all, whatever it is called").unwrap();
    for (path, said) in [
        (dir.path().join("none.sqlite"), "nothing has been recorded"),
        (other, "it belongs to another program"),
        (torn, "not a database"),
    ] {
        let before = std::fs::read(&path).ok();
        let error = gather(std::slice::from_ref(&path), period)
            .unwrap_err()
            .to_string();
        assert!(error.contains(said), "{error}");
        assert_eq!(std::fs::read(&path).ok(), before);
    }
}

//! Results: from a station to a stick, and from the stick into the office's file.

use jiff::{ToSpan, Zoned};
use kepu::records::{
    Answer, Clock, Mode, Outcome, Record, RecordStore, SessionEnd, SessionId, SessionStart,
};

use super::*;

/// What staff read when the place of the settings is not there.
const NO_PLACE: &str = "找不到目的地";

/// Sessions of yesterday, each with one answer.
fn played_yesterday(data: &Path, sessions: u8) {
    let yesterday = Zoned::now().date().checked_sub(1.day()).unwrap();
    let (mut store, _) = RecordStore::open(data).unwrap();
    for number in 1..=sessions {
        let id = SessionId::from_bytes([number; 16]);
        let start = SessionStart {
            id,
            date: yesterday.to_string(),
            hour: 9,
            clock: Clock::Trusted,
            audience: "senior".to_owned(),
            topic: "health".to_owned(),
            language: "zh-CN".to_owned(),
            profile: "large".to_owned(),
            mode: Mode::Visitor,
            asked: 3,
        };
        store.store(&Record::Start(start)).unwrap();
        let answer = Answer {
            session: id,
            ordinal: 1,
            pack: "health-basics".to_owned(),
            pack_version: 1,
            question: "health-food-not-medicine".to_owned(),
            options: vec!["false".to_owned()],
            correct: true,
            seconds: 8,
        };
        store.store(&Record::Answer(answer)).unwrap();
        let end = SessionEnd {
            id,
            outcome: Outcome::Abandoned,
            seconds: 20,
        };
        store.store(&Record::End(end)).unwrap();
    }
}

fn names_below(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            names.extend(names_below(&entry.path()));
        } else {
            names.push(entry.file_name().into_string().unwrap());
        }
    }
    names.sort();
    names
}

/// The screen, or the one after it, when the figures have been read and one can export again.
fn with_export(kiosk: &mut Kiosk, screen: Value) -> Value {
    if has(&screen, "export") {
        screen
    } else {
        wait_for_sign(kiosk, "export")
    }
}

#[test]
fn results_and_reports_go_to_a_stick_in_two_taps_and_the_office_counts_the_same() {
    let display = Display::new(1080, 1920);
    let (folder, data, pictures) = station();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    fs::write(
        data.join("station.ron"),
        format!("(id: \"east-gate\", division: \"330102001001\", sticks: [{stick:?}])"),
    )
    .unwrap();
    played_yesterday(&data, 12);
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1080x1920"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let records = open_tab(&display, &mut kiosk, &area, "tab-records", "export");
    assert!(says(&records, "还没有"), "{records}");
    tap(&display, &records, "export");
    let sticks = wait_for_sign(&mut kiosk, "stick-0");
    tap(&display, &sticks, "stick-0");
    let done = wait_for_sign(&mut kiosk, "现在可以拔下优盘");
    assert!(says(&done, "12 人次的新结果"), "{done}");
    let done = with_export(&mut kiosk, done);
    // Once more: the reports are written anew, and no result leaves twice.
    tap(&display, &done, "export");
    let sticks = wait_for_sign(&mut kiosk, "stick-0");
    tap(&display, &sticks, "stick-0");
    let again = wait_for_sign(&mut kiosk, "现在可以拔下优盘");
    assert!(says(&again, " 0 人次的新结果"), "{again}");
    let again = with_export(&mut kiosk, again);
    assert!(says(&again, &Zoned::now().date().to_string()), "{again}");
    let journal = fs::read_to_string(data.join("staff/journal.jsonl")).unwrap();
    assert_eq!(journal.matches("records-exported").count(), 2, "{journal}");

    // The office.
    let names = names_below(&stick.join("kepu/reports/east-gate"));
    let year = Zoned::now().year();
    for name in [format!("kepu-{year}.xlsx"), format!("kepu-{year}.html")] {
        assert!(names.contains(&name), "{names:?}");
    }
    let batches = names_below(&stick.join("kepu/station=east-gate"));
    assert_eq!(batches.len(), 1, "{batches:?}");
    let kepu = env!("CARGO_BIN_EXE_kepu");
    let from = stick.join("kepu");
    let collect = ["collect", from.to_str().unwrap(), "--into", "county.sqlite"];
    let said = run(kepu, &collect, folder.path());
    assert!(said.contains("12"), "{said}");
    let yesterday = Zoned::now().date().checked_sub(1.day()).unwrap();
    let year = yesterday.year().to_string();
    let report = ["report", "--year", &year, "--format", "json", "--records"];
    let counted = |records: &str| {
        let report = run(
            kepu,
            &[report.as_slice(), &[records]].concat(),
            folder.path(),
        );
        let report: Value = serde_json::from_str(&report).unwrap();
        report["tables"]["by_audience_and_topic"].clone()
    };
    let office = counted("county.sqlite");
    let rows = office.as_array().unwrap();
    assert!(rows.iter().any(|row| row["started"] == 12), "{office}");
    assert_eq!(office, counted(data.to_str().unwrap()));
}

#[test]
fn a_stick_that_is_pulled_out_before_the_second_tap_gets_a_sentence_and_nothing_counts_as_sent() {
    let display = Display::new(1366, 768);
    let (folder, data, pictures) = station();
    let stick = folder.path().join("stick");
    fs::create_dir(&stick).unwrap();
    fs::write(
        data.join("station.ron"),
        format!("(id: \"east-gate\", sticks: [{stick:?}])"),
    )
    .unwrap();
    played_yesterday(&data, 3);
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1366x768"]);
    kiosk.wait_for(&["attract"]);
    let area = first_use(&display, &mut kiosk);
    let records = open_tab(&display, &mut kiosk, &area, "tab-records", "export");
    tap(&display, &records, "export");
    let sticks = wait_for_sign(&mut kiosk, "stick-0");
    fs::remove_dir(&stick).unwrap();
    tap(&display, &sticks, "stick-0");
    let told = wait_for_sign(&mut kiosk, NO_PLACE);
    with_export(&mut kiosk, told);
    assert!(!stick.exists());
    let backlog = RecordStore::open_read_only(&data)
        .unwrap()
        .backlog()
        .unwrap();
    assert_eq!((backlog.batches, backlog.sessions), (1, 3));
    let journal = fs::read_to_string(data.join("staff/journal.jsonl")).unwrap();
    assert!(!journal.contains("records-exported"), "{journal}");
}

#[test]
fn a_kiosk_sends_whole_past_days_by_itself_and_staff_see_why_when_it_cannot() {
    let display = Display::new(1366, 768);
    let (folder, data, pictures) = station();
    let place = folder.path().join("place");
    let settings = format!("(id: \"east-gate\", upload: {place:?})");
    fs::write(data.join("station.ron"), settings).unwrap();
    played_yesterday(&data, 3);
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1366x768"]);
    kiosk.wait_for(&["attract"]);
    // The place is not there: nothing is made in its stead, and the reason stands under Health.
    let area = first_use(&display, &mut kiosk);
    let health = open_tab(&display, &mut kiosk, &area, "tab-health", "restart");
    assert!(says(&health, NO_PLACE), "{health}");
    assert!(!place.exists());
    drop(kiosk);

    fs::create_dir(&place).unwrap();
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &["--window", "1366x768"]);
    kiosk.wait_for(&["attract"]);
    let arrived = until("the batch to arrive", || {
        let store = RecordStore::open_read_only(&data).ok()?;
        let backlog = store.backlog().ok()?;
        (backlog.batches == 0 && backlog.unsealed == 0).then_some(backlog)
    });
    assert_eq!(arrived.last_success, Some(Zoned::now().date().to_string()));
    assert_eq!(names_below(&place.join("station=east-gate")).len(), 1);
}

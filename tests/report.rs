//! Tests of the report: what it counts against a count made by hand here, and every output against
//! every other.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod attack;
mod command;
mod fixture;
mod outputs;
mod solver;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::date;
use kepu::{
    bank::PackFiles,
    embedded,
    locale::Locales,
    records::report::Counters,
    report::{
        Beside, Catalogue, Edition, Report,
        disclosure::Shown,
        gather::{Error, gather},
        make,
        places::Names,
        summary::{Summary, summarise},
        table::{Cell, Table},
        targets,
    },
};
use tempfile::TempDir;

use fixture::{Given, Played, STATIONS, collected, sessions, station};

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

/// The three counters of a table by its first columns, which must not repeat.
fn by_report(table: &Table, keys: usize) -> BTreeMap<Vec<String>, [u64; 3]> {
    let id = |cell: &Cell| match cell {
        Cell::Named { id, .. } => id.clone(),
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    };
    let mut counts = BTreeMap::new();
    for row in &table.rows {
        let key: Vec<String> = row[..keys].iter().map(id).collect();
        let at = |at: usize| row[keys + at].number().unwrap();
        let before = counts.insert(key, [at(0), at(1), at(2)]);
        assert_eq!(before, None, "{} has a row twice", table.id);
    }
    counts
}

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

/// The answers of 2026 to what was tried again.
fn all_again(sessions: &[Played]) -> impl Iterator<Item = &Given> {
    let again = sessions.iter().filter(|own| own.mode == "retry");
    let ours = again.filter(|own| own.is_dated && own.date.starts_with("2026"));
    ours.flat_map(|own| &own.answers)
}

#[test]
fn second_attempts_change_no_number_but_their_own() {
    let dir = TempDir::new().unwrap();
    let all = sessions(11, 500);
    let first: Vec<Played> = all
        .iter()
        .filter(|own| own.mode != "retry")
        .cloned()
        .collect();
    let (again, right) = all_again(&all).fold((0, 0), |(again, right), given| {
        (again + 1, right + u64::from(given.correct))
    });
    assert!(all.len() > first.len() + 30 && again > 60 && right > 0);
    let with = summary_of(&[collected(dir.path(), "with.sqlite", &all)]);
    let without = summary_of(&[collected(dir.path(), "without.sqlite", &first)]);
    assert_eq!((with.second.answers, with.second.correct), (again, right));
    assert_eq!((without.second.answers, without.second.correct), (0, 0));
    let mut same = with.clone();
    same.second = without.second;
    for answered in same.questions.values_mut() {
        answered.second = without.second;
    }
    assert_eq!(same, without);
    // The public edition does not even say that there are any.
    assert_eq!(
        report_of(&with, Edition::Public, "zh-CN").tables,
        report_of(&without, Edition::Public, "zh-CN").tables
    );
}

#[test]
fn requests_are_counted_once_a_session_of_those_that_reached_the_results() {
    let dir = TempDir::new().unwrap();
    let all = sessions(12, 600);
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &all)]);
    let report = report_of(&summary, Edition::Internal, "en");
    let of = |kind: &str, choice: &str| {
        let ours = all
            .iter()
            .filter(|own| own.counts() && own.outcome == Some("completed"));
        let asked = ours.filter(|own| own.requests.contains(&(kind, choice)));
        asked.count() as u64
    };
    let topics = table(&report, "requested_topics");
    // All that is offered, in the order in which it is, and then what is offered no longer.
    assert_eq!(topics.rows.len(), 9);
    for (row, id) in topics
        .rows
        .iter()
        .zip(["first-aid", "medicine-safety", "phone-fraud"])
    {
        assert!(matches!(&row[0], Cell::Named { id: own, name } if own == id && name != id));
        assert_eq!(row[1], Cell::Count(of("topic", id)));
    }
    assert_eq!(topics.rows[8][1], Cell::Count(of("topic", "old")));
    assert!(of("topic", "old") > 0 && of("topic", "first-aid") > 10);
    let forms = table(&report, "requested_forms");
    let asked: Vec<u64> = forms
        .rows
        .iter()
        .filter_map(|row| row[1].number())
        .collect();
    assert_eq!(asked, [of("form", "talk"), of("form", "film"), 0, 0, 0, 0]);
    assert_eq!((topics.total.as_ref(), forms.total.as_ref()), (None, None));
    // Published, they are rounded, and small ones are not told.
    let public = report_of(&summary, Edition::Public, "en");
    for own in [topics, forms] {
        let shown = &table(&public, own.id).rows;
        assert_eq!(shown.len(), own.rows.len());
        for (shown, exact) in shown.iter().zip(&own.rows) {
            let exact = exact[1].number().unwrap();
            assert_eq!(shown[1], Cell::Shown(Shown::of(exact)));
        }
    }
}

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
fn questions_have_their_answers_and_the_wrong_one_most_people_choose() {
    let dir = TempDir::new().unwrap();
    let sessions = sessions(2, 600);
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &sessions)]);
    let report = report_of(&summary, Edition::Internal, "en");
    let mut expected: BTreeMap<(u32, &str), BTreeMap<(bool, &str), u64>> = BTreeMap::new();
    for own in sessions.iter().filter(|own| own.counts()) {
        for given in &own.answers {
            let question = expected.entry((given.version, given.question)).or_default();
            *question.entry((given.correct, given.options)).or_default() += 1;
        }
    }
    let questions = table(&report, "questions");
    assert_eq!(questions.rows.len(), expected.len());
    for (((version, id), choices), row) in expected.iter().zip(&questions.rows) {
        assert_eq!(row[1], Cell::Count(u64::from(*version)));
        assert!(
            matches!(&row[2], Cell::Named { id: own, .. } if own == id),
            "{row:?}"
        );
        let right: u64 = choices.iter().filter(|own| own.0.0).map(|own| own.1).sum();
        let all: u64 = choices.values().sum();
        assert_eq!(row[3], Cell::Count(all));
        assert_eq!(row[4], Cell::Count(right));
        let most = choices
            .iter()
            .filter(|own| !own.0.0)
            .map(|own| *own.1)
            .max();
        assert_eq!(row[7].number(), most);
        // What was tried again stands by itself, and nowhere else.
        let again: Vec<&Given> = all_again(&sessions)
            .filter(|given| (given.version, given.question) == (*version, *id))
            .collect();
        let second = again.iter().filter(|given| given.correct).count();
        assert_eq!(row[9], Cell::Count(again.len() as u64));
        assert_eq!(row[10], Cell::Count(second as u64));
        assert!(
            again.len() > second && second > 0,
            "there is something to be mixed up"
        );
        match &row[5] {
            Cell::PerMille(share) => {
                assert!(all >= 30);
                assert!((*share as f64 / 1000.0 - right as f64 / all as f64).abs() <= 0.0005);
            }
            other => assert!(*other == Cell::Nothing && all < 30, "{other:?} of {all}"),
        }
    }
    // A text only for the version that is known; a misconception only where the pack names one.
    let salt = |version: u64| {
        let mut rows = questions.rows.iter();
        let is_it =
            |cell: &Cell| matches!(cell, Cell::Named { id, .. } if id == "health-salt-daily");
        rows.find(|row| row[1] == Cell::Count(version) && is_it(&row[2]))
            .unwrap()
    };
    assert!(matches!(&salt(1)[2], Cell::Named { name, .. } if name.contains("salt")));
    assert!(matches!(&salt(2)[2], Cell::Named { name, .. } if name == "health-salt-daily"));
    assert!(matches!(&salt(1)[6], Cell::Named { id, name } if id == "ten" && name == "10 g"));
}

#[test]
fn steps_are_counted_by_their_order_and_read_one_after_the_other() {
    let dir = TempDir::new().unwrap();
    let right = "wet soap rub rinse dry";
    let orders = [
        (right, 30),
        ("soap wet rub rinse dry", 20),
        ("wet soap rub dry rinse", 15),
        ("dry rinse rub soap wet", 1),
    ];
    let given = orders
        .into_iter()
        .flat_map(|(options, times)| std::iter::repeat_n(options, times));
    let counted = sessions(3, 400).into_iter().filter(Played::counts);
    let all: Vec<Played> = counted
        .zip(given)
        .map(|(own, options)| Played {
            answers: vec![Given {
                version: STEPS_VERSION,
                question: "wash-hands-steps",
                options,
                correct: options == right,
            }],
            ..own
        })
        .collect();
    assert_eq!(all.len(), 66);
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &all)]);
    let report = report_of(&summary, Edition::Internal, "en");
    let [row] = &table(&report, "questions").rows[..] else {
        panic!("one question");
    };
    assert_eq!((row[3].number(), row[4].number()), (Some(66), Some(30)));
    assert_eq!(row[5], Cell::PerMille(455));
    let wrong = Cell::Named {
        id: "soap wet rub rinse dry".to_owned(),
        name: "Take some soap → Wet both hands → Rub palms, backs and between fingers → \
               Rinse under running water → Dry both hands"
            .to_owned(),
    };
    assert_eq!(row[6], wrong);
    assert_eq!(row[7].number(), Some(20));
    assert_eq!(row[8], Cell::Nothing);
    report_of(&summary, Edition::Public, "zh-CN");
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

#[test]
fn the_counting_queries_as_they_are_give_what_a_report_counts() {
    let sql = |name: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/records/sql/report");
        std::fs::read_to_string(format!("{folder}/{name}.sql")).unwrap()
    };
    let dir = TempDir::new().unwrap();
    let all = sessions(8, 800);
    let path = collected(dir.path(), "county.sqlite", &all);
    let facts = gather(std::slice::from_ref(&path), "2026".parse().unwrap())
        .unwrap()
        .facts;
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(&(sql("scope") + &sql("collected_views") + &sql("requests_view")))
        .unwrap();
    let scope = ["", "", "", "2026-01-01", "2026-12-31", "", "g"];
    db.execute(&sql("set_scope"), scope).unwrap();
    // Every row as text, NULL as `-`.
    let rows = |name: &str| -> Vec<String> {
        let mut query = db.prepare(&sql(name)).unwrap();
        let columns = query.column_count();
        let rows = query.query_map([], |row| {
            let cells = (0..columns).map(|at| match row.get_ref(at).unwrap() {
                rusqlite::types::ValueRef::Null => "-".to_owned(),
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                other => other.as_str().unwrap().to_owned(),
            });
            Ok(cells.collect::<Vec<_>>().join("|"))
        });
        rows.unwrap().map(Result::unwrap).collect()
    };
    let five = |own: &Counters| {
        let Counters {
            started,
            answered,
            completed,
            answers,
            correct,
        } = own;
        format!("{started}|{answered}|{completed}|{answers}|{correct}")
    };
    let times = facts.times.iter().map(|(own, counters)| {
        let date = own.date.as_deref().unwrap_or("-");
        format!("{date}|-|{}", five(counters))
    });
    assert_eq!(rows("times"), times.collect::<Vec<_>>());
    let places = facts.places.iter().map(|(own, counters)| {
        format!(
            "{}|{}|{}|{}",
            own.station,
            own.division,
            own.venue,
            five(counters)
        )
    });
    assert_eq!(rows("places"), places.collect::<Vec<_>>());
    let kinds = rows("kinds");
    assert_eq!(kinds.len(), facts.kinds.len());
    for ((own, counters), row) in facts.kinds.iter().zip(&kinds) {
        let key = [
            &own.audience,
            &own.topic,
            &own.language,
            &own.profile,
            &own.outcome,
        ];
        let key = key.map(String::as_str).join("|");
        assert!(
            row.starts_with(&format!("{key}|{}|", five(counters))),
            "{row}"
        );
    }
    let choices = facts.choices.iter().map(|(own, times)| {
        let correct = u8::from(own.correct);
        let (pack, version, question) = (&own.pack, own.version, &own.question);
        format!(
            "{pack}|{version}|{question}|{}|{correct}|{times}",
            own.options
        )
    });
    let choices: Vec<_> = choices.collect();
    assert!(choices.len() > 20);
    assert_eq!(rows("questions"), choices);
    let retries = facts
        .retries
        .iter()
        .map(|((pack, version, question), own)| {
            format!(
                "{pack}|{version}|{question}|{}|{}",
                own.answers, own.correct
            )
        });
    assert_eq!(rows("retries"), retries.collect::<Vec<_>>());
    let requests = facts.requests.iter();
    let requests = requests.map(|(own, times)| format!("{}|{}|{times}", own.kind, own.choice));
    assert_eq!(rows("requests"), requests.collect::<Vec<_>>());
    assert!(facts.retries.len() > 4 && facts.requests.len() > 4);
}

#[test]
fn the_counting_queries_read_three_relations_and_no_engines_own_words() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/records/sql/report");
    let visitors = ["times", "kinds", "places", "questions", "requests"];
    let visitors = visitors.map(|name| (name, "mode = 'visitor'"));
    for (name, whose) in visitors.into_iter().chain([("retries", "mode = 'retry'")]) {
        let text = std::fs::read_to_string(format!("{folder}/{name}.sql")).unwrap();
        let code: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with("--"))
            .collect();
        let code = code.join("\n").to_lowercase();
        for word in [
            "main.",
            "temp.",
            "filter",
            "group_concat",
            "strftime",
            "ifnull",
            "iif(",
            "total(",
            "pragma",
            "?",
            ":",
            "limit",
            "glob",
            "||",
            "avg(",
        ] {
            assert!(!code.contains(word), "{name}: {word}");
        }
        let from = code
            .split_whitespace()
            .skip_while(|word| *word != "from")
            .nth(1);
        let first = if name == "requests" { name } else { "sessions" };
        assert_eq!(from, Some(first), "{name}");
        assert!(code.contains("order by") && code.contains(whose), "{name}");
    }
}

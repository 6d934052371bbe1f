//! An attack on the public edition: from nothing but what it shows, its own rule included, no true
//! number from 1 to 9 may be worked out.
//!
//! Two ways. Whole editions of random, sparse data sets go to a solver that knows every sum. In
//! small worlds every data set there is is published, and those that look alike are compared: so
//! whatever the rule itself gives away, a table left out included, is found as well.
//!
//! `KEPU_DATA_SETS` says how many random data sets; ordinarily it is a few hundred.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use jiff::civil::date;
use kepu::bank::Audience;
use kepu::config::VENUES;
use kepu::embedded;
use kepu::locale::Locales;
use kepu::records::report::{Choice, Counters, Facts, Kind, Moment, Place, Request};
use kepu::report::disclosure::{Published, Shown, Whole, protect};
use kepu::report::places::{Level, Names, place_at};
use kepu::report::summary::summarise;
use kepu::report::table::{Cell, Table};
use kepu::report::{Beside, Catalogue, Edition, Report, make};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;

use super::solver::{ENDLESS, System};

/// Sessions alike in everything.
#[derive(Debug, Clone)]
struct Group {
    month: i8,
    audience: &'static str,
    topic: &'static str,
    venue: &'static str,
    division: &'static str,
    language: &'static str,
    profile: &'static str,
    started: u64,
    answered: u64,
    completed: u64,
    /// Questions asked of each of them, with the right answers.
    questions: Vec<(String, u64, u64)>,
    /// What some of the completed ones asked for: a topic, a form, or both.
    requests: Vec<(&'static str, &'static str, u64)>,
}

const TOPICS: [&str; 4] = ["health", "antifraud", "emergency", "agriculture"];

const ASKED_TOPICS: [&str; 4] = ["first-aid", "fire-safety", "phone-fraud", "old"];

const ASKED_FORMS: [&str; 2] = ["talk", "film"];

const DIVISIONS: [&str; 5] = [
    "330106001002",
    "330108002003",
    "441900003001",
    "500233100200",
    "429004001001",
];

struct Known {
    catalogue: Catalogue,
    locales: Locales,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| Known {
        catalogue: Catalogue::new(embedded::packs().collect(), date(2026, 12, 1)),
        locales: Locales::shipped().unwrap(),
    })
}

/// A data set: few groups, many of them small or right at the end of what is rounded alike.
fn data_set(random: &mut Pcg64) -> Vec<Group> {
    let many = random.random_range(2..12);
    // Some data sets have only few values of each thing, others all.
    let spread = random.random_range(1..=6);
    let pick = |random: &mut Pcg64, from: &[&'static str]| {
        from[random.random_range(0..spread.min(from.len()))]
    };
    let audiences = Audience::ALL.map(Audience::as_str);
    let mut groups = Vec::new();
    for _ in 0..many {
        let answered = match random.random_range(0..6) {
            0 => 9,
            1 => random.random_range(0..10),
            2 => 1,
            3 => random.random_range(2..30) * 5 + 2,
            4 => random.random_range(2..30) * 5 + 3,
            _ => random.random_range(10..90),
        };
        let audience = pick(random, &audiences);
        let topic = pick(random, &TOPICS);
        let mut group = Group {
            month: random.random_range(1..=2 * spread as i8),
            audience,
            topic,
            venue: pick(random, &VENUES),
            division: pick(random, &DIVISIONS),
            language: pick(random, &["zh-CN", "en"]),
            profile: pick(random, &["standard", "large"]),
            started: answered + [0, 0, 1, 5][random.random_range(0..4)],
            answered,
            completed: random.random_range(0..=answered),
            questions: Vec::new(),
            requests: Vec::new(),
        };
        for (kind, choices) in [("topic", &ASKED_TOPICS[..]), ("form", &ASKED_FORMS)] {
            let mut left = group.completed;
            for choice in choices.iter().take(random.random_range(0..=choices.len())) {
                // Few, or all that are left.
                let times = match random.random_range(0..4) {
                    0 => left,
                    1 => left.min(9),
                    2 => left.min(random.random_range(0..6)),
                    _ => random.random_range(0..=left),
                };
                left -= times;
                group.requests.push((kind, choice, times));
            }
        }
        let asked = known().catalogue.questions().filter(|(_, question)| {
            let own = Audience::ALL.iter().find(|own| own.as_str() == audience);
            question.pack().topic() == topic && own.is_some_and(|own| question.suits(*own))
        });
        for (asked, _) in asked.take(random.random_range(0..6)) {
            let all = [answered, random.random_range(0..=answered)][random.random_range(0..2)];
            let right = random.random_range(0..=all);
            group
                .questions
                .push((asked.question.clone(), right, all - right));
        }
        groups.push(group);
    }
    groups
}

fn facts(groups: &[Group]) -> Facts {
    let mut facts = Facts::default();
    for group in groups {
        let answers = group.questions.iter().map(|own| own.1 + own.2).sum();
        let counters = Counters {
            started: group.started,
            answered: group.answered,
            completed: group.completed,
            answers,
            correct: group.questions.iter().map(|own| own.1).sum(),
        };
        let moment = Moment {
            date: Some(format!("2026-{:02}-15", group.month)),
            hour: None,
        };
        let kind = Kind {
            audience: group.audience.to_owned(),
            topic: group.topic.to_owned(),
            language: group.language.to_owned(),
            profile: group.profile.to_owned(),
            outcome: "completed".to_owned(),
        };
        let place = Place {
            station: "s".to_owned(),
            division: group.division.to_owned(),
            venue: group.venue.to_owned(),
        };
        facts.times.entry(moment).or_default().add(counters);
        facts.kinds.entry(kind).or_default().add(counters);
        facts.places.entry(place).or_default().add(counters);
        for (question, right, wrong) in &group.questions {
            for (options, correct, times) in [("r", true, right), ("w", false, wrong)] {
                let choice = Choice {
                    pack: format!("{}-basics", group.topic),
                    version: 1,
                    question: question.clone(),
                    options: options.to_owned(),
                    correct,
                };
                *facts.choices.entry(choice).or_default() += times;
            }
        }
        for (kind, choice, times) in group.requests.iter().filter(|own| own.2 > 0) {
            let request = Request {
                kind: (*kind).to_owned(),
                choice: (*choice).to_owned(),
            };
            *facts.requests.entry(request).or_default() += times;
        }
        facts.most_answers = facts.most_answers.max(group.questions.len() as u64);
    }
    facts
}

fn public_edition(facts: &Facts) -> Report {
    let summary = summarise("2026".parse().unwrap(), facts);
    let beside = Beside {
        catalogue: &known().catalogue,
        names: &Names::default(),
        targets: &[],
        today: date(2027, 1, 4),
        sources: &[],
        notes: &[],
    };
    make(&summary, Edition::Public, &beside, &known().locales, "en").unwrap()
}

/// What a reader knows of a number that is shown, by the rule as it is written down.
fn bounds(cell: &Cell) -> (i64, i64) {
    match (
        cell.text(kepu::report::table::Kind::Count).as_str(),
        cell.number(),
    ) {
        ("<10", _) => (1, 9),
        (_, Some(0)) => (0, 0),
        (_, Some(about)) => {
            let about = i64::try_from(about).unwrap();
            assert_eq!(about % 5, 0);
            ((about - 2).max(10), about + 2)
        }
        other => panic!("{other:?}"),
    }
}

fn id(cell: &Cell) -> String {
    match cell {
        Cell::Named { id, .. } => id.clone(),
        Cell::Text(text) => text.clone(),
        other => panic!("{other:?}"),
    }
}

/// A number of the edition: where it stands and what it truly is.
#[derive(Debug)]
struct Number {
    at: usize,
    truth: i64,
    place: String,
}

/// What a reader can put together from an edition, and the numbers worth knowing.
fn put_together(report: &Report, groups: &[Group], most_answers: i64) -> (System, Vec<Number>) {
    let mut system = System::default();
    let mut cells = Vec::new();
    let sum = |of: fn(&Group) -> u64| groups.iter().map(of).sum::<u64>();
    let overview = table(report, "overview").unwrap();
    let wholes = [
        ("started", sum(|group| group.started)),
        ("answered", sum(|group| group.answered)),
        ("completed", sum(|group| group.completed)),
    ];
    let [started, answered, completed] = wholes.map(|(name, truth)| {
        let row = overview
            .rows
            .iter()
            .find(|row| id(&row[0]) == name)
            .unwrap();
        let (from, to) = bounds(&row[1]);
        let at = system.number(from, to);
        let truth = i64::try_from(truth).unwrap();
        cells.push(Number {
            at,
            truth,
            place: name.to_owned(),
        });
        at
    });
    system.tie(vec![(started, 1), (answered, -1)], 0, ENDLESS);
    system.tie(vec![(answered, 1), (completed, -1)], 0, ENDLESS);
    let mut rows: BTreeMap<(String, String), usize> = BTreeMap::new();
    for table in report
        .tables
        .iter()
        .filter(|table| table.id.starts_with("by_"))
    {
        let column = table.columns[0].id;
        let mut terms = vec![(answered, -1)];
        for row in &table.rows {
            let own = id(&row[0]);
            let (from, to) = bounds(&row[1]);
            let at = system.number(from, to);
            terms.push((at, 1));
            let mine = groups.iter().filter(|group| is_of(group, column, &own));
            let truth = i64::try_from(mine.map(|group| group.answered).sum::<u64>()).unwrap();
            cells.push(Number {
                at,
                truth,
                place: format!("{column} {own}"),
            });
            rows.insert((column.to_owned(), own), at);
        }
        system.tie(terms, 0, 0);
    }
    for (table, kind) in [("requested_topics", "topic"), ("requested_forms", "form")] {
        let Some(table) = self::table(report, table) else {
            continue;
        };
        // Each of them in a completed session of its own.
        let mut terms = vec![(completed, -1)];
        for row in &table.rows {
            let own = id(&row[0]);
            let (from, to) = bounds(&row[1]);
            let at = system.number(from, to);
            terms.push((at, 1));
            let asked = groups.iter().flat_map(|group| &group.requests);
            let mine = asked.filter(|asked| (asked.0, asked.1) == (kind, own.as_str()));
            let truth = i64::try_from(mine.map(|asked| asked.2).sum::<u64>()).unwrap();
            cells.push(Number {
                at,
                truth,
                place: format!("asked for {own}"),
            });
        }
        system.tie(terms, -ENDLESS, 0);
    }
    questions(report, &mut system, &rows, answered, most_answers);
    (system, cells)
}

fn is_of(group: &Group, column: &str, row: &str) -> bool {
    match column {
        "month" => format!("2026-{:02}", group.month) == row,
        "audience" => group.audience == row,
        "topic" => group.topic == row,
        "venue" => group.venue == row,
        "division" => place_at(group.division, Level::County) == row,
        "language" => group.language == row,
        "profile" => group.profile == row,
        other => panic!("{other}"),
    }
}

/// That a share is shown says that there were 30 answers, in sessions of the question's topic and
/// of audiences that it is asked of, and none with more answers than the most.
fn questions(
    report: &Report,
    system: &mut System,
    rows: &BTreeMap<(String, String), usize>,
    answered: usize,
    most_answers: i64,
) {
    let Some(table) = table(report, "questions") else {
        return;
    };
    let mut by_part: BTreeMap<Vec<usize>, i64> = BTreeMap::new();
    for row in &table.rows {
        let shown = id(&row[2]);
        let mut found = known().catalogue.questions();
        let (_, question) = found.find(|(asked, _)| asked.question == shown).unwrap();
        let topic = rows.get(&("topic".to_owned(), question.pack().topic().to_owned()));
        let suits = Audience::ALL
            .iter()
            .filter(|audience| question.suits(**audience));
        let audience = |own: &Audience| rows.get(&("audience".to_owned(), own.as_str().to_owned()));
        let mut audiences: Vec<usize> = suits.filter_map(audience).copied().collect();
        if !rows.keys().any(|(column, _)| column == "audience") {
            audiences.clear();
        }
        let parts = [
            Some(vec![answered]),
            topic.map(|at| vec![*at]),
            Some(audiences),
        ];
        for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
            let terms = part.iter().map(|at| (*at, 1)).collect();
            system.tie(terms, 30, ENDLESS);
            *by_part.entry(part).or_default() += 30;
        }
    }
    for (part, answers) in by_part {
        let terms = part.iter().map(|at| (*at, most_answers)).collect();
        system.tie(terms, answers, ENDLESS);
    }
}

fn table<'a>(report: &'a Report, id: &str) -> Option<&'a Table> {
    report.tables.iter().find(|table| table.id == id)
}

/// The numbers from 1 to 9 that a reader of this edition can work out.
fn pinned(report: &Report, groups: &[Group], most_answers: i64) -> Vec<String> {
    let (system, cells) = put_together(report, groups, most_answers);
    let small = cells.iter().filter(|cell| (1..10).contains(&cell.truth));
    small
        .filter(|cell| system.pins(cell.at, cell.truth))
        .map(|cell| format!("{} is {}", cell.place, cell.truth))
        .collect()
}

fn how_many() -> u64 {
    let asked = std::env::var("KEPU_DATA_SETS").ok();
    asked.map_or(1000, |text| text.parse().unwrap())
}

#[test]
fn no_small_number_of_any_edition_can_be_worked_out() {
    let (mut small, mut left_out, mut shares, mut asked) = (0, 0, 0, [0, 0]);
    for seed in 0..how_many() {
        let groups = data_set(&mut Pcg64::seed_from_u64(seed));
        let facts = facts(&groups);
        let report = public_edition(&facts);
        let found = pinned(&report, &groups, facts.most_answers as i64);
        assert!(found.is_empty(), "data set {seed}: {found:?}");
        let tables = report
            .tables
            .iter()
            .filter(|table| table.id.starts_with("by_"));
        let shown: Vec<&Cell> = tables
            .flat_map(|table| &table.rows)
            .map(|row| &row[1])
            .collect();
        small += shown
            .iter()
            .filter(|cell| ***cell == Cell::Shown(Shown::Few))
            .count();
        left_out += usize::from(report.notes.iter().any(|note| note.contains("left out")));
        for (requested, asked) in ["requested_topics", "requested_forms"]
            .iter()
            .zip(&mut asked)
        {
            *asked += usize::from(table(&report, requested).is_some());
        }
        shares += table(&report, "questions").map_or(0, |table| table.rows.len());
    }
    // The data sets are of the kind that is to be attacked.
    let many = usize::try_from(how_many()).unwrap();
    assert!(
        small > many && left_out > 0 && shares > many / 4,
        "{small} {left_out} {shares}"
    );
    assert!(
        asked.iter().all(|shown| (many / 10..many).contains(shown)),
        "{asked:?}"
    );
}

#[test]
fn the_attack_succeeds_where_tables_are_only_rounded() {
    let mut broken = 0;
    for seed in 0..400 {
        let groups = data_set(&mut Pcg64::seed_from_u64(seed));
        let mut report = public_edition(&facts(&groups));
        report.tables.retain(|table| table.id == "overview");
        // What a careless program would publish: every table, each number by itself.
        let columns = [
            "month", "audience", "topic", "venue", "division", "language", "profile",
        ];
        for (id, column) in ["by_a", "by_b", "by_c", "by_d", "by_e", "by_f", "by_g"]
            .into_iter()
            .zip(columns)
        {
            report.tables.push(careless(id, column, &groups));
        }
        broken += usize::from(!pinned(&report, &groups, 0).is_empty());
    }
    assert!(broken > 4, "only {broken} of 400");
}

fn careless(id: &'static str, column: &'static str, groups: &[Group]) -> Table {
    use kepu::report::table::{Column, Kind};
    let row = |group: &Group| match column {
        "month" => format!("2026-{:02}", group.month),
        "audience" => group.audience.to_owned(),
        "topic" => group.topic.to_owned(),
        "venue" => group.venue.to_owned(),
        "division" => place_at(group.division, Level::County).to_owned(),
        "language" => group.language.to_owned(),
        _ => group.profile.to_owned(),
    };
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for group in groups {
        *counts.entry(row(group)).or_default() += group.answered;
    }
    Table {
        id,
        title: String::new(),
        note: None,
        columns: vec![Column {
            id: column,
            label: String::new(),
            kind: Kind::Text,
        }],
        rows: counts
            .into_iter()
            .map(|(id, count)| vec![Cell::Text(id), Cell::Shown(Shown::of(count))])
            .collect(),
        total: None,
        chart: None,
    }
}

/// Every way to divide a number into so many rows.
fn divisions(whole: u64, rows: usize) -> Vec<Vec<u64>> {
    if rows == 1 {
        return vec![vec![whole]];
    }
    let first = 0..=whole;
    first
        .flat_map(|first| {
            divisions(whole - first, rows - 1)
                .into_iter()
                .map(move |mut rest| {
                    rest.insert(0, first);
                    rest
                })
        })
        .collect()
}

/// Publishes every data set of a small world and finds numbers that all of those that look alike
/// share. `shape`: the rows of each table; `last`: the most sessions; `counters_differ`: whether
/// the three counters may differ, or the reader knows that they do not.
fn pinned_in_world(shape: &[usize], last: u64, counters_differ: bool) -> (usize, Vec<String>) {
    // For each edition the least and the most of every number behind it.
    let mut editions: HashMap<Published, Vec<(u64, u64)>> = HashMap::new();
    let mut left_out = 0;
    for whole in 0..=last {
        let mut worlds: Vec<Vec<Vec<u64>>> = vec![Vec::new()];
        for rows in shape {
            let own = divisions(whole, *rows);
            worlds = worlds
                .iter()
                .flat_map(|world| {
                    own.iter()
                        .map(move |table| [world.as_slice(), std::slice::from_ref(table)].concat())
                })
                .collect();
        }
        for tables in worlds {
            let started = if counters_differ {
                whole..=last
            } else {
                whole..=whole
            };
            let completed = if counters_differ {
                0..=whole
            } else {
                whole..=whole
            };
            let both = started.flat_map(|own| completed.clone().map(move |less| (own, less)));
            for (started, completed) in both {
                let counters = Whole {
                    started,
                    answered: whole,
                    completed,
                };
                let published = protect(counters, &tables, &[]);
                left_out += usize::from(whole >= 30 && published.tables.contains(&None));
                let numbers = tables.iter().flatten().copied();
                let wholes = [started, whole, completed];
                let numbers = numbers.chain(wholes);
                let seen = editions.entry(published);
                let seen = seen.or_insert_with(|| numbers.clone().map(|own| (own, own)).collect());
                for (seen, own) in seen.iter_mut().zip(numbers) {
                    *seen = (seen.0.min(own), seen.1.max(own));
                }
            }
        }
    }
    let is_whole = |published: &&Published| published.whole.started.most() <= last;
    let pinned = editions.iter().filter(|(published, _)| is_whole(published));
    let pinned = pinned.flat_map(|(published, seen)| {
        let small = seen
            .iter()
            .filter(|(least, most)| least == most && (1..10).contains(least));
        small.map(move |(own, _)| format!("{own} behind {published:?}"))
    });
    (left_out, pinned.collect())
}

#[test]
fn in_small_worlds_no_number_of_a_part_is_the_same_in_all_data_sets_that_look_alike() {
    // Every whole in two rows, and every part of it in two: numbers are those of both tables.
    let last = 44;
    let mut editions: HashMap<Published, Vec<(u64, u64)>> = HashMap::new();
    let mut left_out = 0;
    for whole in 28..=last {
        for table in divisions(whole, 2) {
            for part in (0..=whole).flat_map(|part| divisions(part, 2)) {
                let counters = Whole {
                    started: whole,
                    answered: whole,
                    completed: whole,
                };
                let published = protect(
                    counters,
                    std::slice::from_ref(&table),
                    std::slice::from_ref(&part),
                );
                left_out += usize::from(published.parts[0].is_none());
                let numbers = table.iter().chain(&part).copied();
                let seen = editions.entry(published);
                let seen = seen.or_insert_with(|| numbers.clone().map(|own| (own, own)).collect());
                for (seen, own) in seen.iter_mut().zip(numbers) {
                    *seen = (seen.0.min(own), seen.1.max(own));
                }
            }
        }
    }
    // Of a whole that is shown as one near the end, not every data set was thought up.
    let is_whole = |published: &&Published| published.whole.started.most() <= last;
    let pinned: Vec<_> = editions
        .iter()
        .filter(|(published, _)| is_whole(published))
        .filter(|(_, seen)| {
            let mut seen = seen.iter();
            seen.any(|(least, most)| least == most && (1..10).contains(least))
        })
        .collect();
    assert!(
        pinned.is_empty(),
        "{} such as {:?}",
        pinned.len(),
        pinned.first()
    );
    assert!(left_out > 0, "nothing was ever left out");
}

#[test]
fn in_small_worlds_no_number_is_the_same_in_all_data_sets_that_look_alike() {
    let far = if how_many() >= 10_000 { 62 } else { 42 };
    for (shape, last, counters_differ) in [
        (&[2][..], 100, false),
        (&[2], 42, true),
        (&[3], 62, false),
        (&[2, 2], far + 20, false),
        (&[3, 2], far, false),
        (&[2, 2, 2], far, false),
    ] {
        let (left_out, pinned) = pinned_in_world(shape, last, counters_differ);
        let some = pinned.first();
        assert!(
            pinned.is_empty(),
            "{shape:?}: {} such as {some:?}",
            pinned.len()
        );
        assert!(left_out > 0, "{shape:?}: nothing was ever left out");
    }
}

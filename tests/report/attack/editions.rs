//! The attack on whole editions: what a reader can put together from one, given to the solver.

use std::collections::BTreeMap;

use jiff::civil::date;
use kepu::{
    bank::Audience,
    records::report::Facts,
    report::{
        Beside, Edition, Report,
        disclosure::Shown,
        make,
        places::{Level, Names, place_at},
        summary::summarise,
        table::{Cell, Table},
    },
};
use rand::SeedableRng;
use rand_pcg::Pcg64;

use super::{
    Group,
    data::{data_set, facts},
    how_many, known,
};
use crate::report::{
    id,
    solver::{ENDLESS, System},
};

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

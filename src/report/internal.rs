//! The tables of the internal edition: everything, exact.

use super::disclosure::{Answers, LEAST_FOR_RATE};
use super::requested::requested;
use super::summary::{Asked, By, Summary};
use super::table::{Cell, Chart, Column, Kind, Table};
use super::targets::Target;
use super::words::Words;
use crate::bank::Audience;
use crate::config::VENUES;
use crate::records::report::Counters;

/// The columns of the three counters.
const COUNTERS: [&str; 3] = ["started", "answered", "completed"];

/// The three counters as cells.
fn three(counters: &Counters) -> [Cell; 3] {
    [counters.started, counters.answered, counters.completed].map(Cell::Count)
}

/// Every table.
pub(super) fn tables(summary: &Summary, targets: &[Target], words: &Words<'_>) -> Vec<Table> {
    let one = |id, title: String, column: &'static str, rows: Vec<(Cell, Counters)>| {
        by_one(words, summary, (id, title), column, rows)
    };
    let cells = |by: &By, order: &[&str], cell: &dyn Fn(&str) -> Cell| -> Vec<(Cell, Counters)> {
        let ids = in_order(by, order);
        let rows = ids.map(|(id, counters)| (cell(id), counters));
        rows.collect()
    };
    let audiences = Audience::ALL.map(Audience::as_str);
    let mut tables = vec![
        overview(summary, words),
        super::reached::table(targets, words, &|target| reached(summary, target)),
        by_month(summary, words),
        one(
            "by_audience",
            words.say("report-by-audience"),
            "audience",
            cells(&summary.audience, &audiences, &|id| words.audience(id)),
        ),
        one(
            "by_topic",
            words.say("report-by-topic"),
            "topic",
            cells(&summary.topic, &[], &|id| words.topic(id)),
        ),
        by_audience_and_topic(summary, words),
        one(
            "by_venue",
            words.say("report-by-venue"),
            "venue",
            cells(&summary.venue, &VENUES, &|id| words.venue(id)),
        ),
        by_division(summary, words),
        by_station(summary, words),
        one(
            "by_language",
            words.say("report-by-language"),
            "language",
            cells(&summary.language, &[], &|tag| words.language_name(tag)),
        ),
        one(
            "by_profile",
            words.say("report-by-profile"),
            "profile",
            cells(&summary.profile, &["standard", "large"], &|id| {
                words.profile(id)
            }),
        ),
        one(
            "by_outcome",
            words.say("report-by-outcome"),
            "outcome",
            cells(
                &summary.outcome,
                &["completed", "abandoned", "timed_out", "interrupted"],
                &|id| words.outcome(id),
            ),
        ),
    ];
    tables.extend(by_hour(summary, words));
    for own in requested(&summary.requests) {
        let counts = own.choices.iter().map(|(_, times)| Cell::Count(*times));
        tables.push(own.table(words, counts.collect()));
    }
    tables.push(by_pack(summary, words));
    tables.push(questions(summary, words));
    tables.push(super::review::table(words));
    tables.retain(|table| !table.rows.is_empty());
    tables
}

/// What a target is compared with.
fn reached(summary: &Summary, target: &Target) -> Cell {
    let Some((part, id)) = target.part() else {
        return Cell::Count(match target.what.as_str() {
            "started" => summary.whole.started,
            "completed" => summary.whole.completed,
            "answers" => summary.whole.answers,
            "days_active" => summary.days_active,
            "stations_active" => summary.stations_active,
            "townships_covered" => summary.townships_covered,
            _ => summary.whole.answered,
        });
    };
    let of = |by: &By| by.get(id).map_or(0, |counters| counters.answered);
    Cell::Count(match part {
        "audience" => of(&summary.audience),
        "topic" => of(&summary.topic),
        "venue" => of(&summary.venue),
        "language" => of(&summary.language),
        "division" => summary
            .divisions
            .iter()
            .map(|(_, by)| of(by))
            .max()
            .unwrap_or(0),
        _ => {
            let own = summary
                .stations
                .iter()
                .filter(|(place, _)| place.station == id);
            own.map(|(_, counters)| counters.answered).sum()
        }
    })
}

/// The rows of a table in a fixed order, then those that the order does not know.
pub(super) fn in_order<'a>(
    by: &'a By,
    order: &'a [&'a str],
) -> impl Iterator<Item = (&'a str, Counters)> {
    let known = order.iter().filter_map(|id| Some((*id, *by.get(*id)?)));
    let rest = by.iter().filter(|(id, _)| !order.contains(&id.as_str()));
    known.chain(rest.map(|(id, counters)| (id.as_str(), *counters)))
}

fn columns(
    words: &Words<'_>,
    named: &[(&'static str, Kind)],
    counts: &[&'static str],
) -> Vec<Column> {
    let named = named.iter().map(|(id, kind)| words.column(id, *kind));
    named
        .chain(counts.iter().map(|id| words.column(id, Kind::Count)))
        .collect()
}

fn total(words: &Words<'_>, named: usize, counts: impl IntoIterator<Item = Cell>) -> Vec<Cell> {
    let mut cells = vec![Cell::Nothing; named];
    if let Some(first) = cells.first_mut() {
        *first = Cell::Text(words.say("report-total"));
    }
    cells.extend(counts);
    cells
}

/// A table of the three counters by one thing.
fn by_one(
    words: &Words<'_>,
    summary: &Summary,
    (id, title): (&'static str, String),
    column: &'static str,
    rows: Vec<(Cell, Counters)>,
) -> Table {
    let rows = rows.into_iter().map(|(cell, counters)| {
        let mut row = vec![cell];
        row.extend(three(&counters));
        row
    });
    Table {
        id,
        title,
        note: None,
        columns: columns(words, &[(column, Kind::Named)], &COUNTERS),
        rows: rows.collect(),
        total: Some(total(words, 1, three(&summary.whole))),
        chart: Some(Chart {
            upright: false,
            names: 0,
            values: vec![2],
        }),
    }
}

fn overview(summary: &Summary, words: &Words<'_>) -> Table {
    let whole = &summary.whole;
    let rows = [
        ("started", whole.started),
        ("answered", whole.answered),
        ("completed", whole.completed),
        ("answers", whole.answers),
        ("correct", whole.correct),
        ("days_active", summary.days_active),
        ("stations_active", summary.stations_active),
        ("townships_covered", summary.townships_covered),
        ("undated", summary.undated.answered),
        ("second_answers", summary.second.answers),
        ("second_correct", summary.second.correct),
    ];
    Table {
        id: "overview",
        title: words.say("report-overview"),
        note: None,
        columns: columns(words, &[("what", Kind::Named)], &["number"]),
        rows: rows
            .into_iter()
            .map(|(id, number)| vec![words.whole(id), Cell::Count(number)])
            .collect(),
        total: None,
        chart: None,
    }
}

fn by_month(summary: &Summary, words: &Words<'_>) -> Table {
    let rows = summary.months.iter().map(|(month, own)| {
        let mut row = vec![words.date(month)];
        row.extend(three(&own.counters));
        row.push(Cell::Count(own.days_active));
        row
    });
    let mut sums = three(&summary.whole).to_vec();
    sums.push(Cell::Count(summary.days_active));
    Table {
        id: "by_month",
        title: words.say("report-by-month"),
        note: None,
        columns: columns(
            words,
            &[("month", Kind::Text)],
            &["started", "answered", "completed", "days_active"],
        ),
        rows: rows.collect(),
        total: Some(total(words, 1, sums)),
        chart: Some(Chart {
            upright: true,
            names: 0,
            values: vec![2, 3],
        }),
    }
}

fn by_audience_and_topic(summary: &Summary, words: &Words<'_>) -> Table {
    let mut rows = Vec::new();
    let audiences = Audience::ALL.map(Audience::as_str);
    for (audience, _) in in_order(&summary.audience, &audiences) {
        for ((own, topic), counters) in &summary.audience_topic {
            if own == audience {
                let mut row = vec![words.audience(audience), words.topic(topic)];
                row.extend(three(counters));
                rows.push(row);
            }
        }
    }
    Table {
        id: "by_audience_and_topic",
        title: words.say("report-by-audience-and-topic"),
        note: None,
        columns: columns(
            words,
            &[("audience", Kind::Named), ("topic", Kind::Named)],
            &COUNTERS,
        ),
        rows,
        total: Some(total(words, 2, three(&summary.whole))),
        chart: None,
    }
}

fn by_division(summary: &Summary, words: &Words<'_>) -> Table {
    let rows = summary.divisions.iter().flat_map(|(level, by)| {
        by.iter().map(|(digits, counters)| {
            let mut row = vec![words.level(*level), words.place(digits)];
            row.extend(three(counters));
            row
        })
    });
    Table {
        id: "by_division",
        title: words.say("report-by-division"),
        note: Some(words.say("report-by-division-note")),
        columns: columns(
            words,
            &[("level", Kind::Named), ("division", Kind::Coded)],
            &COUNTERS,
        ),
        rows: rows.collect(),
        // Each level adds up to the whole: one sum below all of them would be five times as much.
        total: None,
        chart: None,
    }
}

fn by_station(summary: &Summary, words: &Words<'_>) -> Table {
    let rows = summary.stations.iter().map(|(place, counters)| {
        let mut row = vec![
            words.station(&place.station),
            words.venue(&place.venue),
            words.place(super::places::place_at(
                &place.division,
                super::places::Level::Village,
            )),
        ];
        row.extend(three(counters));
        row
    });
    Table {
        id: "by_station",
        title: words.say("report-by-station"),
        note: None,
        columns: columns(
            words,
            &[
                ("station", Kind::Named),
                ("venue", Kind::Named),
                ("division", Kind::Coded),
            ],
            &COUNTERS,
        ),
        rows: rows.collect(),
        total: Some(total(words, 3, three(&summary.whole))),
        chart: None,
    }
}

/// Hours of the day, where they are known: batches carry none.
fn by_hour(summary: &Summary, words: &Words<'_>) -> Option<Table> {
    let (first, _) = summary.hours.first_key_value()?;
    let (last, _) = summary.hours.last_key_value()?;
    let mut rows: Vec<_> = (*first..=*last)
        .map(|hour| {
            let counters = summary.hours.get(&hour).copied().unwrap_or_default();
            (
                Cell::Named {
                    id: hour.to_string(),
                    name: format!("{hour:02}:00"),
                },
                counters,
            )
        })
        .collect();
    if summary.without_hour != Counters::default() {
        rows.push((words.station(""), summary.without_hour));
    }
    let title = words.say("report-by-hour");
    let mut table = by_one(words, summary, ("by_hour", title), "hour", rows);
    table.note = Some(words.say("report-by-hour-note"));
    table.chart = table.chart.map(|chart| Chart {
        upright: true,
        ..chart
    });
    Some(table)
}

/// A share, hidden where it would be of too few.
fn share(answers: Answers) -> Cell {
    if answers.all() < LEAST_FOR_RATE {
        return Cell::Nothing;
    }
    Cell::PerMille((answers.right * 2000 + answers.all()) / (answers.all() * 2))
}

fn by_pack(summary: &Summary, words: &Words<'_>) -> Table {
    let rows = summary.packs.iter().map(|((pack, version), answers)| {
        vec![
            words.pack(pack, *version),
            Cell::Count(u64::from(*version)),
            Cell::Count(answers.all()),
            Cell::Count(answers.right),
        ]
    });
    let (all, right) = summary
        .packs
        .values()
        .fold((0, 0), |(all, right), answers| {
            (all + answers.all(), right + answers.right)
        });
    Table {
        id: "by_pack",
        title: words.say("report-by-pack"),
        note: None,
        columns: columns(
            words,
            &[("pack", Kind::Named), ("version", Kind::Count)],
            &["answers", "correct"],
        ),
        rows: rows.collect(),
        total: Some(total(words, 2, [Cell::Count(all), Cell::Count(right)])),
        chart: None,
    }
}

fn questions(summary: &Summary, words: &Words<'_>) -> Table {
    let rows = summary.questions.iter().map(|(asked, answered)| {
        let Asked { pack, version, .. } = asked;
        let mut row = vec![
            words.pack(pack, *version),
            Cell::Count(u64::from(*version)),
            words.question(asked),
            Cell::Count(answered.answers.all()),
            Cell::Count(answered.answers.right),
            share(answered.answers),
        ];
        row.extend(match &answered.top_wrong {
            Some((options, times)) => [
                words.options(asked, options),
                Cell::Count(*times),
                words.misconceptions(asked, options),
            ],
            None => [Cell::Nothing, Cell::Nothing, Cell::Nothing],
        });
        let second = answered.second;
        row.extend([second.answers, second.correct].map(Cell::Count));
        row
    });
    let named = [
        ("pack", Kind::Named),
        ("version", Kind::Count),
        ("question", Kind::Named),
        ("answers", Kind::Count),
        ("correct", Kind::Count),
        ("share_correct", Kind::Share),
        ("most_chosen_wrong", Kind::Named),
        ("times_chosen", Kind::Count),
        ("misconception", Kind::Named),
        ("second_answers", Kind::Count),
        ("second_correct", Kind::Count),
    ];
    Table {
        id: "questions",
        title: words.say("report-questions"),
        note: Some(words.say("report-questions-note")),
        columns: columns(words, &named, &[]),
        rows: rows.collect(),
        total: None,
        chart: None,
    }
}

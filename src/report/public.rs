//! The tables of the public edition: what `disclosure` lets through, and nothing across tables.

use std::collections::{BTreeMap, BTreeSet};

use super::disclosure::{Part, Published, Shown, Whole, percent, protect, rates};
use super::internal::in_order;
use super::places::Level;
use super::requested::requested;
use super::summary::{Asked, By, Summary};
use super::table::{Cell, Chart, Kind, Table};
use super::targets::Target;
use super::words::Words;
use crate::bank::{Audience, Question};
use crate::config::VENUES;

/// A one-way table of the answered sessions: it divides all of them.
struct OneWay {
    id: &'static str,
    title: String,
    column: &'static str,
    /// Each row: its id, how it is shown, and its sessions.
    rows: Vec<(String, Cell, u64)>,
}

/// The one-way tables, those that matter most first: of two that do not go together the later one
/// is left out.
fn one_way(summary: &Summary, words: &Words<'_>) -> Vec<OneWay> {
    let rows = |by: &By, order: &[&str], cell: &dyn Fn(&str) -> Cell| {
        let rows = in_order(by, order).map(|(id, own)| (id.to_owned(), cell(id), own.answered));
        rows.collect()
    };
    let audiences = Audience::ALL.map(Audience::as_str);
    let months = summary.months.iter();
    let counties = summary
        .divisions
        .iter()
        .find(|(level, _)| *level == Level::County);
    let no_places = By::new();
    vec![
        OneWay {
            id: "by_month",
            title: words.say("report-by-month"),
            column: "month",
            rows: months
                .map(|(month, own)| (month.clone(), words.date(month), own.counters.answered))
                .collect(),
        },
        OneWay {
            id: "by_audience",
            title: words.say("report-by-audience"),
            column: "audience",
            rows: rows(&summary.audience, &audiences, &|id| words.audience(id)),
        },
        OneWay {
            id: "by_topic",
            title: words.say("report-by-topic"),
            column: "topic",
            rows: rows(&summary.topic, &[], &|id| words.topic(id)),
        },
        OneWay {
            id: "by_venue",
            title: words.say("report-by-venue"),
            column: "venue",
            rows: rows(&summary.venue, &VENUES, &|id| words.venue(id)),
        },
        OneWay {
            id: "by_division",
            title: words.say("report-by-county"),
            column: "division",
            rows: rows(counties.map_or(&no_places, |(_, by)| by), &[], &|id| {
                words.place(id)
            }),
        },
        OneWay {
            id: "by_language",
            title: words.say("report-by-language"),
            column: "language",
            rows: rows(&summary.language, &[], &|tag| words.language_name(tag)),
        },
        OneWay {
            id: "by_profile",
            title: words.say("report-by-profile"),
            column: "profile",
            rows: rows(&summary.profile, &["standard", "large"], &|id| {
                words.profile(id)
            }),
        },
    ]
}

/// The tables, and a note for each that is left out.
pub(super) fn tables(
    summary: &Summary,
    targets: &[Target],
    words: &Words<'_>,
) -> (Vec<Table>, Vec<String>) {
    let one_way = one_way(summary, words);
    let counts: Vec<Vec<u64>> = one_way
        .iter()
        .map(|table| table.rows.iter().map(|row| row.2).collect())
        .collect();
    let whole = Whole {
        started: summary.whole.started,
        answered: summary.whole.answered,
        completed: summary.whole.completed,
    };
    let requested = requested(&summary.requests);
    let parts: Vec<Vec<u64>> = requested
        .iter()
        .map(|own| own.choices.iter().map(|(_, times)| *times).collect())
        .collect();
    let published = protect(whole, &counts, &parts);
    let mut notes = Vec::new();
    let mut drawn = Vec::new();
    for (table, shown) in one_way.iter().zip(&published.tables) {
        match shown {
            Some(shown) => drawn.push(draw(table, shown, published.whole.answered, words)),
            None => notes
                .push(words.say_with("report-left-out", &[("title", table.title.as_str().into())])),
        }
    }
    for (own, shown) in requested.iter().zip(&published.parts) {
        if let Some(shown) = shown {
            let counts = shown.iter().map(|shown| Cell::Shown(*shown));
            drawn.push(own.table(words, counts.collect()));
        } else {
            let title = own.title(words);
            notes.push(words.say_with("report-left-out", &[("title", title.into())]));
        }
    }
    let mut tables = vec![
        overview(summary, &published, words),
        super::reached::table(targets, words, &|target| {
            reached(summary, target, &one_way, &published)
        }),
    ];
    tables.extend(drawn);
    tables.push(questions(summary, &one_way, &published, words));
    tables.push(super::review::table(words));
    tables.retain(|table| !table.rows.is_empty());
    (tables, notes)
}

fn draw(table: &OneWay, shown: &[Shown], whole: Shown, words: &Words<'_>) -> Table {
    let kind = match table.column {
        "month" => Kind::Text,
        "division" => Kind::Coded,
        _ => Kind::Named,
    };
    let rows = table.rows.iter().zip(shown);
    Table {
        id: table.id,
        title: table.title.clone(),
        note: Some(words.say("report-rounded-note")),
        columns: vec![
            words.column(table.column, kind),
            words.column("answered", Kind::Count),
        ],
        rows: rows
            .map(|((_, cell, _), shown)| vec![cell.clone(), Cell::Shown(*shown)])
            .collect(),
        total: Some(vec![
            Cell::Text(words.say("report-total")),
            Cell::Shown(whole),
        ]),
        chart: Some(Chart {
            upright: table.column == "month",
            names: 0,
            values: vec![1],
        }),
    }
}

fn overview(summary: &Summary, published: &Published, words: &Words<'_>) -> Table {
    let mut rows = vec![
        ("started", Cell::Shown(published.whole.started)),
        ("answered", Cell::Shown(published.whole.answered)),
        ("completed", Cell::Shown(published.whole.completed)),
    ];
    if published.has_nothing_small() {
        rows.extend([
            ("days_active", Cell::Count(summary.days_active)),
            ("stations_active", Cell::Count(summary.stations_active)),
            ("townships_covered", Cell::Count(summary.townships_covered)),
        ]);
    }
    rows.push(("undated", Cell::Shown(Shown::of(summary.undated.answered))));
    Table {
        id: "overview",
        title: words.say("report-overview"),
        note: Some(words.say("report-rounded-note")),
        columns: vec![
            words.column("what", Kind::Named),
            words.column("number", Kind::Count),
        ],
        rows: rows
            .into_iter()
            .map(|(id, cell)| vec![words.whole(id), cell])
            .collect(),
        total: None,
        chart: None,
    }
}

/// What a target is compared with: only what is shown elsewhere, too.
fn reached(summary: &Summary, target: &Target, one_way: &[OneWay], published: &Published) -> Cell {
    let Some((part, id)) = target.part() else {
        let coverage = |number| match published.has_nothing_small() {
            true => Cell::Count(number),
            false => Cell::Nothing,
        };
        return match target.what.as_str() {
            "started" => Cell::Shown(published.whole.started),
            "answered" => Cell::Shown(published.whole.answered),
            "completed" => Cell::Shown(published.whole.completed),
            "days_active" => coverage(summary.days_active),
            "stations_active" => coverage(summary.stations_active),
            "townships_covered" => coverage(summary.townships_covered),
            _ => Cell::Nothing,
        };
    };
    let tables = one_way.iter().zip(&published.tables);
    let shown = tables
        .filter(|(table, _)| table.column == part)
        .filter_map(|(table, shown)| Some((table, shown.as_ref()?)))
        .find_map(|(table, shown)| {
            let at = table.rows.iter().position(|(own, ..)| own == id)?;
            shown.get(at)
        });
    shown.map_or(Cell::Nothing, |shown| Cell::Shown(*shown))
}

/// Shares of right answers, where what is shown otherwise allows them.
fn questions(
    summary: &Summary,
    one_way: &[OneWay],
    published: &Published,
    words: &Words<'_>,
) -> Table {
    // Of a question whose pack is not known nobody can say to what it is tied.
    let known: Vec<(&Asked, &Question)> = summary
        .questions
        .keys()
        .filter_map(|asked| Some((asked, words.catalogue.question(asked)?)))
        .collect();
    let answers: Vec<_> = known
        .iter()
        .filter_map(|(asked, _)| summary.questions.get(*asked))
        .collect();
    let parts = parts(&known, one_way, published);
    let both: Vec<_> = answers.iter().map(|answered| answered.answers).collect();
    let shown = rates(&both, &parts, summary.most_answers);
    let rows = known
        .iter()
        .zip(&answers)
        .zip(shown)
        .filter(|(_, shown)| *shown);
    let rows = rows.map(|(((asked, _), answered), _)| {
        let top = answered.top_wrong.as_ref();
        let top = top.filter(|(_, times)| *times >= super::disclosure::SMALL);
        let (options, misconception) = match top {
            Some((options, _)) => (
                words.options(asked, options),
                words.misconceptions(asked, options),
            ),
            None => (Cell::Nothing, Cell::Nothing),
        };
        vec![
            words.pack(&asked.pack, asked.version),
            Cell::Count(u64::from(asked.version)),
            words.question(asked),
            Cell::PerMille(percent(answered.answers) * 10),
            options,
            misconception,
        ]
    });
    let columns = [
        ("pack", Kind::Named),
        ("version", Kind::Count),
        ("question", Kind::Named),
        ("share_correct", Kind::Share),
        ("most_chosen_wrong", Kind::Named),
        ("misconception", Kind::Named),
    ];
    Table {
        id: "questions",
        title: words.say("report-questions"),
        note: Some(words.say("report-questions-public-note")),
        columns: words.columns(&columns),
        rows: rows.collect(),
        total: None,
        chart: None,
    }
}

/// The parts of the sessions that questions are tied to: all, each topic, each set of audiences.
fn parts(known: &[(&Asked, &Question)], one_way: &[OneWay], published: &Published) -> Vec<Part> {
    let shown = |column: &str| -> Option<BTreeMap<&str, u64>> {
        let at = one_way.iter().position(|table| table.column == column)?;
        let rows = one_way[at].rows.iter().map(|(id, ..)| id.as_str());
        let least = published.tables[at]
            .as_ref()?
            .iter()
            .map(|shown| shown.least());
        Some(rows.zip(least).collect())
    };
    let mut parts = vec![Part {
        questions: vec![true; known.len()],
        least: published.whole.answered.least(),
    }];
    if let Some(topics) = shown("topic") {
        let asked: BTreeSet<&str> = known.iter().map(|(_, own)| own.pack().topic()).collect();
        parts.extend(asked.into_iter().map(|topic| {
            Part {
                questions: known
                    .iter()
                    .map(|(_, own)| own.pack().topic() == topic)
                    .collect(),
                least: topics.get(topic).copied().unwrap_or(0),
            }
        }));
    }
    if let Some(audiences) = shown("audience") {
        let suits = |question: &Question| -> BTreeSet<&str> {
            let own = Audience::ALL
                .iter()
                .filter(|audience| question.suits(**audience));
            own.map(|audience| audience.as_str()).collect()
        };
        let sets: BTreeSet<_> = known.iter().map(|(_, question)| suits(question)).collect();
        parts.extend(sets.into_iter().map(|set| {
            Part {
                questions: known
                    .iter()
                    .map(|(_, own)| suits(own).is_subset(&set))
                    .collect(),
                least: set
                    .iter()
                    .filter_map(|audience| audiences.get(audience))
                    .sum(),
            }
        }));
    }
    parts
}

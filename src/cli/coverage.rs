//! The coverage table of `kepu check --coverage`: how many questions there are for whom.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::bank::coverage::Row;
use crate::bank::narration::Coverage;
use crate::locale::Locales;

/// The table as lines of text, in columns wherever Han characters are twice as wide as others.
pub(super) fn text(locales: &Locales, language: &str, rows: &[Row]) -> String {
    let header = [
        "coverage-topic",
        "coverage-audience",
        "coverage-easy",
        "coverage-middle",
        "coverage-hard",
        "coverage-single",
        "coverage-true-false",
        "coverage-multi",
        "coverage-order",
        "coverage-total",
    ];
    let mut lines = vec![header.map(|key| locales.format(language, key, &[]))];
    lines.extend(rows.iter().map(|row| {
        let [easy, middle, hard] = row.by_difficulty.map(|count| count.to_string());
        let [single, true_false, multi, order] = row.by_kind.map(|count| count.to_string());
        [
            topic_name(locales, language, &row.topic),
            locales.format(
                language,
                &format!("audience-{}", row.audience.as_str()),
                &[],
            ),
            easy,
            middle,
            hard,
            single,
            true_false,
            multi,
            order,
            row.total().to_string(),
        ]
    }));
    let width_of = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: [usize; 10] = std::array::from_fn(width_of);
    let mut text = String::new();
    for line in &lines {
        let cells = line.iter().zip(widths).enumerate();
        let cells = cells.map(|(column, (cell, width))| {
            let space = " ".repeat(width - cell.width());
            // Words to the left, numbers to the right.
            if column < 2 {
                format!("{cell}{space}")
            } else {
                format!("{space}{cell}")
            }
        });
        let line = cells.collect::<Vec<_>>().join("  ");
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// The topic as visitors read it; a topic that the program does not know has only its id.
fn topic_name(locales: &Locales, language: &str, topic: &str) -> String {
    let key = format!("topic-name-{topic}");
    if locales.has(language, &key) {
        locales.format(language, &key, &[])
    } else {
        topic.to_owned()
    }
}

/// A row for programs.
#[derive(Serialize)]
pub(super) struct JsonRow<'a> {
    topic: &'a str,
    audience: &'static str,
    easy: usize,
    middle: usize,
    hard: usize,
    single: usize,
    true_false: usize,
    multi: usize,
    order: usize,
    total: usize,
}

/// The table for programs.
pub(super) fn json(rows: &[Row]) -> Vec<JsonRow<'_>> {
    let rows = rows.iter().map(|row| {
        let [easy, middle, hard] = row.by_difficulty;
        let [single, true_false, multi, order] = row.by_kind;
        JsonRow {
            topic: &row.topic,
            audience: row.audience.as_str(),
            easy,
            middle,
            hard,
            single,
            true_false,
            multi,
            order,
            total: row.total(),
        }
    });
    rows.collect()
}

/// How much of packs can be heard: a line for each language of each.
pub(super) fn heard(locales: &Locales, language: &str, rows: &[Coverage]) -> String {
    let lines = rows.iter().map(|row| {
        let args = [
            ("pack", row.pack.as_str().into()),
            ("language", row.language.as_str().into()),
            ("recorded", row.recorded.into()),
            ("synthetic", row.synthetic.into()),
            ("silent", row.silent.into()),
        ];
        locales.format(language, "coverage-heard", &args) + "\n"
    });
    lines.collect()
}

/// One such line for programs.
#[derive(Serialize)]
pub(super) struct JsonHeard<'a> {
    pack: &'a str,
    language: &'a str,
    recorded: usize,
    synthetic: usize,
    silent: usize,
}

impl<'a> JsonHeard<'a> {
    pub(super) fn of(row: &'a Coverage) -> Self {
        Self {
            pack: &row.pack,
            language: &row.language,
            recorded: row.recorded,
            synthetic: row.synthetic,
            silent: row.silent,
        }
    }
}

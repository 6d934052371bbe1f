//! The table of questions that are past their review date: they are not served any more.

use super::table::{Cell, Kind, Table};
use super::words::Words;

/// Every known question whose last day is over, with that day.
pub(super) fn table(words: &Words<'_>) -> Table {
    let late = words
        .catalogue
        .questions()
        .filter(|(_, question)| !question.is_current(words.today));
    let rows = late.map(|(asked, question)| {
        vec![
            words.pack(&asked.pack, asked.version),
            Cell::Count(u64::from(asked.version)),
            words.question(asked),
            words.date(&question.review_by().to_string()),
        ]
    });
    let columns = [
        ("pack", Kind::Named),
        ("version", Kind::Count),
        ("question", Kind::Named),
        ("review_by", Kind::Text),
    ];
    Table {
        id: "past_review",
        title: words.say("report-past-review"),
        note: Some(words.say("report-past-review-note")),
        columns: words.columns(&columns),
        rows: rows.collect(),
        total: None,
        chart: None,
    }
}

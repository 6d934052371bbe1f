//! What is said around the tables: what the report is, its notes, its definitions.

use std::collections::BTreeSet;

use super::places::Level;
use super::summary::Summary;
use super::words::Words;
use super::{Beside, Edition};

/// No more codes than this are named in a note.
const MOST_CODES: usize = 10;

/// Of what, for whom and when.
pub(super) fn head(
    summary: &Summary,
    edition: Edition,
    beside: &Beside<'_>,
    words: &Words<'_>,
) -> Vec<(String, String)> {
    let edition = match edition {
        Edition::Internal => words.say("report-edition-internal"),
        Edition::Public => words.say("report-edition-public"),
    };
    let days = words.say_with(
        "report-days",
        &[
            ("first", summary.period.first().to_string().into()),
            ("last", summary.period.last().to_string().into()),
        ],
    );
    let mut head = vec![
        (words.say("report-head-period"), days),
        (words.say("report-head-edition"), edition),
        (words.say("report-head-made-on"), beside.today.to_string()),
        (
            words.say("report-head-program"),
            concat!("Kepu ", env!("CARGO_PKG_VERSION")).to_owned(),
        ),
    ];
    if !beside.sources.is_empty() {
        head.push((words.say("report-head-sources"), beside.sources.join(", ")));
    }
    head
}

/// What a reader must know of these numbers.
pub(super) fn notes(summary: &Summary, edition: Edition, words: &Words<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    if summary.undated.started > 0 {
        notes.push(words.say("report-undated-note"));
    }
    let is_shown = |level: Level| edition == Edition::Internal || level == Level::County;
    let divisions = summary
        .divisions
        .iter()
        .filter(|(level, _)| is_shown(*level));
    let digits: BTreeSet<&str> = divisions
        .flat_map(|(_, by)| by.keys())
        .map(String::as_str)
        .collect();
    let unknown: Vec<&str> = digits
        .into_iter()
        .filter(|digits| words.is_unknown_place(digits))
        .collect();
    if !unknown.is_empty() {
        let more = unknown.len().saturating_sub(MOST_CODES);
        let some: Vec<&str> = unknown.into_iter().take(MOST_CODES).collect();
        notes.push(words.say_with(
            "report-unknown-places",
            &[("codes", some.join(", ").into()), ("more", more.into())],
        ));
    }
    notes
}

/// What the words mean.
pub(super) fn definitions(edition: Edition, words: &Words<'_>) -> Vec<(String, String)> {
    let of = |term: &str| {
        let text = words.say(&format!("{term}.text"));
        (words.say(term), text)
    };
    let mut definitions = vec![
        of("report-define-session"),
        of("report-define-started"),
        of("report-define-answered"),
        of("report-define-completed"),
        of("report-define-not-counted"),
        of("report-define-undated"),
        of("report-define-audience"),
        of("report-define-division"),
        of("report-define-active"),
        of("report-define-share"),
        of("report-define-second"),
        of("report-define-requests"),
        of("report-define-limits"),
    ];
    match edition {
        Edition::Internal => definitions.push(of("report-define-internal")),
        Edition::Public => {
            definitions.push(of("report-define-rounded"));
            definitions.push(of("report-define-protected"));
        }
    }
    definitions
}

/// What is to be filled in by hand before a report leaves the house.
pub(super) fn sign_off(words: &Words<'_>) -> Vec<String> {
    vec![
        words.say("report-sign-unit"),
        words.say("report-sign-prepared"),
        words.say("report-sign-checked"),
        words.say("report-sign-approved"),
        words.say("report-sign-date"),
        words.say("report-sign-seal"),
    ]
}

//! The tables of what visitors would like to learn next: a topic and a form, each by itself.

use std::collections::BTreeMap;

use super::table::{Cell, Chart, Kind, Table};
use super::words::Words;
use crate::requests;

/// How often something was requested, by id.
type Choices = BTreeMap<String, u64>;

/// A kind of request and its choices.
pub(super) struct Requested {
    kind: &'static str,
    /// In the order in which they are offered, then those that are offered no longer.
    pub(super) choices: Vec<(String, u64)>,
}

/// Each kind that something was requested of, with all that is offered.
pub(super) fn requested(by_kind: &BTreeMap<String, Choices>) -> Vec<Requested> {
    let kinds = ["topic", "form"].into_iter();
    let asked = kinds.filter_map(|kind| Some((kind, by_kind.get(kind)?)));
    asked
        .map(|(kind, counts)| {
            let offered = requests::list(kind).iter().map(|entry| &entry.id);
            let is_offered = |id: &&String| offered.clone().any(|own| own == *id);
            let others = counts.keys().filter(|id| !is_offered(id));
            let ids = offered.clone().chain(others);
            let times = |id: &String| counts.get(id).copied().unwrap_or(0);
            Requested {
                kind,
                choices: ids.map(|id| (id.clone(), times(id))).collect(),
            }
        })
        .collect()
}

impl Requested {
    /// The stable id of the table.
    fn id(&self) -> &'static str {
        match self.kind {
            "topic" => "requested_topics",
            _ => "requested_forms",
        }
    }

    /// The heading.
    pub(super) fn title(&self, words: &Words<'_>) -> String {
        match self.kind {
            "topic" => words.say("report-requested-topics"),
            _ => words.say("report-requested-forms"),
        }
    }

    /// The table, with counts as an edition shows them.
    pub(super) fn table(&self, words: &Words<'_>, counts: Vec<Cell>) -> Table {
        let column = match self.kind {
            "topic" => "requested_topic",
            _ => "requested_form",
        };
        let names = self
            .choices
            .iter()
            .map(|(id, _)| words.request(self.kind, id));
        Table {
            id: self.id(),
            title: self.title(words),
            note: Some(words.say("report-requested-note")),
            columns: vec![
                words.column(column, Kind::Named),
                words.column("requests", Kind::Count),
            ],
            rows: names
                .zip(counts)
                .map(|(name, count)| vec![name, count])
                .collect(),
            // No sum: most sessions ask for nothing, and the public edition must not have one.
            total: None,
            chart: Some(Chart {
                upright: false,
                names: 0,
                values: vec![1],
            }),
        }
    }
}

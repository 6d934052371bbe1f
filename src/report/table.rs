//! What every output is written from: tables of cells, in words of one language.
//!
//! A table is made once; the exporters walk it and add nothing, so that no two outputs can disagree.

use super::disclosure::Shown;

/// A report, ready to be written in any format.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The language of the texts, as a tag.
    pub language: String,
    /// What it is, as in "Report for 2026".
    pub title: String,
    /// Of what and when: a label and what is said of it.
    pub head: Vec<(String, String)>,
    /// The fixed note that goes with every number.
    pub footnote: String,
    /// What a reader must know of this report: codes without a name, sessions without a day.
    pub notes: Vec<String>,
    /// The heading of the notes.
    pub notes_title: String,
    /// The tables in the order in which they are shown.
    pub tables: Vec<Table>,
    /// What the words mean: a term and its definition.
    pub definitions: Vec<(String, String)>,
    /// The heading of the definitions.
    pub definitions_title: String,
    /// The heading of the sheet to be signed, and what is to be filled in on it.
    pub sign_off: (String, Vec<String>),
}

/// The id of every table that a report of either edition may have.
pub const IDS: [&str; 18] = [
    "overview",
    "targets",
    "by_month",
    "by_audience",
    "by_topic",
    "by_audience_and_topic",
    "by_venue",
    "by_division",
    "by_station",
    "by_language",
    "by_profile",
    "by_outcome",
    "by_hour",
    "requested_topics",
    "requested_forms",
    "by_pack",
    "questions",
    "past_review",
];

/// Rows alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The stable id, in English: the name of its file.
    pub id: &'static str,
    /// The heading.
    pub title: String,
    /// What must be said right with it.
    pub note: Option<String>,
    /// What the columns hold.
    pub columns: Vec<Column>,
    /// As many cells as columns, each.
    pub rows: Vec<Vec<Cell>>,
    /// The row below all others, where the rows divide a whole.
    pub total: Option<Vec<Cell>>,
    /// How it is drawn, if a picture helps.
    pub chart: Option<Chart>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The stable id, in English.
    pub id: &'static str,
    /// The heading.
    pub label: String,
    /// What its cells are.
    pub kind: Kind,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An id with a name: two columns where programs read.
    Named,
    /// An id with a name where people want to see both, as with codes of places.
    Coded,
    /// A text, or a date as `2026-03-13`.
    Text,
    /// A count.
    Count,
    /// A share of 1.
    Share,
}

/// What stands in a row and a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing: it is not known, too few, or left out.
    Nothing,
    /// A text.
    Text(String),
    /// Something with a stable id.
    Named {
        /// The id.
        id: String,
        /// What people call it.
        name: String,
    },
    /// A count as it is.
    Count(u64),
    /// A count as the public may see it.
    Shown(Shown),
    /// A share in thousandths.
    PerMille(u64),
}

/// How a table is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Upright columns for what runs in time, lying bars for the rest.
    pub upright: bool,
    /// The column whose cells name the bars.
    pub names: usize,
    /// The columns that are drawn, side by side.
    pub values: Vec<usize>,
}

impl Cell {
    /// A count, where there is one to calculate or draw with.
    #[must_use]
    pub fn number(&self) -> Option<u64> {
        match self {
            Self::Count(count) | Self::Shown(Shown::About(count)) => Some(*count),
            _ => None,
        }
    }

    /// The cell as people read it.
    #[must_use]
    pub fn text(&self, kind: Kind) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::Named { id, name } if kind == Kind::Coded && id != name && !id.is_empty() => {
                format!("{name} ({id})")
            }
            Self::Named { name, .. } => name.clone(),
            Self::Count(count) | Self::Shown(Shown::About(count)) => count.to_string(),
            Self::Shown(Shown::Few) => FEW.to_owned(),
            Self::PerMille(share) if share % 10 == 0 => format!("{}%", share / 10),
            Self::PerMille(share) => format!("{}.{}%", share / 10, share % 10),
        }
    }
}

/// How a count from 1 to 9 is shown to the public.
pub const FEW: &str = "<10";

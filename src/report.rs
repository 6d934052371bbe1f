//! What a station, a county or a province reports: gathered once, summarised purely, and written by
//! one exporter a format.
//!
//! Facts are counted by `records`; [`summary`] rolls them up; `internal` and `public` make the
//! tables of the two editions; `csv`, `json`, `xlsx` and `html` turn the same tables into
//! bytes and add nothing. Nothing here prints, and only [`Report::files`] names files.

mod chart;
mod csv;
pub mod disclosure;
pub mod gather;
mod html;
mod internal;
mod json;
mod lines;
pub mod period;
pub mod places;
mod public;
mod reached;
mod requested;
mod review;
mod say;
pub mod summary;
pub mod table;
pub mod targets;
mod words;
mod xlsx;

use jiff::civil::Date;

use crate::locale::Locales;
use period::Period;
use places::Names;
use summary::Summary;
pub use table::Report;
use targets::Target;
pub use words::Catalogue;
use words::Words;

/// For whom a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// Exact, for those who run the stations.
    Internal,
    /// Without small numbers, for everyone.
    Public,
}

/// Why a report cannot be made or written.
#[derive(Debug)]
pub enum Error {
    /// The public edition of a month was asked for.
    PublicMonth {
        /// The month.
        period: Period,
    },
    /// The workbook could not be put together.
    Workbook(rust_xlsxwriter::XlsxError),
    /// A table could not be put together.
    Table(String),
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::PublicMonth { period } => write!(
                f,
                "cannot make a public edition of {period}: months could be subtracted from their \
                 year; ask for the whole year with --year"
            ),
            Self::Workbook(error) => write!(f, "cannot make the workbook: {error}"),
            Self::Table(reason) => write!(f, "cannot make a table: {reason}"),
        }
    }
}

impl std::error::Error for Error {}

/// What a report is made of besides the counts.
#[derive(Debug)]
pub struct Beside<'a> {
    /// The questions that texts are known of.
    pub catalogue: &'a Catalogue,
    /// Names of places.
    pub names: &'a Names,
    /// Targets.
    pub targets: &'a [Target],
    /// The day on which the report is made.
    pub today: Date,
    /// The files that were counted, as people know them.
    pub sources: &'a [String],
    /// What had to be noted while gathering.
    pub notes: &'a [String],
}

/// Makes a report of a summary.
///
/// # Errors
///
/// [`Error::PublicMonth`] for the public edition of less than a year.
pub fn make(
    summary: &Summary,
    edition: Edition,
    beside: &Beside<'_>,
    locales: &Locales,
    language: &str,
) -> Result<Report, Error> {
    let period = summary.period;
    if edition == Edition::Public && !period.is_year() {
        return Err(Error::PublicMonth { period });
    }
    let words = Words::new(locales, language, beside, period.last());
    let (tables, left_out) = match edition {
        Edition::Internal => (
            internal::tables(summary, beside.targets, &words),
            Vec::new(),
        ),
        Edition::Public => public::tables(summary, beside.targets, &words),
    };
    let mut notes = beside.notes.to_vec();
    notes.extend(say::notes(summary, edition, &words));
    notes.extend(left_out);
    Ok(Report {
        language: language.to_owned(),
        title: words.say_with("report-title", &[("period", period.to_string().into())]),
        head: say::head(summary, edition, beside, &words),
        footnote: words.say("report-footnote"),
        notes,
        notes_title: words.say("report-notes"),
        tables,
        definitions: say::definitions(edition, &words),
        definitions_title: words.say("report-definitions"),
        sign_off: (words.say("report-sign-off"), say::sign_off(&words)),
    })
}

impl Report {
    /// Every file of the report: its name and its bytes.
    ///
    /// # Errors
    ///
    /// [`Error::Workbook`] or [`Error::Table`], for more than a file can hold.
    pub fn files(&self, edition: Edition, period: Period) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let stem = stem(edition, period);
        let mut files = Vec::new();
        for table in &self.tables {
            files.push((table_file(&stem, table.id), csv::bytes(table)?));
        }
        files.push((format!("{stem}.html"), html::text(self).into_bytes()));
        files.push((format!("{stem}.xlsx"), xlsx::bytes(self)?));
        Ok(files)
    }

    /// The names of files that an earlier report may have had and this one has not. They must go:
    /// beside this one's tables, an old table may say what this one leaves out.
    pub fn files_gone(&self, edition: Edition, period: Period) -> impl Iterator<Item = String> {
        let stem = stem(edition, period);
        let is_there = |id: &&&str| self.tables.iter().any(|table| table.id == **id);
        let gone = table::IDS.iter().filter(move |id| !is_there(id));
        gone.map(move |id| table_file(&stem, id))
    }

    /// The report as one JSON object.
    #[must_use]
    pub fn json(&self, edition: Edition, period: Period) -> serde_json::Value {
        json::value(self, edition, period)
    }
}

fn stem(edition: Edition, period: Period) -> String {
    let public = match edition {
        Edition::Internal => "",
        Edition::Public => "-public",
    };
    format!("kepu-{period}{public}")
}

fn table_file(stem: &str, id: &str) -> String {
    format!("{stem}-{}.csv", id.replace('_', "-"))
}

//! The figures that staff see at the kiosk: today, this week, this month, and all there is.
//! Visitors' sessions only; read beside the writer, never through it.

use rusqlite::{Connection, params};

use super::file::size_of;
use super::statements::requests;
use super::{Error, RecordStore, RequestRow};

/// From which day on something is counted, as `2026-03-13`. All up to and including today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// Today.
    pub today: String,
    /// The first day of this week.
    pub week: String,
    /// The first day of this month.
    pub month: String,
}

/// The three counters of a span of days, and the answers given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// Sessions in which a question was seen.
    pub started: u64,
    /// Sessions with at least one answer.
    pub answered: u64,
    /// Sessions that reached the results.
    pub completed: u64,
    /// Answers given.
    pub answers: u64,
}

/// What staff see of the records. What was tried again, and sessions of staff and robots, are in
/// none of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Today.
    pub today: Span,
    /// Since the first day of the week.
    pub week: Span,
    /// Since the first day of the month.
    pub month: Span,
    /// Everything that is stored.
    pub all: Span,
    /// Sessions started today in each hour, from 0 to 23.
    pub hours: [u64; 24],
    /// Sessions started today on each topic: the most first.
    pub topics: Vec<(String, u64)>,
    /// What visitors would like to learn next, of all that is stored: topics, then forms, the most
    /// wanted first.
    pub requests: Vec<RequestRow>,
    /// The first day that anything is stored of.
    pub since: Option<String>,
    /// How large the file is, its log included, in bytes.
    pub bytes: u64,
}

impl RecordStore {
    /// Counts what staff want to know. Takes as long as reading every session takes.
    ///
    /// # Errors
    ///
    /// [`Error::Sqlite`] or [`Error::Broken`] when the file cannot be read, [`Error::Closed`]
    /// after a disk fault, [`Error::Io`] when it is gone.
    pub fn figures(&self, days: &Days) -> Result<Figures, Error> {
        let Some(db) = &self.db else {
            return Err(Error::Closed {
                path: self.name().to_owned(),
            });
        };
        let mut figures = gather(db, days).map_err(Error::sqlite("read", self.name()))?;
        if let Some(path) = &self.path {
            figures.bytes = size_of(path)?;
        }
        Ok(figures)
    }
}

fn gather(db: &Connection, days: &Days) -> rusqlite::Result<Figures> {
    let mut figures = Figures::default();
    let mut query = db.prepare(include_str!("sql/spans.sql"))?;
    let mut rows = query.query(params![days.today, days.week, days.month])?;
    while let Some(row) = rows.next()? {
        let number = |column: &str| row.get::<_, i64>(column).map(i64::unsigned_abs);
        let span = Span {
            started: number("started")?,
            answered: number("answered")?,
            completed: number("completed")?,
            answers: number("answers")?,
        };
        match row.get::<_, String>("span")?.as_str() {
            "today" => figures.today = span,
            "week" => figures.week = span,
            "month" => figures.month = span,
            _ => {
                figures.all = span;
                figures.since = row.get("since")?;
            }
        }
    }
    let mut query = db.prepare(include_str!("sql/today.sql"))?;
    let mut rows = query.query([&days.today])?;
    let mut topics: Vec<(String, u64)> = Vec::new();
    while let Some(row) = rows.next()? {
        let started = row.get::<_, i64>("started")?.unsigned_abs();
        let hour = usize::from(row.get::<_, u16>("hour")?);
        if let Some(hour) = figures.hours.get_mut(hour) {
            *hour += started;
        }
        let topic: String = row.get("topic")?;
        match topics.iter_mut().find(|(own, _)| *own == topic) {
            Some((_, sum)) => *sum += started,
            None => topics.push((topic, started)),
        }
    }
    topics.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    figures.topics = topics;
    figures.requests = requests(db)?;
    Ok(figures)
}

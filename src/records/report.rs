//! What a report counts: the counting queries, run over the file of one station or over a collected
//! file of many.
//!
//! The queries in `sql/report` are plain SQL over three relations, `sessions`, `answers` and
//! `requests`; other engines run the same files over batches. Here the three are temporary views over what was opened,
//! limited to a span of days. A large file is counted in parts, by the first digits of the session
//! ids, side by side: sorting many short lists is quicker than sorting a long one, and each part is
//! read at one moment, so that no session is half counted while a kiosk writes.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rusqlite::{Connection, OpenFlags, Row, params};

use super::file::{BUSY_LIMIT, FILE, connect, length};
use super::statements::has_requests;
use super::{Error, file, migrations};

/// No more readers than this side by side: the disk is one.
const MOST_READERS: usize = 4;

/// What each reader may keep of the file in memory, in KiB; its lists are sorted in as much.
const CACHE_KIB: i64 = 8 * 1024;

/// Files below this many bytes are counted in one part.
const SMALL: u64 = 4 * 1024 * 1024;

/// How many parts a larger file is counted in: sessions are spread evenly by two hex digits.
const PARTS: usize = 32;

/// Greater than every session id.
const BEYOND: &str = "\u{10FFFF}";

/// Where a station stands; what its own file does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The station's id; empty when nobody has named it.
    pub station: String,
    /// Its administrative division, a code of 12 digits; empty when it is not known.
    pub division: String,
    /// The id of its kind of place; empty when it is not known.
    pub venue: String,
}

/// When sessions began.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// The local date, as `2026-03-13`; `None` where the clock was not set.
    pub date: Option<String>,
    /// The local hour; batches carry none.
    pub hour: Option<u8>,
}

/// What visitors chose and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kind {
    /// The id of the audience.
    pub audience: String,
    /// The id of the topic.
    pub topic: String,
    /// The language tag.
    pub language: String,
    /// The id of the profile.
    pub profile: String,
    /// The outcome as it is stored, or `open`.
    pub outcome: String,
}

/// One way to answer a question.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Choice {
    /// The id of the pack.
    pub pack: String,
    /// Its version.
    pub version: u32,
    /// The id of the question.
    pub question: String,
    /// The ids of the chosen options with spaces between, sorted unless their order is the answer.
    pub options: String,
    /// Whether that is right.
    pub correct: bool,
}

/// Answers to a question that had been missed and was tried again at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Retries {
    /// All of them.
    pub answers: u64,
    /// Those that were right.
    pub correct: u64,
}

impl Retries {
    /// Adds others to these.
    pub fn add(&mut self, other: Retries) {
        self.answers += other.answers;
        self.correct += other.correct;
    }
}

/// What visitors would like to learn next.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Request {
    /// The kind, as it is stored.
    pub kind: String,
    /// The id of what was chosen.
    pub choice: String,
}

/// The three counters and what they are made of; sessions, never people.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counters {
    /// Sessions in which a question was seen.
    pub started: u64,
    /// Sessions with at least one answer.
    pub answered: u64,
    /// Sessions that reached the results.
    pub completed: u64,
    /// Answers given.
    pub answers: u64,
    /// Right answers.
    pub correct: u64,
}

impl Counters {
    /// Adds others to these.
    pub fn add(&mut self, other: Counters) {
        self.started += other.started;
        self.answered += other.answered;
        self.completed += other.completed;
        self.answers += other.answers;
        self.correct += other.correct;
    }
}

/// Everything a report is made of. Visitors only, each round once; what several files hold can be added up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// By day and hour; what has no day is in none of the others.
    pub times: BTreeMap<Moment, Counters>,
    /// By what visitors chose and how it ended.
    pub kinds: BTreeMap<Kind, Counters>,
    /// By station.
    pub places: BTreeMap<Place, Counters>,
    /// How often each answer was given to each question.
    pub choices: BTreeMap<Choice, u64>,
    /// The most answers in one session.
    pub most_answers: u64,
    /// What was tried again, by pack, version and question: in none of the others.
    pub retries: BTreeMap<(String, u32, String), Retries>,
    /// In how many sessions that reached the results something was requested.
    pub requests: BTreeMap<Request, u64>,
}

impl Facts {
    /// Adds the facts of other sessions to these.
    pub fn add(&mut self, other: Facts) {
        fn each<K: Ord>(into: &mut BTreeMap<K, Counters>, from: BTreeMap<K, Counters>) {
            for (key, counters) in from {
                into.entry(key).or_default().add(counters);
            }
        }
        each(&mut self.times, other.times);
        each(&mut self.kinds, other.kinds);
        each(&mut self.places, other.places);
        for (choice, times) in other.choices {
            *self.choices.entry(choice).or_default() += times;
        }
        self.most_answers = self.most_answers.max(other.most_answers);
        for (question, retries) in other.retries {
            self.retries.entry(question).or_default().add(retries);
        }
        for (request, times) in other.requests {
            *self.requests.entry(request).or_default() += times;
        }
    }
}

/// Whose sessions a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Those of one station, which the file does not name.
    OneStation,
    /// Those of many, each session with its station.
    ManyStations,
}

/// A file of records, opened to be counted and never changed.
#[derive(Debug)]
pub struct Counted {
    path: PathBuf,
    holds: Holds,
}

impl Counted {
    /// Looks at a file of records, or at the one in a station's data folder.
    ///
    /// # Errors
    ///
    /// [`Error::Missing`] when there is none, [`Error::Foreign`] for a file of another program,
    /// [`Error::TooNew`], [`Error::Broken`], and [`Error::Io`] or [`Error::Sqlite`] when it cannot
    /// be read.
    pub fn open(path: &Path) -> Result<Counted, Error> {
        file::check_version(rusqlite::version_number(), rusqlite::version())?;
        let path = if path.is_dir() {
            path.join(FILE)
        } else {
            path.to_owned()
        };
        if length(&path)? == 0 {
            return Err(Error::Missing { path });
        }
        let db = reader(&path)?;
        let holds = holds(&db, &path)?;
        Ok(Counted { path, holds })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whose sessions it holds.
    pub fn holds(&self) -> Holds {
        self.holds
    }

    /// Counts the sessions from one day to another, as `2026-03-13`, both included, and those
    /// without a day. `place` is where the station stands whose own file this is.
    ///
    /// # Errors
    ///
    /// [`Error::Sqlite`] or [`Error::Broken`] when the file cannot be read.
    pub fn facts(&self, place: &Place, days: (&str, &str)) -> Result<Facts, Error> {
        let parts = if length(&self.path)? < SMALL {
            1
        } else {
            PARTS
        };
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        let next = AtomicUsize::new(0);
        let work = || {
            let mut facts = Facts::default();
            let mut tally = Tally::default();
            let mut db = self.reader_with_views()?;
            loop {
                let part = next.fetch_add(1, Ordering::Relaxed);
                if part >= parts {
                    facts.choices = tally.counts.into_values().collect();
                    return Ok(facts);
                }
                count_part(
                    &mut db,
                    place,
                    days,
                    &ids(part, parts),
                    &mut facts,
                    &mut tally,
                )
                .map_err(Error::sqlite("count", &self.path))?;
            }
        };
        thread::scope(|scope| {
            let readers = cores.min(MOST_READERS).min(parts);
            let others: Vec<_> = (1..readers).map(|_| scope.spawn(work)).collect();
            let mut facts: Facts = work()?;
            for other in others {
                facts.add(other.join().unwrap_or_else(|panic| resume_unwind(panic))?);
            }
            Ok(facts)
        })
    }

    fn reader_with_views(&self) -> Result<Connection, Error> {
        let db = reader(&self.path)?;
        let views = match self.holds {
            Holds::OneStation => include_str!("sql/report/station_views.sql"),
            Holds::ManyStations => include_str!("sql/report/collected_views.sql"),
        };
        db.pragma_update(None, "temp_store", "MEMORY")
            .and_then(|()| db.pragma_update(None, "cache_size", -CACHE_KIB))
            .and_then(|()| db.execute_batch(include_str!("sql/report/scope.sql")))
            .and_then(|()| db.execute_batch(views))
            .and_then(|()| has_requests(&db))
            .and_then(|has| {
                db.execute_batch(if has {
                    include_str!("sql/report/requests_view.sql")
                } else {
                    include_str!("sql/report/no_requests_view.sql")
                })
            })
            .map_err(Error::sqlite("count", &self.path))?;
        Ok(db)
    }
}

fn reader(path: &Path) -> Result<Connection, Error> {
    connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY, BUSY_LIMIT)
}

/// A station's file is known by its application id, a collected one by its columns.
fn holds(db: &Connection, path: &Path) -> Result<Holds, Error> {
    let ask = |pragma: &str| db.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let read = Error::sqlite("read", path);
    let (application_id, version, collected) = (|| {
        let columns = db.query_row(include_str!("sql/report/is_collected.sql"), [], |row| {
            row.get::<_, bool>(0)
        })?;
        Ok((ask("application_id")?, ask("user_version")?, columns))
    })()
    .map_err(read)?;
    match application_id {
        migrations::APPLICATION_ID if version > migrations::VERSION => Err(Error::TooNew {
            path: path.to_owned(),
            found: version,
        }),
        migrations::APPLICATION_ID => Ok(Holds::OneStation),
        0 => Err(Error::Foreign {
            path: path.to_owned(),
        }),
        _ if collected => Ok(Holds::ManyStations),
        _ => Err(Error::Foreign {
            path: path.to_owned(),
        }),
    }
}

/// The first id of a part and the first that is beyond it.
fn ids(part: usize, parts: usize) -> (String, String) {
    let at = |part: usize| format!("{:02x}", part * 256 / parts);
    let from = if part == 0 { String::new() } else { at(part) };
    let to = if part + 1 == parts {
        BEYOND.to_owned()
    } else {
        at(part + 1)
    };
    (from, to)
}

/// Counts the sessions of one part, as they are at one moment.
fn count_part(
    db: &mut Connection,
    place: &Place,
    days: (&str, &str),
    ids: &(String, String),
    facts: &mut Facts,
    tally: &mut Tally,
) -> rusqlite::Result<()> {
    let moment = db.transaction()?;
    moment.execute("DELETE FROM temp.scope", [])?;
    moment.execute(
        include_str!("sql/report/set_scope.sql"),
        params![
            place.station,
            place.division,
            place.venue,
            days.0,
            days.1,
            ids.0,
            ids.1
        ],
    )?;
    for_each(&moment, include_str!("sql/report/times.sql"), |row| {
        let moment = Moment {
            date: row.get(0)?,
            hour: row.get(1)?,
        };
        facts
            .times
            .entry(moment)
            .or_default()
            .add(counters(row, 2)?);
        Ok(())
    })?;
    for_each(&moment, include_str!("sql/report/kinds.sql"), |row| {
        let kind = Kind {
            audience: row.get(0)?,
            topic: row.get(1)?,
            language: row.get(2)?,
            profile: row.get(3)?,
            outcome: row.get(4)?,
        };
        facts.kinds.entry(kind).or_default().add(counters(row, 5)?);
        facts.most_answers = facts.most_answers.max(number(row, 10)?);
        Ok(())
    })?;
    for_each(&moment, include_str!("sql/report/places.sql"), |row| {
        let place = Place {
            station: row.get(0)?,
            division: row.get(1)?,
            venue: row.get(2)?,
        };
        facts
            .places
            .entry(place)
            .or_default()
            .add(counters(row, 3)?);
        Ok(())
    })?;
    for_each(&moment, include_str!("sql/report/retries.sql"), |row| {
        let question = (row.get(0)?, row.get(1)?, row.get(2)?);
        let retries = Retries {
            answers: number(row, 3)?,
            correct: number(row, 4)?,
        };
        facts.retries.entry(question).or_default().add(retries);
        Ok(())
    })?;
    for_each(&moment, include_str!("sql/report/requests.sql"), |row| {
        let request = Request {
            kind: row.get(0)?,
            choice: row.get(1)?,
        };
        *facts.requests.entry(request).or_default() += number(row, 2)?;
        Ok(())
    })?;
    for_each(
        &moment,
        include_str!("sql/report/answers_given.sql"),
        |row| tally.add(row),
    )?;
    moment.rollback()
}

/// Counts what `questions.sql` counts, in one pass: `SQLite` groups by sorting, and to sort eight
/// million answers takes longer than a report may. A test holds the two to the same counts.
#[derive(Debug, Default)]
struct Tally {
    /// By all that a choice is, as bytes.
    counts: HashMap<Box<[u8]>, (Choice, u64)>,
    key: Vec<u8>,
}

impl Tally {
    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let version: u32 = row.get(1)?;
        let correct: bool = row.get(4)?;
        self.key.clear();
        for at in [0, 2, 3] {
            let text = row.get_ref(at)?.as_bytes()?;
            self.key.extend((text.len() as u64).to_le_bytes());
            self.key.extend(text);
        }
        self.key.extend(version.to_le_bytes());
        self.key.push(u8::from(correct));
        if let Some((_, times)) = self.counts.get_mut(self.key.as_slice()) {
            *times += 1;
            return Ok(());
        }
        let choice = Choice {
            pack: row.get(0)?,
            version,
            question: row.get(2)?,
            options: row.get(3)?,
            correct,
        };
        self.counts.insert(self.key.as_slice().into(), (choice, 1));
        Ok(())
    }
}

fn for_each(
    db: &Connection,
    query: &str,
    mut each: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut query = db.prepare_cached(query)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// The five counters, which stand side by side from a column on.
fn counters(row: &Row<'_>, at: usize) -> rusqlite::Result<Counters> {
    Ok(Counters {
        started: number(row, at)?,
        answered: number(row, at + 1)?,
        completed: number(row, at + 2)?,
        answers: number(row, at + 3)?,
        correct: number(row, at + 4)?,
    })
}

/// A count, which no file can make negative.
fn number(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(at)?).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_session_id_falls_into_exactly_one_part() {
        for parts in [1, PARTS] {
            let all: Vec<_> = (0..parts).map(|part| ids(part, parts)).collect();
            assert_eq!(all[0].0, "");
            assert_eq!(all[parts - 1].1, BEYOND);
            assert!(all.windows(2).all(|pair| pair[0].1 == pair[1].0));
            assert!(all.iter().all(|(from, to)| from < to));
        }
        assert_eq!(ids(1, 32), ("08".to_owned(), "10".to_owned()));
    }
}

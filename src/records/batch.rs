//! Sessions on their way out: which may leave, which batch each is in, which batches are safe at
//! their destination.
//!
//! A batch is sealed in one transaction: its bytes, and the mark on each of its sessions. What a
//! batch looks like inside is the affair of `upload`.

use rusqlite::{Connection, OptionalExtension, Row, RowIndex, params};

use super::{Error, RecordStore, SessionId};

/// How many sessions without a day that can be believed must wait before they leave. A day of its
/// own hides when on it somebody played; these have only each other. The number is the report's
/// threshold for small cells.
pub const FEWEST_DATELESS: u64 = 10;

/// A session that has ended, as it may leave the station: without the hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedSession {
    /// The session's id, 32 hexadecimal digits.
    pub id: String,
    /// The local date, as `2026-03-13`; `None` where the clock was not set.
    pub date: Option<String>,
    /// The id of the audience.
    pub audience: String,
    /// The id of the topic.
    pub topic: String,
    /// The language tag.
    pub language: String,
    /// The id of the profile.
    pub profile: String,
    /// The mode as it is stored.
    pub mode: String,
    /// The outcome as it is stored.
    pub outcome: String,
    /// How many questions the round had.
    pub asked: u32,
    /// How many were answered.
    pub answered: u32,
    /// How many of these answers were right.
    pub correct: u32,
    /// How long it took, rounded to 5 seconds.
    pub seconds: u32,
    /// The answers, in the order of the round.
    pub answers: Vec<EndedAnswer>,
    /// What the visitor would like to learn next, by kind.
    pub requests: Vec<EndedRequest>,
}

/// One request of an [`EndedSession`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedRequest {
    /// The kind, as it is stored.
    pub kind: String,
    /// The id of what was chosen.
    pub choice: String,
}

/// One answer of an [`EndedSession`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedAnswer {
    /// The id of the pack.
    pub pack: String,
    /// The version of the pack.
    pub version: u32,
    /// The id of the question.
    pub question: String,
    /// The ids of the chosen options with a space between two, sorted unless their order is the
    /// answer.
    pub options: String,
    /// Whether it was right.
    pub correct: bool,
    /// How long it took, in whole seconds.
    pub seconds: u32,
}

/// A batch to be kept: its bytes never change any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedBatch {
    /// Its number at this station, from 1, as [`RecordStore::next_sequence`] gives it.
    pub sequence: u64,
    /// Its name at the destination.
    pub name: String,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The sessions in it.
    pub sessions: Vec<SessionId>,
    /// The local date, unless the clock is not set.
    pub on: Option<String>,
}

/// A batch that is not known to be safe at its destination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentBatch {
    /// Its number at this station.
    pub sequence: u64,
    /// Its name at the destination.
    pub name: String,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How many sessions are in it.
    pub sessions: u64,
}

/// What has still to be sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Ended sessions that are in no batch yet.
    pub unsealed: u64,
    /// Batches not known to be safe at their destination.
    pub batches: u64,
    /// The sessions in these.
    pub sessions: u64,
    /// The last day on which a batch was known to arrive.
    pub last_success: Option<String>,
}

impl RecordStore {
    /// Ended sessions that are in no batch and may leave, at most `most` of them, by day.
    ///
    /// With `today` given (a local date that can be believed), those of whole past days; those
    /// without such a day when [`FEWEST_DATELESS`] of them wait.
    ///
    /// # Errors
    ///
    /// [`Error::Sqlite`] or [`Error::Broken`] when the file cannot be read.
    pub fn unsealed(&self, today: Option<&str>, most: usize) -> Result<Vec<EndedSession>, Error> {
        self.read(|db| unsealed(db, today.unwrap_or_default(), most))
    }

    /// The number of the next batch.
    ///
    /// # Errors
    ///
    /// As [`Self::unsealed`].
    pub fn next_sequence(&self) -> Result<u64, Error> {
        let sql = "SELECT coalesce(max(sequence), 0) + 1 FROM batch";
        self.read(|db| db.query_row(sql, [], |row| natural(row, 0)))
    }

    /// The batches that are not known to be safe at their destination, in the order of their
    /// numbers.
    ///
    /// # Errors
    ///
    /// As [`Self::unsealed`].
    pub fn unsent(&self) -> Result<Vec<UnsentBatch>, Error> {
        self.read(|db| {
            db.prepare(
                "SELECT sequence, name, sha256, sessions FROM batch
                 WHERE acknowledged = 0 ORDER BY sequence",
            )?
            .query_map([], |row| {
                Ok(UnsentBatch {
                    sequence: natural(row, 0)?,
                    name: row.get(1)?,
                    sha256: row.get(2)?,
                    sessions: natural(row, 3)?,
                })
            })?
            .collect()
        })
    }

    /// The bytes of a batch; `None` when there is no such batch or its bytes were let go.
    ///
    /// # Errors
    ///
    /// As [`Self::unsealed`].
    pub fn batch_bytes(&self, sequence: u64) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT bytes FROM batch WHERE sequence = ?1";
        let found = self.read(|db| {
            db.query_row(sql, [signed(sequence)], |row| row.get(0))
                .optional()
        })?;
        Ok(found.flatten())
    }

    /// What has still to be sent, and when it last went well.
    ///
    /// # Errors
    ///
    /// As [`Self::unsealed`].
    pub fn backlog(&self) -> Result<Backlog, Error> {
        self.read(|db| {
            db.query_row(include_str!("sql/backlog.sql"), [], |row| {
                Ok(Backlog {
                    unsealed: natural(row, "unsealed")?,
                    batches: natural(row, "unsent")?,
                    sessions: natural(row, "sessions")?,
                    last_success: row.get("last_success")?,
                })
            })
        })
    }

    /// Sessions that may be forgotten, at most `most` of them: of days before `before` (a local
    /// date), and known to be safe at their destination since before it.
    ///
    /// # Errors
    ///
    /// As [`Self::unsealed`].
    pub fn forgettable(&self, before: &str, most: usize) -> Result<Vec<SessionId>, Error> {
        let ids: Vec<String> = self.read(|db| {
            db.prepare(include_str!("sql/forgettable.sql"))?
                .query_map(params![before, signed(most as u64)], |row| row.get(0))?
                .collect()
        })?;
        ids.iter().map(|id| id.parse()).collect()
    }

    pub(super) fn read<T>(
        &self,
        ask: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let Some(db) = &self.db else {
            return Err(Error::Closed {
                path: self.name().to_owned(),
            });
        };
        ask(db).map_err(Error::sqlite("read", self.name()))
    }
}

fn unsealed(db: &Connection, today: &str, most: usize) -> rusqlite::Result<Vec<EndedSession>> {
    // In one transaction, so that both statements and the answers see the same moment.
    let db = db.unchecked_transaction()?;
    let sql = include_str!("sql/unsealed_dateless.sql");
    let dateless = db.query_row(sql, [today], |row| natural(row, 0))?;
    let mut answers = db.prepare(include_str!("sql/answers_of.sql"))?;
    let mut requests = db.prepare(include_str!("sql/requests_of.sql"))?;
    let mut query = db.prepare(include_str!("sql/unsealed.sql"))?;
    let mut rows = query.query(params![
        today,
        dateless >= FEWEST_DATELESS,
        signed(most as u64)
    ])?;
    let mut sessions = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get("id")?;
        let answers = answers.query_map([&id], |row| {
            Ok(EndedAnswer {
                pack: row.get(0)?,
                version: row.get(1)?,
                question: row.get(2)?,
                options: row.get(3)?,
                correct: row.get(4)?,
                seconds: row.get(5)?,
            })
        })?;
        let requests = requests.query_map([&id], row_to_request)?;
        sessions.push(EndedSession {
            answers: answers.collect::<rusqlite::Result<_>>()?,
            requests: requests.collect::<rusqlite::Result<_>>()?,
            id,
            date: row.get("date")?,
            audience: row.get("audience")?,
            topic: row.get("topic")?,
            language: row.get("language")?,
            profile: row.get("profile")?,
            mode: row.get("mode")?,
            outcome: row.get("outcome")?,
            asked: row.get("asked")?,
            answered: row.get("answered")?,
            correct: row.get("correct")?,
            seconds: row.get("seconds")?,
        });
    }
    Ok(sessions)
}

/// A request as `requests_of.sql` gives it.
pub(super) fn row_to_request(row: &Row<'_>) -> rusqlite::Result<EndedRequest> {
    Ok(EndedRequest {
        kind: row.get(0)?,
        choice: row.get(1)?,
    })
}

/// Keeps a batch and marks its sessions. The same batch again changes nothing; a session that is
/// open or in another batch refuses the whole.
pub(super) fn seal(db: &Connection, batch: &SealedBatch) -> rusqlite::Result<()> {
    let known: Option<String> = db
        .query_row(
            "SELECT sha256 FROM batch WHERE sequence = ?1",
            [signed(batch.sequence)],
            |row| row.get(0),
        )
        .optional()?;
    if known.as_ref() == Some(&batch.sha256) {
        return Ok(());
    }
    // With another batch of this number there, this breaks the rule that a number stands once.
    db.execute(
        include_str!("sql/insert_batch.sql"),
        params![
            signed(batch.sequence),
            batch.name,
            batch.sha256,
            signed(batch.sessions.len() as u64),
            batch.on,
            batch.bytes,
        ],
    )?;
    let mut mark = db.prepare(
        "UPDATE session SET batch = ?1 WHERE id = ?2 AND batch IS NULL AND outcome IS NOT NULL",
    )?;
    for session in &batch.sessions {
        if mark.execute(params![signed(batch.sequence), session.to_string()])? != 1 {
            return Err(refused());
        }
    }
    Ok(())
}

/// Marks a batch as safe at its destination. The first time stands.
pub(super) fn acknowledge(
    db: &Connection,
    sequence: u64,
    on: Option<&str>,
) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE batch SET acknowledged = 1, acknowledged_on = ?2
         WHERE sequence = ?1 AND acknowledged = 0",
        params![signed(sequence), on],
    )?;
    Ok(())
}

/// Lets the bytes of batches go that arrived before a day. Their sessions stay.
pub(super) fn let_go(db: &Connection, before: &str) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE batch SET bytes = NULL
         WHERE acknowledged = 1 AND acknowledged_on < ?1 AND bytes IS NOT NULL",
        [before],
    )?;
    Ok(())
}

/// Forgets sessions with their answers and requests, each only if that may be done. Those that are gone already
/// change nothing.
pub(super) fn forget(
    db: &Connection,
    before: &str,
    sessions: &[SessionId],
) -> rusqlite::Result<()> {
    let mut may = db.prepare(include_str!("sql/is_forgettable.sql"))?;
    let mut answers = db.prepare("DELETE FROM answer WHERE session = ?1")?;
    let mut requests = db.prepare("DELETE FROM request WHERE session = ?1")?;
    let mut session = db.prepare("DELETE FROM session WHERE id = ?1")?;
    for id in sessions {
        let id = id.to_string();
        if may.query_row(params![before, id], |row| row.get::<_, i64>(0))? > 0 {
            answers.execute([&id])?;
            requests.execute([&id])?;
            session.execute([&id])?;
        }
    }
    Ok(())
}

/// A number that is never below 0, from a column.
pub(super) fn natural(row: &Row<'_>, column: impl RowIndex) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::unsigned_abs)
}

/// A number as `SQLite` keeps it. Nothing that is counted here comes near the limit.
pub(super) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// What `SQLite` says of a broken rule.
fn refused() -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(
        rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CONSTRAINT_TRIGGER),
        Some("a session is open, or in another batch".to_owned()),
    )
}

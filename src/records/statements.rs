//! The statements, each in a file of its own, and the rows that they read and write.

use rusqlite::{Connection, params};

use super::{
    Answer, CountRow, Counts, Mode, Outcome, Request, RequestRow, SessionEnd, SessionStart,
};

pub(super) fn insert_session(db: &Connection, start: &SessionStart) -> rusqlite::Result<()> {
    db.execute(
        include_str!("sql/insert_session.sql"),
        params![
            start.id.to_string(),
            start.date,
            start.hour,
            start.clock.as_str(),
            start.audience,
            start.topic,
            start.language,
            start.profile,
            start.mode.as_str(),
            start.asked,
        ],
    )?;
    Ok(())
}

pub(super) fn insert_answer(db: &Connection, answer: &Answer) -> rusqlite::Result<()> {
    let id = answer.session.to_string();
    let inserted = db.execute(
        include_str!("sql/insert_answer.sql"),
        params![
            id,
            answer.ordinal,
            answer.pack,
            answer.pack_version,
            answer.question,
            answer.options.join(" "),
            answer.correct,
            answer.seconds,
        ],
    )?;
    if inserted > 0 {
        recount(db, &id)?;
    }
    Ok(())
}

pub(super) fn end_session(db: &Connection, end: &SessionEnd) -> rusqlite::Result<()> {
    let seconds = (i64::from(end.seconds) + 2) / 5 * 5;
    finish_session(db, &end.id.to_string(), end.outcome, seconds)
}

pub(super) fn finish_session(
    db: &Connection,
    id: &str,
    outcome: Outcome,
    seconds: i64,
) -> rusqlite::Result<()> {
    let ended = db.execute(
        include_str!("sql/end_session.sql"),
        params![id, outcome.as_str(), seconds],
    )?;
    if ended > 0 {
        recount(db, id)?;
    }
    Ok(())
}

pub(super) fn set_request(db: &Connection, request: &Request) -> rusqlite::Result<()> {
    let (id, kind) = (request.session.to_string(), request.kind.as_str());
    match &request.choice {
        Some(choice) => db.execute(
            include_str!("sql/set_request.sql"),
            params![id, kind, choice],
        )?,
        None => db.execute(include_str!("sql/take_back_request.sql"), params![id, kind])?,
    };
    Ok(())
}

/// What was requested, over all days. A file that is only read may be older than requests are.
pub(super) fn requests(db: &Connection) -> rusqlite::Result<Vec<RequestRow>> {
    if !has_requests(db)? {
        return Ok(Vec::new());
    }
    db.prepare(include_str!("sql/requests.sql"))?
        .query_map([], |row| {
            Ok(RequestRow {
                kind: row.get(0)?,
                choice: row.get(1)?,
                times: row.get::<_, i64>(2)?.unsigned_abs(),
            })
        })?
        .collect()
}

/// Whether a file has a place for requests.
pub(super) fn has_requests(db: &Connection) -> rusqlite::Result<bool> {
    let sql =
        "SELECT count(*) > 0 FROM main.sqlite_schema WHERE type = 'table' AND name = 'request'";
    db.query_row(sql, [], |row| row.get(0))
}

pub(super) fn recount(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute(include_str!("sql/recount.sql"), [id])?;
    Ok(())
}

pub(super) fn count(db: &Connection) -> rusqlite::Result<Counts> {
    let mut counts = Counts::default();
    let mut query = db.prepare(include_str!("sql/counts.sql"))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let number = |column: &str| row.get::<_, i64>(column).map(i64::unsigned_abs);
        let with_answers = number("with_answers")?;
        let group = CountRow {
            mode: row.get("mode")?,
            outcome: row.get("outcome")?,
            audience: row.get("audience")?,
            topic: row.get("topic")?,
            sessions: number("sessions")?,
            answers: number("answers")?,
            correct: number("correct")?,
        };
        if group.mode != Mode::Visitor.as_str() {
            counts.not_counted.push(group);
            continue;
        }
        counts.started += group.sessions;
        counts.answered += with_answers;
        counts.answers += group.answers;
        if group.outcome == Outcome::Completed.as_str() {
            counts.completed += group.sessions;
        }
        counts.rows.push(group);
    }
    counts.requests = requests(db)?;
    Ok(counts)
}

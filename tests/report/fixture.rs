//! Sessions thought up from a seed, written as the file of a station or as a collected one.

use std::path::{Path, PathBuf};

use kepu::records::RecordStore;
use rand::{Rng, RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rusqlite::{Connection, params};

/// A station: its id, its division, its venue.
pub(crate) type Station = (&'static str, &'static str, &'static str);

/// Three stations in three counties: one of a city without districts, one of a municipality.
pub(crate) const STATIONS: [Station; 3] = [
    ("east-gate", "330106001002", "science-station"),
    ("old-town", "441900003001", "school"),
    ("van-1", "500233100200", "mobile"),
];

/// A session with its answers.
#[derive(Debug, Clone)]
pub(crate) struct Played {
    pub(crate) id: String,
    pub(crate) station: Station,
    pub(crate) date: String,
    pub(crate) hour: u8,
    pub(crate) is_dated: bool,
    pub(crate) audience: &'static str,
    pub(crate) topic: &'static str,
    pub(crate) language: &'static str,
    pub(crate) profile: &'static str,
    pub(crate) mode: &'static str,
    pub(crate) outcome: Option<&'static str>,
    pub(crate) answers: Vec<Given>,
    pub(crate) requests: Vec<(&'static str, &'static str)>,
}

/// An answer: question, options, right or wrong.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub(crate) version: u32,
    pub(crate) question: &'static str,
    pub(crate) options: &'static str,
    pub(crate) correct: bool,
}

impl Played {
    pub(crate) fn correct(&self) -> usize {
        self.answers.iter().filter(|given| given.correct).count()
    }

    /// Whether a report of 2026 has it in its tables.
    pub(crate) fn counts(&self) -> bool {
        self.mode == "visitor" && self.is_dated && self.date.starts_with("2026")
    }
}

/// Four questions of a shipped pack, each with a right and two wrong answers; those of the
/// first are real.
const QUESTIONS: [(&str, [&str; 3]); 4] = [
    ("health-salt-daily", ["five", "ten", "three"]),
    ("made-up", ["a", "b", "c"]),
    ("=formula", ["a", "b", "a b"]),
    ("often-missed", ["y", "n", "m"]),
];

/// So many sessions, most of them visitors' in 2026, a few that no report may count.
pub(crate) fn sessions(seed: u64, count: usize) -> Vec<Played> {
    let mut random = Pcg64::seed_from_u64(seed);
    (0..count).map(|_| session(&mut random)).collect()
}

fn pick<T: Copy>(random: &mut impl Rng, from: &[T]) -> T {
    // The first are picked more often than the last.
    let at = random
        .random_range(0..from.len())
        .min(random.random_range(0..from.len()));
    from[at]
}

fn session(random: &mut impl Rng) -> Played {
    let asked = 4;
    let mode = pick(
        random,
        &["visitor", "visitor", "visitor", "retry", "staff", "robot"],
    );
    let answered = random.random_range(0..=asked);
    let outcome = match answered {
        4 => Some("completed"),
        _ => pick(
            random,
            &[
                Some("timed_out"),
                Some("abandoned"),
                Some("interrupted"),
                None,
            ],
        ),
    };
    let answers = QUESTIONS.iter().take(answered).map(|(question, options)| {
        let at = pick(random, &[0, 1, 2]);
        Given {
            version: pick(random, &[1, 2]),
            question,
            options: options[at],
            correct: at == 0,
        }
    });
    let answers = answers.collect();
    Played {
        id: format!("{:032x}", random.random::<u128>()),
        station: pick(random, &STATIONS),
        date: format!(
            "{}-{:02}-{:02}",
            pick(random, &["2026", "2026", "2026", "2025", "2027"]),
            random.random_range(1..=12),
            random.random_range(1..=28)
        ),
        hour: random.random_range(9..17),
        is_dated: random.random_range(0..20) > 0,
        audience: pick(
            random,
            &["senior", "youth", "general", "farmer", "cadre", "pupils"],
        ),
        topic: pick(random, &["health", "antifraud", "emergency", "stars"]),
        language: pick(random, &["zh-CN", "en"]),
        profile: pick(random, &["standard", "large"]),
        mode,
        outcome,
        answers,
        // Whatever a file says: also of those that did not come so far, and of things unknown here.
        requests: match random.random_range(0..3) {
            0 => Vec::new(),
            1 => vec![("topic", pick(random, &["first-aid", "phone-fraud", "old"]))],
            _ => vec![
                ("form", pick(random, &["talk", "film"])),
                ("topic", pick(random, &["first-aid", "crops-pests"])),
            ],
        },
    }
}

/// Writes sessions into a station's data folder with its settings.
pub(crate) fn station(dir: &Path, station: Station, sessions: &[Played]) {
    drop(RecordStore::open(dir).unwrap());
    let (id, division, venue) = station;
    std::fs::write(
        dir.join("station.ron"),
        format!("(id: \"{id}\", division: \"{division}\", venue: \"{venue}\")"),
    )
    .unwrap();
    let mut db = Connection::open(dir.join("records.sqlite")).unwrap();
    let all = db.transaction().unwrap();
    for own in sessions {
        let clock = if own.is_dated { "trusted" } else { "unset" };
        all.execute(
            "INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 4, ?11, ?12, 20, NULL)",
            params![
                own.id,
                own.date,
                own.hour,
                clock,
                own.audience,
                own.topic,
                own.language,
                own.profile,
                own.mode,
                own.outcome,
                own.answers.len() as i64,
                own.correct() as i64
            ],
        )
        .unwrap();
        insert_parts(&all, own);
    }
    all.commit().unwrap();
}

/// Writes sessions of any stations into a collected file.
pub(crate) fn collected(dir: &Path, name: &str, sessions: &[Played]) -> PathBuf {
    let path = dir.join(name);
    let mut db = Connection::open(&path).unwrap();
    db.execute_batch(include_str!("collected.sql")).unwrap();
    db.execute_batch(include_str!("../../src/records/sql/collection_2.sql"))
        .unwrap();
    let all = db.transaction().unwrap();
    for own in sessions {
        let (id, division, venue) = own.station;
        all.execute(
            "INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 4, ?12, ?13, 20)",
            params![
                own.id,
                id,
                division,
                venue,
                own.is_dated.then_some(&own.date),
                own.audience,
                own.topic,
                own.language,
                own.profile,
                own.mode,
                own.outcome,
                own.answers.len() as i64,
                own.correct() as i64
            ],
        )
        .unwrap();
        insert_parts(&all, own);
    }
    all.commit().unwrap();
    path
}

fn insert_parts(db: &Connection, own: &Played) {
    for (ordinal, given) in (1..).zip(&own.answers) {
        db.execute(
            "INSERT INTO answer VALUES (?1, ?2, 'health-basics', ?3, ?4, ?5, ?6, 7)",
            params![
                own.id,
                ordinal,
                given.version,
                given.question,
                given.options,
                given.correct
            ],
        )
        .unwrap();
    }
    for (kind, choice) in &own.requests {
        db.execute(
            "INSERT INTO request VALUES (?1, ?2, ?3)",
            params![own.id, kind, choice],
        )
        .unwrap();
    }
}

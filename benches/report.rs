//! How long a report takes over many sessions, and in how much memory: 10^4 to 10^6 sessions of
//! eight answers each in a collected file, and 10^6 in a station's own. Run by `make bench`.
#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot be set up has nothing to say"
)]
#![expect(clippy::print_stdout, reason = "a bench says what it found")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use jiff::civil::date;
use kepu::embedded;
use kepu::locale::Locales;
use kepu::records::RecordStore;
use kepu::report::gather::gather;
use kepu::report::places::Names;
use kepu::report::summary::summarise;
use kepu::report::{Beside, Catalogue, Edition, make};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64;
use rusqlite::{Connection, Transaction, params};

/// Answers in each session.
const ANSWERS: u32 = 8;

fn main() {
    let folder = std::env::var_os("KEPU_BENCH_DIR").map(PathBuf::from);
    let own = tempfile::tempdir().unwrap();
    let folder = folder.unwrap_or_else(|| own.path().to_owned());
    let largest: u32 =
        std::env::var("KEPU_SESSIONS").map_or(1_000_000, |text| text.parse().unwrap());
    for sessions in [10_000, 100_000, 1_000_000, 10_000_000] {
        if sessions <= largest {
            time(
                &collected(&folder, sessions),
                &format!("{sessions} sessions, collected"),
            );
        }
    }
    let sessions = largest.min(1_000_000);
    time(
        &station(&folder, sessions),
        &format!("{sessions} sessions of one station"),
    );
}

/// Makes the report in every format and says how long each step took.
fn time(path: &Path, what: &str) {
    let begin = Instant::now();
    let period = "2026".parse().unwrap();
    let gathered = gather(&[path.to_owned()], period).unwrap();
    let counted = begin.elapsed();
    let today = date(2027, 1, 4);
    let locales = Locales::shipped().unwrap();
    let beside = Beside {
        catalogue: &Catalogue::new(embedded::packs().collect(), today),
        names: &Names::default(),
        targets: &[],
        today,
        sources: &gathered.sources,
        notes: &[],
    };
    let summary = summarise(period, &gathered.facts);
    let report = make(&summary, Edition::Internal, &beside, &locales, "zh-CN").unwrap();
    let files = report.files(Edition::Internal, period).unwrap();
    let all = begin.elapsed();
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    println!(
        "report over {what} ({} MB): counted in {counted:?}, written in {all:?} ({} files, {bytes} \
         bytes), at most {} MB of memory so far",
        std::fs::metadata(db_of(path)).unwrap().len() / 1_000_000,
        files.len(),
        most_memory_kib() / 1000
    );
}

fn db_of(path: &Path) -> PathBuf {
    if path.is_dir() {
        path.join("records.sqlite")
    } else {
        path.to_owned()
    }
}

/// The most memory that this process ever had, in KiB.
fn most_memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn pick(random: &mut Pcg64, from: &[&'static str]) -> &'static str {
    from[random.random_range(0..from.len())]
}

/// What differs between sessions, drawn alike for both kinds of file.
struct Drawn {
    id: String,
    date: String,
    audience: &'static str,
    topic: &'static str,
    language: &'static str,
    profile: &'static str,
    outcome: &'static str,
    answers: Vec<(u32, &'static str, bool)>,
}

/// Sessions in the order of their ids, one at a time: the bench itself shall take no memory.
fn draw(random: &mut Pcg64, number: u32, of: u32) -> Drawn {
    let step = u128::MAX / u128::from(of);
    let answers = (0..ANSWERS).map(|_| {
        let option = pick(random, &["a", "b", "c", "d"]);
        (random.random_range(0..400), option, option == "a")
    });
    let answers = answers.collect();
    Drawn {
        id: format!(
            "{:032x}",
            step * u128::from(number) + random.random_range(0..step)
        ),
        date: format!(
            "2026-{:02}-{:02}",
            random.random_range(1..=12),
            random.random_range(1..=28)
        ),
        audience: pick(
            random,
            &["senior", "youth", "general", "farmer", "cadre", "worker"],
        ),
        topic: pick(random, &["health", "antifraud", "emergency", "agriculture"]),
        language: pick(random, &["zh-CN", "en"]),
        profile: pick(random, &["standard", "large"]),
        outcome: pick(random, &["completed", "timed_out", "abandoned"]),
        answers,
    }
}

fn answers(db: &Transaction<'_>, drawn: &Drawn) {
    let mut insert = db
        .prepare_cached("INSERT INTO answer VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, 7)")
        .unwrap();
    for (ordinal, (question, option, correct)) in (1..).zip(&drawn.answers) {
        let pack = format!("{}-basics", drawn.topic);
        let question = format!("{}-question-{question}", drawn.topic);
        insert
            .execute(params![drawn.id, ordinal, pack, question, option, correct])
            .unwrap();
    }
}

fn collected(folder: &Path, sessions: u32) -> PathBuf {
    let path = folder.join(format!("county-{sessions}.sqlite"));
    if path.exists() {
        return path;
    }
    let mut random = Pcg64::seed_from_u64(1);
    let mut db = Connection::open(&path).unwrap();
    db.execute_batch(include_str!("../tests/report/collected.sql"))
        .unwrap();
    let all = db.transaction().unwrap();
    for number in 0..sessions {
        let own = &draw(&mut random, number, sessions);
        let station = random.random_range(0..40_u32);
        all.prepare_cached(
            "INSERT INTO session VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 'visitor', ?10, 8, 8, ?11, 60)",
        )
        .unwrap()
        .execute(params![
            own.id,
            format!("station-{station}"),
            format!("3301{:02}{:03}001", station % 3 + 1, station + 1),
            ["school", "museum", "village"][station as usize % 3],
            own.date,
            own.audience,
            own.topic,
            own.language,
            own.profile,
            own.outcome,
            right(own),
        ])
        .unwrap();
        answers(&all, own);
    }
    all.commit().unwrap();
    path
}

fn right(own: &Drawn) -> i64 {
    own.answers.iter().map(|answer| i64::from(answer.2)).sum()
}

fn station(folder: &Path, sessions: u32) -> PathBuf {
    let path = folder.join(format!("station-{sessions}"));
    if path.exists() {
        return path;
    }
    drop(RecordStore::open(&path).unwrap());
    let mut random = Pcg64::seed_from_u64(2);
    let mut db = Connection::open(path.join("records.sqlite")).unwrap();
    let all = db.transaction().unwrap();
    for number in 0..sessions {
        let own = &draw(&mut random, number, sessions);
        all.prepare_cached(
            "INSERT INTO session VALUES (?1, ?2, ?3, 'trusted', ?4, ?5, ?6, ?7, 'visitor', ?8, 8, 8, ?9, 60, NULL)",
        )
        .unwrap()
        .execute(params![
            own.id,
            own.date,
            random.random_range(8..18),
            own.audience,
            own.topic,
            own.language,
            own.profile,
            own.outcome,
            right(own),
        ])
        .unwrap();
        answers(&all, own);
    }
    all.commit().unwrap();
    path
}

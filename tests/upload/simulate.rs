//! Simulated stations: the same for the same seed, sound, and like a county's year.

use kepu::{
    bank, embedded,
    records::Collection,
    upload::{Folder, Plan, Simulated, Trouble, collect, simulate},
};
use rusqlite::Connection;

use super::*;

fn simulated(to: &Path, stations: u32, days: u32, seed: u64) -> Result<Simulated, Trouble> {
    let from = jiff::civil::date(2026, 1, 1);
    let (bank, _) = bank::load(embedded::packs(), from);
    let plan = Plan {
        stations,
        days,
        from,
        seed,
    };
    simulate(&bank, &plan, &Folder::quick(to), &mut |_| {})
}

/// Every batch with its bytes.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let names = files(folder).into_iter();
    names
        .map(|name| {
            let bytes = fs::read(folder.join(&name)).unwrap();
            (name, bytes)
        })
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let (one, again, other) = (place(), place(), place());
    let done = simulated(one.path(), 5, 40, 7).unwrap();
    assert_eq!(simulated(again.path(), 5, 40, 7).unwrap(), done);
    simulated(other.path(), 5, 40, 8).unwrap();
    let contents = [&one, &again, &other].map(|dir| contents(dir.path()));
    assert!(contents[0] == contents[1]);
    assert!(contents[0] != contents[2]);
    // Nothing is written over what lies there.
    assert_eq!(simulated(one.path(), 5, 40, 7), Err(Trouble::Conflict));
}

#[test]
fn what_is_simulated_is_collected_whole_and_looks_like_a_county() {
    let dir = place();
    let done = simulated(dir.path(), 12, 60, 3).unwrap();
    let file = dir.path().join("county.sqlite");
    let mut collection = Collection::open(&file).unwrap();
    let collected = collect(&Folder::new(dir.path()), &mut collection, &mut |_| {}).unwrap();
    assert_eq!(collected.aside, []);
    assert_eq!(
        (collected.stations, collected.batches, collected.sessions),
        (12, done.batches, done.sessions)
    );
    let db = Connection::open(&file).unwrap();
    let ask = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(
        ask("SELECT count(*) FROM answer"),
        done.answers.cast_signed()
    );
    assert_eq!(
        ask("SELECT count(DISTINCT substr(division, 1, 6)) FROM session"),
        3
    );
    assert!(ask("SELECT count(DISTINCT venue) FROM session") >= 3);
    assert_eq!(ask("SELECT count(DISTINCT outcome) FROM session"), 4);
    assert_eq!(ask("SELECT count(DISTINCT audience) FROM session"), 6);
    assert_eq!(ask("SELECT count(DISTINCT mode) FROM session"), 4);
    // Some ask for something, and some of what was missed is tried again: what was missed only.
    assert!(ask("SELECT count(DISTINCT kind || choice) FROM request") >= 10);
    assert_eq!(
        ask(
            "SELECT count(*) FROM request JOIN session ON id = session WHERE outcome <> 'completed'"
        ),
        0
    );
    let again = ask("SELECT count(*) FROM session WHERE mode = 'retry'");
    assert!(again > 100, "{again}");
    // Right answers neither never nor always, but plausibly often.
    let share = ask("SELECT 100 * sum(correct) / count(*) FROM answer");
    assert!((45..85).contains(&share), "{share}");
    assert_eq!(
        ask(
            "SELECT count(*) FROM session WHERE venue = 'school' AND strftime('%w', date) IN ('0', '6')"
        ),
        0
    );
    // About what the README says of the size.
    let bytes = done.bytes / done.sessions;
    assert!((50..200).contains(&bytes), "{bytes} bytes a session");
}

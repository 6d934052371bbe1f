//! The attack in small worlds: every data set there is is published, and those that look alike are
//! compared.

use std::collections::HashMap;

use kepu::report::disclosure::{Published, Whole, protect};

use super::how_many;

/// Every way to divide a number into so many rows.
fn divisions(whole: u64, rows: usize) -> Vec<Vec<u64>> {
    if rows == 1 {
        return vec![vec![whole]];
    }
    let first = 0..=whole;
    first
        .flat_map(|first| {
            divisions(whole - first, rows - 1)
                .into_iter()
                .map(move |mut rest| {
                    rest.insert(0, first);
                    rest
                })
        })
        .collect()
}

/// Publishes every data set of a small world and finds numbers that all of those that look alike
/// share. `shape`: the rows of each table; `last`: the most sessions; `counters_differ`: whether
/// the three counters may differ, or the reader knows that they do not.
fn pinned_in_world(shape: &[usize], last: u64, counters_differ: bool) -> (usize, Vec<String>) {
    // For each edition the least and the most of every number behind it.
    let mut editions: HashMap<Published, Vec<(u64, u64)>> = HashMap::new();
    let mut left_out = 0;
    for whole in 0..=last {
        let mut worlds: Vec<Vec<Vec<u64>>> = vec![Vec::new()];
        for rows in shape {
            let own = divisions(whole, *rows);
            worlds = worlds
                .iter()
                .flat_map(|world| {
                    own.iter()
                        .map(move |table| [world.as_slice(), std::slice::from_ref(table)].concat())
                })
                .collect();
        }
        for tables in worlds {
            let started = if counters_differ {
                whole..=last
            } else {
                whole..=whole
            };
            let completed = if counters_differ {
                0..=whole
            } else {
                whole..=whole
            };
            let both = started.flat_map(|own| completed.clone().map(move |less| (own, less)));
            for (started, completed) in both {
                let counters = Whole {
                    started,
                    answered: whole,
                    completed,
                };
                let published = protect(counters, &tables, &[]);
                left_out += usize::from(whole >= 30 && published.tables.contains(&None));
                let numbers = tables.iter().flatten().copied();
                let wholes = [started, whole, completed];
                let numbers = numbers.chain(wholes);
                let seen = editions.entry(published);
                let seen = seen.or_insert_with(|| numbers.clone().map(|own| (own, own)).collect());
                for (seen, own) in seen.iter_mut().zip(numbers) {
                    *seen = (seen.0.min(own), seen.1.max(own));
                }
            }
        }
    }
    let is_whole = |published: &&Published| published.whole.started.most() <= last;
    let pinned = editions.iter().filter(|(published, _)| is_whole(published));
    let pinned = pinned.flat_map(|(published, seen)| {
        let small = seen
            .iter()
            .filter(|(least, most)| least == most && (1..10).contains(least));
        small.map(move |(own, _)| format!("{own} behind {published:?}"))
    });
    (left_out, pinned.collect())
}

#[test]
fn in_small_worlds_no_number_of_a_part_is_the_same_in_all_data_sets_that_look_alike() {
    // Every whole in two rows, and every part of it in two: numbers are those of both tables.
    let last = 44;
    let mut editions: HashMap<Published, Vec<(u64, u64)>> = HashMap::new();
    let mut left_out = 0;
    for whole in 28..=last {
        for table in divisions(whole, 2) {
            for part in (0..=whole).flat_map(|part| divisions(part, 2)) {
                let counters = Whole {
                    started: whole,
                    answered: whole,
                    completed: whole,
                };
                let published = protect(
                    counters,
                    std::slice::from_ref(&table),
                    std::slice::from_ref(&part),
                );
                left_out += usize::from(published.parts[0].is_none());
                let numbers = table.iter().chain(&part).copied();
                let seen = editions.entry(published);
                let seen = seen.or_insert_with(|| numbers.clone().map(|own| (own, own)).collect());
                for (seen, own) in seen.iter_mut().zip(numbers) {
                    *seen = (seen.0.min(own), seen.1.max(own));
                }
            }
        }
    }
    // Of a whole that is shown as one near the end, not every data set was thought up.
    let is_whole = |published: &&Published| published.whole.started.most() <= last;
    let pinned: Vec<_> = editions
        .iter()
        .filter(|(published, _)| is_whole(published))
        .filter(|(_, seen)| {
            let mut seen = seen.iter();
            seen.any(|(least, most)| least == most && (1..10).contains(least))
        })
        .collect();
    assert!(
        pinned.is_empty(),
        "{} such as {:?}",
        pinned.len(),
        pinned.first()
    );
    assert!(left_out > 0, "nothing was ever left out");
}

#[test]
fn in_small_worlds_no_number_is_the_same_in_all_data_sets_that_look_alike() {
    let far = if how_many() >= 10_000 { 62 } else { 42 };
    for (shape, last, counters_differ) in [
        (&[2][..], 100, false),
        (&[2], 42, true),
        (&[3], 62, false),
        (&[2, 2], far + 20, false),
        (&[3, 2], far, false),
        (&[2, 2, 2], far, false),
    ] {
        let (left_out, pinned) = pinned_in_world(shape, last, counters_differ);
        let some = pinned.first();
        assert!(
            pinned.is_empty(),
            "{shape:?}: {} such as {some:?}",
            pinned.len()
        );
        assert!(left_out > 0, "{shape:?}: nothing was ever left out");
    }
}

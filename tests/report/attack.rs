//! An attack on the public edition: from nothing but what it shows, its own rule included, no true
//! number from 1 to 9 may be worked out.
//!
//! Two ways. Whole editions of random, sparse data sets go to a solver that knows every sum. In
//! small worlds every data set there is is published, and those that look alike are compared: so
//! whatever the rule itself gives away, a table left out included, is found as well.
//!
//! `KEPU_DATA_SETS` says how many random data sets; ordinarily it is a few hundred.

mod data;
mod editions;
mod worlds;

use std::sync::OnceLock;

use jiff::civil::date;
use kepu::{embedded, locale::Locales, report::Catalogue};

/// Sessions alike in everything.
#[derive(Debug, Clone)]
struct Group {
    month: i8,
    audience: &'static str,
    topic: &'static str,
    venue: &'static str,
    division: &'static str,
    language: &'static str,
    profile: &'static str,
    started: u64,
    answered: u64,
    completed: u64,
    /// Questions asked of each of them, with the right answers.
    questions: Vec<(String, u64, u64)>,
    /// What some of the completed ones asked for: a topic, a form, or both.
    requests: Vec<(&'static str, &'static str, u64)>,
}

struct Known {
    catalogue: Catalogue,
    locales: Locales,
}

fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| Known {
        catalogue: Catalogue::new(embedded::packs().collect(), date(2026, 12, 1)),
        locales: Locales::shipped().unwrap(),
    })
}

fn how_many() -> u64 {
    let asked = std::env::var("KEPU_DATA_SETS").ok();
    asked.map_or(1000, |text| text.parse().unwrap())
}

//! Kepu (科普), the quiz engine for public science kiosks.
//!
//! Visitors tap, answer a short round, learn why, and leave. Staff load question packs and export
//! participation counts. Scores say nothing about a person and survive a power cut.
//!
//! # The map
//!
//! | module | what lives there |
//! | --- | --- |
//! | [`cli`] | the command enum; one file a command: arguments and `execute` |
//! | [`config`] | `station.ron`, checked |
//! | [`files`] | read, durable write; every error names path and verb |
//! | [`hotlines`] | telephone lines by id: the numbers that stand in texts, here and now |
//! | [`embedded`] | the files inside the program: locales, starter packs |
//! | [`face`] | the shipped typefaces: their bytes, for which languages, which characters they can draw |
//! | [`texts`] | a text in several languages, as it is written; which language is near another |
//! | [`locale`] | Fluent bundles, language negotiation |
//! | [`bank`] | `Question`, `Pack`, `QuestionBank`: checked, read-only; what a check finds |
//! | [`session`] | one visitor's round: a pure state machine, its draw, its scoring |
//! | [`packs`] | packs as files: built, signed, verified, reviewed, installed, taken back |
//! | [`requests`] | what visitors may ask for after a round: fixed lists, as data |
//! | [`staff`] | what only staff may do: the PIN |
//! | [`journal`] | what staff did, only ever appended |
//! | [`records`] | `RecordStore`: the only owner of `SQLite`; the writer thread; what a report counts |
//! | [`report`] | gathered once, summarised purely, one exporter a format |
//! | [`upload`] | batches: sealed, sent to a place, collected; packs fetched from a server; the only part on a network |
#![cfg_attr(
    feature = "kiosk",
    doc = "| [`kiosk`] | the screens, the theme, the robot: the only part that knows Bevy |"
)]
//!
//! Who may use whom:
//!
//! ```text
//! cli, kiosk -> packs, staff, report, upload -> records, bank, journal -> files, face, hotlines, texts
//! kiosk, report, upload -> requests
//! kiosk -> session -> bank            config and locale are read by cli, kiosk and report only
//! ```
//!
//! Anything else is a mistake that a test names. `records` knows neither `session` nor `bank`:
//! the kiosk turns an outcome into a record.
//!
//! # Invariants
//!
//! 1. Nothing outside `kiosk` names `bevy`.
//! 2. `session` and `bank`'s domain types do no I/O, read no clock, draw no randomness: seed, time
//!    and settings are arguments.
//! 3. Only `records` runs SQL; only `upload` touches a network; only `files`, `journal` and `packs`
//!    write files.
//! 4. No stored column describes a person. The list of columns is a test.
//! 5. An answer whose feedback has been shown survives a power cut. It is stored once, whatever is
//!    retried.
//! 6. Nothing a visitor, a pack, a stick or a server does makes the kiosk panic, leave full screen or show
//!    technical text.
//! 7. Every text a visitor or staff member sees on screen is a Fluent key or pack text, in every
//!    shipped language.
//! 8. A screen that does not move does not draw.

pub mod bank;
pub mod cli;
pub mod config;
pub mod embedded;
pub mod face;
pub mod files;
pub mod hotlines;
pub mod journal;
#[cfg(feature = "kiosk")]
pub mod kiosk;
pub mod locale;
pub mod packs;
pub mod records;
pub mod report;
pub mod requests;
pub mod session;
pub mod staff;
pub mod texts;
pub mod upload;

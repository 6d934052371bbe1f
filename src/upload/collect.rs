//! Collecting: every batch at a place, proven, into one file; every session once.
//!
//! What is broken is set aside with the station it is of, and the rest goes on. A collection can be
//! ended at any moment and begun again: batches that are in the file are not read again, and what a
//! name says of a batch's content is proven before it is believed.

use std::ops::RangeInclusive;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::{fmt, mem, thread};

use super::batch::{self, Fault, MOST_BATCH_BYTES, Name};
use super::{Found, Place, Trouble};
use crate::records::{self, Collection, EndedSession, Incoming, Origin, Pile};

/// How many sessions are stored by one transaction, at least if there are more: random keys touch
/// most pages of the file each time, so that fewer and larger transactions write less. The most take
/// some 80 MB, and as many may be on their way.
const AT_ONCE: RangeInclusive<usize> = 60_000..=250_000;

/// What a batch's file ends with; anything else that lies about is nobody's batch.
const ENDING: &str = ".jsonl.gz";

/// How far a collection is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Batches stored or set aside.
    pub done: usize,
    /// Batches to be looked at.
    pub all: usize,
    /// Sessions stored.
    pub sessions: u64,
}

/// What a collection brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// Stations that have a folder at the place.
    pub stations: usize,
    /// Batches that were taken in now.
    pub batches: u64,
    /// Batches that had been taken in before.
    pub known_batches: u64,
    /// Sessions that were new.
    pub sessions: u64,
    /// Sessions in these batches that had come before, the same.
    pub known_sessions: u64,
    /// What was set aside.
    pub aside: Vec<Aside>,
}

/// Something that could not be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The name of the batch.
    pub name: String,
    /// The station whose folder it lies in.
    pub station: String,
    /// Why: one of [`Self::WHYS`].
    pub why: &'static str,
    /// The line that is wrong, from 1, or the number of sessions that differ; otherwise 0.
    pub number: usize,
}

impl Aside {
    /// Every reason there is.
    pub const WHYS: [&'static str; 7] = [
        "name",
        "size",
        "hash",
        "gzip",
        "line",
        "unreadable",
        "differs",
    ];
}

/// Why a collection ended early. What was stored is stored.
#[derive(Debug)]
pub enum Error {
    /// The place cannot be read.
    Place(Trouble),
    /// The file cannot be read or written.
    File(records::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Place(trouble) => trouble.fmt(f),
            Self::File(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<Trouble> for Error {
    fn from(trouble: Trouble) -> Self {
        Self::Place(trouble)
    }
}

impl From<records::Error> for Error {
    fn from(error: records::Error) -> Self {
        Self::File(error)
    }
}

/// Takes every batch of a place into a collection.
///
/// # Errors
///
/// When the place cannot be listed or the way to it breaks, or the file cannot be written.
pub fn collect(
    place: &dyn Place,
    collection: &mut Collection,
    told: &mut dyn FnMut(Progress),
) -> Result<Collected, Error> {
    collect_by(&AT_ONCE, place, collection, told)
}

fn collect_by(
    at_once: &RangeInclusive<usize>,
    place: &dyn Place,
    collection: &mut Collection,
    told: &mut dyn FnMut(Progress),
) -> Result<Collected, Error> {
    let known = collection.batches()?;
    let mut collected = Collected::default();
    let mut names = Vec::new();
    let stations = place.stations()?;
    collected.stations = stations.len();
    for station in stations {
        let lying = place.names(&station)?;
        for name in lying.into_iter().filter(|name| name.ends_with(ENDING)) {
            if known.contains_key(&name) {
                collected.known_batches += 1;
            } else {
                names.push((station.clone(), name));
            }
        }
    }
    let mut progress = Progress {
        all: names.len(),
        ..Progress::default()
    };
    told(progress);
    // One thread reads and proves, this one stores.
    thread::scope(|scope| {
        let (give, take) = sync_channel(0);
        let reader = scope.spawn(move || read_all(at_once, place, names, &give));
        let stored = store_all(&take, collection, &mut collected, &mut progress, told);
        // Whoever still reads learns that nobody listens.
        drop(take);
        let read = reader.join().unwrap_or(Err(Trouble::Broken));
        stored?;
        Ok(read?)
    })
    .map(|()| collected)
}

/// A batch that is sound, with its sessions, or one that is not.
type Proven = Result<(Incoming, Vec<(Origin, EndedSession)>), Aside>;

/// What is stored at once.
#[derive(Default)]
struct Load {
    pile: Pile,
    aside: Vec<Aside>,
}

fn read_all(
    at_once: &RangeInclusive<usize>,
    place: &dyn Place,
    names: Vec<(String, String)>,
    give: &SyncSender<Load>,
) -> Result<(), Trouble> {
    let mut load = Load::default();
    let mut read = Ok(());
    for (station, name) in names {
        match prove(place, &station, &name) {
            Ok(Ok((batch, sessions))) => load.pile.add(batch, &sessions),
            Ok(Err(aside)) => load.aside.push(aside),
            Err(trouble) if trouble.is_of_one_batch() => load.aside.push(Aside {
                name,
                station,
                why: "unreadable",
                number: 0,
            }),
            Err(trouble) => {
                read = Err(trouble);
                break;
            }
        }
        // While the last load is still being stored, this one grows.
        let waiting = load.pile.sessions();
        if waiting >= *at_once.end() {
            if give.send(mem::take(&mut load)).is_err() {
                return Ok(());
            }
        } else if waiting >= *at_once.start() {
            match give.try_send(mem::take(&mut load)) {
                Ok(()) => {}
                Err(TrySendError::Full(back)) => load = back,
                Err(TrySendError::Disconnected(_)) => return Ok(()),
            }
        }
    }
    // Whoever does not take it has a reason of its own to tell.
    let _ = give.send(load);
    read
}

fn prove(place: &dyn Place, station: &str, text: &str) -> Result<Proven, Trouble> {
    let aside = |fault: &Fault| {
        Err(Aside {
            name: text.to_owned(),
            station: station.to_owned(),
            why: fault.code(),
            number: match fault {
                Fault::Line { number } => *number,
                _ => 0,
            },
        })
    };
    let Ok(name) = text.parse::<Name>() else {
        return Ok(aside(&Fault::Name));
    };
    let bytes = match place.read(text, MOST_BATCH_BYTES)? {
        Found::Bytes(bytes) => bytes,
        Found::TooLong => return Ok(aside(&Fault::Size)),
        // It was listed a moment ago.
        Found::Nothing => return Err(Trouble::Broken),
    };
    Ok(match batch::read(&name, &bytes) {
        Ok((sessions, sha256)) => Ok((
            Incoming {
                name: text.to_owned(),
                station: name.station,
                sequence: name.sequence,
                sha256,
            },
            sessions,
        )),
        Err(fault) => aside(&fault),
    })
}

fn store_all(
    take: &Receiver<Load>,
    collection: &mut Collection,
    collected: &mut Collected,
    progress: &mut Progress,
    told: &mut dyn FnMut(Progress),
) -> Result<(), records::Error> {
    for load in take {
        for aside in load.aside {
            set_aside(collection, collected, aside)?;
            progress.done += 1;
        }
        for (batch, taken) in collection.take_in(load.pile)? {
            collected.batches += 1;
            collected.sessions += taken.new;
            collected.known_sessions += taken.known;
            progress.done += 1;
            progress.sessions += taken.new;
            if !taken.differing.is_empty() {
                let aside = Aside {
                    name: batch.name,
                    station: batch.station,
                    why: "differs",
                    number: taken.differing.len(),
                };
                set_aside(collection, collected, aside)?;
            }
        }
        told(*progress);
    }
    Ok(())
}

fn set_aside(
    collection: &mut Collection,
    collected: &mut Collected,
    aside: Aside,
) -> Result<(), records::Error> {
    collection.set_aside(&aside.name, &aside.station, aside.why)?;
    collected.aside.push(aside);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use jiff::civil::date;

    use super::*;
    use crate::upload::{Folder, Plan, simulate};
    use crate::{bank, embedded};

    #[test]
    fn many_transactions_store_what_one_would() {
        let folder = tempfile::tempdir().unwrap();
        let batches = folder.path().join("batches");
        fs::create_dir(&batches).unwrap();
        let place = Folder::quick(&batches);
        let from = date(2026, 1, 1);
        let plan = Plan {
            stations: 3,
            days: 12,
            from,
            seed: 1,
        };
        let (bank, _) = bank::load(embedded::packs(), from);
        let simulated = simulate(&bank, &plan, &place, &mut |_| ()).unwrap();

        for (at_once, fewest_steps) in [(1..=1, 3), (1..=usize::MAX, 2), (100..=200, 3)] {
            let file = folder.path().join(format!("{at_once:?}.sqlite"));
            let mut collection = Collection::open(&file).unwrap();
            let mut steps = 0;
            let told = &mut |_| steps += 1;
            let collected = collect_by(&at_once, &place, &mut collection, told).unwrap();
            assert!(steps >= fewest_steps);
            assert_eq!(collected.sessions, simulated.sessions);
            assert_eq!(collected.batches, simulated.batches);
            // Under other names the same sessions come as known ones: every word was stored.
            let mut again = Pile::default();
            for name in collection.batches().unwrap().into_keys() {
                let (mut batch, sessions) = prove(&place, "", &name).unwrap().unwrap();
                batch.name.push_str("-again");
                again.add(batch, &sessions);
            }
            let taken = collection.take_in(again).unwrap();
            let known: u64 = taken.iter().map(|(_, taken)| taken.known).sum();
            assert_eq!(known, simulated.sessions);
        }
    }
}

//! The facts of several files, added up.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::{Path, PathBuf};

use super::lines::clean;
use super::period::Period;
use crate::config::{self, Station};
use crate::records;
use crate::records::report::{Counted, Facts, Holds, Place};

/// Why nothing could be gathered.
#[derive(Debug)]
pub enum Error {
    /// A file of records could not be counted.
    Records(records::Error),
    /// A station's settings, which say where it stands, could not be used.
    Station(config::Error),
    /// A file was named more than once.
    Twice(PathBuf),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Records(error) => error.fmt(f),
            Self::Station(error) => error.fmt(f),
            Self::Twice(path) => write!(
                f,
                "cannot count {} twice: name each file once",
                path.display()
            ),
        }
    }
}

impl std::error::Error for Error {}

/// What was gathered.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The facts of all files.
    pub facts: Facts,
    /// The files, by their paths.
    pub sources: Vec<String>,
    /// Stations that are in more than one file: their sessions may be there twice.
    pub twice: Vec<String>,
}

/// Counts a period in each file of records, or station's data folder, and adds up.
///
/// # Errors
///
/// The first file that cannot be counted; a report of the rest would pass for the whole.
pub fn gather(paths: &[PathBuf], period: Period) -> Result<Gathered, Error> {
    let mut gathered = Gathered::default();
    let mut files = BTreeSet::new();
    let mut in_files: BTreeMap<String, usize> = BTreeMap::new();
    let days = (period.first().to_string(), period.last().to_string());
    for path in paths {
        let counted = Counted::open(path).map_err(Error::Records)?;
        // Where links cannot be followed the name as it is must do.
        let file = counted.path();
        if !files.insert(file.canonicalize().unwrap_or_else(|_| file.to_owned())) {
            return Err(Error::Twice(path.clone()));
        }
        let place = match counted.holds() {
            Holds::OneStation => place(file.parent().unwrap_or(Path::new("")))?,
            Holds::ManyStations => Place::default(),
        };
        let facts = counted
            .facts(&place, (&days.0, &days.1))
            .map_err(Error::Records)?;
        let stations: BTreeSet<&str> = facts
            .places
            .keys()
            .map(|place| place.station.as_str())
            .collect();
        for station in stations {
            *in_files.entry(clean(station)).or_default() += 1;
        }
        gathered.facts.add(facts);
        gathered.sources.push(clean(&path.display().to_string()));
    }
    let twice = in_files
        .into_iter()
        .filter(|(station, files)| *files > 1 && !station.is_empty());
    gathered.twice = twice.map(|(station, _)| station).collect();
    Ok(gathered)
}

/// Where the station stands whose data folder this is.
fn place(data: &Path) -> Result<Place, Error> {
    let station = Station::read(data).map_err(Error::Station)?;
    Ok(Place {
        station: station.id.unwrap_or_default(),
        division: station.division.unwrap_or_default(),
        venue: station.venue,
    })
}

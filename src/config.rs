//! `station.ron`: what is particular to one kiosk, checked once.
//!
//! Every field may be left out. A station without the file plays as a demonstration.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::files;

/// The most bytes that `station.ron` may have.
const FILE_LIMIT: u64 = 64 * 1024;

/// How long a round may be, in questions.
pub const ROUND_LENGTHS: std::ops::RangeInclusive<usize> = 3..=20;

/// How long a station may wait for a visitor who does nothing, in seconds.
pub const IDLE_SECONDS: std::ops::RangeInclusive<u64> = 10..=600;

/// How loud a station may be; 0 is silent.
pub const VOLUMES: std::ops::RangeInclusive<u8> = 0..=10;

/// How wide and how high a panel's picture may be, in millimetres.
pub const PANEL_MM: std::ops::RangeInclusive<u32> = 100..=3000;

/// What is particular to one kiosk.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// What tells this station from all others. Without it the station plays as a demonstration.
    pub id: Option<String>,
    /// What people call the station, by language (BCP 47 tags).
    pub name: Vec<(String, String)>,
    /// The languages offered (BCP 47 tags), the default one first. Empty: all shipped ones.
    pub languages: Vec<String>,
    /// Questions in a round.
    pub round_length: usize,
    /// How long nothing may happen before the countdown, for most audiences.
    pub idle: Duration,
    /// The same for those who need more time: youth and seniors.
    pub idle_patient: Duration,
    /// How long the countdown is.
    pub countdown: Duration,
    /// How loud it is, one of [`VOLUMES`].
    pub volume: u8,
    /// Width and height of the picture on the panel as it hangs, in millimetres, if measured.
    pub panel_mm: Option<(u32, u32)>,
}

impl Default for Station {
    fn default() -> Self {
        Self {
            id: None,
            name: Vec::new(),
            languages: Vec::new(),
            round_length: 6,
            idle: Duration::from_secs(60),
            idle_patient: Duration::from_secs(90),
            countdown: Duration::from_secs(20),
            volume: 5,
            panel_mm: None,
        }
    }
}

/// The file as written.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, default, rename = "Station")]
struct StationFile {
    id: Option<String>,
    name: BTreeMap<String, String>,
    languages: Vec<String>,
    round_length: usize,
    idle_seconds: u64,
    idle_patient_seconds: u64,
    countdown_seconds: u64,
    volume: u8,
    panel_mm: Option<(u32, u32)>,
}

impl Default for StationFile {
    fn default() -> Self {
        Self::of(&Station::default())
    }
}

impl StationFile {
    fn of(station: &Station) -> Self {
        Self {
            id: station.id.clone(),
            name: station.name.iter().cloned().collect(),
            languages: station.languages.clone(),
            round_length: station.round_length,
            idle_seconds: station.idle.as_secs(),
            idle_patient_seconds: station.idle_patient.as_secs(),
            countdown_seconds: station.countdown.as_secs(),
            volume: station.volume,
            panel_mm: station.panel_mm,
        }
    }
}

/// A `station.ron` that cannot be used.
#[derive(Debug)]
pub enum Error {
    /// It could not be read.
    File(files::Error),
    /// It is not the RON that is expected.
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong, and at what line and column.
        reason: Box<ron::error::SpannedError>,
    },
    /// A value is outside its range.
    Range {
        /// The file.
        path: PathBuf,
        /// The field.
        field: &'static str,
        /// The least allowed value.
        least: u64,
        /// The greatest allowed value.
        most: u64,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Form { path, reason } => {
                let at = reason.span.start;
                write!(
                    f,
                    "cannot use `{}:{}:{}`: {}",
                    path.display(),
                    at.line,
                    at.col,
                    reason.code
                )
            }
            Self::Range {
                path,
                field,
                least,
                most,
            } => write!(
                f,
                "cannot use `{}`: `{field}` must be from {least} to {most}",
                path.display()
            ),
        }
    }
}

impl std::error::Error for Error {}

impl Station {
    /// Reads `station.ron` in a data folder; without the file the defaults hold.
    pub fn read(data: &Path) -> Result<Self, Error> {
        let path = data.join("station.ron");
        if !path.exists() {
            return Ok(Self::default());
        }
        let bytes = files::read(&path, FILE_LIMIT).map_err(Error::File)?;
        let file: StationFile = ron::de::from_bytes(&bytes).map_err(|reason| Error::Form {
            path: path.clone(),
            reason: Box::new(reason),
        })?;
        Self::checked(file, path)
    }

    /// Writes `station.ron` in a data folder, durably.
    pub fn write(&self, data: &Path) -> Result<(), files::Error> {
        let pretty = ron::ser::PrettyConfig::default();
        let text = ron::ser::to_string_pretty(&StationFile::of(self), pretty).unwrap_or_default();
        files::create_folder(data)?;
        files::write(&data.join("station.ron"), text.as_bytes())
    }

    fn checked(file: StationFile, path: PathBuf) -> Result<Self, Error> {
        let (short, long) = (*ROUND_LENGTHS.start() as u64, *ROUND_LENGTHS.end() as u64);
        let (brief, patient) = (*IDLE_SECONDS.start(), *IDLE_SECONDS.end());
        for (field, value, least, most) in [
            ("round_length", file.round_length as u64, short, long),
            ("idle_seconds", file.idle_seconds, brief, patient),
            (
                "idle_patient_seconds",
                file.idle_patient_seconds,
                brief,
                patient,
            ),
            // Less than 20 s would hurry people (WCAG 2.2, success criterion 2.2.1).
            ("countdown_seconds", file.countdown_seconds, 20, patient),
            ("volume", u64::from(file.volume), 0, 10),
        ] {
            if !(least..=most).contains(&value) {
                return Err(Error::Range {
                    path,
                    field,
                    least,
                    most,
                });
            }
        }
        Ok(Self {
            id: file.id,
            name: file.name.into_iter().collect(),
            languages: file.languages,
            round_length: file.round_length,
            idle: Duration::from_secs(file.idle_seconds),
            idle_patient: Duration::from_secs(file.idle_patient_seconds),
            countdown: Duration::from_secs(file.countdown_seconds),
            volume: file.volume,
            panel_mm: file.panel_mm,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Station, Error> {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join("station.ron"), text.as_bytes()).unwrap();
        Station::read(folder.path())
    }

    #[test]
    fn a_station_without_a_file_has_the_defaults() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Station::read(folder.path()).unwrap(), Station::default());
        assert_eq!(read("()").unwrap(), Station::default());
    }

    #[test]
    fn a_value_outside_its_range_is_named_with_the_range() {
        let error = read("(round_length: 2)").unwrap_err().to_string();
        assert!(
            error.ends_with("`round_length` must be from 3 to 20"),
            "{error}"
        );
        assert!(read("(countdown_seconds: 5)").is_err());
    }

    #[test]
    fn an_unknown_field_is_refused_with_its_line_and_column() {
        let error = read("(\n    round_lenght: 6,\n)").unwrap_err().to_string();
        assert!(
            error.contains("station.ron:2:5") || error.contains("station.ron:2:17"),
            "{error}"
        );
        assert!(error.contains("round_lenght"), "{error}");
    }
}

//! Results on their way out on a stick: reports to read, batches to collect.
//!
//! On the stick, in a folder of its own: `kepu/reports/STATION/…`, and the batches where
//! `kepu collect` looks for them. Everything is read back from the stick before it counts.

use std::path::{Path, PathBuf};

use jiff::Zoned;

use super::note;
use crate::bank::Arg;
use crate::cli::report;
use crate::cli::upload::origin;
use crate::config::Station;
use crate::files;
use crate::journal::{self, Deed, Entry};
use crate::kiosk::{Alarm, ExportOffice, ExportStick, Exported};
use crate::locale::Locales;
use crate::packs::sticks::{self, MOUNT_ROOTS};
use crate::records::Submitter;
use crate::report::period::Period;
use crate::upload::{self, Beside, Folder, Found, Keeper, Place, Trouble};

/// The folder on a stick that holds everything of ours.
const FOLDER: &str = "kepu";

/// How far back the journal is asked for the last export.
const MOST_DEEDS: usize = 1000;

/// Room that a file system takes for itself.
const SPARE: u64 = 1_000_000;

/// Takes the results of one station out.
pub(super) struct Exporter {
    data: PathBuf,
}

impl Exporter {
    pub(super) fn new(data: &Path) -> Self {
        Self {
            data: data.to_owned(),
        }
    }

    /// The reports of this month and this year.
    fn reports(
        &self,
        station: &Station,
        today: jiff::civil::Date,
    ) -> Result<Vec<(String, Vec<u8>)>, Alarm> {
        let failed = |reason: String| {
            note(&format!("no report could be made: {reason}"));
            Alarm::new("no-report")
        };
        let locales = Locales::shipped().map_err(|error| failed(error.to_string()))?;
        let language = station.languages.first().map_or("zh-CN", String::as_str);
        let mut files = Vec::new();
        let month = today.strftime("%Y-%m").to_string();
        for period in [month, today.year().to_string()] {
            let period: Period = period.parse().map_err(|_| failed(period.clone()))?;
            let made = report::of_station(&self.data, period, &locales, language);
            files.extend(made.map_err(|failure| failed(failure.to_string()))?);
        }
        Ok(files)
    }
}

impl ExportOffice for Exporter {
    fn sticks(&self) -> Vec<ExportStick> {
        let roots = Station::read(&self.data).unwrap_or_default().sticks;
        let mounted = sticks::mounted(&roots);
        // A folder that the station names by itself is meant, even when nothing is mounted there.
        // Of the system's own, one without a stick is only a folder on the station's disk.
        let named = roots.iter().filter(|root| {
            let is_own = !MOUNT_ROOTS
                .iter()
                .any(|usual| Path::new(usual) == root.as_path());
            is_own && root.is_dir() && !mounted.iter().any(|stick| stick.path.starts_with(root))
        });
        let named = named.map(|root| {
            (
                root.clone(),
                crate::packs::shown(&root.display().to_string()),
            )
        });
        let mounted = mounted
            .iter()
            .map(|stick| (stick.path.clone(), stick.shown_label.clone()));
        let place = |(path, shown_label): (PathBuf, String)| ExportStick {
            free: files::free_bytes(&path).ok(),
            path,
            shown_label,
        };
        mounted.chain(named).map(place).collect()
    }

    fn export(
        &self,
        stick: &Path,
        records: Option<Submitter>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Exported, Alarm> {
        let wrong = |trouble: Trouble| Alarm::of_upload(&trouble);
        let station = Station::read(&self.data).unwrap_or_default();
        let now = Zoned::now();
        let today = upload::believable(&now);
        let Some(records) = records else {
            return Err(Alarm::new("records-off"));
        };
        let mut keeper = Beside::new(&self.data, records);
        // What cannot be attributed to a station stays: the reports of a demonstration may be read.
        let origin = origin(&station);
        if let Some(origin) = &origin {
            upload::seal_all(&mut keeper, origin, today.as_deref()).map_err(wrong)?;
        }
        let reports = self.reports(&station, now.date())?;
        let mut needed: u64 = SPARE
            + reports
                .iter()
                .map(|(_, bytes)| bytes.len() as u64)
                .sum::<u64>();
        for batch in keeper.unsent().map_err(wrong)? {
            let bytes = keeper.batch_bytes(batch.sequence).map_err(wrong)?;
            needed += bytes.map_or(0, |bytes| bytes.len() as u64);
        }
        let free = files::free_bytes(stick).map_err(|error| wrong(error.into()))?;
        if free < needed {
            let megabytes = |bytes: u64| Arg::Number(bytes.div_ceil(1_000_000).cast_signed());
            return Err(Alarm::new("stick-full")
                .with("free", megabytes(free))
                .with("needed", megabytes(needed)));
        }

        let folder = stick.join(FOLDER);
        files::create_folder(&folder).map_err(|error| wrong(error.into()))?;
        let folder = Folder::new(&folder);
        let all = reports.len() as u64;
        let id = station.id.as_deref().unwrap_or("demo");
        for (done, (name, bytes)) in (0..).zip(&reports) {
            progress(done, all + 1);
            put(&folder, &format!("reports/{id}/{name}"), bytes).map_err(wrong)?;
        }
        let mut told = |done: usize, of: usize| {
            let (done, of) = (done as u64, of as u64);
            progress(all + done, all + of.max(1));
        };
        let mut exported = Exported {
            files: reports.len(),
            sessions: 0,
        };
        if origin.is_some() {
            // Where results are uploaded, too, a stick that is lost must lose nothing.
            let sent = if station.upload.is_some() {
                upload::copy_all(&mut keeper, &folder, &mut told)
            } else {
                upload::send_all(&mut keeper, &folder, today.as_deref(), &mut told)
            };
            let sent = sent.map_err(wrong)?;
            exported.sessions = sent.sessions;
            if let Some(trouble) = sent.trouble {
                return Err(wrong(trouble));
            }
        }
        self.write_down(&now);
        Ok(exported)
    }

    fn last(&self) -> Option<String> {
        let deeds = journal::read(&self.data, MOST_DEEDS).ok()?;
        let last = deeds
            .iter()
            .rfind(|entry| entry.deed == Deed::RecordsExported)?;
        let at = last.at.to_zoned(jiff::tz::TimeZone::system());
        Some(at.date().to_string())
    }
}

impl Exporter {
    fn write_down(&self, now: &Zoned) {
        let entry = Entry {
            at: now.timestamp(),
            deed: Deed::RecordsExported,
            subject: String::new(),
            detail: String::new(),
        };
        if let Err(error) = journal::append(&self.data, &entry) {
            note(&error.to_string());
        }
    }
}

/// Writes a file that may replace an earlier one, and reads it back.
fn put(folder: &Folder, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
    folder.replace(name, bytes)?;
    match folder.read(name, bytes.len() as u64)? {
        Found::Bytes(found) if found == bytes => Ok(()),
        _ => Err(Trouble::Broken),
    }
}

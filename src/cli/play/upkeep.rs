//! What keeps the records of a station well over years, done in the background while it plays: a
//! verified copy every night, and old sessions that are safe elsewhere are forgotten.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use jiff::{ToSpan, Zoned};

use super::note;
use crate::files;
use crate::kiosk::Alarm;
use crate::records::{self, Record, RecordStore, Submitter, copy_in};
use crate::upload;

/// How often it is looked whether there is something to do.
const GLANCE: Duration = Duration::from_secs(600);

/// From when on a station that is switched on counts as running by night, too: before, visitors of
/// the morning come first.
const SETTLED: Duration = Duration::from_secs(30 * 60);

/// The hours of the night, from and up to.
const NIGHT: std::ops::Range<i8> = 1..5;

/// How long the bytes of a batch are kept after it has arrived, so that a place that loses it can
/// have it again.
const KEPT_DAYS: i64 = 90;

/// How many sessions are forgotten at once, and how long a record may wait for the disk.
const AT_ONCE: usize = 200;
const DISK_PATIENCE: Duration = Duration::from_secs(120);

/// Keeps the records of one station.
#[derive(Clone, Default)]
pub(super) struct Upkeep(Arc<Mutex<Option<Alarm>>>);

impl Upkeep {
    /// Starts it, for as long as the program runs. `keep_years` is 0 where nothing is forgotten.
    pub(super) fn start(&self, data: &Path, keep_years: u8, writer: Submitter) {
        let (state, data) = (self.clone(), data.to_owned());
        let begun = thread::Builder::new()
            .name("upkeep".to_owned())
            .spawn(move || state.run(&data, keep_years, &writer));
        if let Err(error) = begun {
            note(&format!("nothing keeps the records: {error}"));
        }
    }

    /// Why the copy could not be made, if it could not.
    pub(super) fn trouble(&self) -> Option<Alarm> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Alarm>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run(&self, data: &Path, keep_years: u8, writer: &Submitter) {
        let begun = Instant::now();
        let mut copied = copied_on(data);
        loop {
            thread::sleep(GLANCE);
            let now = Zoned::now();
            let today = upload::believable(&now).map(|_| now.date());
            if copy_is_due(copied, &now, begun.elapsed()) {
                // Tried once a day, whatever comes of it.
                copied = Some(now.date());
                *self.lock() = copy(data).err();
            }
            if let Some(today) = today {
                clear(data, today, keep_years, writer);
            }
        }
    }
}

/// The day on which the copy was made, by the file itself.
fn copied_on(data: &Path) -> Option<Date> {
    let made = files::changed(&copy_in(data)).ok()?;
    let made = jiff::Timestamp::try_from(made).ok()?;
    Some(made.to_zoned(jiff::tz::TimeZone::system()).date())
}

/// Once a day: by night, or, at a station that is switched off every evening, when it has settled.
/// A clock that jumps back makes a copy more, never one less.
fn copy_is_due(copied: Option<Date>, now: &Zoned, up: Duration) -> bool {
    copied != Some(now.date()) && (NIGHT.contains(&now.hour()) || up >= SETTLED)
}

/// Makes the copy, where there is room for it beside everything else.
fn copy(data: &Path) -> Result<(), Alarm> {
    let failed = |reason: String| {
        note(&format!("the records could not be copied: {reason}"));
        Alarm::new("copy-failed")
    };
    let size = records::size(data).map_err(|error| failed(error.to_string()))?;
    let free = files::free_bytes(data).map_err(|error| failed(error.to_string()))?;
    if free < size.saturating_mul(2) {
        return Err(failed("there is too little room".to_owned()));
    }
    match RecordStore::copy(data) {
        Ok(_) | Err(records::Error::Missing { .. }) => Ok(()),
        Err(error) => Err(failed(error.to_string())),
    }
}

/// Forgets what is old and safe elsewhere. What fails is done the next time.
fn clear(data: &Path, today: Date, keep_years: u8, writer: &Submitter) {
    if let Ok(before) = today.checked_sub(KEPT_DAYS.days()) {
        let before = before.to_string();
        writer.store(Record::LetGo { before }, DISK_PATIENCE);
    }
    if keep_years > 0
        && let Ok(before) = today.checked_sub(i64::from(keep_years).years())
    {
        forget(data, &before.to_string(), writer);
    }
}

/// Forgets the old sessions, some at once, so that visitors' answers come in between.
fn forget(data: &Path, before: &str, writer: &Submitter) {
    loop {
        let old = RecordStore::open_read_only(data)
            .and_then(|records| records.forgettable(before, AT_ONCE));
        let sessions = old.unwrap_or_default();
        if sessions.is_empty() {
            return;
        }
        let are_last = sessions.len() < AT_ONCE;
        let forget = Record::Forget {
            before: before.to_owned(),
            sessions,
        };
        if !writer.store(forget, DISK_PATIENCE) || are_last {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_due_once_a_day_by_night_or_when_the_station_has_run_for_a_while() {
        let at = |text: &str| text.parse::<Zoned>().unwrap();
        let day = |text: &str| Some(text.parse::<Date>().unwrap());
        let (short, long) = (Duration::from_secs(60), SETTLED);
        let night = at("2026-03-14T02:10:00+08:00[+08:00]");
        let noon = at("2026-03-14T12:10:00+08:00[+08:00]");
        assert!(copy_is_due(None, &night, short) && !copy_is_due(None, &noon, short));
        assert!(copy_is_due(day("2026-03-13"), &noon, long));
        assert!(!copy_is_due(day("2026-03-14"), &night, long));
        assert!(
            copy_is_due(day("2027-01-01"), &night, short),
            "a clock that was wrong"
        );
    }
}

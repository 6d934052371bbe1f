//! The upload of a station that plays: on a thread of its own, one batch in flight, for ever.
//!
//! It reads the records beside the writer and hands it what is to be written, so that visitors never
//! wait for a network, and the file has one writer. Killed at any moment, nothing is lost: what is
//! not marked is sent again.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Zoned;

use super::pace::Pace;
use super::{Keeper, Origin, Place, Trouble, Unsealed, batch, believable, seal_all, send_all};
use crate::records::{self, Backlog, Record, RecordStore, Submitter, UnsentBatch};

/// How long a record may wait for the disk before the try counts as failed.
const DISK_PATIENCE: Duration = Duration::from_secs(120);

/// How the upload fares, as staff are shown it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UploadState {
    /// What waits, and when it last went well.
    pub backlog: Backlog,
    /// What went wrong at the last try.
    pub trouble: Option<Trouble>,
    /// Whether something is being sent now.
    pub is_sending: bool,
}

/// The upload of a station, as long as this lives. Dropped, it begins nothing new, and nobody waits
/// for what is in flight.
#[derive(Debug)]
pub struct Uploader {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    wake: Condvar,
}

#[derive(Debug, Default)]
struct State {
    upload: UploadState,
    hurry: bool,
    ended: bool,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Uploader {
    /// Starts the thread. `data` is the folder whose records `writer` writes; `on_change` is called
    /// after each change of [`Self::state`].
    ///
    /// # Errors
    ///
    /// When the system gives no thread.
    pub fn start(
        data: &Path,
        origin: Origin,
        place: Box<dyn Place>,
        writer: Submitter,
        on_change: impl Fn() + Send + 'static,
    ) -> Result<Self, std::io::Error> {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let mut keeper = Beside::new(data, writer);
        thread::Builder::new()
            .name("upload".to_owned())
            .spawn(move || run(&theirs, &mut keeper, &origin, &*place, &on_change))?;
        Ok(Self { shared })
    }

    /// How it goes.
    #[must_use]
    pub fn state(&self) -> UploadState {
        self.shared.lock().upload.clone()
    }

    /// Tries at once.
    pub fn hurry(&self) {
        self.shared.lock().hurry = true;
        self.shared.wake.notify_one();
    }
}

impl Drop for Uploader {
    fn drop(&mut self) {
        self.shared.lock().ended = true;
        self.shared.wake.notify_one();
    }
}

fn run(
    shared: &Shared,
    keeper: &mut Beside,
    origin: &Origin,
    place: &dyn Place,
    on_change: &impl Fn(),
) {
    let begun = Instant::now();
    let mut pace = Pace::default();
    while wait(shared, &mut pace, begun) {
        shared.lock().upload.is_sending = true;
        on_change();
        let today = believable(&Zoned::now());
        let trouble = attempt(keeper, origin, place, today.as_deref());
        let backlog = keeper.open().and_then(|store| Ok(store.backlog()?));
        {
            let mut state = shared.lock();
            state.upload.is_sending = false;
            state.upload.trouble = trouble.or_else(|| backlog.as_ref().err().cloned());
            if let Ok(backlog) = backlog {
                state.upload.backlog = backlog;
            }
            // A random number that cannot be had is no reason to stop.
            let drawn = batch::seed().map_or(0.5, |seed| f64::from(seed.to_le_bytes()[0]) / 255.0);
            pace.ended(state.upload.trouble.as_ref(), begun.elapsed(), drawn);
        }
        on_change();
    }
}

/// Waits until it is time to try; false when it is over.
fn wait(shared: &Shared, pace: &mut Pace, begun: Instant) -> bool {
    let mut state = shared.lock();
    loop {
        if state.ended {
            return false;
        }
        let now = begun.elapsed();
        if std::mem::take(&mut state.hurry) {
            pace.hurry(now);
        }
        if pace.is_due(now) {
            return true;
        }
        let left = pace.next().saturating_sub(now);
        let woken = shared.wake.wait_timeout(state, left);
        state = woken.unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// Seals and sends; gives what went wrong.
fn attempt(
    keeper: &mut Beside,
    origin: &Origin,
    place: &dyn Place,
    today: Option<&str>,
) -> Option<Trouble> {
    let done = seal_all(keeper, origin, today)
        .and_then(|_| send_all(keeper, place, today, &mut |_, _| {}));
    match done {
        Ok(sent) => sent.trouble,
        Err(trouble) => Some(trouble),
    }
}

/// The records of a station that plays: read beside the writer, written through it. For a thread
/// that may wait for the disk.
#[derive(Clone, Debug)]
pub struct Beside {
    data: PathBuf,
    writer: Submitter,
}

impl Beside {
    /// The records in the folder `data`, which `writer` writes.
    #[must_use]
    pub fn new(data: &Path, writer: Submitter) -> Self {
        Self {
            data: data.to_owned(),
            writer,
        }
    }

    /// Opened for each question and let go at once: an open reader makes the log grow.
    fn open(&self) -> Result<RecordStore, Trouble> {
        Ok(RecordStore::open_read_only(&self.data)?)
    }
}

impl Keeper for Beside {
    fn store(&mut self, record: Record) -> Result<(), Trouble> {
        let is_kept = |store: &RecordStore| -> Result<bool, records::Error> {
            let unsent = store.unsent()?;
            let waits = |number: u64| unsent.iter().any(|batch| batch.sequence == number);
            Ok(match &record {
                Record::Seal(batch) => unsent.iter().any(|kept| kept.sha256 == batch.sha256),
                Record::Acknowledge { sequence, .. } => !waits(*sequence),
                _ => true,
            })
        };
        let dealt_with = self.writer.store(record.clone(), DISK_PATIENCE);
        // Only what can be read is believed: a record that breaks a rule is passed over.
        if dealt_with && is_kept(&self.open()?)? {
            return Ok(());
        }
        Err(Trouble::Records("the disk does not take it".to_owned()))
    }

    fn unsealed(&self, today: Option<&str>) -> Result<Unsealed, Trouble> {
        Unsealed::of(&self.open()?, today)
    }

    fn unsent(&self) -> Result<Vec<UnsentBatch>, Trouble> {
        Ok(self.open()?.unsent()?)
    }

    fn batch_bytes(&self, sequence: u64) -> Result<Option<Vec<u8>>, Trouble> {
        Ok(self.open()?.batch_bytes(sequence)?)
    }
}

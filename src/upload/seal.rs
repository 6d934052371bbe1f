//! Sealing: ended sessions become batches whose bytes never change any more.
//!
//! The order of visitors is not to be read off what leaves a station. Within a batch the order is
//! drawn. Between batches: only whole past days are sealed, so that no two batches share a day; and
//! what has no day that can be believed leaves only in company (see [`FEWEST_DATELESS`]). A day of
//! uptime would tell nothing here: stations are switched off every evening.
//!
//! All sessions leave, those of staff and robots, too: `mode` tells them apart, and every count is
//! of visitors only, at the station as in the county.
//!
//! [`FEWEST_DATELESS`]: crate::records::FEWEST_DATELESS

use jiff::Zoned;

use super::batch::{self, MOST_SESSIONS};
use super::{Origin, Trouble};
use crate::records::{Record, RecordStore, SealedBatch, UnsentBatch};

/// A clock that says an earlier year has never been set (the program is younger).
const FIRST_YEAR: i16 = 2026;

/// The local date, unless the clock has never been set.
#[must_use]
pub fn believable(now: &Zoned) -> Option<String> {
    (now.year() >= FIRST_YEAR).then(|| now.date().to_string())
}

/// Who reads and writes the station's records for us.
pub trait Keeper {
    /// Stores a record durably.
    ///
    /// # Errors
    ///
    /// [`Trouble::Records`] when it is not known to be stored.
    fn store(&mut self, record: Record) -> Result<(), Trouble>;

    /// As [`RecordStore::unsealed`], with the number of the next batch.
    ///
    /// # Errors
    ///
    /// [`Trouble::Records`] when the records cannot be read.
    fn unsealed(&self, today: Option<&str>) -> Result<Unsealed, Trouble>;

    /// As [`RecordStore::unsent`].
    ///
    /// # Errors
    ///
    /// As [`Self::unsealed`].
    fn unsent(&self) -> Result<Vec<UnsentBatch>, Trouble>;

    /// As [`RecordStore::batch_bytes`].
    ///
    /// # Errors
    ///
    /// As [`Self::unsealed`].
    fn batch_bytes(&self, sequence: u64) -> Result<Option<Vec<u8>>, Trouble>;
}

/// What may be sealed now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsealed {
    /// The number of the next batch.
    pub sequence: u64,
    /// The sessions, no more than go into one batch.
    pub sessions: Vec<crate::records::EndedSession>,
}

impl Unsealed {
    /// What may be sealed now of some records.
    ///
    /// # Errors
    ///
    /// [`Trouble::Records`] when they cannot be read.
    pub fn of(store: &RecordStore, today: Option<&str>) -> Result<Self, Trouble> {
        Ok(Self {
            sequence: store.next_sequence()?,
            sessions: store.unsealed(today, MOST_SESSIONS)?,
        })
    }
}

impl Keeper for RecordStore {
    fn store(&mut self, record: Record) -> Result<(), Trouble> {
        Ok(RecordStore::store(self, &record)?)
    }

    fn unsealed(&self, today: Option<&str>) -> Result<Unsealed, Trouble> {
        Unsealed::of(self, today)
    }

    fn unsent(&self) -> Result<Vec<UnsentBatch>, Trouble> {
        Ok(RecordStore::unsent(self)?)
    }

    fn batch_bytes(&self, sequence: u64) -> Result<Option<Vec<u8>>, Trouble> {
        Ok(RecordStore::batch_bytes(self, sequence)?)
    }
}

/// Seals everything that may leave. Gives the number of sessions sealed.
///
/// # Errors
///
/// [`Trouble::Records`] when the records cannot be read or written.
pub fn seal_all(
    keeper: &mut dyn Keeper,
    origin: &Origin,
    today: Option<&str>,
) -> Result<u64, Trouble> {
    let mut sealed = 0;
    loop {
        let Unsealed { sequence, sessions } = keeper.unsealed(today)?;
        let no_randomness = || Trouble::Records("the system gives no randomness".to_owned());
        let seed = batch::seed().ok_or_else(no_randomness)?;
        let Some(batch) = batch::freeze(origin, &sessions, sequence, seed, today) else {
            return Ok(sealed);
        };
        sealed += count(&batch);
        keeper.store(Record::Seal(Box::new(batch)))?;
    }
}

fn count(batch: &SealedBatch) -> u64 {
    batch.sessions.len() as u64
}

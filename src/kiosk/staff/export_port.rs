//! What the staff screen needs of whoever takes results out on a stick.

use std::path::{Path, PathBuf};

use super::desk::Alarm;
use crate::records::Submitter;

/// Takes results out on sticks. All of it may take long.
pub trait ExportOffice: Send + Sync {
    /// The places that results can be taken to now.
    fn sticks(&self) -> Vec<ExportStick>;

    /// Writes reports and results to a stick and reads them back. `records` is the way to the one
    /// writer of the records, if there is one; `progress` hears how much of how much is done.
    ///
    /// # Errors
    ///
    /// What went wrong, worded for staff. What has not been read back counts as not taken out.
    fn export(
        &self,
        stick: &Path,
        records: Option<Submitter>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Exported, Alarm>;

    /// The day on which results were last taken out, if it is known.
    fn last(&self) -> Option<String>;
}

/// A place for results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportStick {
    /// Where it is.
    pub path: PathBuf,
    /// What staff know it by.
    pub shown_label: String,
    /// Bytes free, if it tells.
    pub free: Option<u64>,
}

/// What an export took out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// Files of reports.
    pub files: usize,
    /// Sessions that had not left the station before.
    pub sessions: u64,
}

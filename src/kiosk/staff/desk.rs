//! What the staff screen is given by whoever starts the kiosk.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bevy::prelude::*;

use super::export_port::ExportOffice;
use super::packs_port::PackOffice;
use crate::bank::{Arg, QuestionBank};
use crate::config::Station;
use crate::journal::Deed;
use crate::packs::Refused;
use crate::upload::Trouble;

/// What staff can do at the kiosk, as it was put together by whoever starts it. All of it may be
/// called from a thread.
pub struct StaffDesk {
    /// The station's data folder.
    pub data: PathBuf,
    /// The packs.
    pub packs: Box<dyn PackOffice>,
    /// The way out for results.
    pub export: Box<dyn ExportOffice>,
    /// Loads the questions anew, after the packs have changed.
    pub reload: Box<dyn Fn() -> QuestionBank + Send + Sync>,
    /// Writes `station.ron`; an error is a sentence for the log.
    pub save_station: Box<dyn Fn(&Station) -> Result<(), String> + Send + Sync>,
    /// Notes what staff did, and to what. What is done to packs the office notes by itself.
    pub journal: Box<dyn Fn(Deed, &str) + Send + Sync>,
    /// What goes wrong in the background just now.
    pub troubles: Box<dyn Fn() -> Vec<Alarm> + Send + Sync>,
    /// What was found wrong while starting.
    pub alarms: Vec<Alarm>,
}

/// Something that staff should see to: the message `<family>-<code>`, with what to do as `.hint`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// `alarm`, `pack` for what the packs say of themselves, `upload-trouble` and its like for
    /// results on their way.
    pub family: &'static str,
    /// The id of the sentence.
    pub code: &'static str,
    /// Values for it.
    pub args: Vec<(&'static str, Arg)>,
}

impl Alarm {
    /// An alarm without values.
    #[must_use]
    pub fn new(code: &'static str) -> Self {
        Self {
            family: "alarm",
            code,
            args: Vec::new(),
        }
    }

    /// An alarm about results on their way.
    #[must_use]
    pub fn of_upload(trouble: &Trouble) -> Self {
        let alarm = Self {
            family: "upload-trouble",
            code: trouble.code(),
            args: Vec::new(),
        };
        match trouble {
            Trouble::Records(reason) => alarm.with("reason", reason.as_str()),
            _ => alarm,
        }
    }

    /// An alarm about installed packs.
    #[must_use]
    pub fn of_packs(said: Refused) -> Self {
        Self {
            family: "pack",
            code: said.code,
            args: said.args,
        }
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// The desk, to be carried to threads.
#[derive(Resource, Clone, Deref)]
pub(super) struct Desk(Arc<StaffDesk>);

impl Desk {
    pub(super) fn new(desk: StaffDesk) -> Self {
        Self(Arc::new(desk))
    }
}

/// Whether the program is to be started again once it has ended.
#[derive(Resource, Clone, Default)]
pub(in crate::kiosk) struct Restart(Arc<AtomicBool>);

impl Restart {
    pub(super) fn wish(&self) {
        self.0.store(true, Ordering::Release);
    }

    pub(in crate::kiosk) fn is_wished(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

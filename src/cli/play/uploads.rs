//! The results of a kiosk that plays, on their way to the place that `station.ron` names.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::log::{StaffLog, note};
use crate::cli::upload::origin;
use crate::config::Station;
use crate::kiosk::Alarm;
use crate::records::Writer;
use crate::upload::{self, Credentials, Origin, Place, Uploader};

/// The upload in the background, once the records are open.
#[derive(Clone, Default)]
pub(super) struct Uploads(Arc<Mutex<Option<Uploader>>>);

impl Uploads {
    /// Starts it.
    pub(super) fn start(&self, way: Way, writer: &Writer) {
        let started = Uploader::start(&way.data, way.origin, way.place, writer.submitter(), || {});
        match started {
            Ok(uploader) => *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(uploader),
            Err(error) => note(&format!("results are not uploaded: {error}")),
        }
    }

    /// What went wrong at the last try.
    pub(super) fn trouble(&self) -> Option<Alarm> {
        let uploader = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Some(Alarm::of_upload(&uploader.as_ref()?.state().trouble?))
    }
}

/// From where results go, and where to.
pub(super) struct Way {
    data: PathBuf,
    origin: Origin,
    place: Box<dyn Place>,
}

impl Way {
    /// The way that the settings name, if they name one; a station without an id has no results of
    /// its own.
    pub(super) fn find(data: &Path, station: &Station, log: &mut StaffLog) -> Option<Self> {
        let (origin, address) = (origin(station)?, station.upload.as_deref()?);
        let credentials = match Credentials::find(Some(data)) {
            Ok(credentials) => credentials,
            Err(bad) => {
                let path = bad.path.display().to_string();
                let alarm = Alarm {
                    family: "upload-credentials",
                    code: bad.code,
                    args: Vec::new(),
                };
                log.say(
                    &format!(
                        "results are not uploaded: `{path}` cannot be used ({})",
                        bad.code
                    ),
                    alarm.with("path", path.as_str()),
                );
                return None;
            }
        };
        match upload::place(address, &credentials) {
            Ok(place) => Some(Self {
                data: data.to_owned(),
                origin,
                place,
            }),
            Err(bad) => {
                let code = bad.code();
                let alarm = Alarm {
                    family: "upload-address",
                    code,
                    args: Vec::new(),
                };
                // The address itself may hold a secret.
                log.say(
                    &format!(
                        "results are not uploaded: `upload` in station.ron cannot be used ({code})"
                    ),
                    alarm,
                );
                None
            }
        }
    }
}

//! A point in time that nobody can set: how long the machine has been running, and since which
//! start.

use std::path::Path;
use std::time::Duration;

use crate::files;

/// The time since the machine was started, suspension included, and which start that was.
///
/// The wall clock is not asked: staff, the network and an empty battery change it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Changes with every start of the machine; no longer than 64 characters.
    pub boot_id: String,
    /// Time since that start.
    pub uptime: Duration,
}

impl Moment {
    /// The present one, as Linux tells it.
    pub fn now() -> Result<Self, files::Error> {
        let read = |path: &str| {
            let bytes = files::read(Path::new(path), 64)?;
            Ok(String::from_utf8_lossy(&bytes).trim().to_owned())
        };
        let boot_id = read("/proc/sys/kernel/random/boot_id")?;
        let uptime = read("/proc/uptime")?;
        // Seconds with two decimals, then the idle time.
        let seconds = uptime.split(' ').next().and_then(|text| text.parse().ok());
        let uptime = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        Ok(Self {
            boot_id,
            // Without an uptime no wait ever ends: the staff area stays closed.
            uptime: uptime.unwrap_or_default(),
        })
    }
}

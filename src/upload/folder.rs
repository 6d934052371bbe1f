//! A folder, of this machine, a share or a stick.
//!
//! A name appears by a rename, because sticks know no hard links, and only when the bytes are on
//! the disk. Reading back drops what the system remembers, because some sticks lie.

use std::path::{Path, PathBuf};

use super::{Found, Place, Published, Trouble};
use crate::files::{self, Cause};

/// The most stations in a folder, and the most files of one station.
const MOST_NAMES: usize = 1_000_000;

/// A folder that holds batches.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    /// Whether each file shall survive a power cut at once.
    durable: bool,
}

impl Folder {
    /// The folder at a path, which has to be there: a stick that is not plugged in has none, and
    /// the disk below must not be filled in its stead.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            durable: true,
        }
    }

    /// The same for what can be made again: quick, and not safe from a power cut.
    #[must_use]
    pub fn quick(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            durable: false,
        }
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        // Not made here, see above; and asked, so that a missing one has its own trouble.
        files::folders_in(&self.path)?;
        let path = self.path.join(name);
        if let Some(folder) = path.parent() {
            files::create_folder(folder)?;
        }
        if self.durable {
            files::write(&path, bytes)?;
            // The station's folder may be new, too.
            files::sync(&self.path)?;
        } else {
            files::write_quick(&path, bytes)?;
        }
        Ok(())
    }
}

impl Place for Folder {
    fn publish(&self, name: &str, bytes: &[u8]) -> Result<Published, Trouble> {
        let path = self.path.join(name);
        if path.exists() {
            // Whoever put it there may have died before its name was on the disk; what is read back
            // now would be remembered, and gone with the next cut.
            if self.durable {
                files::sync(&path)?;
                if let Some(folder) = path.parent() {
                    files::sync(folder)?;
                }
                files::sync(&self.path)?;
            }
            return Ok(Published::There);
        }
        self.write(name, bytes)?;
        Ok(Published::Written)
    }

    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        self.write(name, bytes)
    }

    fn read(&self, name: &str, most: u64) -> Result<Found, Trouble> {
        match files::read_from_disk(&self.path.join(name), most) {
            Ok(bytes) => Ok(Found::Bytes(bytes)),
            Err(error) => match &error.cause {
                Cause::TooLarge { .. } => Ok(Found::TooLong),
                Cause::Io(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
                    Ok(Found::Nothing)
                }
                Cause::Io(_) => Err(error.into()),
            },
        }
    }

    fn stations(&self) -> Result<Vec<String>, Trouble> {
        let folders = files::folders_in(&self.path)?;
        let names = folders.iter().filter_map(|path| path.file_name()?.to_str());
        let stations = names.filter_map(|name| name.strip_prefix("station="));
        Ok(stations.map(str::to_owned).collect())
    }

    fn names(&self, station: &str) -> Result<Vec<String>, Trouble> {
        let folder = format!("station={station}");
        let names = files::names_in(&self.path.join(&folder), MOST_NAMES)?;
        let names = names.into_iter();
        Ok(names.map(|name| format!("{folder}/{name}")).collect())
    }
}

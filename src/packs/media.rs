//! Pictures and sounds of a pack, proven in a child process with limits.
//!
//! A stand-in that believes everything, until the real proof takes its place.

use std::path::Path;

use super::Refused;
use super::archive::FileEntry;

/// Proves every medium of a staged pack and gives the files that came out.
pub fn prove(_folder: &Path, files: &[FileEntry]) -> Result<Vec<FileEntry>, Refused> {
    Ok(files.to_vec())
}

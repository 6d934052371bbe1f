//! The media of a pack in use: the bytes of a picture or a sound that a question names.

use std::path::Path;

use super::Refused;
use super::media::{self, Kind, PROVEN_LIMIT, Prover, Sound, proven_path};
use super::store::Store;
use crate::embedded;
use crate::files::{self, Cause};

/// The bytes of a medium of the pack in this folder, by the name that its questions use
/// (`media/tap.png`). Of an installed pack that is the proven file, which may have another name.
///
/// Fails when there is no such file, or when it is larger than [`PROVEN_LIMIT`].
pub fn read(folder: &Path, name: &str) -> Result<Vec<u8>, files::Error> {
    if let Some(bytes) = embedded::pack_file(folder, name) {
        return Ok(bytes.to_owned());
    }
    match files::read(&folder.join(proven_path(name)), PROVEN_LIMIT) {
        // A folder that somebody is still writing in has the file as it was made.
        Err(files::Error {
            cause: Cause::Io(error),
            ..
        }) if error.kind() == std::io::ErrorKind::NotFound => {
            files::read(&folder.join(name), PROVEN_LIMIT)
        }
        read => read,
    }
}

/// Hands out media to whoever shows or plays them: none that has not been proven.
#[derive(Clone, Debug)]
pub struct Gate {
    store: Store,
    prover: Prover,
}

impl Gate {
    /// A gate of the station whose packs these are; `prover` proves what is in no pack of theirs.
    #[must_use]
    pub fn new(store: Store, prover: Prover) -> Self {
        Self { store, prover }
    }

    /// The bytes of a medium, as [`read`] gives them, and in the form that proving gives.
    ///
    /// What is inside the program is ours, and what is installed was proven then. A file of any
    /// other folder is proven now, which takes a child process and its time.
    pub fn open(&self, folder: &Path, name: &str) -> Result<Vec<u8>, Refused> {
        if embedded::pack_file(folder, name).is_none() && !self.store.holds(folder) {
            return self.prover.prove_file(&folder.join(name));
        }
        read(folder, name).map_err(|error| {
            Refused::new("media-io")
                .with("file", name)
                .with("reason", error.to_string())
        })
    }
}

/// The sound of the pack in this folder with the name that its questions use; `None` when there is
/// no such file, or it is no sound.
///
/// Ogg files are decoded by the installation. Of a folder that somebody is still writing in, they
/// are decoded here in a child process, which takes a moment.
#[must_use]
pub fn sound(folder: &Path, name: &str) -> Option<Sound> {
    let kind = name.rsplit_once('.').map(|(_, ending)| ending);
    let is_ogg = kind.and_then(Kind::from_extension) == Some(Kind::Ogg);
    if let Some(bytes) = embedded::pack_file(folder, name) {
        let sound = if is_ogg {
            Sound::of_own_ogg(bytes)
        } else {
            Sound::of_wav(bytes)
        };
        return sound.ok();
    }
    if is_ogg && !folder.join(proven_path(name)).exists() {
        return media::prove_sound(&folder.join(name));
    }
    Sound::of_wav(&read(folder, name).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proven_file_comes_before_the_one_that_its_author_made() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("media")).expect("a folder");
        let write = |name, bytes: &[u8]| {
            std::fs::write(folder.path().join(name), bytes).expect("a file");
        };
        write("media/a.jpg", b"made");
        assert_eq!(
            read(folder.path(), "media/a.jpg").ok(),
            Some(b"made".into())
        );
        write("media/a.jpg.png", b"proven");
        assert_eq!(
            read(folder.path(), "media/a.jpg").ok(),
            Some(b"proven".into())
        );
        assert!(read(folder.path(), "media/b.jpg").is_err());
    }
}

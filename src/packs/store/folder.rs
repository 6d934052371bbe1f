//! The folder of one installed version: its name, and whether it is still what was installed.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::bank::{FILE_LIMIT, PICTURE_HEAD, PackFiles, narration, sizes};
use crate::files;
use crate::packs::manifest::{self, Manifest};
use crate::packs::media;

/// The longest id that the check of packs lets through.
const ID_LIMIT: usize = 64;

/// The name of a version's folder.
pub(super) fn name(id: &str, version: u32) -> String {
    format!("{id}-{version}")
}

/// The id and version that a folder's name tells, if it is one that [`name`] gives.
pub(super) fn parsed(folder: &str) -> Option<(&str, u32)> {
    let (id, digits) = folder.rsplit_once('-')?;
    let version: u32 = digits.parse().ok()?;
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let sound = (1..=ID_LIMIT).contains(&id.len()) && id.bytes().all(plain);
    (sound && version > 0 && version.to_string() == digits).then_some((id, version))
}

/// The files of an installed version, or the path of the first that is not what was installed.
///
/// The files that will be parsed are hashed in the very bytes that are handed on.
pub(super) fn sound(folder: &Path, id: &str, version: u32) -> Result<PackFiles, PathBuf> {
    let path = folder.join(manifest::NAME);
    let manifest = files::read(&path, manifest::SIZE_LIMIT)
        .ok()
        .and_then(|bytes| Manifest::parse(&bytes).ok())
        .filter(|manifest| manifest.id == id && manifest.version == version)
        .ok_or(path)?;
    let mut parsed = [None, None, None];
    for entry in &manifest.files {
        let path = folder.join(&entry.path);
        let place = ["pack.ron", "questions.ron", narration::FILE]
            .into_iter()
            .zip(&mut parsed)
            .find(|(name, _)| *name == entry.path);
        let found = match place {
            Some((_, place)) => files::read(&path, FILE_LIMIT).ok().map(|bytes| {
                let found = (bytes.len() as u64, hash(&bytes));
                *place = Some(bytes);
                found
            }),
            None => hash_file(&path, entry.size).ok(),
        };
        if found != Some((entry.size, entry.sha256.clone())) {
            return Err(path);
        }
    }
    let [pack, questions, narration] = parsed;
    let names: Vec<String> = manifest.media().flat_map(media::names).collect();
    Ok(PackFiles {
        folder: folder.to_owned(),
        pack: Ok(pack.ok_or_else(|| folder.join("pack.ron"))?),
        questions: Ok(questions.ok_or_else(|| folder.join("questions.ron"))?),
        narration: narration.map(Ok),
        pictures: sizes(&names, |name| {
            let proven = folder.join(media::proven_path(name));
            files::head(&proven, PICTURE_HEAD).ok()
        }),
        media: names,
    })
}

/// SHA-256 in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Size and SHA-256 of a file, of which at most one byte more than `size` is read.
fn hash_file(path: &Path, size: u64) -> io::Result<(u64, String)> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let mut file = File::open(path)?.take(size.saturating_add(1));
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 64 * 1024];
    let mut read = 0;
    loop {
        let count = file.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
            break;
        };
        digest.update(bytes);
        read += count as u64;
    }
    Ok((read, hexadecimal(&digest.finalize())))
}

/// Brings everything in a folder to the disk, the names in it included.
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            sync(&entry.path())?;
        } else {
            File::open(entry.path())?.sync_all()?;
        }
    }
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_name_tells_id_and_version_only_in_the_form_in_which_it_is_given() {
        assert_eq!(parsed("health-basics-12"), Some(("health-basics", 12)));
        assert_eq!(parsed(&name("a-1", 2)), Some(("a-1", 2)));
        for wrong in [
            "x",
            "-1",
            "x-",
            "x-0",
            "x-01",
            "x-+1",
            "x-4294967296",
            "../x-1",
            "X-1",
            ".-1",
        ] {
            assert_eq!(parsed(wrong), None, "{wrong}");
        }
    }
}

//! From a pack folder to one file.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{
    Archive, FileEntry, Manifest, PACK_LIMIT, create_new, measure, open, sync_folder, write_failed,
    zip,
};
use crate::packs::{Refused, manifest, shown};
use crate::{bank, files};

/// What must be known of `pack.ron` here; the rest is for the check.
#[derive(Deserialize)]
#[serde(rename = "Pack")]
struct Identity {
    id: String,
    version: u32,
}

/// Builds `<id>-<version>.kepu` in the folder `out` from `pack.ron`, `questions.ron`,
/// `narration.ron` if there is one, and the media of a pack folder, and returns its path.
///
/// The same files give the same bytes, whenever and wherever. After a power cut the old file is
/// there, or the new one whole. Names that begin with a dot are left out, as editors and file
/// managers leave such files behind. Whether the questions are any good is not looked at: check
/// them first.
///
/// Refuses with `source-identity`, `not-a-file`, `too-large`, `read-failed`, `write-failed`, or what
/// [`Manifest::check`] refuses with.
pub fn build(pack_folder: &Path, out: &Path) -> Result<PathBuf, Refused> {
    let bytes = files::read(&pack_folder.join("pack.ron"), bank::FILE_LIMIT)
        .map_err(|error| Refused::new("read-failed").with("reason", error.to_string()))?;
    let identity: Identity =
        ron::de::from_bytes(&bytes).map_err(|_| Refused::new("source-identity"))?;
    let mut paths = vec!["pack.ron".to_owned(), "questions.ron".to_owned()];
    if pack_folder.join(bank::narration::FILE).exists() {
        paths.push(bank::narration::FILE.to_owned());
    }
    find_media(pack_folder, "media", &mut paths)?;
    paths.sort();

    let mut entries = Vec::new();
    let mut crcs = Vec::new();
    for path in paths {
        manifest::check_path(&path)?;
        let measured = measure(&mut open(&pack_folder.join(&path))?, &mut |_| Ok(()))?;
        manifest::check_size(&path, measured.size)?;
        crcs.push(measured.crc);
        entries.push(FileEntry {
            path,
            size: measured.size,
            sha256: measured.sha256,
        });
    }
    let manifest = Manifest {
        format: manifest::FORMAT,
        id: identity.id,
        version: identity.version,
        files: entries,
    };
    manifest.check()?;
    write(
        pack_folder,
        &manifest,
        &crcs,
        &out.join(manifest.file_name()),
    )
}

/// Adds every regular file below a folder. Two links in a row could lead anywhere or round in a
/// circle, so links are refused.
fn find_media(root: &Path, folder: &str, paths: &mut Vec<String>) -> Result<(), Refused> {
    let failed = |error: io::Error| Refused::new("read-failed").with("reason", error.to_string());
    let at = root.join(folder);
    match fs::symlink_metadata(&at) {
        Ok(kind) if kind.is_dir() => {}
        Ok(_) => return Err(Refused::new("not-a-file").with("name", shown(folder))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    }
    for entry in fs::read_dir(at).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if paths.len() > manifest::MOST_FILES {
            return Err(Refused::new("too-many-files").with("limit", manifest::MOST_FILES));
        }
        let path = format!("{folder}/{name}");
        let kind = entry.file_type().map_err(failed)?;
        if kind.is_dir() {
            // Deeper folders than a path may have are refused before they are entered.
            manifest::check_path(&format!("{path}/x.png"))?;
            find_media(root, &path, paths)?;
        } else if kind.is_file() {
            paths.push(path);
        } else {
            return Err(Refused::new("not-a-file").with("name", shown(&path)));
        }
    }
    Ok(())
}

/// Writes the archive beside its place, reads all of it back, and moves it into its place.
fn write(
    pack_folder: &Path,
    manifest: &Manifest,
    crcs: &[u32],
    target: &Path,
) -> Result<PathBuf, Refused> {
    let first = manifest.to_bytes();
    let members = lay_out(manifest, crcs, &first)?;
    let staged = target.with_extension("kepu.part");
    let written = (|| {
        let out = target.parent().unwrap_or(Path::new("."));
        let failed = |error| write_failed(target, &error);
        fs::create_dir_all(out).map_err(failed)?;
        // One left behind by a power cut is in the way.
        match fs::remove_file(&staged) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
        let mut file = BufWriter::new(create_new(&staged).map_err(failed)?);
        let mut directory = Vec::new();
        for member in &members {
            file.write_all(&member.local()).map_err(failed)?;
            if member.name == manifest::NAME {
                file.write_all(&first).map_err(failed)?;
            } else {
                let mut source = open(&pack_folder.join(&member.name))?;
                measure(&mut source, &mut |chunk| {
                    file.write_all(chunk).map_err(failed)
                })?;
            }
            directory.extend(member.central());
        }
        let end = end(&members, directory.len());
        file.write_all(&directory).map_err(failed)?;
        file.write_all(&end).map_err(failed)?;
        let file = file
            .into_inner()
            .map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(failed)?;
        // A file of the pack may have been changed meanwhile.
        Archive::open(&staged)?.verify(&mut |_, _| {})?;
        fs::rename(&staged, target).map_err(failed)?;
        sync_folder(out).map_err(failed)
    })();
    if written.is_err() {
        // Best effort: the refusal that matters is the first one.
        drop(fs::remove_file(&staged));
    }
    written.map(|()| target.to_owned())
}

/// Where each file comes to lie, the manifest first.
fn lay_out(manifest: &Manifest, crcs: &[u32], first: &[u8]) -> Result<Vec<zip::Member>, Refused> {
    let mut members: Vec<zip::Member> = Vec::new();
    let head = (manifest::NAME, first.len() as u64, crc32fast::hash(first));
    let files = manifest.files.iter().zip(crcs);
    let files = files.map(|(file, crc)| (file.path.as_str(), file.size, *crc));
    for (name, size, crc) in std::iter::once(head).chain(files) {
        let offset = members.last().map_or(0, zip::Member::end);
        if offset + size > PACK_LIMIT {
            let limit = usize::try_from(PACK_LIMIT >> 20).unwrap_or(usize::MAX);
            return Err(Refused::new("too-large").with("limit", limit));
        }
        members.push(zip::Member {
            name: name.to_owned(),
            // Neither is above the limit, which has 30 bits.
            size: u32::try_from(size).unwrap_or(u32::MAX),
            crc,
            offset: u32::try_from(offset).unwrap_or(u32::MAX),
        });
    }
    Ok(members)
}

fn end(members: &[zip::Member], directory: usize) -> Vec<u8> {
    let offset = members.last().map_or(0, zip::Member::end);
    zip::end(
        u16::try_from(members.len()).unwrap_or(u16::MAX),
        u32::try_from(directory).unwrap_or(u32::MAX),
        u32::try_from(offset).unwrap_or(u32::MAX),
    )
}

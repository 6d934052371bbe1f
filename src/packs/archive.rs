//! The built form of a pack: one zip file with a manifest.
//!
//! An archive is taken apart without trust. First its structure: it must be, byte for byte, what
//! [`build()`] would have written for the names, sizes and checksums that it tells, so there is no
//! second reading of it, no room between, before or behind the files, and nothing to unpack that
//! could be larger than the file itself. Then the manifest, which must list exactly the files that
//! are there. Then, whenever a file is read, its checksum and its hash. So even without a signature
//! no single byte can change unnoticed; who made the pack only a [signature](super::signature)
//! tells.
//!
//! Files are stored, not compressed: texts are small, media are compressed already, and what is
//! not compressed can be no bomb and is the same on every machine.

mod build;
mod zip;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::{Refused, manifest, shown};
use crate::bank::{PICTURE_HEAD, PackFiles, narration, sizes};

pub use super::manifest::{FileEntry, Manifest};
pub use build::build;

/// The most bytes of a built pack.
pub const PACK_LIMIT: u64 = 512 * 1024 * 1024;

/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// A built pack whose structure and manifest have been found sound. The files in it are verified
/// whenever they are read.
pub struct Archive<R = File> {
    reader: R,
    manifest: Manifest,
    manifest_bytes: Vec<u8>,
    /// One for each file of the manifest, in its order.
    members: Vec<zip::Member>,
}

impl Archive<File> {
    /// Opens a built pack.
    ///
    /// Refuses like [`Archive::from_reader`]; what is no regular file is `not-a-pack`.
    pub fn open(path: &Path) -> Result<Self, Refused> {
        Self::from_reader(open(path)?)
    }
}

impl<R: Read + Seek> Archive<R> {
    /// The same for bytes from anywhere.
    ///
    /// Refuses with `too-large`, `not-a-pack`, `torn`, `too-many-files`, `structure`,
    /// `entry-form`, `encrypted`, `not-stored`, `not-a-file`, `unsafe-name`, `file-kind`,
    /// `duplicate-name`, `file-too-large`, `overlap`, `headers-differ`, `content`, `no-manifest`,
    /// `not-in-manifest`, `missing-file`, `read-failed`, or what [`Manifest::parse`] refuses with.
    pub fn from_reader(mut reader: R) -> Result<Self, Refused> {
        let mut members = zip::members(&mut reader)?;
        if members
            .first()
            .is_none_or(|first| first.name != manifest::NAME)
        {
            return Err(Refused::new("no-manifest"));
        }
        let first = members.remove(0);
        let mut manifest_bytes = Vec::new();
        copy(&mut reader, &first, None, &mut |bytes| {
            manifest_bytes.extend(bytes);
            Ok(())
        })?;
        let manifest = Manifest::parse(&manifest_bytes)?;
        compare(&manifest, &members)?;
        Ok(Self {
            reader,
            manifest,
            manifest_bytes,
            members,
        })
    }

    /// What the pack says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The bytes of a file of the manifest, verified: at most [`manifest::FILE_LIMIT`].
    ///
    /// Refuses with `missing-file`, `content` or `read-failed`.
    pub fn read(&mut self, path: &str) -> Result<Vec<u8>, Refused> {
        let index = self
            .manifest
            .files
            .iter()
            .position(|file| file.path == path);
        let index = index.ok_or_else(|| Refused::new("missing-file").with("name", shown(path)))?;
        let mut bytes = Vec::new();
        self.copy_file(index, &mut |chunk| {
            bytes.extend(chunk);
            Ok(())
        })?;
        Ok(bytes)
    }

    /// The texts of the pack, verified, to be checked like those of a pack folder.
    ///
    /// Refuses like [`Archive::read`].
    pub fn pack_files(&mut self) -> Result<PackFiles, Refused> {
        let media: Vec<String> = self.manifest.media().map(str::to_owned).collect();
        Ok(PackFiles {
            folder: PathBuf::from(self.manifest.file_name()),
            pack: Ok(self.read("pack.ron")?),
            questions: Ok(self.read("questions.ron")?),
            narration: match self.manifest.file(narration::FILE) {
                Some(_) => Some(Ok(self.read(narration::FILE)?)),
                None => None,
            },
            pictures: sizes(&media, |name| self.head(name)),
            media,
        })
    }

    /// The first bytes of a file that is what the manifest says.
    fn head(&mut self, path: &str) -> Option<Vec<u8>> {
        let mut files = self.manifest.files.iter();
        let index = files.position(|file| file.path == path)?;
        let mut head = Vec::new();
        let read = self.copy_file(index, &mut |chunk| {
            let left = (PICTURE_HEAD as usize).saturating_sub(head.len());
            head.extend(chunk.iter().take(left));
            Ok(())
        });
        read.is_ok().then_some(head)
    }

    /// Reads every file to its end and verifies it.
    ///
    /// `progress` is told the bytes done and the bytes in all. Refuses with `content` or
    /// `read-failed`.
    pub fn verify(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<(), Refused> {
        let (mut done, total) = (0, self.manifest.size());
        for index in 0..self.members.len() {
            self.copy_file(index, &mut |chunk| {
                done += chunk.len() as u64;
                progress(done, total);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Writes every file and the manifest into a folder, which is made, or is empty; each is
    /// verified on the way, and all are on the disk when this returns.
    ///
    /// `progress` is told the bytes done and the bytes in all. Refuses with `content`,
    /// `read-failed` or `write-failed`; then the folder holds what had been written so far, and
    /// nothing was written elsewhere.
    pub fn extract(
        &mut self,
        into: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), Refused> {
        let failed = |error| write_failed(into, &error);
        fs::create_dir_all(into).map_err(failed)?;
        // With nothing there, no link can lead out.
        if fs::read_dir(into).map_err(failed)?.next().is_some() {
            return Err(failed(io::ErrorKind::DirectoryNotEmpty.into()));
        }
        let (mut done, total) = (0, self.manifest.size());
        let mut folders = vec![into.to_owned()];
        for index in 0..self.members.len() {
            let path = into.join(&self.members[index].name);
            let failed = |error| write_failed(&path, &error);
            make_folders(into, &path, &mut folders).map_err(failed)?;
            let mut file = create_new(&path).map_err(failed)?;
            self.copy_file(index, &mut |chunk| {
                file.write_all(chunk).map_err(failed)?;
                done += chunk.len() as u64;
                progress(done, total);
                Ok(())
            })?;
            file.sync_all().map_err(failed)?;
        }
        let path = into.join(manifest::NAME);
        create_new(&path)
            .and_then(|mut file| {
                file.write_all(&self.manifest_bytes)?;
                file.sync_all()
            })
            .map_err(|error| write_failed(&path, &error))?;
        // The names must reach the disk, too.
        for folder in folders.iter().rev() {
            sync_folder(folder).map_err(|error| write_failed(folder, &error))?;
        }
        Ok(())
    }

    fn copy_file(
        &mut self,
        index: usize,
        sink: &mut dyn FnMut(&[u8]) -> Result<(), Refused>,
    ) -> Result<(), Refused> {
        let (member, file) = (&self.members[index], &self.manifest.files[index]);
        copy(&mut self.reader, member, Some(&file.sha256), sink)
    }
}

/// Whether the archive holds exactly what the manifest lists. Both have each path once.
fn compare(manifest: &Manifest, members: &[zip::Member]) -> Result<(), Refused> {
    let refused = |code: Refused, name: &str| Err(code.with("name", shown(name)));
    if let Some(member) = members
        .iter()
        .find(|member| manifest.file(&member.name).is_none())
    {
        return refused(Refused::new("not-in-manifest"), &member.name);
    }
    for (index, file) in manifest.files.iter().enumerate() {
        match members.get(index) {
            Some(member) if member.name == file.path => {
                if u64::from(member.size) != file.size {
                    return refused(Refused::new("content"), &file.path);
                }
            }
            _ if members.iter().any(|member| member.name == file.path) => {
                return Err(Refused::new("manifest-order"));
            }
            _ => return refused(Refused::new("missing-file"), &file.path),
        }
    }
    Ok(())
}

/// Hands a file's bytes on, and refuses with `content` at the end when they are others than its
/// size, its checksum and its hash say.
fn copy(
    reader: &mut (impl Read + Seek),
    member: &zip::Member,
    sha256: Option<&str>,
    sink: &mut dyn FnMut(&[u8]) -> Result<(), Refused>,
) -> Result<(), Refused> {
    reader
        .seek(SeekFrom::Start(member.start()))
        .map_err(read_failed)?;
    let measured = measure(&mut reader.take(member.size.into()), sink)?;
    let same = measured.size == u64::from(member.size)
        && measured.crc == member.crc
        && sha256.is_none_or(|sha256| sha256 == measured.sha256);
    if same {
        return Ok(());
    }
    Err(Refused::new("content").with("name", shown(&member.name)))
}

/// What there is to be known of some bytes.
struct Measured {
    size: u64,
    crc: u32,
    sha256: String,
}

/// Reads to the end, piece by piece.
fn measure(
    reader: &mut impl Read,
    sink: &mut dyn FnMut(&[u8]) -> Result<(), Refused>,
) -> Result<Measured, Refused> {
    let (mut size, mut crc, mut hasher) = (0, crc32fast::Hasher::new(), Sha256::new());
    let mut buffer = vec![0; CHUNK];
    loop {
        let read = match reader.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(read_failed(error)),
        };
        let chunk = &buffer[..read];
        size += read as u64;
        crc.update(chunk);
        hasher.update(chunk);
        sink(chunk)?;
    }
    Ok(Measured {
        size,
        crc: crc.finalize(),
        sha256: manifest::hex(hasher),
    })
}

/// Opens a regular file. Asked before opening: opening a pipe would wait for somebody to write.
pub(super) fn open(path: &Path) -> Result<File, Refused> {
    if !fs::metadata(path).map_err(read_failed)?.is_file() {
        return Err(Refused::new("not-a-pack"));
    }
    File::open(path).map_err(read_failed)
}

/// Makes the folders between a folder and a file in it, and notes the new ones.
fn make_folders(root: &Path, file: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    let above: Vec<_> = file
        .ancestors()
        .skip(1)
        .take_while(|folder| *folder != root)
        .collect();
    for folder in above.into_iter().rev() {
        if !made.iter().any(|known| known == folder) {
            fs::create_dir(folder)?;
            made.push(folder.to_owned());
        }
    }
    Ok(())
}

fn create_new(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
pub(super) fn read_failed(error: io::Error) -> Refused {
    Refused::new("read-failed").with("reason", error.to_string())
}

pub(super) fn write_failed(path: &Path, error: &io::Error) -> Refused {
    Refused::new("write-failed")
        .with("path", shown(&path.to_string_lossy()))
        .with("reason", error.to_string())
}

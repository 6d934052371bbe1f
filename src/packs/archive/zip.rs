//! The few structures of a zip file that a pack has, byte for byte.
//!
//! A zip file tells everything twice, before each file and in the directory at its end, and
//! readers differ in whom they believe. Here there is one form only: files one after the other
//! from the first byte on, stored as they are, then the directory, then the end, and in all of it
//! no value that does not follow from the files' names, sizes and checksums. What is read is
//! compared with what would have been written.

use std::io::{Read, Seek, SeekFrom};

use super::{PACK_LIMIT, read_failed};
use crate::packs::{Refused, manifest, shown};

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";

/// Bytes before the name.
const LOCAL_SIZE: usize = 30;
/// Bytes before the name.
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;

/// Made on Unix, by version 2.0 of the format.
const MADE_BY: u16 = 3 << 8 | 20;
/// Version 1.0 is enough to read what is stored.
const NEEDED: u16 = 10;
/// The first day that the format can tell, 1980-01-01.
const DATE: u16 = 1 << 5 | 1;
/// A regular file that everybody may read.
const MODE: u32 = 0o100_644;
/// Where the kind of file is in a mode.
const KIND: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;

/// Bits of the flags that say "encrypted", in one way or another.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;

/// A file in the archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) size: u32,
    pub(super) crc: u32,
    /// Where its local header begins.
    pub(super) offset: u32,
}

impl Member {
    /// Where its content begins.
    pub(super) fn start(&self) -> u64 {
        u64::from(self.offset) + (LOCAL_SIZE + self.name.len()) as u64
    }

    /// Where the next structure begins.
    pub(super) fn end(&self) -> u64 {
        self.start() + u64::from(self.size)
    }

    /// What both headers tell.
    fn facts(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(26);
        for value in [NEEDED, 0, 0, 0, DATE] {
            bytes.extend(value.to_le_bytes());
        }
        for value in [self.crc, self.size, self.size] {
            bytes.extend(value.to_le_bytes());
        }
        // The manifest's rules keep names far shorter; what does not fit differs and is refused.
        let length = u16::try_from(self.name.len()).unwrap_or(u16::MAX);
        bytes.extend(length.to_le_bytes());
        bytes.extend([0; 2]);
        bytes
    }

    /// The header before the content.
    pub(super) fn local(&self) -> Vec<u8> {
        [&LOCAL, self.facts().as_slice(), self.name.as_bytes()].concat()
    }

    /// The header in the directory.
    pub(super) fn central(&self) -> Vec<u8> {
        let mut bytes = CENTRAL.to_vec();
        bytes.extend(MADE_BY.to_le_bytes());
        bytes.extend(self.facts());
        // No comment, the first disk, no inner attributes.
        bytes.extend([0; 6]);
        bytes.extend((MODE << 16).to_le_bytes());
        bytes.extend(self.offset.to_le_bytes());
        bytes.extend(self.name.as_bytes());
        bytes
    }
}

/// The end of an archive with `count` files whose directory has `size` bytes from `offset` on.
pub(super) fn end(count: u16, size: u32, offset: u32) -> Vec<u8> {
    let mut bytes = END.to_vec();
    bytes.extend([0; 4]);
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes.extend(offset.to_le_bytes());
    bytes.extend([0; 2]);
    bytes
}

/// The files of an archive, in the order in which they lie, once every byte that is not content
/// has been found to be as it must be.
///
/// Refuses with `too-large`, `not-a-pack`, `torn`, `too-many-files`, `structure`,
/// `unsafe-name`, `duplicate-name`, `encrypted`, `not-stored`, `not-a-file`, `file-kind`,
/// `file-too-large`, `overlap`, `headers-differ` or `read-failed`.
pub(super) fn members(reader: &mut (impl Read + Seek)) -> Result<Vec<Member>, Refused> {
    let length = reader.seek(SeekFrom::End(0)).map_err(read_failed)?;
    if length > PACK_LIMIT {
        let limit = usize::try_from(PACK_LIMIT >> 20).unwrap_or(usize::MAX);
        return Err(Refused::new("too-large").with("limit", limit));
    }
    if length < END_SIZE as u64 || read_at(reader, 0, 4)? != LOCAL {
        return Err(Refused::new("not-a-pack"));
    }
    let directory = directory(reader, length)?;
    let members = list(&directory.bytes)?;
    if members.len() != directory.count {
        return Err(structure(directory.offset));
    }
    let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
    manifest::check_unique(&names)?;
    let mut offset = 0;
    for member in &members {
        if u64::from(member.offset) != offset {
            return Err(Refused::new("overlap").with("name", shown(&member.name)));
        }
        offset = member.end();
    }
    if offset != directory.offset {
        return Err(structure(offset));
    }
    for member in &members {
        let expected = member.local();
        if read_at(reader, member.offset.into(), expected.len())? != expected {
            return Err(Refused::new("headers-differ").with("name", shown(&member.name)));
        }
    }
    Ok(members)
}

/// The directory as it lies there.
struct Directory {
    offset: u64,
    count: usize,
    bytes: Vec<u8>,
}

fn directory(reader: &mut (impl Read + Seek), length: u64) -> Result<Directory, Refused> {
    let at = length - END_SIZE as u64;
    let found = read_at(reader, at, END_SIZE)?;
    let (count, size, offset) = (u16_at(&found, 10), u32_at(&found, 12), u32_at(&found, 16));
    // A comment, something appended, several disks, an end in the 64-bit form, or no end at all.
    if found != end(count, size, offset) || u64::from(offset) + u64::from(size) != at {
        return Err(Refused::new("torn"));
    }
    let count = usize::from(count);
    // Bounds what is read now; that the names are short is checked one by one.
    if count > manifest::MOST_FILES + 1 || size as usize > count * (CENTRAL_SIZE + 1024) {
        return Err(Refused::new("too-many-files").with("limit", manifest::MOST_FILES));
    }
    Ok(Directory {
        offset: offset.into(),
        count,
        bytes: read_at(reader, offset.into(), size as usize)?,
    })
}

/// Goes through the bytes of the directory.
fn list(mut bytes: &[u8]) -> Result<Vec<Member>, Refused> {
    let mut members = Vec::new();
    let total = bytes.len();
    while !bytes.is_empty() {
        let at = (total - bytes.len()) as u64;
        let size = entry_size(bytes).ok_or_else(|| structure(at))?;
        let (entry, rest) = bytes.split_at_checked(size).ok_or_else(|| structure(at))?;
        members.push(member(entry)?);
        bytes = rest;
    }
    Ok(members)
}

/// The bytes of the directory's next entry, name, extra field and comment included.
fn entry_size(bytes: &[u8]) -> Option<usize> {
    let begins = bytes.len() >= CENTRAL_SIZE && bytes.starts_with(&CENTRAL);
    let lengths = [28, 30, 32].map(|at| usize::from(u16_at(bytes, at)));
    begins.then(|| CENTRAL_SIZE + lengths.iter().sum::<usize>())
}

/// One entry of the directory. What is odd about it is named if it has a name, so that a pack made
/// by an ordinary zip program gets a helpful answer; then it must be what would have been written.
fn member(entry: &[u8]) -> Result<Member, Refused> {
    let name_end = CENTRAL_SIZE + usize::from(u16_at(entry, 28));
    let raw = entry.get(CENTRAL_SIZE..name_end).unwrap_or_default();
    let told = String::from_utf8_lossy(raw);
    let refused = |refused: Refused| Err(refused.with("name", shown(&told)));
    let (flags, method, mode) = (u16_at(entry, 8), u16_at(entry, 10), u32_at(entry, 38) >> 16);
    if flags & ENCRYPTED != 0 {
        return refused(Refused::new("encrypted"));
    }
    if told.ends_with('/') || mode & KIND != REGULAR {
        return refused(Refused::new("not-a-file"));
    }
    // Strictly ASCII from here on: all other names end as unsafe.
    if told != manifest::NAME {
        manifest::check_path(&told)?;
    }
    if method != 0 {
        return refused(Refused::new("not-stored"));
    }
    let member = Member {
        size: u32_at(entry, 24),
        crc: u32_at(entry, 16),
        offset: u32_at(entry, 42),
        name: told.into_owned(),
    };
    manifest::check_size(&member.name, member.size.into())?;
    if member.central() != entry {
        return Err(Refused::new("entry-form").with("name", shown(&member.name)));
    }
    Ok(member)
}

fn structure(at: u64) -> Refused {
    Refused::new("structure").with("at", usize::try_from(at).unwrap_or(usize::MAX))
}

/// Reads so many bytes, which the caller has bounded. Those that the file does not have are
/// missing at the end of what comes back, and so differ from whatever they are compared with.
fn read_at(
    reader: &mut (impl Read + Seek),
    offset: u64,
    length: usize,
) -> Result<Vec<u8>, Refused> {
    let mut bytes = Vec::new();
    reader
        .seek(SeekFrom::Start(offset))
        .and_then(|_| reader.take(length as u64).read_to_end(&mut bytes))
        .map_err(read_failed)?;
    Ok(bytes)
}

/// Little-endian; 0 outside the bytes, which a later comparison then refuses.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    let value = bytes.get(at..).and_then(|rest| rest.first_chunk());
    value.map_or(0, |value| u16::from_le_bytes(*value))
}

/// The same for four bytes.
fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let value = bytes.get(at..).and_then(|rest| rest.first_chunk());
    value.map_or(0, |value| u32::from_le_bytes(*value))
}

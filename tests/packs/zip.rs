//! A zip writer that writes whatever it is told, right or wrong.

/// A file of the archive, and every field that can be told wrongly.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) content: Vec<u8>,
    pub(super) made_by: u16,
    pub(super) needed: u16,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) time: u16,
    pub(super) date: u16,
    pub(super) crc: u32,
    /// What the headers tell, compressed and not.
    pub(super) sizes: (u32, u32),
    pub(super) disk: u16,
    pub(super) inner: u16,
    pub(super) mode: u32,
    /// Instead of where it lies.
    pub(super) offset: Option<u32>,
    pub(super) extra: Vec<u8>,
    pub(super) comment: Vec<u8>,
    /// In the header before the content, when it is another.
    pub(super) local_name: Option<Vec<u8>>,
    pub(super) local_flags: Option<u16>,
    pub(super) local_sizes: Option<(u32, u32)>,
    pub(super) local_extra: Vec<u8>,
    /// Bytes before the header.
    pub(super) gap: Vec<u8>,
    /// Whether it is left out of the directory.
    pub(super) unlisted: bool,
}

impl Entry {
    pub(super) fn new(name: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Self {
        let content = content.as_ref().to_vec();
        let size = u32::try_from(content.len()).unwrap();
        Self {
            name: name.as_ref().to_vec(),
            crc: crc32fast::hash(&content),
            content,
            made_by: 3 << 8 | 20,
            needed: 10,
            flags: 0,
            method: 0,
            time: 0,
            date: 33,
            sizes: (size, size),
            disk: 0,
            inner: 0,
            mode: 0o100_644 << 16,
            offset: None,
            extra: vec![],
            comment: vec![],
            local_name: None,
            local_flags: None,
            local_sizes: None,
            local_extra: vec![],
            gap: vec![],
            unlisted: false,
        }
    }

    fn facts(&self, flags: u16, sizes: (u32, u32), name: &[u8], extra: &[u8]) -> Vec<u8> {
        let mut bytes = vec![];
        for value in [self.needed, flags, self.method, self.time, self.date] {
            bytes.extend(value.to_le_bytes());
        }
        for value in [self.crc, sizes.0, sizes.1] {
            bytes.extend(value.to_le_bytes());
        }
        for length in [name.len(), extra.len()] {
            bytes.extend(u16::try_from(length).unwrap().to_le_bytes());
        }
        bytes
    }
}

/// An archive and every field of its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Zip {
    pub(super) entries: Vec<Entry>,
    pub(super) prefix: Vec<u8>,
    pub(super) before_directory: Vec<u8>,
    pub(super) count: Option<u16>,
    pub(super) directory_size: Option<u32>,
    pub(super) directory_offset: Option<u32>,
    pub(super) before_end: Vec<u8>,
    pub(super) disk: u16,
    pub(super) comment: Vec<u8>,
    pub(super) suffix: Vec<u8>,
}

impl Zip {
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.prefix.clone();
        let mut directory = vec![];
        let mut listed = 0_u16;
        for entry in &self.entries {
            bytes.extend(&entry.gap);
            let offset = u32::try_from(bytes.len()).unwrap();
            let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);
            bytes.extend(b"PK\x03\x04");
            bytes.extend(entry.facts(
                entry.local_flags.unwrap_or(entry.flags),
                entry.local_sizes.unwrap_or(entry.sizes),
                local_name,
                &entry.local_extra,
            ));
            bytes.extend(local_name);
            bytes.extend(&entry.local_extra);
            bytes.extend(&entry.content);
            if entry.unlisted {
                continue;
            }
            listed += 1;
            directory.extend(b"PK\x01\x02");
            directory.extend(entry.made_by.to_le_bytes());
            directory.extend(entry.facts(entry.flags, entry.sizes, &entry.name, &entry.extra));
            for value in [
                u16::try_from(entry.comment.len()).unwrap(),
                entry.disk,
                entry.inner,
            ] {
                directory.extend(value.to_le_bytes());
            }
            directory.extend(entry.mode.to_le_bytes());
            directory.extend(entry.offset.unwrap_or(offset).to_le_bytes());
            directory.extend(&entry.name);
            directory.extend(&entry.extra);
            directory.extend(&entry.comment);
        }
        bytes.extend(&self.before_directory);
        let at = u32::try_from(bytes.len()).unwrap();
        let size = u32::try_from(directory.len()).unwrap();
        bytes.extend(directory);
        bytes.extend(&self.before_end);
        bytes.extend(b"PK\x05\x06");
        let count = self.count.unwrap_or(listed);
        for value in [self.disk, self.disk, count, count] {
            bytes.extend(value.to_le_bytes());
        }
        bytes.extend(self.directory_size.unwrap_or(size).to_le_bytes());
        bytes.extend(self.directory_offset.unwrap_or(at).to_le_bytes());
        bytes.extend(u16::try_from(self.comment.len()).unwrap().to_le_bytes());
        bytes.extend(&self.comment);
        bytes.extend(&self.suffix);
        bytes
    }
}

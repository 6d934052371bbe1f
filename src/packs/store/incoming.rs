//! A pack on its way in, from a stick or from elsewhere: so many bytes, and perhaps a signature.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

use super::write_refused;
use crate::bank;
use crate::files::{self, Verb};
use crate::packs::archive::PACK_LIMIT;
use crate::packs::{Refused, signature};

/// A pack that is still elsewhere. Nothing about it has been verified.
pub struct Incoming<'a> {
    size: u64,
    bytes: Box<dyn Read + 'a>,
    signature: Option<String>,
}

impl<'a> Incoming<'a> {
    /// A file on a stick or in a folder, and the signature beside it.
    ///
    /// # Errors
    ///
    /// `not-a-pack` for what is no ordinary file (a link is none), `too-large`, `stick-read`, and
    /// `signature-malformed`.
    pub fn from_file(path: &Path) -> Result<Self, Refused> {
        let file = open(path)?;
        let signature = match signature::read_for(path) {
            Ok(signature) => Some(signature),
            Err(refused) if refused.code == "signature-missing" => None,
            Err(refused) if refused.code == "read-failed" => {
                return Err(Refused {
                    code: "stick-read",
                    ..refused
                });
            }
            Err(refused) => return Err(refused),
        };
        let size = file.metadata().map_err(|error| unread(&error))?.len();
        Self::new(size, file, signature)
    }

    /// `size` bytes that are read from somewhere, and the text of their signature if there is one.
    /// A reader's error may hold a [`Refused`], which is what is told then.
    ///
    /// # Errors
    ///
    /// `too-large`.
    pub fn new(
        size: u64,
        bytes: impl Read + 'a,
        signature: Option<String>,
    ) -> Result<Self, Refused> {
        if size > PACK_LIMIT {
            let limit = bank::Arg::Number((PACK_LIMIT >> 20).cast_signed());
            return Err(Refused::new("too-large").with("limit", limit));
        }
        Ok(Self {
            size,
            bytes: Box::new(bytes),
            signature,
        })
    }

    /// How many bytes the pack says to have.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Copies the bytes into a file, at most one more than there were to be, and gives the
    /// signature.
    pub(super) fn copy_to(
        self,
        to: &Path,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Option<String>, Refused> {
        let unwritten = |error| write_refused(&files::Error::io(Verb::Write, to, error));
        let mut copy = File::create(to).map_err(unwritten)?;
        let mut from = self.bytes.take(self.size + 1);
        let mut buffer = vec![0; 256 * 1024];
        let mut done = 0;
        progress(done, self.size);
        loop {
            let count = match from.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read.map_err(told)?,
            };
            let Some(bytes) = buffer.get(..count).filter(|bytes| !bytes.is_empty()) else {
                break;
            };
            copy.write_all(bytes).map_err(unwritten)?;
            done += count as u64;
            progress(done.min(self.size), self.size);
        }
        // A file that changed on the way is no use; one that was cut off would fail later anyway.
        if done == self.size {
            Ok(self.signature)
        } else {
            Err(unread(&io::ErrorKind::UnexpectedEof.into()))
        }
    }
}

/// Opens an ordinary file, without following a link or waiting for a pipe.
fn open(path: &Path) -> Result<File, Refused> {
    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed();
    let not_a_file = || Refused::new("not-a-pack");
    let opened = File::options().read(true).custom_flags(flags).open(path);
    let file = opened.map_err(|error| {
        let is_link = error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error());
        if is_link || error.kind() == io::ErrorKind::NotFound {
            not_a_file()
        } else {
            unread(&error)
        }
    })?;
    let metadata = file.metadata().map_err(|error| unread(&error))?;
    metadata.is_file().then_some(file).ok_or_else(not_a_file)
}

/// Why bytes did not come, in the reader's own words if it has some.
fn told(error: io::Error) -> Refused {
    error
        .downcast::<Refused>()
        .unwrap_or_else(|error| unread(&error))
}

fn unread(error: &io::Error) -> Refused {
    Refused::new("stick-read").with("reason", error.to_string())
}

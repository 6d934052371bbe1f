//! The child's side: take limits, decode one file, write what came of it.

use std::fs::File;
use std::io::{Read, Seek};
use std::os::fd::OwnedFd;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::{Fault, Kind, picture, sound};

/// Memory of its own, in bytes. A picture of 4096 × 4096 pixels with transparency needs most of it,
/// when it comes as lossy WebP.
const MEMORY: u64 = 224 << 20;

/// Addresses of any sort, in bytes, the program itself included: for what [`MEMORY`] does not count.
const ADDRESSES: u64 = 1 << 30;

/// Processor time, in seconds: the costliest picture takes two to four on an office machine, and a
/// station may be three times as slow.
const PROCESSOR: u64 = 10;

/// Decodes one file from `input` to its end and writes what it holds to `output`, in the one form
/// for its sort. The whole process is limited for good: no file can be opened, made or written any
/// more, so `output` has to be a pipe.
///
/// `input` has to be a file, for what is read in several passes.
pub fn prove_one(kind: Kind, input: OwnedFd, output: OwnedFd) -> Result<(), Fault> {
    limit().map_err(|_| Fault::Child)?;
    let (mut input, mut output) = (File::from(input), File::from(output));
    if !begins_as(kind, &mut input).map_err(|_| Fault::Child)? {
        return Err(Fault::Format);
    }
    match kind {
        Kind::Png => picture::png(input, &mut output),
        Kind::Jpeg => picture::jpeg(input, &mut output),
        Kind::WebP => picture::webp(input, &mut output),
        Kind::Wav => sound::wav(input, &mut output),
        Kind::Ogg => sound::ogg(input, &mut output),
    }
}

/// Takes every limit that there is, never asking for more than is left to take.
fn limit() -> rustix::io::Result<()> {
    let take = |resource, most: u64| {
        let ceiling = getrlimit(resource).maximum.unwrap_or(u64::MAX);
        let limit = Some(most.min(ceiling));
        setrlimit(
            resource,
            Rlimit {
                current: limit,
                maximum: limit,
            },
        )
    };
    take(Resource::Core, 0)?;
    take(Resource::Data, MEMORY)?;
    take(Resource::As, ADDRESSES)?;
    take(Resource::Cpu, PROCESSOR)?;
    take(Resource::Fsize, 0)?;
    take(Resource::Nofile, 0)?;
    take(Resource::Nproc, 0)
}

/// Whether a file begins with the bytes of its kind. Leaves it at its start.
fn begins_as(kind: Kind, input: &mut File) -> std::io::Result<bool> {
    let mut head = Vec::new();
    input.by_ref().take(12).read_to_end(&mut head)?;
    input.rewind()?;
    let riff = |form: &[u8]| head.starts_with(b"RIFF") && head.get(8..12) == Some(form);
    Ok(match kind {
        Kind::Png => head.starts_with(b"\x89PNG\r\n\x1a\n"),
        Kind::Jpeg => head.starts_with(b"\xff\xd8\xff"),
        Kind::WebP => riff(b"WEBP"),
        Kind::Wav => riff(b"WAVE"),
        Kind::Ogg => head.starts_with(b"OggS"),
    })
}

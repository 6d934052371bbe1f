//! Sounds: decoded to their end, written again as WAV with 16 bits a sample and nothing beside the
//! samples.

use std::io::{self, BufReader, Read, Seek, Write};

use symphonia::core::codecs::CodecParameters;
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::errors::Error;
use symphonia::core::formats::{FormatOptions, FormatReader};
use symphonia::core::io::{MediaSourceStream, ReadOnlySource};
use symphonia::default::codecs::VorbisDecoder;
use symphonia::default::formats::OggReader;

use super::{Fault, SOUND_SECONDS, Sound};

/// Channels and samples a second of a sound, both within what is accepted.
#[derive(Clone, Copy)]
struct Format {
    channels: u16,
    rate: u32,
}

impl Format {
    fn new(channels: u16, rate: u32) -> Result<Self, Fault> {
        if !(1..=2).contains(&channels) {
            Err(Fault::Channels)
        } else if !(8_000..=48_000).contains(&rate) {
            Err(Fault::Rate)
        } else {
            Ok(Self { channels, rate })
        }
    }

    fn sound(self, samples: Vec<i16>) -> Sound {
        Sound {
            channels: self.channels,
            rate: self.rate,
            samples,
        }
    }

    /// Samples of all channels in the longest sound.
    fn most_samples(self) -> usize {
        (SOUND_SECONDS * self.rate) as usize * usize::from(self.channels)
    }
}

/// How a WAV file holds a sample, always with its lowest byte first.
#[derive(Clone, Copy)]
enum Coding {
    Unsigned8,
    Signed16,
    Signed24,
    Signed32,
    Float32,
}

impl Coding {
    fn new(tag: u16, bits: u16) -> Result<Self, Fault> {
        match (tag, bits) {
            (1, 8) => Ok(Self::Unsigned8),
            (1, 16) => Ok(Self::Signed16),
            (1, 24) => Ok(Self::Signed24),
            (1, 32) => Ok(Self::Signed32),
            (3, 32) => Ok(Self::Float32),
            _ => Err(Fault::Encoding),
        }
    }

    /// Bytes a sample.
    fn width(self) -> usize {
        match self {
            Self::Unsigned8 => 1,
            Self::Signed16 => 2,
            Self::Signed24 => 3,
            Self::Signed32 | Self::Float32 => 4,
        }
    }

    fn sample(self, bytes: &[u8]) -> i16 {
        match (self, bytes) {
            (Self::Unsigned8, [byte]) => (i16::from(*byte) - 128) << 8,
            (Self::Float32, &[a, b, c, d]) => {
                // The cast keeps within the range and makes silence of what is no number.
                (f32::from_le_bytes([a, b, c, d]) * 32_767.0).round() as i16
            }
            (_, &[.., low, high]) => i16::from_le_bytes([low, high]),
            _ => 0,
        }
    }
}

/// Reads `N` bytes; a file that ends before is cut.
fn bytes<const N: usize>(input: &mut impl Read) -> Result<[u8; N], Fault> {
    let mut bytes = [0; N];
    input.read_exact(&mut bytes).map_err(damaged_or_io)?;
    Ok(bytes)
}

fn damaged_or_io(error: io::Error) -> Fault {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Fault::Damaged,
        _ => Fault::Child,
    }
}

pub(super) fn wav(input: impl Read + Seek, output: &mut impl Write) -> Result<(), Fault> {
    write(output, &decode_wav(input)?)
}

/// The samples of a WAV file; whatever the file holds, this ends, and costs no more than a minute
/// of sound.
pub(super) fn decode_wav(input: impl Read + Seek) -> Result<Sound, Fault> {
    let mut input = BufReader::new(input);
    // "RIFF", a size that says nothing more than the chunks do, and "WAVE".
    bytes::<12>(&mut input)?;
    let mut found = None;
    loop {
        let [a, b, c, d, size @ ..] = bytes::<8>(&mut input)?;
        let size = u32::from_le_bytes(size);
        match (&[a, b, c, d], found) {
            (b"fmt ", None) => found = Some(wav_format(&mut input, size)?),
            (b"data", Some((format, coding))) => {
                let samples = wav_samples(&mut input, size, format, coding)?;
                return Ok(format.sound(samples));
            }
            (b"data", None) => return Err(Fault::Damaged),
            // A chunk of odd size has a byte behind it.
            _ => input
                .seek_relative(i64::from(size) + i64::from(size % 2))
                .map_err(|_| Fault::Damaged)?,
        }
    }
}

fn wav_format(input: &mut (impl Read + Seek), size: u32) -> Result<(Format, Coding), Fault> {
    let [t0, t1, c0, c1, r0, r1, r2, r3, _, _, _, _, _, _, b0, b1] = bytes::<16>(input)?;
    let mut tag = u16::from_le_bytes([t0, t1]);
    let mut left = size.checked_sub(16).ok_or(Fault::Damaged)?;
    // The extensible form says further back what the samples are.
    if tag == 0xFFFE {
        left = left.checked_sub(10).ok_or(Fault::Damaged)?;
        let [.., s0, s1] = bytes::<10>(input)?;
        tag = u16::from_le_bytes([s0, s1]);
    }
    let format = Format::new(
        u16::from_le_bytes([c0, c1]),
        u32::from_le_bytes([r0, r1, r2, r3]),
    )?;
    let coding = Coding::new(tag, u16::from_le_bytes([b0, b1]))?;
    input
        .seek_relative(i64::from(left) + i64::from(left % 2))
        .map_err(|_| Fault::Damaged)?;
    Ok((format, coding))
}

fn wav_samples(
    input: &mut impl Read,
    size: u32,
    format: Format,
    coding: Coding,
) -> Result<Vec<i16>, Fault> {
    let size = size as usize;
    if size > format.most_samples() * coding.width() {
        return Err(Fault::TooLong);
    }
    if !size.is_multiple_of(coding.width() * usize::from(format.channels)) {
        return Err(Fault::Damaged);
    }
    let mut bytes = Vec::new();
    let read = input.take(size as u64).read_to_end(&mut bytes);
    if read.map_err(|_| Fault::Child)? < size {
        return Err(Fault::Damaged);
    }
    let samples = bytes.chunks_exact(coding.width());
    Ok(samples.map(|bytes| coding.sample(bytes)).collect())
}

pub(super) fn ogg(
    input: impl Read + Seek + Send + Sync + 'static,
    output: &mut impl Write,
) -> Result<(), Fault> {
    write(output, &decode_ogg(input)?)
}

/// The samples of an Ogg file with Vorbis in it.
pub(super) fn decode_ogg(
    mut input: impl Read + Seek + Send + Sync + 'static,
) -> Result<Sound, Fault> {
    // The first page holds the first packet alone, and that says what the stream is.
    let head = bytes::<58>(&mut input)?;
    let [
        0x01,
        b'v',
        b'o',
        b'r',
        b'b',
        b'i',
        b's',
        0,
        0,
        0,
        0,
        channels,
        r0,
        r1,
        r2,
        r3,
        ..,
    ] = head[28..]
    else {
        return Err(Fault::Encoding);
    };
    let format = Format::new(channels.into(), u32::from_le_bytes([r0, r1, r2, r3]))?;
    input.rewind().map_err(|_| Fault::Child)?;
    Ok(format.sound(vorbis(input, format)?))
}

fn vorbis(input: impl Read + Send + Sync + 'static, format: Format) -> Result<Vec<i16>, Fault> {
    let faulty = |error: Error| match error {
        Error::ResetRequired => Fault::Chained,
        _ => Fault::Damaged,
    };
    // Read once from start to end: a source that cannot seek is not searched for its end first.
    let source = MediaSourceStream::new(Box::new(ReadOnlySource::new(input)), Default::default());
    let mut reader = OggReader::try_new(source, FormatOptions::default()).map_err(faulty)?;
    let [track] = reader.tracks() else {
        return Err(Fault::Chained);
    };
    let Some(CodecParameters::Audio(parameters)) = &track.codec_params else {
        return Err(Fault::Encoding);
    };
    let options = AudioDecoderOptions::default();
    let mut decoder = VorbisDecoder::try_new(parameters, &options).map_err(faulty)?;
    let (mut samples, mut part) = (Vec::new(), Vec::new());
    while let Some(packet) = reader.next_packet().map_err(faulty)? {
        let decoded = decoder.decode(&packet).map_err(faulty)?;
        decoded.copy_to_vec_interleaved::<i16>(&mut part);
        samples.extend_from_slice(&part);
        if samples.len() > format.most_samples() {
            return Err(Fault::TooLong);
        }
    }
    Ok(samples)
}

/// Writes a WAV file: one header of 44 bytes, then the samples.
pub(super) fn write(output: &mut impl Write, sound: &Sound) -> Result<(), Fault> {
    const HEADER: usize = 44;
    let Sound {
        channels,
        rate,
        samples,
    } = sound;
    if samples.is_empty() {
        return Err(Fault::Empty);
    }
    let size = samples.len() * 2;
    let mut file = Vec::with_capacity(HEADER + size);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&((HEADER - 8 + size) as u32).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes());
    file.extend_from_slice(&channels.to_le_bytes());
    file.extend_from_slice(&rate.to_le_bytes());
    file.extend_from_slice(&(rate * u32::from(*channels) * 2).to_le_bytes());
    file.extend_from_slice(&(*channels * 2).to_le_bytes());
    file.extend_from_slice(&16_u16.to_le_bytes());
    file.extend_from_slice(b"data");
    file.extend_from_slice(&(size as u32).to_le_bytes());
    file.extend(samples.iter().flat_map(|sample| sample.to_le_bytes()));
    output.write_all(&file).map_err(|_| Fault::Child)
}

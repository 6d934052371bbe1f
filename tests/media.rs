//! Tests of `packs::media`: real child processes, sound files of every kind, and hostile ones.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod child;
mod faults;
mod files;
mod mangled;
mod pictures;
mod sounds;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use kepu::{
    bank::Arg,
    packs::{
        Refused,
        archive::FileEntry,
        media::{CODES, Prover, proven_path},
    },
};
use png::{BitDepth, ColorType};
use tempfile::TempDir;

use crate::support::{PATIENCE, listed};

const PHOTO: &[u8] = include_bytes!("media/photo.jpg");
const PROGRESSIVE: &[u8] = include_bytes!("media/progressive.jpg");
const GREY: &[u8] = include_bytes!("media/grey.jpg");
const PRINT: &[u8] = include_bytes!("media/print.jpg");
const LOSSY: &[u8] = include_bytes!("media/lossy.webp");
const LOSSLESS: &[u8] = include_bytes!("media/lossless.webp");
const SEEN_THROUGH: &[u8] = include_bytes!("media/seen-through.webp");
const MOVING: &[u8] = include_bytes!("media/moving.webp");
/// Half a second at 8,000 samples a second, mono.
const TONE: &[u8] = include_bytes!("media/tone.ogg");

/// A staged pack with these files.
fn stage(files: &[(&str, &[u8])]) -> (TempDir, Vec<FileEntry>) {
    let folder = tempfile::tempdir().unwrap();
    let mut entries = Vec::new();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
        entries.push(listed(name, bytes));
    }
    (folder, entries)
}

fn prover() -> Prover {
    Prover {
        program: PathBuf::from(env!("CARGO_BIN_EXE_kepu")),
        deadline: PATIENCE,
    }
}

/// What becomes of one file.
fn prove(name: &str, bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let (folder, entries) = stage(&[(name, bytes)]);
    let proven = prover().prove(folder.path(), &entries)?;
    let path = proven_path(name);
    let kept = fs::read(folder.path().join(&path)).unwrap();
    assert_eq!(proven, [listed(&path, &kept)]);
    assert_eq!(files_in(folder.path()), BTreeSet::from([path]));
    Ok(kept)
}

#[track_caller]
fn refused(name: &str, bytes: &[u8]) -> &'static str {
    let refused = prove(name, bytes).unwrap_err();
    let file = ("file", Arg::Text(name.to_owned()));
    assert!(refused.args.contains(&file), "{refused:?}");
    assert!(CODES.contains(&refused.code), "{refused:?}");
    refused.code
}

fn files_in(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn encoded(
    (width, height): (u32, u32),
    colour: ColorType,
    pixels: &[u8],
    set: impl FnOnce(&mut png::Encoder<'_, &mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(colour);
    encoder.set_depth(BitDepth::Eight);
    set(&mut encoder);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(pixels).unwrap();
    writer.finish().unwrap();
    bytes
}

/// Eight by six pixels, each different.
fn picture() -> (Vec<u8>, Vec<u8>) {
    let pixels: Vec<u8> = (0..8 * 6 * 3).collect();
    let bytes = encoded((8, 6), ColorType::Rgb, &pixels, |_| {});
    (bytes, pixels)
}

fn decoded(png: &[u8]) -> (png::OutputInfo, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png))
        .read_info()
        .unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info, pixels)
}

/// A WAV file whose data chunk claims `claimed` bytes.
fn wav(tag: u16, channels: u16, rate: u32, bits: u16, claimed: u32, data: &[u8]) -> Vec<u8> {
    let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
    bytes.extend(tag.to_le_bytes());
    bytes.extend(channels.to_le_bytes());
    bytes.extend(rate.to_le_bytes());
    bytes.extend([0; 6]);
    bytes.extend(bits.to_le_bytes());
    bytes.extend(b"data");
    bytes.extend(claimed.to_le_bytes());
    bytes.extend(data);
    bytes
}

fn sound(tag: u16, bits: u16, data: &[u8]) -> Vec<u8> {
    wav(tag, 1, 8000, bits, data.len() as u32, data)
}

/// Channels, samples a second and samples of a WAV file as the prover writes it.
fn heard(wav: &[u8]) -> (u16, u32, Vec<i16>) {
    assert_eq!((&wav[..4], &wav[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
    assert_eq!(
        (&wav[16..22], &wav[34..40]),
        (&b"\x10\0\0\0\x01\0"[..], &b"\x10\0data"[..])
    );
    let size = u32::from_le_bytes(wav[40..44].try_into().unwrap());
    assert_eq!(size as usize, wav.len() - 44);
    let samples = wav[44..].chunks_exact(2);
    (
        u16::from_le_bytes([wav[22], wav[23]]),
        u32::from_le_bytes(wav[24..28].try_into().unwrap()),
        samples
            .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
            .collect(),
    )
}

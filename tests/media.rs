//! Tests of `packs::media`: real child processes, sound files of every kind, and hostile ones.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use kepu::{
    bank::Arg,
    locale::Locales,
    packs::{
        Refused,
        archive::FileEntry,
        media::{CODES, Fault, Kind, Prover, proven_path},
    },
};
use png::{BitDepth, ColorType, Compression, Filter};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::support::{self, PATIENCE};

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
        entries.push(entry(name, bytes));
    }
    (folder, entries)
}

fn entry(path: &str, bytes: &[u8]) -> FileEntry {
    FileEntry {
        path: path.to_owned(),
        size: bytes.len() as u64,
        sha256: Sha256::digest(bytes)
            .into_iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    }
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
    assert_eq!(proven, [entry(&path, &kept)]);
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

// Files made here.

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

fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut checked = name.to_vec();
    checked.extend_from_slice(data);
    let mut check = u32::MAX;
    for byte in &checked {
        check ^= u32::from(*byte);
        for _ in 0..8 {
            check = check >> 1 ^ (0xEDB8_8320 & (check & 1).wrapping_neg());
        }
    }
    let mut chunk = (data.len() as u32).to_be_bytes().to_vec();
    chunk.extend(checked);
    chunk.extend((!check).to_be_bytes());
    chunk
}

/// The chunks of a PNG: name and data.
fn chunks(png: &[u8]) -> Vec<([u8; 4], &[u8])> {
    let mut rest = &png[8..];
    let mut chunks = Vec::new();
    while let Some((size, after)) = rest.split_first_chunk::<4>() {
        let size = u32::from_be_bytes(*size) as usize;
        let (name, after) = after.split_first_chunk::<4>().unwrap();
        chunks.push((*name, &after[..size]));
        rest = &after[size + 4..];
    }
    chunks
}

fn names(png: &[u8]) -> Vec<String> {
    let chunks = chunks(png).into_iter();
    chunks
        .map(|(name, _)| String::from_utf8(name.to_vec()).unwrap())
        .collect()
}

/// The picture with a chunk put in right behind its head.
fn with_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let (mut png, _) = picture();
    let head = 8 + 25;
    png.splice(head..head, chunk(name, data));
    png
}

/// A PNG of this size with hardly any pixels.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut head = width.to_be_bytes().to_vec();
    head.extend(height.to_be_bytes());
    head.extend([8, 2, 0, 0, 0]);
    let (sound, _) = picture();
    let pixels = chunks(&sound)[1].1;
    let mut png = sound[..8].to_vec();
    png.extend(chunk(b"IHDR", &head));
    png.extend(chunk(b"IDAT", pixels));
    png.extend(chunk(b"IEND", b""));
    png
}

/// 48 million zeros, compressed as PNG compresses.
fn bomb() -> Vec<u8> {
    let zeros = vec![0; 48_000_000];
    let png = encoded((48_000, 1000), ColorType::Grayscale, &zeros, |_| {});
    let parts = chunks(&png).into_iter().filter(|(name, _)| name == b"IDAT");
    parts.flat_map(|(_, data)| data.to_vec()).collect()
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

// Sound files.

#[test]
fn a_png_keeps_its_name_and_its_pixels() {
    let (png, pixels) = picture();
    let kept = prove("p.png", &png).unwrap();
    assert_eq!(names(&kept), ["IHDR", "IDAT", "IEND"]);
    let (info, same) = decoded(&kept);
    assert_eq!(
        (info.width, info.height, info.color_type),
        (8, 6, ColorType::Rgb)
    );
    assert_eq!(same, pixels);
}

#[test]
fn the_same_pixels_always_give_the_same_file_and_proving_again_changes_nothing() {
    let (png, pixels) = picture();
    let kept = prove("p.png", &png).unwrap();
    assert_eq!(prove("p.png", &kept).unwrap(), kept);
    let other = encoded((8, 6), ColorType::Rgb, &pixels, |encoder| {
        encoder.set_compression(Compression::NoCompression);
        encoder.set_filter(Filter::Up);
        encoder
            .add_text_chunk("Author".to_owned(), "Somebody".to_owned())
            .unwrap();
    });
    assert_ne!(other, png);
    assert_eq!(prove("p.png", &other).unwrap(), kept);
}

#[test]
fn every_colour_of_a_png_comes_out_with_eight_bits_a_sample() {
    let deep = encoded(
        (2, 1),
        ColorType::Rgb,
        &[10, 99, 20, 99, 30, 99, 40, 99, 50, 99, 60, 99],
        |encoder| {
            encoder.set_depth(BitDepth::Sixteen);
        },
    );
    let palette = encoded((2, 1), ColorType::Indexed, &[1, 0], |encoder| {
        encoder.set_palette(vec![1, 2, 3, 4, 5, 6]);
        encoder.set_trns(vec![7]);
    });
    let bits = encoded((8, 1), ColorType::Grayscale, &[0b1010_0000], |encoder| {
        encoder.set_depth(BitDepth::One);
    });
    for (png, colour, pixels) in [
        (deep, ColorType::Rgb, &[10, 20, 30, 40, 50, 60][..]),
        (palette, ColorType::Rgba, &[4, 5, 6, 255, 1, 2, 3, 7]),
        (bits, ColorType::Grayscale, &[255, 0, 255, 0, 0, 0, 0, 0]),
    ] {
        let (info, same) = decoded(&prove("p.png", &png).unwrap());
        assert_eq!((info.color_type, info.bit_depth), (colour, BitDepth::Eight));
        assert_eq!(same, pixels);
    }
}

#[test]
fn a_jpeg_or_webp_becomes_a_png_beside_its_name() {
    for (name, bytes, colour) in [
        ("media/a.jpg", PHOTO, ColorType::Rgb),
        ("media/a.jpeg", PROGRESSIVE, ColorType::Rgb),
        ("media/grey.jpg", GREY, ColorType::Grayscale),
        ("media/print.jpg", PRINT, ColorType::Rgb),
        ("media/a.webp", LOSSY, ColorType::Rgb),
        ("media/b.webp", LOSSLESS, ColorType::Rgb),
        ("media/c.webp", SEEN_THROUGH, ColorType::Rgba),
    ] {
        let (folder, entries) = stage(&[(name, bytes)]);
        let proven = prover().prove(folder.path(), &entries).unwrap();
        let kept = fs::read(folder.path().join(format!("{name}.png"))).unwrap();
        assert_eq!(proven, [entry(&format!("{name}.png"), &kept)]);
        assert_eq!(files_in(&folder.path().join("media")).len(), 1, "{name}");
        let (info, pixels) = decoded(&kept);
        assert_eq!(
            (info.width, info.height, info.color_type),
            (48, 32, colour),
            "{name}"
        );
        // A picture that gets lighter from its left upper to its right lower corner.
        let samples = pixels.len() / (48 * 32);
        let sum = |pixel: &[u8]| pixel.iter().map(|sample| u32::from(*sample)).sum::<u32>();
        let (first, last) = (&pixels[..samples], &pixels[pixels.len() - samples..]);
        assert!(sum(first) + 100 < sum(last), "{name}: {first:?} {last:?}");
    }
}

#[test]
fn a_sound_becomes_a_wav_with_sixteen_bits() {
    let floats: Vec<u8> = [0.0_f32, 1.0, -1.0, 9.0, f32::NAN, -0.5]
        .into_iter()
        .flat_map(f32::to_le_bytes)
        .collect();
    for (bytes, samples) in [
        (sound(1, 8, &[128, 0, 255]), &[0, -32_768, 32_512][..]),
        (sound(1, 16, &[1, 0, 0, 0x80]), &[1, -32_768]),
        (sound(1, 24, &[9, 1, 0, 9, 0, 0x80]), &[1, -32_768]),
        (sound(1, 32, &[9, 9, 1, 0]), &[1]),
        (
            sound(3, 32, &floats),
            &[0, 32_767, -32_767, 32_767, 0, -16_384],
        ),
    ] {
        let kept = prove("s.wav", &bytes).unwrap();
        assert_eq!(heard(&kept), (1, 8000, samples.to_vec()));
        assert_eq!(prove("s.wav", &kept).unwrap(), kept);
    }
}

#[test]
fn a_wav_with_other_chunks_and_the_extensible_form_is_read() {
    let plain = wav(1, 2, 48_000, 16, 4, &[1, 0, 2, 0]);
    let mut long = plain[..12].to_vec();
    long.extend(b"LIST\x03\0\0\0odd\0fmt \x28\0\0\0\xFE\xFF");
    long.extend(&plain[22..36]);
    long.extend(b"\x16\0\x10\0\x03\0\0\0\x01\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71");
    long.extend(&plain[36..]);
    long.extend(b"LIST\x00\0\0\0");
    assert_eq!(
        heard(&prove("s.wav", &long).unwrap()),
        (2, 48_000, vec![1, 2])
    );
}

#[test]
fn an_ogg_becomes_a_wav_of_the_same_length() {
    let kept = prove("t.ogg", TONE).unwrap();
    let (channels, rate, samples) = heard(&kept);
    assert_eq!((channels, rate, samples.len()), (1, 8000, 4000));
    let loudest = samples.iter().map(|sample| sample.unsigned_abs()).max();
    assert!((6000..10_000).contains(&loudest.unwrap()), "{loudest:?}");
}

#[test]
fn the_largest_picture_fits_and_one_pixel_more_does_not() {
    let zeros = vec![0; 4096 * 4097 * 4];
    let largest = encoded((4096, 4096), ColorType::Rgba, &zeros[4096 * 4..], |_| {});
    let (info, _) = decoded(&prove("p.png", &largest).unwrap());
    assert_eq!((info.width, info.height), (4096, 4096));
    let taller = encoded((4096, 4097), ColorType::Rgba, &zeros, |_| {});
    assert_eq!(refused("p.png", &taller), "media-dimensions");
}

#[test]
fn a_sound_of_exactly_a_minute_fits_and_one_sample_more_does_not() {
    let minute = vec![128; 60 * 8000 + 1];
    let kept = prove("s.wav", &sound(1, 8, &minute[1..])).unwrap();
    assert_eq!(heard(&kept).2.len(), 60 * 8000);
    assert_eq!(refused("s.wav", &sound(1, 8, &minute)), "media-too-long");
}

#[test]
fn what_is_no_picture_and_no_sound_stays_as_it_is_and_the_order_too() {
    let (png, _) = picture();
    let (folder, entries) = stage(&[
        ("media/z.jpg", PHOTO),
        ("pack.ron", b"Pack()"),
        ("media/a.png", &png),
        ("manifest.json", b"{}"),
    ]);
    let proven = prover().prove(folder.path(), &entries).unwrap();
    let paths: Vec<_> = proven.iter().map(|entry| entry.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "media/z.jpg.png",
            "pack.ron",
            "media/a.png",
            "manifest.json"
        ]
    );
    assert_eq!((&proven[1], &proven[3]), (&entries[1], &entries[3]));
    assert_eq!(fs::read(folder.path().join("pack.ron")).unwrap(), b"Pack()");
    assert_eq!(files_in(folder.path()).len(), 3);
}

// Hostile pictures.

#[test]
fn a_picture_that_claims_to_be_huge_is_refused_by_its_size() {
    for (width, height) in [
        (60_000, 60_000),
        (1, 65_535),
        (65_535, 1),
        (4097, 1),
        (0x7FFF_FFFF, 1),
    ] {
        let code = refused("p.png", &claiming(width, height));
        assert_eq!(code, "media-dimensions", "{width} x {height}");
    }
    let at = PHOTO
        .windows(2)
        .position(|pair| pair == b"\xff\xc0")
        .unwrap();
    let mut photo = PHOTO.to_vec();
    photo[at + 5..at + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    assert_eq!(refused("p.jpg", &photo), "media-dimensions");
    let mut webp = LOSSLESS.to_vec();
    webp[21..25].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x0F]);
    assert_eq!(refused("p.webp", &webp), "media-dimensions");
}

#[test]
fn a_picture_without_a_side_is_refused() {
    assert_eq!(refused("p.png", &claiming(0, 4)), "media-damaged");
    let at = PHOTO
        .windows(2)
        .position(|pair| pair == b"\xff\xc0")
        .unwrap();
    let mut photo = PHOTO.to_vec();
    photo[at + 7..at + 9].fill(0);
    assert_eq!(refused("p.jpg", &photo), "media-dimensions");
}

#[test]
fn bombs_beside_the_pixels_are_never_unpacked_nor_kept() {
    let zeros = bomb();
    assert!(zeros.len() < 1 << 20);
    let (plain, _) = picture();
    let kept = prove("p.png", &plain).unwrap();
    for (name, key) in [
        (b"zTXt", &b"Comment\0\0"[..]),
        (b"iCCP", b"sRGB\0\0"),
        (b"iTXt", b"Title\0\x01\0\0\0"),
    ] {
        let bytes = with_chunk(name, &[key, &zeros].concat());
        assert_eq!(prove("p.png", &bytes).unwrap(), kept);
    }
}

#[test]
fn a_picture_whose_pixels_are_more_than_it_claims_is_refused_or_cut_to_size() {
    let mut png = claiming(8, 6);
    png.splice(33..png.len(), chunk(b"IDAT", &bomb()));
    png.extend(chunk(b"IEND", b""));
    // Zeros are rows without a filter; what comes after the last row is never unpacked to memory.
    match prove("p.png", &png) {
        Ok(kept) => assert_eq!(decoded(&kept).1, [0; 8 * 6 * 3]),
        Err(refused) => assert_eq!(refused.code, "media-damaged"),
    }
}

#[test]
fn a_picture_that_moves_is_refused() {
    let (_, pixels) = picture();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 8, 6);
    encoder.set_color(ColorType::Rgb);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&pixels).unwrap();
    writer.write_image_data(&pixels).unwrap();
    writer.finish().unwrap();
    assert_eq!(refused("p.png", &bytes), "media-animated");
    assert_eq!(refused("p.webp", MOVING), "media-animated");
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_refused_by_its_first_bytes() {
    let (png, _) = picture();
    let tone = sound(1, 16, &[0, 0]);
    let others: [(&str, &[u8]); 5] = [
        ("png", &png),
        ("jpg", PHOTO),
        ("webp", LOSSY),
        ("wav", &tone),
        ("ogg", TONE),
    ];
    let strangers: [&[u8]; 7] = [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>",
        b"\x7fELF\x02\x01\x01",
        b"GIF89a\x01\0\x01\0",
        b"OTTO\0\x01",
        b"\x89PNG",
        b"",
    ];
    for (extension, _) in others {
        let name = format!("media/x.{extension}");
        for bytes in strangers {
            assert_eq!(refused(&name, bytes), "media-format", "{name} {bytes:?}");
        }
        for (other, bytes) in others {
            if other != extension {
                assert_eq!(
                    refused(&name, bytes),
                    "media-format",
                    "{other} as {extension}"
                );
            }
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let (png, _) = picture();
    let tone = sound(1, 16, &[1, 0, 2, 0]);
    for (name, bytes, step) in [
        ("p.png", png.as_slice(), 5),
        ("p.jpg", PHOTO, 23),
        ("q.jpg", PROGRESSIVE, 23),
        ("p.webp", LOSSY, 7),
        ("q.webp", LOSSLESS, 3),
        ("r.webp", SEEN_THROUGH, 11),
        ("s.wav", &tone, 3),
        ("t.ogg", TONE, 97),
    ] {
        assert!(prove(name, bytes).is_ok(), "{name}");
        for end in (1..bytes.len()).rev().step_by(step) {
            let code = refused(name, &bytes[..end]);
            let expected = ["media-damaged", "media-format", "media-encoding"];
            assert!(expected.contains(&code), "{name} cut at {end}: {code}");
        }
    }
}

#[test]
fn a_jpeg_of_an_uncommon_coding_is_refused() {
    let at = PHOTO
        .windows(2)
        .position(|pair| pair == b"\xff\xc0")
        .unwrap();
    let mut photo = PHOTO.to_vec();
    // Lossless, arithmetic, hierarchical.
    for coding in [0xC3, 0xC9, 0xC5] {
        photo[at + 1] = coding;
        assert_eq!(refused("p.jpg", &photo), "media-damaged");
    }
}

#[test]
fn a_decoder_that_asks_for_more_memory_than_there_is_ends_alone() {
    // The canvas is small; the frame inside claims 16,383 x 16,383 pixels.
    let mut webp =
        b"RIFF\x2e\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x0f\0\0VP8 \x10\0\0\0".to_vec();
    webp.extend(b"\x10\x02\0\x9d\x01\x2a\xff\x3f\xff\x3f\0\0\0\0\0\0");
    assert_eq!(refused("p.webp", &webp), "media-costly");
}

// Hostile sounds.

#[test]
fn a_sound_out_of_bounds_is_refused_by_the_bound() {
    for (bytes, code) in [
        (wav(1, 1, 0, 16, 2, b"\0\0"), "media-rate"),
        (wav(1, 1, 7999, 16, 2, b"\0\0"), "media-rate"),
        (wav(1, 1, 48_001, 16, 2, b"\0\0"), "media-rate"),
        (wav(1, 1, u32::MAX, 16, 2, b"\0\0"), "media-rate"),
        (wav(1, 0, 8000, 16, 2, b"\0\0"), "media-channels"),
        (wav(1, 3, 8000, 16, 6, &[0; 6]), "media-channels"),
        (wav(1, 255, 8000, 16, 510, &[0; 510]), "media-channels"),
        (wav(1, 65_535, 8000, 16, 2, b"\0\0"), "media-channels"),
        // Ten hours, and as long as the form allows.
        (wav(1, 1, 8000, 16, 576_000_000, b"\0\0"), "media-too-long"),
        (wav(1, 2, 48_000, 16, u32::MAX, b"\0\0"), "media-too-long"),
        (wav(1, 1, 8000, 16, 480_000, b"\0\0"), "media-damaged"),
        (wav(1, 2, 8000, 16, 6, &[0; 6]), "media-damaged"),
        (wav(1, 1, 8000, 16, 0, b""), "media-empty"),
        (wav(1, 1, 8000, 0, 2, b"\0\0"), "media-encoding"),
        (wav(1, 1, 8000, 12, 2, b"\0\0"), "media-encoding"),
        (wav(2, 1, 8000, 4, 2, b"\0\0"), "media-encoding"),
        (wav(6, 1, 8000, 8, 2, b"\0\0"), "media-encoding"),
        (wav(3, 1, 8000, 64, 8, &[0; 8]), "media-encoding"),
        (
            b"RIFF\0\0\0\0WAVEdata\x02\0\0\0\0\0".to_vec(),
            "media-damaged",
        ),
        (
            b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0\x01\0".to_vec(),
            "media-damaged",
        ),
        (
            b"RIFF\0\0\0\0WAVEjunk\xff\xff\xff\xff".to_vec(),
            "media-damaged",
        ),
        (b"RIFF\0\0\0\0WAVE".to_vec(), "media-damaged"),
    ] {
        assert_eq!(refused("s.wav", &bytes), code, "{bytes:?}");
    }
}

#[test]
fn an_ogg_out_of_bounds_is_refused_by_the_bound() {
    let patched = |at: usize, bytes: &[u8]| {
        let mut tone = TONE.to_vec();
        tone[at..at + bytes.len()].copy_from_slice(bytes);
        tone
    };
    for (bytes, code) in [
        (patched(39, &[255]), "media-channels"),
        (patched(39, &[0]), "media-channels"),
        (patched(40, &[0; 4]), "media-rate"),
        (patched(28, b"OpusHead"), "media-encoding"),
        ([b"OggS".as_slice(), &[7; 300]].concat(), "media-encoding"),
        // The check of the first page does not fit any more.
        (patched(45, &[9]), "media-damaged"),
        ([&TONE[..58], &[7; 5000]].concat(), "media-damaged"),
    ] {
        assert_eq!(refused("t.ogg", &bytes), code);
    }
    assert_eq!(refused("t.ogg", &[TONE, TONE].concat()), "media-chained");
}

// What needs no decoder, and children that misbehave.

#[test]
fn the_proven_path_ends_as_the_file_is() {
    for (path, proven) in [
        ("media/a.png", "media/a.png"),
        ("media/a.jpg", "media/a.jpg.png"),
        ("media/a.jpeg", "media/a.jpeg.png"),
        ("media/a.webp", "media/a.webp.png"),
        ("media/a.wav", "media/a.wav"),
        ("media/a.ogg", "media/a.ogg.wav"),
        ("pack.ron", "pack.ron"),
        ("no-extension", "no-extension"),
    ] {
        assert_eq!(proven_path(path), proven);
        assert_eq!(proven_path(proven), proven, "proven is proven");
    }
}

#[test]
fn other_files_and_names_that_meet_are_refused_before_anything_is_decoded() {
    let prover = Prover {
        program: PathBuf::from("/nonexistent"),
        deadline: PATIENCE,
    };
    let check = |paths: &[&str]| {
        let entries: Vec<_> = paths.iter().map(|path| entry(path, b"")).collect();
        let folder = tempfile::tempdir().unwrap();
        let refused = prover.prove(folder.path(), &entries).unwrap_err();
        assert_eq!(files_in(folder.path()), BTreeSet::new());
        refused.code
    };
    for path in [
        "media/face.ttf",
        "media/face.otf",
        "media/run.sh",
        "media/a.svg",
        "media/a.gif",
        "media/a.mp3",
        "media/A.PNG",
        "media/png",
        "media/../../a.png",
        "/media/a.png",
        ".proving/out.png",
    ] {
        assert_eq!(check(&[path]), "media-unknown", "{path}");
    }
    assert_eq!(
        check(&["media/a.jpg", "media/a.jpg.png"]),
        "media-collision"
    );
    assert_eq!(check(&["media/a.png", "media/A.png"]), "media-collision");
    assert_eq!(
        check(&["media/a.ogg", "media/a.ogg.wav"]),
        "media-collision"
    );
}

#[test]
fn a_media_file_that_is_too_large_is_refused_unread() {
    let (folder, entries) = stage(&[("a.jpg", PHOTO)]);
    let file = fs::File::options()
        .write(true)
        .open(folder.path().join("a.jpg"))
        .unwrap();
    file.set_len((32 << 20) + 1).unwrap();
    let refused = prover().prove(folder.path(), &entries).unwrap_err();
    assert_eq!(refused.code, "media-source");
    assert!(refused.args.contains(&("limit", Arg::Number(32))));
}

/// A program in the place of the child, in the shell's language.
fn instead(script: &str, deadline: Duration) -> (Result<Vec<FileEntry>, Refused>, Vec<u8>) {
    let (folder, entries) = stage(&[("a.jpg", PHOTO)]);
    let program = folder.path().join("child");
    fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let result = Prover { program, deadline }.prove(folder.path(), &entries);
    assert!(!folder.path().join(".proving").exists());
    let kept = fs::read(folder.path().join("a.jpg.png")).unwrap_or_default();
    (result, kept)
}

#[test]
fn a_child_that_fails_in_any_way_is_a_refusal() {
    for (script, code) in [
        ("exit 1", "media-crashed"),
        ("exit 2", "media-crashed"),
        ("exit 101", "media-crashed"),
        ("exit 0", "media-crashed"),
        ("echo half; exit 11", "media-damaged"),
        ("kill -SEGV $$", "media-crashed"),
        ("kill -ABRT $$", "media-costly"),
        ("kill -KILL $$", "media-costly"),
        ("kill -XCPU $$", "media-costly"),
        ("exec yes", "media-output"),
        ("yes >&2 & echo pixels; exec >&-; wait", "media-costly"),
    ] {
        let (result, kept) = instead(script, PATIENCE);
        assert_eq!(result.unwrap_err().code, code, "{script}");
        assert_eq!(kept, b"", "{script}");
    }
    let missing = Prover {
        program: PathBuf::from("/nonexistent/kepu"),
        deadline: PATIENCE,
    };
    let (folder, entries) = stage(&[("a.jpg", PHOTO)]);
    let refused = missing.prove(folder.path(), &entries).unwrap_err();
    assert_eq!(refused.code, "media-not-started");
}

#[test]
fn a_child_that_only_waits_is_ended_at_the_deadline() {
    let begin = Instant::now();
    let (result, _) = instead("exec sleep 600", Duration::from_millis(50));
    assert_eq!(result.unwrap_err().code, "media-costly");
    assert!(begin.elapsed() < Duration::from_secs(600));
}

#[test]
fn what_a_child_started_ends_with_it() {
    let (folder, entries) = stage(&[("a.jpg", PHOTO)]);
    let program = folder.path().join("child");
    let script = "#!/bin/sh\nsleep 600 >&- &\necho $! > \"$0.pid\"\nexec sleep 600 >&-\n";
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let pid = folder.path().join("child.pid");
    let prover = Prover {
        program,
        deadline: PATIENCE,
    };
    let refused = prover.prove(folder.path(), &entries);
    assert_eq!(refused.unwrap_err().code, "media-costly");
    let pid = fs::read_to_string(pid).unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", pid.trim()));
    // Dead, though perhaps nobody has asked how it died.
    support::until("what the child started to end", || {
        let status = fs::read_to_string(&status).unwrap_or_default();
        (status.is_empty() || status.contains("State:\tZ")).then_some(())
    });
}

#[test]
fn a_child_gets_one_file_an_empty_folder_a_kind_and_nothing_else() {
    let script = "echo \"$0 $*\"; ls -A | wc -l; env | cut -d= -f1 | sort | tr '\\n' ' '; \
                  echo; cat";
    let (result, kept) = instead(script, PATIENCE);
    result.unwrap();
    let end = kept.len() - PHOTO.len();
    assert_eq!(&kept[end..], PHOTO);
    let told = String::from_utf8(kept[..end].to_vec()).unwrap();
    let lines: Vec<_> = told.lines().collect();
    assert!(lines[0].ends_with("/child prove-media jpg"), "{told}");
    assert_eq!(lines[1].trim(), "0", "{told}");
    // Those that a shell makes by itself.
    let own = ["OLDPWD", "PATH", "PWD", "SHLVL", "_"];
    assert!(
        lines[2].split_whitespace().all(|name| own.contains(&name)),
        "{told}"
    );
}

#[test]
fn the_child_limits_itself_before_it_reads() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .args(["prove-media", "png"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let limits = format!("/proc/{}/limits", child.id());
    let begin = Instant::now();
    let last = |text: &str| {
        text.lines()
            .any(|line| line.starts_with("Max processes") && line.contains(" 0 "))
    };
    let text = loop {
        let text = fs::read_to_string(&limits).unwrap();
        if last(&text) {
            break text;
        }
        assert!(begin.elapsed() < PATIENCE, "{text}");
        std::thread::yield_now();
    };
    for (name, limit) in [
        ("Max cpu time", "10"),
        ("Max file size", "0"),
        ("Max data size", "234881024"),
        ("Max core file size", "0"),
        ("Max open files", "0"),
        ("Max address space", "1073741824"),
    ] {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        let values: Vec<_> = line[name.len()..].split_whitespace().take(2).collect();
        assert_eq!(values, [limit, limit], "{line}");
    }
    child.stdin.take().unwrap().write_all(b"<html>").unwrap();
    let status = child.wait().unwrap();
    assert!(status.code().unwrap() >= 10, "{status}");
}

#[test]
fn exit_codes_of_faults_are_their_own() {
    let codes: BTreeSet<u8> = (0..=255)
        .filter(|code| Fault::from_exit_code(i32::from(*code)).is_some())
        .collect();
    assert_eq!(codes, (10..21).collect());
    for code in codes {
        let fault = Fault::from_exit_code(code.into()).unwrap();
        assert_eq!(fault.exit_code(), code);
    }
}

#[test]
fn every_refusal_names_its_file_in_both_languages_and_says_what_to_do() {
    let locales = Locales::shipped().unwrap();
    for language in ["en", "zh-CN"] {
        for code in CODES {
            let args = [
                ("file", "media/well.jpg".into()),
                ("reason", "(why)".into()),
                ("side", 4096.into()),
                ("seconds", 60.into()),
                ("limit", 32.into()),
            ];
            let sentence = locales.format(language, &format!("pack-{code}"), &args);
            let named = sentence.contains("media/well.jpg") || sentence.contains("(why)");
            assert!(named, "{language}: {sentence}");
            let hint = locales.format(language, &format!("pack-{code}.hint"), &args);
            assert_ne!(hint, format!("pack-{code}.hint"), "{language}");
            assert!(
                !format!("{sentence}{hint}").contains('{'),
                "{sentence} {hint}"
            );
        }
    }
}

// Anything at all.

fn magic(kind: Kind) -> &'static [u8] {
    match kind {
        Kind::Png => b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR",
        Kind::Jpeg => b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        Kind::WebP => b"RIFF\0\x10\0\0WEBPVP8",
        Kind::Wav => b"RIFF\0\x10\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0",
        Kind::Ogg => &TONE[..58],
    }
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop::sample::select(vec![
        Kind::Png,
        Kind::Jpeg,
        Kind::WebP,
        Kind::Wav,
        Kind::Ogg,
    ])
}

fn sound_files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("p.png", picture().0),
        ("p.jpg", PHOTO.to_vec()),
        ("q.jpg", PROGRESSIVE.to_vec()),
        ("p.webp", LOSSY.to_vec()),
        ("q.webp", LOSSLESS.to_vec()),
        ("r.webp", SEEN_THROUGH.to_vec()),
        ("s.wav", sound(1, 16, &[1, 0, 2, 0])),
        ("t.ogg", TONE.to_vec()),
    ]
}

/// Proven, or refused for what the file is.
fn decided(name: &str, bytes: &[u8]) {
    match prove(name, bytes) {
        Ok(kept) if proven_path(name).ends_with(".png") => {
            assert!(decoded(&kept).0.width <= 4096);
        }
        Ok(kept) => assert!(!heard(&kept).2.is_empty()),
        Err(refused) => {
            let fit = CODES.contains(&refused.code)
                && !["media-io", "media-not-started"].contains(&refused.code);
            assert!(fit, "{refused:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_behind_the_right_beginning_are_proven_or_refused(
        kind in kinds(),
        rest in prop::collection::vec(any::<u8>(), 0..2000),
    ) {
        decided(&format!("x.{}", kind.as_str()), &[magic(kind), &rest].concat());
    }

    #[test]
    fn sound_files_with_some_bytes_changed_are_proven_or_refused(
        (name, mut bytes) in prop::sample::select(sound_files()),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        decided(name, &bytes);
    }
}

//! Tests of pictures: what becomes of sound ones, and hostile ones that claim, move or hide more
//! than they may.

use std::fs;

use png::{BitDepth, ColorType, Compression, Filter};

use super::{
    GREY, LOSSLESS, LOSSY, MOVING, PHOTO, PRINT, PROGRESSIVE, SEEN_THROUGH, decoded, encoded,
    files_in, picture, prove, prover, refused, stage,
};
use crate::support::listed;

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
        assert_eq!(proven, [listed(&format!("{name}.png"), &kept)]);
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
fn the_largest_picture_fits_and_one_pixel_more_does_not() {
    let zeros = vec![0; 4096 * 4097 * 4];
    let largest = encoded((4096, 4096), ColorType::Rgba, &zeros[4096 * 4..], |_| {});
    let (info, _) = decoded(&prove("p.png", &largest).unwrap());
    assert_eq!((info.width, info.height), (4096, 4096));
    let taller = encoded((4096, 4097), ColorType::Rgba, &zeros, |_| {});
    assert_eq!(refused("p.png", &taller), "media-dimensions");
}

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

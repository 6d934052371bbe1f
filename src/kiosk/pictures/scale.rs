//! From a PNG file to as many pixels as are shown.
//!
//! Row by row: a picture of 4096 × 4096 pixels is never in memory, only what is made of it. Each
//! pixel made is the mean of those that it covers, weighed by how much of them it covers.

use std::io::Cursor;

use png::{ColorType, Decoder, Limits, Transformations};

use crate::bank::{PICTURE_SIDE, Size};

/// What the decoder may allocate besides a row, in bytes.
const ASIDE: usize = 4 << 20;

/// Samples of a pixel made: red, green, blue, opacity.
const SAMPLES: usize = 4;

/// The pixels of a picture.
#[derive(Debug, PartialEq)]
pub(super) struct Pixels {
    pub(super) size: Size,
    /// From the top left, row by row; four bytes a pixel, sRGB and opacity.
    pub(super) bytes: Vec<u8>,
}

/// Decodes a still PNG into no more pixels than `most`, and no more than it has; the sides are
/// each made to fit by themselves. `None` for what is no proven picture.
pub(super) fn decode(file: &[u8], most: Size) -> Option<Pixels> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(file), Limits { bytes: ASIDE });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let (width, height) = decoder.read_header_info().ok()?.size();
    let allowed = 1..=PICTURE_SIDE;
    if !allowed.contains(&width) || !allowed.contains(&height) {
        return None;
    }
    let mut reader = decoder.read_info().ok()?;
    if reader.info().interlaced || reader.info().animation_control.is_some() {
        return None;
    }
    let (colour, _) = reader.output_color_type();
    let size = Size {
        width: width.min(most.width).max(1),
        height: height.min(most.height).max(1),
    };
    let mut rows = Rows::new(height, size);
    let mut across = vec![0.0; size.width as usize * SAMPLES];
    while let Some(row) = reader.next_row().ok()? {
        shrink_row(row.data(), colour, width, size.width, &mut across);
        rows.add(&across);
    }
    let bytes = rows.made;
    let whole = size.width as usize * size.height as usize * SAMPLES;
    (bytes.len() == whole).then_some(Pixels { size, bytes })
}

/// A pixel as four numbers from 0 to 255, its colours weighed by its opacity, so that what cannot
/// be seen gives no colour to its neighbours.
fn weighed(pixel: &[u8], colour: ColorType) -> [f32; SAMPLES] {
    let [red, green, blue, opacity] = match (colour, pixel) {
        (ColorType::Grayscale, [grey]) => [*grey, *grey, *grey, u8::MAX],
        (ColorType::GrayscaleAlpha, [grey, opacity]) => [*grey, *grey, *grey, *opacity],
        (ColorType::Rgb, [red, green, blue]) => [*red, *green, *blue, u8::MAX],
        (ColorType::Rgba, [red, green, blue, opacity]) => [*red, *green, *blue, *opacity],
        _ => [0; SAMPLES],
    };
    let seen = f32::from(opacity) / 255.0;
    let sample = |value: u8| f32::from(value) * seen;
    [sample(red), sample(green), sample(blue), f32::from(opacity)]
}

/// Makes a row of `to` pixels from one of `from`.
fn shrink_row(row: &[u8], colour: ColorType, from: u32, to: u32, made: &mut [f32]) {
    made.fill(0.0);
    let mut pieces = Pieces::new(from, to);
    for pixel in row.chunks_exact(colour.samples()) {
        let pixel = weighed(pixel, colour);
        for (at, share) in pieces.next_of() {
            let at = at as usize * SAMPLES;
            for (sum, sample) in made.iter_mut().skip(at).zip(pixel) {
                *sum += sample * share;
            }
        }
    }
}

/// Says of each of `from` pixels in turn which of `to` it goes into, and how much of that it is.
struct Pieces {
    /// How many pixels one that is made covers.
    covers: f32,
    most: u32,
    at: u32,
}

impl Pieces {
    fn new(from: u32, to: u32) -> Self {
        Self {
            covers: from as f32 / to as f32,
            most: to - 1,
            at: 0,
        }
    }

    fn next_of(&mut self) -> impl Iterator<Item = (u32, f32)> + use<> {
        let (start, end) = (self.at as f32, (self.at + 1) as f32);
        self.at += 1;
        let covers = self.covers;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "small, above 0"
        )]
        let first = ((start / covers) as u32).min(self.most);
        // Nothing is made larger, so that a pixel lies in two at most.
        let border = (first + 1) as f32 * covers;
        let second = first + 1;
        let within = (end.min(border) - start).max(0.0) / covers;
        let beyond = (end - border).max(0.0) / covers;
        let rest = (beyond > 0.0 && second <= self.most).then_some((second, beyond));
        std::iter::once((first, within)).chain(rest)
    }
}

/// Rows that come in from the top, made into fewer.
struct Rows {
    pieces: Pieces,
    /// The row that is being made.
    sum: Vec<f32>,
    /// Which one that is.
    next: u32,
    last: u32,
    left: u32,
    made: Vec<u8>,
}

impl Rows {
    fn new(from: u32, size: Size) -> Self {
        let width = size.width as usize * SAMPLES;
        Self {
            pieces: Pieces::new(from, size.height),
            sum: vec![0.0; width],
            next: 0,
            last: size.height - 1,
            left: from,
            made: Vec::with_capacity(width * size.height as usize),
        }
    }

    fn add(&mut self, row: &[f32]) {
        if self.left == 0 {
            return;
        }
        for (at, share) in self.pieces.next_of() {
            while self.next < at {
                self.finish();
            }
            for (sum, sample) in self.sum.iter_mut().zip(row) {
                *sum += sample * share;
            }
        }
        self.left -= 1;
        if self.left == 0 && self.next == self.last {
            self.finish();
        }
    }

    /// The row that is being made has all that goes into it.
    fn finish(&mut self) {
        for pixel in self.sum.chunks_exact(SAMPLES) {
            let opacity = pixel.last().copied().unwrap_or_default();
            let seen = opacity / 255.0;
            for (index, sample) in pixel.iter().enumerate() {
                let is_colour = index + 1 < SAMPLES;
                let value = if is_colour && seen > 0.0 {
                    sample / seen
                } else {
                    *sample
                };
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "0 to 255"
                )]
                self.made.push(value.round().clamp(0.0, 255.0) as u8);
            }
        }
        self.sum.fill(0.0);
        self.next += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use png::{BitDepth, Encoder};

    fn encoded(width: u32, height: u32, colour: ColorType, pixels: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, width, height);
        encoder.set_color(colour);
        encoder.set_depth(BitDepth::Eight);
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(pixels).unwrap();
        writer.finish().unwrap();
        file
    }

    fn size(width: u32, height: u32) -> Size {
        Size { width, height }
    }

    #[test]
    fn a_picture_is_made_as_small_as_it_is_shown_and_never_larger() {
        let pixels = [10, 30, 50, 70, 20, 40, 60, 80];
        let file = encoded(4, 2, ColorType::Grayscale, &pixels);
        let made = decode(&file, size(2, 1)).unwrap();
        assert_eq!(made.size, size(2, 1));
        assert_eq!(made.bytes, [25, 25, 25, 255, 65, 65, 65, 255]);
        let whole = decode(&file, size(100, 100)).unwrap();
        assert_eq!(whole.size, size(4, 2));
        let greys: Vec<u8> = whole.bytes.chunks(4).map(|pixel| pixel[0]).collect();
        assert_eq!(greys, pixels);
    }

    #[test]
    fn every_shape_of_one_colour_keeps_it_to_the_last_pixel() {
        let (width, height) = (37, 23);
        let pixels = [200, 100, 50].repeat(width as usize * height as usize);
        let file = encoded(width, height, ColorType::Rgb, &pixels);
        for most in [
            size(36, 22),
            size(19, 7),
            size(10, 23),
            size(1, 1),
            size(37, 5),
        ] {
            let made = decode(&file, most).unwrap();
            assert_eq!(made.size, most);
            let pixels = made.bytes.chunks(4);
            let odd = pixels.clone().find(|pixel| **pixel != [200, 100, 50, 255]);
            assert_eq!((pixels.len() as u32, odd), (most.width * most.height, None));
        }
    }

    #[test]
    fn what_cannot_be_seen_gives_its_colour_to_nobody() {
        let file = encoded(2, 1, ColorType::Rgba, &[0, 200, 0, 255, 255, 0, 0, 0]);
        let made = decode(&file, size(1, 1)).unwrap();
        assert_eq!(made.bytes, [0, 200, 0, 128]);
    }

    #[test]
    fn what_is_cut_or_no_picture_is_none() {
        let file = encoded(64, 64, ColorType::Grayscale, &[7; 64 * 64]);
        assert!(decode(&file, size(8, 8)).is_some());
        for end in [0, 8, 30, file.len() - 30] {
            assert_eq!(decode(&file[..end], size(8, 8)), None, "{end}");
        }
        assert_eq!(decode(b"GIF89a", size(8, 8)), None);
    }
}

//! Pictures: decoded to their end, written again as PNG with 8 bits a sample and nothing beside the
//! pixels, always the same for the same pixels.
//!
//! Nothing is allocated for pixels before the size has been looked at.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom, Write};

use image_webp::WebPDecoder;
use png::{BitDepth, ColorType, Compression, Decoder, DecodingError, Encoder, Limits};
use png::{EncodingError, Transformations};
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::{Fault, PICTURE_SIDE};

/// What a decoder may allocate besides the pixels, in bytes.
const ASIDE: usize = 4 << 20;

/// The marker that ends a JPEG picture.
const JPEG_END: &[u8] = b"\xff\xd9";

pub(super) fn png(input: File, output: &mut impl Write) -> Result<(), Fault> {
    let damaged = |_: DecodingError| Fault::Damaged;
    let mut decoder = Decoder::new_with_limits(BufReader::new(input), Limits { bytes: ASIDE });
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(damaged)?;
    let size = header.size();
    check_size(size)?;
    let mut reader = decoder.read_info().map_err(damaged)?;
    if reader.info().animation_control.is_some() {
        return Err(Fault::Animated);
    }
    let (colour, _) = reader.output_color_type();
    encode(output, size, colour, |out| {
        if reader.info().interlaced {
            let mut pixels = vec![0; reader.output_buffer_size().ok_or(Fault::Dimensions)?];
            reader.next_frame(&mut pixels).map_err(damaged)?;
            out.write_all(&pixels).map_err(|_| Fault::Child)?;
        } else {
            while let Some(row) = reader.next_row().map_err(damaged)? {
                out.write_all(row.data()).map_err(|_| Fault::Child)?;
            }
        }
        reader.finish().map_err(damaged)
    })
}

pub(super) fn jpeg(mut input: File, output: &mut impl Write) -> Result<(), Fault> {
    let faulty = |error: DecodeErrors| match error {
        DecodeErrors::ZeroError => Fault::Dimensions,
        _ => Fault::Damaged,
    };
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|_| Fault::Child)?;
    // The size is judged here: the decoder would not say why it refuses.
    let options = DecoderOptions::new_safe()
        .set_strict_mode(true)
        .set_max_width(u16::MAX.into())
        .set_max_height(u16::MAX.into());
    let mut head = Cursor::new(&bytes);
    let mut decoder = JpegDecoder::new_with_options(&mut head, options);
    decoder.decode_headers().map_err(faulty)?;
    let info = decoder.info().ok_or(Fault::Damaged)?;
    let size = (info.width.into(), info.height.into());
    check_size(size)?;
    // A decoder is content with what there is, but a picture that was cut has no end. Among pixels
    // the marker cannot stand for anything else. One that was cut and given an end again is shown as far as
    // it goes; that harms nobody.
    let scans = usize::try_from(head.position()).unwrap_or(usize::MAX);
    let mut pairs = bytes.get(scans..).unwrap_or_default().windows(2);
    if !pairs.any(|pair| pair == JPEG_END) {
        return Err(Fault::Damaged);
    }
    let (space, colour) = match info.components {
        1 => (ColorSpace::Luma, ColorType::Grayscale),
        _ => (ColorSpace::RGB, ColorType::Rgb),
    };
    let options = options.jpeg_set_out_colorspace(space);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&bytes), options);
    let pixels = decoder.decode().map_err(faulty)?;
    encode(output, size, colour, |out| {
        out.write_all(&pixels).map_err(|_| Fault::Child)
    })
}

pub(super) fn webp(mut input: File, output: &mut impl Write) -> Result<(), Fault> {
    let damaged = |_: image_webp::DecodingError| Fault::Damaged;
    // "RIFF" and the size of what follows. A decoder makes do with less.
    let mut head = [0; 8];
    input.read_exact(&mut head).map_err(|_| Fault::Child)?;
    let [_, _, _, _, size @ ..] = head;
    let length = input.seek(SeekFrom::End(0)).map_err(|_| Fault::Child)?;
    if length < 8 + u64::from(u32::from_le_bytes(size)) {
        return Err(Fault::Damaged);
    }
    input.rewind().map_err(|_| Fault::Child)?;
    let mut decoder = WebPDecoder::new(BufReader::new(input)).map_err(damaged)?;
    decoder.set_memory_limit(ASIDE);
    check_size(decoder.dimensions())?;
    if decoder.is_animated() || decoder.num_frames() > 0 {
        return Err(Fault::Animated);
    }
    let colour = if decoder.has_alpha() {
        ColorType::Rgba
    } else {
        ColorType::Rgb
    };
    let mut pixels = vec![0; decoder.output_buffer_size().ok_or(Fault::Dimensions)?];
    decoder.read_image(&mut pixels).map_err(damaged)?;
    encode(output, decoder.dimensions(), colour, |out| {
        out.write_all(&pixels).map_err(|_| Fault::Child)
    })
}

fn check_size((width, height): (u32, u32)) -> Result<(), Fault> {
    let allowed = 1..=PICTURE_SIDE;
    if allowed.contains(&width) && allowed.contains(&height) {
        Ok(())
    } else {
        Err(Fault::Dimensions)
    }
}

/// Writes a PNG whose rows `fill` writes, from the top.
fn encode(
    output: &mut impl Write,
    (width, height): (u32, u32),
    colour: ColorType,
    fill: impl FnOnce(&mut dyn Write) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let failed = |_: EncodingError| Fault::Child;
    let mut encoder = Encoder::new(output, width, height);
    encoder.set_color(colour);
    encoder.set_depth(BitDepth::Eight);
    // The station decodes it at every start; what counts is time, not the last byte.
    encoder.set_compression(Compression::Fast);
    let mut writer = encoder.write_header().map_err(failed)?;
    let mut rows = writer.stream_writer().map_err(failed)?;
    fill(&mut rows)?;
    rows.finish().map_err(failed)?;
    writer.finish().map_err(failed)
}

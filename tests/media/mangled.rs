//! Tests of files that are cut or changed anywhere: proven or refused, whatever the bytes.

use kepu::packs::media::{CODES, Kind, proven_path};
use proptest::prelude::*;

use super::{
    LOSSLESS, LOSSY, PHOTO, PROGRESSIVE, SEEN_THROUGH, TONE, decoded, heard, picture, prove,
    refused, sound,
};

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

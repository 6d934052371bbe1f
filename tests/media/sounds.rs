//! Tests of sounds: what becomes of those that can be heard, and each bound that others exceed.

use super::{TONE, heard, prove, refused, sound, wav};

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
fn a_sound_of_exactly_a_minute_fits_and_one_sample_more_does_not() {
    let minute = vec![128; 60 * 8000 + 1];
    let kept = prove("s.wav", &sound(1, 8, &minute[1..])).unwrap();
    assert_eq!(heard(&kept).2.len(), 60 * 8000);
    assert_eq!(refused("s.wav", &sound(1, 8, &minute)), "media-too-long");
}

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

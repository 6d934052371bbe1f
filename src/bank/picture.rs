//! The size of a picture, read off its first bytes: enough to keep room for it, and nothing is
//! decoded.

use std::collections::BTreeMap;

/// The longest side of a picture, in pixels; what is longer is refused when a pack is installed.
pub const PICTURE_SIDE: u32 = 4096;

/// How many bytes of a picture are looked at, at most: a JPEG file may carry a preview and a colour
/// profile before it says how large it is.
pub const PICTURE_HEAD: u64 = 256 * 1024;

/// What a picture's name may end in.
pub(super) const ENDINGS: &[&str] = &["png", "jpg", "jpeg", "webp"];

/// Width and height of a picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Size {
    /// The size that a PNG, JPEG or WebP file says it has in its first bytes; `None` where they are
    /// not those of such a file, or say that there is nothing to see.
    #[must_use]
    pub fn of(head: &[u8]) -> Option<Self> {
        let (width, height) = png(head).or_else(|| jpeg(head)).or_else(|| webp(head))?;
        (width > 0 && height > 0).then_some(Self { width, height })
    }
}

/// The sizes of those of these media that are pictures, by name; `head` gives the first bytes of a
/// file. What cannot be read is left out, for the check to find.
pub fn sizes(
    media: &[String],
    mut head: impl FnMut(&str) -> Option<Vec<u8>>,
) -> BTreeMap<String, Size> {
    let is_picture = |name: &&String| {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending);
        ending.is_some_and(|ending| ENDINGS.contains(&ending))
    };
    let named = media.iter().filter(is_picture);
    let sizes = named.filter_map(|name| Some((name.clone(), Size::of(&head(name)?)?)));
    sizes.collect()
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at + N)?.try_into().ok()
}

fn png(head: &[u8]) -> Option<(u32, u32)> {
    let begins = head.starts_with(b"\x89PNG\r\n\x1a\n") && head.get(12..16) == Some(b"IHDR");
    let side = |at| array(head, at).map(u32::from_be_bytes);
    begins.then_some((side(16)?, side(20)?))
}

/// Walks over the segments until one begins a picture (`SOF`), which says its size.
fn jpeg(head: &[u8]) -> Option<(u32, u32)> {
    if !head.starts_with(b"\xff\xd8\xff") {
        return None;
    }
    let mut at = 2;
    loop {
        let [fill, marker] = array(head, at)?;
        match (fill, marker) {
            // Any number of these may stand before a marker.
            (0xFF, 0xFF) => at += 1,
            (0xFF, 0xC0..=0xCF) if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let side = |at| array(head, at).map(u16::from_be_bytes);
                let (height, width) = (side(at + 5)?, side(at + 7)?);
                return Some((width.into(), height.into()));
            }
            // The pixels begin, or the picture ends.
            (0xFF, 0xD9 | 0xDA) => return None,
            (0xFF, 0x01 | 0xD0..=0xD8) => at += 2,
            (0xFF, _) => at += 2 + usize::from(array(head, at + 2).map(u16::from_be_bytes)?),
            _ => return None,
        }
    }
}

fn webp(head: &[u8]) -> Option<(u32, u32)> {
    if !head.starts_with(b"RIFF") || head.get(8..12) != Some(b"WEBP") {
        return None;
    }
    match head.get(12..16)? {
        b"VP8 " if head.get(23..26) == Some(b"\x9d\x01\x2a") => {
            // The two bits above a side say how to scale it.
            let side =
                |at| array(head, at).map(|side| u32::from(u16::from_le_bytes(side) & 0x3FFF));
            Some((side(26)?, side(28)?))
        }
        b"VP8L" if head.get(20) == Some(&0x2F) => {
            let bits = array(head, 21).map(u32::from_le_bytes)?;
            Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
        }
        b"VP8X" => {
            let side = |at| {
                let [low, middle, high] = array(head, at)?;
                Some(u32::from_le_bytes([low, middle, high, 0]) + 1)
            };
            Some((side(24)?, side(27)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &[u8]) -> Option<(u32, u32)> {
        Size::of(head).map(|size| (size.width, size.height))
    }

    #[test]
    fn the_size_of_each_format_is_read_off_its_first_bytes() {
        let file = |name: &str| {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/media/");
            std::fs::read(format!("{folder}{name}")).unwrap()
        };
        for name in ["photo.jpg", "progressive.jpg", "grey.jpg", "print.jpg"] {
            assert!(of(&file(name)).is_some(), "{name}");
        }
        for name in ["lossy.webp", "lossless.webp", "seen-through.webp"] {
            assert!(of(&file(name)).is_some(), "{name}");
        }
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x02\0\0\0\x03".to_vec();
        assert_eq!(of(&png), Some((258, 3)));
        png[23] = 0;
        assert_eq!(of(&png), None, "nothing to see");
        assert_eq!(of(b"<svg width='9' height='9'/>"), None);
    }

    #[test]
    fn no_head_that_is_cut_or_changed_breaks_anything() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/media/");
        for name in ["photo.jpg", "lossy.webp", "lossless.webp"] {
            let whole = std::fs::read(format!("{folder}{name}")).unwrap();
            let size = of(&whole);
            for end in 0..whole.len() {
                let cut = of(&whole[..end]);
                assert!(cut.is_none() || cut == size, "{name} {end}");
                let mut changed = whole.clone();
                changed[end] ^= 0xFF;
                let sides = of(&changed).unwrap_or((1, 1));
                assert!(sides.0 > 0 && sides.1 > 0);
            }
        }
    }
}

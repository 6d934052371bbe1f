//! When the PIN is forgotten, lost or locked: a file on a stick, signed by somebody in charge.
//!
//! The station shows a challenge. Whoever holds an admin key writes one line into
//! `kepu-pin-reset.txt` and signs it with the ordinary `minisign`:
//!
//! ```text
//! kepu-pin-reset museum-01 7K2FQ9HMX3R8TDWN
//! ```
//!
//! The line names the station and its challenge, so that it opens no other station, and none twice:
//! a challenge is given out until it has been used, and then there is a new one.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use minisign::{PublicKey, SignatureBox};
use rand::TryRng;
use rand::rngs::SysRng;

use super::{Permit, Refused};
use crate::files;

/// The name of the file on the stick; its signature is beside it, with `.minisig` added.
pub const RESET_FILE: &str = "kepu-pin-reset.txt";

/// The most bytes that the file, and its signature, may have.
pub const RESET_LIMIT: usize = 4096;

/// The first word of the line.
const WORD: &str = "kepu-pin-reset";

/// Digits and capitals that nobody confuses when they are read aloud: no I, L, O, U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a challenge: 80 bits.
const CHALLENGE_LETTERS: usize = 16;

/// The open challenge of a station.
#[derive(Debug)]
pub struct Recovery {
    path: PathBuf,
    challenge: String,
}

impl Recovery {
    /// The challenge that is open in this data folder, or a new one, which is kept: the answer may
    /// come days later.
    pub fn open(data: &Path) -> Result<Self, Refused> {
        let folder = data.join("staff");
        let path = folder.join("pin-reset");
        let kept = files::read(&path, CHALLENGE_LETTERS as u64).ok();
        let kept = kept.and_then(|bytes| String::from_utf8(bytes).ok());
        let sound = |text: &String| {
            text.len() == CHALLENGE_LETTERS && text.bytes().all(|byte| LETTERS.contains(&byte))
        };
        if let Some(challenge) = kept.filter(sound) {
            return Ok(Self { path, challenge });
        }
        files::create_folder(&folder).map_err(Refused::unstorable)?;
        let mut recovery = Self {
            path,
            challenge: String::new(),
        };
        recovery.renew()?;
        Ok(recovery)
    }

    /// The line to be signed, for a station's id; `demo` stands for a station without one.
    #[must_use]
    pub fn line(&self, station: Option<&str>) -> String {
        let station = station.unwrap_or("demo");
        format!("{WORD} {station} {}", self.challenge)
    }

    /// Takes a signed reset: with the permit, another PIN can be set. The challenge is used up
    /// before the permit is given.
    pub fn accept(
        &mut self,
        station: Option<&str>,
        text: &[u8],
        signature: &[u8],
        keys: &[String],
    ) -> Result<Permit, Refused> {
        accept_reset(&self.line(station), text, signature, keys)?;
        self.renew()?;
        Ok(Permit(()))
    }

    /// Takes the first right reset among files, each with its signature beside it. What cannot be
    /// read is not signed; of several that are not right, the last one's reason is told.
    pub fn accept_file(
        &mut self,
        station: Option<&str>,
        files: impl IntoIterator<Item = PathBuf>,
        keys: &[String],
    ) -> Result<Permit, Refused> {
        let read = |path: &Path| files::read(path, RESET_LIMIT as u64).unwrap_or_default();
        let mut refused = Refused::new("reset-missing").with("file", RESET_FILE);
        for path in files {
            let signature = path.with_extension("txt.minisig");
            match self.accept(station, &read(&path), &read(&signature), keys) {
                Err(why) => refused = why,
                permitted => return permitted,
            }
        }
        Err(refused)
    }

    fn renew(&mut self) -> Result<(), Refused> {
        let mut bytes = [0; CHALLENGE_LETTERS];
        SysRng
            .try_fill_bytes(&mut bytes)
            .map_err(Refused::unstorable)?;
        // 256 is a multiple of 32: every letter is as likely.
        let letters = bytes.map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
        let challenge: String = letters.iter().collect();
        files::write(&self.path, challenge.as_bytes()).map_err(Refused::unstorable)?;
        self.challenge = challenge;
        Ok(())
    }
}

/// Whether a file on a stick says what was `asked` for, and one of the admin keys signed it.
///
/// The signature is checked first. Letters may be small, and space around the words does not count.
pub fn accept_reset(
    asked: &str,
    text: &[u8],
    signature: &[u8],
    keys: &[String],
) -> Result<(), Refused> {
    if keys.is_empty() {
        return Err(Refused::no_reset_keys());
    }
    if text.len() > RESET_LIMIT || !keys.iter().any(|key| is_signed(text, signature, key)) {
        return Err(Refused::new("reset-signature"));
    }
    let text = String::from_utf8_lossy(text);
    let mut words = text.trim_start_matches('\u{feff}').split_whitespace();
    let given = [words.next(), words.next(), words.next(), words.next()];
    let mut asked = asked.split_whitespace().skip(1);
    let (Some(station), Some(challenge)) = (asked.next(), asked.next()) else {
        return Err(Refused::new("reset-form"));
    };
    match given {
        [Some(WORD), Some(other), Some(_), None] if other != station => {
            Err(Refused::new("reset-station"))
        }
        [Some(WORD), Some(_), Some(other), None] if !other.eq_ignore_ascii_case(challenge) => {
            Err(Refused::new("reset-challenge"))
        }
        [Some(WORD), Some(_), Some(_), None] => Ok(()),
        _ => Err(Refused::new("reset-form")),
    }
}

fn is_signed(text: &[u8], signature: &[u8], key: &str) -> bool {
    let Some(signature) = parse_signature(signature) else {
        return false;
    };
    let Ok(key) = PublicKey::from_base64(key) else {
        return false;
    };
    // Quiet, nothing written, no signatures of the old kind, which are weaker against long files.
    minisign::verify(&key, &signature, Cursor::new(text), true, false, false).is_ok()
}

fn parse_signature(bytes: &[u8]) -> Option<SignatureBox> {
    if bytes.len() > RESET_LIMIT {
        return None;
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let mut encoded = text.lines().skip(1).step_by(2).map(str::trim);
    let (signature, last) = (encoded.next()?, encoded.next()?);
    // 74 and 64 bytes: the library ignores more in the first, and panics at fewer in the last.
    let whole = signature.len() == 100
        && signature.ends_with('=')
        && last.len() == 88
        && last.ends_with("==");
    if !whole {
        return None;
    }
    SignatureBox::from_string(text).ok()
}

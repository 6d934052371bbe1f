//! Signatures in the format of `minisign`.
//!
//! A signature lies beside its pack as `<pack>.kepu.minisig`. Only the newer kind is accepted,
//! which signs a hash of the file: the older one would need the whole file in memory. Everything
//! about a signature is strict but the comment in its first line, which `minisign` leaves free and
//! unsigned: nobody is ever shown it.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use ct_codecs::{Base64, Decoder};
use minisign::{SecretKeyBox, SignatureBox};

use super::{Refused, archive, shown};
use crate::files;

/// The most bytes of a signature or a key.
pub const TEXT_LIMIT: u64 = 4096;

/// The characters of the signature itself, in Base64: 74 bytes.
const SIGNATURE_LENGTH: usize = 100;
/// The same of the signature over the trusted comment: 64 bytes.
const COMMENT_SIGNATURE_LENGTH: usize = 88;

/// With what a public or secret key begins: the algorithm, Ed25519.
const ALGORITHM: &[u8] = b"Ed";

/// The bytes of a secret key, salt and checksum included.
const SECRET_KEY_LENGTH: usize = 158;
/// What a secret key without a password has for the way from its password to its key.
const UNENCRYPTED: &[u8] = &[0, 0];

/// A key that signatures are checked with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(minisign::PublicKey);

impl PublicKey {
    /// Reads a key: the line of Base64, or the whole text of a `.pub` file.
    ///
    /// Refuses with `key-malformed`.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let malformed = || Refused::new("key-malformed");
        let text = text.trim();
        let line = match text.split_once('\n') {
            Some((comment, line)) if comment.starts_with("untrusted comment:") => line.trim(),
            Some(_) => return Err(malformed()),
            None => text,
        };
        let key = minisign::PublicKey::from_base64(line).map_err(|_| malformed())?;
        if key.to_base64() != line || !key.to_bytes().starts_with(ALGORITHM) {
            return Err(malformed());
        }
        Ok(Self(key))
    }

    /// Reads a key from a file or, when there is no such file, from the words themselves.
    ///
    /// Refuses with `key-malformed` or `read-failed`.
    pub fn find(name: &str) -> Result<Self, Refused> {
        let path = Path::new(name);
        if path.is_file() {
            return Self::parse(&read_text(path, "key-malformed")?);
        }
        Self::parse(name)
    }

    /// The key's id, 16 hexadecimal digits, as `minisign` shows it.
    #[must_use]
    pub fn id(&self) -> String {
        key_id(self.0.keynum())
    }
}

/// Who signed a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// The id of the key, 16 hexadecimal digits.
    pub key_id: String,
    /// What the signer wrote about the file, without control characters; signed, too.
    pub comment: String,
}

/// Where the signature of a pack lies.
#[must_use]
pub fn path_for(pack: &Path) -> PathBuf {
    let mut name = OsString::from(pack);
    name.push(".minisig");
    name.into()
}

/// The signature beside a pack.
///
/// Refuses with `signature-missing`, `signature-malformed` or `read-failed`.
pub fn read_for(pack: &Path) -> Result<String, Refused> {
    let path = path_for(pack);
    if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return Err(Refused::new("signature-missing"));
    }
    read_text(&path, "signature-malformed")
}

/// Verifies a pack's file by the text of its signature with any of the keys.
///
/// Refuses like [`verify_reader`], and with `not-a-pack` what is no regular file.
pub fn verify(file: &Path, signature: &str, keys: &[PublicKey]) -> Result<Signer, Refused> {
    verify_reader(&mut archive::open(file)?, signature, keys)
}

/// The same for bytes from anywhere, read from the start to the end, bounded in memory.
///
/// Refuses with `signature-malformed`, `signature-legacy`, `signature-wrong-key`, `signature-bad` or
/// `read-failed`.
pub fn verify_reader(
    reader: &mut (impl Read + Seek),
    signature: &str,
    keys: &[PublicKey],
) -> Result<Signer, Refused> {
    let signature = parse(signature)?;
    let key_id = key_id(signature.keynum());
    let of_this_id = keys.iter().filter(|key| key.id() == key_id);
    let mut refused = Refused::new("signature-wrong-key").with("key", key_id.as_str());
    for key in of_this_id {
        reader.rewind().map_err(archive::read_failed)?;
        match minisign::verify(&key.0, &signature, &mut *reader, true, false, false) {
            Ok(()) => {
                return Ok(Signer {
                    key_id,
                    comment: comment(&signature),
                });
            }
            Err(error) if matches!(error.kind(), minisign::ErrorKind::Io) => {
                return Err(Refused::new("read-failed").with("reason", error.to_string()));
            }
            Err(_) => refused = Refused::new("signature-bad").with("key", key_id.as_str()),
        }
    }
    Err(refused)
}

/// Who says to have signed: not verified, so only for showing.
///
/// Refuses with `signature-malformed` or `signature-legacy`.
pub fn claimed(signature: &str) -> Result<Signer, Refused> {
    let signature = parse(signature)?;
    Ok(Signer {
        key_id: key_id(signature.keynum()),
        comment: comment(&signature),
    })
}

/// A signature has one form only: it must be what comes out when it is written again.
fn parse(text: &str) -> Result<SignatureBox, Refused> {
    let malformed = || Refused::new("signature-malformed");
    let text = text.replace("\r\n", "\n");
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let lengths: Vec<usize> = text.split('\n').map(str::len).collect();
    let in_form = matches!(
        lengths[..],
        [_, SIGNATURE_LENGTH, _, COMMENT_SIGNATURE_LENGTH]
    );
    if text.len() as u64 > TEXT_LIMIT || !in_form {
        return Err(malformed());
    }
    let signature = SignatureBox::from_string(text).map_err(|_| malformed())?;
    if signature.to_string().strip_suffix('\n') != Some(text) {
        return Err(malformed());
    }
    if !signature.is_prehashed() {
        return Err(Refused::new("signature-legacy"));
    }
    Ok(signature)
}

fn comment(signature: &SignatureBox) -> String {
    // A signature that was read always has one.
    let comment = signature.trusted_comment().unwrap_or_default();
    // `minisign` itself puts tabs between its remarks.
    shown(&comment.replace('\t', " "))
}

fn key_id(bytes: &[u8]) -> String {
    let number = bytes.first_chunk().map_or(0, |id| u64::from_le_bytes(*id));
    format!("{number:016X}")
}

/// A key that signatures are made with.
pub struct SecretKey(minisign::SecretKey);

impl SecretKey {
    /// Reads a secret key's file. `password` is asked only when the key is encrypted.
    ///
    /// Refuses with `secret-key-malformed`, `password-wrong` or `read-failed`.
    pub fn read(
        path: &Path,
        password: impl FnOnce() -> io::Result<String>,
    ) -> Result<Self, Refused> {
        let malformed = || Refused::new("secret-key-malformed");
        let text = read_text(path, "secret-key-malformed")?;
        let lines: Vec<&str> = text.trim_end().lines().collect();
        let [comment, line] = lines[..] else {
            return Err(malformed());
        };
        let bytes = Base64::decode_to_vec(line, None).map_err(|_| malformed())?;
        if bytes.len() != SECRET_KEY_LENGTH || !bytes.starts_with(ALGORITHM) {
            return Err(malformed());
        }
        if bytes.get(2..4) == Some(UNENCRYPTED) {
            // Not as text: the library wants a checksum, which `minisign` leaves out of such keys.
            // A key that was damaged is found out when it signs.
            let key = minisign::SecretKey::from_bytes(&bytes).map_err(|_| malformed())?;
            return Ok(Self(key));
        }
        let password = password().map_err(archive::read_failed)?;
        let key = SecretKeyBox::from(format!("{comment}\n{line}"));
        match key.into_secret_key(Some(password)) {
            Ok(key) => Ok(Self(key)),
            Err(error) if matches!(error.kind(), minisign::ErrorKind::Verify) => {
                Err(Refused::new("password-wrong"))
            }
            Err(_) => Err(malformed()),
        }
    }

    /// The key that verifies what this one signs.
    ///
    /// Refuses with `secret-key-malformed`.
    pub fn public_key(&self) -> Result<PublicKey, Refused> {
        minisign::PublicKey::from_secret_key(&self.0)
            .map(PublicKey)
            .map_err(|_| Refused::new("secret-key-malformed"))
    }
}

/// Signs a pack, and writes the signature beside it.
///
/// `comment` is signed, too, and shown to whoever verifies. Refuses with `not-a-pack`,
/// `read-failed`, `write-failed` or `sign-failed`.
pub fn sign(pack: &Path, key: &SecretKey, comment: &str) -> Result<PathBuf, Refused> {
    let file = archive::open(pack)?;
    let public = key.public_key()?;
    let signature = minisign::sign(
        Some(&public.0),
        &key.0,
        file,
        Some(comment.trim()),
        Some("signature of a Kepu question pack"),
    )
    .map_err(|error| Refused::new("sign-failed").with("reason", error.to_string()))?;
    let path = path_for(pack);
    files::write(&path, &signature.to_bytes())
        .map_err(|error| archive::write_failed(&path, &error_of(error)))?;
    Ok(path)
}

/// The cause alone: the path is named beside it.
fn error_of(error: files::Error) -> io::Error {
    match error.cause {
        files::Cause::Io(cause) => cause,
        files::Cause::TooLarge { .. } => io::ErrorKind::FileTooLarge.into(),
    }
}

/// A short text file; one that is too long or no text is refused with `code`.
fn read_text(path: &Path, code: &'static str) -> Result<String, Refused> {
    let bytes = files::read(path, TEXT_LIMIT).map_err(|error| match error.cause {
        files::Cause::TooLarge { .. } => Refused::new(code),
        files::Cause::Io(cause) => archive::read_failed(cause),
    })?;
    String::from_utf8(bytes).map_err(|_| Refused::new(code))
}

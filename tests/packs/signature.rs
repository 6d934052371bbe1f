//! Tests of signatures, with the ordinary `minisign` on the other side.

use std::{
    fs,
    io::Cursor,
    path::{Path, PathBuf},
    process::Command,
};

use kepu::packs::{
    archive,
    signature::{self, PublicKey, SecretKey},
};
use tempfile::TempDir;

use super::{code, pack_folder, verified};

/// Runs the ordinary tool, which `make test` installs.
#[track_caller]
fn minisign(folder: &Path, arguments: &[&str]) -> bool {
    let output = Command::new("minisign")
        .current_dir(folder)
        .args(arguments)
        .output();
    let output = output.unwrap_or_else(|error| panic!("minisign is needed: {error}"));
    output.status.success()
}

/// A folder with a pack and two pairs of keys, `ours` and `theirs`.
struct Desk {
    dir: TempDir,
    pack: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let dir = TempDir::new().unwrap();
        let pack = archive::build(&pack_folder(dir.path()), dir.path()).unwrap();
        for name in ["ours", "theirs"] {
            let (public, secret) = (format!("{name}.pub"), format!("{name}.key"));
            let made = minisign(dir.path(), &["-G", "-W", "-p", &public, "-s", &secret]);
            assert!(made, "no keys");
        }
        Self { dir, pack }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn public(&self, name: &str) -> PublicKey {
        PublicKey::find(self.path(name).to_str().unwrap()).unwrap()
    }

    fn secret(&self, name: &str) -> SecretKey {
        SecretKey::read(&self.path(name), || panic!("the key needs no password"))
            .unwrap_or_else(|refused| panic!("{refused:?}"))
    }

    /// Signed with our key by the ordinary tool.
    fn signed(&self) -> String {
        let done = minisign(
            self.dir.path(),
            &[
                "-S",
                "-s",
                "ours.key",
                "-m",
                "sound-3.kepu",
                "-t",
                "for the town hall",
            ],
        );
        assert!(done, "not signed");
        signature::read_for(&self.pack).unwrap()
    }

    /// What a station with these keys says.
    fn verify(&self, text: &str, keys: &[PublicKey]) -> Result<signature::Signer, String> {
        signature::verify(&self.pack, text, keys).map_err(|refused| refused.code.to_owned())
    }
}

#[test]
fn what_minisign_has_signed_is_verified_and_its_comment_read() {
    let desk = Desk::new();
    let text = desk.signed();
    let keys = [desk.public("theirs.pub"), desk.public("ours.pub")];
    let signer = desk.verify(&text, &keys).unwrap();
    assert_eq!(signer.key_id, keys[1].id());
    assert_eq!(signer.comment, "for the town hall");
    assert_eq!(signature::claimed(&text).unwrap(), signer);
    // The id stands in the first line of the tool's own file, there without zeros in front.
    let file = fs::read_to_string(desk.path("ours.pub")).unwrap();
    let id = signer.key_id.trim_start_matches('0');
    assert!(file.lines().next().unwrap().ends_with(id), "{file}");
}

#[test]
fn what_was_signed_here_is_verified_by_minisign() {
    let desk = Desk::new();
    let path = signature::sign(&desk.pack, &desk.secret("ours.key"), "by the county").unwrap();
    assert_eq!(path, desk.path("sound-3.kepu.minisig"));
    let verify = |key: &str| minisign(desk.dir.path(), &["-V", "-p", key, "-m", "sound-3.kepu"]);
    assert!(verify("ours.pub"));
    assert!(!verify("theirs.pub"));
    let text = signature::read_for(&desk.pack).unwrap();
    let signer = desk.verify(&text, &[desk.public("ours.pub")]).unwrap();
    assert_eq!(signer.comment, "by the county");
}

#[test]
fn a_key_with_a_password_signs_only_with_it() {
    let desk = Desk::new();
    let locked = minisign::KeyPair::generate_encrypted_keypair(Some("secret".to_owned())).unwrap();
    let path = desk.path("locked.key");
    fs::write(&path, locked.sk.to_box(None).unwrap().to_bytes()).unwrap();
    let refused = SecretKey::read(&path, || Ok("wrong".to_owned()))
        .err()
        .unwrap();
    assert_eq!(refused.code, "password-wrong");
    let key =
        SecretKey::read(&path, || Ok("secret".to_owned())).unwrap_or_else(|_| panic!("refused"));
    signature::sign(&desk.pack, &key, "").unwrap();
    let line = locked.pk.to_base64();
    assert!(minisign(
        desk.dir.path(),
        &["-V", "-P", &line, "-m", "sound-3.kepu"]
    ));
    assert_eq!(key.public_key().unwrap(), PublicKey::parse(&line).unwrap());
}

#[test]
fn what_is_no_secret_key_is_refused() {
    let desk = Desk::new();
    let key = fs::read_to_string(desk.path("ours.key")).unwrap();
    let line = key.lines().nth(1).unwrap();
    for text in [
        String::new(),
        line.to_owned(),
        key.replace(line, "AAAA"),
        key.replace(line, &line[4..]),
        format!("{key}\n{line}\n"),
        fs::read_to_string(desk.path("ours.pub")).unwrap(),
        "x\n".repeat(4000),
    ] {
        fs::write(desk.path("bad.key"), &text).unwrap();
        let refused = SecretKey::read(&desk.path("bad.key"), || Ok(String::new()));
        assert_eq!(
            refused.err().unwrap().code,
            "secret-key-malformed",
            "{text}"
        );
    }
}

#[test]
fn a_key_of_somebody_else_or_none_at_all_does_not_do() {
    let desk = Desk::new();
    let text = desk.signed();
    let refused = signature::verify(&desk.pack, &text, &[desk.public("theirs.pub")]).unwrap_err();
    assert_eq!(refused.code, "signature-wrong-key");
    let ours = desk.public("ours.pub").id();
    assert_eq!(refused.args, [("key", ours.as_str().into())]);
    assert_eq!(desk.verify(&text, &[]).unwrap_err(), "signature-wrong-key");
    // Somebody else's key that claims to be ours.
    let (mut own, theirs) = (line_of(&desk, "ours.pub"), line_of(&desk, "theirs.pub"));
    own.replace_range(14.., &theirs[14..]);
    let forged = PublicKey::parse(&own).unwrap();
    assert_eq!(forged.id(), ours);
    assert_eq!(
        desk.verify(&text, std::slice::from_ref(&forged))
            .unwrap_err(),
        "signature-bad"
    );
    assert!(
        desk.verify(&text, &[forged, desk.public("ours.pub")])
            .is_ok()
    );
}

fn line_of(desk: &Desk, name: &str) -> String {
    let text = fs::read_to_string(desk.path(name)).unwrap();
    text.lines().nth(1).unwrap().to_owned()
}

#[test]
fn the_signature_of_another_pack_or_of_the_old_kind_is_refused() {
    let desk = Desk::new();
    fs::write(desk.path("other"), "another file").unwrap();
    assert!(minisign(
        desk.dir.path(),
        &["-S", "-s", "ours.key", "-m", "other"]
    ));
    let keys = [desk.public("ours.pub")];
    let other = signature::read_for(&desk.path("other")).unwrap();
    assert_eq!(desk.verify(&other, &keys).unwrap_err(), "signature-bad");
    assert!(minisign(
        desk.dir.path(),
        &["-S", "-l", "-s", "ours.key", "-m", "sound-3.kepu"]
    ));
    let legacy = signature::read_for(&desk.pack).unwrap();
    assert_eq!(desk.verify(&legacy, &keys).unwrap_err(), "signature-legacy");
    assert_eq!(
        signature::claimed(&legacy).unwrap_err().code,
        "signature-legacy"
    );
}

#[test]
fn no_byte_of_a_signed_pack_or_its_signature_can_change() {
    let desk = Desk::new();
    let text = desk.signed();
    let keys = [desk.public("ours.pub")];
    let mut pack = fs::read(&desk.pack).unwrap();
    let verify =
        |pack: &[u8], text: &str| signature::verify_reader(&mut Cursor::new(pack), text, &keys);
    let signer = verify(&pack, &text).unwrap();
    for at in 0..pack.len() {
        for mask in [1, 0x80] {
            pack[at] ^= mask;
            let refused = verify(&pack, &text).unwrap_err();
            assert_eq!(refused.code, "signature-bad", "byte {at}, {mask:#x}");
            pack[at] ^= mask;
        }
    }
    assert!(
        verified(&pack).is_ok() && pack.len() > 2000,
        "{}",
        pack.len()
    );

    // The first line is a remark that minisign leaves unsigned. It is never shown, and a change of
    // it changes nothing; the words before it are fixed.
    let free = "untrusted comment: ".len()..text.find('\n').unwrap();
    let mut bytes = text.clone().into_bytes();
    let mut refused = 0;
    for at in 0..bytes.len() {
        for mask in [1, 0x80] {
            bytes[at] ^= mask;
            let changed = std::str::from_utf8(&bytes);
            match changed.map(|text| verify(&pack, text)) {
                Ok(Ok(found)) => {
                    assert!(free.contains(&at), "byte {at} may change by {mask:#x}");
                    assert_eq!(found, signer);
                }
                Ok(Err(_)) | Err(_) => refused += 1,
            }
            bytes[at] ^= mask;
        }
    }
    assert!(
        refused >= 2 * (bytes.len() - free.len()),
        "{refused} of {}",
        bytes.len()
    );
}

#[test]
fn what_is_no_signature_is_refused() {
    let desk = Desk::new();
    let text = desk.signed();
    let keys = [desk.public("ours.pub")];
    let lines: Vec<_> = text.lines().collect();
    let joined = |lines: &[&str]| lines.join("\n");
    for (what, text) in [
        ("nothing", String::new()),
        ("no comment", joined(&lines[1..])),
        ("no signature", joined(&[lines[0], lines[2], lines[3]])),
        (
            "a torn signature",
            joined(&[lines[0], &lines[1][..96], lines[2], lines[3]]),
        ),
        (
            "no trusted comment",
            joined(&[lines[0], lines[1], lines[3]]),
        ),
        (
            "a torn second signature",
            joined(&[lines[0], lines[1], lines[2], &lines[3][..84]]),
        ),
        ("no second signature", joined(&lines[..3])),
        ("a line more", format!("{text}more\n")),
        (
            "a space more",
            text.replace(lines[2], &format!("{} ", lines[2])),
        ),
        ("a line break more", format!("\n{text}")),
        (
            "too long",
            text.replace(lines[2], &format!("trusted comment: {}", "x".repeat(5000))),
        ),
        (
            "letters that Base64 lacks",
            text.replace(lines[1], &"!".repeat(100)),
        ),
        ("another algorithm", text.replace(&lines[1][..4], "WFhY")),
    ] {
        let found = desk.verify(&text, &keys).map_err(|code| (what, code));
        assert_eq!(found.unwrap_err(), (what, "signature-malformed".to_owned()));
    }
    // As Windows writes it, and without the last line break: the same signature.
    assert!(desk.verify(&text.replace('\n', "\r\n"), &keys).is_ok());
    assert!(desk.verify(text.trim_end(), &keys).is_ok());
}

#[test]
fn a_signature_file_that_is_missing_or_no_text_is_told_apart() {
    let desk = Desk::new();
    assert_eq!(
        code(&signature::read_for(&desk.pack).unwrap_err()),
        "signature-missing"
    );
    let path = signature::path_for(&desk.pack);
    fs::write(&path, [0xff; 300]).unwrap();
    assert_eq!(
        code(&signature::read_for(&desk.pack).unwrap_err()),
        "signature-malformed"
    );
    fs::write(&path, [b'x'; 5000]).unwrap();
    assert_eq!(
        code(&signature::read_for(&desk.pack).unwrap_err()),
        "signature-malformed"
    );
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert_eq!(
        code(&signature::read_for(&desk.pack).unwrap_err()),
        "read-failed"
    );
}

#[test]
fn a_public_key_is_a_line_or_a_file_and_nothing_else() {
    let desk = Desk::new();
    let line = line_of(&desk, "ours.pub");
    let key = desk.public("ours.pub");
    let text = fs::read_to_string(desk.path("ours.pub")).unwrap();
    for good in [
        line.clone(),
        format!(" {line}\n"),
        text.clone(),
        text.replace('\n', "\r\n"),
    ] {
        assert_eq!(PublicKey::parse(&good).as_ref(), Ok(&key), "{good:?}");
    }
    for bad in [
        "",
        "no-such-file.pub",
        &line[..55],
        &format!("{line}A"),
        &line.replacen("RW", "RE", 1),
        &format!("my key\n{line}"),
        text.lines().next().unwrap(),
        &"!".repeat(56),
    ] {
        assert_eq!(
            PublicKey::parse(bad).unwrap_err().code,
            "key-malformed",
            "{bad}"
        );
    }
}

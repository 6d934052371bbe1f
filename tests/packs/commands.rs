//! Tests of `kepu pack`, on the real program.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use kepu::packs::{archive, signature};
use tempfile::TempDir;

use super::pack_folder;
use crate::support::PackText;

/// What a run left behind.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

fn kepu(folder: &Path, arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .current_dir(folder)
        .args(["pack", "--lang", "en"])
        .args(arguments)
        .env("KEPU_SIGN_PASSWORD", "secret")
        .output()
        .unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    Run {
        code: output.status.code(),
        out: without_warnings(out),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What is said besides that no question names the media.
fn without_warnings(out: String) -> String {
    match out.split_once("0 errors, 2 warnings\n") {
        Some((_, rest)) => rest.to_owned(),
        None => out,
    }
}

/// The sound pack as the folder `name`, with dates that no test run will outlive.
fn lasting(folder: &Path, name: &str, change: (&str, &str)) -> PathBuf {
    let source = pack_folder(folder);
    let text = PackText::sound().with(change.0, change.1).lasting();
    fs::rename(&source, folder.join(name)).unwrap();
    text.write(folder, name)
}

/// A secret key with the password "secret"; its public key comes back.
fn make_key(folder: &Path) -> String {
    let pair = minisign::KeyPair::generate_encrypted_keypair(Some("secret".to_owned())).unwrap();
    let secret = pair.sk.to_box(None).unwrap();
    fs::write(folder.join("secret.key"), secret.to_bytes()).unwrap();
    pair.pk.to_base64()
}

const UNCHANGED: (&str, &str) = ("version: 3", "version: 3");

#[test]
fn a_pack_is_built_signed_verified_and_shown() {
    let dir = TempDir::new().unwrap();
    let at = dir.path();
    lasting(at, "source", UNCHANGED);
    let built = kepu(at, &["build", "source", "--out", "out"]);
    assert_eq!(
        (built.code, built.err.as_str()),
        (Some(0), ""),
        "{}",
        built.out
    );
    assert!(
        built.out.ends_with("\nBuilt out/sound-3.kepu\n"),
        "{}",
        built.out
    );

    let file = "out/sound-3.kepu";
    let verified = kepu(at, &["verify", file]);
    assert_eq!(verified.code, Some(0), "{}", verified.err);
    assert_eq!(
        verified.out,
        "The pack sound, version 3, is whole.\n4 files, 3 kB\n\
         There is no signature: nothing tells who made this pack.\n"
    );
    let public = make_key(at);
    let unsigned = kepu(at, &["verify", file, "--key", &public]);
    assert_eq!(unsigned.code, Some(1));
    assert_eq!(
        unsigned.err,
        "kepu: out/sound-3.kepu: the pack is not signed\n\
         help: Put the file that ends in .minisig beside the pack.\n"
    );

    let signed = kepu(at, &["sign", file, "--key", "secret.key"]);
    assert_eq!(signed.code, Some(0), "{}", signed.err);
    let id = signature::PublicKey::parse(&public).unwrap().id();
    assert_eq!(
        signed.out,
        format!("Signed with the key {id}: out/sound-3.kepu.minisig\n")
    );
    let verified = kepu(at, &["verify", file, "--key", &public]);
    assert_eq!(verified.code, Some(0), "{}", verified.err);
    let last = verified.out.lines().last().unwrap();
    assert!(
        last.starts_with(&format!("Signed with the key {id} (timestamp:")),
        "{last}"
    );
    assert!(last.ends_with(" file:sound-3.kepu hashed)."), "{last}");
    let unchecked = kepu(at, &["verify", file]);
    assert!(
        unchecked.out.contains("was not checked"),
        "{}",
        unchecked.out
    );

    let shown = kepu(at, &["show", file, "--key", &public]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    assert!(
        shown.out.starts_with(
            "Sample (sound), version 3\nTopic: health\nPublisher: The testers\n\
             Languages: zh-CN, en\nQuestions: 2\n4 files, 3 kB\nSigned with"
        ),
        "{}",
        shown.out
    );
    assert!(
        shown
            .out
            .ends_with("There is no earlier version here: every question is new.\n")
    );
}

#[test]
fn what_a_pack_changes_at_a_station_is_shown() {
    let dir = TempDir::new().unwrap();
    let at = dir.path();
    let old = lasting(at, "old", UNCHANGED);
    let new = lasting(at, "new", ("version: 3", "version: 4"));
    // What is no picture would not be installed.
    for pack in [&old, &new] {
        fs::remove_dir_all(pack.join("media")).unwrap();
    }
    let questions = fs::read_to_string(new.join("questions.ron")).unwrap();
    let questions = questions.replace("id: \"tap-water\"", "id: \"raw-water\"");
    fs::write(new.join("questions.ron"), questions).unwrap();
    for pack in ["old", "new"] {
        assert_eq!(kepu(at, &["build", pack]).code, Some(0));
    }
    let station = ["--data", "station"];
    let install = ["install", "sound-3.kepu", "--accept-unsigned"];
    let installed = kepu(at, &[install.as_slice(), &station].concat());
    assert_eq!(installed.code, Some(0), "{}", installed.err);
    let pointer = at.join("station/packs/active.json");
    let before = fs::read(&pointer).unwrap();
    let show = ["show", "sound-4.kepu"];
    let shown = kepu(at, &[show.as_slice(), &station].concat());
    let told = "Compared with version 3:\nAdded: 1 (raw-water)\nRemoved: 1 (tap-water)\n";
    assert!(shown.out.ends_with(told), "{}{}", shown.out, shown.err);
    // Looking changes nothing.
    assert_eq!(fs::read(&pointer).unwrap(), before);
}

#[test]
fn what_a_pack_changes_is_shown() {
    let dir = TempDir::new().unwrap();
    let at = dir.path();
    lasting(at, "old", ("version: 3", "version: 2"));
    lasting(at, "new", ("id: \"tap-water\"", "id: \"raw-water\""));
    lasting(at, "stranger", ("id: \"sound\"", "id: \"noise\""));
    assert_eq!(kepu(at, &["build", "new"]).code, Some(0));
    let shown = kepu(at, &["show", "sound-3.kepu", "--against", "old"]);
    assert!(
        shown
            .out
            .ends_with("Compared with version 2:\nAdded: 1 (raw-water)\nRemoved: 1 (tap-water)\n"),
        "{}",
        shown.out
    );
    let same = kepu(at, &["show", "sound-3.kepu", "--against", "new"]);
    assert!(same.out.contains("which is not lower"), "{}", same.out);
    assert!(
        same.out.ends_with("No question is different.\n"),
        "{}",
        same.out
    );
    for (folder, expected) in [
        (
            "stranger",
            "kepu: stranger: this folder holds another pack, not sound\n",
        ),
        (
            "none",
            "kepu: none: there is no pack without errors in this folder\n",
        ),
    ] {
        let refused = kepu(at, &["show", "sound-3.kepu", "--against", folder]);
        assert_eq!(refused.code, Some(1));
        assert!(refused.err.starts_with(expected), "{}", refused.err);
    }
}

#[test]
fn a_built_in_pack_is_compared_with_itself() {
    let dir = TempDir::new().unwrap();
    let quizzes = Path::new(env!("CARGO_MANIFEST_DIR")).join("quizzes/health-basics");
    archive::build(&quizzes, dir.path()).unwrap();
    let shown = kepu(dir.path(), &["show", "health-basics-1.kepu"]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    assert!(
        shown.out.ends_with("No question is different.\n"),
        "{}",
        shown.out
    );
}

#[test]
fn a_pack_with_errors_is_not_built_and_told_like_kepu_check_tells_it() {
    let dir = TempDir::new().unwrap();
    lasting(dir.path(), "source", ("version: 3", "version: 0"));
    let built = kepu(dir.path(), &["build", "source"]);
    assert_eq!((built.code, built.err.as_str()), (Some(1), ""));
    assert!(
        built
            .out
            .starts_with("error[bad-version]: a pack’s version begins with 1\n")
    );
    assert!(
        built
            .out
            .ends_with("1 pack, 0 questions: 1 error, 1 warning\n"),
        "{}",
        built.out
    );
    assert_eq!(
        fs::read_dir(dir.path()).unwrap().count(),
        1,
        "a file was written"
    );
}

#[test]
fn a_built_pack_with_errors_in_its_questions_is_not_verified() {
    let dir = TempDir::new().unwrap();
    let source = lasting(dir.path(), "source", ("difficulty: 2", "difficulty: 9"));
    archive::build(&source, dir.path()).unwrap();
    for command in ["verify", "show"] {
        let run = kepu(dir.path(), &[command, "sound-3.kepu"]);
        assert_eq!(run.code, Some(1), "{command}");
        assert!(run.out.contains("error[difficulty]"), "{}", run.out);
        assert!(!run.out.contains("is whole"), "{}", run.out);
    }
}

#[test]
fn a_changed_pack_is_refused_with_a_sentence_in_the_language_asked_for() {
    let dir = TempDir::new().unwrap();
    lasting(dir.path(), "source", UNCHANGED);
    assert_eq!(kepu(dir.path(), &["build", "source"]).code, Some(0));
    let file = dir.path().join("sound-3.kepu");
    let text = fs::read(&file).unwrap();
    let at = text.windows(7).position(|part| part == b"seconds").unwrap();
    let mut changed = text;
    changed[at] = b'S';
    fs::write(&file, changed).unwrap();
    let refused = kepu(dir.path(), &["verify", "sound-3.kepu", "--lang", "zh-CN"]);
    assert_eq!(refused.code, Some(1));
    assert_eq!(
        refused.err,
        "kepu: sound-3.kepu: 文件“questions.ron”已损坏，与题包清单不符\n\
         建议: 请从原处重新复制题包；如果仍被拒绝，请向提供者另要一份。\n"
    );
}

#[test]
fn wrong_use_and_missing_files_have_their_exit_codes() {
    let dir = TempDir::new().unwrap();
    for (arguments, code) in [
        (&["build"][..], 2),
        (&["verify"], 2),
        (&["sign", "x.kepu"], 2),
        (&["no-such-command"], 2),
        (&["build", "none"], 1),
        (&["verify", "none.kepu"], 1),
        (&["show", "."], 1),
        (&["sign", "none.kepu", "--key", "none.key"], 1),
        (&["verify", "none.kepu", "--key", "none.pub"], 1),
    ] {
        let run = kepu(dir.path(), arguments);
        assert_eq!(run.code, Some(code), "{arguments:?}: {}", run.err);
        assert!(!run.err.is_empty() || !run.out.is_empty(), "{arguments:?}");
    }
}

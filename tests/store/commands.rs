//! Tests of `kepu pack install`, `list`, `rollback` and `remove`, on the real program.

use std::process::{Command, Stdio};

use super::*;

/// The sound pack with dates that no test run will outlive.
pub(super) fn lasting(version: u32) -> PackText {
    sound(version).lasting()
}

/// `kepu pack` with arguments and the station's folder, in English.
pub(super) fn kepu(place: &Place, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kepu"));
    command.arg("pack").args(arguments);
    command
        .arg("--data")
        .arg(place.data())
        .args(["--lang", "en"]);
    command.stdin(Stdio::null());
    command
}

/// Exit code, output, and the error stream.
pub(super) fn run(place: &Place, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = kepu(place, arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[track_caller]
fn assert_done(place: &Place, arguments: &[&str], expected: &str) {
    let (code, out, err) = run(place, arguments);
    assert_eq!((code, out.as_str(), err.as_str()), (Some(0), expected, ""));
}

#[test]
fn of_a_folder_the_newest_version_of_each_pack_is_installed() {
    let place = Place::new();
    for text in [lasting(9), lasting(10), lasting(2)] {
        place.build_text(&text);
    }
    place.build_text(&lasting(1).with("id: \"sound\"", "id: \"other\""));
    let url = format!("file://{}", place.stick().display());
    let said = "Installed other, version 1.\nInstalled sound, version 10.\n";
    assert_done(&place, &["install", "--accept-unsigned", &url], said);
    // Again: nothing to do.
    let said = "version 1 of other is in use already\nversion 10 of sound is in use already\n";
    let folder = place.stick();
    let folder = folder.to_str().unwrap();
    assert_done(&place, &["install", "--accept-unsigned", folder], said);
    let list = "other 1: Sample, 2 questions; on trial for 20 more sessions\n\
        sound 10: Sample, 2 questions; on trial for 20 more sessions\n";
    assert_done(&place, &["list"], list);
}

#[test]
fn what_is_refused_is_said_with_what_to_do_and_the_others_are_installed() {
    let place = Place::new();
    let file = place.build_text(&lasting(3));
    let path = file.to_str().unwrap();
    let (code, out, err) = run(&place, &["install", path]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(
        err,
        format!(
            "kepu: {path}: nobody known to this station has signed this pack\n\
             help: Install it only if you know who made it. On the command line, say --accept-unsigned.\n"
        )
    );
    fs::write(place.stick().join("broken-1.kepu"), "broken").unwrap();
    let folder = place.stick();
    let folder = folder.to_str().unwrap();
    let (code, out, err) = run(&place, &["install", "--accept-unsigned", folder]);
    assert_eq!(
        (code, out.as_str()),
        (Some(1), "Installed sound, version 3.\n")
    );
    assert!(err.contains("broken-1.kepu: "), "{err}");
    let empty = place.dir.path().join("source");
    let (code, _, err) = run(&place, &["install", empty.to_str().unwrap()]);
    assert_eq!(code, Some(1));
    assert!(err.starts_with("kepu: there is no built pack"), "{err}");
}

#[test]
fn the_keys_in_station_ron_say_whose_packs_are_taken() {
    let place = Place::new();
    let pair = key();
    fs::create_dir(place.data()).unwrap();
    let station = format!("(keys: [\"{}\"])", pair.pk.to_base64());
    fs::write(place.data().join("station.ron"), station).unwrap();
    let file = place.build_text(&lasting(3));
    let path = file.to_str().unwrap();
    let (code, _, err) = run(&place, &["install", "--accept-unsigned", path]);
    assert_eq!(code, Some(1));
    assert!(err.contains("this station takes only signed ones"), "{err}");
    sign(&file, &pair);
    assert_done(&place, &["install", path], "Installed sound, version 3.\n");
}

#[test]
fn a_pack_is_taken_back_and_removed_and_removing_asks_first() {
    let place = Place::new();
    for version in [3, 4] {
        let file = place.build_text(&lasting(version));
        let path = file.to_str().unwrap();
        let said = format!("Installed sound, version {version}.\n");
        assert_done(&place, &["install", "--accept-unsigned", path], &said);
    }
    let said = "sound went back from version 4 to version 3.\n";
    assert_done(&place, &["rollback", "sound"], said);
    assert_done(&place, &["list"], "sound 3: Sample, 2 questions\n");
    let (code, _, err) = run(&place, &["remove", "sound"]);
    assert_eq!(code, Some(1));
    assert!(err.contains("--yes"), "{err}");
    assert_done(&place, &["remove", "sound", "--yes"], "Removed sound.\n");
    let said = "No pack is installed; those inside the program play.\n";
    assert_done(&place, &["list"], said);
}

#[test]
fn a_damaged_pack_is_listed_with_its_alarm_and_exit_code_1() {
    let place = Place::new();
    let file = place.build_text(&lasting(3));
    let path = file.to_str().unwrap();
    assert_done(
        &place,
        &["install", "--accept-unsigned", path],
        "Installed sound, version 3.\n",
    );
    flip(&place.packs().join("sound-3/pack.ron"));
    let (code, out, _) = run(&place, &["list", "--format", "json"]);
    assert_eq!(code, Some(1));
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(list["packs"][0]["version"], 3);
    assert_eq!(list["packs"][0]["loads"], serde_json::Value::Null);
    let message = list["alarms"][0]["message"].as_str().unwrap();
    assert!(
        message.starts_with("version 3 of sound is damaged"),
        "{message}"
    );
}

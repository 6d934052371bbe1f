//! The installer killed before its system calls, on the real program: always exactly the old pack
//! or the new one, and nothing left behind.
//!
//! One point in 17 is tried, or all of them with `KEPU_KILLS=all`. Where `strace` is missing
//! this says so and fails: a test that did nothing must not look like one that passed.

use std::{
    collections::BTreeMap,
    env,
    process::{Command, Output},
};

use serde_json::Value;

use super::commands::{kepu, lasting};
use super::*;

/// `kepu pack install` under `strace` with more arguments for it.
fn traced(place: &Place, file: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("strace");
    command
        .arg("-f")
        .args(arguments)
        .arg(env!("CARGO_BIN_EXE_kepu"));
    command.args(["pack", "install", "--accept-unsigned", "--data"]);
    command
        .arg(place.data())
        .arg(file)
        .output()
        .expect("strace is needed")
}

/// How often each system call is made, by the process that makes it most often.
fn calls(log: &str) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for line in log.lines() {
        let (process, rest) = line.trim_start().split_once(' ').unwrap();
        let name = rest.trim_start().split('(').next().unwrap();
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if rest.contains('(') && name.bytes().all(is_name) {
            *counts.entry((process, name)).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((_, name), count) in counts {
        let known = most.entry(name.to_owned()).or_insert(0);
        *known = count.max(*known);
    }
    most
}

/// What `kepu pack list` says: the version that the pointer names and loads, with its questions.
fn listed(place: &Place) -> Option<u64> {
    let output = kepu(place, &["list", "--format", "json"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    let list: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(list["alarms"], serde_json::json!([]));
    let pack = list["packs"].get(0)?;
    assert_eq!(pack["loads"], pack["version"]);
    assert_eq!(pack["questions"], 2);
    pack["version"].as_u64()
}

#[test]
fn an_installer_killed_before_any_system_call_leaves_exactly_the_old_pack_or_the_new_one() {
    let place = Place::new();
    let old = place.build_text(&lasting(3));
    let new = place.build_text(&lasting(4));
    let fresh = |from: &Path| {
        drop(fs::remove_dir_all(place.data()));
        let file = from.to_str().unwrap();
        let installed = kepu(&place, &["install", "--accept-unsigned", file]).output();
        assert!(installed.unwrap().status.success());
    };
    fresh(&old);
    let log = place.dir.path().join("log");
    let done = traced(&place, &new, &["-o", log.to_str().unwrap()]);
    assert!(done.status.success(), "{done:?}");
    assert_eq!(listed(&place), Some(4));
    let calls = calls(&fs::read_to_string(log).unwrap());
    assert!(calls["rename"] >= 2 && calls["fsync"] >= 5, "{calls:?}");

    let points: Vec<(&str, usize)> = calls
        .iter()
        .flat_map(|(name, count)| (1..=*count).map(|number| (name.as_str(), number)))
        .collect();
    let every = env::var("KEPU_KILLS").is_ok_and(|kills| kills == "all");
    let step = if every { 1 } else { 17 };
    let (mut killed, mut news) = (0, 0);
    for (name, number) in points.iter().step_by(step) {
        fresh(&old);
        let inject = format!("inject={name}:signal=KILL:when={number}");
        let output = traced(&place, &new, &["-o", "/dev/null", "-e", &inject]);
        killed += usize::from(!output.status.success());
        let version = listed(&place);
        assert!(matches!(version, Some(3 | 4)), "{inject}: {version:?}");
        assert!(
            output.status.code().is_none_or(|code| code != 0) || version == Some(4),
            "{inject}"
        );
        news += usize::from(version == Some(4));
        let expected: &[&str] = if version == Some(3) {
            &[".staging", "active.json", "sound-3"]
        } else {
            &[".staging", "active.json", "sound-3", "sound-4"]
        };
        assert_eq!(place.names(), expected, "{inject}");
        assert!(place.is_clean(), "{inject}");
        // Whatever happened, the next installation works.
        let again = kepu(
            &place,
            &["install", "--accept-unsigned", new.to_str().unwrap()],
        );
        assert!({ again }.output().unwrap().status.success(), "{inject}");
        assert_eq!(listed(&place), Some(4), "{inject}");
    }
    let tried = points.iter().step_by(step).count();
    // A run may need fewer calls of a kind than the traced one did, waiting for its threads.
    assert!(
        killed * 4 >= tried * 3,
        "only {killed} of {tried} were killed"
    );
    if every {
        assert!(
            news > 0 && news < killed,
            "{news} of {killed} have the new pack"
        );
        fs::write(
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("kill-points.txt"),
            format!("{tried} points, {killed} killed, {news} with the new pack\n"),
        )
        .unwrap();
    }
}

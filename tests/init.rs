//! Tests of `init`, on the real program.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use kepu::{
    config::{self, Problem, Station},
    locale::Locales,
    staff::{
        Moment,
        pin::{PinLock, PinState, Verdict},
    },
};
use tempfile::TempDir;

const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

/// Runs `kepu init --data s` in a folder without a terminal; exit code, standard output and error.
fn init(folder: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .current_dir(folder)
        .args(["init", "--data", "s"])
        .args(arguments)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Nobody reads it where no PIN is asked for.
    drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
    let output = child.wait_with_output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

fn pin_state(folder: &Path) -> PinState {
    let now = Moment::now().unwrap();
    PinLock::open(&folder.join("s"), &now).state(&now)
}

#[test]
fn options_alone_make_a_whole_station() {
    let dir = TempDir::new().unwrap();
    let arguments = [
        "--id",
        "east-gate",
        "--name-zh",
        "东门",
        "--name-en",
        "East \"Gate\"",
        "--venue",
        "museum",
        "--division",
        "330102001000",
        "--languages",
        "zh-CN,en",
        "--panel-mm",
        "527x296",
        "--key",
        KEY,
        "--admin-key",
        KEY,
        "--pin-file",
        "-",
        "--yes",
    ];
    let (code, out, err) = init(dir.path(), &arguments, "294816\n");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(
        out,
        "Station “east-gate” is set up. Its settings: s/station.ron\nThe PIN is set.\n\
         Next: kepu play --data s\n"
    );
    let expected = Station {
        id: Some("east-gate".to_owned()),
        name: vec![
            ("zh-CN".to_owned(), "东门".to_owned()),
            ("en".to_owned(), "East \"Gate\"".to_owned()),
        ],
        division: Some("330102001000".to_owned()),
        venue: "museum".to_owned(),
        languages: vec!["zh-CN".to_owned(), "en".to_owned()],
        panel_mm: Some((527, 296)),
        keys: vec![KEY.to_owned()],
        admin_keys: vec![KEY.to_owned()],
        ..Station::default()
    };
    assert_eq!(Station::read(&dir.path().join("s")).unwrap(), expected);
    let now = Moment::now().unwrap();
    let verdict = PinLock::open(&dir.path().join("s"), &now)
        .try_pin("294816", &now)
        .unwrap();
    assert!(matches!(verdict, Verdict::Right(_)), "{verdict:?}");
}

#[test]
fn an_id_alone_is_enough_and_the_pin_is_left_to_the_screen() {
    let dir = TempDir::new().unwrap();
    let (code, out, err) = init(dir.path(), &["--id", "a", "--lang", "zh-CN"], "");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert_eq!(
        out,
        "站点“a”已设置好。设置文件：s/station.ron\n\
         还没有密码：第一次进入工作人员界面时会要求设置。\n下一步：kepu play --data s\n"
    );
    assert_eq!(pin_state(dir.path()), PinState::NotSet);
}

#[test]
fn without_a_terminal_and_an_id_it_says_what_to_give() {
    let dir = TempDir::new().unwrap();
    let (code, out, err) = init(dir.path(), &[], "");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(
        err,
        "kepu: nobody can be asked here, and the station has no id\n  \
         Give it with --id; kepu init --help names the other options.\n"
    );
    assert!(!dir.path().join("s").exists());
}

#[test]
fn everything_wrong_is_said_at_once_and_nothing_is_made() {
    let dir = TempDir::new().unwrap();
    let arguments = [
        "--id",
        "East",
        "--division",
        "1",
        "--languages",
        "xx",
        "--key",
        "RW",
    ];
    let (code, out, err) = init(dir.path(), &arguments, "");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    let lines: Vec<_> = err.lines().filter(|line| !line.starts_with("  ")).collect();
    assert_eq!(
        lines,
        [
            "kepu: `id` must be 1 to 32 lower-case letters, digits and hyphens, a letter or \
             digit first",
            "`division` must be a code of 12 digits",
            "`RW` in `keys` is not a minisign public key",
            "there are no texts in “xx”",
        ]
    );
    assert!(!dir.path().join("s").exists());
    let (code, _, err) = init(dir.path(), &["--id", "a", "--panel-mm", "wide"], "");
    assert_eq!(code, Some(2));
    assert!(err.contains("write width x height, as in 527x296"), "{err}");
}

#[test]
fn a_weak_pin_is_refused_before_anything_is_made() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("pin"), "123456\n").unwrap();
    let (code, _, err) = init(dir.path(), &["--id", "a", "--pin-file", "pin"], "");
    assert_eq!(code, Some(1));
    assert!(
        err.starts_with("kepu: the digits of this PIN follow one another\n  Choose"),
        "{err}"
    );
    assert!(!err.contains("123456"));
    assert!(!dir.path().join("s").exists());
}

#[test]
fn settings_that_are_there_are_never_overwritten() {
    let dir = TempDir::new().unwrap();
    assert_eq!(init(dir.path(), &["--id", "a"], "").0, Some(0));
    let before = fs::read(dir.path().join("s/station.ron")).unwrap();
    let (code, out, err) = init(dir.path(), &["--id", "b", "--yes"], "");
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert_eq!(
        err,
        "kepu: `s/station.ron` is there already and was left alone\n  \
         Edit it with a text editor, or move it away first.\n"
    );
    assert_eq!(fs::read(dir.path().join("s/station.ron")).unwrap(), before);
}

#[test]
fn a_second_run_after_a_cut_sets_the_pin_and_keeps_the_settings() {
    let dir = TempDir::new().unwrap();
    assert_eq!(init(dir.path(), &["--id", "a"], "").0, Some(0));
    // What a cut in the middle leaves besides.
    fs::create_dir(dir.path().join("s/staff")).unwrap();
    fs::write(dir.path().join("s/staff/pin.json.part"), "{").unwrap();
    let arguments = ["--id", "a", "--pin-file", "-"];
    let (code, out, err) = init(dir.path(), &arguments, "294816");
    assert_eq!((code, err.as_str()), (Some(0), ""));
    assert!(
        out.starts_with("The settings were there already and stay: s/station.ron\nThe PIN is set."),
        "{out}"
    );
    assert_eq!(pin_state(dir.path()), PinState::Free { tries: 5 });
    let (code, _, err) = init(dir.path(), &arguments, "735190");
    assert_eq!(code, Some(1));
    assert!(
        err.starts_with("kepu: a PIN has been set for this station before\n"),
        "{err}"
    );
}

#[test]
fn both_ways_of_saying_what_is_wrong_with_settings_agree() {
    let locales = Locales::shipped().unwrap();
    for (code, sentence) in config::CODES {
        let problem = Problem {
            field: "x",
            code,
            args: ["value", "least", "most", "language", "allowed"]
                .map(|name| (name, format!("<{name}>")))
                .into(),
        };
        let args = problem.args.iter();
        let mut args: Vec<_> = args
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        args.push(("field", "x".into()));
        let fluent = locales.format("en", &format!("station-{code}"), &args);
        assert_eq!(problem.to_string(), fluent);
        assert!(!fluent.contains(['{', '}']), "{sentence}");
    }
}

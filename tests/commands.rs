//! Tests of the commands, on the real program: exit codes, what it prints, and where.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    path::Path,
    process::{Command, Output},
};

use kepu::records::{
    Answer, Clock, Mode, Outcome, Record, RecordStore, SessionEnd, SessionId, SessionStart,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::PackText;

/// What a run left behind.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

/// Runs the program in a folder, in English unless an argument says otherwise.
fn kepu(folder: &Path, arguments: &[&str]) -> Run {
    run_with(folder, arguments, &[])
}

fn run_with(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kepu"));
    command.current_dir(folder).args(arguments);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "XDG_DATA_HOME"] {
        command.env_remove(name);
    }
    command.envs(environment.iter().copied());
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    Run {
        code: status.code(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// The sound pack with dates that no test run will outlive.
fn lasting() -> PackText {
    PackText::sound().lasting()
}

fn broken() -> PackText {
    lasting()
        .with("version: 3", "version: 0")
        .with("id: \"never\"", "id: \"long\"")
        .with("\"Sample\"", "\"Sample\", \"fr\": \"Exemple\"")
}

/// A folder with the packs `sound` and `broken`.
fn quizzes() -> TempDir {
    let dir = TempDir::new().unwrap();
    lasting().write(dir.path(), "sound");
    broken().write(dir.path(), "broken");
    dir
}

#[test]
fn the_version_is_that_of_the_package() {
    let dir = TempDir::new().unwrap();
    let run = kepu(dir.path(), &["--version"]);
    assert_eq!(run.out, concat!("kepu ", env!("CARGO_PKG_VERSION"), "\n"));
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn help_names_the_commands_and_the_exit_codes() {
    let dir = TempDir::new().unwrap();
    let run = kepu(dir.path(), &["--help"]);
    assert_eq!(run.code, Some(0));
    for word in ["check", "counts", "Exit codes: 0 "] {
        assert!(run.out.contains(word), "{word} in {}", run.out);
    }
}

#[test]
fn wrong_use_exits_with_2_and_says_why_on_the_error_stream() {
    let dir = TempDir::new().unwrap();
    for arguments in [
        &["check"][..],
        &["check", ".", "--format", "xml"],
        &["counts", "extra"],
        &["no-such-command"],
        &["check", ".", "--no-such-flag"],
    ] {
        let run = kepu(dir.path(), arguments);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(run.err.starts_with("error: "), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn a_sound_pack_exits_with_0() {
    let dir = quizzes();
    let run = kepu(dir.path(), &["check", "sound", "--no-layout"]);
    assert_eq!(run.out, "1 pack, 2 questions: 0 errors, 0 warnings\n");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn the_shipped_quizzes_exit_with_0() {
    let run = kepu(
        Path::new(env!("CARGO_MANIFEST_DIR")),
        &["check", "quizzes", "--no-layout"],
    );
    assert_eq!(run.code, Some(0), "{}", run.out);
}

#[test]
fn warnings_alone_exit_with_0() {
    let dir = TempDir::new().unwrap();
    let pack = lasting().with("\"Sample\"", "\"Sample\", \"fr\": \"Exemple\"");
    pack.write(dir.path(), "extra");
    let run = kepu(dir.path(), &["check", "extra"]);
    assert_eq!(run.code, Some(0));
    assert!(
        run.out
            .ends_with("1 pack, 2 questions: 0 errors, 1 warning\n"),
        "{}",
        run.out
    );
}

#[test]
fn a_question_that_reads_like_another_one_is_told_with_its_line() {
    let dir = TempDir::new().unwrap();
    lasting().write(dir.path(), "one");
    let twin = lasting().with("id: \"sound\"", "id: \"twin\"");
    twin.write(dir.path(), "two");
    let check = ["check", "one", "two", "--no-layout", "--lang", "en"];
    let run = kepu(dir.path(), &check);
    assert_eq!(run.code, Some(0), "{}", run.out);
    let told = "warning[Q25]: “wash-hands” in the pack “twin” reads like “wash-hands”";
    assert!(run.out.contains(told), "{}", run.out);
    assert!(
        run.out.contains("--> two/questions.ron:3:13"),
        "{}",
        run.out
    );
}

#[test]
fn denied_warnings_exit_with_1_and_a_sound_pack_still_with_0() {
    let dir = quizzes();
    let pack = lasting().with("\"Sample\"", "\"Sample\", \"fr\": \"Exemple\"");
    pack.write(dir.path(), "extra");
    let code = |pack| kepu(dir.path(), &["check", pack, "--deny", "warnings"]).code;
    assert_eq!((code("extra"), code("sound")), (Some(1), Some(0)));
    let quizzes = ["check", "quizzes", "--deny", "warnings"];
    let shipped = kepu(Path::new(env!("CARGO_MANIFEST_DIR")), &quizzes);
    assert_eq!(shipped.code, Some(0), "{}", shipped.out);
}

#[test]
fn a_check_whose_error_stream_is_no_terminal_says_nothing_there() {
    let dir = quizzes();
    let run = kepu(dir.path(), &["check", ".", "--no-layout"]);
    assert_eq!(run.err, "");
}

#[test]
fn a_broken_pack_exits_with_1_and_is_told_with_its_lines() {
    let dir = quizzes();
    let run = kepu(dir.path(), &["check", "broken"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    assert_eq!(run.out, include_str!("commands/check.txt"));
}

#[test]
fn every_pack_of_a_folder_is_checked() {
    let dir = quizzes();
    let run = kepu(dir.path(), &["check", "."]);
    assert_eq!(run.code, Some(1));
    let last = run.out.lines().last();
    assert_eq!(last, Some("2 packs, 2 questions: 2 errors, 1 warning"));
}

#[test]
fn a_path_without_a_pack_exits_with_1_and_says_what_a_pack_is() {
    let dir = TempDir::new().unwrap();
    std::fs::create_dir(dir.path().join("empty")).unwrap();
    let run = kepu(dir.path(), &["check", "empty", "nowhere"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let lines: Vec<_> = run.out.lines().filter(|line| !line.is_empty()).collect();
    let help = "help: A pack is a folder with the files pack.ron and questions.ron.";
    let [first, first_help, second, second_help, summary] = lines[..] else {
        panic!("{}", run.out);
    };
    assert_eq!(first, "error: there is no pack in `empty`");
    assert!(
        second.starts_with("error: cannot list `nowhere`: "),
        "{second}"
    );
    assert_eq!([first_help, second_help], [help; 2]);
    assert_eq!(summary, "0 packs, 0 questions: 2 errors, 0 warnings");
}

#[test]
fn json_names_every_problem_with_file_line_and_column() {
    let dir = quizzes();
    let run = kepu(
        dir.path(),
        &["check", "broken", "empty", "--format", "json"],
    );
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let number = |name: &str| report[name].as_u64().unwrap();
    assert_eq!(
        ["packs", "questions", "errors", "warnings"].map(number),
        [1, 0, 3, 1]
    );
    let problems = report["problems"].as_array().unwrap();
    assert_eq!(
        problems[0],
        json!({
            "severity": "error",
            "code": "bad-version",
            "rule": null,
            "file": "broken/pack.ron",
            "line": 4,
            "column": 14,
            "question": null,
            "message": "a pack’s version begins with 1",
            "hint": "Write 1, and a higher number with every change.",
        })
    );
    let places: Vec<_> = problems
        .iter()
        .map(|problem| {
            (
                problem["code"].as_str().unwrap(),
                &problem["line"],
                &problem["column"],
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            ("bad-version", &json!(4), &json!(14)),
            ("extra-language", &json!(5), &json!(51)),
            ("duplicate-option", &json!(17), &json!(24)),
            ("no-pack", &Value::Null, &Value::Null),
        ]
    );
    assert_eq!(problems[2]["question"], "wash-hands");
}

#[test]
fn the_check_speaks_the_language_asked_for_or_that_of_the_environment() {
    let dir = quizzes();
    let chinese = "1 个题包，2 道题：0 个错误，0 个警告\n";
    let english = "1 pack, 2 questions: 0 errors, 0 warnings\n";
    let check = ["check", "sound"];
    assert_eq!(
        kepu(dir.path(), &["check", "sound", "--lang", "zh-CN"]).out,
        chinese
    );
    for (environment, expected) in [
        (&[("LANG", "zh_CN.UTF-8")][..], chinese),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C.UTF-8")], english),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "")], chinese),
        (&[("LC_MESSAGES", "zh_CN")], chinese),
        (&[("LANG", "de_DE.UTF-8")], english),
    ] {
        assert_eq!(
            run_with(dir.path(), &check, environment).out,
            expected,
            "{environment:?}"
        );
    }
    let both = ["check", "sound", "--lang", "en"];
    assert_eq!(
        run_with(dir.path(), &both, &[("LANG", "zh_CN.UTF-8")]).out,
        english
    );
    let broken = kepu(dir.path(), &["check", "broken", "--lang", "zh-CN"]);
    assert!(
        broken
            .out
            .contains("错误[bad-version]: 题包版本号从 1 开始"),
        "{}",
        broken.out
    );
}

#[test]
fn colours_come_only_when_they_are_wanted() {
    let dir = quizzes();
    let coloured = |when| {
        let run = kepu(dir.path(), &["check", "broken", "--color", when]);
        run.out.contains('\u{1b}')
    };
    assert!(coloured("always"));
    assert!(!coloured("never"));
    assert!(!coloured("auto"), "this is no terminal");
}

/// Keeps one session: who, on what, the answers right or wrong, and the end.
fn keep(
    store: &mut RecordStore,
    number: u8,
    mode: Mode,
    audience: &str,
    answers: &[bool],
    outcome: Option<Outcome>,
) {
    let id = SessionId::from_bytes([number; 16]);
    let start = SessionStart {
        id,
        date: "2026-11-22".to_owned(),
        hour: 9,
        clock: Clock::Trusted,
        audience: audience.to_owned(),
        topic: "health".to_owned(),
        language: "zh-CN".to_owned(),
        profile: "standard".to_owned(),
        mode,
        asked: 6,
    };
    store.store(&Record::Start(start)).unwrap();
    for (ordinal, correct) in (1..).zip(answers) {
        let answer = Answer {
            session: id,
            ordinal,
            pack: "sound".to_owned(),
            pack_version: 3,
            question: format!("question-{ordinal}"),
            options: vec!["a".to_owned()],
            correct: *correct,
            seconds: 5,
        };
        store.store(&Record::Answer(answer)).unwrap();
    }
    if let Some(outcome) = outcome {
        let end = SessionEnd {
            id,
            outcome,
            seconds: 40,
        };
        store.store(&Record::End(end)).unwrap();
    }
}

/// A station with five visitors' sessions, one of the robot and one of the staff.
fn station() -> TempDir {
    let dir = TempDir::new().unwrap();
    let (mut store, notices) = RecordStore::open(dir.path()).unwrap();
    assert_eq!(notices, []);
    let six = [true, true, false, true, true, true];
    let done = Some(Outcome::Completed);
    keep(&mut store, 1, Mode::Visitor, "youth", &six, done);
    keep(&mut store, 2, Mode::Visitor, "youth", &six, done);
    keep(
        &mut store,
        3,
        Mode::Visitor,
        "senior",
        &[false, true],
        Some(Outcome::TimedOut),
    );
    keep(
        &mut store,
        4,
        Mode::Visitor,
        "senior",
        &[],
        Some(Outcome::Abandoned),
    );
    keep(&mut store, 5, Mode::Visitor, "general", &[true], None);
    keep(&mut store, 6, Mode::Robot, "cadre", &six, done);
    keep(
        &mut store,
        7,
        Mode::Staff,
        "worker",
        &[false],
        Some(Outcome::Abandoned),
    );
    dir
}

#[test]
fn counts_are_those_of_the_visitors_with_the_others_apart() {
    let dir = station();
    let run = kepu(dir.path(), &["counts", "--data", "."]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.out, include_str!("commands/counts.txt"));
}

#[test]
fn counts_for_programs_have_the_same_numbers() {
    let dir = station();
    let run = kepu(dir.path(), &["counts", "--data", ".", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let counts: Value = serde_json::from_str(&run.out).unwrap();
    let number = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(
        ["started", "answered", "completed", "answers"].map(number),
        [5, 4, 2, 15]
    );
    let row = |mode, outcome, audience, sessions, answers, correct| {
        json!({
            "mode": mode, "outcome": outcome, "audience": audience, "topic": "health",
            "sessions": sessions, "answers": answers, "correct": correct,
        })
    };
    assert_eq!(
        counts["rows"],
        json!([
            row("visitor", "abandoned", "senior", 1, 0, 0),
            row("visitor", "completed", "youth", 2, 12, 10),
            row("visitor", "open", "general", 1, 1, 1),
            row("visitor", "timed_out", "senior", 1, 2, 1),
        ])
    );
    assert_eq!(
        counts["not_counted"],
        json!([
            row("robot", "completed", "cadre", 1, 6, 5),
            row("staff", "abandoned", "worker", 1, 1, 0),
        ])
    );
}

#[test]
fn counts_speak_chinese_when_asked() {
    let dir = station();
    let run = kepu(dir.path(), &["counts", "--data", ".", "--lang", "zh-CN"]);
    assert_eq!(run.code, Some(0));
    assert!(
        !run.out.contains("Started") && run.out.contains('5'),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("人次"),
        "sessions, not people: {}",
        run.out
    );
}

#[test]
fn counting_where_nothing_was_recorded_says_one_sentence_and_makes_nothing() {
    let dir = TempDir::new().unwrap();
    for folder in ["nowhere", "."] {
        let run = kepu(dir.path(), &["counts", "--data", folder]);
        assert_eq!((run.code, run.out.as_str()), (Some(1), ""), "{folder}");
        assert_eq!(run.err.lines().count(), 1, "{}", run.err);
        assert!(run.err.starts_with("kepu: "), "{}", run.err);
        assert!(run.err.contains("records.sqlite"), "{}", run.err);
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn the_data_folder_is_that_of_the_user_unless_it_is_named() {
    let home = TempDir::new().unwrap();
    let data = station();
    std::fs::rename(data.path(), home.path().join("kepu")).unwrap();
    let xdg = home.path().to_str().unwrap();
    let run = run_with(
        home.path(),
        &["counts", "--format", "json"],
        &[("XDG_DATA_HOME", xdg)],
    );
    assert_eq!(run.code, Some(0), "{}", run.err);
    let counts: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(counts["started"], 5);
}

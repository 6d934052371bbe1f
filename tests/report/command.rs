//! Tests of `kepu report` on the real program: what it writes, says and refuses.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

use super::fixture::{STATIONS, collected, sessions, station};

/// Runs `kepu report` in a folder and returns its exit code, output and errors.
fn report(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kepu"));
    command.current_dir(folder).arg("report").args(arguments);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.env("XDG_DATA_HOME", folder.join("share"));
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.code(), text(stdout), text(stderr))
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

#[test]
fn the_files_of_a_year_have_stable_names_and_replace_earlier_ones() {
    let dir = TempDir::new().unwrap();
    collected(dir.path(), "county.sqlite", &sessions(11, 300));
    // Looks like a station's folder of packs, and is somebody's work.
    let own = dir.path().join("packs/mine-2");
    std::fs::create_dir_all(&own).unwrap();
    let arguments = [
        "--year",
        "2026",
        "--records",
        "county.sqlite",
        "--out",
        "out",
    ];
    let (code, out, _) = report(dir.path(), &arguments);
    assert_eq!(code, Some(0), "{out}");
    assert!(own.is_dir());
    let found = names(&dir.path().join("out"));
    for name in [
        "kepu-2026.xlsx",
        "kepu-2026.html",
        "kepu-2026-overview.csv",
        "kepu-2026-by-month.csv",
        "kepu-2026-by-audience-and-topic.csv",
        "kepu-2026-by-division.csv",
        "kepu-2026-questions.csv",
    ] {
        assert!(found.contains(name), "{name} of {found:?}");
    }
    assert_eq!(out, format!("Wrote {} files into out.\n", found.len()));
    let table = dir.path().join("out/kepu-2026-by-month.csv");
    let text = std::fs::read_to_string(&table).unwrap();
    assert!(text.starts_with("\u{feff}month,started,answered,completed,days_active\n2026-01,"));
    assert_eq!(text.lines().count(), 13);
    // Another language, and an earlier file that is torn: same names, same numbers.
    std::fs::write(&table, "torn").unwrap();
    let chinese = [&arguments[..], &["--lang", "zh-CN"]].concat();
    let (code, out, _) = report(dir.path(), &chinese);
    assert_eq!((code, names(&dir.path().join("out"))), (Some(0), found));
    assert!(out.contains("个文件"), "{out}");
    assert_eq!(std::fs::read_to_string(&table).unwrap(), text);
    // A table that the report no longer has is not left from before; other files stay.
    let out = dir.path().join("out");
    for name in [
        "kepu-2026-by-hour.csv",
        "kepu-2026-03-by-hour.csv",
        "mine.csv",
    ] {
        std::fs::write(out.join(name), "old").unwrap();
    }
    assert_eq!(report(dir.path(), &arguments).0, Some(0));
    assert!(!out.join("kepu-2026-by-hour.csv").exists());
    assert!(out.join("kepu-2026-03-by-hour.csv").exists() && out.join("mine.csv").exists());
}

#[test]
fn a_station_reports_its_own_records_with_names_and_targets_from_its_folder() {
    let dir = TempDir::new().unwrap();
    let data = dir.path().join("share/kepu");
    std::fs::create_dir_all(&data).unwrap();
    station(&data, STATIONS[0], &sessions(12, 200));
    std::fs::write(
        data.join("places.csv"),
        "code,en\n33,Zhejiang\n3301,Hangzhou\n",
    )
    .unwrap();
    std::fs::write(data.join("targets.csv"), "what,target\nanswered,50\n").unwrap();
    let (code, out, err) = report(dir.path(), &["--month", "2026-03", "--format", "json"]);
    assert_eq!(code, Some(0), "{err}");
    let json: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["period"], "2026-03");
    let divisions = json["tables"]["by_division"].as_array().unwrap();
    assert_eq!(divisions[0]["division_name"], "Zhejiang");
    assert_eq!(divisions[0]["level"], "province");
    assert_eq!(json["tables"]["by_station"][0]["station"], "east-gate");
    assert_eq!(json["tables"]["targets"][0]["target"], 50);
    assert_eq!(
        json["tables"]["targets"][0]["reached"],
        json["tables"]["overview"][1]["number"]
    );
    assert!(!json["tables"]["by_hour"].as_array().unwrap().is_empty());
    // Places that the table does not name are said, by code, and shown.
    assert!(
        err.contains("shown by code: 330106, 330106001, 330106001002"),
        "{err}"
    );
    assert!(names(dir.path()).is_subset(&BTreeSet::from(["share".to_owned()])));
}

#[test]
fn what_cannot_be_done_is_said_in_one_sentence_and_nothing_is_written() {
    let dir = TempDir::new().unwrap();
    collected(dir.path(), "county.sqlite", &sessions(13, 50));
    std::fs::write(dir.path().join("bad.csv"), "what,target\nvisitors,5\n").unwrap();
    let year = [
        "--year",
        "2026",
        "--records",
        "county.sqlite",
        "--out",
        "out",
    ];
    for (arguments, code, said) in [
        (
            vec!["--year", "26"],
            1,
            "cannot read `26` as a year or a month",
        ),
        (
            vec!["--month", "2026-13"],
            1,
            "cannot read `2026-13` as a year or a month",
        ),
        (
            vec!["--year", "2026-03"],
            1,
            "write --year 2026 or --month 2026-03",
        ),
        (vec![], 2, "--year <YEAR>"),
        (
            vec!["--year", "2026", "--month", "2026-03"],
            2,
            "cannot be used with",
        ),
        (
            vec![
                "--month",
                "2026-03",
                "--records",
                "county.sqlite",
                "--edition",
                "public",
            ],
            1,
            "months could be subtracted from their year",
        ),
        (
            vec!["--year", "2026"],
            1,
            "nothing has been recorded in this folder",
        ),
        (
            [&year[..], &["--targets", "bad.csv"]].concat(),
            1,
            "bad.csv:2`: there is no target",
        ),
        (
            [&year[..], &["--places", "none.csv"]].concat(),
            1,
            "cannot read `none.csv`",
        ),
        ([&year[..], &["--packs", "out"]].concat(), 1, "`out`"),
    ] {
        let (found, out, err) = report(dir.path(), &arguments);
        assert_eq!(
            (found, out.as_str()),
            (Some(code), ""),
            "{arguments:?}: {err}"
        );
        assert!(err.contains(said), "{arguments:?}: {err}");
        if code == 1 {
            assert_eq!(err.lines().count(), 1, "{err}");
        }
    }
    assert!(!dir.path().join("out").exists());
}

#[test]
fn the_public_edition_has_no_small_number_and_no_table_across_two_things() {
    let dir = TempDir::new().unwrap();
    collected(dir.path(), "county.sqlite", &sessions(14, 900));
    let arguments = [
        "--year",
        "2026",
        "--records",
        "county.sqlite",
        "--edition",
        "public",
    ];
    let (code, out, _) = report(
        dir.path(),
        &[&arguments[..], &["--format", "json"]].concat(),
    );
    assert_eq!(code, Some(0));
    let json: Value = serde_json::from_str(&out).unwrap();
    let tables = json["tables"].as_object().unwrap();
    for name in [
        "by_station",
        "by_hour",
        "by_pack",
        "by_outcome",
        "by_audience_and_topic",
    ] {
        assert!(!tables.contains_key(name), "{name}");
    }
    let mut counts = 0;
    for (name, rows) in tables.iter().filter(|(name, _)| name.starts_with("by_")) {
        for row in rows.as_array().unwrap() {
            let value = &row["answered"];
            let is_few = *value == "<10";
            let is_round = value.as_u64().is_some_and(|count| count % 5 == 0);
            assert!(is_few || is_round, "{name}: {value}");
            counts += 1;
        }
    }
    assert!(counts > 20, "{counts}");
    let questions = tables["questions"].as_array().unwrap();
    assert!(!questions.is_empty());
    for row in questions {
        let share = row["share_correct"].as_f64().unwrap() * 20.0;
        assert!((share - share.round()).abs() < 1e-9, "{row}");
        assert!(row.get("answers").is_none() && row.get("times_chosen").is_none());
    }
    let (code, ..) = report(dir.path(), &arguments);
    assert_eq!(code, Some(0));
    assert!(dir.path().join("kepu-2026-public.xlsx").is_file());
}

//! Tests of the coverage table: what each audience can be asked, in columns and as data.

use std::{path::Path, process::Command};

use kepu::bank::{
    self, Audience,
    coverage::{self, Row},
};
use unicode_width::UnicodeWidthStr;

use crate::support::{Card, TODAY, deck};

#[test]
fn the_table_counts_for_each_audience_what_it_can_be_asked() {
    let card = |id, audience, difficulty| Card {
        id,
        audience,
        difficulty,
        ..Card::SINGLE
    };
    let old = Card {
        review_by: TODAY.yesterday().unwrap(),
        ..card("old", Audience::General, 1)
    };
    let health = [
        card("all", Audience::General, 1),
        card("young", Audience::Youth, 1),
        card("hard", Audience::Youth, 3),
        old,
    ];
    let packs = [deck("one", "health", &health), deck("two", "fraud", &[old])];
    let (bank, _) = bank::load(packs, TODAY);
    let rows = coverage::table(bank.questions().map(AsRef::as_ref), TODAY);
    assert_eq!(rows.len(), 2 * Audience::ALL.len());
    for row in &rows {
        let expected = match (row.topic.as_str(), row.audience) {
            ("health", Audience::Youth) => [2, 0, 1],
            ("health", _) => [1, 0, 0],
            _ => [0, 0, 0],
        };
        assert_eq!(row.by_difficulty, expected, "{row:?}");
        assert_eq!(row.by_kind.iter().sum::<usize>(), row.total(), "{row:?}");
    }
    let youth = Row {
        topic: "health".to_owned(),
        audience: Audience::Youth,
        by_difficulty: [2, 0, 1],
        by_kind: [3, 0, 0, 0],
    };
    assert!(rows.contains(&youth));
    assert_eq!(youth.total(), 3);
}

/// What `kepu check --coverage` answers on the shipped packs.
fn checked(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .args(["check", "--coverage"])
        .args(arguments)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("quizzes"))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_table_stands_in_columns_in_every_language() {
    for (language, header, health) in [
        ("en", "topic", "Healthy living"),
        ("zh-CN", "主题", "健康生活"),
    ] {
        let text = checked(&["--lang", language]);
        let mut lines = text.lines().skip_while(|line| !line.starts_with(header));
        let table: Vec<_> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        assert_eq!(table.len(), 1 + 4 * 6, "{text}");
        let width = table[0].width();
        assert!(table.iter().all(|line| line.width() == width), "{text}");
        assert!(table.iter().any(|line| line.starts_with(health)), "{text}");
    }
}

#[test]
fn the_table_comes_as_data_when_it_is_asked_for() {
    let report: serde_json::Value = serde_json::from_str(&checked(&["--format", "json"])).unwrap();
    let rows = report["coverage"].as_array().unwrap();
    assert_eq!(rows.len(), 4 * 6);
    let total = |row: &serde_json::Value| row["total"].as_u64().unwrap();
    assert!(rows.iter().all(|row| total(row) >= 6), "{rows:?}");
    for row in rows {
        let parts = ["easy", "middle", "hard"].map(|name| row[name].as_u64().unwrap());
        assert_eq!(parts.iter().sum::<u64>(), total(row));
        let kinds = ["single", "true_false", "multi", "order"];
        let kinds = kinds.map(|name| row[name].as_u64().unwrap());
        assert_eq!(kinds.iter().sum::<u64>(), total(row));
    }
}

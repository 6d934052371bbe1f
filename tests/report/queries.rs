//! Tests of the counting queries as they stand in their files, for whoever runs them elsewhere.

use kepu::{records::report::Counters, report::gather::gather};
use tempfile::TempDir;

use super::fixture::{collected, sessions};

#[test]
fn the_counting_queries_as_they_are_give_what_a_report_counts() {
    let sql = |name: &str| {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/records/sql/report");
        std::fs::read_to_string(format!("{folder}/{name}.sql")).unwrap()
    };
    let dir = TempDir::new().unwrap();
    let all = sessions(8, 800);
    let path = collected(dir.path(), "county.sqlite", &all);
    let facts = gather(std::slice::from_ref(&path), "2026".parse().unwrap())
        .unwrap()
        .facts;
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(&(sql("scope") + &sql("collected_views") + &sql("requests_view")))
        .unwrap();
    let scope = ["", "", "", "2026-01-01", "2026-12-31", "", "g"];
    db.execute(&sql("set_scope"), scope).unwrap();
    // Every row as text, NULL as `-`.
    let rows = |name: &str| -> Vec<String> {
        let mut query = db.prepare(&sql(name)).unwrap();
        let columns = query.column_count();
        let rows = query.query_map([], |row| {
            let cells = (0..columns).map(|at| match row.get_ref(at).unwrap() {
                rusqlite::types::ValueRef::Null => "-".to_owned(),
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                other => other.as_str().unwrap().to_owned(),
            });
            Ok(cells.collect::<Vec<_>>().join("|"))
        });
        rows.unwrap().map(Result::unwrap).collect()
    };
    let five = |own: &Counters| {
        let Counters {
            started,
            answered,
            completed,
            answers,
            correct,
        } = own;
        format!("{started}|{answered}|{completed}|{answers}|{correct}")
    };
    let times = facts.times.iter().map(|(own, counters)| {
        let date = own.date.as_deref().unwrap_or("-");
        format!("{date}|-|{}", five(counters))
    });
    assert_eq!(rows("times"), times.collect::<Vec<_>>());
    let places = facts.places.iter().map(|(own, counters)| {
        format!(
            "{}|{}|{}|{}",
            own.station,
            own.division,
            own.venue,
            five(counters)
        )
    });
    assert_eq!(rows("places"), places.collect::<Vec<_>>());
    let kinds = rows("kinds");
    assert_eq!(kinds.len(), facts.kinds.len());
    for ((own, counters), row) in facts.kinds.iter().zip(&kinds) {
        let key = [
            &own.audience,
            &own.topic,
            &own.language,
            &own.profile,
            &own.outcome,
        ];
        let key = key.map(String::as_str).join("|");
        assert!(
            row.starts_with(&format!("{key}|{}|", five(counters))),
            "{row}"
        );
    }
    let choices = facts.choices.iter().map(|(own, times)| {
        let correct = u8::from(own.correct);
        let (pack, version, question) = (&own.pack, own.version, &own.question);
        format!(
            "{pack}|{version}|{question}|{}|{correct}|{times}",
            own.options
        )
    });
    let choices: Vec<_> = choices.collect();
    assert!(choices.len() > 20);
    assert_eq!(rows("questions"), choices);
    let retries = facts
        .retries
        .iter()
        .map(|((pack, version, question), own)| {
            format!(
                "{pack}|{version}|{question}|{}|{}",
                own.answers, own.correct
            )
        });
    assert_eq!(rows("retries"), retries.collect::<Vec<_>>());
    let requests = facts.requests.iter();
    let requests = requests.map(|(own, times)| format!("{}|{}|{times}", own.kind, own.choice));
    assert_eq!(rows("requests"), requests.collect::<Vec<_>>());
    assert!(facts.retries.len() > 4 && facts.requests.len() > 4);
}

#[test]
fn the_counting_queries_read_three_relations_and_no_engines_own_words() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/records/sql/report");
    let visitors = ["times", "kinds", "places", "questions", "requests"];
    let visitors = visitors.map(|name| (name, "mode = 'visitor'"));
    for (name, whose) in visitors.into_iter().chain([("retries", "mode = 'retry'")]) {
        let text = std::fs::read_to_string(format!("{folder}/{name}.sql")).unwrap();
        let code: Vec<&str> = text
            .lines()
            .filter(|line| !line.starts_with("--"))
            .collect();
        let code = code.join("\n").to_lowercase();
        for word in [
            "main.",
            "temp.",
            "filter",
            "group_concat",
            "strftime",
            "ifnull",
            "iif(",
            "total(",
            "pragma",
            "?",
            ":",
            "limit",
            "glob",
            "||",
            "avg(",
        ] {
            assert!(!code.contains(word), "{name}: {word}");
        }
        let from = code
            .split_whitespace()
            .skip_while(|word| *word != "from")
            .nth(1);
        let first = if name == "requests" { name } else { "sessions" };
        assert_eq!(from, Some(first), "{name}");
        assert!(code.contains("order by") && code.contains(whose), "{name}");
    }
}

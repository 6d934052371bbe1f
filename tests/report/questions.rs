//! Tests of what is told of questions: right and wrong answers, steps, and second attempts.

use std::collections::BTreeMap;

use kepu::report::{Edition, table::Cell};
use tempfile::TempDir;

use super::{
    STEPS_VERSION,
    fixture::{Given, Played, collected, sessions},
    report_of, summary_of, table,
};

/// The answers of 2026 to what was tried again.
fn all_again(sessions: &[Played]) -> impl Iterator<Item = &Given> {
    let again = sessions.iter().filter(|own| own.mode == "retry");
    let ours = again.filter(|own| own.is_dated && own.date.starts_with("2026"));
    ours.flat_map(|own| &own.answers)
}

#[test]
fn second_attempts_change_no_number_but_their_own() {
    let dir = TempDir::new().unwrap();
    let all = sessions(11, 500);
    let first: Vec<Played> = all
        .iter()
        .filter(|own| own.mode != "retry")
        .cloned()
        .collect();
    let (again, right) = all_again(&all).fold((0, 0), |(again, right), given| {
        (again + 1, right + u64::from(given.correct))
    });
    assert!(all.len() > first.len() + 30 && again > 60 && right > 0);
    let with = summary_of(&[collected(dir.path(), "with.sqlite", &all)]);
    let without = summary_of(&[collected(dir.path(), "without.sqlite", &first)]);
    assert_eq!((with.second.answers, with.second.correct), (again, right));
    assert_eq!((without.second.answers, without.second.correct), (0, 0));
    let mut same = with.clone();
    same.second = without.second;
    for answered in same.questions.values_mut() {
        answered.second = without.second;
    }
    assert_eq!(same, without);
    // The public edition does not even say that there are any.
    assert_eq!(
        report_of(&with, Edition::Public, "zh-CN").tables,
        report_of(&without, Edition::Public, "zh-CN").tables
    );
}

#[test]
fn questions_have_their_answers_and_the_wrong_one_most_people_choose() {
    let dir = TempDir::new().unwrap();
    let sessions = sessions(2, 600);
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &sessions)]);
    let report = report_of(&summary, Edition::Internal, "en");
    let mut expected: BTreeMap<(u32, &str), BTreeMap<(bool, &str), u64>> = BTreeMap::new();
    for own in sessions.iter().filter(|own| own.counts()) {
        for given in &own.answers {
            let question = expected.entry((given.version, given.question)).or_default();
            *question.entry((given.correct, given.options)).or_default() += 1;
        }
    }
    let questions = table(&report, "questions");
    assert_eq!(questions.rows.len(), expected.len());
    for (((version, id), choices), row) in expected.iter().zip(&questions.rows) {
        assert_eq!(row[1], Cell::Count(u64::from(*version)));
        assert!(
            matches!(&row[2], Cell::Named { id: own, .. } if own == id),
            "{row:?}"
        );
        let right: u64 = choices.iter().filter(|own| own.0.0).map(|own| own.1).sum();
        let all: u64 = choices.values().sum();
        assert_eq!(row[3], Cell::Count(all));
        assert_eq!(row[4], Cell::Count(right));
        let most = choices
            .iter()
            .filter(|own| !own.0.0)
            .map(|own| *own.1)
            .max();
        assert_eq!(row[7].number(), most);
        // What was tried again stands by itself, and nowhere else.
        let again: Vec<&Given> = all_again(&sessions)
            .filter(|given| (given.version, given.question) == (*version, *id))
            .collect();
        let second = again.iter().filter(|given| given.correct).count();
        assert_eq!(row[9], Cell::Count(again.len() as u64));
        assert_eq!(row[10], Cell::Count(second as u64));
        assert!(
            again.len() > second && second > 0,
            "there is something to be mixed up"
        );
        match &row[5] {
            Cell::PerMille(share) => {
                assert!(all >= 30);
                assert!((*share as f64 / 1000.0 - right as f64 / all as f64).abs() <= 0.0005);
            }
            other => assert!(*other == Cell::Nothing && all < 30, "{other:?} of {all}"),
        }
    }
    // A text only for the version that is known; a misconception only where the pack names one.
    let salt = |version: u64| {
        let mut rows = questions.rows.iter();
        let is_it =
            |cell: &Cell| matches!(cell, Cell::Named { id, .. } if id == "health-salt-daily");
        rows.find(|row| row[1] == Cell::Count(version) && is_it(&row[2]))
            .unwrap()
    };
    assert!(matches!(&salt(1)[2], Cell::Named { name, .. } if name.contains("salt")));
    assert!(matches!(&salt(2)[2], Cell::Named { name, .. } if name == "health-salt-daily"));
    assert!(matches!(&salt(1)[6], Cell::Named { id, name } if id == "ten" && name == "10 g"));
}

#[test]
fn steps_are_counted_by_their_order_and_read_one_after_the_other() {
    let dir = TempDir::new().unwrap();
    let right = "wet soap rub rinse dry";
    let orders = [
        (right, 30),
        ("soap wet rub rinse dry", 20),
        ("wet soap rub dry rinse", 15),
        ("dry rinse rub soap wet", 1),
    ];
    let given = orders
        .into_iter()
        .flat_map(|(options, times)| std::iter::repeat_n(options, times));
    let counted = sessions(3, 400).into_iter().filter(Played::counts);
    let all: Vec<Played> = counted
        .zip(given)
        .map(|(own, options)| Played {
            answers: vec![Given {
                version: STEPS_VERSION,
                question: "wash-hands-steps",
                options,
                correct: options == right,
            }],
            ..own
        })
        .collect();
    assert_eq!(all.len(), 66);
    let summary = summary_of(&[collected(dir.path(), "county.sqlite", &all)]);
    let report = report_of(&summary, Edition::Internal, "en");
    let [row] = &table(&report, "questions").rows[..] else {
        panic!("one question");
    };
    assert_eq!((row[3].number(), row[4].number()), (Some(66), Some(30)));
    assert_eq!(row[5], Cell::PerMille(455));
    let wrong = Cell::Named {
        id: "soap wet rub rinse dry".to_owned(),
        name: "Take some soap → Wet both hands → Rub palms, backs and between fingers → \
               Rinse under running water → Dry both hands"
            .to_owned(),
    };
    assert_eq!(row[6], wrong);
    assert_eq!(row[7].number(), Some(20));
    assert_eq!(row[8], Cell::Nothing);
    report_of(&summary, Edition::Public, "zh-CN");
}

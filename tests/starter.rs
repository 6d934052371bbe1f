//! The starter bank as a whole: what a station without any effort of its staff offers to whom.

use std::collections::{BTreeMap, BTreeSet};

use kepu::{
    bank::{self, Audience, Kind, Localised, Question, QuestionBank, Source, misconceptions},
    embedded,
};

use crate::support::{TODAY, is_chinese};

const TOPICS: [&str; 4] = ["health", "emergency", "antifraud", "agriculture"];

fn starter() -> QuestionBank {
    bank::load(embedded::packs(), TODAY).0
}

fn share(part: usize, of: usize) -> usize {
    part * 100 / of
}

#[test]
fn every_audience_has_sixteen_questions_of_its_own_on_every_topic() {
    let bank = starter();
    let mut cells: BTreeMap<(&str, Audience), Vec<&Question>> = BTreeMap::new();
    for question in bank.questions() {
        for audience in question.audiences() {
            let cell = (question.pack().topic(), *audience);
            cells.entry(cell).or_default().push(question);
        }
    }
    let count = |cell: (&str, Audience)| cells.get(&cell).map_or(0, Vec::len);
    for topic in TOPICS {
        for audience in Audience::ALL {
            if audience == Audience::General {
                assert!(count((topic, audience)) >= 7, "{topic} {audience:?}");
                continue;
            }
            assert!(count((topic, audience)) >= 16, "{topic} {audience:?}");
            // Those that are for nobody else.
            let own = &cells[&(topic, audience)];
            let own = own
                .iter()
                .filter(|question| question.audiences().len() == 1);
            assert!(own.count() >= 8, "{topic} {audience:?}");
            // Many facts, so that a second round is another one.
            let facts = cells[&(topic, audience)].iter();
            let facts: BTreeSet<_> = facts.filter_map(|question| question.fact()).collect();
            assert!(facts.len() >= 12, "{topic} {audience:?}: {facts:?}");
        }
    }
    let general: usize = TOPICS
        .iter()
        .map(|topic| count((topic, Audience::General)))
        .sum();
    assert!(general >= 40, "{general}");
    assert!(bank.questions().count() >= 360);
}

#[test]
fn kinds_and_difficulties_are_mixed_as_a_round_wants_them() {
    let bank = starter();
    let all = bank.questions().count();
    let of = |wanted: &dyn Fn(&Question) -> bool| {
        share(
            bank.questions().filter(|question| wanted(question)).count(),
            all,
        )
    };
    let kind = |kind: Kind| of(&|question| question.kind() == kind);
    assert!(
        (45..=55).contains(&kind(Kind::Single)),
        "{}",
        kind(Kind::Single)
    );
    assert!(
        (20..=33).contains(&kind(Kind::TrueFalse)),
        "{}",
        kind(Kind::TrueFalse)
    );
    assert!(kind(Kind::Multi) + kind(Kind::Order) >= 15);
    for (level, shares) in [(1, 35..=45), (2, 35..=45), (3, 15..=25)] {
        let share = of(&|question| question.difficulty() == level);
        assert!(shares.contains(&share), "level {level}: {share} %");
    }
    let rumours = bank.questions().filter(|question| question.is_rumour());
    assert!(rumours.count() >= 40);
    let steps = bank
        .questions()
        .filter(|question| question.kind() == Kind::Order);
    assert!(steps.count() >= 8);
}

#[test]
fn every_misconception_of_the_starter_bank_has_words_in_every_language_and_none_is_left_over() {
    let bank = starter();
    let options = bank.questions().flat_map(|question| question.options());
    let used: BTreeSet<_> = options
        .filter_map(|option| option.misconception())
        .collect();
    assert_eq!(used, misconceptions::tags().collect());
    // A list that people can know, and no tag for one option alone.
    assert!(used.len() <= 80, "{}", used.len());
    for tag in &used {
        let options = bank.questions().flat_map(|question| question.options());
        let carrying = options.filter(|option| option.misconception() == Some(tag));
        assert!(carrying.count() >= 2, "{tag}");
    }
    for tag in used {
        let (chinese, english) = (
            misconceptions::words(tag, "zh-CN").unwrap(),
            misconceptions::words(tag, "en").unwrap(),
        );
        assert!(
            !chinese.is_ascii() && chinese.chars().count() <= 24,
            "{tag}: {chinese}"
        );
        assert!(
            !english.contains(is_chinese) && english.chars().count() <= 90,
            "{tag}: {english}"
        );
    }
    assert_eq!(misconceptions::words("a-pack's-own", "en"), None);
}

/// What is said in English for each Chinese name, and the other way round.
fn names(bank: &QuestionBank, of: fn(&Source) -> &Localised) -> Vec<(&str, &str)> {
    let sources = bank.questions().map(|question| of(question.source()));
    let names: BTreeSet<_> = sources
        .map(|name| (name.get("zh-CN"), name.get("en")))
        .collect();
    names.into_iter().collect()
}

#[test]
fn every_document_and_everyone_who_issues_one_has_one_name_in_each_language() {
    let bank = starter();
    for of in [Source::title, Source::issuer] {
        let names = names(&bank, of);
        assert!(names.len() > 20);
        for (chinese, english) in &names {
            let same =
                |(other, translated): &&(&str, &str)| other == chinese || translated == english;
            let same: Vec<_> = names.iter().filter(same).collect();
            assert_eq!(same.len(), 1, "{same:?}");
        }
    }
}

#[test]
fn a_pack_speaks_to_people_in_one_way_and_to_older_people_politely() {
    let bank = starter();
    for pack in bank.packs() {
        let mut said = BTreeSet::new();
        let questions = pack.questions().iter();
        for text in questions.flat_map(|question| texts(question, "zh-CN")) {
            said.extend(["你", "您"].into_iter().filter(|word| text.contains(word)));
        }
        let id = pack.info().id();
        assert!(said.len() <= 1, "{id}: {said:?}");
        let older = [Audience::Senior, Audience::General];
        let mut questions = pack.questions().iter();
        if questions.any(|question| older.iter().any(|one| question.audiences().contains(one))) {
            assert!(!said.contains("你"), "{id}");
        }
    }
}

/// Every text of a question in a language, but for the name of its source.
fn texts<'q>(question: &'q Question, language: &str) -> Vec<&'q str> {
    let mut texts = vec![
        question.prompt().get(language),
        question.explanation().get(language),
    ];
    for option in question.options() {
        texts.push(option.text().get(language));
        texts.extend(option.feedback().map(|feedback| feedback.get(language)));
    }
    texts
}

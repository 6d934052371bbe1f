//! Tests of the shipped quizzes: enough of them for everybody.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use kepu::{
    bank::{self, Audience, QuestionBank},
    embedded,
};

use crate::support::TODAY;

const TOPICS: [&str; 4] = ["agriculture", "antifraud", "emergency", "health"];

fn shipped() -> QuestionBank {
    let (bank, problems) = bank::load(embedded::packs(), TODAY);
    assert_eq!(problems, [], "not even a warning");
    bank
}

#[test]
fn the_shipped_quizzes_have_four_topics_with_at_least_twelve_questions_each() {
    let bank = shipped();
    let mut by_topic: BTreeMap<&str, usize> = BTreeMap::new();
    for pack in bank.packs() {
        *by_topic.entry(pack.info().topic()).or_default() += pack.questions().len();
    }
    assert_eq!(by_topic.keys().copied().collect::<Vec<_>>(), TOPICS);
    assert!(by_topic.values().all(|count| *count >= 12), "{by_topic:?}");
    assert!(bank.questions().count() >= 48);
}

#[test]
fn every_audience_can_be_asked_six_distinct_facts_in_each_topic() {
    let bank = shipped();
    for audience in Audience::ALL {
        assert_eq!(bank.topics(audience, TODAY), TOPICS, "{audience:?}");
        for topic in TOPICS {
            // A question without a fact of its own stands for itself.
            let facts: HashSet<String> = bank
                .cell(audience, topic, TODAY)
                .iter()
                .map(|question| question.fact().unwrap_or(question.id()).to_owned())
                .collect();
            assert!(facts.len() >= 6, "{audience:?}, {topic}: {facts:?}");
        }
    }
}

#[test]
fn question_ids_are_unique_across_the_shipped_packs() {
    let bank = shipped();
    let ids: Vec<_> = bank.questions().map(|question| question.id()).collect();
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
}

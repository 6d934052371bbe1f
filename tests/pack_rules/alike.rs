//! Tests of questions that are alike: how much two share, and who is a twin of whom.

use std::{path::Path, sync::Arc};

use kepu::{
    bank::{
        self, Question,
        likeness::{self, ALIKE, likeness, twins},
    },
    embedded,
};
use proptest::prelude::*;

use super::asked;
use crate::support::TODAY;

/// The questions of one pack, each a prompt with the same right answer.
fn asking(language: &str, prompts: &[String]) -> Vec<Arc<Question>> {
    let pack = asked("asked", language, prompts);
    pack.questions().to_vec()
}

#[test]
fn different_questions_share_little() {
    let (bank, _) = bank::load(embedded::packs(), TODAY);
    let questions: Vec<_> = bank.questions().collect();
    let mut most = 0;
    for (at, one) in questions.iter().enumerate() {
        for other in &questions[..at] {
            for language in ["zh-CN", "en"] {
                let share = likeness(one, other, language).unwrap();
                assert!(share < 50, "{}, {}: {share}", one.id(), other.id());
                most = most.max(share);
            }
        }
    }
    assert!(most > 0);
}

#[test]
fn likeness_passes_over_what_does_not_change_the_question() {
    let prompts = [
        "成年人每天吃盐最好不超过多少克？",
        "成年人每天吃盐，最好不超过多少克",
        "成年人每天吃油最好不超过多少克？",
        "地震时应该躲在哪里？",
    ]
    .map(str::to_owned);
    let questions = asking("ja", &prompts);
    let share =
        |one: usize, other: usize| likeness(&questions[one], &questions[other], "ja").unwrap();
    assert_eq!(share(0, 1), 100);
    // 15 pairs of the prompt and 4 of the answer each; the one changed word is in 2 of them.
    assert_eq!(share(0, 2), 17 * 100 / 21);
    assert!(share(0, 3) < 20);
    assert_eq!(likeness(&questions[0], &questions[1], "en"), None);
}

#[test]
fn a_question_has_twins_in_other_packs_but_is_not_its_own_in_another_version() {
    let texts = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let one = asked(
        "one",
        "en",
        &texts(&["How long is a day on Mars?", "What do bees eat?"]),
    );
    let two = asked(
        "two",
        "en",
        &texts(&["Who built the wall?", "what do bees eat"]),
    );
    let folders = [Path::new("one"), Path::new("two"), Path::new("new/one")];
    let problems = likeness::problems(folders.into_iter().zip([&one, &two, &one]));
    let [problem] = &problems[..] else {
        panic!("{problems:?}");
    };
    assert_eq!(problem.file, Path::new("two/questions.ron"));
    assert_eq!(problem.question.as_deref(), Some("q-1"));
}

/// A few Han characters, so that n-grams are often shared.
fn han() -> impl Strategy<Value = char> {
    let few = "水火电气灯门窗车路桥山河田地天云雨风雪日月年时人口手足目耳心";
    prop::sample::select(few.chars().collect::<Vec<_>>())
}

/// A text, and how some copies of it differ: what stands at a place is replaced.
fn copied() -> impl Strategy<Value = Vec<String>> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), han()), 0..6);
    let copies = prop::collection::vec(edits, 1..4);
    (prop::collection::vec(han(), 4..30), copies).prop_map(|(text, copies)| {
        let copy = |edits: &Vec<(prop::sample::Index, char)>| {
            let mut text = text.clone();
            for (at, character) in edits {
                let at = at.index(text.len());
                text[at] = *character;
            }
            text.into_iter().collect()
        };
        copies.iter().map(copy).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn likeness_is_the_same_both_ways_and_whole_for_the_same(texts in copied()) {
        for language in ["ja", "de"] {
            let questions = asking(language, &texts);
            for one in &questions {
                prop_assert_eq!(likeness(one, one, language), Some(100));
                for other in &questions {
                    let share = likeness(one, other, language);
                    prop_assert_eq!(share, likeness(other, one, language));
                    prop_assert!(share.unwrap() <= 100);
                }
            }
        }
    }

    #[test]
    fn the_quick_search_finds_what_comparing_each_with_each_finds(
        texts in prop::collection::vec(copied(), 1..8),
        language in prop::sample::select(&["ja", "de"][..]),
    ) {
        let texts: Vec<_> = texts.concat().into_iter().take(19).collect();
        let questions = asking(language, &texts);
        let questions: Vec<&Question> = questions.iter().map(AsRef::as_ref).collect();
        let nearest = |second: usize| {
            let earlier = questions[..second].iter();
            let shares = earlier.map(|first| likeness(first, questions[second], language).unwrap());
            shares.max().filter(|share| *share >= ALIKE).map(|share| (second, share))
        };
        let slow: Vec<_> = (0..questions.len()).filter_map(nearest).collect();
        let quick = twins(&questions);
        let found: Vec<_> = quick.iter().map(|twin| (twin.second, twin.share)).collect();
        prop_assert_eq!(found, slow);
        for twin in quick {
            let (first, second) = (questions[twin.first], questions[twin.second]);
            prop_assert!(twin.first < twin.second);
            prop_assert_eq!(likeness(first, second, language), Some(twin.share));
        }
    }
}

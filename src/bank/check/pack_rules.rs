//! Rules on a pack as a whole: what no question shows by itself, but a visitor who plays many
//! notices.
//!
//! A pack must not be refused because of luck. Of a share (Q08, Q10) as much is allowed as chance
//! gives plus two standard deviations: of packs without the flaw about one in forty has more.
//! Small packs are allowed more than large ones, and packs with fewer than [`ENOUGH`] questions
//! say nothing. None of this depends on the day: a pack must not be refused because a question in
//! it grew old.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

use super::lists::LISTS;
use crate::bank::problem::Arg;
use crate::bank::{Audience, Choice, Kind, Question};

/// The fewest questions of which a share is judged (Q08, and runs of Q14).
const ENOUGH: usize = 12;

/// The fewest questions whose positions are counted (Q14).
const ENOUGH_POSITIONS: usize = 20;

/// The most questions in a row with the right answer in the same place (Q14).
const LONGEST_RUN: usize = 3;

/// The fewest statements of which the true ones are counted (Q15).
const ENOUGH_STATEMENTS: usize = 5;

/// The fewest questions that an audience is to find at a difficulty (Q27).
pub(super) type Plan = [(Audience, u8, usize)];

/// Something found wrong with a pack.
#[derive(Debug)]
pub(super) struct Finding {
    /// The question to blame, if it is one alone: an index into the questions that were checked.
    pub(super) question: Option<usize>,
    pub(super) code: &'static str,
    pub(super) args: Vec<(&'static str, Arg)>,
}

impl Finding {
    fn new<const N: usize>(code: &'static str, args: [(&'static str, Arg); N]) -> Self {
        Self {
            question: None,
            code,
            args: args.into(),
        }
    }
}

/// Everything found wrong with the questions of one pack, in the order of its file.
pub(super) fn check(questions: &[Arc<Question>], plan: &Plan) -> Vec<Finding> {
    let mut findings = Vec::new();
    let languages = questions
        .first()
        .map(|question| question.pack().languages());
    for language in languages.into_iter().flatten() {
        findings.extend(longest_keys(questions, language));
        findings.extend(absolute_distractors(questions, language));
    }
    findings.extend(key_positions(questions));
    findings.extend(key_runs(questions));
    findings.extend(true_share(questions));
    findings.extend(unmet(questions, plan));
    findings
}

/// The `Single` questions with their place in the pack.
fn singles(questions: &[Arc<Question>]) -> impl Iterator<Item = (usize, &Question)> {
    let questions = questions.iter().map(Deref::deref).enumerate();
    questions.filter(|(_, question)| question.kind() == Kind::Single)
}

/// The most of some events that two standard deviations above chance allow.
fn allowed(chances: impl Iterator<Item = f64>) -> usize {
    let (mean, variance) = chances.fold((0.0, 0.0), |(mean, variance), chance| {
        (mean + chance, variance + chance * (1.0 - chance))
    });
    // A sum of thirds may fall short of a whole number by rounding.
    (mean + 2.0 * f64::sqrt(variance) + 1e-9) as usize
}

/// Q08: the right answer is the longest option more often than chance makes it. One that is as
/// long as another gives nothing away. Numbers are as long as they are.
fn longest_keys(questions: &[Arc<Question>], language: &str) -> Option<Finding> {
    let length = |option: &Choice| option.text().get(language).chars().count();
    let judged: Vec<_> = singles(questions)
        .map(|(_, question)| question)
        .filter(|question| {
            !question
                .options()
                .iter()
                .all(|option| is_number(option, language))
        })
        .collect();
    let is_longest = |question: &Question| {
        let key = question.options().iter().find(|option| option.is_correct());
        let others = question
            .options()
            .iter()
            .filter(|option| !option.is_correct());
        key.map(length) > others.map(length).max()
    };
    let found = judged
        .iter()
        .filter(|question| is_longest(question))
        .count();
    let most = allowed(
        judged
            .iter()
            .map(|question| 1.0 / question.options().len() as f64),
    );
    (judged.len() >= ENOUGH && found > most).then(|| {
        Finding::new(
            "key-longest",
            [
                ("language", language.into()),
                ("found", found.into()),
                ("items", judged.len().into()),
                ("most", most.into()),
            ],
        )
    })
}

fn is_number(option: &Choice, language: &str) -> bool {
    let text = option.text().get(language).trim_start();
    text.starts_with(|first: char| first.is_ascii_digit())
}

/// Words that leave no exception, by language: those that count, and longer phrases that they
/// stand in without that sense.
const ABSOLUTE: &[(&str, &[&str], &[&str])] = &[
    (
        "zh",
        &[
            "一定",
            "必须",
            "绝对",
            "所有",
            "从不",
            "从来",
            "永远",
            "任何",
            "完全",
            "总是",
            "只有",
            "只能",
            "一切",
            "全部",
            "肯定",
            "绝不",
            "毫无",
            "彻底",
            "百分之百",
        ],
        &["不一定", "一定程度", "不完全", "不绝对", "不肯定"],
    ),
    (
        "en",
        &[
            "always",
            "never",
            "all",
            "only",
            "every",
            "none",
            "must",
            "completely",
            "absolutely",
            "entirely",
            "certainly",
            "totally",
            "forever",
        ],
        &[
            "not all",
            "not always",
            "not only",
            "not every",
            "not completely",
            "not entirely",
            "at all",
            "all right",
            "after all",
            "above all",
        ],
    ),
];

/// Q10: words that leave no exception stand in wrong options more often than chance puts them
/// there, so that whoever knows nothing may rule those options out.
fn absolute_distractors(questions: &[Arc<Question>], language: &str) -> Option<Finding> {
    let (_, words, harmless) = ABSOLUTE
        .iter()
        .find(|(own, ..)| language.split('-').next() == Some(*own))?;
    let (mut wrong, mut chances) = (0, Vec::new());
    let judged = questions
        .iter()
        .filter(|question| matches!(question.kind(), Kind::Single | Kind::Multi));
    for question in judged {
        let options = question.options();
        let distractors = options.len() - question.correct_count();
        for option in options {
            if has_word(option.text().get(language), words, harmless) {
                wrong += usize::from(!option.is_correct());
                chances.push(distractors as f64 / options.len() as f64);
            }
        }
    }
    let most = allowed(chances.iter().copied());
    (wrong > most).then(|| {
        Finding::new(
            "absolute-distractors",
            [
                ("language", language.into()),
                ("found", wrong.into()),
                ("options", chances.len().into()),
                ("most", most.into()),
            ],
        )
    })
}

/// Whether one of the words stands in a text, as a word of its own where words are parted.
fn has_word(text: &str, words: &[&str], harmless: &[&str]) -> bool {
    let text = LISTS.in_simplified(&text.to_lowercase());
    let text = harmless
        .iter()
        .fold(text, |text, phrase| text.replace(phrase, " "));
    let parted = |character: Option<char>| !character.is_some_and(|it| it.is_ascii_alphabetic());
    words.iter().any(|word| {
        text.match_indices(word).any(|(at, found)| {
            let (before, after) = (text.get(..at), text.get(at + found.len()..));
            !word.is_ascii()
                || parted(before.and_then(|text| text.chars().next_back()))
                    && parted(after.and_then(|text| text.chars().next()))
        })
    })
}

/// Where the right answer of a `Single` question stands, from 0.
fn key_position(question: &Question) -> Option<usize> {
    question.options().iter().position(Choice::is_correct)
}

/// Q14: the right answers stand in each place about equally often. Questions with another number
/// of options, and those whose options keep their order, are counted apart: of the latter visitors
/// see the very places, and they are mended in another way.
fn key_positions(questions: &[Arc<Question>]) -> Vec<Finding> {
    let mut groups: BTreeMap<(bool, usize), Vec<usize>> = BTreeMap::new();
    for (_, question) in singles(questions) {
        let options = question.options().len();
        let counts = groups
            .entry((question.keeps_order(), options))
            .or_insert_with(|| vec![0; options]);
        let place = key_position(question).and_then(|position| counts.get_mut(position));
        if let Some(count) = place {
            *count += 1;
        }
    }
    let uneven = groups
        .into_iter()
        .filter(|(_, counts)| !is_balanced(counts));
    uneven
        .map(|((keeps_order, options), counts)| {
            let counts: Vec<_> = counts.iter().map(ToString::to_string).collect();
            Finding::new(
                "key-positions",
                [
                    ("counts", counts.join(", ").into()),
                    ("options", options.into()),
                    ("order", if keeps_order { "kept" } else { "free" }.into()),
                ],
            )
        })
        .collect()
}

/// Whether counts could well come from places chosen by chance: their span is at most a tenth of
/// all, or chi squared stays below its critical value at 5 %.
fn is_balanced(counts: &[usize]) -> bool {
    let items: usize = counts.iter().sum();
    let span = counts.iter().max().zip(counts.iter().min());
    if items < ENOUGH_POSITIONS || span.is_some_and(|(most, least)| (most - least) * 10 <= items) {
        return true;
    }
    // By degrees of freedom, from 1.
    const CRITICAL: [f64; 4] = [3.841, 5.991, 7.815, 9.488];
    let expected = items as f64 / counts.len() as f64;
    let squared: f64 = counts
        .iter()
        .map(|count| (*count as f64 - expected).powi(2) / expected)
        .sum();
    let critical = counts
        .len()
        .checked_sub(2)
        .and_then(|index| CRITICAL.get(index));
    critical.is_none_or(|critical| squared <= *critical)
}

/// Q14: no more than [`LONGEST_RUN`] questions in a row have the right answer in the same place.
/// Where options keep their order the place follows from the facts, and other kinds have no such
/// place; they are passed over.
fn key_runs(questions: &[Arc<Question>]) -> Vec<Finding> {
    let judged: Vec<_> = singles(questions)
        .filter(|(_, question)| !question.keeps_order())
        .filter_map(|(index, question)| Some((index, key_position(question)?)))
        .collect();
    if judged.len() < ENOUGH {
        return Vec::new();
    }
    let runs = judged.chunk_by(|(_, one), (_, next)| one == next);
    runs.filter_map(|run| {
        // The first one too many is the one to change.
        let (question, position) = run.get(LONGEST_RUN)?;
        let args = [
            ("found", run.len().into()),
            ("position", (position + 1).into()),
        ];
        Some(Finding {
            question: Some(*question),
            ..Finding::new("key-run", args)
        })
    })
    .collect()
}

/// Q15: between 40 and 60 per cent of the statements are true.
fn true_share(questions: &[Arc<Question>]) -> Option<Finding> {
    let statements = || {
        questions
            .iter()
            .filter(|question| question.kind() == Kind::TrueFalse)
    };
    let items = statements().count();
    // The option `true` stands first, and is right for a true statement.
    let found = statements()
        .filter(|question| key_position(question) == Some(0))
        .count();
    let (least, most) = ((items * 2).div_ceil(5), items * 3 / 5);
    (items >= ENOUGH_STATEMENTS && !(least..=most).contains(&found)).then(|| {
        Finding::new(
            "true-share",
            [
                ("found", found.into()),
                ("items", items.into()),
                ("least", least.into()),
                ("most", most.into()),
            ],
        )
    })
}

/// Q27: the plan asks for more questions than an audience finds at a difficulty.
fn unmet<'a>(questions: &'a [Arc<Question>], plan: &'a Plan) -> impl Iterator<Item = Finding> {
    plan.iter().filter_map(|(audience, difficulty, least)| {
        let fits = |question: &&Arc<Question>| {
            question.suits(*audience) && question.difficulty() == *difficulty
        };
        let found = questions.iter().filter(fits).count();
        (found < *least).then(|| {
            Finding::new(
                "plan-unmet",
                [
                    ("audience", audience.as_str().into()),
                    ("difficulty", usize::from(*difficulty).into()),
                    ("found", found.into()),
                    ("least", (*least).into()),
                ],
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank;
    use crate::embedded;

    #[test]
    fn a_plan_is_met_by_what_is_there_and_not_by_one_question_less() {
        let day = jiff::civil::date(2026, 11, 22);
        let (bank, _) = bank::load(embedded::packs(), day);
        let questions = bank.packs().first().unwrap().questions();
        for audience in Audience::ALL {
            for difficulty in 1..=3 {
                let fits = |question: &&Arc<Question>| {
                    question.suits(audience) && question.difficulty() == difficulty
                };
                let there = questions.iter().filter(fits).count();
                let met = |least| unmet(questions, &[(audience, difficulty, least)]).next();
                assert!(met(there).is_none());
                let finding = met(there + 1).unwrap();
                assert_eq!(finding.code, "plan-unmet");
                let args = [
                    ("audience", audience.as_str().into()),
                    ("difficulty", usize::from(difficulty).into()),
                    ("found", there.into()),
                    ("least", (there + 1).into()),
                ];
                assert_eq!(finding.args, args);
            }
        }
    }
}

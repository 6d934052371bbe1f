//! Options: how many, how many of them right, none like another (Q03, Q04), steps (Q30).

use std::collections::BTreeSet;

use super::item::half_width;
use super::media::{Media, Stands, check_image};
use super::reading::Findings;
use super::texts::Languages;
use super::{MULTI_OPTIONS, ORDER_STEPS, SINGLE_OPTIONS};
use crate::bank::problem::Arg;
use crate::bank::source::{self, Step};
use crate::bank::{Choice, Kind};
use crate::texts::Texts;

/// The options with the rules Q03, Q04 and Q30.
pub(super) fn check_options(
    findings: &mut Findings<'_, source::Question>,
    languages: &Languages,
    media: &mut Media<'_>,
    kind: Option<Kind>,
) -> Option<Vec<Choice>> {
    let given = &findings.read.value.options;
    let path = [Step::Field("options")];
    let given = findings.required(given, &path, "missing-field")?;
    let mut ids: BTreeSet<&str> = BTreeSet::new();
    let mut options = Vec::new();
    for (index, option) in given.iter().enumerate() {
        let entry = [path[0], Step::Entry(index)];
        let at = |name| [entry[0], entry[1], Step::Field(name)];
        let id = findings.id(&option.id, &at("id"));
        if let Some(id) = &option.id.0
            && !ids.insert(id)
        {
            findings.add(
                "duplicate-option",
                &at("id"),
                [("value", id.as_str().into())],
            );
        }
        let text = findings.required(&option.text, &at("text"), "missing-field");
        let text = findings.texts(text, languages, &at("text"));
        let (image, stands) = (&option.image, Stands::OnOption);
        let image = check_image(findings, image, &at("image"), stands, languages, media);
        let feedback = findings.texts(option.feedback.0.as_ref(), languages, &at("feedback"));
        let misconception = match option.misconception.0 {
            Some(_) => findings.id(&option.misconception, &at("misconception")),
            None => None,
        };
        if let (Some(id), Some(text)) = (id, text) {
            options.push(Choice {
                id,
                text,
                image,
                correct: option.correct.0 == Some(true),
                feedback,
                misconception,
            });
        }
    }
    // Nothing is counted of options that have lost something.
    let doubtful = findings
        .read
        .dropped
        .iter()
        .any(|path| path.starts_with("options/"));
    let keys = given
        .iter()
        .filter(|option| option.correct.0 == Some(true))
        .count();
    let found = || ("found", Arg::from(keys));
    let expected = match kind? {
        _ if doubtful => return None,
        Kind::Single => {
            if keys != 1 {
                findings.add("key-count-single", &path, [found()]);
            }
            SINGLE_OPTIONS
        }
        Kind::Multi => {
            if keys < 2 {
                findings.add("key-count-multi", &path, [found()]);
            }
            if keys == given.len() {
                findings.add("no-distractor", &path, []);
            }
            MULTI_OPTIONS
        }
        Kind::TrueFalse => {
            let ids: Vec<_> = given.iter().map(|option| option.id.0.as_deref()).collect();
            if ids != [Some("true"), Some("false")] {
                findings.add("true-false-options", &path, []);
            } else if keys != 1 {
                findings.add("key-count-single", &path, [found()]);
            }
            given.len()..=given.len()
        }
        Kind::Order => {
            only_steps(findings);
            ORDER_STEPS
        }
    };
    if !expected.contains(&given.len()) {
        let code = match kind {
            Some(Kind::Order) => "step-count",
            _ => "option-count",
        };
        findings.add(
            code,
            &path,
            [
                ("found", given.len().into()),
                ("least", (*expected.start()).into()),
                ("most", (*expected.end()).into()),
            ],
        );
    }
    for (index, option) in given.iter().enumerate() {
        alike(
            findings,
            given.get(..index).unwrap_or_default(),
            index,
            option,
        );
    }
    (options.len() == given.len()).then_some(options)
}

/// Q29: a picture on one option and none on another would point at one of them; and a judgement has
/// nothing to show.
pub(super) fn check_pictured(findings: &mut Findings<'_, source::Question>) {
    let question = &findings.read.value;
    let options = question.options.0.iter().flatten().enumerate();
    let (with, without): (Vec<_>, Vec<_>) =
        options.partition(|(_, option)| option.image.0.is_some());
    let Some((first, _)) = with.first() else {
        return;
    };
    if question.kind.0 == Some(source::Kind::TrueFalse) {
        let at = [Step::Field("options"), Step::Entry(*first)];
        let at = [at[0], at[1], Step::Field("image")];
        findings.add("picture-of-judgement", &at, []);
        return;
    }
    // What is there and cannot be read has been complained of.
    let dropped = &findings.read.dropped;
    let is_left_out = |index: usize| {
        let path = format!("options/{index}/image");
        !dropped.iter().any(|dropped| dropped.starts_with(&path))
    };
    if let Some((index, _)) = without.iter().find(|(index, _)| is_left_out(*index)) {
        let args = [
            ("with", with.len().into()),
            ("of", (with.len() + without.len()).into()),
        ];
        findings.add(
            "pictures-on-some",
            &[Step::Field("options"), Step::Entry(*index)],
            args,
        );
    }
}

/// Q30: a step is neither right nor wrong by itself, and all of them are tapped, so that there is
/// nothing to be said about one; nor can the steps keep the order that is asked about.
fn only_steps(findings: &mut Findings<'_, source::Question>) {
    let question = &findings.read.value;
    let refused = |name: &'static str| [("name", Arg::from(name))];
    if question.ordered.0 == Some(true) {
        let at = [Step::Field("ordered")];
        findings.add("not-of-order", &at, refused("ordered"));
    }
    for (index, option) in question.options.0.iter().flatten().enumerate() {
        for (name, is_given) in [
            ("correct", option.correct.0 == Some(true)),
            ("feedback", option.feedback.0.is_some()),
            ("misconception", option.misconception.0.is_some()),
        ] {
            let at = [
                Step::Field("options"),
                Step::Entry(index),
                Step::Field(name),
            ];
            if is_given {
                findings.add("not-of-order", &at, refused(name));
            }
        }
    }
}

/// Q04: an option that reads like one before it.
pub(super) fn alike(
    findings: &mut Findings<'_, source::Question>,
    before: &[source::Choice],
    index: usize,
    option: &source::Choice,
) {
    let texts = |choice: &source::Choice| choice.text.0.clone().unwrap_or(Texts(Vec::new())).0;
    for (language, text) in texts(option) {
        let plain = normalised(&text);
        let twin = before.iter().any(|other| {
            texts(other)
                .iter()
                .any(|(its, text)| *its == language && normalised(text) == plain)
        });
        if twin && !plain.is_empty() {
            let at = [
                Step::Field("options"),
                Step::Entry(index),
                Step::Field("text"),
                Step::Language(&language),
            ];
            findings.add(
                "options-alike",
                &at,
                [("language", language.as_str().into())],
            );
        }
    }
}

/// A text without what the eye passes over: case, space, width, punctuation.
pub(super) fn normalised(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|character| character.is_alphanumeric() || "%℃°+-<>≤≥".contains(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

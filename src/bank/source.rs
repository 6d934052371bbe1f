//! The RON source form of a pack: what an author types, before it is checked.
//!
//! Two ways through one file. The quick way hands the text to serde in one pass. Whenever that
//! fails, or a later check finds something and needs its place, the slow way walks the same text
//! as RON's raw values, whose slices borrow from the text and so tell their place: it names every
//! structural mistake, not only the first, and saves what is sound for the checks that follow.
//!
//! Nothing here judges content; that is `check`.

mod walk;

use std::fmt;

use crate::texts::{Texts, TextsById};
use ron::error::SpannedResult;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde::{Deserialize, de};

pub(super) use walk::{
    Mistake, Step, What, diagnose, entries, locate, mistake, path_name, range_of,
};

/// A field that may have been left out: what is missing is a finding, not the end of reading.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Given<T>(pub(super) Option<T>);

impl<T> Default for Given<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Given<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(|value| Self(Some(value)))
    }
}

/// The kinds as written.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
pub(super) enum Kind {
    Single,
    TrueFalse,
    Multi,
    Order,
}

/// The audiences as written.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Audience {
    Youth,
    Farmer,
    Worker,
    Senior,
    Cadre,
    General,
}

/// `pack.ron`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Pack {
    pub(super) format: Given<u32>,
    pub(super) id: Given<String>,
    pub(super) version: Given<u32>,
    pub(super) title: Given<Texts>,
    pub(super) topic: Given<String>,
    pub(super) languages: Given<Vec<String>>,
    pub(super) languages_begun: Given<Vec<String>>,
    pub(super) publisher: Given<Texts>,
    pub(super) licence: Given<String>,
    pub(super) reviewed_by: Given<String>,
    pub(super) reviewed_on: Given<String>,
    pub(super) fewer_options: Given<bool>,
    pub(super) plan: Given<Vec<Target>>,
}

/// How many questions a pack is to have for an audience at a difficulty, at least.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Target {
    pub(super) audience: Given<Audience>,
    pub(super) difficulty: Given<u32>,
    pub(super) least: Given<u32>,
}

/// One entry of `questions.ron`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Question {
    pub(super) id: Given<String>,
    pub(super) kind: Given<Kind>,
    pub(super) rumour: Given<bool>,
    pub(super) audiences: Given<Vec<Audience>>,
    pub(super) difficulty: Given<u32>,
    pub(super) fact: Given<String>,
    pub(super) prompt: Given<Texts>,
    pub(super) negative: Given<bool>,
    pub(super) image: Given<Image>,
    pub(super) ordered: Given<bool>,
    pub(super) options: Given<Vec<Choice>>,
    pub(super) explanation: Given<Texts>,
    pub(super) narration: Given<Narration>,
    pub(super) source: Given<Source>,
    pub(super) checked_on: Given<String>,
    pub(super) review_by: Given<String>,
    pub(super) waived: Given<Vec<Waiver>>,
}

/// The most questions that a pack may have: far more than fit into its file unless they are empty.
pub(super) const MOST_QUESTIONS: usize = 10_000;

/// All of `questions.ron` in one pass.
pub(super) struct Questions(pub(super) Vec<Question>);

impl<'de> Deserialize<'de> for Questions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct QuestionsVisitor;
        impl<'de> Visitor<'de> for QuestionsVisitor {
            type Value = Questions;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of questions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Questions, A::Error> {
                let mut questions = Vec::new();
                while let Some(question) = list.next_element()? {
                    if questions.len() == MOST_QUESTIONS {
                        return Err(de::Error::custom("too many questions"));
                    }
                    questions.push(question);
                }
                Ok(Questions(questions))
            }
        }
        deserializer.deserialize_seq(QuestionsVisitor)
    }
}

/// A picture: above the options, or on one of them.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Image {
    pub(super) file: Given<String>,
    pub(super) alt: Given<Texts>,
}

/// Sound files by language, for those who would rather listen.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Narration {
    pub(super) prompt: Given<Texts>,
    pub(super) options: Given<TextsById>,
    pub(super) feedback: Given<TextsById>,
    pub(super) explanation: Given<Texts>,
}

/// A rule that somebody answers for breaking.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Waiver {
    pub(super) rule: Given<String>,
    pub(super) reason: Given<String>,
    pub(super) by: Given<String>,
}

/// One option of a question.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "Option")]
pub(super) struct Choice {
    pub(super) id: Given<String>,
    pub(super) text: Given<Texts>,
    pub(super) image: Given<Image>,
    pub(super) correct: Given<bool>,
    pub(super) feedback: Given<Texts>,
    pub(super) misconception: Given<String>,
}

/// Where a question's fact is written down.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Source {
    pub(super) title: Given<Texts>,
    pub(super) issuer: Given<Texts>,
    pub(super) date: Given<String>,
    pub(super) number: Given<String>,
    pub(super) article: Given<String>,
}

/// The form of a value, for the slow way. `tests` hold it against the types above.
pub(super) enum Shape {
    /// Read whole by serde.
    Leaf(fn(&str) -> SpannedResult<()>),
    /// A sequence of one shape.
    List(&'static Shape),
    /// Named fields, with the name the struct itself may bear.
    Struct(&'static str, &'static [(&'static str, Shape)]),
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> SpannedResult<()> {
    ron::from_str::<T>(text).map(|_| ())
}

const TEXT: Shape = Shape::Leaf(read::<String>);
const TEXTS: Shape = Shape::Leaf(read::<Texts>);
const TEXTS_BY_ID: Shape = Shape::Leaf(read::<TextsById>);
const NUMBER: Shape = Shape::Leaf(read::<u32>);
const FLAG: Shape = Shape::Leaf(read::<bool>);

/// The form of `pack.ron`.
pub(super) static PACK: Shape = Shape::Struct(
    "Pack",
    &[
        ("format", NUMBER),
        ("id", TEXT),
        ("version", NUMBER),
        ("title", TEXTS),
        ("topic", TEXT),
        ("languages", Shape::List(&TEXT)),
        ("languages_begun", Shape::List(&TEXT)),
        ("publisher", TEXTS),
        ("licence", TEXT),
        ("reviewed_by", TEXT),
        ("reviewed_on", TEXT),
        ("fewer_options", FLAG),
        ("plan", Shape::List(&TARGET)),
    ],
);

static TARGET: Shape = Shape::Struct(
    "Target",
    &[
        ("audience", Shape::Leaf(read::<Audience>)),
        ("difficulty", NUMBER),
        ("least", NUMBER),
    ],
);

/// The form of one question.
pub(super) static QUESTION: Shape = Shape::Struct(
    "Question",
    &[
        ("id", TEXT),
        ("kind", Shape::Leaf(read::<Kind>)),
        ("rumour", FLAG),
        ("audiences", Shape::List(&Shape::Leaf(read::<Audience>))),
        ("difficulty", NUMBER),
        ("fact", TEXT),
        ("prompt", TEXTS),
        ("negative", FLAG),
        ("image", IMAGE),
        ("ordered", FLAG),
        ("options", Shape::List(&CHOICE)),
        ("explanation", TEXTS),
        ("narration", NARRATION),
        ("source", SOURCE),
        ("checked_on", TEXT),
        ("review_by", TEXT),
        ("waived", Shape::List(&WAIVER)),
    ],
);

const IMAGE: Shape = Shape::Struct("Image", &[("file", TEXT), ("alt", TEXTS)]);

const NARRATION: Shape = Shape::Struct(
    "Narration",
    &[
        ("prompt", TEXTS),
        ("options", TEXTS_BY_ID),
        ("feedback", TEXTS_BY_ID),
        ("explanation", TEXTS),
    ],
);

static WAIVER: Shape = Shape::Struct("Waiver", &[("rule", TEXT), ("reason", TEXT), ("by", TEXT)]);

static CHOICE: Shape = Shape::Struct(
    "Option",
    &[
        ("id", TEXT),
        ("text", TEXTS),
        ("image", IMAGE),
        ("correct", FLAG),
        ("feedback", TEXTS),
        ("misconception", TEXT),
    ],
);

const SOURCE: Shape = Shape::Struct(
    "Source",
    &[
        ("title", TEXTS),
        ("issuer", TEXTS),
        ("date", TEXT),
        ("number", TEXT),
        ("article", TEXT),
    ],
);

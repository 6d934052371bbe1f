//! A pack before a reviewer: a sheet with every question, and what comes back on it.
//!
//! The sheet is a workbook that a health bureau or a fire brigade can read and sign off without any
//! program of ours. What comes back stands in `review.ron` beside `questions.ron`, which nothing
//! here ever changes. Each verdict names the text that it is about, by a fingerprint, so that a
//! question that was changed since does not pass for a reviewed one.

mod sheet;

use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::bank::{Arg, Kind, Localised, Pack, Question};
use crate::files;

pub use sheet::{Heading, Returned, Row, read, sheet};

/// The file in a pack's folder.
pub const FILE: &str = "review.ron";

/// The most bytes of that file.
const FILE_LIMIT: u64 = 4 * 1024 * 1024;

/// What a reviewer said of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Verdict {
    /// It is right as it stands.
    Agreed,
    /// It is to be changed, as the comment says.
    Change,
    /// It is not to be asked.
    Rejected,
}

impl Verdict {
    /// All of them, in the order in which a sheet offers them.
    pub const ALL: [Self; 3] = [Self::Agreed, Self::Change, Self::Rejected];

    /// As it is written in RON, and a stable id.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agreed => "Agreed",
            Self::Change => "Change",
            Self::Rejected => "Rejected",
        }
    }
}

/// One verdict, with who gave it and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// The question's id.
    pub question: String,
    /// The text that it is about; see [`fingerprint`].
    pub of: String,
    /// What was said.
    pub verdict: Verdict,
    /// Who said it.
    pub by: String,
    /// When.
    pub on: Date,
    /// What is to be changed, or what else was said; may be empty.
    pub comment: String,
}

/// One verdict as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "Review")]
struct Written {
    question: String,
    of: String,
    verdict: Verdict,
    by: String,
    on: String,
    #[serde(default)]
    comment: String,
}

/// Why `review.ron` cannot be used, with its place.
#[derive(Debug)]
pub enum Error {
    /// It cannot be read or written.
    File(files::Error),
    /// It cannot be understood, at a line and column, from 1.
    Form {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
        /// Why.
        reason: String,
    },
}

/// The verdicts on a pack's questions, by the order in which they came; none where there is no such
/// file.
///
/// # Errors
///
/// When it is there and cannot be read.
pub fn load(folder: &Path) -> Result<Vec<Review>, Error> {
    let path = folder.join(FILE);
    if !path.exists() {
        return Ok(Vec::new());
    }
    let bytes = files::read(&path, FILE_LIMIT).map_err(Error::File)?;
    let written: Vec<Written> = ron::de::from_bytes(&bytes).map_err(|error| Error::Form {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: error.code.to_string(),
    })?;
    let reviews = written.into_iter().map(|written| {
        let on = written.on.parse().map_err(|_| Error::Form {
            line: 1,
            column: 1,
            reason: format!("`{}` is no date", written.on),
        })?;
        Ok(Review {
            question: written.question,
            of: written.of,
            verdict: written.verdict,
            by: written.by,
            on,
            comment: written.comment,
        })
    });
    reviews.collect()
}

/// Writes the verdicts durably, in the order of the pack's questions; those on questions that are
/// gone come last.
///
/// # Errors
///
/// When the disk refuses.
pub fn save(folder: &Path, pack: &Pack, mut reviews: Vec<Review>) -> Result<(), Error> {
    let place = |review: &Review| {
        let mut questions = pack.questions().iter();
        let place = questions.position(|question| question.id() == review.question);
        place.unwrap_or(usize::MAX)
    };
    reviews.sort_by_key(place);
    let mut text = String::from(
        "// What reviewers said of the questions. Written by `kepu pack review`, from their sheets.\n[\n",
    );
    for review in &reviews {
        let (question, of, by) = (&review.question, &review.of, &review.by);
        let (verdict, on, comment) = (review.verdict.as_str(), review.on, &review.comment);
        // A string takes it whatever is in it.
        let _ = writeln!(
            text,
            "    Review(question: {question:?}, of: {of:?}, verdict: {verdict}, by: {by:?}, \
             on: \"{on}\", comment: {comment:?}),"
        );
    }
    text.push_str("]\n");
    files::write(&folder.join(FILE), text.as_bytes()).map_err(Error::File)
}

/// Puts newer verdicts in the place of older ones on the same question.
#[must_use]
pub fn merged(older: Vec<Review>, newer: Vec<Review>) -> Vec<Review> {
    let is_new = |review: &Review| newer.iter().any(|new| new.question == review.question);
    let mut all: Vec<_> = older.into_iter().filter(|review| !is_new(review)).collect();
    all.extend(newer);
    all
}

/// How far the review of a pack is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Questions that were agreed to as they stand.
    pub agreed: usize,
    /// Questions that are to be changed, and were not.
    pub to_change: usize,
    /// Questions that are not to be asked, and still stand there.
    pub rejected: usize,
    /// Questions that were changed since a reviewer saw them.
    pub changed_since: usize,
    /// Questions that no reviewer has seen.
    pub unseen: usize,
}

impl Standing {
    /// How far the review of a pack is by these verdicts.
    #[must_use]
    pub fn of(pack: &Pack, reviews: &[Review]) -> Self {
        let mut standing = Self::default();
        for question in pack.questions() {
            let review = reviews
                .iter()
                .find(|review| review.question == question.id());
            let count = match review {
                None => &mut standing.unseen,
                Some(review) if review.of != fingerprint(pack, question) => {
                    &mut standing.changed_since
                }
                Some(review) => match review.verdict {
                    Verdict::Agreed => &mut standing.agreed,
                    Verdict::Change => &mut standing.to_change,
                    Verdict::Rejected => &mut standing.rejected,
                },
            };
            *count += 1;
        }
        standing
    }
}

/// What tells the text of a question from every other: 16 hexadecimal digits over all that a
/// reviewer reads, in every language of the pack.
#[must_use]
pub fn fingerprint(pack: &Pack, question: &Question) -> String {
    let mut text = String::new();
    let mut add = |part: &str| {
        // With its length, so that no two questions run together to the same text.
        let _ = writeln!(text, "{}:{part}", part.len());
    };
    add(kind(question));
    for language in pack.info().languages() {
        let mut say = |text: &Localised| add(text.get(language));
        say(question.prompt());
        for image in question.images() {
            say(image.alt());
        }
        say(question.explanation());
        say(question.source().title());
        say(question.source().issuer());
        for option in question.options() {
            say(option.text());
            if let Some(feedback) = option.feedback() {
                say(feedback);
            }
        }
    }
    for image in question.images() {
        add(image.file());
    }
    for option in question.options() {
        add(option.id());
        add(if option.is_correct() {
            "right"
        } else {
            "wrong"
        });
    }
    let source = question.source();
    add(&source.date().map_or(String::new(), |date| date.to_string()));
    add(source.number().unwrap_or_default());
    add(source.article().unwrap_or_default());
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The kind of a question as a stable word.
fn kind(question: &Question) -> &'static str {
    match question.kind() {
        Kind::Single => "Single",
        Kind::TrueFalse if question.is_rumour() => "Rumour",
        Kind::TrueFalse => "TrueFalse",
        Kind::Multi => "Multi",
        Kind::Order => "Order",
    }
}

/// Why a row of a returned sheet was not taken: the id of a sentence, and values for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotTaken {
    /// The row, from 1 as spreadsheets count.
    pub row: u32,
    /// The id of the sentence.
    pub code: &'static str,
    /// Values for it.
    pub args: Vec<(&'static str, Arg)>,
}

/// Sorts what came back: the verdicts to keep, and the rows that cannot be taken, each with why.
/// A row without a verdict says nothing.
#[must_use]
pub fn take(pack: &Pack, rows: Vec<Returned>) -> (Vec<Review>, Vec<NotTaken>) {
    let (mut taken, mut not_taken) = (Vec::new(), Vec::new());
    for row in rows {
        let number = row.row;
        let mut refuse = |code, args: Vec<(&'static str, Arg)>| {
            not_taken.push(NotTaken {
                row: number,
                code,
                args,
            });
        };
        let Some(said) = row.verdict else { continue };
        let mut questions = pack.questions().iter();
        let Some(question) = questions.find(|question| question.id() == row.question) else {
            refuse("review-row-unknown", vec![("id", row.question.into())]);
            continue;
        };
        let id = || vec![("id", question.id().into())];
        let Some(verdict) = said.verdict else {
            let args = [id(), vec![("word", said.word.into())]].concat();
            refuse("review-row-verdict", args);
            continue;
        };
        if row.by.is_empty() {
            refuse("review-row-nobody", id());
        } else if row.of != fingerprint(pack, question) {
            refuse("review-row-changed", id());
        } else if let Some(on) = row.on {
            taken.push(Review {
                question: row.question,
                of: row.of,
                verdict,
                by: row.by,
                on,
                comment: row.comment,
            });
        } else {
            refuse("review-row-date", id());
        }
    }
    (taken, not_taken)
}

//! What a check found: data, to be put into words by whoever shows it.
//!
//! The words are Fluent messages `check-<code>` with an optional attribute `.hint`; this module
//! must not know any language.

use std::path::PathBuf;
use std::sync::Arc;

/// Whether a pack can be used in spite of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It can.
    Warning,
    /// The pack is refused.
    Error,
}

/// A value put into a problem's sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// As it stands.
    Text(String),
    /// A number, for which a language may choose the form of a word.
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// A file's text, with the start of every line.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    text: Arc<str>,
    starts: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: Arc<str>) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = std::iter::once(0).chain(after_breaks).collect();
        Self { text, starts }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A place by its bytes; bytes outside the text are moved to its end.
    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        let floor = |at: usize| {
            let mut at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, end) = (floor(start), floor(end.max(start)));
        let line = self.starts.partition_point(|line| *line <= start);
        let line_start = self.starts.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(line_start..start).unwrap_or_default();
        Place {
            text: self.text.clone(),
            start,
            end,
            line,
            column: 1 + before.chars().count(),
        }
    }
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The whole text of the file.
    pub text: Arc<str>,
    /// Bytes of the text.
    pub start: usize,
    /// The first byte after the place.
    pub end: usize,
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
}

/// One thing found wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether it refuses the pack.
    pub severity: Severity,
    /// The id of its sentence, one of [`CODES`].
    pub code: &'static str,
    /// The item-writing rule that it breaks, as in "Q03".
    pub rule: Option<&'static str>,
    /// The file, or the folder when no file is to blame.
    pub file: PathBuf,
    /// The place in the file, when it could be read that far.
    pub place: Option<Place>,
    /// The question's id, when it has one.
    pub question: Option<String>,
    /// Values for the sentence.
    pub args: Vec<(&'static str, Arg)>,
}

/// Every code there is with its rule, if it has one, and how severe it is; a test holds that each
/// has its sentence in every language.
pub const CODES: &[(&str, Option<&str>, Severity)] = {
    use Severity::{Error, Warning};
    &[
        ("abbreviation", Some("Q24"), Warning),
        ("absolute-distractors", Some("Q10"), Warning),
        ("absolute-options", Some("Q10"), Warning),
        ("alt-long", Some("Q29"), Warning),
        ("alt-tells", Some("Q29"), Warning),
        ("alt-twice", Some("Q29"), Warning),
        ("avoided-topic", Some("Q20"), Error),
        ("bad-character", None, Error),
        ("bad-date", None, Error),
        ("bad-id", None, Error),
        ("bad-language", None, Error),
        ("bad-media-name", None, Error),
        ("bad-version", None, Error),
        ("bad-waiver", Some("Q20"), Error),
        ("brand", Some("Q31"), Warning),
        ("catch-all-option", Some("Q05"), Error),
        ("colour-alone", Some("Q29"), Warning),
        ("difficulty", None, Error),
        ("double-negative", Some("Q07"), Warning),
        ("duplicate-field", None, Error),
        ("duplicate-language", None, Error),
        ("duplicate-option", None, Error),
        ("duplicate-question", None, Error),
        ("empty-list", None, Error),
        ("empty-pack", None, Error),
        ("empty-text", None, Error),
        ("explanation-long", Some("Q17"), Error),
        ("extension", None, Error),
        ("extra-language", None, Warning),
        ("file-missing", None, Error),
        ("file-too-large", None, Error),
        ("file-unreadable", None, Error),
        ("format-too-new", None, Error),
        ("hotline-outside-question", Some("Q28"), Error),
        ("hotline-review", Some("Q28"), Warning),
        ("incomplete-prompt", Some("Q02"), Warning),
        ("key-count-multi", Some("Q03"), Error),
        ("key-count-single", Some("Q03"), Error),
        ("key-longest", Some("Q08"), Error),
        ("key-positions", Some("Q14"), Error),
        ("key-run", Some("Q14"), Error),
        ("key-stands-out", Some("Q08"), Warning),
        ("letter-reference", Some("Q17"), Error),
        ("missing-alt", Some("Q29"), Error),
        ("missing-field", None, Error),
        ("missing-glyph", None, Error),
        ("missing-language", None, Error),
        ("missing-media", None, Error),
        ("missing-source-field", Some("Q18"), Error),
        ("mixed-units", Some("Q13"), Error),
        ("more-problems", None, Error),
        ("narration-stale", None, Warning),
        ("narration-unknown", None, Error),
        ("near-duplicate", Some("Q25"), Warning),
        ("needless-waiver", Some("Q20"), Warning),
        ("negative-prompt", Some("Q06"), Warning),
        ("nesting", None, Error),
        ("no-distractor", Some("Q03"), Error),
        ("none-current", Some("Q19"), Warning),
        ("not-of-order", Some("Q30"), Error),
        ("not-utf8", None, Error),
        ("numbers-differ", Some("Q21"), Error),
        ("numbers-unsorted", Some("Q13"), Error),
        ("option-count", Some("Q04"), Error),
        ("option-lengths", Some("Q09"), Warning),
        ("option-long", Some("Q23"), Error),
        ("options-alike", Some("Q04"), Error),
        ("past-review", Some("Q19"), Warning),
        ("phone-number", Some("Q28"), Error),
        ("picture-large", Some("Q29"), Error),
        ("picture-of-judgement", Some("Q29"), Error),
        ("picture-of-map", Some("Q29"), Error),
        ("picture-shape", Some("Q29"), Warning),
        ("picture-small", Some("Q29"), Warning),
        ("picture-unreadable", Some("Q29"), Error),
        ("pictures-on-some", Some("Q29"), Error),
        ("plan-unmet", Some("Q27"), Error),
        ("prompt-long", Some("Q23"), Error),
        ("prompt-short", Some("Q02"), Warning),
        ("prompt-word-in-key", Some("Q12"), Warning),
        ("ranges-overlap", Some("Q13"), Error),
        ("rare-characters", Some("Q24"), Warning),
        ("review-before-check", Some("Q18"), Error),
        ("review-too-late", Some("Q18"), Warning),
        ("rumour-kind", None, Error),
        ("several-points", Some("Q01"), Warning),
        ("source-undated", Some("Q18"), Error),
        ("step-count", Some("Q30"), Error),
        ("straight-quotes", None, Warning),
        ("stray-han", Some("Q22"), Error),
        ("stray-latin", Some("Q22"), Error),
        ("syntax", None, Error),
        ("too-many-questions", None, Error),
        ("true-false-options", Some("Q03"), Error),
        ("true-share", Some("Q15"), Error),
        ("units-differ", Some("Q21"), Error),
        ("unknown-field", None, Error),
        ("unknown-hotline", Some("Q28"), Error),
        ("unknown-value", None, Error),
        ("unused-media", None, Warning),
        ("url", Some("Q28"), Error),
        ("vague-option", Some("Q11"), Warning),
    ]
};

//! Telephone lines by id: the numbers that stand in texts as `{{hotline.ID}}`, here and now.
//!
//! The program has a number for every line, in `assets/hotlines.ron`, each with the day on which it
//! is to be looked at again. A station may have another number for a line, or none; for its own
//! numbers it answers itself.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::Deserialize;

use crate::texts::Texts;

/// The list inside the program.
const LIST: &str = include_str!("../assets/hotlines.ron");

/// The most characters of a number.
const MOST_CHARACTERS: usize = 20;

/// What a token begins with.
const OPEN: &str = "{{";

/// What a token ends with.
const CLOSE: &str = "}}";

/// What stands between, before the id.
const KIND: &str = "hotline.";

/// A telephone line.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The stable id: in texts and in `station.ron`.
    pub id: String,
    /// The number that holds where a station says nothing.
    pub number: String,
    /// What it is called, by language.
    pub name: Texts,
    /// What it is for, by language.
    pub purpose: Texts,
    /// Where the number is written down, by language.
    pub source: Texts,
    /// When that was looked at.
    pub checked_on: Date,
    /// The last day on which the number is good without another look.
    pub review_by: Date,
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    // A test holds that the list can be read.
    ron::from_str(LIST).unwrap_or_default()
});

/// Every line that the program knows, sorted by id.
#[must_use]
pub fn lines() -> &'static [Line] {
    &LINES
}

/// The ids of all lines, for a sentence.
#[must_use]
pub fn ids() -> String {
    let ids: Vec<_> = lines().iter().map(|line| line.id.as_str()).collect();
    ids.join(", ")
}

fn line(id: &str) -> Option<&'static Line> {
    lines().iter().find(|line| line.id == id)
}

/// The token for a number that some line has.
#[must_use]
pub fn token_for(number: &str) -> Option<String> {
    let line = lines().iter().find(|line| line.number == number)?;
    Some(format!("{OPEN}{KIND}{}{CLOSE}", line.id))
}

/// Whether this can be a telephone number: 3 to 20 digits, single hyphens between them.
#[must_use]
pub fn is_number(number: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    (3..=MOST_CHARACTERS).contains(&number.len()) && number.split('-').all(digits)
}

/// A place in a text where a number is to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// Its bytes.
    pub at: Range<usize>,
    /// All of it, as it is written.
    pub written: &'t str,
    /// The id of the line; `None` where it is not written as one.
    pub id: Option<&'t str>,
}

/// Everything in double braces, known or not; what is never closed reaches to the end.
pub fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(OPEN)?;
        let inside = text.get(start + OPEN.len()..)?;
        let close = inside.find(CLOSE);
        let end = close.map_or(text.len(), |at| start + OPEN.len() + at + CLOSE.len());
        from = end;
        let id = close.and_then(|at| inside.get(..at)?.strip_prefix(KIND));
        Some(Token {
            at: start..end,
            written: text.get(start..end)?,
            id,
        })
    })
}

/// A text with something else in the place of every token.
#[must_use]
pub fn replaced<'n>(text: &str, mut with: impl FnMut(&Token<'_>) -> &'n str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for token in tokens(text) {
        out.push_str(text.get(from..token.at.start).unwrap_or_default());
        out.push_str(with(&token));
        from = token.at.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The numbers of one station: the program's, unless it has its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hotlines {
    own: BTreeMap<String, Option<String>>,
}

impl Hotlines {
    /// The program's numbers, but for those lines that a station has a number of its own for, or
    /// does not have.
    #[must_use]
    pub fn with_own(own: &[(String, Option<String>)]) -> Self {
        let own = own.iter().cloned().collect();
        Self { own }
    }

    /// The number of a line; `None` where there is no such line.
    #[must_use]
    pub fn number(&self, id: &str) -> Option<&str> {
        match self.own.get(id) {
            Some(own) => own.as_deref(),
            None => line(id).map(|line| line.number.as_str()),
        }
    }

    /// The last day on which the number of a line is good without another look; a station's own
    /// number has none.
    #[must_use]
    pub fn good_until(&self, id: &str) -> Option<Date> {
        let known = line(id).filter(|_| !self.own.contains_key(id));
        known.map(|line| line.review_by)
    }

    /// A text with the numbers in it; `None` where it names a line that there is not.
    #[must_use]
    pub fn filled(&self, text: &str) -> Option<String> {
        let has = |token: Token<'_>| self.number(token.id?);
        tokens(text).all(|token| has(token).is_some()).then(|| {
            replaced(text, |token| {
                token.id.and_then(|id| self.number(id)).unwrap_or_default()
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use jiff::ToSpan;

    /// The most months between the check of a number and the next look (content rules, 3.0).
    const REVIEW_MONTHS: i32 = 3;

    fn own(lines: &[(&str, Option<&str>)]) -> Hotlines {
        let lines = lines.iter();
        let lines = lines.map(|(id, number)| ((*id).to_owned(), number.map(str::to_owned)));
        Hotlines::with_own(&lines.collect::<Vec<_>>())
    }

    #[test]
    fn every_line_of_the_program_has_a_sound_number_words_and_a_look_within_three_months() {
        let read: Vec<Line> = ron::from_str(LIST).unwrap();
        assert_eq!(read, lines());
        assert!(lines().is_sorted_by(|one, next| one.id < next.id));
        for line in lines() {
            assert!(is_number(&line.number), "{line:?}");
            assert!(line.review_by > line.checked_on, "{line:?}");
            let latest = line.checked_on.checked_add(REVIEW_MONTHS.months()).unwrap();
            assert!(line.review_by <= latest, "{line:?}");
            for texts in [&line.name, &line.purpose, &line.source] {
                let tags: Vec<_> = texts.0.iter().map(|(tag, _)| tag.as_str()).collect();
                assert_eq!(tags, ["zh-CN", "en"], "{line:?}");
                assert!(texts.0.iter().all(|(_, text)| !text.trim().is_empty()));
            }
            let token = token_for(&line.number).unwrap();
            assert_eq!(Hotlines::default().filled(&token).unwrap(), line.number);
        }
        assert_eq!(token_for("110"), None);
    }

    #[test]
    fn numbers_are_digits_with_single_hyphens() {
        for number in ["110", "96110", "0731-8866", "400-123-4567"] {
            assert!(is_number(number), "{number}");
        }
        let long = "1".repeat(21);
        for number in [
            "",
            "12",
            "-123",
            "123-",
            "1--2",
            "12 3",
            "12a",
            "１２３",
            &long,
        ] {
            assert!(!is_number(number), "{number}");
        }
    }

    #[test]
    fn tokens_are_found_with_their_ids_and_whatever_else_stands_in_double_braces_too() {
        let found = |text| -> Vec<_> {
            let all = tokens(text);
            all.map(|token| (token.written.to_owned(), token.id.map(str::to_owned)))
                .collect()
        };
        let some = |written: &str, id: &str| (written.to_owned(), Some(id.to_owned()));
        assert_eq!(
            found("打 {{hotline.a}}，或{{hotline.b}}。"),
            [some("{{hotline.a}}", "a"), some("{{hotline.b}}", "b")]
        );
        assert_eq!(found("{{phone}}"), [("{{phone}}".to_owned(), None)]);
        assert_eq!(found("a {{hotline.a"), [("{{hotline.a".to_owned(), None)]);
        assert_eq!(found("{a} }} {"), []);
    }

    #[test]
    fn a_station_has_the_numbers_of_the_program_its_own_or_none() {
        let text = "先打{{hotline.government}}，再打 {{hotline.antifraud}}。";
        let filled = |hotlines: &Hotlines| hotlines.filled(text);
        assert_eq!(
            filled(&Hotlines::default()).unwrap(),
            "先打12345，再打 96110。"
        );
        let elsewhere = own(&[("government", Some("0731-8866"))]);
        assert_eq!(filled(&elsewhere).unwrap(), "先打0731-8866，再打 96110。");
        assert_eq!(filled(&own(&[("antifraud", None)])), None);
        assert_eq!(Hotlines::default().filled("{{hotline.nobody}}"), None);
        assert_eq!(Hotlines::default().filled("{{hotline.antifraud"), None);
        assert_eq!(Hotlines::default().filled("无").unwrap(), "无");
    }

    #[test]
    fn for_its_own_number_a_station_answers_itself() {
        let line = &lines()[0];
        assert_eq!(
            Hotlines::default().good_until(&line.id),
            Some(line.review_by)
        );
        assert_eq!(own(&[(&line.id, Some("123"))]).good_until(&line.id), None);
        assert_eq!(Hotlines::default().good_until("nobody"), None);
    }
}

//! A question in one language, as the rules of wording look at it.

use std::borrow::Cow;

use super::lists::{LISTS, Sense};
use super::texts::filled;
use crate::bank::problem::Arg;
use crate::bank::source::{self, Given, Step};
use crate::bank::{Audience, Kind};
use crate::hotlines;
use crate::texts::Texts;

/// The languages that have rules of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tongue {
    /// Any Chinese.
    Chinese,
    /// Any English.
    English,
    /// A language of which the rules know nothing.
    Other,
}

impl Tongue {
    /// That of a BCP 47 tag.
    pub(super) fn of(tag: &str) -> Self {
        match tag.split('-').next() {
            Some("zh") => Self::Chinese,
            Some("en") => Self::English,
            _ => Self::Other,
        }
    }
}

/// Whether a character is Han.
pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// A text with what is asked of it again and again.
pub(super) struct Text<'q> {
    /// As the author wrote it, with the telephone numbers in it.
    pub(super) written: Cow<'q, str>,
    /// The same by [`plain`].
    pub(super) plain: String,
    /// The listed words in `plain`.
    pub(super) heard: Vec<(usize, &'static str, Sense)>,
    /// `plain` without the numbers of lines that are named by their ids, where there are any.
    pub(super) typed: Option<String>,
    tongue: Tongue,
}

impl<'q> Text<'q> {
    fn new(text: &'q str, tongue: Tongue) -> Self {
        let written = filled(text);
        let typed = matches!(written, Cow::Owned(_));
        let typed = typed.then(|| plain(&hotlines::replaced(text, |_| " "), tongue));
        let plain = plain(&written, tongue);
        let heard = LISTS
            .matcher(tongue)
            .map_or_else(Vec::new, |matcher| matcher.scan(&plain));
        Self {
            written,
            plain,
            heard,
            typed,
            tongue,
        }
    }

    /// The first word of a sense.
    pub(super) fn hears(&self, sense: Sense) -> Option<&'static str> {
        let mut heard = self.heard.iter();
        heard
            .find(|(.., its)| *its == sense)
            .map(|(_, word, _)| *word)
    }

    /// How long it is to read: in Chinese every Han character and every other word or number counts
    /// one, in other languages every word.
    pub(super) fn length(&self) -> usize {
        if self.tongue != Tongue::Chinese {
            let words = self.written.split_whitespace();
            return words
                .filter(|word| word.contains(char::is_alphanumeric))
                .count();
        }
        let mut count = 0;
        let mut in_word = false;
        for character in self.written.chars() {
            let han = is_han(character);
            let joins = character.is_alphanumeric() || in_word && ".,:-".contains(character);
            if han || joins && !in_word {
                count += 1;
            }
            in_word = !han && joins;
        }
        count
    }

    /// How long it looks beside others: letters, digits and Han characters.
    pub(super) fn width(&self) -> usize {
        let seen = self.written.chars().filter(|seen| seen.is_alphanumeric());
        seen.count()
    }
}

/// A text in lower case, half width and simplified characters and, if Chinese, without spaces.
pub(super) fn plain(written: &str, tongue: Tongue) -> String {
    let spaced = tongue != Tongue::Chinese;
    let mut plain = String::with_capacity(written.len());
    for character in written.chars() {
        if character.is_ascii() {
            if spaced || !character.is_ascii_whitespace() {
                plain.push(character.to_ascii_lowercase());
            }
        } else if is_han(character) {
            plain.push(LISTS.simplified(character));
        } else if spaced || !character.is_whitespace() {
            plain.extend(half_width(character).to_lowercase());
        }
    }
    plain
}

/// Full-width forms, as Chinese input methods make them, as the characters that they stand for; the
/// apostrophe as it is typed, and as the lists of words have it.
pub(super) fn half_width(character: char) -> char {
    match character {
        // The semicolon and the question mark are at home in Chinese.
        '；' | '？' => character,
        '’' => '\'',
        '！'..='～' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}

/// An option.
pub(super) struct Opt<'q> {
    /// Its place among the options of the source.
    pub(super) index: usize,
    pub(super) text: Text<'q>,
    pub(super) correct: bool,
    pub(super) feedback: Option<Text<'q>>,
    /// What its picture shows.
    pub(super) alt: Option<Text<'q>>,
}

/// All that is there of a question in one language; what is missing or empty is complained of
/// elsewhere.
pub(super) struct Item<'q> {
    pub(super) tongue: Tongue,
    pub(super) kind: Option<Kind>,
    /// Whether older people are asked it, be it as part of everybody.
    pub(super) senior: bool,
    /// Whether its author says that it asks for what is not so.
    pub(super) negative: bool,
    pub(super) prompt: Option<Text<'q>>,
    pub(super) options: Vec<Opt<'q>>,
    pub(super) explanation: Option<Text<'q>>,
    pub(super) alt: Option<Text<'q>>,
}

impl<'q> Item<'q> {
    pub(super) fn new(question: &'q source::Question, language: &'q str) -> Self {
        let tongue = Tongue::of(language);
        let text = |given: &'q Given<Texts>| {
            let mut texts = given.0.iter().flat_map(|texts| &texts.0);
            let (_, text) = texts.find(|(its, _)| its == language)?;
            (!text.trim().is_empty()).then(|| Text::new(text, tongue))
        };
        let alt = |given: &'q Given<source::Image>| text(&given.0.as_ref()?.alt);
        let options = question.options.0.iter().flatten().enumerate();
        let options = options.filter_map(|(index, option)| {
            Some(Opt {
                index,
                text: text(&option.text)?,
                correct: option.correct.0 == Some(true),
                feedback: text(&option.feedback),
                alt: alt(&option.image),
            })
        });
        let audiences = question.audiences.0.iter().flatten();
        let mut audiences = audiences.map(|audience| Audience::from(*audience));
        Self {
            tongue,
            kind: question.kind.0.map(Kind::from),
            senior: audiences.any(|one| [Audience::Senior, Audience::General].contains(&one)),
            negative: question.negative.0 == Some(true),
            prompt: text(&question.prompt),
            options: options.collect(),
            explanation: text(&question.explanation),
            alt: alt(&question.image),
        }
    }

    /// Whether everything that is asked is there in this language.
    pub(super) fn is_whole(&self, question: &source::Question) -> bool {
        let options = question.options.0.iter().flatten().count();
        self.prompt.is_some() && self.explanation.is_some() && self.options.len() == options
    }

    /// The options, if they are answers and not judgements or steps.
    pub(super) fn answers(&self) -> &[Opt<'q>] {
        match self.kind {
            Some(Kind::Single | Kind::Multi) => &self.options,
            Some(Kind::TrueFalse | Kind::Order) | None => &[],
        }
    }

    /// Every text that a visitor reads, with its place.
    pub(super) fn texts(&self) -> impl Iterator<Item = (At, &Text<'q>)> {
        let whole = [
            (At::Prompt, &self.prompt),
            (At::Explanation, &self.explanation),
            (At::Alt, &self.alt),
        ];
        let whole = whole
            .into_iter()
            .filter_map(|(at, text)| Some((at, text.as_ref()?)));
        let options = self.options.iter().flat_map(|option| {
            let feedback = option.feedback.as_ref();
            let feedback = feedback.map(|text| (At::Feedback(option.index), text));
            let alt = option.alt.as_ref();
            let alt = alt.map(|text| (At::OptionAlt(option.index), text));
            [(At::Option(option.index), &option.text)]
                .into_iter()
                .chain(alt)
                .chain(feedback)
        });
        whole.chain(options)
    }
}

/// A place in a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Prompt,
    Options,
    Option(usize),
    OptionAlt(usize),
    Feedback(usize),
    Explanation,
    Alt,
}

impl At {
    /// The steps to it in one language.
    pub(super) fn steps<'s>(self, language: &'s str) -> Vec<Step<'s>> {
        let language = Step::Language(language);
        let options = Step::Field("options");
        match self {
            Self::Prompt => vec![Step::Field("prompt"), language],
            Self::Options => vec![options],
            Self::Option(index) => vec![options, Step::Entry(index), Step::Field("text"), language],
            Self::OptionAlt(index) => {
                let image = [options, Step::Entry(index), Step::Field("image")];
                [&image[..], &[Step::Field("alt"), language]].concat()
            }
            Self::Feedback(index) => {
                vec![
                    options,
                    Step::Entry(index),
                    Step::Field("feedback"),
                    language,
                ]
            }
            Self::Explanation => vec![Step::Field("explanation"), language],
            Self::Alt => vec![Step::Field("image"), Step::Field("alt"), language],
        }
    }
}

/// What a rule has to say.
pub(super) struct Note {
    pub(super) code: &'static str,
    pub(super) at: At,
    pub(super) args: Vec<(&'static str, Arg)>,
}

/// What the rules have to say of one question.
#[derive(Default)]
pub(super) struct Notes(pub(super) Vec<Note>);

impl Notes {
    pub(super) fn add<const N: usize>(
        &mut self,
        code: &'static str,
        at: At,
        args: [(&'static str, Arg); N],
    ) {
        let args = args.into();
        self.0.push(Note { code, at, args });
    }
}

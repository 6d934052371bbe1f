//! Which texts of a question can be heard, from which file, and whether a person or a machine
//! speaks there. What machines speak stands in `narration.ron`, which a program writes.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{Localised, Question};

/// The file in a pack's folder that names what a machine speaks.
pub const FILE: &str = "narration.ron";

/// What the names of sound files may end in.
pub const SOUNDS: [&str; 2] = ["ogg", "wav"];

/// A text of a question that can be read aloud.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Part {
    /// What is asked.
    Prompt,
    /// The option with this id.
    Option(String),
    /// What is wrong with the option with this id.
    Feedback(String),
    /// Why the right answer is right.
    Explanation,
}

impl Part {
    /// As it is written in RON.
    fn written(&self) -> String {
        match self {
            Self::Prompt => "Prompt".to_owned(),
            Self::Option(id) => format!("Option({id:?})"),
            Self::Feedback(id) => format!("Feedback({id:?})"),
            Self::Explanation => "Explanation".to_owned(),
        }
    }
}

/// A sound file in which a text is read aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    file: String,
    synthetic: bool,
}

impl Recording {
    pub(super) fn new(file: String, synthetic: bool) -> Self {
        Self { file, synthetic }
    }

    /// The file in the pack's folder, as in `media/prompt.ogg`.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Whether a machine speaks.
    #[must_use]
    pub fn is_synthetic(&self) -> bool {
        self.synthetic
    }
}

/// The recordings of a question; not every text has one in every language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narration {
    recordings: BTreeMap<Part, BTreeMap<Arc<str>, Recording>>,
}

impl Narration {
    /// The recording of a text in a language (BCP 47 tag).
    #[must_use]
    pub fn of(&self, part: &Part, language: &str) -> Option<&Recording> {
        self.recordings.get(part)?.get(language)
    }

    /// Whether there is any.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.recordings.is_empty()
    }

    /// All of them.
    pub fn recordings(&self) -> impl Iterator<Item = &Recording> {
        self.recordings.values().flat_map(BTreeMap::values)
    }

    /// Takes one more; the first of a text in a language stays.
    pub(super) fn add(&mut self, part: Part, language: &str, recording: Recording) {
        let of_part = self.recordings.entry(part).or_default();
        of_part.entry(language.into()).or_insert(recording);
    }
}

/// The texts of a question that can be read aloud, in the order of the pack.
pub fn parts(question: &Question) -> impl Iterator<Item = (Part, &Localised)> {
    let options = question.options().iter();
    let options = options.flat_map(|option| {
        let id = || option.id().to_owned();
        let feedback = option.feedback();
        let feedback = feedback.map(|feedback| (Part::Feedback(id()), feedback));
        [Some((Part::Option(id()), option.text())), feedback]
    });
    std::iter::once((Part::Prompt, question.prompt()))
        .chain(options.flatten())
        .chain([(Part::Explanation, question.explanation())])
}

/// One entry of `narration.ron`: a text as a machine speaks it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spoken {
    /// The question's id.
    pub question: String,
    /// Which of its texts.
    pub part: Part,
    /// In which language.
    pub language: String,
    /// The text that is spoken; see [`fingerprint`].
    pub of: String,
    /// The file in the pack's folder.
    pub file: String,
}

/// `narration.ron` with these entries.
#[must_use]
pub fn written(entries: &[Spoken]) -> String {
    let mut text = String::from(
        "// What a computer voice speaks. Written by `kepu pack narrate`; recordings by people are\n\
         // named in questions.ron and come before these.\n[\n",
    );
    for entry in entries {
        let (question, part, language) = (&entry.question, entry.part.written(), &entry.language);
        let (of, file) = (&entry.of, &entry.file);
        // A string takes it whatever is in it.
        let _ = writeln!(
            text,
            "    Spoken(question: {question:?}, part: {part}, language: {language:?}, of: {of:?}, \
             file: {file:?}),"
        );
    }
    text.push_str("]\n");
    text
}

/// What tells a text from every other: 16 hexadecimal digits. A recording of another text is not
/// played.
#[must_use]
pub fn fingerprint(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(8).fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// How many texts of a pack can be heard in a language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The pack's id.
    pub pack: String,
    /// The language (BCP 47 tag).
    pub language: String,
    /// Texts that a person reads.
    pub recorded: usize,
    /// Texts that a machine reads.
    pub synthetic: usize,
    /// Texts that cannot be heard.
    pub silent: usize,
}

impl Coverage {
    /// Of every language of a pack.
    #[must_use]
    pub fn of(pack: &super::Pack) -> Vec<Self> {
        let languages = pack.info().languages();
        let of_language = |language: &str| {
            let mut row = Self {
                pack: pack.info().id().to_owned(),
                language: language.to_owned(),
                recorded: 0,
                synthetic: 0,
                silent: 0,
            };
            for question in pack.questions() {
                for (part, _) in parts(question) {
                    *match question.narration().of(&part, language) {
                        Some(recording) if recording.is_synthetic() => &mut row.synthetic,
                        Some(_) => &mut row.recorded,
                        None => &mut row.silent,
                    } += 1;
                }
            }
            row
        };
        languages.map(of_language).collect()
    }

    /// Whether anything can be heard.
    #[must_use]
    pub fn is_heard(&self) -> bool {
        self.recorded + self.synthetic > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let parts = [
            Part::Prompt,
            Part::Option("a".to_owned()),
            Part::Feedback("b-2".to_owned()),
            Part::Explanation,
        ];
        let entries = parts.map(|part| Spoken {
            question: "tap".to_owned(),
            part,
            language: "zh-CN".to_owned(),
            of: fingerprint("水"),
            file: "media/a \"quoted\" one.wav".to_owned(),
        });
        let read: Vec<Spoken> = ron::from_str(&written(&entries)).expect("what was written");
        assert_eq!(read, entries);
        assert_eq!(fingerprint("水").len(), 16);
        assert_ne!(fingerprint("水"), fingerprint("火"));
    }
}

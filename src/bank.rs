//! The questions that a station can ask: checked, and read-only from then on.
//!
//! A value of these types cannot be wrong: it exists only because `check` found nothing to refuse.
//! The types do no I/O, read no clock and draw no randomness. What is recorded about them are
//! ids, never positions or displayed text.

mod check;
pub mod coverage;
pub mod likeness;
mod lines;
mod load;
pub mod misconceptions;
pub mod narration;
mod picture;
mod problem;
mod provenance;
mod source;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

use crate::texts::{Spoken, nearness};

pub use check::{MULTI_OPTIONS, ORDER_STEPS, REVIEW_MONTHS, SINGLE_OPTIONS, find_places};
pub use load::{Checked, PackFiles, check_packs, find_packs, load};
pub use narration::Narration;
pub use picture::{PICTURE_HEAD, PICTURE_SIDE, Size, sizes};
pub use problem::{Arg, CODES, Place, Problem, Severity};
pub use provenance::Source;

/// The newest source form that this program reads (`format` in `pack.ron`).
pub const FORMAT: u32 = 1;

/// The most bytes that one RON file may have; longer ones are refused unread.
pub const FILE_LIMIT: u64 = 2 * 1024 * 1024;

/// The most media files of a pack that are looked at; more are as if they were not there.
pub const MOST_MEDIA: usize = 5000;

/// For whom a question is written. What a visitor picks, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Audience {
    /// Pupils and young people.
    Youth,
    /// Those who farm.
    Farmer,
    /// Those who work in factories, on sites, on delivery rounds.
    Worker,
    /// Older people.
    Senior,
    /// Officials and civil servants.
    Cadre,
    /// Everyone: a question for `General` is asked of every audience.
    General,
}

impl Audience {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::General,
        Self::Senior,
        Self::Youth,
        Self::Farmer,
        Self::Worker,
        Self::Cadre,
    ];

    /// The stable id: in packs, records and Fluent keys.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Youth => "youth",
            Self::Farmer => "farmer",
            Self::Worker => "worker",
            Self::Senior => "senior",
            Self::Cadre => "cadre",
            Self::General => "general",
        }
    }
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One option is right.
    Single,
    /// A statement to be judged: options `true` and `false`.
    TrueFalse,
    /// Several options are right, and all of them are to be chosen: all or nothing.
    Multi,
    /// Steps to be put in order: the pack lists its options in the right one, and no other is
    /// right, not even in part: all or nothing.
    Order,
}

/// A text in every language of its pack, with the telephone numbers in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Localised {
    by_language: BTreeMap<Arc<str>, String>,
    fallback: Arc<str>,
    /// What was written, in those languages in which it names a line; see [`crate::hotlines`].
    with_lines: BTreeMap<Arc<str>, String>,
}

impl Localised {
    /// The text in a language (BCP 47 tag), or else in the nearest one, or else in the pack's first
    /// language.
    #[must_use]
    pub fn get(&self, language: &str) -> &str {
        self.nearest(language).text
    }

    /// The same with the tag of the language that it is in.
    #[must_use]
    pub fn nearest(&self, language: &str) -> Spoken<'_> {
        let exact = self.by_language.get_key_value(language);
        let kin = || {
            let kin = self
                .by_language
                .iter()
                .filter(|(tag, _)| nearness(language, tag) > 0);
            // Of several the first.
            kin.rev().max_by_key(|(tag, _)| nearness(language, tag))
        };
        let found = exact.or_else(kin);
        let found = found.or_else(|| self.by_language.get_key_value(&self.fallback));
        let (language, text) = found.map_or(("", ""), |(tag, text)| (tag, text));
        Spoken { language, text }
    }

    /// Whether the text is given in exactly this language.
    #[must_use]
    pub fn has(&self, language: &str) -> bool {
        self.by_language.contains_key(language)
    }
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    id: String,
    text: Localised,
    image: Option<Image>,
    correct: bool,
    feedback: Option<Localised>,
    misconception: Option<String>,
}

impl Choice {
    /// The stable id, unique in its question.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What stands on the option.
    #[must_use]
    pub fn text(&self) -> &Localised {
        &self.text
    }

    /// The picture above its text; the other options of its question have one, too.
    #[must_use]
    pub fn image(&self) -> Option<&Image> {
        self.image.as_ref()
    }

    /// Whether it is to be chosen. Of a step of an `Order` question that says nothing: all are.
    #[must_use]
    pub fn is_correct(&self) -> bool {
        self.correct
    }

    /// What is wrong with it, for somebody who chose it.
    #[must_use]
    pub fn feedback(&self) -> Option<&Localised> {
        self.feedback.as_ref()
    }

    /// The tag of the belief behind a wrong option.
    #[must_use]
    pub fn misconception(&self) -> Option<&str> {
        self.misconception.as_deref()
    }
}

/// A picture: above the options, or on one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    file: String,
    alt: Localised,
    size: Size,
}

impl Image {
    /// The file in the pack's folder, as in `media/tap.png`.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What it shows, for those who cannot see it.
    #[must_use]
    pub fn alt(&self) -> &Localised {
        &self.alt
    }

    /// How large it is, as its file says, in pixels.
    #[must_use]
    pub fn size(&self) -> Size {
        self.size
    }
}

/// A question.
#[derive(Clone, Debug)]
pub struct Question {
    id: String,
    pack: Arc<PackInfo>,
    kind: Kind,
    rumour: bool,
    audiences: Vec<Audience>,
    difficulty: u8,
    fact: Option<String>,
    prompt: Localised,
    negative: bool,
    image: Option<Image>,
    keeps_order: bool,
    options: Vec<Choice>,
    explanation: Localised,
    narration: Narration,
    source: Source,
    review_by: Date,
    /// The last day on which the telephone numbers in it are good without another look.
    numbers_until: Option<Date>,
    /// Whether it names a line that the station does not have.
    lacks_line: bool,
}

impl Question {
    /// The stable id, unique in its pack.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The pack it belongs to.
    #[must_use]
    pub fn pack(&self) -> &PackInfo {
        &self.pack
    }

    /// How it is answered.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// Whether it is a claim that goes round, to be told as a fact or a rumour: a `TrueFalse`
    /// question that a screen puts in another way.
    #[must_use]
    pub fn is_rumour(&self) -> bool {
        self.rumour
    }

    /// For whom it was written.
    #[must_use]
    pub fn audiences(&self) -> &[Audience] {
        &self.audiences
    }

    /// Whether it may be asked of this audience.
    #[must_use]
    pub fn suits(&self, audience: Audience) -> bool {
        self.audiences
            .iter()
            .any(|own| *own == audience || *own == Audience::General)
    }

    /// 1 easy, 2 middle, 3 hard.
    #[must_use]
    pub fn difficulty(&self) -> u8 {
        self.difficulty
    }

    /// The id of the fact asked about: one round never asks the same fact twice.
    #[must_use]
    pub fn fact(&self) -> Option<&str> {
        self.fact.as_deref()
    }

    /// What is asked.
    #[must_use]
    pub fn prompt(&self) -> &Localised {
        &self.prompt
    }

    /// Whether it asks for what is not so, on purpose: a screen stresses that.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// The picture above the options.
    #[must_use]
    pub fn image(&self) -> Option<&Image> {
        self.image.as_ref()
    }

    /// Every picture that it shows: its own, and those of its options in the order of the pack.
    pub fn images(&self) -> impl Iterator<Item = &Image> {
        let of_options = self.options.iter().filter_map(Choice::image);
        self.image.iter().chain(of_options)
    }

    /// In which files which of its texts is read aloud.
    #[must_use]
    pub fn narration(&self) -> &Narration {
        &self.narration
    }

    /// Whether the options have an order of their own (numbers, sizes) that shuffling would break.
    /// Those of an `Order` question never keep it: it is what is asked about.
    #[must_use]
    pub fn keeps_order(&self) -> bool {
        self.keeps_order
    }

    /// The options in the order of the pack, which is the right one of an `Order` question.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        &self.options
    }

    /// How many options are right: one, for `Multi` two and more, for `Order` none by itself.
    #[must_use]
    pub fn correct_count(&self) -> usize {
        self.options.iter().filter(|option| option.correct).count()
    }

    /// Why the right answer is right.
    #[must_use]
    pub fn explanation(&self) -> &Localised {
        &self.explanation
    }

    /// Where it is written.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The last day on which it may be asked: that of its own review, or of the next look at a
    /// telephone number in it where that comes first.
    #[must_use]
    pub fn review_by(&self) -> Date {
        let numbers = self.numbers_until.unwrap_or(self.review_by);
        self.review_by.min(numbers)
    }

    /// Whether nothing but the pack differs: what a visitor sees and all that goes with it.
    #[must_use]
    pub fn says_the_same(&self, other: &Self) -> bool {
        // Taken apart so that a new field cannot be forgotten here.
        let Self {
            id,
            pack: _,
            kind,
            rumour,
            audiences,
            difficulty,
            fact,
            prompt,
            image,
            narration,
            keeps_order,
            negative,
            options,
            explanation,
            source,
            review_by,
            numbers_until: _,
            lacks_line: _,
        } = self;
        *id == other.id
            && *kind == other.kind
            && *rumour == other.rumour
            && *audiences == other.audiences
            && *difficulty == other.difficulty
            && *fact == other.fact
            && *prompt == other.prompt
            && *image == other.image
            && *narration == other.narration
            && *negative == other.negative
            && *keeps_order == other.keeps_order
            && *options == other.options
            && *explanation == other.explanation
            && *source == other.source
            && *review_by == other.review_by
    }

    /// Whether all of it is there in a language (BCP 47 tag), so that nothing is taken from another.
    #[must_use]
    pub fn speaks(&self, language: &str) -> bool {
        let whole = [&self.prompt, &self.explanation];
        let source = [&self.source.title, &self.source.issuer];
        let options = self.options.iter();
        let options = options.flat_map(|option| [Some(&option.text), option.feedback.as_ref()]);
        let alt = self.image.as_ref().map(|image| &image.alt);
        let mut texts = whole.into_iter().chain(source);
        texts.all(|text| text.has(language))
            && options
                .chain([alt])
                .flatten()
                .all(|text| text.has(language))
    }

    /// Whether it may be asked on this day.
    #[must_use]
    pub fn is_current(&self, today: Date) -> bool {
        !self.lacks_line && today <= self.review_by()
    }
}

/// What a pack says of itself.
#[derive(Clone, Debug)]
pub struct PackInfo {
    id: String,
    folder: PathBuf,
    version: u32,
    title: Localised,
    topic: String,
    languages: Vec<Arc<str>>,
    publisher: Localised,
    fewer_options: bool,
    plan: Vec<(Audience, u8, usize)>,
}

impl PackInfo {
    /// The stable id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The folder it was read from; the media that its questions name are under it.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The version, rising from 1.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The pack's name.
    #[must_use]
    pub fn title(&self) -> &Localised {
        &self.title
    }

    /// The topic's id.
    #[must_use]
    pub fn topic(&self) -> &str {
        &self.topic
    }

    /// Who answers for it.
    #[must_use]
    pub fn publisher(&self) -> &Localised {
        &self.publisher
    }

    /// The languages (BCP 47 tags) in which every text of the pack is given.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.languages.iter().map(AsRef::as_ref)
    }

    /// Whether a question of it may offer three options where it has more, to somebody who asked
    /// for large type.
    #[must_use]
    pub fn allows_fewer_options(&self) -> bool {
        self.fewer_options
    }

    /// How many questions it is to have at least, by audience and difficulty (rule Q27).
    #[must_use]
    pub fn plan(&self) -> &[(Audience, u8, usize)] {
        &self.plan
    }
}

/// A pack without errors.
#[derive(Clone, Debug)]
pub struct Pack {
    info: Arc<PackInfo>,
    questions: Vec<Arc<Question>>,
}

impl Pack {
    /// What it says of itself.
    #[must_use]
    pub fn info(&self) -> &PackInfo {
        &self.info
    }

    /// Its questions in the order of the file.
    #[must_use]
    pub fn questions(&self) -> &[Arc<Question>] {
        &self.questions
    }
}

/// All questions usable now.
#[derive(Clone, Debug, Default)]
pub struct QuestionBank {
    packs: Vec<Pack>,
}

impl QuestionBank {
    /// The packs, each id once.
    #[must_use]
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// Every question of every pack.
    pub fn questions(&self) -> impl Iterator<Item = &Arc<Question>> {
        self.packs.iter().flat_map(|pack| &pack.questions)
    }

    /// The questions that may be asked of an audience on a topic on a day.
    #[must_use]
    pub fn cell(&self, audience: Audience, topic: &str, today: Date) -> Vec<Arc<Question>> {
        self.questions()
            .filter(|question| {
                question.pack.topic == topic
                    && question.suits(audience)
                    && question.is_current(today)
            })
            .cloned()
            .collect()
    }

    /// The topics for which an audience can be asked anything on a day, in the order of the packs.
    #[must_use]
    pub fn topics(&self, audience: Audience, today: Date) -> Vec<&str> {
        let mut topics: Vec<&str> = Vec::new();
        for pack in &self.packs {
            let topic = pack.info.topic.as_str();
            if !topics.contains(&topic) && !self.cell(audience, topic, today).is_empty() {
                topics.push(topic);
            }
        }
        topics
    }
}

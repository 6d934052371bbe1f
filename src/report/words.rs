//! The words of a report in one language: names for ids, of questions from their packs, of places
//! from a table. What nobody has a name for is shown by its id.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::Beside;
use super::places::{Level, Names, is_code};
use super::summary::Asked;
use super::table::{Cell, Column, Kind};
use crate::bank::misconceptions;
use crate::bank::{self, PackFiles, PackInfo, Question, check_packs};
use crate::locale::{FluentValue, Locales};

/// The questions that texts are known of.
#[derive(Debug, Default)]
pub struct Catalogue {
    questions: BTreeMap<Asked, Arc<Question>>,
}

impl Catalogue {
    /// Takes the questions of every sound pack; other packs' are shown by their ids.
    #[must_use]
    pub fn new(packs: Vec<PackFiles>, today: Date) -> Self {
        let mut questions = BTreeMap::new();
        for pack in check_packs(packs, today, &|_| {})
            .into_iter()
            .filter_map(|one| one.pack)
        {
            for question in pack.questions() {
                let asked = Asked {
                    pack: pack.info().id().to_owned(),
                    version: pack.info().version(),
                    question: question.id().to_owned(),
                };
                questions.insert(asked, Arc::clone(question));
            }
        }
        Self { questions }
    }

    /// A question, if exactly this version of it is known: another one may say something else.
    #[must_use]
    pub fn question(&self, asked: &Asked) -> Option<&Question> {
        self.questions.get(asked).map(Arc::as_ref)
    }

    /// Every question.
    pub fn questions(&self) -> impl Iterator<Item = (&Asked, &Question)> {
        self.questions
            .iter()
            .map(|(asked, question)| (asked, question.as_ref()))
    }

    /// What a pack says of itself.
    #[must_use]
    pub fn pack(&self, id: &str, version: u32) -> Option<&PackInfo> {
        let from = Asked {
            pack: id.to_owned(),
            version,
            question: String::new(),
        };
        let (asked, question) = self.questions.range(from..).next()?;
        (asked.pack == id && asked.version == version).then(|| question.pack())
    }
}

/// Names for everything, in one language.
pub(super) struct Words<'a> {
    locales: &'a Locales,
    /// The language of the report, as a tag.
    pub(super) language: &'a str,
    /// The questions.
    pub(super) catalogue: &'a Catalogue,
    names: &'a Names,
    /// The day whose names of places hold.
    on: Date,
    /// The day on which the report is made.
    pub(super) today: Date,
}

impl<'a> Words<'a> {
    /// Words in a language, with the names that places had on a day.
    pub(super) fn new(
        locales: &'a Locales,
        language: &'a str,
        beside: &Beside<'a>,
        on: Date,
    ) -> Self {
        Self {
            locales,
            language,
            catalogue: beside.catalogue,
            names: beside.names,
            on,
            today: beside.today,
        }
    }

    /// A message.
    pub(super) fn say(&self, key: &str) -> String {
        self.locales.text(self.language, key)
    }

    /// A message with values.
    pub(super) fn say_with(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.locales.format(self.language, key, args)
    }

    /// The name under a key made of an id, if there is one; a missing id is "not given".
    fn named(&self, id: &str, key: &str) -> Cell {
        let name = if id.is_empty() {
            self.say("report-not-given")
        } else if self.locales.has(self.language, key) {
            self.say(key)
        } else {
            id.to_owned()
        };
        Cell::Named {
            id: id.to_owned(),
            name,
        }
    }

    /// An audience.
    pub(super) fn audience(&self, id: &str) -> Cell {
        self.named(id, &format!("audience-{id}"))
    }

    /// A topic.
    pub(super) fn topic(&self, id: &str) -> Cell {
        self.named(id, &format!("topic-name-{id}"))
    }

    /// Something that visitors may ask for.
    pub(super) fn request(&self, kind: &str, id: &str) -> Cell {
        self.named(id, &format!("request-{kind}-{id}"))
    }

    /// A kind of place.
    pub(super) fn venue(&self, id: &str) -> Cell {
        self.named(id, &format!("venue-{id}"))
    }

    /// How sessions ended.
    pub(super) fn outcome(&self, id: &str) -> Cell {
        self.named(id, &format!("outcome-{}", id.replace('_', "-")))
    }

    /// How the interface looked.
    pub(super) fn profile(&self, id: &str) -> Cell {
        match id {
            "standard" => self.named(id, "report-profile-standard"),
            "large" => self.named(id, "report-profile-large"),
            _ => self.named(id, id),
        }
    }

    /// A language, in that language.
    pub(super) fn language_name(&self, tag: &str) -> Cell {
        let own = self.locales.lookup(tag, "language-name", &[]);
        match own {
            Some(name) => Cell::Named {
                id: tag.to_owned(),
                name,
            },
            None => self.named(tag, tag),
        }
    }

    /// A level of places.
    pub(super) fn level(&self, level: Level) -> Cell {
        let name = match level {
            Level::Province => self.say("report-level-province"),
            Level::Prefecture => self.say("report-level-prefecture"),
            Level::County => self.say("report-level-county"),
            Level::Township => self.say("report-level-township"),
            Level::Village => self.say("report-level-village"),
        };
        Cell::Named {
            id: level.as_str().to_owned(),
            name,
        }
    }

    /// A place, by the digits that name it.
    pub(super) fn place(&self, digits: &str) -> Cell {
        match self.names.name(digits, self.language, self.on) {
            Some(name) => Cell::Named {
                id: digits.to_owned(),
                name: name.to_owned(),
            },
            None => self.named(digits, digits),
        }
    }

    /// Whether a place should have a name and has none: a code without an entry, or no code at all.
    pub(super) fn is_unknown_place(&self, digits: &str) -> bool {
        let is_known = self.names.name(digits, self.language, self.on).is_some();
        !digits.is_empty() && !is_known && (!self.names.is_empty() || !is_prefix(digits))
    }

    /// A station, which has no name but its id.
    pub(super) fn station(&self, id: &str) -> Cell {
        self.named(id, id)
    }

    /// A month or a day, which is its own name.
    pub(super) fn date(&self, text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    /// A pack.
    pub(super) fn pack(&self, id: &str, version: u32) -> Cell {
        let info = self.catalogue.pack(id, version);
        Cell::Named {
            id: id.to_owned(),
            name: info
                .map_or(id, |info| info.title().get(self.language))
                .to_owned(),
        }
    }

    /// A question: what it asks.
    pub(super) fn question(&self, asked: &Asked) -> Cell {
        let question = self.catalogue.question(asked);
        Cell::Named {
            id: asked.question.clone(),
            name: question
                .map_or(asked.question.as_str(), |own| {
                    own.prompt().get(self.language)
                })
                .to_owned(),
        }
    }

    /// Chosen options, ids with spaces between: what stands on them, one after the other where
    /// their order is the answer.
    pub(super) fn options(&self, asked: &Asked, ids: &str) -> Cell {
        let question = self.catalogue.question(asked);
        let text = |id: &str| {
            let options = question.map_or(&[][..], Question::options);
            let option = options.iter().find(|option| option.id() == id);
            option
                .map_or(id, |option| option.text().get(self.language))
                .to_owned()
        };
        let between = match question.map(Question::kind) {
            Some(bank::Kind::Order) => " → ",
            _ => " + ",
        };
        Cell::Named {
            id: ids.to_owned(),
            name: ids.split(' ').map(text).collect::<Vec<_>>().join(between),
        }
    }

    /// The beliefs behind chosen wrong options: their tags, and what these stand for.
    pub(super) fn misconceptions(&self, asked: &Asked, ids: &str) -> Cell {
        let question = self.catalogue.question(asked);
        let tags: Vec<&str> = question
            .map_or(&[][..], Question::options)
            .iter()
            .filter(|option| ids.split(' ').any(|id| id == option.id()))
            .filter_map(|option| option.misconception())
            .collect();
        if tags.is_empty() {
            return Cell::Nothing;
        }
        let words = tags
            .iter()
            .map(|tag| misconceptions::words(tag, self.language).unwrap_or(tag));
        Cell::Named {
            id: tags.join(" + "),
            name: words.collect::<Vec<_>>().join(" + "),
        }
    }

    /// Columns in their order.
    pub(super) fn columns(&self, columns: &[(&'static str, Kind)]) -> Vec<Column> {
        let columns = columns.iter();
        columns.map(|(id, kind)| self.column(id, *kind)).collect()
    }

    /// A column whose cells have ids and names, or are texts.
    pub(super) fn column(&self, id: &'static str, kind: Kind) -> Column {
        let label = match id {
            "month" => self.say("report-column-month"),
            "audience" => self.say("report-column-audience"),
            "topic" => self.say("report-column-topic"),
            "language" => self.say("report-column-language"),
            "profile" => self.say("report-column-profile"),
            "outcome" => self.say("report-column-outcome"),
            "hour" => self.say("report-column-hour"),
            "venue" => self.say("report-column-venue"),
            "level" => self.say("report-column-level"),
            "division" => self.say("report-column-division"),
            "station" => self.say("report-column-station"),
            "pack" => self.say("report-column-pack"),
            "version" => self.say("report-column-version"),
            "question" => self.say("report-column-question"),
            "what" => self.say("report-column-what"),
            "number" => self.say("report-column-number"),
            "target" => self.say("report-column-target"),
            "reached" => self.say("report-column-reached"),
            "share_of_target" => self.say("report-column-share-of-target"),
            "started" => self.say("report-column-started"),
            "answered" => self.say("report-column-answered"),
            "completed" => self.say("report-column-completed"),
            "answers" => self.say("report-column-answers"),
            "correct" => self.say("report-column-correct"),
            "share_correct" => self.say("report-column-share-correct"),
            "days_active" => self.say("report-column-days-active"),
            "most_chosen_wrong" => self.say("report-column-most-chosen-wrong"),
            "times_chosen" => self.say("report-column-times-chosen"),
            "misconception" => self.say("report-column-misconception"),
            "second_answers" => self.say("report-column-second-answers"),
            "second_correct" => self.say("report-column-second-correct"),
            "requested_topic" => self.say("report-column-requested-topic"),
            "requested_form" => self.say("report-column-requested-form"),
            "requests" => self.say("report-column-requests"),
            "review_by" => self.say("report-column-review-by"),
            _ => id.to_owned(),
        };
        Column { id, label, kind }
    }

    /// A number of the whole period.
    pub(super) fn whole(&self, id: &str) -> Cell {
        let name = match id {
            "started" => self.say("report-column-started"),
            "answered" => self.say("report-column-answered"),
            "completed" => self.say("report-column-completed"),
            "answers" => self.say("report-column-answers"),
            "correct" => self.say("report-column-correct"),
            "days_active" => self.say("report-column-days-active"),
            "stations_active" => self.say("report-stations-active"),
            "townships_covered" => self.say("report-townships-covered"),
            "undated" => self.say("report-undated"),
            "second_answers" => self.say("report-column-second-answers"),
            "second_correct" => self.say("report-column-second-correct"),
            _ => id.to_owned(),
        };
        Cell::Named {
            id: id.to_owned(),
            name,
        }
    }
}

/// Whether these are the digits of a place.
fn is_prefix(digits: &str) -> bool {
    digits.len() <= 12 && is_code(&format!("{digits:0<12}"))
}

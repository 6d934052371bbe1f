//! One visit: who is at the screen, as far as the screen needs to know, and the round they play.
//! Nothing of it is left for the next visitor.

use std::time::Duration;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;
use jiff::Zoned;
use jiff::civil::Date;
use rand::TryRng;
use rand::rngs::SysRng;

use super::narration::Level;
use super::screens::Screen;
use super::theme::palette::TOPICS;
use crate::bank::{Audience, QuestionBank};
use crate::config::Station;
use crate::locale::{FluentValue, Locales};
use crate::records::{RequestKind, SessionId};
use crate::session::{Round, Session, Wish, draw};
use crate::texts::nearness;

/// The texts of the interface.
#[derive(Resource)]
pub(super) struct Texts(pub(super) Locales);

/// The questions.
#[derive(Resource)]
pub(super) struct Questions(pub(super) QuestionBank);

/// What is particular to this kiosk.
#[derive(Resource)]
pub(super) struct Rules(pub(super) Station);

/// How long a round is, whatever the station's settings say.
#[derive(Resource, Default)]
pub(super) struct RoundLength(pub(super) Option<usize>);

/// The languages offered, the default one first.
#[derive(Resource)]
pub(super) struct Languages(pub(super) Vec<String>);

/// The languages that a station offers: those it names, or all that need not be named, zh-CN first.
pub(super) fn offered(locales: &Locales, station: &Station) -> Vec<String> {
    let shipped: Vec<String> = locales.tags().collect();
    let mut named: Vec<String> = Vec::new();
    for tag in &station.languages {
        if shipped.contains(tag) && !named.contains(tag) {
            named.push(tag.clone());
        }
    }
    if named.is_empty() {
        named = locales.offered().collect();
        named.sort_by_key(|tag| tag != "zh-CN");
    }
    named
}

/// How the interface adapts to a visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Profile {
    /// As it is.
    #[default]
    Standard,
    /// Larger type and targets.
    Large,
}

impl Profile {
    /// The large one, or the standard one.
    pub(super) fn of(large: bool) -> Self {
        if large { Self::Large } else { Self::Standard }
    }

    /// The stable id for records.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Large => "large",
        }
    }

    pub(super) fn other(self) -> Self {
        match self {
            Self::Standard => Self::Large,
            Self::Large => Self::Standard,
        }
    }
}

/// A round being played, and the id under which it is stored.
pub(super) struct Play {
    pub(super) session: Session,
    pub(super) id: SessionId,
    /// Since the program's start.
    pub(super) began: Duration,
    /// Whether the stored session has been ended.
    pub(super) ended: bool,
    /// Whether it is what was missed, tried again: no session more.
    pub(super) again: bool,
}

/// What a visitor would like to learn next, by the ids of `requests`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Requests {
    /// The session that counts: the round that was drawn, not what of it is tried again.
    pub(super) session: SessionId,
    topic: Option<String>,
    form: Option<String>,
}

impl Requests {
    /// Nothing yet, after this session.
    pub(super) fn after(session: SessionId) -> Self {
        Self {
            session,
            topic: None,
            form: None,
        }
    }

    /// The id of what is chosen of a kind.
    pub(super) fn of(&self, kind: RequestKind) -> Option<&str> {
        match kind {
            RequestKind::Topic => self.topic.as_deref(),
            RequestKind::Form => self.form.as_deref(),
        }
    }

    /// Chooses one of a kind, instead of another, or none.
    pub(super) fn choose(&mut self, kind: RequestKind, choice: Option<String>) {
        match kind {
            RequestKind::Topic => self.topic = choice,
            RequestKind::Form => self.form = choice,
        }
    }
}

/// The visit going on, if there is one.
#[derive(Resource)]
pub(super) struct Visit {
    pub(super) language: String,
    pub(super) profile: Profile,
    /// Whether the visitor asked for this profile themselves.
    pub(super) profile_chosen: bool,
    /// Whether the colours are those of high contrast, if the visitor has said so.
    pub(super) contrast: Option<bool>,
    pub(super) audience: Option<Audience>,
    pub(super) topic: Option<String>,
    pub(super) play: Option<Play>,
    pub(super) requests: Option<Requests>,
    /// How loud questions are read.
    pub(super) volume: Level,
}

impl Visit {
    /// Nobody yet: everything at its default.
    pub(super) fn new(languages: &[String]) -> Self {
        Self {
            language: languages.first().cloned().unwrap_or_default(),
            profile: Profile::Standard,
            profile_chosen: false,
            contrast: None,
            audience: None,
            topic: None,
            play: None,
            requests: None,
            volume: Level::default(),
        }
    }
}

/// Where randomness comes from: a given seed, or the operating system.
#[derive(Resource)]
pub(super) struct Seeds {
    next: Option<u64>,
}

impl Seeds {
    pub(super) fn new(seed: Option<u64>) -> Self {
        Self { next: seed }
    }

    /// The seed of the next round.
    pub(super) fn round(&mut self) -> u64 {
        match &mut self.next {
            Some(next) => {
                let seed = *next;
                *next = next.wrapping_add(1);
                seed
            }
            None => {
                let mut bytes = [0; 8];
                fill_random(&mut bytes);
                u64::from_le_bytes(bytes)
            }
        }
    }

    /// An id for a session: always from the operating system, so that no two sessions share one.
    pub(super) fn session_id(&mut self) -> SessionId {
        let mut bytes = [0; 16];
        fill_random(&mut bytes);
        SessionId::from_bytes(bytes)
    }
}

fn fill_random(bytes: &mut [u8]) {
    if let Err(error) = SysRng.try_fill_bytes(bytes) {
        // Only very early in a machine's start; the bytes stay what they are and play goes on.
        warn!("the operating system gave no random numbers: {error}");
    }
}

/// The local day.
pub(super) fn today() -> Date {
    Zoned::now().date()
}

/// What a screen is made from.
#[derive(SystemParam)]
pub(super) struct Scene<'w> {
    texts: Res<'w, Texts>,
    questions: Res<'w, Questions>,
    rules: Res<'w, Rules>,
    round_length: Res<'w, RoundLength>,
    pub(super) languages: Res<'w, Languages>,
    pub(super) visit: Res<'w, Visit>,
    screen: Res<'w, State<Screen>>,
}

impl Scene<'_> {
    /// The screen that is shown.
    pub(super) fn screen(&self) -> Screen {
        *self.screen.get()
    }

    /// A text of the interface in the visitor's language.
    pub(super) fn say(&self, key: &str) -> String {
        self.texts.0.text(&self.visit.language, key)
    }

    /// A text of the interface, if there is one in the visitor's language.
    pub(super) fn say_if(&self, key: &str) -> Option<String> {
        let known = self.texts.0.has(&self.visit.language, key);
        known.then(|| self.say(key))
    }

    /// The same with arguments.
    pub(super) fn say_with(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.texts.0.format(&self.visit.language, key, args)
    }

    /// Whether staff have turned the sound off.
    pub(super) fn is_silent(&self) -> bool {
        self.rules.0.volume == 0
    }

    /// A text of the interface in a language of choice.
    pub(super) fn say_in(&self, language: &str, key: &str) -> String {
        self.texts.0.text(language, key)
    }

    /// The same with arguments.
    pub(super) fn say_in_with(
        &self,
        language: &str,
        key: &str,
        args: &[(&str, FluentValue<'_>)],
    ) -> String {
        self.texts.0.format(language, key, args)
    }

    /// The language for a sentence around a text of a pack: the text's own if it is kin to the
    /// visitor's, so that one line is not in two scripts.
    pub(super) fn language_around<'a>(&'a self, language: &'a str) -> &'a str {
        if nearness(&self.visit.language, language) > 0 {
            language
        } else {
            &self.visit.language
        }
    }

    /// How many texts of the interface a language lacks.
    pub(super) fn lacking(&self, language: &str) -> usize {
        self.texts.0.lacking(language).len()
    }

    /// A language in its own words, told from its kin among those offered.
    pub(super) fn language_name(&self, tag: &str) -> String {
        let mut others = self.languages.0.iter().filter(|other| *other != tag);
        let key = if others.any(|other| nearness(tag, other) > 0) {
            "language-name.full"
        } else {
            "language-name"
        };
        self.say_in(tag, key)
    }

    /// The language offered to somebody who cannot read this one: if it can be, no kin of it.
    pub(super) fn another_language(&self) -> &str {
        let own = &self.visit.language;
        let others = self.languages.0.iter().filter(|tag| *tag != own);
        others.min_by_key(|tag| nearness(own, tag)).unwrap_or(own)
    }

    pub(super) fn bank(&self) -> &QuestionBank {
        &self.questions.0
    }

    /// The topics that can be played today by an audience.
    pub(super) fn topics(&self, audience: Audience) -> Vec<String> {
        let mut topics = self.questions.0.topics(audience, today());
        let place = |topic: &str| TOPICS.iter().position(|(id, _)| *id == topic);
        topics.sort_by_key(|topic| place(topic).unwrap_or(TOPICS.len()));
        topics.into_iter().map(str::to_owned).collect()
    }

    /// A topic's name: the interface's own, or the title of its first pack, so that a topic needs
    /// nothing but a pack.
    pub(super) fn topic_name(&self, topic: &str) -> String {
        let key = format!("topic-name-{topic}");
        if self.texts.0.has(&self.visit.language, &key) {
            return self.say(&key);
        }
        let pack = self
            .bank()
            .packs()
            .iter()
            .find(|pack| pack.info().topic() == topic);
        pack.map_or_else(String::new, |pack| {
            pack.info().title().get(&self.visit.language).to_owned()
        })
    }

    /// Draws a round for what the visitor chose.
    pub(super) fn draw(&self, topic: &str, seed: u64) -> Round {
        let wish = Wish {
            audience: self.visit.audience.unwrap_or(Audience::General),
            topic,
            length: self.round_length.0.unwrap_or(self.rules.0.round_length),
            today: today(),
            fewer_options: self.visit.profile == Profile::Large,
        };
        draw(&self.questions.0, &wish, seed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_station_offers_what_it_names_and_else_what_need_not_be_named() {
        let locales = Locales::shipped().unwrap();
        let offers = |named: &[&str]| {
            let languages = named.iter().map(|tag| (*tag).to_owned()).collect();
            let station = Station {
                languages,
                ..Station::default()
            };
            offered(&locales, &station)
        };
        assert_eq!(offers(&[]), ["zh-CN", "en"]);
        assert_eq!(offers(&["zh-HK", "en", "zh-CN"]), ["zh-HK", "en", "zh-CN"]);
        assert_eq!(offers(&["fr", "zh-HK", "zh-HK"]), ["zh-HK"]);
        assert_eq!(offers(&["fr"]), ["zh-CN", "en"]);
    }
}

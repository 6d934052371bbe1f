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
use super::theme::palette::TOPICS;
use crate::bank::{Audience, QuestionBank};
use crate::config::Station;
use crate::locale::{FluentValue, Locales};
use crate::records::SessionId;
use crate::session::{Round, Session, Wish, draw};

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

/// The languages that a station offers: those it names, or all that are shipped, zh-CN first.
pub(super) fn offered(locales: &Locales, station: &Station) -> Vec<String> {
    let shipped: Vec<String> = locales.tags().collect();
    let mut named: Vec<String> = Vec::new();
    for tag in &station.languages {
        if shipped.contains(tag) && !named.contains(tag) {
            named.push(tag.clone());
        }
    }
    if named.is_empty() {
        named = shipped;
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
}

/// The visit going on, if there is one.
#[derive(Resource)]
pub(super) struct Visit {
    pub(super) language: String,
    pub(super) profile: Profile,
    pub(super) audience: Option<Audience>,
    pub(super) topic: Option<String>,
    pub(super) play: Option<Play>,
    /// How loud questions are read.
    pub(super) volume: Level,
}

impl Visit {
    /// Nobody yet: everything at its default.
    pub(super) fn new(languages: &[String]) -> Self {
        Self {
            language: languages.first().cloned().unwrap_or_default(),
            profile: Profile::Standard,
            audience: None,
            topic: None,
            play: None,
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
}

impl Scene<'_> {
    /// A text of the interface in the visitor's language.
    pub(super) fn say(&self, key: &str) -> String {
        self.texts.0.text(&self.visit.language, key)
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
        };
        draw(&self.questions.0, &wish, seed)
    }
}

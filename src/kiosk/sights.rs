//! What there is to see: every screen, made as a visitor or staff would find it, though nobody has
//! played. For pictures of them all and for measuring them all.

use std::sync::Arc;
use std::time::Duration;

use bevy::prelude::*;

use super::idle::Pause;
use super::layout::{Page, characters};
use super::screens::Screen;
use super::staff::{SAMPLES, Sample};
use super::visit::{Play, Profile, Visit};
use crate::bank::{Audience, Choice, Kind, Question, QuestionBank};
use crate::records::SessionId;
use crate::session::{Round, Session};

/// One thing to see.
#[derive(Clone)]
pub(super) enum Sight {
    /// A screen that needs no question.
    Plain(Screen),
    /// A question, or what is said to an answer.
    Of(Page, Session),
    /// A screen after a round.
    After(Screen, Session),
    /// The question whether anybody is still there.
    Countdown(Session),
    /// A screen of staff.
    Staff(&'static Sample),
}

impl Sight {
    /// All that visitors may see in a profile. Of the questions of a bank those are shown that have most to say,
    /// one of each kind, each in a round that is made to begin with it.
    pub(super) fn of_visitors(
        bank: &QuestionBank,
        (language, profile): (&str, Profile),
        round: impl Fn(&Arc<Question>) -> Round,
    ) -> Vec<Self> {
        let mut sights: Vec<Self> = [
            Screen::Attract,
            Screen::Language,
            Screen::Audience,
            Screen::Topic,
            Screen::Resting,
        ]
        .map(Self::Plain)
        .into();
        for question in longest(bank, language) {
            let pages = Page::all(profile);
            sights.extend(pages.filter_map(|page| Self::of(round(&question), language, page)));
        }
        let single = |question: &&Arc<Question>| question.kind() == Kind::Single;
        let round = Round::of(bank.questions().filter(single).take(6).cloned(), 6);
        if let Some(played) = finished(round) {
            sights.extend([
                Self::After(Screen::Results, played.clone()),
                Self::After(Screen::Requests, played.clone()),
                Self::Countdown(played),
            ]);
        }
        sights
    }

    /// The first question of a round, or what is said to an answer to it, if there is such an
    /// answer: some questions have no wrong one.
    pub(super) fn of(round: Round, language: &str, page: Page) -> Option<Self> {
        Some(Self::Of(page, answered(round, language, page)?))
    }

    /// All that staff may see.
    pub(super) fn of_staff() -> impl Iterator<Item = Self> {
        SAMPLES.iter().map(Self::Staff)
    }

    /// The name of its picture.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Plain(screen) | Self::After(screen, _) => screen.name().to_owned(),
            Self::Of(page, session) => {
                format!("{}-{}", page.as_str(), sort(session.current().question()))
            }
            Self::Countdown(_) => "countdown".to_owned(),
            Self::Staff(sample) => sample.name.to_owned(),
        }
    }

    /// Asks for it. It is there with the next frame, in the language and the profile of the visit.
    pub(super) fn show(&self, world: &mut World) {
        let (screen, session) = match self {
            Self::Plain(screen) => (*screen, None),
            Self::Of(page, session) => (page.screen(), Some(session)),
            Self::After(screen, session) => (*screen, Some(session)),
            Self::Countdown(session) => (Screen::Results, Some(session)),
            Self::Staff(sample) => {
                (sample.show)(world);
                (sample.screen, None)
            }
        };
        let mut visit = world.resource_mut::<Visit>();
        visit.audience = Some(Audience::General);
        visit.topic = session.map(|session| session.current().question().pack().topic().to_owned());
        visit.play = session.cloned().map(|session| Play {
            session,
            id: SessionId::from_bytes([0; 16]),
            began: Duration::ZERO,
            ended: true,
            again: false,
        });
        let pause = match self {
            Self::Countdown(_) => Pause::Asking,
            _ => Pause::Playing,
        };
        world.resource_mut::<NextState<Pause>>().set(pause);
        world.resource_mut::<NextState<Screen>>().set(screen);
    }
}

/// The sorts of question that look different.
const SORTS: [&str; 6] = [
    "single",
    "true-false",
    "claim",
    "multi",
    "order",
    "pictures",
];

fn sort(question: &Question) -> &'static str {
    match question.kind() {
        _ if question.images().next().is_some() => "pictures",
        Kind::TrueFalse if question.is_rumour() => "claim",
        Kind::TrueFalse => "true-false",
        Kind::Single => "single",
        Kind::Multi => "multi",
        Kind::Order => "order",
    }
}

/// The question of each sort that has most to say.
fn longest(bank: &QuestionBank, language: &str) -> Vec<Arc<Question>> {
    let of_sort = |wanted: &str| {
        bank.questions()
            .filter(|question| sort(question) == wanted)
            .max_by_key(|question| characters(question, language))
            .cloned()
    };
    SORTS.into_iter().filter_map(of_sort).collect()
}

/// A round at the moment in which a screen is shown for its first question.
fn answered(round: Round, language: &str, page: Page) -> Option<Session> {
    let mut session = Session::begin(round, Duration::ZERO)?;
    let question = session.current().question();
    let chosen: Vec<usize> = match page {
        Page::Question => return Some(session),
        Page::Right | Page::Why if question.kind() == Kind::Order => positions(question, |_| true),
        Page::Right | Page::Why => positions(question, Choice::is_correct),
        // Of most steps there is to be said where they were put instead.
        Page::Wrong if question.kind() == Kind::Order => {
            positions(question, |_| true).into_iter().rev().collect()
        }
        Page::Wrong => {
            let said = |position: &usize| {
                let feedback = question.options()[*position].feedback();
                feedback.map_or(0, |text| text.get(language).chars().count())
            };
            let mut chosen = positions(question, |option| !option.is_correct());
            chosen.sort_by_key(|position| std::cmp::Reverse(said(position)));
            // Where several are to be chosen, what is said about every wrong one is shown.
            if question.kind() == Kind::Multi {
                chosen.extend(positions(question, Choice::is_correct));
            }
            let count = question.correct_count();
            chosen.into_iter().take(count).collect()
        }
    };
    for position in chosen {
        session.choose(position, Duration::ZERO);
    }
    session.confirm(Duration::ZERO);
    (!session.answers().is_empty()).then_some(session)
}

/// A round of questions with one right option that is over, every other one of them answered
/// right.
fn finished(round: Round) -> Option<Session> {
    let mut session = Session::begin(round, Duration::ZERO)?;
    for number in 0..session.round().asked().len() {
        let question = session.current().question();
        let chosen = positions(question, |option| option.is_correct() == (number % 2 == 0));
        session.choose(*chosen.first()?, Duration::ZERO);
        session.proceed(Duration::ZERO);
    }
    Some(session)
}

fn positions(question: &Question, wanted: impl Fn(&Choice) -> bool) -> Vec<usize> {
    let options = question.options().iter().enumerate();
    options
        .filter(|(_, option)| wanted(option))
        .map(|(position, _)| position)
        .collect()
}

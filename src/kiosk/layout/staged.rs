//! Rounds at a moment that somebody wants to look at: a question, or what is said to an answer.

use std::sync::Arc;
use std::time::Duration;

use super::Page;
use crate::bank::{Choice, Kind, Question};
use crate::session::{Round, Session};

/// A round with this question only, at the moment in which the screen is shown. It is a short one,
/// about which its first question has one line more to say.
pub(super) fn session(question: &Arc<Question>, language: &str, page: Page) -> Option<Session> {
    answered(Round::of([question.clone()], 2), language, page)
}

/// A round at the moment in which the screen is shown for its first question.
pub(in crate::kiosk) fn answered(round: Round, language: &str, page: Page) -> Option<Session> {
    let mut session = Session::begin(round, Duration::ZERO)?;
    let question = session.current().question();
    let chosen: Vec<usize> = match page {
        Page::Question => return Some(session),
        Page::Right if question.kind() == Kind::Order => positions(question, |_| true),
        Page::Right => positions(question, Choice::is_correct),
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
    // Without a wrong option there is nothing wrong to be said.
    (!session.answers().is_empty()).then_some(session)
}

pub(super) fn positions(question: &Question, wanted: impl Fn(&Choice) -> bool) -> Vec<usize> {
    let options = question.options().iter().enumerate();
    options
        .filter(|(_, option)| wanted(option))
        .map(|(position, _)| position)
        .collect()
}

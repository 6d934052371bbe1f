//! What counts as right, and how much of a round was.

use super::Answer;
use crate::bank::{Choice, Kind, Question};

/// Whether exactly the right options were chosen, for `Order` in exactly the right order: all or
/// nothing, for every kind. A step in its place is shown to be, but counts for nothing by itself.
#[must_use]
pub fn is_correct(question: &Question, chosen: &[String]) -> bool {
    let options = question.options().iter();
    match question.kind() {
        Kind::Order => options.map(Choice::id).eq(chosen),
        Kind::Single | Kind::TrueFalse | Kind::Multi => options
            .map(|option| (option.is_correct(), option.id()))
            .all(|(correct, own)| correct == chosen.iter().any(|id| id == own)),
    }
}

/// How a round went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// Questions of the round.
    pub asked: usize,
    /// Answers given.
    pub answered: usize,
    /// Answers that were right.
    pub correct: usize,
}

impl Score {
    pub(super) fn of(asked: usize, answers: &[Answer]) -> Self {
        Self {
            asked,
            answered: answers.len(),
            correct: answers.iter().filter(|answer| answer.correct).count(),
        }
    }
}

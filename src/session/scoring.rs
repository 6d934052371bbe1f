//! What counts as right, and how much of a round was.

use super::Answer;
use crate::bank::Question;

/// Whether exactly the right options were chosen: all or nothing, for every kind.
#[must_use]
pub fn is_correct(question: &Question, chosen: &[String]) -> bool {
    question
        .options()
        .iter()
        .all(|option| option.is_correct() == chosen.iter().any(|id| id == option.id()))
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

//! One visitor's round: a pure state machine.
//!
//! It does no I/O, reads no clock and draws no randomness: the seed, the day and every moment are
//! arguments. Moments are durations since a start that the caller chooses and keeps.

mod draw;
mod scoring;

use std::sync::Arc;
use std::time::Duration;

use crate::bank::{Choice, Kind, Question};

pub use draw::{Wish, draw, missed};
pub use scoring::{Score, is_correct};

/// A question as it is put: with its options in the order in which they are shown.
#[derive(Clone, Debug)]
pub struct Asked {
    question: Arc<Question>,
    order: Vec<usize>,
}

impl Asked {
    /// The question.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The options as they are shown.
    pub fn options(&self) -> impl ExactSizeIterator<Item = &Choice> {
        let options = self.question.options();
        self.order.iter().map(move |index| &options[*index])
    }
}

/// The questions drawn for one visitor.
#[derive(Clone, Debug)]
pub struct Round {
    asked: Vec<Asked>,
    wished: usize,
}

impl Round {
    /// A round of these questions in this order, their options in the order of the pack: for
    /// whoever looks at questions and does not play. `wished` is the length of a full round.
    #[must_use]
    pub fn of(questions: impl IntoIterator<Item = Arc<Question>>, wished: usize) -> Self {
        let asked = questions.into_iter().map(|question| Asked {
            order: (0..question.options().len()).collect(),
            question,
        });
        Self {
            asked: asked.collect(),
            wished,
        }
    }

    /// The questions in the order in which they are asked.
    #[must_use]
    pub fn asked(&self) -> &[Asked] {
        &self.asked
    }

    /// Whether there were too few questions for the length that was wished.
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.asked.len() < self.wished
    }
}

/// An answer given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Ids of the chosen options: for `Order` in the order in which they were tapped, else sorted.
    pub options: Vec<String>,
    /// Whether exactly the right ones were chosen, for `Order` in the right order.
    pub correct: bool,
    /// From the question's appearance to the answer.
    pub taken: Duration,
}

/// Where in a round a visitor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// A question waits for its answer.
    Asking,
    /// Right or wrong is shown, and why.
    Explaining,
    /// The round is over.
    Finished,
}

/// What a choice led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing: it was not the time, or there is no such option.
    Ignored,
    /// The selection changed.
    Selected,
    /// The question is answered.
    Answered,
}

/// A round being played. Cannot be empty.
#[derive(Clone, Debug)]
pub struct Session {
    round: Round,
    phase: Phase,
    selected: Vec<usize>,
    answers: Vec<Answer>,
    asked_at: Duration,
}

impl Session {
    /// Begins with the first question; `None` when the round has none.
    #[must_use]
    pub fn begin(round: Round, now: Duration) -> Option<Self> {
        (!round.asked.is_empty()).then_some(Self {
            round,
            phase: Phase::Asking,
            selected: Vec::new(),
            answers: Vec::new(),
            asked_at: now,
        })
    }

    /// The round.
    #[must_use]
    pub fn round(&self) -> &Round {
        &self.round
    }

    /// Where in the round the visitor is.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The question on screen; the last one when the round is over.
    #[must_use]
    pub fn current(&self) -> &Asked {
        &self.round.asked[self.index()]
    }

    /// The number of the question on screen, from 1.
    #[must_use]
    pub fn ordinal(&self) -> usize {
        self.index() + 1
    }

    fn index(&self) -> usize {
        let past = match self.phase {
            Phase::Asking => self.answers.len(),
            Phase::Explaining | Phase::Finished => self.answers.len().saturating_sub(1),
        };
        past.min(self.round.asked.len() - 1)
    }

    /// Positions of the selected options, as they are shown, in the order in which they were
    /// selected.
    #[must_use]
    pub fn selected(&self) -> &[usize] {
        &self.selected
    }

    /// The answers so far.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// The score so far.
    #[must_use]
    pub fn score(&self) -> Score {
        Score::of(self.round.asked.len(), &self.answers)
    }

    /// Takes a tap on the option at a position: answers at once, for `Multi` selects it or takes
    /// the selection back, and for `Order` puts it next or takes it back with all that follow it.
    pub fn choose(&mut self, position: usize, now: Duration) -> Effect {
        if self.phase != Phase::Asking || position >= self.current().order.len() {
            return Effect::Ignored;
        }
        let chosen = self.selected.iter().position(|own| *own == position);
        match (self.current().question.kind(), chosen) {
            (Kind::Single | Kind::TrueFalse, _) => {
                self.selected = vec![position];
                return self.answer(now);
            }
            (Kind::Multi, Some(index)) => drop(self.selected.remove(index)),
            (Kind::Order, Some(index)) => self.selected.truncate(index),
            (Kind::Multi | Kind::Order, None) => self.selected.push(position),
        }
        Effect::Selected
    }

    /// Whether what is selected may be confirmed: for `Multi` as many as are right, which is what
    /// the visitor is told to choose, for `Order` everything.
    /// Other kinds are answered by a tap and never wait.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let asked = self.current();
        self.phase == Phase::Asking
            && match asked.question.kind() {
                Kind::Single | Kind::TrueFalse => false,
                Kind::Multi => self.selected.len() == asked.question.correct_count(),
                Kind::Order => self.selected.len() == asked.order.len(),
            }
    }

    /// Answers a `Multi` or `Order` question with what is selected, once that is enough.
    pub fn confirm(&mut self, now: Duration) -> Effect {
        if self.is_ready() {
            self.answer(now)
        } else {
            Effect::Ignored
        }
    }

    fn answer(&mut self, now: Duration) -> Effect {
        let asked = self.current();
        let shown: Vec<&Choice> = asked.options().collect();
        let mut options: Vec<String> = self
            .selected
            .iter()
            .filter_map(|position| shown.get(*position))
            .map(|option| option.id().to_owned())
            .collect();
        if asked.question.kind() != Kind::Order {
            options.sort_unstable();
        }
        let answer = Answer {
            correct: is_correct(&asked.question, &options),
            options,
            taken: now.saturating_sub(self.asked_at),
        };
        self.answers.push(answer);
        self.phase = Phase::Explaining;
        Effect::Answered
    }

    /// Goes on from an explanation to the next question or the end; otherwise does nothing.
    pub fn proceed(&mut self, now: Duration) {
        if self.phase != Phase::Explaining {
            return;
        }
        self.selected.clear();
        self.asked_at = now;
        self.phase = if self.answers.len() < self.round.asked.len() {
            Phase::Asking
        } else {
            Phase::Finished
        };
    }
}

//! Drawing a round: the same from the same bank, wish and seed.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;
use rand::SeedableRng;
use rand::seq::SliceRandom;
// A generator whose stream is part of its contract: a seed in a bug report means the same round
// on every machine and after every update.
use rand_pcg::Pcg64Mcg;

use super::{Asked, Round, Session};
use crate::bank::{Audience, Kind, Question, QuestionBank};

/// What a round is to be.
#[derive(Clone, Copy, Debug)]
pub struct Wish<'a> {
    /// For whom.
    pub audience: Audience,
    /// About what: a topic's id.
    pub topic: &'a str,
    /// How many questions.
    pub length: usize,
    /// The day: nothing past its review date is asked.
    pub today: Date,
    /// Whether a question is to offer fewer options than it has, if its pack allows it.
    pub fewer_options: bool,
}

/// How many options are offered where there are to be fewer.
const FEWER_OPTIONS: usize = 3;

/// The share of easy, middle and hard questions, in per cent (40 / 40 / 20).
const SHARES: [usize; 3] = [40, 40, 20];

/// Draws a round: stratified by difficulty, easy ones first, never one fact twice. It is shorter
/// than wished, even empty, when there are too few questions. Steps to be put in order are never
/// shown in the right one.
#[must_use]
pub fn draw(bank: &QuestionBank, wish: &Wish<'_>, seed: u64) -> Round {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let mut pool = bank.cell(wish.audience, wish.topic, wish.today);
    pool.shuffle(&mut random);

    let mut left = quotas(wish.length);
    let mut picked = Picked::default();
    // First by quota; then whatever is left fills up what a stratum could not give.
    let mut others = Vec::new();
    for question in pool {
        let quota = &mut left[stratum(&question)];
        if *quota > 0 && picked.take(&question) {
            *quota -= 1;
        } else {
            others.push(question);
        }
    }
    for question in others {
        if picked.questions.len() < wish.length {
            picked.take(&question);
        }
    }
    picked
        .questions
        .sort_by_key(|question| question.difficulty());

    let questions = picked.questions.into_iter();
    Round {
        asked: questions
            .map(|question| {
                let order = (0..question.options().len()).collect();
                let mut asked = put(question, order, &mut random);
                if wish.fewer_options && asked.question.pack().allows_fewer_options() {
                    leave_out(&asked.question, &mut asked.order);
                }
                asked
            })
            .collect(),
        wished: wish.length,
    }
}

/// The round of exactly what a session has answered wrong so far, in the same order, the options
/// shuffled anew; it is empty when nothing was missed.
#[must_use]
pub fn missed(session: &Session, seed: u64) -> Round {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let answered = session.round.asked.iter().zip(&session.answers);
    let asked: Vec<Asked> = answered
        .filter(|(_, answer)| !answer.correct)
        .map(|(asked, _)| {
            // In a fixed order first: what was left out then is left out again.
            let mut order = asked.order.clone();
            order.sort_unstable();
            put(asked.question.clone(), order, &mut random)
        })
        .collect();
    Round {
        wished: asked.len(),
        asked,
    }
}

/// Puts a question: its options in the order in which they are to be shown.
fn put(question: Arc<Question>, mut order: Vec<usize>, random: &mut Pcg64Mcg) -> Asked {
    if !question.keeps_order() {
        order.shuffle(random);
    }
    // A single step has no other order.
    while question.kind() == Kind::Order && order.len() > 1 && order.is_sorted() {
        order.shuffle(random);
    }
    Asked { question, order }
}

/// Leaves out wrong options of a question of which one is right, the last ones as they are shown.
fn leave_out(question: &Question, order: &mut Vec<usize>) {
    if question.kind() != Kind::Single {
        return;
    }
    while order.len() > FEWER_OPTIONS {
        let options = question.options();
        let Some(wrong) = order.iter().rposition(|at| !options[*at].is_correct()) else {
            return;
        };
        order.remove(wrong);
    }
}

#[derive(Default)]
struct Picked {
    questions: Vec<Arc<Question>>,
    facts: HashSet<String>,
}

impl Picked {
    /// Takes a question unless its fact is asked about already.
    fn take(&mut self, question: &Arc<Question>) -> bool {
        let fresh = question
            .fact()
            .is_none_or(|fact| self.facts.insert(fact.to_owned()));
        if fresh {
            self.questions.push(question.clone());
        }
        fresh
    }
}

fn stratum(question: &Question) -> usize {
    usize::from(question.difficulty()).clamp(1, SHARES.len()) - 1
}

/// Splits a length by the shares; what rounding leaves over goes to the easy ones.
fn quotas(length: usize) -> [usize; 3] {
    let mut quotas = SHARES.map(|share| length * share / 100);
    quotas[0] += length - quotas.iter().sum::<usize>();
    quotas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotas_add_up_to_the_length_and_lean_to_the_easy_side() {
        for length in 0..=20 {
            let quotas = quotas(length);
            assert_eq!(quotas.iter().sum::<usize>(), length);
            assert!(quotas[0] >= quotas[1] && quotas[1] >= quotas[2]);
        }
        assert_eq!(quotas(6), [3, 2, 1]);
    }
}

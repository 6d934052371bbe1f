//! Stations that never were: batches for tests and for sizing, the same bytes for the same seed.
//!
//! The numbers are chosen to look like a county's year and are no claim about any: small places
//! with a dozen sessions a day, a museum that closes on Mondays, schools with weekends, stations
//! that send every day and others once a month.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;
use sha2::{Digest, Sha256};

use super::{Origin, Place, Trouble, batch};
use crate::bank::{Audience, Choice, Kind, Question, QuestionBank};
use crate::records::{EndedAnswer, EndedRequest, EndedSession, Mode, Outcome, RequestKind};
use crate::requests;

/// What is to be simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// How many stations.
    pub stations: u32,
    /// How many days.
    pub days: u32,
    /// The first day.
    pub from: Date,
    /// What everything is drawn from.
    pub seed: u64,
}

/// What was simulated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Simulated {
    /// Batches.
    pub batches: u64,
    /// Sessions in them, those of staff and robots included.
    pub sessions: u64,
    /// Answers in these.
    pub answers: u64,
    /// Bytes of the batches.
    pub bytes: u64,
}

/// Three counties, by the first 6 digits of their code.
const COUNTIES: [&str; 3] = ["330122", "330127", "330182"];

/// A kind of place: its share of all stations, its sessions on a weekday and on a day of the
/// weekend, and how its visitors divide into [`Audience::ALL`].
const VENUES: [(&str, u32, f64, f64, [u32; 6]); 6] = [
    ("museum", 4, 90.0, 260.0, [40, 10, 40, 2, 6, 2]),
    ("science-station", 30, 30.0, 55.0, [40, 20, 22, 6, 9, 3]),
    ("school", 16, 38.0, 0.0, [4, 0, 94, 0, 1, 1]),
    ("village", 26, 9.0, 14.0, [22, 34, 8, 30, 4, 2]),
    ("community", 18, 18.0, 26.0, [36, 36, 12, 1, 12, 3]),
    ("mobile", 6, 45.0, 60.0, [30, 18, 30, 14, 6, 2]),
];

/// How often a station sends, in days: most every day, some when somebody comes with a stick.
const RHYTHMS: [u32; 6] = [1, 1, 1, 1, 7, 30];

/// How many questions a round has.
const ASKED: usize = 6;

/// Writes the batches of all stations to a place. `told` hears how many stations are done.
///
/// # Errors
///
/// When the place cannot be written, or something else lies there already.
pub fn simulate(
    bank: &QuestionBank,
    plan: &Plan,
    place: &dyn Place,
    told: &mut dyn FnMut(u32),
) -> Result<Simulated, Trouble> {
    let cells = cells(bank, plan.from);
    let mut simulated = Simulated::default();
    for number in 1..=plan.stations {
        let mut station = Station::new(number, plan.seed);
        let mut waiting = Vec::new();
        let mut sequence = 0;
        for day in 0..plan.days {
            let date = plan.from.saturating_add(day_span(day));
            station.play(date, &cells, &mut waiting);
            let sends = (day + 1).is_multiple_of(station.rhythm) || day + 1 == plan.days;
            while sends && !waiting.is_empty() {
                sequence += 1;
                let seed = station.random.random();
                let Some(batch) = batch::freeze(&station.origin, &waiting, sequence, seed, None)
                else {
                    break;
                };
                if place.publish(&batch.name, &batch.bytes)? != super::Published::Written {
                    return Err(Trouble::Conflict);
                }
                let sealed = waiting.drain(..batch.sessions.len());
                simulated.answers += sealed.map(|one| one.answers.len() as u64).sum::<u64>();
                simulated.sessions += batch.sessions.len() as u64;
                simulated.bytes += batch.bytes.len() as u64;
                simulated.batches += 1;
            }
        }
        told(number);
    }
    Ok(simulated)
}

fn day_span(day: u32) -> Span {
    i64::from(day).days()
}

/// The questions that may be asked of an audience on a topic.
type Cells = BTreeMap<(Audience, String), Vec<Arc<Question>>>;

fn cells(bank: &QuestionBank, today: Date) -> Cells {
    let mut cells = Cells::new();
    for audience in Audience::ALL {
        for topic in bank.topics(audience, today) {
            let questions = bank.cell(audience, topic, today);
            if !questions.is_empty() {
                cells.insert((audience, topic.to_owned()), questions);
            }
        }
    }
    cells
}

struct Station {
    origin: Origin,
    weekday: f64,
    weekend: f64,
    audiences: [u32; 6],
    rhythm: u32,
    random: Pcg64Mcg,
}

impl Station {
    fn new(number: u32, seed: u64) -> Self {
        // Hashed, because the generator takes neighbouring seeds for one.
        let digest = Sha256::digest(format!("kepu simulate {seed} {number}"));
        let mut state = [0; 16];
        state.copy_from_slice(&digest[..16]);
        let mut random = Pcg64Mcg::from_seed(state);
        let total: u32 = VENUES.iter().map(|venue| venue.1).sum();
        let drawn = random.random_range(0..total);
        let index = weighted(drawn, VENUES.iter().map(|venue| venue.1));
        let (venue, _, weekday, weekend, audiences) = VENUES[index];
        let county = COUNTIES[number as usize % COUNTIES.len()];
        let (township, village) = (random.random_range(100..112), random.random_range(200..215));
        // Some places are busier than others of their kind.
        let busy = random.random_range(0.5..1.6);
        Self {
            origin: Origin {
                station: format!("sim-{number:04}"),
                division: Some(format!("{county}{township}{village}")),
                venue: venue.to_owned(),
            },
            weekday: weekday * busy,
            weekend: weekend * busy,
            audiences,
            rhythm: RHYTHMS.choose(&mut random).copied().unwrap_or(1),
            random,
        }
    }

    /// Adds the sessions of a day.
    fn play(&mut self, date: Date, cells: &Cells, sessions: &mut Vec<EndedSession>) {
        let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        let closed = self.origin.venue == "museum" && date.weekday() == Weekday::Monday
            || self.origin.venue == "mobile" && self.random.random_bool(0.4);
        let holiday = self.origin.venue == "school" && matches!(date.month(), 2 | 7 | 8);
        if closed || holiday {
            return;
        }
        let mean = if weekend { self.weekend } else { self.weekday };
        // Now and then a battery is empty, and the clock of a day is not set.
        let unset = self.random.random_bool(0.002);
        let date = (!unset).then(|| date.to_string());
        for _ in 0..around(mean, &mut self.random) {
            if let Some(session) = self.session(date.clone(), cells) {
                let again = self.again(&session, cells);
                sessions.push(session);
                sessions.extend(again);
            }
        }
    }

    fn session(&mut self, date: Option<String>, cells: &Cells) -> Option<EndedSession> {
        let total: u32 = self.audiences.iter().sum();
        let random = &mut self.random;
        let drawn = weighted(random.random_range(0..total), self.audiences);
        let audience = *Audience::ALL.get(drawn)?;
        let topics: Vec<_> = cells
            .iter()
            .filter(|((who, _), _)| *who == audience)
            .collect();
        let ((_, topic), questions) = topics.choose(random)?;
        let mut order: Vec<usize> = (0..questions.len()).collect();
        order.shuffle(random);
        let asked = ASKED.min(order.len());
        let outcome = match random.random_range(0..100) {
            0..72 => Outcome::Completed,
            72..85 => Outcome::Abandoned,
            85..99 => Outcome::TimedOut,
            _ => Outcome::Interrupted,
        };
        let answered = match outcome {
            Outcome::Completed => asked,
            _ => random.random_range(0..asked),
        };
        let chosen = order.iter().take(answered);
        let answers: Vec<_> = chosen
            .filter_map(|index| questions.get(*index))
            .map(|question| answer(question, audience, random))
            .collect();
        let large = if audience == Audience::Senior {
            0.6
        } else {
            0.04
        };
        let mode = match random.random_range(0..1000) {
            0..985 => Mode::Visitor,
            985..997 => Mode::Staff,
            _ => Mode::Robot,
        };
        let requests = match outcome {
            Outcome::Completed => request(random),
            _ => Vec::new(),
        };
        let spent: u32 = answers.iter().map(|answer| answer.seconds + 6).sum();
        Some(EndedSession {
            id: format!("{:032x}", random.random::<u128>()),
            date,
            audience: audience.as_str().to_owned(),
            topic: topic.clone(),
            language: (if random.random_bool(0.06) {
                "en"
            } else {
                "zh-CN"
            })
            .to_owned(),
            profile: (if random.random_bool(large) {
                "large"
            } else {
                "standard"
            })
            .to_owned(),
            mode: mode.as_str().to_owned(),
            outcome: outcome.as_str().to_owned(),
            asked: u32::try_from(asked).unwrap_or(u32::MAX),
            answered: u32::try_from(answers.len()).unwrap_or(u32::MAX),
            correct: answers.iter().map(|answer| u32::from(answer.correct)).sum(),
            seconds: (spent + random.random_range(5..30)) / 5 * 5,
            answers,
            requests,
        })
    }

    /// What was missed in a round that was played to its end, tried again by some: most of it is
    /// right now.
    fn again(&mut self, first: &EndedSession, cells: &Cells) -> Option<EndedSession> {
        let random = &mut self.random;
        let visited = first.mode == Mode::Visitor.as_str();
        let ended = first.outcome == Outcome::Completed.as_str();
        if first.correct == first.answered || !(visited && ended && random.random_bool(0.3)) {
            return None;
        }
        let audience = *Audience::ALL
            .iter()
            .find(|own| own.as_str() == first.audience)?;
        let questions = cells.get(&(audience, first.topic.clone()))?;
        let missed = first.answers.iter().filter(|own| !own.correct);
        let answers: Vec<_> = missed
            .filter_map(|own| {
                let is_it = |question: &&Arc<Question>| {
                    question.pack().id() == own.pack && question.id() == own.question
                };
                let question = questions.iter().find(is_it)?;
                Some(answered(question, random.random_bool(0.8), random))
            })
            .collect();
        let asked = u32::try_from(answers.len()).unwrap_or(u32::MAX);
        Some(EndedSession {
            id: format!("{:032x}", random.random::<u128>()),
            mode: Mode::Retry.as_str().to_owned(),
            asked,
            answered: asked,
            correct: answers.iter().map(|answer| u32::from(answer.correct)).sum(),
            seconds: answers.iter().map(|own| own.seconds).sum::<u32>() / 5 * 5,
            answers,
            requests: Vec::new(),
            ..first.clone()
        })
    }
}

/// What some would like to learn next: what stands first in the lists a little more often.
fn request(random: &mut Pcg64Mcg) -> Vec<EndedRequest> {
    let mut requests = Vec::new();
    for (kind, share) in [(RequestKind::Form, 0.1), (RequestKind::Topic, 0.2)] {
        let list = requests::list(kind.as_str());
        let at = random.random_range(0..list.len().max(1));
        let at = at.min(random.random_range(0..list.len().max(1)));
        if let (true, Some(one)) = (random.random_bool(share), list.get(at)) {
            requests.push(EndedRequest {
                kind: kind.as_str().to_owned(),
                choice: one.id.clone(),
            });
        }
    }
    requests
}

/// An answer: right as often as the question is easy, otherwise most often the first wrong option.
fn answer(question: &Question, audience: Audience, random: &mut Pcg64Mcg) -> EndedAnswer {
    // Each question is a little easier or harder than its difficulty says, always by the same.
    let letters = question.id().bytes().map(u32::from);
    let own = f64::from(letters.sum::<u32>() % 31) / 100.0 - 0.15;
    let share = 0.86 - 0.13 * f64::from(question.difficulty()) + own;
    let share = match audience {
        Audience::Youth | Audience::Cadre => share + 0.05,
        Audience::Senior => share - 0.05,
        _ => share,
    };
    let correct = random.random_bool(share.clamp(0.05, 0.97));
    answered(question, correct, random)
}

/// A right or a wrong answer.
fn answered(question: &Question, correct: bool, random: &mut Pcg64Mcg) -> EndedAnswer {
    let chosen = match question.kind() {
        Kind::Order => in_order(question, correct, random),
        Kind::Single | Kind::TrueFalse | Kind::Multi => chosen(question, correct, random),
    };
    EndedAnswer {
        pack: question.pack().id().to_owned(),
        version: question.pack().version(),
        question: question.id().to_owned(),
        options: chosen.join(" "),
        correct,
        seconds: 3 + around(9.0, random),
    }
}

/// All steps, with two neighbours in each other's place if the answer is wrong.
fn in_order<'q>(question: &'q Question, correct: bool, random: &mut Pcg64Mcg) -> Vec<&'q str> {
    let mut chosen: Vec<&str> = question.options().iter().map(Choice::id).collect();
    if !correct && chosen.len() > 1 {
        let at = random.random_range(1..chosen.len());
        chosen.swap(at - 1, at);
    }
    chosen
}

/// The right options, or one of them missing or exchanged for a wrong one.
fn chosen<'q>(question: &'q Question, correct: bool, random: &mut Pcg64Mcg) -> Vec<&'q str> {
    let options = question.options();
    let right = options.iter().filter(|option| option.is_correct());
    let mut chosen: Vec<&str> = right.map(Choice::id).collect();
    if !correct {
        let wrong: Vec<_> = options
            .iter()
            .filter(|option| !option.is_correct())
            .collect();
        let favourite = random.random_bool(0.5).then(|| wrong.first()).flatten();
        let other = favourite.or_else(|| wrong.choose(random));
        if chosen.len() == 1 {
            chosen.clear();
        } else {
            chosen.pop();
        }
        chosen.extend(other.map(|option| option.id()));
    }
    chosen.sort_unstable();
    chosen
}

/// Which of the weights a number below their sum falls on.
fn weighted(mut drawn: u32, weights: impl IntoIterator<Item = u32>) -> usize {
    for (index, weight) in weights.into_iter().enumerate() {
        if drawn < weight {
            return index;
        }
        drawn -= weight;
    }
    0
}

/// A number that is `mean` on average and spread as chance events are (Poisson's distribution, by
/// Knuth's method in steps that keep the exponential in range).
fn around(mean: f64, random: &mut Pcg64Mcg) -> u32 {
    let (mut left, mut count) = (mean, 0);
    while left > 0.0 {
        let step = left.min(30.0);
        left -= step;
        let limit = (-step).exp();
        let mut product: f64 = random.random();
        while product > limit {
            count += 1;
            product *= random.random::<f64>();
        }
    }
    count
}

//! Batches that have arrived and wait to be stored together, in little memory: a session is mostly
//! made of words that others are made of, too, and each word is kept once.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use rusqlite::{Result, Statement, params};

use super::batch::{EndedAnswer, EndedRequest, EndedSession};

/// Where a session was played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The station's id.
    pub station: String,
    /// The administrative division, a code of 12 digits.
    pub division: Option<String>,
    /// What kind of place it is.
    pub venue: String,
}

/// A batch as it has arrived, proven to be what its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incoming {
    /// Its name.
    pub name: String,
    /// The station that it names.
    pub station: String,
    /// Its number at that station.
    pub sequence: u64,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// Batches with their sessions, waiting to be stored.
#[derive(Debug, Default)]
pub struct Pile {
    words: Words,
    batches: Vec<(Incoming, usize)>,
    sessions: Vec<Piled>,
    answers: Vec<PiledAnswer>,
    requests: Vec<(Word, Word)>,
}

/// A session in a pile.
#[derive(Debug)]
pub(super) struct Piled {
    pub(super) id: Box<str>,
    /// Which batch brought it.
    pub(super) batch: usize,
    station: Word,
    division: Option<Word>,
    venue: Word,
    date: Option<Word>,
    audience: Word,
    topic: Word,
    language: Word,
    profile: Word,
    mode: Word,
    outcome: Word,
    asked: u32,
    answered: u32,
    correct: u32,
    seconds: u32,
    answers: Range<usize>,
    requests: Range<usize>,
}

#[derive(Debug)]
struct PiledAnswer {
    pack: Word,
    version: u32,
    question: Word,
    options: Word,
    correct: bool,
    seconds: u32,
}

impl Pile {
    /// Lays a batch on the pile.
    pub fn add(&mut self, batch: Incoming, sessions: &[(Origin, EndedSession)]) {
        let number = self.batches.len();
        self.batches.push((batch, sessions.len()));
        for (origin, session) in sessions {
            let first = self.answers.len();
            for answer in &session.answers {
                self.answers.push(PiledAnswer {
                    pack: self.words.keep(&answer.pack),
                    version: answer.version,
                    question: self.words.keep(&answer.question),
                    options: self.words.keep(&answer.options),
                    correct: answer.correct,
                    seconds: answer.seconds,
                });
            }
            let first_request = self.requests.len();
            for request in &session.requests {
                let kind = self.words.keep(&request.kind);
                let choice = self.words.keep(&request.choice);
                self.requests.push((kind, choice));
            }
            let words = &mut self.words;
            self.sessions.push(Piled {
                id: session.id.as_str().into(),
                batch: number,
                station: words.keep(&origin.station),
                division: origin.division.as_deref().map(|code| words.keep(code)),
                venue: words.keep(&origin.venue),
                date: session.date.as_deref().map(|date| words.keep(date)),
                audience: words.keep(&session.audience),
                topic: words.keep(&session.topic),
                language: words.keep(&session.language),
                profile: words.keep(&session.profile),
                mode: words.keep(&session.mode),
                outcome: words.keep(&session.outcome),
                asked: session.asked,
                answered: session.answered,
                correct: session.correct,
                seconds: session.seconds,
                answers: first..self.answers.len(),
                requests: first_request..self.requests.len(),
            });
        }
    }

    /// How many sessions lie there.
    #[must_use]
    pub fn sessions(&self) -> usize {
        self.sessions.len()
    }

    /// The batches, each with the number of its sessions, in the order in which they came.
    pub(super) fn batches(&self) -> &[(Incoming, usize)] {
        &self.batches
    }

    pub(super) fn into_batches(self) -> impl Iterator<Item = Incoming> {
        self.batches.into_iter().map(|(batch, _)| batch)
    }

    /// Puts the sessions in the order of their ids; of one that is there twice, the first first.
    pub(super) fn sort(&mut self) {
        self.sessions
            .sort_unstable_by(|one, other| (&one.id, one.batch).cmp(&(&other.id, other.batch)));
    }

    pub(super) fn each(&self) -> impl Iterator<Item = &Piled> {
        self.sessions.iter()
    }

    /// Stores the row of a session, unless there is one of this id: then `false`.
    pub(super) fn insert(&self, session: &Piled, into: &mut Statement<'_>) -> Result<bool> {
        let word = |word| self.words.get(word);
        let stored = into.execute(params![
            session.id,
            word(session.station),
            session.division.map(word),
            word(session.venue),
            session.date.map(word),
            word(session.audience),
            word(session.topic),
            word(session.language),
            word(session.profile),
            word(session.mode),
            word(session.outcome),
            session.asked,
            session.answered,
            session.correct,
            session.seconds,
        ])?;
        Ok(stored == 1)
    }

    /// Stores the rows of its answers.
    pub(super) fn insert_answers(&self, session: &Piled, into: &mut Statement<'_>) -> Result<()> {
        for (ordinal, answer) in (1_u32..).zip(self.answers_of(session)) {
            into.execute(params![
                session.id,
                ordinal,
                self.words.get(answer.pack),
                answer.version,
                self.words.get(answer.question),
                self.words.get(answer.options),
                answer.correct,
                answer.seconds,
            ])?;
        }
        Ok(())
    }

    /// Stores the rows of its requests.
    pub(super) fn insert_requests(&self, session: &Piled, into: &mut Statement<'_>) -> Result<()> {
        for (kind, choice) in &self.requests[session.requests.clone()] {
            into.execute(params![
                session.id,
                self.words.get(*kind),
                self.words.get(*choice),
            ])?;
        }
        Ok(())
    }

    /// A session as it came.
    pub(super) fn taken_off(&self, session: &Piled) -> (Origin, EndedSession) {
        let word = |word| self.words.get(word).to_owned();
        let answers = self.answers_of(session).iter().map(|answer| EndedAnswer {
            pack: word(answer.pack),
            version: answer.version,
            question: word(answer.question),
            options: word(answer.options),
            correct: answer.correct,
            seconds: answer.seconds,
        });
        let requests = self.requests[session.requests.clone()].iter();
        let requests = requests.map(|(kind, choice)| EndedRequest {
            kind: word(*kind),
            choice: word(*choice),
        });
        let origin = Origin {
            station: word(session.station),
            division: session.division.map(word),
            venue: word(session.venue),
        };
        let session = EndedSession {
            id: session.id.to_string(),
            date: session.date.map(word),
            audience: word(session.audience),
            topic: word(session.topic),
            language: word(session.language),
            profile: word(session.profile),
            mode: word(session.mode),
            outcome: word(session.outcome),
            asked: session.asked,
            answered: session.answered,
            correct: session.correct,
            seconds: session.seconds,
            answers: answers.collect(),
            requests: requests.collect(),
        };
        (origin, session)
    }

    fn answers_of(&self, session: &Piled) -> &[PiledAnswer] {
        &self.answers[session.answers.clone()]
    }
}

/// A word, by its number.
#[derive(Debug, Clone, Copy)]
struct Word(u32);

/// Words, each of them once.
#[derive(Debug, Default)]
struct Words {
    all: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, Word>,
}

impl Words {
    fn keep(&mut self, text: &str) -> Word {
        if let Some(known) = self.numbers.get(text) {
            return *known;
        }
        let word = Word(u32::try_from(self.all.len()).expect("a pile fits into memory"));
        let text: Arc<str> = text.into();
        self.all.push(Arc::clone(&text));
        self.numbers.insert(text, word);
        word
    }

    fn get(&self, word: Word) -> &str {
        &self.all[word.0 as usize]
    }
}

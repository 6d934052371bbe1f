//! What is recorded: a session's start, its answers, its end; and what was counted of them.

use std::fmt;
use std::str::FromStr;

use super::{Error, SealedBatch};

/// The random name of a session. The randomness comes from the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId([u8; 16]);

impl SessionId {
    /// Makes an id of 16 random bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> SessionId {
        SessionId(bytes)
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl FromStr for SessionId {
    type Err = Error;

    fn from_str(text: &str) -> Result<SessionId, Error> {
        let is_id = text.len() == 32
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        match u128::from_str_radix(text, 16) {
            Ok(number) if is_id => Ok(SessionId(number.to_be_bytes())),
            _ => Err(Error::NoSessionId {
                text: text.to_owned(),
            }),
        }
    }
}

/// Whether the date and hour of a session can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The clock was set.
    Trusted,
    /// The clock had not been set since the machine started.
    Unset,
}

impl Clock {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Clock::Trusted => "trusted",
            Clock::Unset => "unset",
        }
    }
}

/// Who played. Only visitors are ever counted, and each of their rounds once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A visitor.
    Visitor,
    /// A visitor who tries again what they have just missed: no session more.
    Retry,
    /// Staff, trying the kiosk.
    Staff,
    /// The program itself, in a test.
    Robot,
}

impl Mode {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Mode::Visitor => "visitor",
            Mode::Retry => "retry",
            Mode::Staff => "staff",
            Mode::Robot => "robot",
        }
    }
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The results were reached.
    Completed,
    /// The visitor chose to leave.
    Abandoned,
    /// The visitor left without a word.
    TimedOut,
    /// The kiosk stopped.
    Interrupted,
}

impl Outcome {
    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Outcome::Completed => "completed",
            Outcome::Abandoned => "abandoned",
            Outcome::TimedOut => "timed_out",
            Outcome::Interrupted => "interrupted",
        }
    }
}

/// A session begins: its first question is seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionStart {
    /// The session.
    pub id: SessionId,
    /// The local date, as `2026-03-13`.
    pub date: String,
    /// The local hour, 0 to 23.
    pub hour: u8,
    /// Whether date and hour can be believed.
    pub clock: Clock,
    /// The id of the audience chosen.
    pub audience: String,
    /// The id of the topic chosen.
    pub topic: String,
    /// The language tag of the session.
    pub language: String,
    /// The id of the profile.
    pub profile: String,
    /// Who plays.
    pub mode: Mode,
    /// How many questions the round has.
    pub asked: u32,
}

/// One answer whose feedback is about to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The session, whose start has been stored before.
    pub session: SessionId,
    /// The place in the round, from 1. A second answer at the same place is ignored.
    pub ordinal: u32,
    /// The id of the pack the question is from.
    pub pack: String,
    /// The version of that pack.
    pub pack_version: u32,
    /// The id of the question.
    pub question: String,
    /// The ids of the chosen options, without spaces in them, stored as they stand: sorted unless
    /// their order is the answer, so that one answer is always the same text.
    pub options: Vec<String>,
    /// Whether the answer was right.
    pub correct: bool,
    /// How long it took, in whole seconds.
    pub seconds: u32,
}

/// A session ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionEnd {
    /// The session.
    pub id: SessionId,
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took, in seconds as measured. Stored rounded to the nearest 5.
    pub seconds: u32,
}

/// What a visitor is asked for once the round is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RequestKind {
    /// What they would like to learn about next.
    Topic,
    /// In which form.
    Form,
}

impl RequestKind {
    /// Both.
    pub const ALL: [RequestKind; 2] = [RequestKind::Topic, RequestKind::Form];

    /// The word that is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            RequestKind::Topic => "topic",
            RequestKind::Form => "form",
        }
    }
}

/// What a visitor would like to learn next: of each kind at most one a session, whatever is tapped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The session that the visitor has played. One that is in a batch already stays as it is.
    pub session: SessionId,
    /// Topic or form.
    pub kind: RequestKind,
    /// The id of what was chosen; `None` takes the choice back.
    pub choice: Option<String>,
}

/// One thing to store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// A session begins.
    Start(SessionStart),
    /// A question was answered.
    Answer(Answer),
    /// A session ends.
    End(SessionEnd),
    /// A visitor says what they would like to learn next, or takes it back.
    Request(Request),
    /// Sessions are sealed into a batch.
    Seal(Box<SealedBatch>),
    /// A batch is known to be safe at its destination.
    Acknowledge {
        /// Its number.
        sequence: u64,
        /// The local date, unless the clock is not set.
        on: Option<String>,
    },
    /// The bytes of batches that arrived before a day are not needed any more.
    LetGo {
        /// The local date.
        before: String,
    },
    /// Old sessions that are safe at their destination are not needed here any more. Any that are
    /// not old or not safe stay.
    Forget {
        /// The local date: only what was played and arrived before it may go.
        before: String,
        /// The sessions; a few hundred at once hold up nobody.
        sessions: Vec<SessionId>,
    },
}

impl Record {
    /// The session that is going on, or has just ended, and that this is about; none for what concerns batches, which
    /// can be done again at any time.
    pub const fn session(&self) -> Option<SessionId> {
        match self {
            Record::Start(start) => Some(start.id),
            Record::Answer(answer) => Some(answer.session),
            Record::End(end) => Some(end.id),
            Record::Request(request) => Some(request.session),
            Record::Seal(_)
            | Record::Acknowledge { .. }
            | Record::LetGo { .. }
            | Record::Forget { .. } => None,
        }
    }
}

/// The three counters, visitors only, and what they are made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sessions in which a question was seen.
    pub started: u64,
    /// Sessions with at least one answer.
    pub answered: u64,
    /// Sessions that reached the results.
    pub completed: u64,
    /// Answers given.
    pub answers: u64,
    /// The visitors' sessions, grouped.
    pub rows: Vec<CountRow>,
    /// What was tried again, and the sessions of staff and robots, grouped. They are in no counter
    /// above.
    pub not_counted: Vec<CountRow>,
    /// What visitors who reached the results would like to learn next: topics, then forms, the most
    /// wanted first.
    pub requests: Vec<RequestRow>,
}

/// How often something was requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// The kind, as it is stored.
    pub kind: String,
    /// The id of what was chosen.
    pub choice: String,
    /// In how many sessions.
    pub times: u64,
}

/// Sessions alike in mode, outcome, audience and topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountRow {
    /// The mode, as it is stored.
    pub mode: String,
    /// The outcome as it is stored, or `open`.
    pub outcome: String,
    /// The id of the audience.
    pub audience: String,
    /// The id of the topic.
    pub topic: String,
    /// How many sessions.
    pub sessions: u64,
    /// How many answers they have.
    pub answers: u64,
    /// How many of these were right.
    pub correct: u64,
}

//! A batch: gzip-compressed JSON Lines, one line a session, under a name that tells its content.
//!
//! The bytes are the same for the same sessions and seed: no moment and no machine is in them. What
//! is read back has to be exactly what a station writes: a field that is not known is refused, so
//! that nothing about a person can slip in, and nothing of a newer program gets lost unseen.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::io::{Read, Write};
use std::str::FromStr;

use flate2::bufread::GzDecoder;
use flate2::{Compression, GzBuilder};
use jiff::civil::Date;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_pcg::Pcg64Mcg;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use unic_langid::LanguageIdentifier;

use crate::bank::Audience;
use crate::records::{
    EndedAnswer, EndedRequest, EndedSession, Mode, Origin, Outcome, RequestKind, SealedBatch,
    SessionId,
};

/// The most sessions in a batch.
pub const MOST_SESSIONS: usize = 5_000;

/// A batch is closed when its text has this many bytes: compressed, about half a megabyte.
const TEXT_BYTES: usize = 4 * 1024 * 1024;

/// The most bytes of a batch that is taken from a place.
pub const MOST_BATCH_BYTES: u64 = 8 * 1024 * 1024;

/// The most bytes of its text: what a station closes a batch at, many times over.
pub const MOST_TEXT_BYTES: u64 = 64 * 1024 * 1024;

/// The most bytes of a line. The longest round with the longest ids has a third of it.
pub const MOST_LINE_BYTES: usize = 64 * 1024;

/// The most questions of a round that is believed.
const MOST_ASKED: u32 = 100;

/// The most options of an answer that is believed.
const MOST_OPTIONS: usize = 32;

/// How many hexadecimal digits of the hash are in a name.
const HASH_DIGITS: usize = 16;

/// One session, as a line. The order of the fields is that of the lines.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    #[serde(borrow)]
    session: Cow<'a, str>,
    #[serde(borrow)]
    station: Cow<'a, str>,
    #[serde(borrow)]
    division: Option<Cow<'a, str>>,
    #[serde(borrow)]
    venue: Cow<'a, str>,
    #[serde(borrow)]
    date: Option<Cow<'a, str>>,
    #[serde(borrow)]
    audience: Cow<'a, str>,
    #[serde(borrow)]
    topic: Cow<'a, str>,
    #[serde(borrow)]
    language: Cow<'a, str>,
    #[serde(borrow)]
    profile: Cow<'a, str>,
    #[serde(borrow)]
    mode: Cow<'a, str>,
    #[serde(borrow)]
    outcome: Cow<'a, str>,
    asked: u32,
    answered: u32,
    correct: u32,
    seconds: u32,
    #[serde(borrow)]
    answers: Vec<LineAnswer<'a>>,
    /// Left out where there is none, as in the batches of stations that never asked.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    requests: Vec<LineRequest<'a>>,
}

/// One answer in a line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineAnswer<'a> {
    #[serde(borrow)]
    pack: Cow<'a, str>,
    version: u32,
    #[serde(borrow)]
    question: Cow<'a, str>,
    options: Vec<Cow<'a, str>>,
    correct: bool,
    seconds: u32,
}

/// What the visitor would like to learn next.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineRequest<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    choice: Cow<'a, str>,
}

impl<'a> Line<'a> {
    fn new(origin: &'a Origin, session: &'a EndedSession) -> Self {
        let answers = session.answers.iter().map(|answer| LineAnswer {
            pack: answer.pack.as_str().into(),
            version: answer.version,
            question: answer.question.as_str().into(),
            options: answer
                .options
                .split(' ')
                .filter(|option| !option.is_empty())
                .map(Cow::from)
                .collect(),
            correct: answer.correct,
            seconds: answer.seconds,
        });
        let requests = session.requests.iter().map(|request| LineRequest {
            kind: request.kind.as_str().into(),
            choice: request.choice.as_str().into(),
        });
        Self {
            session: session.id.as_str().into(),
            station: origin.station.as_str().into(),
            division: origin.division.as_deref().map(Cow::from),
            venue: origin.venue.as_str().into(),
            date: session.date.as_deref().map(Cow::from),
            audience: session.audience.as_str().into(),
            topic: session.topic.as_str().into(),
            language: session.language.as_str().into(),
            profile: session.profile.as_str().into(),
            mode: session.mode.as_str().into(),
            outcome: session.outcome.as_str().into(),
            asked: session.asked,
            answered: session.answered,
            correct: session.correct,
            seconds: session.seconds,
            answers: answers.collect(),
            requests: requests.collect(),
        }
    }

    /// Whether every value is one that a station writes, and the counts fit the answers.
    fn is_sound(&self) -> bool {
        let modes = [Mode::Visitor, Mode::Retry, Mode::Staff, Mode::Robot].map(Mode::as_str);
        let outcomes = [
            Outcome::Completed,
            Outcome::Abandoned,
            Outcome::TimedOut,
            Outcome::Interrupted,
        ]
        .map(Outcome::as_str);
        let right = self.answers.iter().filter(|answer| answer.correct).count();
        self.session.parse::<SessionId>().is_ok()
            && self.division.as_deref().is_none_or(is_division)
            && self.date.as_deref().is_none_or(is_date)
            && Audience::ALL
                .iter()
                .any(|known| known.as_str() == self.audience)
            && [&self.venue, &self.topic, &self.profile]
                .into_iter()
                .all(|id| is_id(id))
            && self.language.len() <= 35
            && self.language.parse::<LanguageIdentifier>().is_ok()
            && modes.contains(&self.mode.as_ref())
            && outcomes.contains(&self.outcome.as_ref())
            && self.answered <= self.asked
            && self.asked <= MOST_ASKED
            && self.answered as usize == self.answers.len()
            && self.correct as usize == right
            && self.seconds.is_multiple_of(5)
            && self.answers.iter().all(LineAnswer::is_sound)
            && self.requests.iter().all(LineRequest::is_sound)
            // Each kind once, in one order.
            && self.requests.is_sorted_by(|one, next| one.kind < next.kind)
    }

    fn into_session(self) -> (Origin, EndedSession) {
        let answers = self.answers.into_iter().map(|answer| EndedAnswer {
            pack: answer.pack.into_owned(),
            version: answer.version,
            question: answer.question.into_owned(),
            options: answer.options.join(" "),
            correct: answer.correct,
            seconds: answer.seconds,
        });
        let requests = self.requests.into_iter().map(|request| EndedRequest {
            kind: request.kind.into_owned(),
            choice: request.choice.into_owned(),
        });
        let session = EndedSession {
            answers: answers.collect(),
            requests: requests.collect(),
            id: self.session.into_owned(),
            date: self.date.map(Cow::into_owned),
            audience: self.audience.into_owned(),
            topic: self.topic.into_owned(),
            language: self.language.into_owned(),
            profile: self.profile.into_owned(),
            mode: self.mode.into_owned(),
            outcome: self.outcome.into_owned(),
            asked: self.asked,
            answered: self.answered,
            correct: self.correct,
            seconds: self.seconds,
        };
        let origin = Origin {
            station: self.station.into_owned(),
            division: self.division.map(Cow::into_owned),
            venue: self.venue.into_owned(),
        };
        (origin, session)
    }
}

impl LineAnswer<'_> {
    fn is_sound(&self) -> bool {
        is_id(&self.pack)
            && is_id(&self.question)
            && self.options.len() <= MOST_OPTIONS
            && self.options.iter().all(|option| is_id(option))
            && is_each_once(&self.options)
    }
}

impl LineRequest<'_> {
    fn is_sound(&self) -> bool {
        let kinds = RequestKind::ALL.map(RequestKind::as_str);
        kinds.contains(&self.kind.as_ref()) && is_id(&self.choice)
    }
}

/// Whether no option is there twice; their order may be the answer.
fn is_each_once(options: &[Cow<'_, str>]) -> bool {
    let mut seen = BTreeSet::new();
    options.iter().all(|option| seen.insert(option))
}

/// 1 to 64 lower-case letters, digits, hyphens and underscores, as `kepu check` demands of packs.
fn is_id(id: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
    (1..=64).contains(&id.len()) && id.bytes().all(plain)
}

fn is_division(code: &str) -> bool {
    code.len() == 12 && code.bytes().all(|byte| byte.is_ascii_digit())
}

/// A day of the calendar in the one form `2026-03-13`.
fn is_date(text: &str) -> bool {
    text.len() == 10
        && text
            .parse::<Date>()
            .is_ok_and(|date| date.to_string() == text)
}

/// What a batch is called: `station=<id>/<sequence>-<hash>.jsonl.gz`. There is no moment in it, and
/// nothing that a stick's file system would refuse.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The station's id.
    pub station: String,
    /// The batch's number at the station.
    pub sequence: u64,
    /// The first 16 hexadecimal digits of the SHA-256 of its bytes.
    pub hash: String,
    /// 0, or which copy this is beside another file of the same name.
    pub copy: u8,
}

impl Name {
    /// The same name beside a file that is something else, `copy` from 1.
    #[must_use]
    pub fn beside(&self, copy: u8) -> Self {
        Self {
            copy,
            ..self.clone()
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            station,
            sequence,
            hash,
            copy,
        } = self;
        write!(f, "station={station}/{sequence:010}-{hash}")?;
        if *copy > 0 {
            write!(f, "-conflict-{copy}")?;
        }
        f.write_str(".jsonl.gz")
    }
}

impl FromStr for Name {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Self, Fault> {
        let parse = || {
            let (station, rest) = text.strip_prefix("station=")?.split_once('/')?;
            let (sequence, rest) = rest.strip_suffix(".jsonl.gz")?.split_once('-')?;
            let (hash, copy) = match rest.split_once("-conflict-") {
                Some((hash, copy)) => (hash, copy.parse().ok()?),
                None => (rest, 0),
            };
            let hexadecimal = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
            let sound =
                is_id(station) && hash.len() == HASH_DIGITS && hash.bytes().all(hexadecimal);
            sound.then_some(Self {
                station: station.to_owned(),
                sequence: sequence.parse().ok()?,
                hash: hash.to_owned(),
                copy,
            })
        };
        // There is exactly one way to write a name.
        parse()
            .filter(|name| name.to_string() == text)
            .ok_or(Fault::Name)
    }
}

/// Why a batch cannot be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not called as batches are.
    Name,
    /// It is larger than any batch.
    Size,
    /// Its bytes are not those that its name tells: it is torn or damaged.
    Hash,
    /// It is no gzip file, or holds more than any batch.
    Gzip,
    /// A line is not what a station writes.
    Line {
        /// Which, from 1.
        number: usize,
    },
}

impl Fault {
    /// A stable id.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Size => "size",
            Self::Hash => "hash",
            Self::Gzip => "gzip",
            Self::Line { .. } => "line",
        }
    }
}

/// Freezes sessions into a batch, in an order that `seed` draws. Takes the first of them, as many
/// as go into one batch; those that nobody could read back stay behind. `None` when nothing is left.
#[must_use]
pub fn freeze(
    origin: &Origin,
    sessions: &[EndedSession],
    sequence: u64,
    seed: u128,
    on: Option<&str>,
) -> Option<SealedBatch> {
    let mut lines = Vec::new();
    let mut ids = Vec::new();
    let mut size = 0;
    for session in sessions.iter().take(MOST_SESSIONS) {
        let line = Line::new(origin, session);
        let (Ok(id), Ok(text)) = (session.id.parse(), serde_json::to_vec(&line)) else {
            continue;
        };
        if !line.is_sound() || text.len() > MOST_LINE_BYTES || !is_id(&origin.station) {
            continue;
        }
        size += text.len() + 1;
        lines.push(text);
        ids.push(id);
        if size >= TEXT_BYTES {
            break;
        }
    }
    if lines.is_empty() {
        return None;
    }
    lines.shuffle(&mut Pcg64Mcg::from_seed(seed.to_le_bytes()));
    let bytes = compress(&lines)?;
    let sha256 = hash(&bytes);
    let name = Name {
        station: origin.station.clone(),
        sequence,
        hash: sha256.chars().take(HASH_DIGITS).collect(),
        copy: 0,
    };
    Some(SealedBatch {
        sequence,
        name: name.to_string(),
        sha256,
        bytes,
        sessions: ids,
        on: on.map(str::to_owned),
    })
}

fn compress(lines: &[Vec<u8>]) -> Option<Vec<u8>> {
    // Neither the moment nor the system, so that the same lines are the same bytes.
    let header = GzBuilder::new().mtime(0).operating_system(255);
    let mut gzip = header.write(Vec::new(), Compression::default());
    for line in lines {
        gzip.write_all(line).ok()?;
        gzip.write_all(b"\n").ok()?;
    }
    gzip.finish().ok()
}

/// The SHA-256 of bytes, in lower-case hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The sessions in a batch, after its name, its hash and every value have been checked; and the
/// whole hash.
///
/// # Errors
///
/// The first thing that is wrong. Whatever the bytes are, no more than [`MOST_TEXT_BYTES`] are
/// unpacked.
pub fn read(name: &Name, bytes: &[u8]) -> Result<(Vec<(Origin, EndedSession)>, String), Fault> {
    if bytes.len() as u64 > MOST_BATCH_BYTES {
        return Err(Fault::Size);
    }
    let sha256 = hash(bytes);
    if !sha256.starts_with(&name.hash) {
        return Err(Fault::Hash);
    }
    let mut gzip = GzDecoder::new(bytes);
    let mut text = Vec::new();
    let unpacked = Read::by_ref(&mut gzip)
        .take(MOST_TEXT_BYTES + 1)
        .read_to_end(&mut text);
    if unpacked.is_err() || text.len() as u64 > MOST_TEXT_BYTES || !gzip.into_inner().is_empty() {
        return Err(Fault::Gzip);
    }
    let mut sessions = Vec::new();
    let text = text.strip_suffix(b"\n").ok_or(Fault::Line { number: 1 })?;
    for (number, line) in (1..).zip(text.split(|byte| *byte == b'\n')) {
        let fault = Fault::Line { number };
        if line.len() > MOST_LINE_BYTES || number > MOST_SESSIONS {
            return Err(fault);
        }
        match serde_json::from_slice::<Line<'_>>(line) {
            Ok(line) if line.is_sound() && line.station == name.station => {
                sessions.push(line.into_session());
            }
            _ => return Err(fault),
        }
    }
    Ok((sessions, sha256))
}

/// A seed from the system's randomness, if it has any.
pub(super) fn seed() -> Option<u128> {
    use rand::TryRng;
    let mut bytes = [0; 16];
    rand::rngs::SysRng.try_fill_bytes(&mut bytes).ok()?;
    Some(u128::from_le_bytes(bytes))
}

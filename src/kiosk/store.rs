//! Turns what happens in a round into records and hands them to the writer. It never waits.

use std::time::Duration;

use bevy::prelude::*;
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use jiff::Zoned;

use super::RecordsOpener;
use super::visit::{Play, Visit};
use crate::records::{
    self, Clock, Mode, Outcome, Record, Request, RequestKind, SessionEnd, SessionId, SessionStart,
    Submitter, Ticket, Writer, WriterState,
};
use crate::session::Answer;

/// A clock that says an earlier year has never been set (the program is younger).
const FIRST_YEAR: i16 = 2026;

/// How long a program that ends waits for the disk.
const PATIENCE: Duration = Duration::from_secs(5);

/// The way to the records.
#[derive(Resource)]
pub(super) struct Store {
    writer: Option<Writer>,
    /// Told whenever a session ends.
    on_end: Box<dyn Fn() + Send + Sync>,
    mode: Mode,
    /// Something that staff should see to, known since the start or said by [`Self::raise_alarm`].
    alarm: bool,
    now: Duration,
}

/// What can be wrong with the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Nothing is stored.
    Off,
    /// Records wait for the disk.
    Behind {
        /// How many.
        waiting: usize,
    },
    /// Everything is stored, but in the reserve: the disk is or was full.
    DiskFull,
    /// Some records will never be stored.
    Lost {
        /// How many.
        lost: u64,
    },
}

/// Starts the writer and keeps it as a resource.
pub(super) fn install(
    app: &mut App,
    opener: Option<RecordsOpener>,
    alarm: bool,
    mode: Mode,
    on_end: Box<dyn Fn() + Send + Sync>,
) -> Result<(), records::Error> {
    let proxy = app
        .world()
        .get_resource::<EventLoopProxyWrapper>()
        .map(|proxy| (**proxy).clone());
    let on_change = move || {
        if let Some(proxy) = &proxy {
            // The loop may have ended: then nobody waits for the news.
            let _ = proxy.send_event(WinitUserEvent::WakeUp);
        }
    };
    let writer = match opener {
        Some(open) => Some(open(Box::new(on_change))?),
        None => None,
    };
    app.insert_resource(Store {
        on_end,
        alarm,
        writer,
        mode,
        now: Duration::ZERO,
    })
    .add_systems(First, keep_time.after(bevy::time::TimeSystems));
    Ok(())
}

fn keep_time(mut store: ResMut<Store>, time: Res<Time<Real>>) {
    store.bypass_change_detection().now = time.elapsed();
}

impl Store {
    /// The way to the records for work on other threads.
    pub(super) fn submitter(&self) -> Option<Submitter> {
        self.writer.as_ref().map(Writer::submitter)
    }

    /// Stores that a visitor saw the first question.
    pub(super) fn begin(&self, visit: &Visit) {
        let (Some(play), Some(audience)) = (&visit.play, visit.audience) else {
            return;
        };
        let now = Zoned::now();
        self.submit(Record::Start(SessionStart {
            id: play.id,
            date: now.date().to_string(),
            hour: now.hour().unsigned_abs(),
            clock: if now.year() < FIRST_YEAR {
                Clock::Unset
            } else {
                Clock::Trusted
            },
            audience: audience.as_str().to_owned(),
            topic: visit.topic.clone().unwrap_or_default(),
            language: visit.language.clone(),
            profile: visit.profile.as_str().to_owned(),
            mode: match self.mode {
                Mode::Visitor if play.again => Mode::Retry,
                mode => mode,
            },
            asked: count(play.session.round().asked().len()),
        }));
    }

    /// Stores the last answer. The ticket tells when it is durable; without records there is none.
    pub(super) fn answer(&self, play: &Play, answer: &Answer) -> Option<Ticket> {
        let question = play.session.current().question();
        self.submit(Record::Answer(records::Answer {
            session: play.id,
            ordinal: count(play.session.ordinal()),
            pack: question.pack().id().to_owned(),
            pack_version: question.pack().version(),
            question: question.id().to_owned(),
            options: answer.options.clone(),
            correct: answer.correct,
            // To the nearest second.
            seconds: u32::try_from((answer.taken.as_millis() + 500) / 1000).unwrap_or(u32::MAX),
        }))
    }

    /// Ends the session of a visit that is going on; one that has ended stays as it is.
    pub(super) fn end(&self, visit: &mut Visit, outcome: Outcome) {
        let Some(play) = &mut visit.play else { return };
        if play.ended {
            return;
        }
        play.ended = true;
        let again = play.again;
        let seconds = self.now.saturating_sub(play.began).as_secs();
        self.submit(Record::End(SessionEnd {
            id: play.id,
            outcome,
            seconds: u32::try_from(seconds).unwrap_or(u32::MAX),
        }));
        // What is tried again is no session more, and proves no pack.
        if !again {
            (self.on_end)();
        }
    }

    /// Stores what the visitor would like to learn next, or that they took it back.
    pub(super) fn request(&self, session: SessionId, kind: RequestKind, choice: Option<String>) {
        self.submit(Record::Request(Request {
            session,
            kind,
            choice,
        }));
    }

    fn submit(&self, record: Record) -> Option<Ticket> {
        self.writer.as_ref().map(|writer| writer.submit(record))
    }

    /// Whether everything up to a ticket is on disk.
    pub(super) fn is_durable(&self, ticket: Option<Ticket>) -> bool {
        match (&self.writer, ticket) {
            // Once anything was lost, a ticket cannot tell whether it was this record.
            (Some(writer), Some(ticket)) => writer.lost() == 0 && writer.is_durable(ticket),
            _ => false,
        }
    }

    /// What is wrong with the records now, if anything is.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        let Some(writer) = &self.writer else {
            return Some(Trouble::Off);
        };
        match (writer.lost(), writer.state()) {
            (0, WriterState::Good) => writer.uses_reserve().then_some(Trouble::DiskFull),
            (0, WriterState::Behind { waiting, .. }) => Some(Trouble::Behind { waiting }),
            (0, WriterState::NotRecording { .. }) => Some(Trouble::Off),
            (lost, _) => Some(Trouble::Lost { lost }),
        }
    }

    /// There is something that staff should see to, besides the records.
    pub(super) fn raise_alarm(&mut self) {
        self.alarm = true;
    }

    /// Whether there is something that staff should see to.
    pub(super) fn has_alarm(&self) -> bool {
        self.alarm || self.trouble().is_some()
    }

    /// Lets the writer finish; nothing is stored afterwards.
    pub(super) fn close(&mut self) {
        if let Some(writer) = self.writer.take()
            && !writer.finish(PATIENCE)
        {
            error!("some records could not be stored before the end");
        }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

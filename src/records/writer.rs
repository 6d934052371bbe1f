//! The one thread that writes records, so that a slow or failing disk never holds up a picture.
//!
//! Records are stored in the order they come. What cannot be stored now waits in memory and is
//! tried again; what can never be stored is counted as lost. This must not hold its lock while the
//! disk works, and knows nothing of who submits.

use std::{
    collections::VecDeque,
    mem,
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rusqlite::ErrorCode;

use super::reserve::Reserve;
use super::{Error, Record, RecordStore, SessionId};

/// How many records may wait: some hundred sessions, about a megabyte.
const MOST_WAITING: usize = 4096;

/// The pause after the first failure; each further one doubles it.
const FIRST_PAUSE: Duration = Duration::from_millis(100);

/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Shorter than the store's own: the writer tries again by itself and says meanwhile that it is
/// behind.
const BUSY_LIMIT: Duration = Duration::from_millis(250);

/// How often a reserve that was given up is tried to be laid in again.
const RESERVE_PAUSE: Duration = Duration::from_secs(600);

/// How often [`Writer::finish`] looks whether the thread has ended.
const GLANCE: Duration = Duration::from_millis(5);

/// Stores records on a thread of its own. Dropped without [`Writer::finish`], it stores what it can
/// at once, and nobody waits for it.
#[derive(Debug)]
pub struct Writer {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    /// Starts the thread. It calls `on_change` after each commit and each change of
    /// [`Writer::state`].
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the system gives no thread.
    pub fn spawn(
        mut store: RecordStore,
        on_change: impl Fn() + Send + Sync + 'static,
    ) -> Result<Writer, Error> {
        store.set_busy_limit(BUSY_LIMIT)?;
        let path = store.name().to_owned();
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        let thread = thread::Builder::new()
            .name("records".to_owned())
            .spawn(move || write_all(store, &theirs, &on_change))
            .map_err(Error::io("start the writer of", &path))?;
        Ok(Writer {
            shared,
            thread: Some(thread),
        })
    }

    /// Hands over a record. Never waits for the disk.
    pub fn submit(&self, record: Record) -> Ticket {
        let ticket = self.shared.lock().push(record);
        self.shared.wake.notify_one();
        ticket
    }

    /// A way for other threads to hand over records.
    pub fn submitter(&self) -> Submitter {
        Submitter(Arc::clone(&self.shared))
    }

    /// Whether everything up to and including this ticket is committed, save what [`Writer::lost`]
    /// counts.
    pub fn is_durable(&self, ticket: Ticket) -> bool {
        self.shared.lock().durable >= Some(ticket)
    }

    /// How it goes.
    pub fn state(&self) -> WriterState {
        let queue = self.shared.lock();
        if self.thread.as_ref().is_none_or(JoinHandle::is_finished) {
            return WriterState::NotRecording {
                lost: queue.lost,
                reason: "the writer has stopped".to_owned(),
            };
        }
        queue.state()
    }

    /// Whether the disk is or was full, so that the reserve is in use.
    pub fn uses_reserve(&self) -> bool {
        self.shared.lock().uses_reserve
    }

    /// How many records were lost since the start: too many were waiting, or they could never be
    /// stored.
    pub fn lost(&self) -> u64 {
        self.shared.lock().lost
    }

    /// Stores what is waiting, trying for at most `patience`, and ends the thread.
    /// Returns false if something remained.
    pub fn finish(mut self, patience: Duration) -> bool {
        // An hour is for ever, and a longer time might not fit the clock.
        let deadline = Instant::now() + patience.min(Duration::from_secs(3600));
        self.shared.close(deadline);
        let Some(thread) = self.thread.take() else {
            return false;
        };
        while !thread.is_finished() && Instant::now() < deadline {
            thread::sleep(GLANCE);
        }
        let is_done = self.shared.lock().is_done();
        // A thread that hangs in a dead disk is left to the end of the process.
        if (is_done || thread.is_finished()) && thread.join().is_err() {
            return false;
        }
        is_done
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if self.thread.is_some() {
            self.shared.close(Instant::now());
        }
    }
}

/// Hands records to a [`Writer`] from another thread.
#[derive(Debug, Clone)]
pub struct Submitter(Arc<Shared>);

impl Submitter {
    /// Hands over a record and waits, for at most `patience`, until the writer has dealt with it.
    /// Returns false if it has not: it may still come to be stored.
    ///
    /// True does not say that it was stored: a record that breaks a rule is passed over.
    pub fn store(&self, record: Record, patience: Duration) -> bool {
        let ticket = self.0.lock().push(record);
        self.0.wake.notify_one();
        // An hour is for ever, and a longer time might not fit the clock.
        let deadline = Instant::now() + patience.min(Duration::from_secs(3600));
        while Instant::now() < deadline {
            if self.0.lock().is_past(ticket) {
                return true;
            }
            thread::sleep(GLANCE);
        }
        false
    }
}

/// The receipt for one record. Later records have higher tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

/// How the writer fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriterState {
    /// Everything is stored or about to be.
    Good,
    /// Nothing is lost, but records wait in memory for the disk.
    Behind {
        /// How many wait.
        waiting: usize,
        /// Why, for staff and log.
        reason: String,
    },
    /// Too many wait: the oldest sessions are being lost.
    NotRecording {
        /// How many records were lost since the start.
        lost: u64,
        /// Why, for staff and log.
        reason: String,
    },
}

#[derive(Debug, Default)]
struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn close(&self, deadline: Instant) {
        self.lock().close_by = Some(deadline);
        self.wake.notify_one();
    }

    /// Waits for a record and takes it; `None` when the writer is closed and nothing is left.
    fn take(&self) -> Option<(Ticket, Record)> {
        let mut queue = self.lock();
        loop {
            if let Some(next) = queue.waiting.pop_front() {
                queue.is_storing = true;
                return Some(next);
            }
            if queue.close_by.is_some() {
                return None;
            }
            queue = self
                .wake
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Waits before the next try; returns false when there shall be none.
    fn pause(&self, pause: Duration, on_change: &impl Fn()) -> bool {
        let begun = Instant::now();
        let mut queue = self.lock();
        loop {
            let pause = if queue.close_by.is_some() {
                FIRST_PAUSE
            } else {
                pause
            };
            let left = pause.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return queue
                    .close_by
                    .is_none_or(|deadline| Instant::now() < deadline);
            }
            queue = self
                .wake
                .wait_timeout(queue, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
            if mem::take(&mut queue.is_news) {
                drop(queue);
                on_change();
                queue = self.lock();
            }
        }
    }
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<(Ticket, Record)>,
    last_ticket: u64,
    /// The last ticket committed.
    durable: Option<Ticket>,
    /// One record is with the disk, and not among the waiting.
    is_storing: bool,
    /// Why the last try failed, until nothing waits any more.
    trouble: Option<String>,
    /// Records were lost for want of room since the last commit.
    is_losing: bool,
    /// Something was lost that `on_change` has not been called for.
    is_news: bool,
    lost: u64,
    /// The reserve of disk was given up.
    uses_reserve: bool,
    /// Set once the writer shall end: tries go on until then.
    close_by: Option<Instant>,
}

impl Queue {
    fn push(&mut self, record: Record) -> Ticket {
        self.last_ticket += 1;
        let ticket = Ticket(self.last_ticket);
        self.waiting.push_back((ticket, record));
        while self.waiting.len() > MOST_WAITING {
            self.lose_oldest_session();
        }
        ticket
    }

    fn state(&self) -> WriterState {
        let reason = self.trouble.clone();
        if self.is_losing {
            return WriterState::NotRecording {
                lost: self.lost,
                reason: reason.unwrap_or_else(|| "the disk does not answer".to_owned()),
            };
        }
        match reason {
            Some(reason) => WriterState::Behind {
                waiting: self.waiting.len() + usize::from(self.is_storing),
                reason,
            },
            None => WriterState::Good,
        }
    }

    /// Whether a record is neither waiting nor with the disk.
    fn is_past(&self, ticket: Ticket) -> bool {
        let waits = self.waiting.iter().any(|(waiting, _)| *waiting == ticket);
        let next = self.waiting.front().map(|(next, _)| *next);
        // The one with the disk is older than all that wait.
        let may_be_stored = self.is_storing && next.is_none_or(|next| ticket < next);
        !(waits || may_be_stored)
    }

    fn is_done(&self) -> bool {
        self.waiting.is_empty() && !self.is_storing
    }

    fn committed(&mut self, ticket: Ticket) {
        self.is_storing = false;
        self.durable = Some(ticket);
        self.is_losing = false;
        if self.waiting.is_empty() {
            self.trouble = None;
        }
    }

    fn refused(&mut self, record: &Record) {
        self.is_storing = false;
        // Of a batch nothing is lost: its sessions are sealed with the next one.
        self.lost += u64::from(record.session().is_some());
        if self.waiting.is_empty() {
            self.trouble = None;
        }
    }

    fn failed(&mut self, ticket: Ticket, record: Record, reason: String) {
        self.is_storing = false;
        self.waiting.push_front((ticket, record));
        self.trouble = Some(reason);
    }

    /// Drops a whole session rather than a part: first one of which nothing is stored yet.
    fn lose_oldest_session(&mut self) {
        // What concerns batches is done again by whoever handed it over.
        let before = self.waiting.len();
        self.waiting
            .retain(|(_, record)| record.session().is_some());
        if self.waiting.len() < before {
            return;
        }
        let starts = self
            .waiting
            .iter()
            .find(|(_, record)| matches!(record, Record::Start(_)));
        let oldest = starts.or(self.waiting.front());
        if let Some(session) = oldest.and_then(|(_, record)| record.session()) {
            self.lose(session);
        }
    }

    fn lose(&mut self, session: SessionId) {
        let before = self.waiting.len();
        self.waiting
            .retain(|(_, record)| record.session() != Some(session));
        self.lost += (before - self.waiting.len()) as u64;
        self.is_losing = true;
        self.is_news = true;
    }
}

/// The thread: stores one record after another until the writer is closed.
fn write_all(mut store: RecordStore, shared: &Shared, on_change: &impl Fn()) {
    let mut reserve = store.path.as_deref().and_then(|path| {
        let mut reserve = Kept::of(path.parent()?);
        reserve.look(shared);
        Some(reserve)
    });
    let mut pause = FIRST_PAUSE;
    while let Some((ticket, record)) = shared.take() {
        match store.store(&record) {
            Ok(()) => {
                pause = FIRST_PAUSE;
                shared.lock().committed(ticket);
                if let Some(reserve) = &mut reserve {
                    reserve.look(shared);
                }
                on_change();
            }
            // Held on to, it would stop every record behind it.
            Err(Error::Refused { .. }) => {
                shared.lock().refused(&record);
                on_change();
            }
            Err(error) => {
                let full = error.code() == Some(ErrorCode::DiskFull);
                let made_room = reserve
                    .as_mut()
                    .is_some_and(|reserve| reserve.make_room(full, shared));
                if error.wants_reopening() {
                    store.close();
                }
                shared.lock().failed(ticket, record, error.to_string());
                on_change();
                if made_room {
                    continue;
                }
                if !shared.pause(pause, on_change) {
                    return;
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
    }
}

/// The reserve of disk, and when it was looked at.
struct Kept {
    reserve: Reserve,
    next_look: Instant,
}

impl Kept {
    fn of(dir: &Path) -> Self {
        Self {
            reserve: Reserve::in_folder(dir),
            next_look: Instant::now(),
        }
    }

    /// Lays the reserve in where it is missing, now and then.
    fn look(&mut self, shared: &Shared) {
        if self.next_look <= Instant::now() {
            self.next_look = Instant::now() + RESERVE_PAUSE;
            // On a disk that never had room for it, little room is told elsewhere.
            if self.reserve.lay_in() {
                shared.lock().uses_reserve = false;
            }
        }
    }

    /// Gives the reserve up if the disk is full; whether that made room.
    fn make_room(&mut self, full: bool, shared: &Shared) -> bool {
        if !(full || self.reserve.is_disk_full()) || !self.reserve.give_up() {
            return false;
        }
        self.next_look = Instant::now() + RESERVE_PAUSE;
        shared.lock().uses_reserve = true;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::{super::*, *};

    #[test]
    fn when_too_much_waits_the_oldest_whole_sessions_are_lost_and_counted() {
        let mut queue = Queue::default();
        // The first session has been begun before; 1,000 more of 5 records follow.
        for n in 0..1001_u16 {
            for ordinal in 0..=4 {
                if n > 0 || ordinal > 0 {
                    queue.push(record(session(n), ordinal));
                }
            }
        }
        // 5,004 were submitted. Whole sessions go until at most 4,096 wait: 182 of them.
        assert_eq!(queue.lost, 182 * 5);
        assert_eq!(queue.waiting.len(), 5004 - 182 * 5);
        let waits = |n| {
            queue
                .waiting
                .iter()
                .any(|(_, record)| record.session() == Some(session(n)))
        };
        assert!(waits(0) && !waits(1) && !waits(182) && waits(183) && waits(1000));
        assert!(queue.waiting.iter().is_sorted_by_key(|(ticket, _)| *ticket));
        assert!(matches!(
            queue.state(),
            WriterState::NotRecording { lost: 910, .. }
        ));
    }

    fn session(n: u16) -> SessionId {
        SessionId::from_bytes(u128::from(n).to_be_bytes())
    }

    fn record(session: SessionId, ordinal: u32) -> Record {
        if ordinal == 0 {
            return Record::Start(SessionStart {
                id: session,
                date: "2026-03-13".to_owned(),
                hour: 9,
                clock: Clock::Trusted,
                audience: "youth".to_owned(),
                topic: "health".to_owned(),
                language: "en".to_owned(),
                profile: "standard".to_owned(),
                mode: Mode::Visitor,
                asked: 4,
            });
        }
        Record::Answer(Answer {
            session,
            ordinal,
            pack: "everyday-health".to_owned(),
            pack_version: 1,
            question: "water".to_owned(),
            options: vec!["a".to_owned()],
            correct: true,
            seconds: 3,
        })
    }
}

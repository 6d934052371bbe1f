//! When to try again: a pure state machine on monotonic time, which a wrong clock does not touch.
//!
//! After trouble it waits a minute, then twice as long each time, up to an hour, for ever; a part
//! of each wait is drawn, so that a county's stations do not come all at once. A place that asks for
//! patience gets it; one that refuses access is asked once an hour.

use std::time::Duration;

use super::Trouble;

/// The wait after the first trouble.
pub const FIRST_WAIT: Duration = Duration::from_secs(60);

/// The longest wait, however often it has failed.
pub const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// How long until something new is looked for when all went well: what leaves are whole days.
pub const REST: Duration = Duration::from_secs(15 * 60);

/// The most that a place may ask for.
const MOST_ASKED: Duration = Duration::from_secs(6 * 60 * 60);

/// When to try next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    failures: u32,
    next: Duration,
}

impl Pace {
    /// The moment of the next try, in monotonic time.
    #[must_use]
    pub fn next(&self) -> Duration {
        self.next
    }

    /// Whether it is time to try.
    #[must_use]
    pub fn is_due(&self, now: Duration) -> bool {
        self.next <= now
    }

    /// Tries at once, as when staff ask for it.
    pub fn hurry(&mut self, now: Duration) {
        self.next = now;
    }

    /// Learns how a try went that ended `now`; `drawn` is from 0 to 1.
    pub fn ended(&mut self, trouble: Option<&Trouble>, now: Duration, drawn: f64) {
        let drawn = drawn.clamp(0.0, 1.0);
        let Some(trouble) = trouble else {
            self.failures = 0;
            self.next = now.saturating_add(REST);
            return;
        };
        let doubled = FIRST_WAIT.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        let wait = match trouble {
            // Other words do not open the door sooner, and may lock it.
            Trouble::Denied => LONGEST_WAIT,
            _ => doubled.min(LONGEST_WAIT),
        };
        let wait = wait.mul_f64(0.5 + drawn / 2.0);
        let asked = match trouble {
            Trouble::Busy(Some(asked)) => (*asked).min(MOST_ASKED),
            Trouble::Denied => LONGEST_WAIT,
            _ => Duration::ZERO,
        };
        self.next = now.saturating_add(wait.max(asked));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;

    fn waits(troubles: &[Trouble], drawn: f64) -> Vec<u64> {
        let mut pace = Pace::default();
        let mut now = Duration::from_secs(1000);
        let mut waits = Vec::new();
        for trouble in troubles {
            pace.ended(Some(trouble), now, drawn);
            waits.push((pace.next() - now).as_secs());
            now = pace.next();
        }
        waits
    }

    #[test]
    fn the_wait_doubles_from_a_minute_to_an_hour_and_stays_there() {
        let down = vec![Trouble::Network; 9];
        let expected = [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600];
        assert_eq!(waits(&down, 1.0), expected);
        // The least that is drawn is half of it.
        assert_eq!(waits(&down, 0.0), expected.map(|wait| wait / 2));
    }

    #[test]
    fn who_is_refused_asks_once_an_hour_and_who_is_asked_for_patience_has_it() {
        assert_eq!(
            waits(&[Trouble::Denied, Trouble::Denied], 0.0),
            [3600, 3600]
        );
        let busy = |seconds| Trouble::Busy(Some(Duration::from_secs(seconds)));
        assert_eq!(waits(&[busy(300), busy(5)], 1.0), [300, 120]);
        assert_eq!(waits(&[busy(u64::MAX)], 1.0), [6 * 3600]);
        assert_eq!(waits(&[Trouble::Busy(None)], 1.0), [60]);
    }

    #[test]
    fn after_success_the_next_trouble_is_the_first() {
        let mut pace = Pace::default();
        assert!(pace.is_due(Duration::ZERO));
        for _ in 0..20 {
            pace.ended(Some(&Trouble::Network), Duration::ZERO, 1.0);
        }
        pace.ended(None, Duration::ZERO, 1.0);
        assert_eq!(pace.next(), REST);
        assert!(!pace.is_due(REST - Duration::from_millis(1)) && pace.is_due(REST));
        pace.ended(Some(&Trouble::Network), REST, 1.0);
        assert_eq!(pace.next(), REST + FIRST_WAIT);
        pace.hurry(Duration::from_secs(7));
        assert!(pace.is_due(Duration::from_secs(7)));
    }

    proptest! {
        #[test]
        fn the_next_try_always_comes_and_never_at_once(
            kinds in prop::collection::vec(0_usize..4, 1..200), drawn in 0.0_f64..1.0,
        ) {
            let mut pace = Pace::default();
            let mut now = Duration::ZERO;
            for kind in kinds {
                let trouble = match kind {
                    0 => Trouble::Network,
                    1 => Trouble::Denied,
                    2 => Trouble::Busy(Some(Duration::from_secs(90))),
                    _ => Trouble::Full,
                };
                pace.ended(Some(&trouble), now, drawn);
                let wait = pace.next() - now;
                prop_assert!(wait >= FIRST_WAIT / 2 && wait <= LONGEST_WAIT, "{:?}", wait);
                now = pace.next();
            }
        }
    }
}

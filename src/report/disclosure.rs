//! What the public edition may say, so that no count from 1 to 9 can be worked out from it.
//!
//! # The rule
//!
//! 1. A count from 1 to 9 is shown as `<10`, any other as the nearest multiple of 5; 0 is 0.
//! 2. The public edition has the three counters of a whole year and one-way tables of the answered
//!    sessions, nothing across two of them; below 30 sessions it has the counters only.
//! 3. A table is left out if with it any number shown as `<10` could be narrowed too far: for every
//!    table with such a number, what its rows may add up to must reach at least [`ROOM`] beyond
//!    what is known of the whole on either side.
//! 4. A question's share is shown if it has at least [`LEAST_FOR_RATE`] answers, [`SMALL`] right
//!    ones and [`SMALL`] wrong ones, if what is shown of its topic and audiences says as much, and
//!    as the nearest multiple of 5 per cent, without any count.
//! 5. Days, stations and townships are counted only where no number of these tables is shown as `<10`.
//! 6. What some of the completed sessions asked for is a table of its own, without a sum and without
//!    those that asked for nothing. It is shown from 30 completed sessions on, and left out if the
//!    least that its rows may add up to does not stay [`ROOM`] below the most completed sessions, or
//!    says so much of the whole that rule 3 would be broken.
//!
//! # Why that is enough
//!
//! The tables divide the same sessions by one thing each. Whatever rows with equal sums are put side
//! by side, sessions can be thought up that have them, so all that ties the tables together is their
//! common sum, and for each number the values that fit everything shown form one stretch. With rule
//! 3 that stretch contains 4, 5 and 6 for every `<10`. Two tables across (audience by topic),
//! levels of places, stations, outcomes, or a month beside its year would tie cells together in
//! more ways; that is why the public edition does without. Rule 4 shows no more of a number of
//! sessions than its rounded count has shown already. That a table is left out says nothing about
//! the whole, because for every value of it some table of two rows would be left out.
//!
//! The tables of rule 6 are bound to the others by one thing only: their rows together are no more
//! than the completed sessions. That can narrow a row from above, which rule 6 leaves room for, and
//! the whole from below, which it asks rule 3 about. A count of days does neither: it, too, is only
//! less than the whole.
//!
//! A test attacks all of this: a solver over whole editions, and every data set there is in small
//! worlds.

/// Counts below this are small.
pub const SMALL: u64 = 10;

/// To what counts are rounded.
pub const STEP: u64 = 5;

/// How far what a table may add up to must reach beyond what is known of the whole.
pub const ROOM: u64 = 5;

/// The fewest answers of which a share is shown, and the fewest sessions that tables are made of.
pub const LEAST_FOR_RATE: u64 = 30;

/// A count as the public edition shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shown {
    /// From 1 to 9: `<10`.
    Few,
    /// Rounded to the nearest multiple of 5.
    About(u64),
}

impl Shown {
    /// A count as it is shown.
    #[must_use]
    pub fn of(count: u64) -> Self {
        match count {
            1..SMALL => Self::Few,
            _ => Self::About((count + STEP / 2) / STEP * STEP),
        }
    }

    /// The least that was counted.
    #[must_use]
    pub fn least(self) -> u64 {
        match self {
            Self::Few => 1,
            Self::About(0) => 0,
            Self::About(about) => (about - STEP / 2).max(SMALL),
        }
    }

    /// The most that was counted.
    #[must_use]
    pub fn most(self) -> u64 {
        match self {
            Self::Few => SMALL - 1,
            Self::About(0) => 0,
            Self::About(about) => about + STEP / 2,
        }
    }
}

/// The three counters of the whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Whole<T> {
    /// Sessions in which a question was seen.
    pub started: T,
    /// Sessions with at least one answer.
    pub answered: T,
    /// Sessions that reached the results.
    pub completed: T,
}

/// What the public edition shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Published {
    /// The counters.
    pub whole: Whole<Shown>,
    /// The tables in the order given; `None` for one that is left out.
    pub tables: Vec<Option<Vec<Shown>>>,
    /// The tables of parts in the order given; `None` for one that is left out.
    pub parts: Vec<Option<Vec<Shown>>>,
}

impl Published {
    /// Whether every table of the whole is there and no number of theirs is shown as `<10`.
    #[must_use]
    pub fn has_nothing_small(&self) -> bool {
        self.tables.iter().all(|table| {
            table
                .as_ref()
                .is_some_and(|rows| !rows.contains(&Shown::Few))
        })
    }
}

/// What is known of a sum.
#[derive(Debug, Clone, Copy)]
struct Range {
    least: u64,
    most: u64,
}

impl Range {
    fn of(rows: &[Shown]) -> Self {
        Self {
            least: rows.iter().map(|row| row.least()).sum(),
            most: rows.iter().map(|row| row.most()).sum(),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            least: self.least.max(other.least),
            most: self.most.min(other.most),
        }
    }

    fn reaches_beyond(self, known: Self) -> bool {
        self.most >= known.least + ROOM && known.most >= self.least + ROOM
    }
}

/// Protects the tables, each of which divides the answered sessions, and those of `parts`, each of
/// which divides some of the completed ones and says nothing of the rest.
///
/// The order decides which of two tables that do not go together is left out: the later one, and a
/// part after every table.
#[must_use]
pub fn protect(whole: Whole<u64>, tables: &[Vec<u64>], parts: &[Vec<u64>]) -> Published {
    let shown = Whole {
        started: Shown::of(whole.started),
        answered: Shown::of(whole.answered),
        completed: Shown::of(whole.completed),
    };
    let mut known = Range {
        least: shown.answered.least().max(shown.completed.least()),
        most: shown.answered.most().min(shown.started.most()),
    };
    // What the rows of each table with a small number may add up to.
    let mut guarded: Vec<Range> = Vec::new();
    let tables: Vec<_> = tables
        .iter()
        .map(|rows| {
            let rows: Vec<Shown> = rows.iter().copied().map(Shown::of).collect();
            let range = Range::of(&rows);
            let then = known.and(range);
            let is_small = rows.contains(&Shown::Few);
            let is_safe = guarded
                .iter()
                .chain(is_small.then_some(&range))
                .all(|guarded| guarded.reaches_beyond(then));
            if shown.answered < Shown::About(LEAST_FOR_RATE) || !is_safe {
                return None;
            }
            known = then;
            guarded.extend(is_small.then_some(range));
            Some(rows)
        })
        .collect();
    let parts = parts.iter().map(|rows| {
        let rows: Vec<Shown> = rows.iter().copied().map(Shown::of).collect();
        let Range { least, .. } = Range::of(&rows);
        let then = Range {
            least: known.least.max(least),
            ..known
        };
        let most = shown.completed.most().min(known.most);
        let is_safe = guarded.iter().all(|own| own.reaches_beyond(then))
            && (!rows.contains(&Shown::Few) || most >= least + ROOM);
        if shown.completed < Shown::About(LEAST_FOR_RATE) || !is_safe {
            return None;
        }
        known = then;
        Some(rows)
    });
    Published {
        parts: parts.collect(),
        tables,
        whole: shown,
    }
}

/// A part of the sessions that answers are tied to, as it is shown: a topic, some audiences, or all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which questions belong to it, in the order given.
    pub questions: Vec<bool>,
    /// The fewest sessions that it has by what is shown.
    pub least: u64,
}

/// Right and wrong answers of a question.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Answers {
    /// Right ones.
    pub right: u64,
    /// Wrong ones.
    pub wrong: u64,
}

impl Answers {
    /// All of them.
    #[must_use]
    pub fn all(self) -> u64 {
        self.right + self.wrong
    }
}

/// Which questions' shares are shown. That one is shown says that it has at least
/// [`LEAST_FOR_RATE`] answers, each in a session of its own; what is shown of every part must have
/// said so already. `most_answers` is the most that one session can have.
#[must_use]
pub fn rates(questions: &[Answers], parts: &[Part], most_answers: u64) -> Vec<bool> {
    let mut shown = vec![false; questions.len()];
    for (at, answers) in questions.iter().enumerate() {
        let is_enough =
            answers.all() >= LEAST_FOR_RATE && answers.right >= SMALL && answers.wrong >= SMALL;
        shown[at] = is_enough;
        let says_nothing_new = parts.iter().all(|part| {
            let belongs = |at: usize| part.questions.get(at) == Some(&true);
            let count = (0..=at).filter(|at| shown[*at] && belongs(*at)).count() as u64;
            count == 0
                || part.least >= LEAST_FOR_RATE
                    && part.least * most_answers >= count * LEAST_FOR_RATE
        });
        shown[at] = is_enough && says_nothing_new;
    }
    shown
}

/// The share of right answers, in per cent to the nearest multiple of 5.
#[must_use]
pub fn percent(answers: Answers) -> u64 {
    let all = answers.all().max(1);
    (answers.right * 200 + all * STEP) / (all * 2 * STEP) * STEP
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(answered: u64) -> Whole<u64> {
        Whole {
            started: answered,
            answered,
            completed: answered,
        }
    }

    #[test]
    fn counts_are_shown_as_few_or_as_the_nearest_multiple_of_five() {
        for (count, shown) in [
            (0, Shown::About(0)),
            (1, Shown::Few),
            (9, Shown::Few),
            (10, Shown::About(10)),
            (12, Shown::About(10)),
            (13, Shown::About(15)),
            (4852, Shown::About(4850)),
        ] {
            assert_eq!(Shown::of(count), shown);
        }
        for count in 0..500 {
            let shown = Shown::of(count);
            assert!((shown.least()..=shown.most()).contains(&count), "{count}");
            // The bounds are as near as they can be.
            assert_eq!(Shown::of(shown.least()), shown);
            assert_eq!(Shown::of(shown.most()), shown);
        }
    }

    #[test]
    fn a_table_whose_small_numbers_could_be_worked_out_is_left_out() {
        // 20 + 10 + <10 + <10, of a whole of 40: at most 22 + 12 + 9 + 9.
        let safe = vec![21, 11, 4, 5];
        // <10 and <10 beside 12, shown as 10, of a whole that is shown as 30: two times 9.
        let pinned = vec![9, 9, 12];
        // <10 and <10 beside 28, shown as 30, of a whole shown as 30: at least 30 of at most 32.
        let low = vec![1, 1, 28];
        for (answered, table, is_shown) in [(41, safe, true), (30, pinned, false), (30, low, false)]
        {
            let published = protect(whole(answered), &[table], &[]);
            assert_eq!(published.tables[0].is_some(), is_shown, "{answered}");
        }
    }

    #[test]
    fn of_two_tables_that_do_not_go_together_the_later_is_left_out() {
        // The second says that there are at least 23 + 18, the first that there are at most
        // 9 + 12 + 22.
        let (first, second) = (vec![9, 11, 22], vec![23, 19]);
        let published = protect(whole(42), &[first.clone(), second.clone()], &[]);
        assert!(published.tables[0].is_some() && published.tables[1].is_none());
        assert!(!published.has_nothing_small());
        let published = protect(whole(42), &[second, first], &[]);
        assert!(published.tables[0].is_some() && published.tables[1].is_none());
    }

    #[test]
    fn a_table_of_a_part_is_left_out_where_it_would_fill_the_whole_or_narrow_it() {
        let shown = |whole, tables: &[Vec<u64>], part: &[u64]| {
            protect(whole, tables, &[part.to_vec()]).parts[0].is_some()
        };
        // 1 + 23 of at most 32, or 28 of them.
        assert!(shown(whole(30), &[], &[4, 25]));
        assert!(!shown(whole(30), &[], &[4, 29]));
        // Without a small number there is nothing to be narrowed by it.
        assert!(shown(whole(30), &[], &[0, 30]));
        // Of few completed sessions nothing is said.
        let few = Whole {
            completed: 27,
            ..whole(90)
        };
        assert!(!shown(few, &[], &[4, 5]));
        // <10 beside 43 to 47, of 48 to 52: that all of these 52 asked for something would say that
        // the small one is at least 5.
        let small = [vec![7, 45]];
        assert!(shown(whole(52), &small, &[12, 13, 13, 13]));
        assert!(!shown(whole(52), &small, &[13, 13, 13, 13]));
    }

    #[test]
    fn a_few_sessions_have_no_tables() {
        let published = protect(whole(27), &[vec![27]], &[]);
        assert_eq!(published.tables, [None]);
        assert_eq!(published.whole.answered, Shown::About(25));
        assert!(protect(whole(28), &[vec![28]], &[]).has_nothing_small());
    }

    #[test]
    fn a_share_needs_right_and_wrong_answers_and_enough_sessions_shown() {
        let answers = |right, wrong| Answers { right, wrong };
        let part = |least, questions: &[bool]| Part {
            least,
            questions: questions.to_vec(),
        };
        let questions = [
            answers(20, 10),
            answers(21, 9),
            answers(9, 30),
            answers(15, 14),
        ];
        let all = part(28, &[true; 4]);
        assert_eq!(rates(&questions, &[], 6), [true, false, false, false]);
        assert_eq!(rates(&questions, &[all], 6), [false; 4]);
        // No more than the sessions of a part can have answered.
        let many = [answers(20, 20); 5];
        let topic = part(48, &[true, true, true, true, false]);
        assert_eq!(rates(&many, &[topic], 2), [true, true, true, false, true]);
        assert_eq!(percent(answers(2, 1)), 65);
        assert_eq!(percent(answers(39, 1)), 100);
        assert_eq!(percent(answers(1, 1)), 50);
    }
}

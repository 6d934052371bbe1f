//! A small exact solver: whole numbers within bounds, tied by sums within bounds.

/// A sum of numbers, each times a factor, that lies from one number to another.
#[derive(Debug, Clone)]
pub(super) struct Tie {
    pub(super) terms: Vec<(usize, i64)>,
    pub(super) from: i64,
    pub(super) to: i64,
}

/// Beyond any count that is thought up here.
pub(super) const ENDLESS: i64 = 1 << 40;

/// Numbers and what ties them.
#[derive(Debug, Clone, Default)]
pub(super) struct System {
    pub(super) bounds: Vec<(i64, i64)>,
    pub(super) ties: Vec<Tie>,
}

impl System {
    /// A new number within bounds.
    pub(super) fn number(&mut self, from: i64, to: i64) -> usize {
        self.bounds.push((from, to));
        self.bounds.len() - 1
    }

    pub(super) fn tie(&mut self, terms: Vec<(usize, i64)>, from: i64, to: i64) {
        self.ties.push(Tie { terms, from, to });
    }

    /// Narrows bounds until nothing changes; `None` when nothing fits.
    fn narrow(&self, mut bounds: Vec<(i64, i64)>) -> Option<Vec<(i64, i64)>> {
        loop {
            let before = bounds.clone();
            for tie in &self.ties {
                let ends = |bounds: &[(i64, i64)], (at, factor): (usize, i64)| {
                    let (a, b) = (bounds[at].0 * factor, bounds[at].1 * factor);
                    (a.min(b), a.max(b))
                };
                let sum = tie.terms.iter().fold((0, 0), |sum, term| {
                    let own = ends(&bounds, *term);
                    (sum.0 + own.0, sum.1 + own.1)
                });
                for term in &tie.terms {
                    let (at, factor) = *term;
                    let own = ends(&bounds, *term);
                    // What is left for this one beside the least and the most of the others.
                    let least = tie.from - (sum.1 - own.1);
                    let most = tie.to - (sum.0 - own.0);
                    let (low, high) = match factor > 0 {
                        true => (ceil(least, factor), floor(most, factor)),
                        false => (ceil(-most, -factor), floor(-least, -factor)),
                    };
                    let now = &mut bounds[at];
                    // Narrowed once all terms are known: the sums above stay true, only wider.
                    *now = (now.0.max(low), now.1.min(high));
                    if now.0 > now.1 {
                        return None;
                    }
                }
            }
            if bounds == before {
                return Some(bounds);
            }
        }
    }

    /// Whether numbers can be found that fit. Exact: it gives up with a panic rather than guess.
    fn fits(&self, bounds: Vec<(i64, i64)>, tries: &mut u32) -> bool {
        *tries += 1;
        assert!(*tries < 100_000, "the solver does not come to an end");
        let Some(bounds) = self.narrow(bounds) else {
            return false;
        };
        let open = bounds.iter().enumerate().filter(|(_, own)| own.0 < own.1);
        let Some((at, own)) = open.min_by_key(|(_, own)| own.1 - own.0) else {
            return true;
        };
        let (low, high) = *own;
        // The middle first: it rarely fails. Then what is below and above.
        let middle = low + (high - low) / 2;
        [(middle, middle), (low, middle - 1), (middle + 1, high)]
            .into_iter()
            .filter(|(from, to)| from <= to)
            .any(|own| {
                let mut bounds = bounds.clone();
                bounds[at] = own;
                self.fits(bounds, tries)
            })
    }

    /// Whether a number must be what it is: no other value fits.
    pub(super) fn pins(&self, at: usize, value: i64) -> bool {
        let Some(bounds) = self.narrow(self.bounds.clone()) else {
            panic!("the truth itself does not fit");
        };
        assert!(
            (bounds[at].0..=bounds[at].1).contains(&value),
            "the truth does not fit"
        );
        let others = (bounds[at].0..=bounds[at].1).filter(|other| *other != value);
        !others.into_iter().any(|other| {
            let mut bounds = bounds.clone();
            bounds[at] = (other, other);
            self.fits(bounds, &mut 0)
        })
    }
}

fn floor(a: i64, b: i64) -> i64 {
    a.div_euclid(b)
}

fn ceil(a: i64, b: i64) -> i64 {
    -(-a).div_euclid(b)
}

#[test]
fn the_solver_finds_what_a_search_of_everything_finds() {
    // Two tables over one whole, with a part that is known to be at least so much.
    for (a, b, whole, part) in [
        ([(1, 9), (1, 9)], [(10, 12), (8, 8)], (18, 22), 0),
        ([(1, 9), (10, 12)], [(3, 7), (8, 12)], (8, 12), 0),
        ([(1, 9), (1, 9)], [(1, 9), (1, 9)], (1, 9), 7),
        ([(1, 9), (8, 12)], [(13, 17), (1, 9)], (18, 22), 20),
    ] {
        let mut system = System::default();
        let sum = system.number(whole.0, whole.1);
        let mut numbers = vec![sum];
        for table in [a, b] {
            let rows = table.map(|(from, to)| system.number(from, to));
            system.tie(vec![(sum, -1), (rows[0], 1), (rows[1], 1)], 0, 0);
            numbers.extend(rows);
        }
        system.tie(vec![(numbers[1], 1), (numbers[2], 1)], part, ENDLESS);
        let mut found = vec![std::collections::BTreeSet::new(); 5];
        for x in a[0].0..=a[0].1 {
            for y in a[1].0..=a[1].1 {
                for z in b[0].0..=b[0].1 {
                    let (all, w) = (x + y, x + y - z);
                    let is_in = |value: i64, (from, to)| value >= from && value <= to;
                    if is_in(all, whole) && is_in(w, b[1]) && all >= part {
                        for (found, value) in found.iter_mut().zip([all, x, y, z, w]) {
                            found.insert(value);
                        }
                    }
                }
            }
        }
        for (at, found) in numbers.iter().zip(found) {
            assert!(!found.is_empty());
            for value in &found {
                assert_eq!(system.pins(*at, *value), found.len() == 1, "{at} {found:?}");
            }
        }
    }
}

//! The gathered facts, rolled up: exact, in no language, with nothing left out.

use std::collections::{BTreeMap, BTreeSet};

use super::disclosure::Answers;
use super::lines::clean;
use super::period::Period;
use super::places::{LEVELS, Level, is_township, place_at};
use crate::records::report::{Counters, Facts, Place, Retries};

/// Sessions by one thing.
pub type By = BTreeMap<String, Counters>;

/// A question as it was asked in one version of its pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The id of the pack.
    pub pack: String,
    /// Its version.
    pub version: u32,
    /// The id of the question.
    pub question: String,
}

/// How a question was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answered {
    /// Right and wrong.
    pub answers: Answers,
    /// The wrong answer that was given most often, as option ids with spaces between, and how
    /// often; of several the first.
    pub top_wrong: Option<(String, u64)>,
    /// How it was answered when it had been missed and was tried again at once: in none of the
    /// above.
    pub second: Retries,
}

/// A month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Month {
    /// Its sessions.
    pub counters: Counters,
    /// Days on which a session was answered.
    pub days_active: u64,
}

/// Everything that is known of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The period.
    pub period: Period,
    /// Its sessions.
    pub whole: Counters,
    /// Sessions of which the day is not known: they are in nothing else.
    pub undated: Counters,
    /// By month: every month of the period, as `2026-03`.
    pub months: BTreeMap<String, Month>,
    /// By hour from 0 to 23, where hours are known.
    pub hours: BTreeMap<u8, Counters>,
    /// Sessions of which the hour is not known.
    pub without_hour: Counters,
    /// By audience and topic.
    pub audience_topic: BTreeMap<(String, String), Counters>,
    /// By audience.
    pub audience: By,
    /// By topic.
    pub topic: By,
    /// By language.
    pub language: By,
    /// By profile.
    pub profile: By,
    /// By outcome.
    pub outcome: By,
    /// By kind of place.
    pub venue: By,
    /// By administrative division, at each level.
    pub divisions: Vec<(Level, By)>,
    /// By station.
    pub stations: BTreeMap<Place, Counters>,
    /// By pack and version.
    pub packs: BTreeMap<(String, u32), Answers>,
    /// By question.
    pub questions: BTreeMap<Asked, Answered>,
    /// Days on which a session was answered.
    pub days_active: u64,
    /// Stations at which a session was answered.
    pub stations_active: u64,
    /// Townships in which a session was answered.
    pub townships_covered: u64,
    /// The most answers in one session.
    pub most_answers: u64,
    /// Second attempts at all questions: in no other number.
    pub second: Retries,
    /// What was requested in sessions that reached the results, by kind, and how often.
    pub requests: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Rolls up the facts of a period.
#[must_use]
pub fn summarise(period: Period, facts: &Facts) -> Summary {
    let mut whole = Counters::default();
    let mut undated = Counters::default();
    let mut without_hour = Counters::default();
    let mut months: BTreeMap<String, Month> = period
        .months()
        .map(|month| (month, Month::default()))
        .collect();
    let mut hours: BTreeMap<u8, Counters> = BTreeMap::new();
    let mut days = BTreeSet::new();
    for (moment, counters) in &facts.times {
        let Some(date) = &moment.date else {
            undated.add(*counters);
            continue;
        };
        whole.add(*counters);
        let month = months
            .entry(clean(date.get(..7).unwrap_or(date)))
            .or_default();
        month.counters.add(*counters);
        if counters.answered > 0 && days.insert(date.as_str()) {
            month.days_active += 1;
        }
        match moment.hour {
            Some(hour) => hours.entry(hour).or_default().add(*counters),
            None => without_hour.add(*counters),
        }
    }
    let by = |id: fn(&crate::records::report::Kind) -> &String| {
        roll_up(
            facts
                .kinds
                .iter()
                .map(|(kind, counters)| (clean(id(kind)), *counters)),
        )
    };
    let both = facts
        .kinds
        .iter()
        .map(|(kind, counters)| ((clean(&kind.audience), clean(&kind.topic)), *counters));
    let places = || facts.places.iter();
    let divisions = LEVELS.iter().map(|(level, _)| {
        let rows =
            places().map(|(place, counters)| (clean(place_at(&place.division, *level)), *counters));
        (*level, roll_up(rows))
    });
    let active = || places().filter(|(_, counters)| counters.answered > 0);
    let stations: BTreeSet<_> = active().map(|(place, _)| &place.station).collect();
    let townships: BTreeSet<_> = active()
        .map(|(place, _)| place_at(&place.division, Level::Township))
        .filter(|digits| is_township(digits))
        .collect();
    Summary {
        period,
        whole,
        undated,
        months,
        hours,
        without_hour,
        audience_topic: roll_up(both),
        audience: by(|kind| &kind.audience),
        topic: by(|kind| &kind.topic),
        language: by(|kind| &kind.language),
        profile: by(|kind| &kind.profile),
        outcome: by(|kind| &kind.outcome),
        venue: roll_up(places().map(|(place, counters)| (clean(&place.venue), *counters))),
        divisions: divisions.collect(),
        stations: roll_up(places().map(|(place, counters)| {
            let place = Place {
                station: clean(&place.station),
                division: clean(&place.division),
                venue: clean(&place.venue),
            };
            (place, *counters)
        })),
        packs: packs(facts),
        questions: questions(facts),
        days_active: days.len() as u64,
        stations_active: stations.len() as u64,
        townships_covered: townships.len() as u64,
        most_answers: facts.most_answers,
        second: facts
            .retries
            .values()
            .fold(Retries::default(), |mut sum, own| {
                sum.add(*own);
                sum
            }),
        requests: requests(facts),
    }
}

fn roll_up<K: Ord>(rows: impl Iterator<Item = (K, Counters)>) -> BTreeMap<K, Counters> {
    let mut sums: BTreeMap<K, Counters> = BTreeMap::new();
    for (key, counters) in rows {
        sums.entry(key).or_default().add(counters);
    }
    sums
}

fn add(answers: &mut Answers, correct: bool, times: u64) {
    match correct {
        true => answers.right += times,
        false => answers.wrong += times,
    }
}

fn packs(facts: &Facts) -> BTreeMap<(String, u32), Answers> {
    let mut packs: BTreeMap<(String, u32), Answers> = BTreeMap::new();
    for (choice, times) in &facts.choices {
        let answers = packs
            .entry((clean(&choice.pack), choice.version))
            .or_default();
        add(answers, choice.correct, *times);
    }
    packs
}

fn questions(facts: &Facts) -> BTreeMap<Asked, Answered> {
    let mut questions: BTreeMap<Asked, Answered> = BTreeMap::new();
    for (choice, times) in &facts.choices {
        let asked = Asked {
            pack: clean(&choice.pack),
            version: choice.version,
            question: clean(&choice.question),
        };
        let answered = questions.entry(asked).or_default();
        add(&mut answered.answers, choice.correct, *times);
        let most = answered.top_wrong.as_ref().map_or(0, |(_, most)| *most);
        if !choice.correct && *times > most {
            answered.top_wrong = Some((clean(&choice.options), *times));
        }
    }
    for ((pack, version, question), retries) in &facts.retries {
        let asked = Asked {
            pack: clean(pack),
            version: *version,
            question: clean(question),
        };
        questions.entry(asked).or_default().second.add(*retries);
    }
    questions
}

fn requests(facts: &Facts) -> BTreeMap<String, BTreeMap<String, u64>> {
    let mut requests: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (request, times) in &facts.requests {
        let choices = requests.entry(clean(&request.kind)).or_default();
        *choices.entry(clean(&request.choice)).or_default() += times;
    }
    requests
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::records::report::{Choice, Moment};

    #[test]
    fn of_several_wrong_answers_given_as_often_the_first_is_named() {
        let mut facts = Facts::default();
        for (options, correct, times) in [("a", true, 9), ("b", false, 4), ("c", false, 4)] {
            let choice = Choice {
                pack: "p".to_owned(),
                version: 1,
                question: "q".to_owned(),
                options: options.to_owned(),
                correct,
            };
            facts.choices.insert(choice, times);
        }
        let (_, answered) = questions(&facts).pop_first().unwrap();
        assert_eq!(answered.top_wrong, Some(("b".to_owned(), 4)));
        assert_eq!((answered.answers.right, answered.answers.wrong), (9, 8));
    }

    #[test]
    fn sessions_without_a_day_are_in_nothing_but_their_own_number() {
        let mut facts = Facts::default();
        let one = Counters {
            started: 1,
            answered: 1,
            ..Counters::default()
        };
        for date in [None, Some("2026-03-13"), Some("2026-03-14")] {
            let date = date.map(str::to_owned);
            facts.times.insert(Moment { date, hour: None }, one);
        }
        let summary = summarise("2026".parse().unwrap(), &facts);
        assert_eq!((summary.whole.answered, summary.undated.answered), (2, 1));
        assert_eq!(summary.months["2026-03"].days_active, 2);
        assert_eq!(summary.months.len(), 12);
        assert_eq!(summary.without_hour.answered, 2);
    }
}

//! The data sets that are attacked: few groups of sessions, many of them small.

use kepu::{
    bank::Audience,
    config::VENUES,
    records::report::{Choice, Counters, Facts, Kind, Moment, Place, Request},
};
use rand::RngExt;
use rand_pcg::Pcg64;

use super::{Group, known};

const TOPICS: [&str; 4] = ["health", "antifraud", "emergency", "agriculture"];

const ASKED_TOPICS: [&str; 4] = ["first-aid", "fire-safety", "phone-fraud", "old"];

const ASKED_FORMS: [&str; 2] = ["talk", "film"];

const DIVISIONS: [&str; 5] = [
    "330106001002",
    "330108002003",
    "441900003001",
    "500233100200",
    "429004001001",
];

/// A data set: few groups, many of them small or right at the end of what is rounded alike.
pub(super) fn data_set(random: &mut Pcg64) -> Vec<Group> {
    let many = random.random_range(2..12);
    // Some data sets have only few values of each thing, others all.
    let spread = random.random_range(1..=6);
    let pick = |random: &mut Pcg64, from: &[&'static str]| {
        from[random.random_range(0..spread.min(from.len()))]
    };
    let audiences = Audience::ALL.map(Audience::as_str);
    let mut groups = Vec::new();
    for _ in 0..many {
        let answered = match random.random_range(0..6) {
            0 => 9,
            1 => random.random_range(0..10),
            2 => 1,
            3 => random.random_range(2..30) * 5 + 2,
            4 => random.random_range(2..30) * 5 + 3,
            _ => random.random_range(10..90),
        };
        let audience = pick(random, &audiences);
        let topic = pick(random, &TOPICS);
        let mut group = Group {
            month: random.random_range(1..=2 * spread as i8),
            audience,
            topic,
            venue: pick(random, &VENUES),
            division: pick(random, &DIVISIONS),
            language: pick(random, &["zh-CN", "en"]),
            profile: pick(random, &["standard", "large"]),
            started: answered + [0, 0, 1, 5][random.random_range(0..4)],
            answered,
            completed: random.random_range(0..=answered),
            questions: Vec::new(),
            requests: Vec::new(),
        };
        for (kind, choices) in [("topic", &ASKED_TOPICS[..]), ("form", &ASKED_FORMS)] {
            let mut left = group.completed;
            for choice in choices.iter().take(random.random_range(0..=choices.len())) {
                // Few, or all that are left.
                let times = match random.random_range(0..4) {
                    0 => left,
                    1 => left.min(9),
                    2 => left.min(random.random_range(0..6)),
                    _ => random.random_range(0..=left),
                };
                left -= times;
                group.requests.push((kind, choice, times));
            }
        }
        let asked = known().catalogue.questions().filter(|(_, question)| {
            let own = Audience::ALL.iter().find(|own| own.as_str() == audience);
            question.pack().topic() == topic && own.is_some_and(|own| question.suits(*own))
        });
        for (asked, _) in asked.take(random.random_range(0..6)) {
            let all = [answered, random.random_range(0..=answered)][random.random_range(0..2)];
            let right = random.random_range(0..=all);
            group
                .questions
                .push((asked.question.clone(), right, all - right));
        }
        groups.push(group);
    }
    groups
}

pub(super) fn facts(groups: &[Group]) -> Facts {
    let mut facts = Facts::default();
    for group in groups {
        let answers = group.questions.iter().map(|own| own.1 + own.2).sum();
        let counters = Counters {
            started: group.started,
            answered: group.answered,
            completed: group.completed,
            answers,
            correct: group.questions.iter().map(|own| own.1).sum(),
        };
        let moment = Moment {
            date: Some(format!("2026-{:02}-15", group.month)),
            hour: None,
        };
        let kind = Kind {
            audience: group.audience.to_owned(),
            topic: group.topic.to_owned(),
            language: group.language.to_owned(),
            profile: group.profile.to_owned(),
            outcome: "completed".to_owned(),
        };
        let place = Place {
            station: "s".to_owned(),
            division: group.division.to_owned(),
            venue: group.venue.to_owned(),
        };
        facts.times.entry(moment).or_default().add(counters);
        facts.kinds.entry(kind).or_default().add(counters);
        facts.places.entry(place).or_default().add(counters);
        for (question, right, wrong) in &group.questions {
            for (options, correct, times) in [("r", true, right), ("w", false, wrong)] {
                let choice = Choice {
                    pack: format!("{}-basics", group.topic),
                    version: 1,
                    question: question.clone(),
                    options: options.to_owned(),
                    correct,
                };
                *facts.choices.entry(choice).or_default() += times;
            }
        }
        for (kind, choice, times) in group.requests.iter().filter(|own| own.2 > 0) {
            let request = Request {
                kind: (*kind).to_owned(),
                choice: (*choice).to_owned(),
            };
            *facts.requests.entry(request).or_default() += times;
        }
        facts.most_answers = facts.most_answers.max(group.questions.len() as u64);
    }
    facts
}

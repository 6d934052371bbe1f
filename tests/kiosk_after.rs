//! What may follow a round, in a real window by real taps: what was missed is tried again, and a
//! visitor says what they would like to learn next. What is drawn is known from the seed.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::path::Path;
use std::time::Duration;

use kepu::bank::Kind;
use kepu::session::{Phase, Round, Session, missed};
use serde_json::Value;

use crate::kinds;
use crate::kiosk::{Display, Kiosk, counts, has, key, rows, station, tap};
use crate::kiosk_kinds::{round, say, texts};
use crate::kiosk_staff::{first_use, says};

/// The seed of the first round of a program; each round after it has the next one.
const SEED: u64 = 7;

/// Positions to tap so that a question is answered right or wrong.
fn taps(session: &Session, right: bool) -> Vec<usize> {
    let asked = session.current();
    let question = asked.question();
    let shown: Vec<_> = asked.options().collect();
    if question.kind() != Kind::Order {
        let wanted = shown.iter().position(|option| option.is_correct() == right);
        return vec![wanted.unwrap()];
    }
    // Steps are never shown in the right order.
    let mut steps: Vec<usize> = (0..shown.len()).collect();
    if right {
        let place = |id: &str| question.options().iter().position(|own| own.id() == id);
        steps.sort_by_key(|position| place(shown[*position].id()));
    }
    steps
}

/// A round on the screen, and the same one beside it.
struct Beside<'a> {
    display: &'a Display,
    kiosk: &'a mut Kiosk,
    session: Session,
}

impl<'a> Beside<'a> {
    fn new(display: &'a Display, kiosk: &'a mut Kiosk, round: Round) -> Self {
        let session = Session::begin(round, Duration::ZERO).unwrap();
        Self {
            display,
            kiosk,
            session,
        }
    }

    /// Answers the question on the screen; gives the feedback.
    fn answer(&mut self, screen: &Value, right: bool) -> Value {
        let confirmed = has(screen, "confirm");
        let mut shown = None;
        for position in taps(&self.session, right) {
            let next = if confirmed { "selection" } else { "feedback" };
            let option = format!("option-{position}");
            shown = Some(self.kiosk.tap_through(self.display, screen, &option, next));
            self.session.choose(position, Duration::ZERO);
        }
        self.session.confirm(Duration::ZERO);
        assert_eq!(self.session.answers().last().unwrap().correct, right);
        if confirmed {
            return self
                .kiosk
                .tap_through(self.display, screen, "confirm", "feedback");
        }
        shown.unwrap()
    }

    /// Goes on from a feedback.
    fn go_on(&mut self, feedback: &Value) -> Value {
        self.session.proceed(Duration::ZERO);
        let next = match self.session.phase() {
            Phase::Finished => "results",
            _ => "question",
        };
        self.kiosk.tap_through(self.display, feedback, "next", next)
    }

    /// Plays to the results, each question right or wrong.
    fn play(mut self, mut screen: Value, right: &[bool]) -> (Value, Session) {
        for right in right {
            let feedback = self.answer(&screen, *right);
            screen = self.go_on(&feedback);
        }
        assert_eq!(self.session.phase(), Phase::Finished);
        (screen, self.session)
    }
}

fn started(display: &Display, data: &Path, pictures: &Path, pack: &Path) -> Kiosk {
    let pack = pack.to_str().unwrap();
    let arguments = ["--window", "1080x1920", "--round", "3", "--packs", pack];
    Kiosk::start(display, data, pictures, &arguments)
}

/// Taps to the first question.
fn to_question(display: &Display, kiosk: &mut Kiosk, attract: &Value) -> Value {
    let screen = kiosk.tap_through(display, attract, "start", "audience");
    let screen = kiosk.tap_through(display, &screen, "audience-general", "topic");
    kiosk.tap_through(display, &screen, "topic-kinds", "question")
}

const SESSIONS: &str = "SELECT mode, outcome, asked, answered, correct FROM session
    ORDER BY asked DESC, mode";

#[test]
fn what_was_missed_is_tried_again_once_and_one_topic_and_form_are_asked_for() {
    let display = Display::new(1080, 1920);
    let (_folder, data, pictures) = station();
    let pack = kinds::write(&data);
    let mut kiosk = started(&display, &data, &pictures, &pack);
    let screen = kiosk.wait_for(&["attract"]);
    let question = to_question(&display, &mut kiosk, &screen);
    let first = Beside::new(&display, &mut kiosk, round(&pack, SEED));
    let (results, first) = first.play(question, &[false, true, false]);
    // The keyboard reaches every way on, the main one first.
    let order: Vec<_> = results["focus_order"].as_array().unwrap().iter().collect();
    let ways = ["retry", "again", "requests", "finish"];
    assert_eq!(order[..4], ways, "{results}");
    let middles: Vec<f64> = ways
        .iter()
        .map(|name| control(&results, name, "width"))
        .collect();
    assert!(
        middles.iter().all(|width| (width - middles[0]).abs() < 1.0),
        "{middles:?}"
    );

    // Exactly what was missed, and right this time.
    let question = kiosk.tap_through(&display, &results, "retry", "question");
    let args = [("n", 1.into()), ("of", 2.into())];
    assert!(texts(&question).contains(&say("question-progress", &args).as_str()));
    let again = missed(&first, SEED + 1);
    let again = Beside::new(&display, &mut kiosk, again);
    let (results, _) = again.play(question, &[true, true]);
    assert!(texts(&results).contains(&say("results-retried-all", &[]).as_str()));
    assert!(!has(&results, "retry"), "{results}");

    let requests = kiosk.tap_through(&display, &results, "requests", "requests");
    let hint = say("requests-hint", &[]);
    assert!(texts(&requests).contains(&hint.as_str()));
    let mut choose = |name: &str| kiosk.tap_through(&display, &requests, name, "selection");
    choose("request-topic-fire-safety");
    let chosen = choose("request-topic-first-aid");
    assert!(texts(&chosen).contains(&say("requests-thanks", &[]).as_str()));
    choose("request-form-talk");
    choose("request-form-film");
    // Taken back.
    choose("request-form-film");
    // Back to the results and once more: what was chosen is still chosen.
    let results = kiosk.tap_through(&display, &requests, "back", "results");
    let requests = kiosk.tap_through(&display, &results, "requests", "requests");
    assert!(!texts(&requests).contains(&hint.as_str()), "{requests}");
    key(&display, "Escape");
    let results = kiosk.wait_for(&["results"]);
    let requests = kiosk.tap_through(&display, &results, "requests", "requests");
    kiosk.tap_through(&display, &requests, "finish", "attract");
    // Staff see it.
    let mut today = first_use(&display, &mut kiosk);
    let wanted = format!("{} 1", say("request-topic-first-aid", &[]));
    while !says(&today, &wanted) {
        today = kiosk.wait_for(&["staff"]);
    }
    assert!(
        says(&today, &say("staff-today-requests-topic", &[])),
        "{today}"
    );
    assert!(
        !says(&today, &say("staff-today-requests-form", &[])),
        "{today}"
    );
    kiosk.signal("-TERM");
    kiosk.end();

    let expected = [
        ["visitor", "completed", "3", "3", "1"],
        ["retry", "completed", "2", "2", "2"],
    ];
    assert_eq!(rows(&data, SESSIONS), expected);
    // Of the session that counts, and of each kind one.
    let asked = "SELECT kind, choice, mode FROM request JOIN session ON id = session";
    assert_eq!(rows(&data, asked), [["topic", "first-aid", "visitor"]]);
    let counts = counts(&data);
    let numbers = ["started", "answered", "completed", "answers"];
    assert_eq!(
        numbers.map(|name| counts[name].as_u64().unwrap()),
        [1, 1, 1, 3]
    );
    assert_eq!(counts["not_counted"][0]["mode"], "retry");
    let one = serde_json::json!([{ "kind": "topic", "choice": "first-aid", "times": 1 }]);
    assert_eq!(counts["requests"], one);
}

fn control(screen: &Value, name: &str, what: &str) -> f64 {
    let controls = screen["controls"].as_array().unwrap();
    let own = controls.iter().find(|own| own["name"] == name).unwrap();
    own[what].as_f64().unwrap()
}

#[test]
fn a_second_attempt_whose_feedback_was_shown_survives_kill_nine_and_leaving_ends_it() {
    let display = Display::new(1080, 1920);
    let (_folder, data, pictures) = station();
    let pack = kinds::write(&data);
    let mut kiosk = started(&display, &data, &pictures, &pack);
    let mut attract = kiosk.wait_for(&["attract"]);
    for seed in [SEED, SEED + 2] {
        let question = to_question(&display, &mut kiosk, &attract);
        let first = Beside::new(&display, &mut kiosk, round(&pack, seed));
        let (results, first) = first.play(question, &[false, false, true]);
        let question = kiosk.tap_through(&display, &results, "retry", "question");
        let mut again = Beside::new(&display, &mut kiosk, missed(&first, seed + 1));
        let feedback = again.answer(&question, true);
        if seed == SEED {
            let screen = kiosk.tap_through(&display, &feedback, "leave", "countdown");
            attract = kiosk.tap_through(&display, &screen, "start-over", "attract");
        }
    }
    kiosk.signal("-KILL");
    kiosk.end();
    let answers = "SELECT ordinal, answer.correct FROM answer JOIN session ON id = session
        WHERE mode = 'retry'";
    assert_eq!(rows(&data, answers), [["1", "1"], ["1", "1"]]);
    let mut kiosk = started(&display, &data, &pictures, &pack);
    let screen = kiosk.wait_for(&["attract"]);
    tap(&display, &screen, "start");
    kiosk.wait_for(&["audience"]);
    kiosk.signal("-TERM");
    kiosk.end();
    let outcomes = "SELECT outcome, answered FROM session WHERE mode = 'retry' ORDER BY outcome";
    let expected = [["abandoned", "1"], ["interrupted", "1"]];
    assert_eq!(rows(&data, outcomes), expected);
    let counts = counts(&data);
    let numbers = ["started", "completed", "answers"];
    assert_eq!(
        numbers.map(|name| counts[name].as_u64().unwrap()),
        [2, 2, 6]
    );
}

//! Telephone lines in questions: by their ids in packs, by their numbers on a station's screen.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::sync::Arc;

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use kepu::{
    bank::{self, Audience, Problem, Question, QuestionBank, Severity, narration::Part},
    embedded,
    hotlines::{self, Hotlines},
    locale::Locales,
};

use crate::support::{PackText, TODAY, told};

const EXPLANATION: &str = "烧开能杀菌。";
const ENGLISH_EXPLANATION: &str = "Boiling kills germs.";

/// What the check finds when nobody has looked at a number for long.
fn after_review() -> Vec<Problem> {
    bank::load([named("government").files()], date(2027, 6, 1)).1
}

/// The codes that it takes a later day to provoke.
pub(crate) fn provoked() -> Vec<(&'static str, Option<&'static str>, Severity)> {
    let problems = after_review().into_iter();
    let code = |problem: Problem| (problem.code, problem.rule, problem.severity);
    problems.map(code).collect()
}

/// The sound pack with a line in the explanation of `tap-water`.
fn named(id: &str) -> PackText {
    let chinese = format!("烧开能杀菌，有疑问请打 {{{{hotline.{id}}}}}。");
    let english = format!("Boiling kills germs; {{{{hotline.{id}}}}} answers questions.");
    PackText::sound()
        .with(EXPLANATION, &chinese)
        .with(ENGLISH_EXPLANATION, &english)
}

fn loaded(pack: &PackText, today: Date) -> (QuestionBank, Vec<&'static str>) {
    let (bank, problems) = bank::load([pack.files()], today);
    let codes = problems.iter().map(|problem| problem.code).collect();
    (bank, codes)
}

fn question<'b>(bank: &'b QuestionBank, id: &str) -> &'b Question {
    let mut questions = bank.questions().map(Arc::as_ref);
    questions.find(|question| question.id() == id).unwrap()
}

fn own(id: &str, number: Option<&str>) -> Hotlines {
    Hotlines::with_own(&[(id.to_owned(), number.map(str::to_owned))])
}

#[test]
fn a_screen_has_the_number_of_the_program_or_the_station_s_own_in_every_language() {
    let (bank, codes) = loaded(&named("government"), TODAY);
    assert_eq!(codes, [""; 0]);
    let said = |bank: &QuestionBank, language| {
        let text = question(bank, "tap-water").explanation();
        text.get(language).to_owned()
    };
    assert_eq!(said(&bank, "zh-CN"), "烧开能杀菌，有疑问请打 12345。");
    assert_eq!(
        said(&bank, "en"),
        "Boiling kills germs; 12345 answers questions."
    );
    let bank = bank.with_hotlines(&own("government", Some("0731-8866")));
    assert_eq!(said(&bank, "zh-CN"), "烧开能杀菌，有疑问请打 0731-8866。");
    assert_eq!(
        said(&bank, "en"),
        "Boiling kills germs; 0731-8866 answers questions."
    );
    // The numbers can be put in again, since the ids are not lost.
    let bank = bank.with_hotlines(&Hotlines::default());
    assert_eq!(said(&bank, "zh-CN"), "烧开能杀菌，有疑问请打 12345。");
    assert_eq!(question(&bank, "tap-water").lines(), ["government"]);
    assert_eq!(question(&bank, "wash-hands").lines(), [""; 0]);
}

#[test]
fn a_question_that_names_a_line_the_station_does_not_have_is_not_asked() {
    let (bank, _) = loaded(&named("government"), TODAY);
    let asked = |bank: &QuestionBank| bank.cell(Audience::Senior, "health", TODAY).len();
    assert_eq!(asked(&bank), 2);
    let other = bank.clone().with_hotlines(&own("antifraud", None));
    assert_eq!(asked(&other), 2);
    let without = bank.with_hotlines(&own("government", None));
    assert_eq!(asked(&without), 1);
    let question = question(&without, "tap-water");
    assert!(question.lacks_line() && !question.is_current(TODAY));
    // What staff are told is that the line is missing, not that a review is.
    assert!(question.review_by() >= TODAY);
    // Nobody sees a token, whatever becomes of the question.
    assert!(!question.explanation().get("en").contains("{{"));
}

#[test]
fn a_number_past_its_review_takes_the_question_with_it_unless_the_station_has_its_own() {
    let line = hotlines::lines()
        .iter()
        .find(|line| line.id == "government");
    let last = line.unwrap().review_by;
    let (bank, codes) = loaded(&named("government"), last);
    assert_eq!(codes, [""; 0]);
    assert_eq!(question(&bank, "tap-water").review_by(), last);
    assert!(question(&bank, "tap-water").is_current(last));
    let after = last.checked_add(1.day()).unwrap();
    let (bank, codes) = loaded(&named("government"), after);
    assert_eq!(codes, ["hotline-review"]);
    assert!(!question(&bank, "tap-water").is_current(after));
    let bank = bank.with_hotlines(&own("government", Some("12345")));
    assert!(question(&bank, "tap-water").is_current(after));
    // A question without a line has the year of its own review.
    assert!(question(&bank, "wash-hands").is_current(after));
}

#[test]
fn the_words_on_a_number_past_its_review_name_the_line_and_the_day() {
    let locales = Locales::shipped().unwrap();
    let problems = after_review();
    let [problem] = &problems[..] else {
        panic!("{problems:?}");
    };
    let said = told(&locales, "en", problem);
    assert!(
        said.starts_with(
            "questions.ron:28:5: Warning hotline-review (Q28): the numbers of these lines"
        ) && said.contains("2027-02-20: government."),
        "{said}"
    );
    assert!(told(&locales, "zh-CN", problem).contains("government"));
}

#[test]
fn narration_that_says_another_number_is_not_played() {
    let mut pack = named("government");
    pack.questions = pack.questions.replace(
        "id: \"tap-water\",",
        "id: \"tap-water\", narration: Narration(explanation: { \"zh-CN\": \"media/tap.ogg\" }),",
    );
    let mut files = pack.files();
    files.media = vec!["media/tap.ogg".to_owned()];
    let (bank, problems) = bank::load([files], TODAY);
    assert_eq!(problems, []);
    let played = |hotlines: &Hotlines| {
        let bank = bank.clone().with_hotlines(hotlines);
        let question = question(&bank, "tap-water");
        question
            .narration()
            .of(&Part::Explanation, "zh-CN")
            .is_some()
    };
    assert!(played(&Hotlines::default()));
    assert!(played(&own("government", Some("12345"))));
    assert!(!played(&own("government", Some("0731-8866"))));
}

#[test]
fn lengths_are_those_of_the_numbers_and_not_of_the_ids() {
    // 29 characters and a number, which counts one: 30 fit.
    let pack = |characters: usize| {
        PackText::sound()
            .with(
                "洗手要洗多久？",
                &("水".repeat(characters) + "打{{hotline.mental-health}}吗？"),
            )
            .with(
                "How long should washing hands take?",
                "Is it {{hotline.mental-health}} that you would ring for it?",
            )
    };
    assert_eq!(loaded(&pack(27), TODAY).1, [""; 0]);
    assert_eq!(loaded(&pack(28), TODAY).1, ["prompt-long"]);
}

#[test]
fn lines_differ_between_languages_as_numbers_do() {
    let pack = named("government").with(
        "{{hotline.government}} answers",
        "{{hotline.antifraud}} answers",
    );
    assert_eq!(loaded(&pack, TODAY).1, ["numbers-differ"]);
}

#[test]
fn no_starter_question_names_a_line_by_its_number_and_some_by_their_ids() {
    let (bank, problems) = bank::load(embedded::packs(), TODAY);
    assert_eq!(problems, []);
    let mut named: Vec<_> = bank
        .questions()
        .flat_map(|question| question.lines())
        .collect();
    named.sort_unstable();
    named.dedup();
    assert!(named.len() >= 3, "{named:?}");
    let numbers: Vec<_> = hotlines::lines()
        .iter()
        .map(|line| line.number.as_str())
        .collect();
    // A document's own name is quoted as it is, and ids are never shown.
    let shown = |line: &&str| {
        let line = line.trim_start();
        !["id:", "fact:", "title:"]
            .iter()
            .any(|field| line.starts_with(field))
            && !["应用12356", "Use of 12356"]
                .iter()
                .any(|name| line.contains(name))
    };
    for pack in embedded::packs() {
        let text = String::from_utf8(pack.questions.unwrap()).unwrap();
        for line in text.lines().filter(shown) {
            let bare = numbers.iter().find(|number| line.contains(**number));
            assert_eq!(bare, None, "{line}");
        }
    }
}

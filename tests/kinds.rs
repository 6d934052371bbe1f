//! Tests of the kinds of question that need more than a tap or another look: steps to be put in
//! order, and claims to be told as fact or rumour. The pack is that of the tests in the window.

use std::path::PathBuf;

use kepu::{
    bank::{self, Choice, Kind, PackFiles, QuestionBank, likeness},
    session::is_correct,
};
use proptest::prelude::*;

use crate::support::{PackText, TODAY};

const PACK: &str = include_str!("kinds/pack.ron");
const QUESTIONS: &str = include_str!("kinds/questions.ron");

/// A pack with an `Order` question, a rumour and a fact.
pub(crate) fn pack() -> PackText {
    PackText {
        pack: PACK.to_owned(),
        questions: QUESTIONS.to_owned(),
    }
}

fn bank() -> QuestionBank {
    let (bank, problems) = bank::load([pack().files()], TODAY);
    assert_eq!(problems, [], "not even a warning");
    bank
}

fn ids(question: &bank::Question) -> Vec<String> {
    let options = question.options().iter();
    options.map(|option| option.id().to_owned()).collect()
}

fn codes(pack: &PackText) -> Vec<&'static str> {
    pack.problems().iter().map(|problem| problem.code).collect()
}

#[test]
fn a_pack_of_steps_and_rumours_is_sound_and_becomes_what_it_says() {
    let bank = bank();
    let questions: Vec<_> = bank.questions().collect();
    let [steps, rumour, fact] = questions[..] else {
        panic!("three questions");
    };
    assert_eq!((steps.kind(), steps.is_rumour()), (Kind::Order, false));
    assert_eq!(ids(steps), ["wet", "soap", "rub", "rinse", "dry"]);
    assert!(!steps.keeps_order() && steps.correct_count() == 0);
    for claim in [rumour, fact] {
        assert_eq!((claim.kind(), claim.is_rumour()), (Kind::TrueFalse, true));
        assert!(claim.keeps_order() && claim.correct_count() == 1);
    }
}

#[test]
fn a_question_that_becomes_a_rumour_says_something_else() {
    let plain = pack().with(
        "id: \"soap-fact\",\n        kind: TrueFalse,\n        rumour: true,",
        "id: \"soap-fact\", kind: TrueFalse,",
    );
    let (plain, problems) = bank::load([plain.files()], TODAY);
    assert_eq!(problems, []);
    let same: Vec<bool> = bank()
        .questions()
        .zip(plain.questions())
        .map(|(one, other)| one.says_the_same(other))
        .collect();
    assert_eq!(same, [true, true, false]);
}

#[test]
fn rumour_false_is_as_if_it_were_not_there() {
    let text = pack().with("kind: Order,", "kind: Order, rumour: false,");
    assert_eq!(codes(&text), [""; 0]);
}

#[test]
fn rules_about_right_options_say_nothing_about_steps() {
    for (from, to) in [
        // Q08 and Q09: one is much longer than the others.
        ("抹上肥皂", "抹"),
        // Q10 and Q11: words that give wrong options away, or can be argued about.
        ("\"Wet both hands\"", "\"Always wet all hands\""),
        ("抹上肥皂", "经常抹上肥皂"),
        // Q12: a word of the question.
        ("抹上肥皂", "洗手先做什么"),
        // Q02: a request is no question.
        ("洗手先做什么，后做什么？", "请按先后顺序点出洗手的步骤。"),
    ] {
        assert_eq!(codes(&pack().with(from, to)), [""; 0], "{to}");
    }
    // Q13 and Q14: numbers neither rise nor fall, have two units, overlap, and are shuffled yet.
    let numbers = [
        (
            "用流水打湿双手\", \"en\": \"Wet both hands",
            "20～30 秒\", \"en\": \"20 to 30 seconds",
        ),
        (
            "抹上肥皂\", \"en\": \"Take some soap",
            "10～25 秒\", \"en\": \"10 to 25 seconds",
        ),
        (
            "揉搓手心、手背和指缝\", \"en\": \"Rub palms, backs and between fingers",
            "5 分钟\", \"en\": \"5 minutes",
        ),
        (
            "用流水冲洗干净\", \"en\": \"Rinse under running water",
            "1 秒\", \"en\": \"1 second",
        ),
        (
            "擦干双手\", \"en\": \"Dry both hands",
            "2 小时\", \"en\": \"2 hours",
        ),
    ];
    let text = numbers
        .iter()
        .fold(pack(), |text, (from, to)| text.with(from, to));
    let (bank, problems) = bank::load([text.files()], TODAY);
    assert_eq!(problems, []);
    assert!(!bank.questions().next().unwrap().keeps_order());
}

#[test]
fn rules_about_texts_hold_for_steps_too() {
    for (from, to, code) in [
        ("抹上肥皂", "抹上 soap", "stray-latin"),
        ("Take some soap", "Take 肥皂", "stray-han"),
        (
            "抹上肥皂",
            "抹上肥皂，要抹得又多又匀又厚实才行",
            "option-long",
        ),
        ("抹上肥皂", "抹上 2 次肥皂", "numbers-differ"),
        ("抹上肥皂", "抹上\u{13000}", "missing-glyph"),
        ("抹上肥皂", "以上都是", "catch-all-option"),
        ("抹上肥皂", "擦干 双手", "options-alike"),
        ("洗手先做什么，后做什么？", "洗手？", "prompt-short"),
    ] {
        let text = pack().with(from, to);
        assert!(codes(&text).contains(&code), "{code}: {:?}", codes(&text));
    }
}

#[test]
fn two_questions_about_the_same_steps_are_alike_and_about_others_are_not() {
    let text = pack();
    let end = text
        .questions
        .find("    Question(\n        id: \"night-water-rumour\"")
        .unwrap();
    let steps = text.questions.get(2..end).unwrap().to_owned();
    let other = |id: &str| steps.replace("wash-hands-steps", id);
    let twin = other("twin");
    let stranger = other("stranger")
        .replace("用流水打湿双手", "拉上窗帘")
        .replace("抹上肥皂", "脱掉外套")
        .replace("揉搓手心、手背和指缝", "躺到床上盖好被子")
        .replace("用流水冲洗干净", "关灯")
        .replace("擦干双手", "闭上眼睛");
    let text = PackText {
        questions: format!("[\n{steps}{twin}{stranger}]"),
        ..text
    };
    let (bank, problems) = bank::load([text.files()], TODAY);
    assert_eq!(problems, []);
    let questions: Vec<_> = bank.questions().map(|one| &**one).collect();
    let like = |other: usize| likeness::likeness(questions[0], questions[other], "zh-CN");
    assert_eq!(like(1), Some(100));
    assert!(like(2) < Some(likeness::ALIKE), "{:?}", like(2));
}

#[test]
fn a_share_of_absolute_words_is_taken_of_answers_and_not_of_steps() {
    let with_words = pack()
        .with("\"Wet both hands\"", "\"Always wet all hands\"")
        .with("\"Dry both hands\"", "\"Never leave hands wet\"")
        .with("\"Take some soap\"", "\"Only take soap\"");
    assert_eq!(codes(&with_words), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn of_all_orders_of_some_steps_the_one_in_the_pack_is_right(
        order in Just(["wet", "soap", "rub", "rinse", "dry"]).prop_shuffle(),
        left_out in 0..5_usize,
    ) {
        let bank = bank();
        let steps = bank.questions().next().unwrap();
        let chosen: Vec<String> = order.iter().map(|id| (*id).to_owned()).collect();
        let right = steps.options().iter().map(Choice::id).eq(order);
        prop_assert_eq!(is_correct(steps, &chosen), right);
        // All or nothing: neither a part of them nor one twice.
        let mut part = chosen.clone();
        let step = part.remove(left_out);
        prop_assert!(!is_correct(steps, &part));
        part.push(part[0].clone());
        prop_assert!(!is_correct(steps, &part));
        let mut more = chosen;
        more.push(step);
        prop_assert!(!is_correct(steps, &more));
    }
}

#[test]
fn every_single_order_of_the_steps_is_counted_once() {
    let bank = bank();
    let steps = bank.questions().next().unwrap();
    let mut orders: Vec<Vec<String>> = vec![Vec::new()];
    for _ in 0..5 {
        orders = orders
            .into_iter()
            .flat_map(|begun| {
                let left = ids(steps)
                    .into_iter()
                    .filter(|id| !begun.contains(id))
                    .collect::<Vec<_>>();
                left.into_iter()
                    .map(move |id| [begun.clone(), vec![id]].concat())
            })
            .collect();
    }
    assert_eq!(orders.len(), 120);
    let right: Vec<_> = orders
        .iter()
        .filter(|order| is_correct(steps, order))
        .collect();
    assert_eq!(right, [&ids(steps)]);
}

/// The pack on disk, so that it is current for years: the program goes by the clock.
pub(crate) fn write(folder: &std::path::Path) -> PathBuf {
    let mut text = pack();
    for (from, to) in [("\"2026-", "\"2126-"), ("\"2027-", "\"2127-")] {
        text.questions = text.questions.replace(from, to);
    }
    text.write(folder, "kinds")
}

/// What the pack is on disk, read back.
#[test]
fn the_pack_for_the_window_is_sound_for_years() {
    let folder = tempfile::tempdir().unwrap();
    let files = PackFiles::read(&write(folder.path()));
    let (bank, problems) = bank::load([files], "2100-01-01".parse().unwrap());
    assert_eq!(problems, []);
    assert_eq!(bank.questions().count(), 3);
}

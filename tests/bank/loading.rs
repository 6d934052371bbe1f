//! Tests of what is made of packs: what a sound one becomes, which of several plays, which
//! questions are asked.

use kepu::bank::{self, Audience, Kind, PackFiles};

use super::sound;
use crate::support::{PackText, TODAY, codes};

#[test]
fn the_sound_pack_is_sound_and_becomes_what_it_says() {
    let (bank, problems) = bank::load([sound().files()], TODAY);
    assert_eq!(problems, []);
    let [pack] = bank.packs() else {
        panic!("one pack, not {}", bank.packs().len());
    };
    let info = pack.info();
    assert_eq!(
        (info.id(), info.version(), info.topic()),
        ("sound", 3, "health")
    );
    assert_eq!(info.languages().collect::<Vec<_>>(), ["zh-CN", "en"]);
    assert_eq!(info.title().get("en"), "Sample");
    assert_eq!(info.title().get("fr"), "样例", "else the first language");

    let [single, judged] = pack.questions() else {
        panic!("two questions");
    };
    assert_eq!((single.id(), single.kind()), ("wash-hands", Kind::Single));
    assert_eq!((judged.id(), judged.kind()), ("tap-water", Kind::TrueFalse));
    assert_eq!(single.fact(), Some("hands-20-seconds"));
    assert_eq!(judged.fact(), None);
    assert!(!single.keeps_order() && judged.keeps_order());
    assert_eq!((single.correct_count(), judged.difficulty()), (1, 2));
    assert_eq!(single.source().date().unwrap().to_string(), "2024-06-28");
    assert_eq!(judged.source().number(), Some("GB 5749"));
    let [moment, long, _] = single.options() else {
        panic!("three options");
    };
    assert!(long.is_correct() && !moment.is_correct());
    assert_eq!(moment.misconception(), Some("water-is-enough"));
    assert_eq!(
        moment.feedback().map(|text| text.get("en")),
        Some("A quick rinse leaves germs.")
    );
    assert!(long.feedback().is_none());
    for audience in Audience::ALL {
        assert!(single.suits(audience));
        let own = matches!(audience, Audience::Senior | Audience::Farmer);
        assert_eq!(judged.suits(audience), own, "{audience:?}");
    }
    assert!(single.is_current(single.review_by()));
    assert!(!single.is_current(single.review_by().tomorrow().unwrap()));
}

#[test]
fn options_that_are_numbers_or_said_to_be_ordered_keep_their_order() {
    let keeps = |pack: PackText| {
        let (bank, problems) = bank::load([pack.files()], TODAY);
        assert_eq!(problems, []);
        bank.questions().next().unwrap().keeps_order()
    };
    assert!(keeps(
        sound().with("kind: Single,", "kind: Single, ordered: true,")
    ));
    let numbers = sound()
        .with(
            "\"冲一下就好\", \"en\": \"A moment is enough\"",
            "\"5 秒\", \"en\": \"5 seconds\"",
        )
        .with(
            "\"至少 20 秒\", \"en\": \"At least 20 seconds\"",
            "\"２０ 秒\", \"en\": \"20 seconds\"",
        );
    assert!(!keeps(numbers.clone()), "one option is no number");
    assert!(keeps(numbers.with(
        "\"不用洗\", \"en\": \"No need to wash\"",
        "\"60 秒\", \"en\": \"60 seconds\""
    )));
}

#[test]
fn a_pack_with_errors_is_left_out_and_the_others_play() {
    let other = sound().with("id: \"sound\"", "id: \"other\"");
    let broken = sound()
        .with("id: \"sound\"", "id: \"broken\"")
        .with("difficulty: 1", "difficulty: 9");
    let (bank, problems) = bank::load([broken.files(), other.files(), sound().files()], TODAY);
    assert_eq!(codes(&problems), ["difficulty"]);
    let ids: Vec<_> = bank.packs().iter().map(|pack| pack.info().id()).collect();
    assert_eq!(ids, ["other", "sound"]);
}

#[test]
fn of_two_packs_with_one_id_the_higher_version_wins_and_of_equals_the_last() {
    let version = |number: &str, title: &str| {
        sound()
            .with("version: 3", &format!("version: {number}"))
            .with("\"Sample\"", &format!("\"{title}\""))
            .files()
    };
    let winner = |packs: [PackFiles; 2]| {
        let (bank, problems) = bank::load(packs, TODAY);
        assert_eq!(problems, []);
        let titles: Vec<_> = bank
            .packs()
            .iter()
            .map(|pack| pack.info().title().get("en").to_owned())
            .collect();
        titles.join(", ")
    };
    assert_eq!(winner([version("2", "Old"), version("10", "New")]), "New");
    assert_eq!(winner([version("10", "New"), version("2", "Old")]), "New");
    assert_eq!(
        winner([version("4", "Shipped"), version("4", "Own")]),
        "Own"
    );
}

#[test]
fn a_broken_newer_version_leaves_the_older_one_playing() {
    let broken = sound()
        .with("version: 3", "version: 4")
        .with("difficulty: 2", "difficulty: 0");
    let (bank, problems) = bank::load([sound().files(), broken.files()], TODAY);
    assert_eq!(codes(&problems), ["difficulty"]);
    let versions: Vec<_> = bank
        .packs()
        .iter()
        .map(|pack| pack.info().version())
        .collect();
    assert_eq!(versions, [3]);
}

#[test]
fn a_question_past_its_review_is_not_asked_and_its_pack_still_plays() {
    let stale = sound()
        .with("checked_on: \"2026-11-20\"", "checked_on: \"2025-11-21\"")
        .with("review_by: \"2027-11-20\"", "review_by: \"2026-11-21\"");
    let (bank, problems) = bank::load([stale.files()], TODAY);
    assert_eq!(codes(&problems), ["past-review"]);
    assert_eq!(bank.questions().count(), 2);
    let asked = bank.cell(Audience::Senior, "health", TODAY);
    let ids: Vec<_> = asked.iter().map(|question| question.id()).collect();
    assert_eq!(ids, ["tap-water"]);
    assert!(bank.topics(Audience::Youth, TODAY).is_empty());
}

#[test]
fn a_question_is_asked_up_to_and_on_its_review_date() {
    let last_day = sound().with("review_by: \"2027-11-20\"", "review_by: \"2026-11-22\"");
    assert_eq!(last_day.problems(), []);
    let (bank, _) = bank::load([last_day.files()], TODAY);
    assert_eq!(bank.cell(Audience::Youth, "health", TODAY).len(), 1);
}

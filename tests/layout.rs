//! Tests of the layout that is measured without a window: what it finds, what it lets pass, and
//! that it is the one that a real window shows.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    collections::BTreeMap,
    io::{self, Write},
    process::Command,
    sync::Arc,
};

use kepu::{
    bank::{self, Pack, Question},
    embedded,
    kiosk::layout::{Case, Control, Fault, Misfit, Page, Ruler, SIZES, Survey, View},
    locale::Locales,
};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{
    kiosk::{Display, Kiosk, station, tap},
    support::{PackText, TODAY},
};

const TALL: Case = Case {
    size: (1080, 1920),
    large: false,
    page: Page::Right,
};

const LOW_LARGE: Case = Case {
    size: (1366, 768),
    large: true,
    page: Page::Why,
};

fn ruler() -> Ruler {
    Ruler::new(Locales::shipped().unwrap())
}

/// The sound pack with much to explain in Chinese, and a source whose title is so many times as
/// long.
fn with_title(times: usize) -> PackText {
    let reason = "用肥皂洗 20 秒，手心、手背、指缝、指尖都要搓到，再用流动的水冲干净。\
                  这样能洗掉手上的大多数病菌，自己和家里的老人、孩子都少生病。";
    PackText::sound()
        .with("用肥皂洗 20 秒。", reason)
        .with("洗手指南", &"洗手指南".repeat(times))
}

fn pack(text: &PackText) -> Pack {
    let (bank, _) = bank::load([text.files()], TODAY);
    bank.packs()[0].clone()
}

fn first(pack: &Pack) -> &Arc<Question> {
    &pack.questions()[0]
}

fn misfits(pack: &Pack) -> Vec<Misfit> {
    ruler().measure(pack, &mut |_, _| {})
}

#[test]
fn no_shipped_question_is_cut_on_any_screen() {
    let (bank, _) = bank::load(embedded::packs(), TODAY);
    let mut ruler = ruler();
    let mut last = (0, 0);
    for pack in bank.packs() {
        let found = ruler.measure(pack, &mut |done, all| last = (done, all));
        // The rest is a warning, and only where text is wished to be large.
        let cut = |misfit: &&Misfit| misfit.fault == Fault::Cut || !misfit.worst.large;
        assert_eq!(found.iter().find(cut), None);
        let languages = pack.info().languages().count();
        let all = pack.questions().len() * languages * SIZES.len() * 2;
        assert_eq!(last, (all, all));
    }
}

#[test]
fn five_steps_and_rumours_fit_every_screen_and_long_steps_are_found() {
    let text = crate::kinds::pack();
    let (bank, _) = bank::load([text.files()], TODAY);
    let mut ruler = ruler();
    let cut = |misfit: &Misfit| misfit.fault == Fault::Cut || !misfit.worst.large;
    let found = ruler.measure(&bank.packs()[0], &mut |_, _| {});
    assert_eq!(found.into_iter().find(cut), None);
    let long = "a".repeat(80);
    let text = text.with("Take some soap", &long);
    let found = ruler.measure(&pack(&text), &mut |_, _| {});
    let found = found.into_iter().find(cut).unwrap();
    assert_eq!(
        (found.question.as_str(), found.fault),
        ("wash-hands-steps", Fault::Cut)
    );
}

#[test]
fn a_question_that_is_fine_on_a_tall_screen_and_cut_on_a_low_one_is_found() {
    let pack = pack(&with_title(200));
    let mut ruler = ruler();
    for page in [Page::Question, Page::Right, Page::Wrong] {
        let case = Case { page, ..TALL };
        assert_eq!(ruler.fault(first(&pack), "zh-CN", case), None);
    }
    let low = Case {
        size: LOW_LARGE.size,
        ..TALL
    };
    assert_eq!(ruler.fault(first(&pack), "zh-CN", low), Some(Fault::Cut));
    // English is short, and so is the other question.
    let [found] = misfits(&pack).try_into().unwrap();
    let Misfit {
        question,
        language,
        fault,
        worst,
        failing,
        cases,
    } = found;
    assert_eq!(
        (question.as_str(), language.as_str()),
        ("wash-hands", "zh-CN")
    );
    assert_eq!(fault, Fault::Cut);
    assert!(worst.size.0 > worst.size.1, "{worst:?}");
    assert_ne!(worst.page, Page::Question);
    // Three pages in standard type, four in large.
    assert_eq!(cases, SIZES.len() * 7);
    assert!((2..cases / 2).contains(&failing), "{failing}");
}

#[test]
fn text_that_must_be_smaller_than_is_asked_for_is_found_before_it_is_cut() {
    let mut ruler = ruler();
    let faults: Vec<_> = (1..40)
        .map(|tens| 10 * tens)
        .map(|times| {
            let pack = pack(&with_title(times));
            ruler.fault(first(&pack), "zh-CN", LOW_LARGE)
        })
        .collect();
    let from = |fault| faults.iter().position(|found| *found == Some(fault));
    let (small, cut) = (from(Fault::Small).unwrap(), from(Fault::Cut).unwrap());
    assert!(0 < small && small < cut, "{faults:?}");
    let mut sorted = faults.clone();
    sorted.sort_by_key(|fault| fault.map_or(0, |fault| fault as usize + 1));
    assert_eq!(faults, sorted, "more text never fits better");
}

#[test]
fn a_word_wider_than_its_box_is_found() {
    let long = "a".repeat(80);
    let pack = pack(&PackText::sound().with("Guide to hands", &long));
    let [found] = misfits(&pack).try_into().unwrap();
    assert_eq!(found.language, "en");
    assert_eq!(found.fault, Fault::Cut);
    // As many Chinese characters are broken into lines.
    let pack = self::pack(&with_title(20));
    assert_eq!(misfits(&pack), []);
}

#[test]
fn a_text_without_end_is_refused_and_not_measured() {
    let pack = pack(&with_title(60_000));
    let mut ruler = ruler();
    let fault = ruler.fault(first(&pack), "zh-CN", TALL);
    assert_eq!(fault, Some(Fault::Cut));
    assert_eq!(ruler.controls(first(&pack), "zh-CN", TALL), []);
}

#[test]
fn what_was_measured_before_makes_no_difference() {
    let (plain, long) = (pack(&with_title(1)), pack(&with_title(100)));
    let mut used = ruler();
    for case in [TALL, LOW_LARGE] {
        let once = ruler().controls(first(&plain), "en", case);
        assert!(once.len() > 2, "{once:?}");
        used.controls(first(&long), "zh-CN", LOW_LARGE);
        assert_eq!(used.controls(first(&plain), "en", case), once);
    }
}

/// The check of a pack on disk, by the program.
fn check(text: &PackText, arguments: &[&str]) -> (Option<i32>, String) {
    let mut text = text.clone();
    for (from, to) in [("\"2026-", "\"2126-"), ("\"2027-", "\"2127-")] {
        text.questions = text.questions.replace(from, to);
    }
    let folder = TempDir::new().unwrap();
    text.write(folder.path(), "pack");
    let run = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .current_dir(folder.path())
        .args(["check", "pack"])
        .args(arguments)
        .output()
        .unwrap();
    (run.status.code(), String::from_utf8(run.stdout).unwrap())
}

#[test]
fn the_check_says_what_does_not_fit_and_where_in_both_languages() {
    let cut = with_title(200);
    let (code, said) = check(&cut, &["--format", "json"]);
    assert_eq!(code, Some(1), "{said}");
    let said: Value = serde_json::from_str(&said).unwrap();
    let mut problems = said["problems"].as_array().unwrap().iter();
    let problem = problems
        .find(|problem| problem["code"] == "text-overflow")
        .unwrap();
    assert_eq!(problem["question"], "wash-hands");
    assert_eq!(
        (&problem["line"], &problem["column"]),
        (&json!(3), &json!(13))
    );
    assert!(problem["file"].as_str().unwrap().ends_with("questions.ron"));
    for (language, words) in [
        ("en", ["“wash-hands” does not fit in zh-CN", "screens)"]),
        ("zh-CN", ["题目“wash-hands”的 zh-CN 文字放不下", "种有问题"]),
    ] {
        let (_, said) = check(&cut, &["--lang", language]);
        for word in words {
            assert!(said.contains(word), "{word} in {said}");
        }
        assert!(!said.contains("{$"), "{said}");
    }
    let (code, said) = check(&cut, &["--no-layout", "--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.ends_with("0 errors, 0 warnings\n"), "{said}");
}

#[test]
fn small_text_is_a_warning() {
    let mut ruler = ruler();
    let text = (1..40)
        .map(|tens| 10 * tens)
        .map(with_title)
        .find(|text| ruler.fault(first(&pack(text)), "zh-CN", LOW_LARGE) == Some(Fault::Small))
        .unwrap();
    let (code, said) = check(&text, &["--lang", "en"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("warning[text-small]"), "{said}");
    assert!(said.contains("only with text that is too small"), "{said}");
}

/// Whether the same controls are at the same places, but for the rounding of a pixel.
#[track_caller]
fn assert_same(measured: &[Control], shown: &Value) {
    let by_name = |controls: Value| {
        let mut controls = controls.as_array().unwrap().clone();
        controls.sort_by_key(|control| control["name"].as_str().unwrap().to_owned());
        controls
    };
    let measured = by_name(json!(measured));
    let shown = by_name(shown["controls"].clone());
    assert_eq!(measured.len(), shown.len(), "{measured:?}\n{shown:?}");
    assert!(measured.len() > 2);
    for (measured, shown) in measured.iter().zip(&shown) {
        assert_eq!(measured["name"], shown["name"]);
        for side in ["left", "top", "width", "height"] {
            let apart = measured[side].as_f64().unwrap() - shown[side].as_f64().unwrap();
            assert!(apart.abs() <= 1.0, "{side}: {measured} and {shown}");
        }
    }
}

#[test]
fn what_is_measured_is_what_a_window_shows() {
    // One question in an order of its own, and so a round of which everything is known; with so
    // much to say that its text has to be set smaller.
    let mut text = with_title(100).with("topic: \"health\"", "topic: \"sample\"");
    let second = text
        .questions
        .find("    Question(\n        id: \"tap-water\"")
        .unwrap();
    text.questions.truncate(second);
    text.questions.push(']');
    let text = text.with("difficulty: 1,", "difficulty: 1, ordered: true,");
    let pack = pack(&text);
    let mut ruler = ruler();

    let mut lasting = text.clone();
    for (from, to) in [("\"2026-", "\"2126-"), ("\"2027-", "\"2127-")] {
        lasting.questions = lasting.questions.replace(from, to);
    }
    let display = Display::new(768, 1366);
    let (_folder, data, pictures) = station();
    let more = lasting.write(&data, "sample");
    let arguments = ["--window", "768x1366", "--packs", more.to_str().unwrap()];
    let mut kiosk = Kiosk::start(&display, &data, &pictures, &arguments);
    let screen = kiosk.wait_for(&["attract"]);
    tap(&display, &screen, "start");
    let screen = kiosk.wait_for(&["audience"]);
    tap(&display, &screen, "audience-general");
    let screen = kiosk.wait_for(&["topic"]);
    tap(&display, &screen, "topic-sample");

    let mut compare = |screen: &Value, large, page| {
        let size = (768, 1366);
        let case = Case { size, large, page };
        assert_same(&ruler.controls(first(&pack), "zh-CN", case), screen);
    };
    let screen = kiosk.wait_for(&["question"]);
    compare(&screen, false, Page::Question);
    tap(&display, &screen, "size");
    let screen = kiosk.wait_for(&["question"]);
    compare(&screen, true, Page::Question);
    tap(&display, &screen, "option-1");
    let screen = kiosk.wait_for(&["feedback"]);
    compare(&screen, true, Page::Right);
    tap(&display, &screen, "size");
    let screen = kiosk.wait_for(&["feedback"]);
    compare(&screen, false, Page::Right);
}

/// The screens that everything has to be right on, and a panel of 21.5 inches for each, or of 43.
const PANELS: [((u32, u32), (u32, u32)); 6] = [
    ((1080, 1920), (268, 476)),
    ((1920, 1080), (476, 268)),
    ((768, 1366), (268, 476)),
    ((1366, 768), (476, 268)),
    ((1280, 800), (463, 289)),
    ((2160, 3840), (535, 952)),
];

fn starter_bank() -> bank::QuestionBank {
    let (bank, _) = bank::load(embedded::packs(), TODAY);
    assert!(bank.questions().count() > 300);
    bank
}

/// Sizes and contrasts of DESIGN, section 5.
#[test]
fn every_screen_keeps_the_sizes_and_contrasts_that_are_promised() {
    let bank = starter_bank();
    let mut ruler = ruler();
    let mut smallest: BTreeMap<&str, Survey> = BTreeMap::new();
    // The first of each on each screen.
    let mut faults = BTreeMap::new();
    for (size, panel_mm) in PANELS {
        for (large, contrast) in [(false, false), (true, false), (false, true), (true, true)] {
            for language in ["zh-CN", "en"] {
                let view = View {
                    size,
                    panel_mm,
                    large,
                    contrast,
                    language,
                };
                for found in ruler.survey(&bank, view) {
                    let body = match (large, language) {
                        (false, _) => 6.0,
                        (true, "zh-CN") => 9.0,
                        // Letters have fewer strokes than Han characters.
                        (true, _) => 6.6,
                    };
                    let answer = if large { 25.0 } else { 20.0 };
                    for (what, kept) in [
                        ("target", found.target >= 15.0),
                        ("answer", found.answer >= answer),
                        ("gap", found.gap >= 3.0),
                        ("body", found.body >= body),
                        ("line", found.line >= 1.5),
                        ("contrast of text", found.text_contrast >= 7.0),
                        ("contrast of signs", found.sign_contrast >= 3.0),
                        ("cut", !found.is_cut()),
                        ("overlap", found.overlaps.is_empty()),
                    ] {
                        if !kept {
                            let fault = (found.screen.clone(), what);
                            faults.entry(fault).or_insert((view, found.clone()));
                        }
                    }
                    let profile = if large { "large" } else { "standard" };
                    smallest
                        .entry(profile)
                        .and_modify(|least| least.take_smaller(&found))
                        .or_insert(found);
                }
            }
        }
    }
    for (profile, least) in &smallest {
        writeln!(io::stdout(), "{profile}: {least}").unwrap();
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(smallest["standard"].answer.is_finite());
}

#[test]
fn a_thousand_turns_of_language_and_profile_leave_nothing_behind() {
    let bank = starter_bank();
    let question = bank.questions().next().unwrap();
    let counts = Ruler::with_glyphs(Locales::shipped().unwrap()).switch(question, 1000);
    // Once every language has been shown in both profiles.
    let (settled, last) = (counts[8], counts[999]);
    assert!(settled.0 > 0);
    writeln!(io::stdout(), "glyphs {} bytes, {} entities", last.0, last.1).unwrap();
    assert_eq!(last, counts[999 - 8], "it still grows");
    assert_eq!(settled.0, last.0);
}

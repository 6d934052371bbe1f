//! Tests of further languages: a locale's folder and texts in a pack are enough, no code knows them.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use kepu::{
    bank::{self, QuestionBank, Severity},
    embedded::{self, LocaleFiles},
    locale::Locales,
    texts::Spoken,
};

use crate::support::{PackText, TODAY, told};

/// The folder `tests/languages/zh-TW`.
fn begun() -> LocaleFiles<'static> {
    LocaleFiles {
        tag: "zh-TW",
        settings: Some(include_str!("languages/zh-TW/locale.ron")),
        texts: vec![include_str!("languages/zh-TW/kiosk.ftl")],
    }
}

/// The shipped locales and one more.
pub(crate) fn with_one_more() -> Locales {
    Locales::new(embedded::locales().chain([begun()])).unwrap()
}

/// The sound pack, of which only a prompt and an option have been put into one more language.
fn begun_pack() -> PackText {
    PackText::sound()
        .with(
            "languages: [\"zh-CN\", \"en\"]",
            "languages: [\"en\", \"zh-CN\"], languages_begun: [\"zh-TW\"]",
        )
        .with(
            "洗手要洗多久？\"",
            "洗手要洗多久？\", \"zh-TW\": \"洗手要洗多久呢？\"",
        )
        .with("至少 20 秒\"", "至少 20 秒\", \"zh-TW\": \"至少要 20 秒\"")
}

fn loaded(pack: &PackText) -> QuestionBank {
    bank::load([pack.files()], TODAY).0
}

#[test]
fn a_folder_makes_a_language_that_is_offered_and_spoken() {
    let locales = with_one_more();
    assert!(locales.tags().any(|tag| tag == "zh-TW"));
    assert!(locales.offered().any(|tag| tag == "zh-TW"));
    assert_eq!(locales.negotiate(&["zh-TW"]), "zh-TW");
    assert_eq!(locales.text("zh-TW", "language-name"), "中文（臺灣）");
}

#[test]
fn a_language_may_be_there_without_being_offered_unasked() {
    let offered: Vec<_> = Locales::shipped().unwrap().offered().collect();
    assert_eq!(offered, ["en", "zh-CN"]);
    let silent = |settings| {
        let files = LocaleFiles {
            settings,
            ..begun()
        };
        Locales::new([files]).map(|locales| locales.offered().count())
    };
    assert_eq!(silent(None).unwrap(), 1, "offered unless it says otherwise");
    assert_eq!(silent(Some("(offered: false)")).unwrap(), 0);
    let refused = silent(Some("(offred: false)")).unwrap_err().to_string();
    assert!(
        refused.starts_with("cannot use locale `zh-TW`: locale.ron: "),
        "{refused}"
    );
}

#[test]
fn a_message_that_is_lacking_is_taken_from_the_nearest_language_and_counted() {
    let locales = with_one_more();
    let say = |key| locales.text("zh-TW", key);
    assert_eq!(say("bar-leave"), "離開");
    assert_eq!(say("bar-larger"), locales.text("zh-HK", "bar-larger"));
    assert_ne!(say("bar-larger"), locales.text("en", "bar-larger"));
    let lacking = locales.lacking("zh-TW");
    assert!(lacking.contains(&"bar-larger") && !lacking.contains(&"bar-leave"));
    assert_eq!(
        lacking.len() + 2,
        locales.lacking("fr").len(),
        "all but the two"
    );
    // Without kin it is English.
    let alone = LocaleFiles {
        tag: "fr",
        ..begun()
    };
    let locales = Locales::new(embedded::locales().chain([alone])).unwrap();
    assert_eq!(
        locales.text("fr", "bar-larger"),
        locales.text("en", "bar-larger")
    );
    assert!(locales.has("fr", "bar-larger") && !locales.has("fr", "no-such-key"));
}

#[test]
fn no_shipped_language_lacks_a_message() {
    let locales = Locales::shipped().unwrap();
    for tag in locales.tags() {
        assert_eq!(locales.lacking(&tag), Vec::<&str>::new(), "{tag}");
    }
}

#[test]
fn texts_of_a_pack_that_are_lacking_are_taken_one_by_one_from_the_nearest_language() {
    let bank = loaded(&begun_pack());
    let question = &bank.packs()[0].questions()[0];
    let spoken = |language, text| Spoken { language, text };
    assert_eq!(
        question.prompt().nearest("zh-TW"),
        spoken("zh-TW", "洗手要洗多久呢？")
    );
    let options: Vec<_> = question
        .options()
        .iter()
        .map(|one| one.text().nearest("zh-TW"))
        .collect();
    assert_eq!(
        options,
        [
            spoken("zh-CN", "冲一下就好"),
            spoken("zh-TW", "至少要 20 秒"),
            spoken("zh-CN", "不用洗"),
        ]
    );
    // Another Chinese before the first language, and that before nothing.
    assert_eq!(question.prompt().get("zh-HK"), "洗手要洗多久呢？");
    assert_eq!(question.explanation().get("zh-HK"), "用肥皂洗 20 秒。");
    assert_eq!(
        question.prompt().get("fr"),
        "How long should washing hands take?"
    );
    assert!(question.speaks("en") && question.speaks("zh-CN") && !question.speaks("zh-TW"));
}

#[test]
fn a_language_begun_is_checked_as_far_as_it_goes() {
    assert_eq!(begun_pack().problems(), []);
    let said = |pack: &PackText| {
        let problems = pack.problems();
        let problems = problems.iter().map(|one| (one.severity, one.code));
        problems.collect::<Vec<_>>()
    };
    let numbers = begun_pack().with("至少要 20 秒", "至少要 30 秒");
    assert_eq!(said(&numbers), [(Severity::Error, "numbers-differ")]);
    let twice = begun_pack().with("[\"zh-TW\"]", "[\"zh-CN\", \"zh-TW\"]");
    assert_eq!(said(&twice), [(Severity::Error, "duplicate-language")]);
    let undeclared = begun_pack().with(", languages_begun: [\"zh-TW\"]", "");
    let [first, second] = said(&undeclared).try_into().unwrap();
    assert_eq!((first.1, second.1), ("extra-language", "extra-language"));
}

#[test]
fn the_rules_of_chinese_hold_for_traditional_characters() {
    let traditional = |from: &str, to: &str| {
        let text = format!("{from}\", \"zh-HK\": \"{to}\"");
        PackText::sound()
            .with(
                "languages: [\"zh-CN\", \"en\"]",
                "languages: [\"zh-CN\", \"en\"], languages_begun: [\"zh-HK\"]",
            )
            .with(&format!("{from}\""), &text)
    };
    assert_eq!(traditional("至少 20 秒", "至少 20 秒鐘").problems(), []);
    let units = traditional("至少 20 秒", "至少 20 分鐘").problems();
    let codes: Vec<_> = units.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["units-differ"]);
    let glyph = traditional("不用洗", "不用洗\u{58EB}\u{3405}").problems();
    let codes: Vec<_> = glyph.iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&"missing-glyph"), "{codes:?}");
}

#[test]
fn a_shipped_pack_speaks_traditional_chinese_without_a_problem() {
    let (bank, problems) = bank::load(embedded::packs(), TODAY);
    let locales = Locales::shipped().unwrap();
    let said: Vec<_> = problems
        .iter()
        .map(|problem| told(&locales, "en", problem))
        .collect();
    assert_eq!(said, Vec::<String>::new());
    let packs = bank.packs().iter();
    let speak = |language| {
        let packs = packs.clone();
        let packs = packs.filter(|pack| pack.questions().iter().all(|one| one.speaks(language)));
        packs.map(|pack| pack.info().id()).collect::<Vec<_>>()
    };
    assert_eq!(speak("zh-CN").len(), bank.packs().len());
    assert!(speak("zh-HK").contains(&"emergency-now"));
}

#[cfg(feature = "kiosk")]
#[test]
fn a_kiosk_shows_a_pack_in_a_language_of_which_there_is_only_a_folder() {
    use kepu::kiosk::layout::{Fault, Ruler, SIZES};

    let mut shipped = embedded::packs();
    let mut files = shipped
        .find(|files| files.folder.ends_with("emergency-now"))
        .unwrap();
    for file in [&mut files.pack, &mut files.questions] {
        let text = String::from_utf8(std::mem::take(file.as_mut().unwrap())).unwrap();
        *file = Ok(text.replace("\"zh-HK\"", "\"zh-TW\"").into_bytes());
    }
    let (bank, _) = bank::load([files], TODAY);
    let pack = &bank.packs()[0];
    let laid_out = |locales| {
        let mut all = 0;
        let found = Ruler::new(locales).measure(pack, &mut |_, of| all = of);
        // The rest is a warning, and only where text is wished to be large.
        assert!(
            found.iter().all(|misfit| misfit.fault == Fault::Small),
            "{found:?}"
        );
        all / SIZES.len() / 2 / pack.questions().len()
    };
    assert_eq!(laid_out(Locales::shipped().unwrap()), 2);
    assert_eq!(laid_out(with_one_more()), 3);
}

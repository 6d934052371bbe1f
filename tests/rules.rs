//! Tests of the content rules where `bank/broken.txt` cannot reach: what they leave alone, what may be
//! waived, and what becomes of pictures, narration and plans.

use std::{
    fs,
    sync::atomic::{AtomicUsize, Ordering},
};

use kepu::bank::{self, Audience, PackFiles, QuestionBank, narration::Part};
use tempfile::TempDir;

use crate::support::{PackText, TODAY, codes};

const CHINESE: &str = "洗手要洗多久？";
const ENGLISH: &str = "How long should washing hands take?";
const OPTION: &str = "不用洗";
const ENGLISH_OPTION: &str = "No need to wash";
const EXPLANATION: &str = "烧开能杀菌。";
const ENGLISH_EXPLANATION: &str = "Boiling kills germs.";

fn sound() -> PackText {
    PackText::sound()
}

/// The first problem of a pack with one text exchanged.
fn codes_with(from: &str, to: &str) -> Vec<&'static str> {
    codes(&sound().with(from, to).problems())
}

#[test]
fn good_language_is_left_alone() {
    for (from, to) in [
        // A word of negation that does not turn the question round.
        (CHINESE, "成年人每天吃盐最好不超过多少才好？"),
        (CHINESE, "软件要用个人信息，不满多少周岁要问父母？"),
        (CHINESE, "一袋种子没有标签，法律把它归为哪一类？"),
        (CHINESE, "标签写着“不能冷冻”，是什么意思？"),
        (CHINESE, "怎样看出食物是不是坏了？"),
        (CHINESE, "《不是药神》这部电影讲什么？"),
        (ENGLISH, "What does the sign “do not enter” mean?"),
        (ENGLISH, "What not only saves water but money?"),
        (ENGLISH, "What is a knot in a notebook?"),
        // Brackets are a place to be filled, and full-width ones too.
        (CHINESE, "洗手至少应当洗（）"),
        // A phrase of law, not a guess.
        (OPTION, "可能影响的范围"),
        (OPTION, "一定数量的水"),
        (ENGLISH_OPTION, "An area it may affect"),
        // A vitamin and a plan are no options, and neither is an article.
        (EXPLANATION, "胡萝卜含有胡萝卜素，能变成维生素A。"),
        (
            ENGLISH_EXPLANATION,
            "The answer a child can give is to boil it.",
        ),
        (ENGLISH_EXPLANATION, "Vitamin C is lost by boiling."),
        // Units, known signs and things that everybody writes in Latin letters.
        (EXPLANATION, "一氧化碳（CO）闻不到，用U盘也测不出。"),
        (EXPLANATION, "用手机App发SOS求救。"),
        // Explained where it stands.
        (
            ENGLISH_EXPLANATION,
            "A VOC (volatile organic compound) boils off.",
        ),
        (
            ENGLISH_EXPLANATION,
            "The World Health Organization (WHO) says so.",
        ),
        // Millet is no brand.
        (EXPLANATION, "小米和苹果都要洗干净。"),
    ] {
        assert_eq!(codes_with(from, to), [""; 0], "{to}");
    }
}

#[test]
fn quotation_marks_and_apostrophes_are_not_straight_in_any_text() {
    let straight = ["straight-quotes"];
    for (from, to) in [
        (CHINESE, "洗手要洗\\\"多久\\\"？"),
        (ENGLISH, "How long does \\\"washing hands\\\" take?"),
        (ENGLISH_EXPLANATION, "Boiling doesn't leave germs."),
        ("\"Sample\"", "\"The people's sample\""),
        ("Guide to hands", "A 'guide' to hands"),
    ] {
        assert_eq!(codes_with(from, to), straight, "{to}");
    }
    for (from, to) in [
        (CHINESE, "洗手要洗“多久”？"),
        (EXPLANATION, "烧开能杀菌'。"),
        (ENGLISH_EXPLANATION, "Boiling doesn’t leave “germs”."),
    ] {
        assert_eq!(codes_with(from, to), [""; 0], "{to}");
    }
}

#[test]
fn a_negative_word_is_known_by_either_apostrophe() {
    for apostrophe in ["'", "’"] {
        let prompt = format!("Which of these isn{apostrophe}t a way to wash hands?");
        let found = codes_with(ENGLISH, &prompt);
        assert!(found.contains(&"negative-prompt"), "{found:?}");
    }
}

#[test]
fn lengths_are_counted_in_characters_in_chinese_and_in_words_elsewhere() {
    let chinese = |count: usize| "水".repeat(count) + "？";
    assert_eq!(codes_with(CHINESE, &chinese(30)), [""; 0]);
    assert_eq!(codes_with(CHINESE, &chinese(31)), ["prompt-long"]);
    let english = |count: usize| "water ".repeat(count) + "?";
    assert_eq!(codes_with(ENGLISH, &english(30)), [""; 0]);
    assert_eq!(codes_with(ENGLISH, &english(31)), ["prompt-long"]);
    // A number and a word count one each, punctuation nothing.
    let mixed = chinese(28).replace('？', "，12.5 kg？");
    assert_eq!(mixed.chars().filter(|one| *one == '水').count(), 28);
    let both = sound()
        .with(CHINESE, &mixed)
        .with(ENGLISH, "How is 12.5 kg of it carried?");
    assert_eq!(codes(&both.problems()), [""; 0]);
}

#[test]
fn those_who_are_not_old_may_be_asked_longer_questions() {
    let long = "水".repeat(40) + "？";
    let youth = sound().with("[general]", "[youth]");
    let problems = |text: &str| codes(&youth.clone().with(CHINESE, text).problems());
    assert_eq!(problems(&long), [""; 0]);
    assert_eq!(problems(&format!("水{long}")), ["prompt-long"]);
}

#[test]
fn numbers_may_fall_and_ranges_may_follow_each_other() {
    let options = |texts: [(&str, &str); 3]| {
        let pack = sound()
            .with(
                "\"冲一下就好\", \"en\": \"A moment is enough\"",
                &format!("\"{}\", \"en\": \"{}\"", texts[0].0, texts[0].1),
            )
            .with(
                "\"至少 20 秒\", \"en\": \"At least 20 seconds\"",
                &format!("\"{}\", \"en\": \"{}\"", texts[1].0, texts[1].1),
            )
            .with(
                "\"不用洗\", \"en\": \"No need to wash\"",
                &format!("\"{}\", \"en\": \"{}\"", texts[2].0, texts[2].1),
            );
        codes(&pack.problems())
    };
    for sound in [
        [
            ("60 秒", "60 seconds"),
            ("20 秒", "20 seconds"),
            ("5 秒", "5 seconds"),
        ],
        [
            ("5～9 秒", "5-9 seconds"),
            ("10～19 秒", "10-19 seconds"),
            ("20～30 秒", "20-30 seconds"),
        ],
        [
            ("500 元", "500 yuan"),
            ("1,500 元", "1,500 yuan"),
            ("10,000 元", "10,000 yuan"),
        ],
        [("1 克", "1 g"), ("2 克", "2 g"), ("2.5 克", "2.5 g")],
        [("8:00", "8:00"), ("7:30", "7:30"), ("9:00", "9:00")],
    ] {
        assert_eq!(options(sound), [""; 0], "{sound:?}");
    }
    let shared = [
        ("5～10 秒", "5-10 seconds"),
        ("10～20 秒", "10-20 seconds"),
        ("21 秒", "21 seconds"),
    ];
    assert_eq!(options(shared), ["ranges-overlap"; 2], "10 belongs to both");
    let mixed = [
        ("1 分钟", "1 minute"),
        ("2 分钟", "2 minutes"),
        ("180 秒", "180 seconds"),
    ];
    assert_eq!(options(mixed), ["mixed-units"; 2]);
    let unsorted = [("2 克", "2 g"), ("1 克", "1 g"), ("3 克", "3 g")];
    assert_eq!(options(unsorted), ["numbers-unsorted"], "said once");
}

#[test]
fn of_all_telephone_numbers_only_emergency_lines_may_stand_as_they_are() {
    let named = |number: &str| {
        sound()
            .with(EXPLANATION, &format!("烧开能杀菌，有事请拨打 {number}。"))
            .with(
                ENGLISH_EXPLANATION,
                &format!("Boiling helps; call {number}."),
            )
    };
    for number in ["110", "119", "120", "122"] {
        assert_eq!(codes(&named(number).problems()), [""; 0], "{number}");
    }
    for number in [
        "112",
        "999",
        "12320",
        "12356",
        "95588",
        "4008008000",
        "13800138000",
    ] {
        let found = codes(&named(number).problems());
        let phones = found.iter().filter(|code| **code == "phone-number").count();
        assert_eq!(phones, 2, "{number}: {found:?}");
    }
    // Large numbers that are counted are no telephone numbers.
    let counted = sound()
        .with(
            EXPLANATION,
            "按 GB 19095-2019，12500 户省下 12345 元，到 2026-11-20 为止有 96000 人。",
        )
        .with(
            ENGLISH_EXPLANATION,
            "By GB 19095-2019, 12 500 homes saved 12345 yuan; 96000 people by 2026-11-20.",
        );
    assert_eq!(codes(&counted.problems()), [""; 0]);
}

#[test]
fn the_avoid_list_is_waived_only_with_a_reason_and_a_name() {
    let asked = sound()
        .with(CHINESE, "成年人的正常血压范围是多少？")
        .with(ENGLISH, "What is the normal blood pressure of adults?");
    let with = |waived: &str| {
        let id = "id: \"wash-hands\",";
        let pack = asked.clone().with(id, &format!("{id} waived: [{waived}],"));
        codes(&pack.problems())
    };
    assert_eq!(codes(&asked.problems()), ["avoided-topic"], "said once");
    assert_eq!(
        with("(rule: \"Q20\", reason: \"Asked for.\", by: \"Li Ming\")"),
        [""; 0]
    );
    assert_eq!(
        with("(rule: \"Q20\", reason: \" \", by: \"Li Ming\")"),
        ["empty-text"]
    );
    assert_eq!(
        with("(rule: \"Q20\", reason: \"Asked for.\")"),
        ["missing-field"]
    );
}

#[test]
fn a_question_flagged_as_negative_is_and_says_so() {
    let pack = sound()
        .with("kind: TrueFalse,", "kind: TrueFalse, negative: true,")
        .with("生水要烧开再喝。", "生水不能直接喝。");
    let (bank, problems) = bank::load([pack.files()], TODAY);
    assert_eq!(problems, []);
    let flags: Vec<_> = bank
        .questions()
        .map(|question| question.is_negative())
        .collect();
    assert_eq!(flags, [false, true]);
}

#[test]
fn pictures_narration_and_the_plan_become_what_the_pack_says() {
    let pack = sound()
        .with(
            "kind: TrueFalse,",
            "kind: TrueFalse, image: (file: \"media/tap.png\", alt: { \"zh-CN\": \"水龙头\", \
             \"en\": \"A tap\" }), narration: (prompt: { \"zh-CN\": \"media/prompt.ogg\" }),",
        )
        .with(
            "version: 3,",
            "version: 3, plan: [(audience: senior, difficulty: 1, least: 1)],",
        );
    let dir = TempDir::new().unwrap();
    let folder = pack.write(dir.path(), "seen");
    fs::create_dir(folder.join("media")).unwrap();
    for name in ["tap.png", "prompt.ogg", ".hidden"] {
        // Of a picture no more than this is looked at.
        let head = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\0\0\0\x03\0";
        fs::write(folder.join("media").join(name), head).unwrap();
    }
    let (bank, problems): (QuestionBank, _) = bank::load([PackFiles::read(&folder)], TODAY);
    assert_eq!(problems, []);
    let [plain, seen] = bank.packs()[0].questions() else {
        panic!("two questions");
    };
    assert!(plain.image().is_none() && plain.narration().is_empty());
    let image = seen.image().unwrap();
    assert_eq!(
        (image.file(), image.alt().get("en")),
        ("media/tap.png", "A tap")
    );
    assert_eq!((image.size().width, image.size().height), (1024, 768));
    let recording = seen.narration().of(&Part::Prompt, "zh-CN").unwrap();
    assert_eq!(recording.file(), "media/prompt.ogg");
    assert!(!recording.is_synthetic());
    // Never in another language.
    assert_eq!(seen.narration().of(&Part::Prompt, "en"), None);
    assert_eq!(seen.narration().of(&Part::Explanation, "zh-CN"), None);
    assert_eq!(bank.packs()[0].info().plan(), [(Audience::Senior, 1, 1)]);
}

#[test]
fn a_language_without_rules_of_its_own_is_only_measured() {
    let french = |text: &str| {
        let pack = sound().with("[\"zh-CN\", \"en\"]", "[\"fr\"]");
        let pack = PackText {
            pack: pack.pack.replace("\"en\": ", "\"fr\": "),
            questions: pack.questions.replace("\"en\": ", "\"fr\": "),
        };
        let pack = pack.with(ENGLISH, text);
        let mut found = codes(&pack.problems());
        found.retain(|code| *code != "extra-language");
        found
    };
    assert_eq!(french("Ceci n'est pas NHC"), [""; 0]);
    assert_eq!(french(&"eau ".repeat(31)), ["prompt-long"]);
}

#[test]
fn packs_checked_side_by_side_come_back_in_their_order_and_each_is_announced() {
    let packs: Vec<_> = (0..40)
        .map(|number| {
            let id = format!("id: \"pack-{number}\"");
            let pack = sound().with("id: \"sound\"", &id);
            let broken = number % 3 == 0;
            let pack = if broken {
                pack.with("version: 3", "version: 0")
            } else {
                pack
            };
            pack.files()
        })
        .collect();
    let announced = AtomicUsize::new(0);
    let checked = bank::check_packs(packs, TODAY, &|_| {
        announced.fetch_add(1, Ordering::Relaxed);
    });
    assert_eq!(announced.into_inner(), 40);
    for (number, checked) in checked.iter().enumerate() {
        let id = checked
            .pack
            .as_ref()
            .map(|pack| pack.info().id().to_owned());
        let expected = (number % 3 != 0).then(|| format!("pack-{number}"));
        assert_eq!(id, expected);
        assert_eq!(checked.problems.len(), usize::from(number % 3 == 0));
    }
}

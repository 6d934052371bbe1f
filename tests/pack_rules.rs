//! Tests of the rules on a pack as a whole, of characters, of questions that are alike, and of the
//! coverage table.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use kepu::{
    bank::{
        self, Audience, Pack, PackFiles, Problem, Question, Severity,
        coverage::{self, Row},
        likeness::{self, ALIKE, likeness, twins},
    },
    embedded,
    face::TYPEFACES,
    locale::Locales,
};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::support::{Card, PackText, TODAY, deck, told};

/// Options of one length; the right one stands at `place` of `of`, from 0.
fn spread(place: usize, of: usize) -> Vec<(&'static str, &'static str)> {
    worded(place, of, "Oak", ["Tea", "Ice", "Fog"])
}

/// Options with these texts; the right one stands at `place` of `of`, from 0.
fn worded(
    place: usize,
    of: usize,
    right: &'static str,
    wrong: [&'static str; 3],
) -> Vec<(&'static str, &'static str)> {
    let mut wrong = wrong.into_iter();
    [("*a", "a"), ("*b", "b"), ("*c", "c"), ("*d", "d")]
        .into_iter()
        .take(of)
        .enumerate()
        .map(|(at, (key, id))| match at == place {
            true => (key, right),
            false => (id, wrong.next().unwrap()),
        })
        .collect()
}

/// A pack of `Single` questions `q-0`, `q-1`, … with these options.
fn pack_of(options: &[Vec<(&str, &str)>]) -> PackFiles {
    pack_with(options, |card| card)
}

fn pack_with(
    options: &[Vec<(&str, &str)>],
    change: impl for<'a> Fn(Card<'a>) -> Card<'a>,
) -> PackFiles {
    let ids: Vec<_> = (0..options.len()).map(|at| format!("q-{at}")).collect();
    let cards: Vec<_> = options
        .iter()
        .zip(&ids)
        .map(|(options, id)| {
            change(Card {
                id,
                options,
                ..Card::SINGLE
            })
        })
        .collect();
    deck("many", "health", &cards)
}

/// The same pack in Chinese.
fn in_chinese(files: PackFiles) -> PackFiles {
    let change = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        text.replace("\"en\"", "\"zh-CN\"").into_bytes()
    };
    PackFiles {
        pack: files.pack.map(change),
        questions: files.questions.map(change),
        ..files
    }
}

/// A pack of questions with the right answers in these places, of three.
fn places(places: &[usize]) -> PackFiles {
    let options: Vec<_> = places.iter().map(|place| spread(*place, 3)).collect();
    pack_of(&options)
}

/// A pack in which the right answer stands so often in each place, nowhere thrice in a row.
fn counts(counts: &[usize]) -> PackFiles {
    let options: Vec<_> = counts
        .iter()
        .enumerate()
        .flat_map(|(place, count)| vec![spread(place, counts.len()); *count])
        .collect();
    pack_of(&options)
}

/// A pack of statements of which so many are true.
fn statements(right: usize, wrong: usize) -> PackFiles {
    let judged = |is_true| match is_true {
        true => vec![("*true", "True"), ("false", "False")],
        false => vec![("true", "True"), ("*false", "False")],
    };
    let options = [vec![judged(true); right], vec![judged(false); wrong]].concat();
    pack_with(&options, |card| Card {
        kind: "TrueFalse",
        ..card
    })
}

/// `found` of `items` questions whose right answer is the longest of `of`.
fn longest(found: usize, items: usize, of: usize) -> PackFiles {
    let options: Vec<_> = (0..items)
        .map(|at| {
            let right = if at < found { "Oaks" } else { "Oak" };
            worded(at % of, of, right, ["Tea", "Ice", "Fog"])
        })
        .collect();
    pack_of(&options)
}

/// Questions of which so many have a word without exception in a wrong option, and so many in the
/// right one; all others say the same without it.
fn absolute(word: &'static str, plain: &'static str, wrong: usize, right: usize) -> PackFiles {
    let options: Vec<_> = (0..wrong + right)
        .map(|at| {
            let words = if at < wrong {
                (plain, word)
            } else {
                (word, plain)
            };
            worded(at % 3, 3, words.0, [words.1, "Ice", "Fog"])
        })
        .collect();
    pack_of(&options)
}

/// What the check finds by a code.
fn found(files: PackFiles, code: &str) -> Vec<Problem> {
    let mut problems = bank::load([files], TODAY).1;
    problems.retain(|problem| problem.code == code);
    problems
}

fn says(files: PackFiles, code: &str) -> bool {
    !found(files, code).is_empty()
}

fn in_words(language: &str, problem: &Problem) -> String {
    let locales = Locales::shipped().unwrap();
    let said = told(&locales, language, problem);
    let (_, said) = said.split_once(": ").unwrap();
    said.to_owned()
}

/// The questions of one pack, each a prompt with the same right answer.
fn asking(language: &str, prompts: &[String]) -> Vec<Arc<Question>> {
    let pack = asked("asked", language, prompts);
    pack.questions().to_vec()
}

fn asked(id: &str, language: &str, prompts: &[String]) -> Pack {
    let ids: Vec<_> = (0..prompts.len()).map(|at| format!("q-{at}")).collect();
    let cards: Vec<_> = ids
        .iter()
        .map(|id| Card {
            id,
            ordered: true,
            ..Card::SINGLE
        })
        .collect();
    let files = deck(id, "health", &cards);
    let text = String::from_utf8(files.questions.unwrap()).unwrap();
    let mut prompts = prompts.iter();
    let mut parts = text.split("Which one is it?");
    let mut text = parts.next().unwrap().to_owned();
    for part in parts {
        text.push_str(prompts.next().unwrap());
        text.push_str(part);
    }
    let files = PackFiles {
        questions: Ok(text.into_bytes()),
        ..deck(id, "health", &[])
    };
    let text = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).unwrap();
        text.replace("\"en\"", &format!("\"{language}\""))
            .into_bytes()
    };
    let files = PackFiles {
        pack: files.pack.map(text),
        questions: files.questions.map(text),
        ..files
    };
    let (bank, problems) = bank::load([files], TODAY);
    // Twenty in one place are the only error there may be.
    let other = problems
        .iter()
        .find(|problem| problem.severity == Severity::Error && problem.code != "key-positions");
    assert_eq!(other, None);
    bank.packs()
        .first()
        .cloned()
        .unwrap_or_else(|| panic!("{problems:?}"))
}

/// Every problem that only this module provokes.
pub(crate) fn provoked() -> BTreeSet<(&'static str, Option<&'static str>, Severity)> {
    let packs = [
        longest(12, 12, 3),
        absolute("never", "Oak", 9, 0),
        counts(&[20, 0, 0]),
        statements(5, 0),
    ];
    let copies = ["one", "two"].map(|id| asked(id, "en", &["How long is a day?".to_owned()]));
    let folder = Path::new("copies");
    let alike = likeness::problems(copies.iter().map(|pack| (folder, pack)));
    let missing = PackText::sound().with("Sample", "Sample ✗").problems();
    let unseen = PackText::sound()
        .with("Sample", "Sam\u{200B}ple")
        .problems();
    let plan = "version: 3, plan: [(audience: senior, difficulty: 1, least: 3)],";
    let planned = PackText::sound().with("version: 3,", plan).problems();
    let problems = bank::load(packs, TODAY).1.into_iter();
    problems
        .chain(alike)
        .chain(missing)
        .chain(unseen)
        .chain(planned)
        .map(|problem| (problem.code, problem.rule, problem.severity))
        .collect()
}

#[test]
fn the_right_answer_may_be_the_longest_as_often_as_chance_and_two_deviations_make_it() {
    // Of 12 with 3 options: 4 + 2 × 1.63 = 7.27. Of 48 with 4 options: 12 + 2 × 3 = 18.
    assert!(!says(longest(7, 12, 3), "key-longest"));
    assert!(says(longest(8, 12, 3), "key-longest"));
    assert!(!says(longest(18, 48, 4), "key-longest"));
    assert!(says(longest(19, 48, 4), "key-longest"));
}

#[test]
fn a_small_pack_and_one_of_numbers_say_nothing_about_length() {
    assert!(!says(longest(11, 11, 3), "key-longest"));
    let numbers: Vec<_> = (0..12)
        .map(|at| worded(at % 3, 3, "100 g", ["10 g", "20 g", "30 g"]))
        .collect();
    assert!(!says(pack_of(&numbers), "key-longest"));
}

#[test]
fn words_without_exception_may_stand_in_wrong_options_as_often_as_chance_puts_them_there() {
    let code = "absolute-distractors";
    // Of 8: 5.33 + 2 × 1.33 = 8. Of 9: 6 + 2 × 1.41 = 8.83. Of 10: 6.67 + 2 × 1.49 = 9.65.
    assert!(!says(absolute("It never is", "Oak", 8, 0), code));
    assert!(says(absolute("It never is", "Oak", 9, 0), code));
    assert!(!says(absolute("It never is", "Oak", 9, 1), code));
    assert!(
        says(absolute("Never", "Oak", 12, 0), code),
        "whatever its case"
    );
    assert!(
        !says(absolute("The ball", "Oak", 12, 0), code),
        "no word of its own"
    );
    assert!(!says(absolute("Not all of it", "Oak", 12, 0), code));
    assert!(says(in_chinese(absolute("所有水果", "苹果", 12, 0)), code));
    assert!(!says(in_chinese(absolute("不一定", "苹果", 12, 0)), code));
    assert!(!says(in_chinese(absolute("never", "Oak", 12, 0)), code));
}

#[test]
fn right_answers_stand_in_each_place_as_chance_could_put_them() {
    let code = "key-positions";
    // Chi squared: 6.4 and 4.3 of 5.99 for three places, 9.6 and 6.8 of 7.81 for four.
    assert!(says(counts(&[12, 4, 4]), code));
    assert!(!says(counts(&[11, 5, 4]), code));
    assert!(says(counts(&[11, 3, 3, 3]), code));
    assert!(!says(counts(&[10, 4, 3, 3]), code));
    // 6.0, but the span is a tenth.
    assert!(!says(counts(&[120, 90, 90]), code));
    assert!(says(counts(&[121, 90, 89]), code));
    assert!(!says(counts(&[19, 0, 0]), code), "too few to tell");
}

#[test]
fn questions_whose_options_keep_their_order_are_counted_apart() {
    let free = vec![spread(1, 3); 19];
    let kept = pack_with(&[free.clone(), free].concat(), |card| Card {
        ordered: card.id[2..].parse::<usize>().unwrap() >= 19,
        ..card
    });
    assert!(!says(kept, "key-positions"), "19 and 19 are no 38");
    let kept = pack_with(&vec![spread(1, 3); 20], |card| Card {
        ordered: true,
        ..card
    });
    let problems = found(kept, "key-positions");
    assert_eq!(problems.len(), 1);
    assert!(in_words("en", &problems[0]).contains("choose other wrong options"));
}

#[test]
fn no_more_than_three_in_a_row_have_the_right_answer_in_the_same_place() {
    let code = "key-run";
    assert!(!says(places(&[0, 1, 2, 2, 2, 0, 1, 2, 0, 1, 2, 0]), code));
    let four = [0, 1, 2, 2, 2, 2, 1, 2, 0, 1, 2, 0];
    let problems = found(places(&four), code);
    assert_eq!(problems.len(), 1);
    let problem = &problems[0];
    assert_eq!(
        problem.question.as_deref(),
        Some("q-5"),
        "the first one too many"
    );
    assert_eq!(problem.place.as_ref().unwrap().line, 2 + 5);
    assert!(!says(places(&four[..11]), code), "too few to tell");
    let runs = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1];
    assert_eq!(found(places(&runs), code).len(), 2, "one a run");
    // One that keeps its order is passed over and ends no run.
    let options: Vec<_> = [0, 1, 2, 2, 0, 2, 2, 0, 1, 0, 1, 2, 0]
        .iter()
        .map(|place| spread(*place, 3))
        .collect();
    let pack = |passed: &'static str| {
        pack_with(&options, move |card| Card {
            ordered: card.id == passed,
            ..card
        })
    };
    assert!(says(pack("q-4"), code));
    assert!(!says(pack("q-7"), code));
}

#[test]
fn four_to_six_in_ten_statements_are_true() {
    let code = "true-share";
    for (right, wrong, refused) in [
        (4, 0, false),
        (1, 4, true),
        (2, 3, false),
        (3, 2, false),
        (4, 1, true),
        (4, 6, false),
        (6, 4, false),
        (3, 7, true),
        (7, 3, true),
        (4, 3, false),
        (5, 3, true),
    ] {
        assert_eq!(
            says(statements(right, wrong), code),
            refused,
            "{right}, {wrong}"
        );
    }
}

#[test]
fn a_pack_with_a_mistake_is_not_counted() {
    let files = statements(5, 0);
    let text = String::from_utf8(files.questions.unwrap()).unwrap();
    let broken = PackFiles {
        questions: Ok(text
            .replacen("difficulty: 1", "difficulty: 9", 1)
            .into_bytes()),
        ..statements(5, 0)
    };
    let (_, problems) = bank::load([broken], TODAY);
    let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["difficulty"]);
}

#[test]
fn every_finding_says_exactly_what_is_wrong_and_what_to_do() {
    let copies = ["one", "two"].map(|id| asked(id, "en", &["How long is a day?".to_owned()]));
    let folder = PathBuf::from("copies");
    let mut alike = likeness::problems(copies.iter().map(|pack| (&*folder, pack)));
    let first = |files, code| found(files, code).remove(0);
    let glyph = |text: &str| PackText::sound().with("Sample", text).problems().remove(0);
    for (problem, english, chinese) in [
        (
            first(longest(8, 12, 3), "key-longest"),
            "Error key-longest (Q08): the right answer is the longest option in 8 of 12 questions \
             in “en”; up to 7 could be chance\nShorten right answers or say more in wrong ones \
             until length tells nothing.",
            "Error key-longest (Q08): “en”中，12 道题里有 8 道的正确选项最长；碰巧的话最多 7 道\n\
             请缩短正确选项，或者把错误选项写得充分些，让人无法凭长短猜出答案。",
        ),
        (
            first(absolute("never", "Oak", 9, 0), "absolute-distractors"),
            "Warning absolute-distractors (Q10): 9 of 9 options with words like “always” or “only” \
             are wrong ones in “en”; up to 8 could be chance\nTake these words out of wrong \
             options, or use them in right ones, too: visitors learn to rule such options out.",
            "Warning absolute-distractors (Q10): “en”中，带“一定”“所有”这类绝对化字眼的 9 个选项里\
             有 9 个是错的；碰巧的话最多 8 个\n\
             请从错误选项中删去这类字眼，或者在正确选项中也用上；否则答题的人一看就知道该排除。",
        ),
        (
            first(counts(&[12, 4, 4]), "key-positions"),
            "Error key-positions (Q14): the right answers of questions with 3 options stand \
             unevenly: 12, 4, 4 times, from the first place to the last\n\
             Move right answers to the places where they are rare.",
            "Error key-positions (Q14): 3 个选项的题目，正确选项的位置不均匀，\
             从第一位到最后一位依次是 12, 4, 4 次\n请把一部分正确选项移到次数少的位置。",
        ),
        (
            first(counts(&[12, 0, 0]), "key-run"),
            "Error key-run (Q14): the right answer stands in place 1 in 12 questions in a row; \
             from this one on that is too many\n\
             Move the right answer of this question to another place.",
            "Error key-run (Q14): 连续 12 道题的正确选项都在第 1 位，从本题起就太多了\n\
             请把本题的正确选项换一个位置。",
        ),
        (
            first(statements(7, 3), "true-share"),
            "Error true-share (Q15): 7 of 10 statements are true\nTurn statements round until at \
             least 4 and at most 6 of them are true: nobody may do well by tapping the same answer \
             every time.",
            "Error true-share (Q15): 10 道判断题中有 7 道是正确的说法\n请改写一部分，\
             让正确的说法不少于 4 道、不多于 6 道，免得只按一个答案也能得高分。",
        ),
        (
            alike.remove(0),
            "Warning near-duplicate (Q25): “q-0” in the pack “two” reads like “q-0” in the pack \
             “one”: 100 % are the same in “en”\nTake one of them out, or ask for something else.",
            "Warning near-duplicate (Q25): 题包“two”的“q-0”与题包“one”的“q-0”很像：\
             “en”中有 100% 相同\n请删去其中一道，或者换一个问法和考点。",
        ),
        (
            glyph("Sample ✗☐✗"),
            "Error missing-glyph: the typeface of the stations lacks: ✗ U+2717, ☐ U+2610\n\
             Write it in another way; for signs such as a tick use words.",
            "Error missing-glyph: 终端的字体中没有这些字符：✗ U+2717, ☐ U+2610\n\
             请换一种写法；对勾之类的符号请用文字代替。",
        ),
        (
            glyph("Sam\u{202E}ple"),
            "Error bad-character: the text has characters that nobody can see or that turn text \
             round: U+202E\nType the text again without them; they often come along when text is \
             pasted. A station breaks lines by itself.",
            "Error bad-character: 文字中有看不见的字符或会颠倒文字方向的字符：U+202E\n\
             请重新输入这段文字；这类字符多半是复制粘贴带进来的。也不要自己换行，屏幕会自动换行。",
        ),
    ] {
        let said = |language| {
            let said = in_words(language, &problem);
            assert!(!said.contains("{$"), "{said}");
            said
        };
        assert_eq!(said("en"), english);
        assert_eq!(said("zh-CN"), chinese);
    }
}

#[test]
fn both_weights_of_the_face_can_be_read_and_draw_what_is_written_in_chinese() {
    for face in &TYPEFACES {
        for font in [face.regular, face.bold] {
            assert!(ttf_parser::Face::parse(font, 0).is_ok());
        }
    }
    let [face, hong_kong] = &TYPEFACES;
    for character in "科學展覽螢幕資訊裏衞着鱲埗氹Aa09，。？！（）「」『』《》……—·℃%①".chars()
    {
        assert!(hong_kong.draws(character), "{character}");
    }
    for character in "科普答题Aa09，。？！（）“”‘’……—·℃%①②あ".chars()
    {
        assert!(face.draws(character), "{character}");
    }
    for character in "✗☐☑₂😀\u{E000}\u{10FFFF}".chars() {
        assert!(!face.draws(character), "{character}");
    }
    let drawn = ('\0'..=char::MAX).filter(|character| face.draws(*character));
    assert_eq!(drawn.count(), 9288, "as assets/fonts/README.md says");
    let drawn = ('\0'..=char::MAX).filter(|character| hong_kong.draws(*character));
    assert_eq!(drawn.count(), 8098, "as assets/fonts/README.md says");
}

#[test]
fn a_character_that_nobody_sees_is_refused_wherever_it_stands() {
    for point in [
        0x0, 0x1, 0x7F, 0x85, 0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200D, 0x200E, 0x200F,
        0x2028, 0x2029, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0x3164, 0xE000, 0xF8FF, 0xFE0F,
        0xFEFF, 0xFFFD, 0xFFFE, 0xE0001, 0xE0100, 0xF0000, 0x10FFFD,
    ] {
        let character = char::from_u32(point).unwrap();
        let text = format!("Sam{character}ple");
        let problems = PackText::sound().with("Sample", &text).problems();
        let codes: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["bad-character"], "U+{point:04X}");
    }
}

#[test]
fn every_text_of_a_pack_is_looked_at_and_the_question_named() {
    for (from, to, question) in [
        ("\"The testers\" }", "\"The ✗\" }", None),
        ("\"CC-BY-4.0\"", "\"CC ✗\"", None),
        ("take?\"", "take✗?\"", Some("wash-hands")),
        ("A moment is enough", "A ✗", Some("wash-hands")),
        ("leaves germs.", "leaves ✗.", Some("wash-hands")),
        ("Boiling kills germs.", "✗", Some("tap-water")),
        ("Standard for water", "✗", Some("tap-water")),
        ("\"GB 5749\"", "\"GB ✗\"", Some("tap-water")),
    ] {
        let mut problems = PackText::sound().with(from, to).problems();
        // What else may be said of a text that has become odd is not looked at here.
        problems.retain(|problem| problem.severity == Severity::Error);
        let [problem] = &problems[..] else {
            panic!("{from}: {problems:?}");
        };
        assert_eq!(
            (problem.code, problem.question.as_deref()),
            ("missing-glyph", question)
        );
        let place = problem.place.as_ref().unwrap();
        assert!(place.text[place.start..place.end].contains('✗'), "{from}");
    }
}

#[test]
fn a_text_full_of_strange_characters_names_only_a_few() {
    let strange: String = ('\u{1F600}'..'\u{1F640}').collect();
    let problems = PackText::sound().with("Sample", &strange).problems();
    assert_eq!(problems.len(), 1);
    let said = in_words("en", &problems[0]);
    assert_eq!(said.matches("U+").count(), 8);
    assert!(said.contains("U+1F607, …\n"), "{said}");
}

#[test]
fn the_shipped_packs_keep_these_rules() {
    let (bank, problems) = bank::load(embedded::packs(), TODAY);
    assert_eq!(problems, []);
    let packs = bank.packs().iter().map(|pack| (Path::new("shipped"), pack));
    assert_eq!(likeness::problems(packs), []);
}

#[test]
fn different_questions_share_little() {
    let (bank, _) = bank::load(embedded::packs(), TODAY);
    let questions: Vec<_> = bank.questions().collect();
    let mut most = 0;
    for (at, one) in questions.iter().enumerate() {
        for other in &questions[..at] {
            for language in ["zh-CN", "en"] {
                let share = likeness(one, other, language).unwrap();
                assert!(share < 50, "{}, {}: {share}", one.id(), other.id());
                most = most.max(share);
            }
        }
    }
    assert!(most > 0);
}

#[test]
fn likeness_passes_over_what_does_not_change_the_question() {
    let prompts = [
        "成年人每天吃盐最好不超过多少克？",
        "成年人每天吃盐，最好不超过多少克",
        "成年人每天吃油最好不超过多少克？",
        "地震时应该躲在哪里？",
    ]
    .map(str::to_owned);
    let questions = asking("ja", &prompts);
    let share =
        |one: usize, other: usize| likeness(&questions[one], &questions[other], "ja").unwrap();
    assert_eq!(share(0, 1), 100);
    // 15 pairs of the prompt and 4 of the answer each; the one changed word is in 2 of them.
    assert_eq!(share(0, 2), 17 * 100 / 21);
    assert!(share(0, 3) < 20);
    assert_eq!(likeness(&questions[0], &questions[1], "en"), None);
}

#[test]
fn a_question_has_twins_in_other_packs_but_is_not_its_own_in_another_version() {
    let texts = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let one = asked(
        "one",
        "en",
        &texts(&["How long is a day on Mars?", "What do bees eat?"]),
    );
    let two = asked(
        "two",
        "en",
        &texts(&["Who built the wall?", "what do bees eat"]),
    );
    let folders = [Path::new("one"), Path::new("two"), Path::new("new/one")];
    let problems = likeness::problems(folders.into_iter().zip([&one, &two, &one]));
    let [problem] = &problems[..] else {
        panic!("{problems:?}");
    };
    assert_eq!(problem.file, Path::new("two/questions.ron"));
    assert_eq!(problem.question.as_deref(), Some("q-1"));
}

/// A few Han characters, so that n-grams are often shared.
fn han() -> impl Strategy<Value = char> {
    let few = "水火电气灯门窗车路桥山河田地天云雨风雪日月年时人口手足目耳心";
    prop::sample::select(few.chars().collect::<Vec<_>>())
}

/// A text, and how some copies of it differ: what stands at a place is replaced.
fn copied() -> impl Strategy<Value = Vec<String>> {
    let edits = prop::collection::vec((any::<prop::sample::Index>(), han()), 0..6);
    let copies = prop::collection::vec(edits, 1..4);
    (prop::collection::vec(han(), 4..30), copies).prop_map(|(text, copies)| {
        let copy = |edits: &Vec<(prop::sample::Index, char)>| {
            let mut text = text.clone();
            for (at, character) in edits {
                let at = at.index(text.len());
                text[at] = *character;
            }
            text.into_iter().collect()
        };
        copies.iter().map(copy).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn likeness_is_the_same_both_ways_and_whole_for_the_same(texts in copied()) {
        for language in ["ja", "de"] {
            let questions = asking(language, &texts);
            for one in &questions {
                prop_assert_eq!(likeness(one, one, language), Some(100));
                for other in &questions {
                    let share = likeness(one, other, language);
                    prop_assert_eq!(share, likeness(other, one, language));
                    prop_assert!(share.unwrap() <= 100);
                }
            }
        }
    }

    #[test]
    fn the_quick_search_finds_what_comparing_each_with_each_finds(
        texts in prop::collection::vec(copied(), 1..8),
        language in prop::sample::select(&["ja", "de"][..]),
    ) {
        let texts: Vec<_> = texts.concat().into_iter().take(19).collect();
        let questions = asking(language, &texts);
        let questions: Vec<&Question> = questions.iter().map(AsRef::as_ref).collect();
        let nearest = |second: usize| {
            let earlier = questions[..second].iter();
            let shares = earlier.map(|first| likeness(first, questions[second], language).unwrap());
            shares.max().filter(|share| *share >= ALIKE).map(|share| (second, share))
        };
        let slow: Vec<_> = (0..questions.len()).filter_map(nearest).collect();
        let quick = twins(&questions);
        let found: Vec<_> = quick.iter().map(|twin| (twin.second, twin.share)).collect();
        prop_assert_eq!(found, slow);
        for twin in quick {
            let (first, second) = (questions[twin.first], questions[twin.second]);
            prop_assert!(twin.first < twin.second);
            prop_assert_eq!(likeness(first, second, language), Some(twin.share));
        }
    }
}

#[test]
fn the_table_counts_for_each_audience_what_it_can_be_asked() {
    let card = |id, audience, difficulty| Card {
        id,
        audience,
        difficulty,
        ..Card::SINGLE
    };
    let old = Card {
        review_by: TODAY.yesterday().unwrap(),
        ..card("old", Audience::General, 1)
    };
    let health = [
        card("all", Audience::General, 1),
        card("young", Audience::Youth, 1),
        card("hard", Audience::Youth, 3),
        old,
    ];
    let packs = [deck("one", "health", &health), deck("two", "fraud", &[old])];
    let (bank, _) = bank::load(packs, TODAY);
    let rows = coverage::table(bank.questions().map(AsRef::as_ref), TODAY);
    assert_eq!(rows.len(), 2 * Audience::ALL.len());
    for row in &rows {
        let expected = match (row.topic.as_str(), row.audience) {
            ("health", Audience::Youth) => [2, 0, 1],
            ("health", _) => [1, 0, 0],
            _ => [0, 0, 0],
        };
        assert_eq!(row.by_difficulty, expected, "{row:?}");
        assert_eq!(row.by_kind.iter().sum::<usize>(), row.total(), "{row:?}");
    }
    let youth = Row {
        topic: "health".to_owned(),
        audience: Audience::Youth,
        by_difficulty: [2, 0, 1],
        by_kind: [3, 0, 0, 0],
    };
    assert!(rows.contains(&youth));
    assert_eq!(youth.total(), 3);
}

/// What `kepu check --coverage` answers on the shipped packs.
fn checked(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kepu"))
        .args(["check", "--coverage"])
        .args(arguments)
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("quizzes"))
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_table_stands_in_columns_in_every_language() {
    for (language, header, health) in [
        ("en", "topic", "Healthy living"),
        ("zh-CN", "主题", "健康生活"),
    ] {
        let text = checked(&["--lang", language]);
        let mut lines = text.lines().skip_while(|line| !line.starts_with(header));
        let table: Vec<_> = lines.by_ref().take_while(|line| !line.is_empty()).collect();
        assert_eq!(table.len(), 1 + 4 * 6, "{text}");
        let width = table[0].width();
        assert!(table.iter().all(|line| line.width() == width), "{text}");
        assert!(table.iter().any(|line| line.starts_with(health)), "{text}");
    }
}

#[test]
fn the_table_comes_as_data_when_it_is_asked_for() {
    let report: serde_json::Value = serde_json::from_str(&checked(&["--format", "json"])).unwrap();
    let rows = report["coverage"].as_array().unwrap();
    assert_eq!(rows.len(), 4 * 6);
    let total = |row: &serde_json::Value| row["total"].as_u64().unwrap();
    assert!(rows.iter().all(|row| total(row) >= 6), "{rows:?}");
    for row in rows {
        let parts = ["easy", "middle", "hard"].map(|name| row[name].as_u64().unwrap());
        assert_eq!(parts.iter().sum::<u64>(), total(row));
        let kinds = ["single", "true_false", "multi", "order"];
        let kinds = kinds.map(|name| row[name].as_u64().unwrap());
        assert_eq!(kinds.iter().sum::<u64>(), total(row));
    }
}

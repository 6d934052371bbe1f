//! Tests of the rules on a pack as a whole, of characters, of questions that are alike, and of the
//! coverage table.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

mod alike;
mod characters;
mod coverage;
mod keys;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use kepu::{
    bank::{self, Pack, PackFiles, Problem, Severity, likeness},
    embedded,
    locale::Locales,
};

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

fn in_words(language: &str, problem: &Problem) -> String {
    let locales = Locales::shipped().unwrap();
    let said = told(&locales, language, problem);
    let (_, said) = said.split_once(": ").unwrap();
    said.to_owned()
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
fn the_shipped_packs_keep_these_rules() {
    let (bank, problems) = bank::load(embedded::packs(), TODAY);
    assert_eq!(problems, []);
    let packs = bank.packs().iter().map(|pack| (Path::new("shipped"), pack));
    assert_eq!(likeness::problems(packs), []);
}

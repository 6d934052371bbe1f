//! Tests of `bank`: the shipped quizzes, packs broken in every way, and what is made of the rest.
#![expect(clippy::unwrap_used, reason = "what cannot be set up fails the test")]

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs::{self, File},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use kepu::{
    bank::{self, Audience, CODES, FILE_LIMIT, Kind, PackFiles, Problem, QuestionBank, Size},
    embedded,
    files::{Cause, Error, Verb},
    locale::Locales,
};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::{PackText, TODAY, told};
use crate::{hotlines, pack_rules};

const TOPICS: [&str; 4] = ["agriculture", "antifraud", "emergency", "health"];

fn shipped() -> QuestionBank {
    let (bank, problems) = bank::load(embedded::packs(), TODAY);
    assert_eq!(problems, [], "not even a warning");
    bank
}

fn sound() -> PackText {
    PackText::sound()
}

/// What the check finds in a pack, as data and in words.
fn told_of(files: PackFiles) -> (Vec<Problem>, String) {
    let locales = Locales::shipped().unwrap();
    let (bank, problems) = bank::load([files], TODAY);
    let refused = problems
        .iter()
        .any(|problem| problem.severity == bank::Severity::Error);
    assert_eq!(
        bank.packs().is_empty(),
        refused,
        "errors refuse, warnings do not"
    );
    let all: Vec<_> = problems
        .iter()
        .map(|problem| told(&locales, "en", problem))
        .collect();
    (problems, all.join("\n"))
}

fn codes(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code).collect()
}

/// The pack in a folder of its own, read as from a stick.
fn on_disk(change: impl FnOnce(&Path)) -> PackFiles {
    let dir = TempDir::new().unwrap();
    let folder = sound().write(dir.path(), "sound");
    change(&folder);
    PackFiles::read(&folder)
}

#[test]
fn the_shipped_quizzes_have_four_topics_with_at_least_twelve_questions_each() {
    let bank = shipped();
    let mut by_topic: BTreeMap<&str, usize> = BTreeMap::new();
    for pack in bank.packs() {
        *by_topic.entry(pack.info().topic()).or_default() += pack.questions().len();
    }
    assert_eq!(by_topic.keys().copied().collect::<Vec<_>>(), TOPICS);
    assert!(by_topic.values().all(|count| *count >= 12), "{by_topic:?}");
    assert!(bank.questions().count() >= 48);
}

#[test]
fn every_audience_can_be_asked_six_distinct_facts_in_each_topic() {
    let bank = shipped();
    for audience in Audience::ALL {
        assert_eq!(bank.topics(audience, TODAY), TOPICS, "{audience:?}");
        for topic in TOPICS {
            // A question without a fact of its own stands for itself.
            let facts: HashSet<String> = bank
                .cell(audience, topic, TODAY)
                .iter()
                .map(|question| question.fact().unwrap_or(question.id()).to_owned())
                .collect();
            assert!(facts.len() >= 6, "{audience:?}, {topic}: {facts:?}");
        }
    }
}

#[test]
fn question_ids_are_unique_across_the_shipped_packs() {
    let bank = shipped();
    let ids: Vec<_> = bank.questions().map(|question| question.id()).collect();
    let distinct: BTreeSet<_> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len());
}

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

const BROKEN: &str = include_str!("bank/broken.txt");

/// A pack with a mistake.
struct Broken {
    name: &'static str,
    files: PackFiles,
    /// Every word that `kepu check` says of it.
    expected: String,
}

/// Packs with mistakes in their text, then with files that cannot be read, let alone parsed.
fn broken_packs() -> Vec<Broken> {
    let blocks = BROKEN.split("\n\n").skip(1);
    let mut packs: Vec<_> = blocks.map(broken_text).collect();
    packs.extend(broken_files());
    packs.push(broken_narration());
    packs
}

/// A machine that speaks of a question which is gone.
fn broken_narration() -> Broken {
    let text = "[Spoken(question: \"gone\", part: Prompt, language: \"en\", of: \"\", \
                file: \"media/a.wav\")]";
    Broken {
        name: "a narration of nothing",
        files: PackFiles {
            narration: Some(Ok(text.into())),
            media: vec!["media/a.wav".to_owned()],
            ..sound().files()
        },
        expected: "narration.ron:1:2: Warning narration-stale: one recording by the computer voice \
                   is not played: its text was changed, has a person’s recording, or is gone\n\
                   Run “kepu pack narrate” again: it speaks what is missing and removes what is not \
                   needed."
            .to_owned(),
    }
}

fn broken_text(block: &'static str) -> Broken {
    let mut lines = block.lines();
    let name = lines.next().unwrap().strip_prefix("# ").unwrap();
    let mut pack = sound();
    let (mut media, mut pictures) = (Vec::new(), BTreeMap::new());
    let mut expected = Vec::new();
    while let Some(line) = lines.next() {
        if let Some(from) = line.strip_prefix("- ") {
            let to = lines.next().unwrap().strip_prefix('+').unwrap();
            pack = pack.with(from, to.trim_start());
        } else if let Some(file) = line.strip_prefix("* ") {
            let (file, size) = file.split_once(' ').unwrap_or((file, ""));
            let sides = size.split_once('x');
            let sides = sides.map(|(width, height)| (width.parse(), height.parse()));
            if let Some((Ok(width), Ok(height))) = sides {
                pictures.insert(file.to_owned(), Size { width, height });
            }
            media.push(file.to_owned());
        } else {
            expected.push(line);
        }
    }
    Broken {
        name,
        files: PackFiles {
            media,
            pictures,
            ..pack.files()
        },
        expected: expected.join("\n"),
    }
}

fn broken_files() -> Vec<Broken> {
    let failed = |cause| {
        Err(Error {
            verb: Verb::Read,
            path: PathBuf::from("questions.ron"),
            cause,
        })
    };
    let io = |kind: ErrorKind| Cause::Io(kind.into());
    let mut cut = sound().questions.into_bytes();
    let at = sound().questions.find("洗手").unwrap();
    cut.remove(at + 1);
    let broken = |name, questions, expected: &str| Broken {
        name,
        files: PackFiles {
            questions,
            ..sound().files()
        },
        expected: expected.to_owned(),
    };
    vec![
        broken(
            "no question",
            Ok(b"[\n]\n".to_vec()),
            "questions.ron:1:1: Error empty-pack: the pack has no questions\n\
             Add questions to the list.",
        ),
        broken(
            "ten thousand questions and one",
            Ok(format!("[{}]", "(),".repeat(10_001)).into_bytes()),
            "questions.ron:1:1: Error too-many-questions: the pack has more than 10000 questions\n\
             Divide them among several packs.",
        ),
        broken(
            "no file",
            failed(io(ErrorKind::NotFound)),
            "questions.ron: Error file-missing: the file is missing\n\
             A pack needs both pack.ron and questions.ron.",
        ),
        broken(
            "a file too large",
            failed(Cause::TooLarge { limit: FILE_LIMIT }),
            "questions.ron: Error file-too-large: the file is larger than 2 MiB\n\
             Divide the questions among several packs.",
        ),
        broken(
            "a file of somebody else",
            failed(io(ErrorKind::PermissionDenied)),
            "questions.ron: Error file-unreadable: the file cannot be read: permission denied\n\
             Look at who may read it and whether the disk or stick is sound.",
        ),
        broken(
            "half a character",
            Ok(cut),
            "questions.ron:8:29: Error not-utf8: the file is not UTF-8 text\n\
             Save it as UTF-8 in your editor.",
        ),
    ]
}

#[test]
fn every_mistake_is_named_with_its_place_a_sentence_and_a_hint() {
    let mut wrong = String::new();
    for pack in broken_packs() {
        let (_, said) = told_of(pack.files);
        if said != pack.expected {
            let (name, expected) = (pack.name, pack.expected);
            wrong.push_str(&format!("# {name}\n{expected}\nBut it says:\n{said}\n\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A pack with tens of thousands of mistakes in a few bytes.
fn hopeless() -> PackFiles {
    on_disk(|folder| {
        let questions = format!("[{}]", "(),\n".repeat(9_000));
        fs::write(folder.join("questions.ron"), questions).unwrap();
    })
}

#[test]
fn every_code_there_is_can_be_provoked_with_its_rule_and_severity() {
    let mut provoked = BTreeSet::new();
    for pack in broken_packs() {
        for problem in bank::load([pack.files], TODAY).1 {
            provoked.insert((problem.code, problem.rule, problem.severity));
        }
    }
    // More than anybody reads: the rest is counted.
    let (bank, problems) = bank::load([hopeless()], TODAY);
    assert!(bank.packs().is_empty());
    assert_eq!(problems.len(), 1001);
    let last = problems.last().unwrap();
    provoked.insert((last.code, last.rule, last.severity));
    // It takes many questions to break the rules on a whole pack.
    provoked.extend(pack_rules::provoked());
    // A day on which nobody has looked at the telephone numbers for long.
    provoked.extend(hotlines::provoked());
    let all: BTreeSet<_> = CODES.iter().copied().collect();
    assert_eq!(provoked, all);
    assert_eq!(all.len(), CODES.len(), "none is listed twice");
}

#[test]
fn every_sentence_has_all_its_values_in_every_language() {
    let locales = Locales::shipped().unwrap();
    let mut heard = 0;
    for language in locales.tags() {
        for pack in broken_packs() {
            for problem in bank::load([pack.files], TODAY).1 {
                let said = told(&locales, &language, &problem);
                // Fluent leaves the name of what it was not given, in braces.
                assert!(!said.contains("{$"), "{language}: {said}");
                heard += 1;
            }
        }
    }
    assert!(heard >= 2 * CODES.len());
}

#[test]
fn one_run_names_ten_mistakes_each_at_its_place() {
    let pack = sound()
        .with("licence: \"CC-BY-4.0\",", "licence: \" \",")
        .with("reviewed_on: \"2026-11-20\"", "reviewed_on: \"November\"")
        .with("publisher:", "publishr:")
        .with("id: \"wash-hands\"", "id: \"Wash Hands\"")
        .with("audiences: [general]", "audiences: [general, farmers]")
        .with("difficulty: 1", "difficulty: 4")
        .with("take?\" }", "take?\", \"fr\": \"Et alors ?\" }")
        .with("kind: TrueFalse", "kind: Truefalse")
        .with("\"GB 5749\"", "5749")
        .with("review_by: \"2027-11-19\"", "review_by: \"2027-12-31\"");
    let (problems, said) = told_of(pack.files());
    let places: Vec<_> = said
        .lines()
        .step_by(2)
        .map(|line| line.splitn(3, ": ").take(2).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        places,
        [
            "pack.ron:8:5 Error unknown-field",
            "pack.ron:9:14 Error empty-text",
            "pack.ron:11:18 Error bad-date",
            "questions.ron:5:30 Error unknown-value",
            "questions.ron:30:15 Error unknown-value",
            "questions.ron:42:21 Error syntax",
            "questions.ron:3:13 Error bad-id",
            "questions.ron:6:21 Error difficulty",
            "questions.ron:8:90 Warning extra-language",
            "questions.ron:45:20 Warning review-too-late (Q18)",
        ]
    );
    assert_eq!(problems.len(), 10);
}

#[test]
fn a_byte_order_mark_is_accepted_and_moves_no_column() {
    let mut pack = sound();
    pack.pack.insert(0, '\u{feff}');
    pack.questions.insert(0, '\u{feff}');
    assert_eq!(pack.problems(), []);
    let first_line = |start: &str| {
        let pack = PackText {
            pack: format!("{start}Pack(fromat: 1)"),
            ..sound()
        };
        let problems = pack.problems();
        let found = problems.iter().find(|one| one.code == "unknown-field");
        let place = found.unwrap().place.as_ref().unwrap();
        (place.line, place.column)
    };
    assert_eq!(first_line(""), (1, 6));
    assert_eq!(first_line("\u{feff}"), (1, 6));
}

#[test]
fn lines_that_end_as_in_windows_are_counted_the_same() {
    let windows = |pack: &PackText| PackText {
        pack: pack.pack.replace('\n', "\r\n"),
        questions: pack.questions.replace('\n', "\r\n"),
    };
    assert_eq!(windows(&sound()).problems(), []);
    let broken = sound()
        .with("version: 3", "version: 0")
        .with("id: \"never\"", "id: \"No!\"")
        .with("checked_on: \"2026-11-19\"", "checked: \"2026-11-19\"");
    let places = |pack: &PackText| -> Vec<_> {
        let problems = pack.problems().into_iter();
        problems
            .map(|one| (one.code, one.place.map(|place| (place.line, place.column))))
            .collect()
    };
    let unix = places(&broken);
    assert_eq!(unix.len(), 3, "{unix:?}");
    assert_eq!(places(&windows(&broken)), unix);
}

#[test]
fn brackets_without_end_are_refused_in_every_position() {
    for opening in [
        "[",
        "(",
        "{",
        "[(",
        "Question(",
        "[Question(prompt:",
        "[(options:[",
        "Some(",
    ] {
        for written_in in ["pack.ron", "questions.ron"] {
            let deep = opening.repeat(100_000);
            let mut pack = sound();
            match written_in {
                "pack.ron" => pack.pack = deep,
                _ => pack.questions = deep,
            }
            let codes = codes(&pack.problems());
            assert!(
                codes == ["nesting"] || codes == ["syntax"],
                "{opening} in {written_in}: {codes:?}"
            );
        }
    }
    let inside = sound().with("\"GB 5749\"", &"[".repeat(100_000));
    assert_eq!(codes(&inside.problems()), ["nesting"]);
}

#[test]
fn a_file_of_the_greatest_size_is_read_and_a_byte_more_is_refused() {
    let limit = usize::try_from(FILE_LIMIT).unwrap();
    let grown = |length: usize| {
        on_disk(|folder| {
            let mut text = sound().questions;
            text.push_str(&" ".repeat(length - text.len()));
            fs::write(folder.join("questions.ron"), text).unwrap();
        })
    };
    assert_eq!(bank::load([grown(limit)], TODAY).1, []);
    assert_eq!(
        codes(&bank::load([grown(limit + 1)], TODAY).1),
        ["file-too-large"]
    );
}

#[test]
fn a_huge_file_is_refused_unread() {
    let files = on_disk(|folder| {
        // A hole, but as long as a disk to whoever reads it.
        let file = File::create(folder.join("questions.ron")).unwrap();
        file.set_len(1 << 36).unwrap();
    });
    assert_eq!(codes(&bank::load([files], TODAY).1), ["file-too-large"]);
}

#[cfg(unix)]
#[test]
fn a_file_without_end_is_refused() {
    let files = on_disk(|folder| {
        let path = folder.join("questions.ron");
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", path).unwrap();
    });
    assert_eq!(codes(&bank::load([files], TODAY).1), ["file-unreadable"]);
}

#[test]
fn a_pipe_in_a_file_s_place_is_refused_and_not_waited_for() {
    let files = on_disk(|folder| {
        let path = folder.join("questions.ron");
        fs::remove_file(&path).unwrap();
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.unwrap().success());
    });
    assert_eq!(codes(&bank::load([files], TODAY).1), ["file-unreadable"]);
}

#[test]
fn a_missing_file_is_named_and_the_other_is_still_checked() {
    let broken = sound().with("version: 3", "version: 0");
    let dir = TempDir::new().unwrap();
    let folder = broken.write(dir.path(), "broken");
    fs::remove_file(folder.join("questions.ron")).unwrap();
    let packs = bank::find_packs(dir.path()).unwrap();
    let (bank, problems) = bank::load(packs, TODAY);
    assert_eq!(codes(&problems), ["bad-version", "file-missing"]);
    assert_eq!(problems[1].file, folder.join("questions.ron"));
    assert_eq!(problems[1].place, None);
    assert!(bank.packs().is_empty());
}

#[test]
fn a_folder_in_the_place_of_a_file_is_unreadable() {
    let files = on_disk(|folder| {
        fs::remove_file(folder.join("pack.ron")).unwrap();
        fs::create_dir(folder.join("pack.ron")).unwrap();
    });
    let (bank, problems) = bank::load([files], TODAY);
    assert_eq!(codes(&problems), ["file-unreadable"]);
    assert!(problems[0].file.ends_with("pack.ron"));
    assert!(bank.packs().is_empty());
}

#[test]
fn packs_are_found_by_folder_by_parent_and_by_file() {
    let dir = TempDir::new().unwrap();
    let one = sound().write(dir.path(), "one");
    let two = sound().write(dir.path(), "two");
    sound().write(dir.path(), ".hidden");
    fs::create_dir(dir.path().join("no-pack")).unwrap();
    let found = |path: PathBuf| -> Vec<PathBuf> {
        let packs = bank::find_packs(&path).unwrap().into_iter();
        packs.map(|pack| pack.folder).collect()
    };
    assert_eq!(found(dir.path().to_owned()), [one.clone(), two]);
    assert_eq!(found(one.clone()), std::slice::from_ref(&one));
    assert_eq!(found(one.join("pack.ron")), std::slice::from_ref(&one));
    assert_eq!(found(one.join("questions.ron")), [one]);
    assert!(found(dir.path().join("no-pack")).is_empty());
}

#[test]
fn a_folder_that_is_not_there_is_an_error_that_names_it() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("nowhere");
    let error = bank::find_packs(&path).err().unwrap();
    assert_eq!((error.verb, &error.path), (Verb::List, &path));
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

/// One change to the bytes of a file.
#[derive(Clone, Debug)]
enum Mangle {
    Delete(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
    Move(prop::sample::Index, prop::sample::Index, usize),
    Truncate(prop::sample::Index),
}

impl Mangle {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        match self {
            Self::Delete(at, length) => {
                let start = at.index(bytes.len());
                let end = bytes.len().min(start + length);
                bytes.drain(start..end);
            }
            Self::Insert(at, new) => {
                let start = at.index(bytes.len());
                bytes.splice(start..start, new.iter().copied());
            }
            Self::Move(from, to, length) => {
                let start = from.index(bytes.len());
                let end = bytes.len().min(start + length);
                let part: Vec<u8> = bytes.drain(start..end).collect();
                let to = to.index(bytes.len() + 1);
                bytes.splice(to..to, part);
            }
            Self::Truncate(at) => bytes.truncate(at.index(bytes.len())),
        }
    }
}

fn mangles() -> impl Strategy<Value = Mangle> {
    const FRAGMENTS: &[&str] = &[
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "\\",
        ",",
        ":",
        "#",
        "//",
        "/*",
        "*/",
        "r#\"",
        "\n",
        "\r\n",
        "\u{feff}",
        "，",
        "“",
        "#![enable(implicit_some)]",
        "Some(",
        "None",
        "true",
        "0x",
        "1e9",
        "-",
        "b\"",
        "\\u{d800}",
        "r#id",
        "()",
        "id: \"a\",",
        "Option(",
        "Question(",
        "\"en\": ",
    ];
    let fragment = prop::sample::select(FRAGMENTS).prop_map(|text| text.as_bytes().to_vec());
    let insert = prop_oneof![fragment, prop::collection::vec(any::<u8>(), 1..4)];
    let index = any::<prop::sample::Index>;
    prop_oneof![
        4 => (index(), 1..6_usize).prop_map(|(at, length)| Mangle::Delete(at, length)),
        4 => (index(), insert).prop_map(|(at, new)| Mangle::Insert(at, new)),
        2 => (index(), index(), 1..60_usize).prop_map(|(from, to, length)| Mangle::Move(from, to, length)),
        1 => index().prop_map(Mangle::Truncate),
    ]
}

/// Every place lies in the text, between characters, at the line and column that it claims.
fn places_are_inside(problems: &[Problem]) -> Result<(), TestCaseError> {
    let locales = Locales::shipped().unwrap();
    for problem in problems {
        let name = problem.file.file_name().unwrap();
        prop_assert!(name == "pack.ron" || name == "questions.ron", "{name:?}");
        let said = told(&locales, "en", problem);
        prop_assert!(!said.contains("{$"), "{said}");
        let Some(place) = &problem.place else {
            continue;
        };
        let text = &place.text;
        prop_assert!(
            place.start <= place.end && place.end <= text.len(),
            "{problem:?}"
        );
        prop_assert!(text.is_char_boundary(place.start) && text.is_char_boundary(place.end));
        let line = text.split('\n').nth(place.line - 1);
        let characters = line.map(|line| line.chars().count());
        prop_assert!(
            characters.is_some_and(|count| (1..=count + 1).contains(&place.column)),
            "line {} column {} is outside",
            place.line,
            place.column
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1024,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_text_however_mangled_breaks_the_check(
        in_pack in prop::collection::vec(mangles(), 0..3),
        in_questions in prop::collection::vec(mangles(), 0..6),
    ) {
        let (mut pack, mut questions) = (sound().pack.into_bytes(), sound().questions.into_bytes());
        in_pack.iter().for_each(|mangle| mangle.apply(&mut pack));
        in_questions.iter().for_each(|mangle| mangle.apply(&mut questions));
        let files = PackFiles {
            pack: Ok(pack),
            questions: Ok(questions),
            ..sound().files()
        };
        let (bank, problems) = bank::load([files], TODAY);
        places_are_inside(&problems)?;
        let refused = problems.iter().any(|one| one.severity == bank::Severity::Error);
        prop_assert_eq!(bank.packs().is_empty(), refused);
    }

    #[test]
    fn no_bytes_at_all_break_the_check(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let files = PackFiles {
            pack: Ok(bytes.clone()),
            questions: Ok(bytes),
            ..sound().files()
        };
        let (bank, problems) = bank::load([files], TODAY);
        places_are_inside(&problems)?;
        prop_assert!(bank.packs().is_empty() && !problems.is_empty());
    }
}

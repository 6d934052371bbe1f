//! Tests of what the check says: every mistake at its place, with a sentence and a hint, in every
//! language.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::PathBuf,
};

use kepu::{
    bank::{self, CODES, FILE_LIMIT, PackFiles, Problem, Size},
    files::{Cause, Error, Verb},
    locale::Locales,
};

use super::{on_disk, sound};
use crate::{
    hotlines, pack_rules,
    support::{TODAY, told},
};

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

const BROKEN: &str = include_str!("broken.txt");

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

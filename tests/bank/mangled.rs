//! Tests of texts that nobody would write: brackets without end, and anything at all.

use kepu::{
    bank::{self, PackFiles, Problem},
    locale::Locales,
};
use proptest::prelude::*;

use super::sound;
use crate::support::{TODAY, codes, told};

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

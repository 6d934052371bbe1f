//! Tests of characters: which the typefaces draw, and which nobody can see.

use kepu::{bank::Severity, face::TYPEFACES};

use super::in_words;
use crate::support::PackText;

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

//! Tests of what would let visitors guess: the length, the place and the words of right answers.

use kepu::bank::{self, PackFiles};

use super::{
    absolute, counts, found, in_words, longest, pack_of, pack_with, spread, statements, worded,
};
use crate::support::{Card, TODAY};

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

fn says(files: PackFiles, code: &str) -> bool {
    !found(files, code).is_empty()
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

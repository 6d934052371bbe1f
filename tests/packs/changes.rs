//! Tests of what a pack brings against the one in use.

use kepu::{
    bank::{self, Pack},
    packs::changes::Changes,
};

use crate::support::{PackText, TODAY};

fn pack(text: &PackText) -> Pack {
    let (bank, problems) = bank::load([text.files()], TODAY);
    assert_eq!(problems, []);
    bank.packs()[0].clone()
}

#[test]
fn without_an_old_pack_every_question_is_added() {
    let changes = Changes::between(None, &pack(&PackText::sound()));
    assert_eq!(changes.added, ["wash-hands", "tap-water"]);
    assert!(changes.changed.is_empty() && changes.removed.is_empty());
}

#[test]
fn a_new_version_of_the_same_questions_changes_nothing() {
    let old = pack(&PackText::sound());
    let new = pack(&PackText::sound().with("version: 3", "version: 4"));
    assert!(Changes::between(Some(&old), &new).is_empty());
}

#[test]
fn a_question_is_added_under_a_new_id_and_the_old_one_removed() {
    let old = pack(&PackText::sound());
    let new = pack(&PackText::sound().with("id: \"tap-water\"", "id: \"raw-water\""));
    let changes = Changes::between(Some(&old), &new);
    assert_eq!(
        (changes.added, changes.changed, changes.removed),
        (
            vec!["raw-water".to_owned()],
            vec![],
            vec!["tap-water".to_owned()]
        )
    );
}

/// One change each of every part of a question, and the question's id.
const CHANGES: &[(&str, &str, &str)] = &[
    ("difficulty: 2", "difficulty: 3", "tap-water"),
    ("[senior, farmer]", "[senior]", "tap-water"),
    ("生水要烧开再喝。", "生水一定要烧开再喝。", "tap-water"),
    (
        "Boiling kills germs.",
        "Boiling kills most germs.",
        "tap-water",
    ),
    ("GB 5749", "GB 5749-2022", "tap-water"),
    ("2027-11-19", "2027-11-18", "tap-water"),
    ("hands-20-seconds", "hands", "wash-hands"),
    ("id: \"moment\"", "id: \"short\"", "wash-hands"),
    ("A moment is enough", "A moment will do", "wash-hands"),
    (
        "A quick rinse leaves germs.",
        "A rinse leaves germs.",
        "wash-hands",
    ),
    ("water-is-enough", "water-will-do", "wash-hands"),
    ("Guide to hands", "Guide to washing hands", "wash-hands"),
    ("2024-06-28", "2024-06-29", "wash-hands"),
];

#[test]
fn whatever_is_reworded_or_rated_anew_is_changed() {
    let old = pack(&PackText::sound());
    for (from, to, id) in CHANGES {
        let new = pack(&PackText::sound().with(from, to));
        let changes = Changes::between(Some(&old), &new);
        assert_eq!(changes.changed, [*id], "{to}");
        assert!(
            changes.added.is_empty() && changes.removed.is_empty(),
            "{to}"
        );
    }
}

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
    assert_eq!(changes.added, ["long", "never"]);
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
    let new = pack(&PackText::sound().with("id: \"never\"", "id: \"ever\""));
    let changes = Changes::between(Some(&old), &new);
    assert_eq!(
        (changes.added, changes.changed, changes.removed),
        (vec!["ever".to_owned()], vec![], vec!["never".to_owned()])
    );
}

#[test]
fn whatever_is_reworded_or_rated_anew_is_changed() {
    let old = pack(&PackText::sound());
    for (from, to, id) in CHANGES {
        let new = pack(&PackText::sound().with(from, to));
        let changes = Changes::between(Some(&old), &new);
        assert_eq!(changes.changed, [*id], "{to}");
        assert!(changes.added.is_empty() && changes.removed.is_empty(), "{to}");
    }
}

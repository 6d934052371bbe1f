//! What is lacking in the languages that the station offers. Visitors see it in the nearest language
//! that there is; staff see here how much of it there is.

use super::parts::View;
use crate::bank::Pack;

/// What a pack lacks, a line a language.
pub(super) fn lacking_in_pack(view: &View, id: &str) -> Vec<String> {
    let packs = view.scene.bank().packs().iter();
    let Some(pack) = packs.into_iter().find(|pack| pack.info().id() == id) else {
        return Vec::new();
    };
    let offered = view.scene.languages.0.iter();
    let lines = offered.filter_map(|tag| {
        let lacking = without(pack, tag);
        let args = [
            ("language", view.scene.language_name(tag).into()),
            ("n", lacking.into()),
        ];
        (lacking > 0).then(|| view.say_with("staff-packs-lacks", &args))
    });
    lines.collect()
}

/// What all packs and the interface lack, a line a language.
pub(super) fn lacking(view: &View) -> Vec<String> {
    let packs = view.scene.bank().packs();
    let of = view.scene.bank().questions().count();
    let offered = view.scene.languages.0.iter();
    let lines = offered.filter_map(|tag| {
        let questions: usize = packs.iter().map(|pack| without(pack, tag)).sum();
        let interface = view.scene.lacking(tag);
        let args = [
            ("language", view.scene.language_name(tag).into()),
            ("n", questions.into()),
            ("of", of.into()),
            ("texts", interface.into()),
        ];
        (questions + interface > 0).then(|| view.say_with("staff-station-lacks", &args))
    });
    lines.collect()
}

/// How many questions of a pack are not in a language.
fn without(pack: &Pack, language: &str) -> usize {
    let questions = pack.questions().iter();
    questions
        .filter(|question| !question.speaks(language))
        .count()
}

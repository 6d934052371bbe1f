//! The rules of wording, one after the other, in every language of a question.

use super::item::{At, Item, Notes};
use super::reading::Findings;
use super::texts::Languages;
use super::{balance, pictures, readable, subjects, wording};
use crate::bank::source::{self, Step};

/// The rule that may be waived.
const WAIVABLE: &str = "Q20";

/// Rules that look at one question in one language.
const RULES: &[fn(&Item<'_>, &mut Notes)] = &[
    wording::one_point,
    wording::complete,
    wording::positive,
    wording::no_double_negative,
    wording::no_catch_all,
    wording::not_vague,
    wording::no_letters,
    balance::key_not_longest,
    balance::even_lengths,
    balance::absolutes_spread,
    balance::no_echo,
    balance::numbers_in_step,
    readable::short_enough,
    readable::translated,
    readable::common_characters,
    readable::abbreviations,
    pictures::short_enough,
    pictures::not_said_twice,
    pictures::gives_nothing_away,
    pictures::more_than_colour,
    pictures::no_map,
    subjects::avoided,
    subjects::brands,
    subjects::numbers_to_call,
];

/// Looks at a question in every language of its pack, or of its prompt while those are unknown.
pub(super) fn check_wording(findings: &mut Findings<'_, source::Question>, languages: &Languages) {
    let question = &findings.read.value;
    let waived = check_waivers(findings);
    let declared = languages.declared.iter().flatten().map(AsRef::as_ref);
    let prompt = question.prompt.0.iter().flat_map(|texts| &texts.0);
    let own = prompt.map(|(language, _)| language.as_str());
    let own = own.filter(|_| languages.declared.is_none());
    let mut avoided = false;
    let mut said: Vec<&str> = Vec::new();
    let begun = languages.begun.iter().map(AsRef::as_ref);
    let whole = declared.chain(own).map(|language| (language, true));
    for (language, whole) in whole.chain(begun.map(|language| (language, false))) {
        let item = Item::new(question, language);
        // What options look like beside each other is known once all are there.
        if !whole && !item.is_whole(question) {
            continue;
        }
        let mut notes = Notes::default();
        for rule in RULES {
            rule(&item, &mut notes);
        }
        for note in notes.0 {
            let of_topic = note.code == "avoided-topic";
            avoided |= of_topic;
            // What is true of the whole question need not be said in every language.
            let of_whole = of_topic || note.at == At::Options;
            if of_topic && waived.is_some() || of_whole && said.contains(&note.code) {
                continue;
            }
            said.push(note.code);
            findings.add_all(note.code, &note.at.steps(language), note.args);
        }
    }
    if let Some(index) = waived
        && !avoided
    {
        let at = [Step::Field("waived"), Step::Entry(index)];
        findings.add("needless-waiver", &at, [("rule", WAIVABLE.into())]);
    }
}

/// Q20: which entry of `waived` waives the avoid list, with a reason and a name.
fn check_waivers(findings: &mut Findings<'_, source::Question>) -> Option<usize> {
    let mut waived = None;
    for (index, waiver) in findings.read.value.waived.0.iter().flatten().enumerate() {
        let at = |name| [Step::Field("waived"), Step::Entry(index), Step::Field(name)];
        let rule = findings.required(&waiver.rule, &at("rule"), "missing-field");
        for (name, given) in [("reason", &waiver.reason), ("by", &waiver.by)] {
            findings.required(given, &at(name), "missing-field");
            findings.plain_text(given, &at(name));
        }
        match rule {
            Some(rule) if rule != WAIVABLE => {
                let args = [("rule", rule.as_str().into()), ("allowed", WAIVABLE.into())];
                findings.add("bad-waiver", &at("rule"), args);
            }
            Some(_) => waived = waived.or(Some(index)),
            None => {}
        }
    }
    waived
}

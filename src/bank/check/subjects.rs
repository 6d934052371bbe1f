//! What a question had better not be about, or not name: avoided topics (Q20), telephone numbers and
//! addresses (Q28), brands (Q31).

use jiff::ToSpan;
use jiff::civil::Date;

use super::PHONE_REVIEW_MONTHS;
use super::item::{Item, Notes, Text};
use super::lists::{LISTS, Sense};

/// Q20: the first avoided topic that is met; by name, so that it can be waived.
pub(super) fn avoided(item: &Item<'_>, notes: &mut Notes) {
    let Some(matcher) = LISTS.matcher(item.tongue) else {
        return;
    };
    for (at, text) in item.texts() {
        for (.., sense) in &text.heard {
            let Sense::Avoided(index) = sense else {
                continue;
            };
            let Some(way) = LISTS.way(item.tongue, *index) else {
                continue;
            };
            let said = |word: &String| item.texts().any(|(_, text)| matcher.has(&text.plain, word));
            if way.words.iter().all(said) {
                let topic = way.topic.as_str().into();
                let found = way.words.join(" + ").into();
                notes.add("avoided-topic", at, [("topic", topic), ("found", found)]);
                return;
            }
        }
    }
}

/// Q31: no advertising, wanted or not.
pub(super) fn brands(item: &Item<'_>, notes: &mut Notes) {
    for (at, text) in item.texts() {
        if let Some(word) = text.hears(Sense::Brand) {
            notes.add("brand", at, [("word", word.into())]);
        }
    }
}

/// Q28: telephone numbers that are the same everywhere, and no addresses. National lines change more
/// often than facts, so that a question with one is reviewed sooner.
pub(super) fn numbers_to_call(item: &Item<'_>, dates: Option<(Date, Date)>, notes: &mut Notes) {
    let later = dates.is_some_and(|(checked_on, review_by)| {
        checked_on
            .checked_add(PHONE_REVIEW_MONTHS.months())
            .is_ok_and(|latest| review_by > latest)
    });
    for (at, text) in item.texts() {
        if let Some(found) = address(&text.plain) {
            notes.add("url", at, [("found", found.into())]);
        }
        let mut noted = false;
        for number in called(text) {
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            let listed = |list: &[String]| list.contains(&digits);
            if listed(&LISTS.national_lines) {
                if later && !noted {
                    noted = true;
                    let months = usize::try_from(PHONE_REVIEW_MONTHS).unwrap_or_default();
                    let args = [("number", number.into()), ("months", months.into())];
                    notes.add("phone-review", at, args);
                }
            } else if !listed(&LISTS.emergency_lines) {
                notes.add("phone-number", at, [("number", number.into())]);
            }
        }
    }
}

/// The first address in the web.
fn address(text: &str) -> Option<&str> {
    let words = text.split(|character: char| {
        !character.is_ascii_alphanumeric() && !"./:-_@".contains(character)
    });
    let mut words = words.map(|word| word.trim_matches(['.', ':', '/', '-']));
    words.find(|word| {
        let ending = |name: &str| word.ends_with(name) && word.len() > name.len();
        word.contains("://")
            || word.starts_with("www.")
            || [".com", ".cn", ".org", ".net", ".gov"]
                .into_iter()
                .any(ending)
    })
}

/// The telephone numbers in a text: what is said to be called, however short, and what looks like
/// one: 12xxx, 95xxx, 96xxx, 400 and 800 numbers, and seven digits or more without a unit.
fn called(text: &Text<'_>) -> Vec<String> {
    const CALLING: &[&str] = &[
        "拨打", "拨通", "致电", "拨", "热线", "call ", "dial ", "ring ", "phone ",
    ];
    let plain = &text.plain;
    let mut found = Vec::new();
    let mut rest = plain.as_str();
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let before = plain
            .get(..plain.len() - rest.len() + start)
            .unwrap_or_default();
        let from = rest.get(start..).unwrap_or_default();
        let inside = |character: char| character.is_ascii_digit() || character == '-';
        let end = from
            .find(|character: char| !inside(character))
            .unwrap_or(from.len());
        let written = from.get(..end).unwrap_or_default().trim_end_matches('-');
        let after = from.get(written.len()..).unwrap_or_default();
        rest = from.get(end.max(1)..).unwrap_or_default();
        let number: String = written.chars().filter(char::is_ascii_digit).collect();
        let starts = |with: &[&str]| with.iter().any(|with| number.starts_with(with));
        let part = before.ends_with(['.', '/', ':'])
            || after.starts_with(['.', '%'])
                && after
                    .chars()
                    .nth(1)
                    .is_some_and(|next| next.is_ascii_digit());
        let counted = super::numbers::has_unit(after);
        let said = CALLING.iter().any(|word| before.ends_with(word)) && number.len() >= 3;
        let looks = match number.len() {
            5 => starts(&["12", "95", "96"]),
            7..=12 => !written.contains('-') || !is_date(written),
            _ => false,
        };
        if !part && !counted && (said || looks) {
            found.push(written.to_owned());
        }
    }
    found
}

/// 2026-11-22 is no telephone number.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

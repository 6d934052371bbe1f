//! What a question had better not be about, or not name: avoided topics (Q20), telephone numbers and
//! addresses (Q28), brands (Q31).

use super::item::{Item, Notes, Text};
use super::lists::{LISTS, Sense};
use super::numbers::has_unit;
use crate::hotlines;

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

/// Q28: emergency lines, every other line by its id, and no addresses.
pub(super) fn numbers_to_call(item: &Item<'_>, notes: &mut Notes) {
    for (at, text) in item.texts() {
        if let Some(found) = address(&text.plain) {
            notes.add("url", at, [("found", found.into())]);
        }
        for number in called(text) {
            let digits: String = number.chars().filter(char::is_ascii_digit).collect();
            if !LISTS.emergency_lines.contains(&digits) {
                let token = hotlines::token_for(&digits);
                let args = [
                    ("number", number.into()),
                    ("token", token.as_deref().unwrap_or("none").into()),
                    ("known", hotlines::ids().into()),
                ];
                notes.add("phone-number", at, args);
            }
        }
    }
}

/// The first address in the web.
fn address(text: &str) -> Option<&str> {
    // Most texts are done with here.
    if !text.contains("://") && !text.contains('.') {
        return None;
    }
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

/// The telephone numbers that are typed in a text: what is said to be called, however short, and what looks like
/// one and is not counted: 12xxx, 95xxx, 96xxx, numbers of a mobile, an area code or 400 and 800.
fn called(text: &Text<'_>) -> Vec<String> {
    const CALLING: &[&str] = &[
        "拨打", "拨通", "致电", "拨", "热线", "call ", "dial ", "ring ", "phone ",
    ];
    let mut found = Vec::new();
    let mut rest = text.typed.as_ref().unwrap_or(&text.plain).as_str();
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let inside = |character: char| character.is_ascii_digit() || character == '-';
        let end = from.find(|character: char| !inside(character));
        let (run, left) = from.split_at(end.unwrap_or(from.len()));
        rest = left;
        let number = run.trim_end_matches('-');
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let said = digits.len() >= 3 && CALLING.iter().any(|word| before.ends_with(word));
        // A decimal, a fraction, a time of day.
        let of_more = before.ends_with(['.', '/', ':'])
            || left.starts_with(['.', ':'])
                && left
                    .chars()
                    .nth(1)
                    .is_some_and(|next| next.is_ascii_digit());
        if !of_more && !is_counted(&digits, left) && (said || looks_called(&digits)) {
            found.push(number.to_owned());
        }
    }
    found
}

fn looks_called(digits: &str) -> bool {
    let starts = |with: &[&str]| with.iter().any(|with| digits.starts_with(with));
    match digits.len() {
        5 => starts(&["12", "95", "96"]),
        10 => starts(&["0", "400", "800"]),
        11 => starts(&["0", "1"]),
        12 => starts(&["0"]),
        _ => false,
    }
}

/// Whether a number says how much or how many.
fn is_counted(digits: &str, after: &str) -> bool {
    const COUNTED: &[char] = &[
        '人', '名', '户', '亩', '吨', '个', '次', '家', '种', '条', '辆', '台', '万', '亿', '度',
    ];
    digits.len() == 5 && digits.ends_with("000")
        || has_unit(after)
        || after.trim_start().starts_with(COUNTED)
}

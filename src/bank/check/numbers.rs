//! Numbers and their units in texts.

use std::collections::{BTreeMap, BTreeSet};

/// Chinese and English words for one unit; longer ones before those that they begin with.
const UNITS: &[(&str, &[&str])] = &[
    ("kg", &["千克", "公斤", "kg", "kilogram"]),
    ("mg", &["毫克", "mg", "milligram"]),
    ("ml", &["毫升", "ml", "millilit"]),
    ("mm", &["毫米", "mm", "millimet"]),
    ("cm", &["厘米", "cm", "centimet"]),
    ("km", &["千米", "公里", "km", "kilomet"]),
    ("min", &["分钟", "min"]),
    ("h", &["小时", "hour"]),
    ("s", &["秒", "second"]),
    ("week", &["周内", "星期", "week"]),
    ("year", &["周岁", "岁", "年", "year"]),
    ("month", &["个月", "month"]),
    ("day", &["天", "日", "day"]),
    ("deg", &["℃", "°C", "°c", "摄氏度", "degree"]),
    ("percent", &["%", "％", "percent", "per cent"]),
    ("g", &["克", "gram", "g "]),
    ("m", &["米", "metre", "meter"]),
    ("l", &["升", "litre", "liter"]),
    ("yuan", &["元", "yuan"]),
];

/// The known unit at the start of what follows a number, and the word for it there.
fn unit_at(after: &str) -> Option<(&'static str, &str)> {
    let after = after.trim_start_matches([' ', '-', '\u{a0}']);
    // The symbol itself, and not as the start of a word.
    let letters = after.find(|next: char| !next.is_ascii_alphanumeric());
    let symbol = after
        .get(..letters.unwrap_or(after.len()))
        .unwrap_or_default();
    UNITS.iter().find_map(|(name, words)| {
        let word = words.iter().find(|word| after.starts_with(**word));
        let length = word.map(|word| word.len());
        let length = length.or((*name == symbol).then_some(symbol.len()))?;
        Some((*name, after.get(..length)?))
    })
}

/// Whether what follows a number begins with a known unit.
pub(super) fn has_unit(after: &str) -> bool {
    unit_at(after).is_some()
}

/// A number or range that a text begins with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measure {
    pub(super) from: f64,
    /// The same as `from` unless it is a range.
    pub(super) to: f64,
    /// The unit, when it is a known one.
    pub(super) unit: Option<&'static str>,
}

/// The number that a text in half width begins with: "5 g", "1,500 yuan", "10-20 minutes". A time of
/// day is none.
pub(super) fn measure(text: &str) -> Option<Measure> {
    const TO: &[&str] = &["-", "–", "—", "~", "到", "至", "to "];
    let (from, rest) = leading_number(text.trim_start())?;
    let bare = rest.trim_start();
    let behind_unit = unit_at(rest).and_then(|(_, word)| bare.strip_prefix(word));
    let second = [Some(bare), behind_unit]
        .into_iter()
        .flatten()
        .find_map(|rest| {
            let rest = rest.trim_start();
            let rest = TO.iter().find_map(|to| rest.strip_prefix(to))?;
            leading_number(rest.trim_start())
        });
    let (to, rest) = second.unwrap_or((from, rest));
    Some(Measure {
        from,
        to,
        unit: unit_at(rest).map(|(name, _)| name),
    })
}

fn leading_number(text: &str) -> Option<(f64, &str)> {
    let inside = |character: char| character.is_ascii_digit() || ".,:".contains(character);
    let end = text
        .find(|character| !inside(character))
        .unwrap_or(text.len());
    let written = text.get(..end)?.trim_end_matches(['.', ',', ':']);
    let number: f64 = written.replace(',', "").parse().ok()?;
    text.get(written.len()..).map(|rest| (number, rest))
}

/// The numbers in a text, each with the units that follow it, as far as they are known ones.
pub(super) fn quantities(text: &str) -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut found: BTreeMap<String, BTreeSet<&'static str>> = BTreeMap::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_digit) {
        rest = rest.get(start..).unwrap_or_default();
        let mut number = String::new();
        let mut end = 0;
        let mut characters = rest.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let before_digit = characters.peek().is_some_and(|(_, next)| is_digit(*next));
            if let Some(digit) = digit(character) {
                number.push(digit);
            } else if before_digit && (character == '.' || character == ':') {
                number.push(character);
            } else if before_digit && (character == ',' || character == ' ') && thousands(rest, at)
            {
                // 8,432 and 8 432 are one number.
            } else {
                break;
            }
            end = at + character.len_utf8();
        }
        rest = rest.get(end..).unwrap_or_default();
        found
            .entry(number)
            .or_default()
            .extend(unit_at(rest).map(|(name, _)| name));
    }
    found
}

pub(super) fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        // Full-width forms, as Chinese input methods make them.
        '０'..='９' => char::from_u32(u32::from(character) - u32::from('０') + u32::from('0')),
        _ => None,
    }
}

pub(super) fn is_digit(character: char) -> bool {
    digit(character).is_some()
}

/// Whether exactly three digits follow the separator at `at`.
pub(super) fn thousands(text: &str, at: usize) -> bool {
    let after: Vec<char> = text
        .chars()
        .skip(text.get(..at).map_or(0, |before| before.chars().count()) + 1)
        .take(4)
        .collect();
    after.len() >= 3
        && after.iter().take(3).copied().all(is_digit)
        && !after.get(3).copied().is_some_and(is_digit)
}

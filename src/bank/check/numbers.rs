//! Numbers and their units in texts.

use std::collections::{BTreeMap, BTreeSet};

/// The numbers in a text, each with the units that follow it, as far as they are known ones.
pub(super) fn quantities(text: &str) -> BTreeMap<String, BTreeSet<&'static str>> {
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
        ("deg", &["℃", "°C", "摄氏度", "degree"]),
        ("percent", &["%", "％", "percent", "per cent"]),
        ("g", &["克", "gram", "g "]),
        ("m", &["米", "metre", "meter"]),
        ("l", &["升", "litre", "liter"]),
    ];
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
        let after = rest.trim_start_matches([' ', '-', '\u{a0}']);
        let unit = UNITS
            .iter()
            .find(|(_, words)| words.iter().any(|word| after.starts_with(word)));
        found
            .entry(number)
            .or_default()
            .extend(unit.map(|(name, _)| *name));
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

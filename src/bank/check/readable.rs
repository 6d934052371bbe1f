//! Texts that visitors can read: not too long (Q17, Q23), in their language (Q22), in common
//! characters and words (Q24).

use super::item::{At, Item, Notes, Text, Tongue, is_han};
use super::lists::LISTS;

/// The greatest length of a prompt (Q23): Han characters, or words.
fn longest_prompt(item: &Item<'_>) -> usize {
    match (item.tongue, item.senior) {
        (Tongue::Chinese, true) => 30,
        (Tongue::Chinese, false) => 40,
        (Tongue::English | Tongue::Other, _) => 30,
    }
}

/// The greatest length of an option (Q23). The checklist gives none in words: as many as take about
/// the room of the Han characters.
fn longest_option(item: &Item<'_>) -> usize {
    match (item.tongue, item.senior) {
        (Tongue::Chinese, true) => 14,
        (Tongue::Chinese, false) => 18,
        (Tongue::English | Tongue::Other, true) => 12,
        (Tongue::English | Tongue::Other, false) => 14,
    }
}

/// The greatest length of an explanation (Q17).
fn longest_explanation(item: &Item<'_>) -> usize {
    match item.tongue {
        Tongue::Chinese => 80,
        Tongue::English | Tongue::Other => 60,
    }
}

/// Q17 and Q23: nothing is longer than its readers are patient.
pub(super) fn short_enough(item: &Item<'_>, notes: &mut Notes) {
    let mut look = |code, at, text: &Text<'_>, most: usize| {
        let found = text.length();
        if found > most {
            notes.add(code, at, [("found", found.into()), ("most", most.into())]);
        }
    };
    if let Some(prompt) = &item.prompt {
        look("prompt-long", At::Prompt, prompt, longest_prompt(item));
    }
    for option in &item.options {
        let at = At::Option(option.index);
        look("option-long", at, &option.text, longest_option(item));
    }
    if let Some(explanation) = &item.explanation {
        let most = longest_explanation(item);
        look("explanation-long", At::Explanation, explanation, most);
    }
}

/// Q22: what is left in the other language.
pub(super) fn translated(item: &Item<'_>, notes: &mut Notes) {
    for (at, text) in item.texts() {
        match item.tongue {
            Tongue::Chinese => {
                if let Some(word) = stray_latin(&text.written) {
                    notes.add("stray-latin", at, [("word", word.into())]);
                }
            }
            Tongue::English => {
                let stray: String = text
                    .written
                    .chars()
                    .filter(|one| is_chinese(*one))
                    .collect();
                if !stray.is_empty() {
                    notes.add("stray-han", at, [("found", shortened(&stray).into())]);
                }
            }
            Tongue::Other => {}
        }
    }
}

/// The first Latin word that is none of those known in Chinese.
fn stray_latin(text: &str) -> Option<&str> {
    let latin = |character: char| character.is_ascii_alphabetic() || "-'".contains(character);
    let mut words = text.split(|character: char| !latin(character));
    words.find(|word| {
        let word = word.trim_matches(['-', '\'']);
        word.len() > 1 && !LISTS.latin.contains(word)
    })
}

/// Han characters, and the punctuation and full-width forms that come with them.
fn is_chinese(character: char) -> bool {
    is_han(character) || matches!(character, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}')
}

/// Enough of a list of characters to find them again.
fn shortened(characters: &str) -> String {
    const ENOUGH: usize = 8;
    characters.chars().take(ENOUGH).collect()
}

/// Q24: Han characters that not everybody has learned.
pub(super) fn common_characters(item: &Item<'_>, notes: &mut Notes) {
    if item.tongue != Tongue::Chinese {
        return;
    }
    for (at, text) in item.texts() {
        let mut rare = String::new();
        for character in text.written.chars() {
            if is_han(character) && !LISTS.is_common(character) && !rare.contains(character) {
                rare.push(character);
            }
        }
        if !rare.is_empty() {
            notes.add("rare-characters", at, [("found", shortened(&rare).into())]);
        }
    }
}

/// Q24: abbreviations that are neither known nor explained beside them.
pub(super) fn abbreviations(item: &Item<'_>, notes: &mut Notes) {
    if item.tongue != Tongue::English {
        return;
    }
    for (at, text) in item.texts() {
        let mut words = text
            .written
            .split(|character: char| !character.is_ascii_alphanumeric());
        let found = words.find(|word| {
            let letters = word.chars().filter(char::is_ascii_uppercase).count();
            letters > 1 && letters == word.len() && !LISTS.abbreviations.contains(*word)
        });
        let Some(word) = found else { continue };
        let explained = |open: &str| text.written.contains(open);
        if !explained(&format!("({word})")) && !explained(&format!("{word} (")) {
            notes.add("abbreviation", at, [("word", word.into())]);
        }
    }
}

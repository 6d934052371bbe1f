//! How a question is put (Q01, Q02, Q06, Q07) and what its options must not say (Q05, Q11, Q17).

use super::item::{At, Item, Notes, Text, Tongue, plain};
use super::lists::{LISTS, Sense};
use crate::bank::Kind;

/// The least length of a question that can be understood without its options (Q02).
fn least_length(tongue: Tongue) -> usize {
    match tongue {
        Tongue::Chinese => 6,
        Tongue::English | Tongue::Other => 3,
    }
}

/// Q01: one question at a time.
pub(super) fn one_point(item: &Item<'_>, notes: &mut Notes) {
    let Some(prompt) = &item.prompt else { return };
    let marks = prompt.plain.matches(['?', '？']).count();
    let joining = prompt.hears(Sense::Joining);
    if let Some(word) = joining.or((marks > 1).then_some("?")) {
        notes.add("several-points", At::Prompt, [("word", word.into())]);
    }
}

/// Q02: a question that is one; a statement to be judged needs no question mark, nor does the
/// request to put steps in order.
pub(super) fn complete(item: &Item<'_>, notes: &mut Notes) {
    let Some(prompt) = &item.prompt else { return };
    if item.tongue == Tongue::Other {
        return;
    }
    let least = least_length(item.tongue);
    if prompt.length() < least {
        notes.add("prompt-short", At::Prompt, [("least", least.into())]);
    }
    let asked = prompt.plain.trim_end_matches(['”', '"', '」', ' ']);
    let asks = asked.ends_with(['?', '？', ')']);
    if !asks && matches!(item.kind, Some(Kind::Single | Kind::Multi)) {
        notes.add("incomplete-prompt", At::Prompt, []);
    }
}

/// What a text says itself, without what it quotes.
fn unquoted(text: &str) -> String {
    let mut quoted = false;
    let mut keeps = |character: &char| {
        match character {
            '“' | '「' | '《' => quoted = true,
            '”' | '」' | '》' => quoted = false,
            '"' => quoted = !quoted,
            _ => {}
        }
        !quoted
    };
    text.chars().filter(|character| keeps(character)).collect()
}

/// The word by which a prompt asks for what is not so.
fn negative(item: &Item<'_>) -> Option<&'static str> {
    let prompt = item.prompt.as_ref()?;
    // Most prompts are done with here.
    prompt.hears(Sense::Negative)?;
    let said = plain(&unquoted(&prompt.written), item.tongue);
    let heard = LISTS.matcher(item.tongue)?.scan(&said);
    let harmless = |at: usize| {
        heard.iter().any(|(from, word, sense)| {
            *sense == Sense::NotNegative && (*from..from + word.len()).contains(&at)
        })
    };
    let mut heard_no = heard.iter().filter(|(.., sense)| *sense == Sense::Negative);
    heard_no
        .find(|(at, ..)| !harmless(*at))
        .map(|(_, word, _)| *word)
}

/// Q06: asked the right way round, or on purpose and flagged, so that it is stressed. Twice no is
/// complained of by Q07.
pub(super) fn positive(item: &Item<'_>, notes: &mut Notes) {
    let doubled = item
        .prompt
        .as_ref()
        .and_then(|prompt| prompt.hears(Sense::Doubled));
    if let Some(word) = negative(item)
        && !item.negative
        && doubled.is_none()
    {
        notes.add("negative-prompt", At::Prompt, [("word", word.into())]);
    }
}

/// Q07: not twice no, be it in the prompt or between the prompt and an option.
pub(super) fn no_double_negative(item: &Item<'_>, notes: &mut Notes) {
    let Some(prompt) = &item.prompt else { return };
    if let Some(word) = prompt.hears(Sense::Doubled) {
        notes.add("double-negative", At::Prompt, [("word", word.into())]);
        return;
    }
    if negative(item).is_none() {
        return;
    }
    for option in item.answers() {
        if let Some(word) = option.text.hears(Sense::AnyNegative) {
            let at = At::Option(option.index);
            notes.add("double-negative", at, [("word", word.into())]);
        }
    }
}

/// Q05: an option stands for itself; options are shuffled.
pub(super) fn no_catch_all(item: &Item<'_>, notes: &mut Notes) {
    for option in &item.options {
        let word = option.text.hears(Sense::CatchAll);
        if let Some(word) = word.map(str::to_owned).or_else(|| pair(&option.text)) {
            let at = At::Option(option.index);
            notes.add("catch-all-option", at, [("word", word.into())]);
        }
    }
}

/// An option that is only the letters of others: "A和B", "both A and B", "A, C".
fn pair(text: &Text<'_>) -> Option<String> {
    let bare = text
        .plain
        .trim_start_matches("both ")
        .trim_end_matches(['都', '对', '。', '.']);
    let mut letters = 0;
    for part in bare.split([' ', '、', ',', '和', '与', '及', '或', '&']) {
        match part {
            "a" | "b" | "c" | "d" | "e" => letters += 1,
            "" | "and" | "or" => {}
            _ => return None,
        }
    }
    (letters > 1).then(|| text.written.to_string())
}

/// Q11: an option is true or not, not now and then.
pub(super) fn not_vague(item: &Item<'_>, notes: &mut Notes) {
    for option in item.answers() {
        if let Some(word) = option.text.hears(Sense::Vague) {
            notes.add(
                "vague-option",
                At::Option(option.index),
                [("word", word.into())],
            );
        }
    }
}

/// Q17: no text names an option by a letter, since visitors see them in another order.
pub(super) fn no_letters(item: &Item<'_>, notes: &mut Notes) {
    for (at, text) in item.texts() {
        if at != At::Prompt
            && let Some(found) = letter_reference(text, item.tongue)
        {
            notes.add("letter-reference", at, [("found", found.into())]);
        }
    }
}

/// "选项B", "B选项", "选B", "答案是C"; "option B", "answer C".
fn letter_reference(text: &Text<'_>, tongue: Tongue) -> Option<String> {
    let (before, after): (&[&str], &[&str]) = match tongue {
        Tongue::Chinese => (
            &["选项", "选择", "答案是", "答案为", "答案", "应选", "选"],
            &["选项", "项正确", "项错误", "项是", "项不"],
        ),
        Tongue::English => (&["option ", "answer ", "choice "], &[]),
        Tongue::Other => return None,
    };
    let plain = &text.plain;
    for (at, letter) in plain
        .char_indices()
        .filter(|(_, letter)| ('a'..='e').contains(letter))
    {
        let (left, right) = (plain.get(..at)?, plain.get(at + 1..)?);
        // Part of a longer word.
        let alone = !left.ends_with(|last: char| last.is_ascii_alphanumeric())
            && !right.starts_with(|next: char| next.is_ascii_alphanumeric());
        if !alone {
            continue;
        }
        // "An answer a child can give" is English; "answer A" has its capital.
        let capital = tongue == Tongue::Chinese || {
            let written = text.written.get(at..=at);
            written.is_some_and(|written| written.starts_with(|first: char| first.is_uppercase()))
        };
        let letter = letter.to_ascii_uppercase();
        if let Some(word) = before.iter().find(|word| left.ends_with(**word))
            && capital
        {
            return Some(format!("{word}{letter}"));
        }
        if let Some(word) = after.iter().find(|word| right.starts_with(**word)) {
            return Some(format!("{letter}{word}"));
        }
    }
    None
}

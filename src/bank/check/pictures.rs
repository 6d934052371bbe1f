//! What is said of pictures (Q29): short, not the same again, nothing that tells the answer, and
//! more than a colour.

use super::item::{At, Item, Notes, Text, Tongue};
use super::lists::Sense;
use super::options::normalised;
use crate::bank::Kind;

/// The greatest length of what is said of a picture, Han characters or words: it stands in the
/// picture's place when the file cannot be shown. As long as a question for everybody (Q23).
fn longest(item: &Item<'_>) -> usize {
    match item.tongue {
        Tongue::Chinese => 40,
        Tongue::English | Tongue::Other => 30,
    }
}

/// What is said of each picture, with its place.
fn alts<'i, 'q>(item: &'i Item<'q>) -> impl Iterator<Item = (At, &'i Text<'q>)> {
    let is_alt = |at: &At| matches!(at, At::Alt | At::OptionAlt(_));
    item.texts().filter(move |(at, _)| is_alt(at))
}

/// Nobody listens to more.
pub(super) fn short_enough(item: &Item<'_>, notes: &mut Notes) {
    let most = longest(item);
    for (at, text) in alts(item) {
        let found = text.length();
        if found > most {
            notes.add(
                "alt-long",
                at,
                [("found", found.into()), ("most", most.into())],
            );
        }
    }
}

/// Whoever has the screen read aloud would hear the same words twice.
pub(super) fn not_said_twice(item: &Item<'_>, notes: &mut Notes) {
    let same =
        |one: &Text<'_>, other: &Text<'_>| normalised(&one.plain) == normalised(&other.plain);
    if let (Some(alt), Some(prompt)) = (&item.alt, &item.prompt)
        && same(alt, prompt)
    {
        notes.add("alt-twice", At::Alt, []);
    }
    for option in &item.options {
        if option
            .alt
            .as_ref()
            .is_some_and(|alt| same(alt, &option.text))
        {
            notes.add("alt-twice", At::OptionAlt(option.index), []);
        }
    }
}

/// What is said of the picture above the options does not hold the words of the right one alone.
pub(super) fn gives_nothing_away(item: &Item<'_>, notes: &mut Notes) {
    let (Some(alt), Some(Kind::Single)) = (&item.alt, item.kind) else {
        return;
    };
    let alt = normalised(&alt.plain);
    let is_told = |text: &Text<'_>| {
        let text = normalised(&text.plain);
        text.chars().count() > 1 && alt.contains(&text)
    };
    let mut told = item.answers().iter().filter(|option| is_told(&option.text));
    if let (Some(option), None) = (told.next(), told.next())
        && option.correct
    {
        let word = option.text.written.as_ref().into();
        notes.add("alt-tells", At::Alt, [("word", word)]);
    }
}

/// Two options are not told apart by the colours of their pictures alone: one visitor in twenty
/// does not see them, and nobody hears them.
pub(super) fn more_than_colour(item: &Item<'_>, notes: &mut Notes) {
    let mut before: Vec<String> = Vec::new();
    for option in &item.options {
        let Some(alt) = &option.alt else { continue };
        let colourless = normalised(&without_colours(alt));
        if alt.hears(Sense::Colour).is_some() && before.contains(&colourless) {
            notes.add("colour-alone", At::OptionAlt(option.index), []);
        }
        before.push(colourless);
    }
}

fn without_colours(text: &Text<'_>) -> String {
    let colours = || {
        text.heard
            .iter()
            .filter(|(.., sense)| *sense == Sense::Colour)
    };
    let kept = text.plain.char_indices().filter(|(at, _)| {
        !colours().any(|(from, word, _)| (*from..from + word.len()).contains(at))
    });
    kept.map(|(_, character)| character).collect()
}

/// A map of the country needs a permit that no pack has.
pub(super) fn no_map(item: &Item<'_>, notes: &mut Notes) {
    for (at, text) in alts(item) {
        if let Some(word) = text.hears(Sense::Map) {
            notes.add("picture-of-map", at, [("word", word.into())]);
        }
    }
}

//! Options that give the answer away by their looks: length (Q08, Q09), words (Q10, Q12), and numbers
//! out of step (Q13).

use super::item::{At, Item, Notes, Opt, Tongue, is_han};
use super::lists::Sense;
use super::numbers::{Measure, measure};
use crate::bank::Kind;

/// How many times as long as the mean of the others the right option may be (Q08).
const KEY_RATIO: f64 = 1.4;

/// How many times as long as the shortest the longest option may be (Q09).
const SPREAD_RATIO: f64 = 2.5;

/// How much longer (letters or Han characters) an option must be to be seen to be.
fn noticeable(tongue: Tongue) -> usize {
    match tongue {
        Tongue::Chinese => 4,
        Tongue::English | Tongue::Other => 12,
    }
}

fn is_number(option: &Opt<'_>) -> bool {
    measure(&option.text.plain).is_some()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "lengths of texts of at most two megabytes"
)]
fn mean(widths: &[usize]) -> f64 {
    widths.iter().sum::<usize>() as f64 / widths.len().max(1) as f64
}

/// Q08: the right option is not the long one.
pub(super) fn key_not_longest(item: &Item<'_>, notes: &mut Notes) {
    let options = item.answers();
    if item.kind != Some(Kind::Single) || options.iter().any(is_number) {
        return;
    }
    let widths = |correct: bool| -> Vec<usize> {
        let those = options.iter().filter(|option| option.correct == correct);
        those.map(|option| option.text.width()).collect()
    };
    let (keys, others) = (widths(true), widths(false));
    let (key, other) = (mean(&keys), mean(&others));
    let Some(option) = options.iter().find(|option| option.correct) else {
        return;
    };
    if others.len() > 1
        && key > KEY_RATIO * other
        && key - other >= mean(&[noticeable(item.tongue)])
    {
        notes.add("key-stands-out", At::Option(option.index), []);
    }
}

/// Q09: options of about one length. One that stands out for Q08 is not complained of twice.
pub(super) fn even_lengths(item: &Item<'_>, notes: &mut Notes) {
    let options = item.answers();
    let said = notes.0.iter().any(|note| note.code == "key-stands-out");
    if said || options.iter().any(is_number) {
        return;
    }
    let longest = options.iter().max_by_key(|option| option.text.width());
    let shortest = options.iter().map(|option| option.text.width()).min();
    if let (Some(longest), Some(shortest)) = (longest, shortest) {
        let width = longest.text.width();
        if mean(&[width]) > SPREAD_RATIO * mean(&[shortest])
            && width - shortest >= noticeable(item.tongue)
        {
            notes.add("option-lengths", At::Option(longest.index), []);
        }
    }
}

/// Q10: words such as "always" are not the mark of the wrong options.
pub(super) fn absolutes_spread(item: &Item<'_>, notes: &mut Notes) {
    let absolute = |option: &&Opt<'_>| option.text.hears(Sense::Absolute).is_some();
    let (keys, others): (Vec<_>, Vec<_>) = item.answers().iter().partition(|option| option.correct);
    let marked: Vec<_> = others.into_iter().filter(absolute).collect();
    if marked.len() > 1
        && !keys.iter().any(absolute)
        && let Some(word) = marked
            .first()
            .and_then(|option| option.text.hears(Sense::Absolute))
    {
        notes.add("absolute-options", At::Options, [("word", word.into())]);
    }
}

/// Q12: no word of the question stands in the right option only.
pub(super) fn no_echo(item: &Item<'_>, notes: &mut Notes) {
    let Some(prompt) = &item.prompt else { return };
    if item.kind != Some(Kind::Single) {
        return;
    }
    let options = item.answers();
    let Some(key) = options.iter().find(|option| option.correct) else {
        return;
    };
    let others: Vec<&str> = options
        .iter()
        .filter(|option| !option.correct)
        .map(|option| option.text.plain.as_str())
        .collect();
    let echo = match item.tongue {
        Tongue::Chinese => han_echo(&prompt.plain, &key.text.plain, &others),
        Tongue::English => word_echo(&prompt.plain, &key.text.plain, &others),
        Tongue::Other => None,
    };
    if let Some(word) = echo {
        notes.add(
            "prompt-word-in-key",
            At::Option(key.index),
            [("word", word.into())],
        );
    }
}

/// Three Han characters in a row, or more, that stand in the prompt and the key only; two are too
/// often half of something.
fn han_echo<'t>(prompt: &str, key: &'t str, others: &[&str]) -> Option<&'t str> {
    const LEAST: usize = 3;
    let echoes =
        |run: &&str| prompt.contains(run) && !others.iter().any(|other| other.contains(run));
    key.char_indices().find_map(|(start, _)| {
        let rest = key.get(start..)?;
        let han = rest.chars().take_while(|character| is_han(*character));
        let ends = han.scan(0, |end, character| {
            *end += character.len_utf8();
            Some(*end)
        });
        let runs = ends.skip(LEAST - 1).filter_map(|end| rest.get(..end));
        runs.take_while(echoes).last()
    })
}

/// A word of five letters or more that stands in the prompt and the key only, whatever its ending.
fn word_echo<'t>(prompt: &str, key: &'t str, others: &[&str]) -> Option<&'t str> {
    const COMMON: &[&str] = &[
        "about", "after", "before", "being", "could", "first", "other", "people", "right",
        "should", "their", "there", "these", "thing", "those", "under", "until", "which", "while",
        "would",
    ];
    fn words(text: &str) -> impl Iterator<Item = &str> {
        let words = text.split(|character: char| !character.is_alphanumeric());
        let words = words.filter(|word| word.len() >= 5 && !COMMON.contains(word));
        words.map(stem)
    }
    words(key).find(|word| {
        words(prompt).any(|asked| asked == *word)
            && !others
                .iter()
                .any(|other| words(other).any(|its| its == *word))
    })
}

fn stem(word: &str) -> &str {
    let shorter = ["ing", "ed", "es", "s"]
        .into_iter()
        .find_map(|ending| word.strip_suffix(ending));
    shorter.filter(|stem| stem.len() >= 4).unwrap_or(word)
}

/// Q13: numbers in one unit, in order, and none inside another.
pub(super) fn numbers_in_step(item: &Item<'_>, notes: &mut Notes) {
    let options = item.answers();
    let measures: Option<Vec<Measure>> = options
        .iter()
        .map(|option| measure(&option.text.plain))
        .collect();
    let Some(measures) = measures.filter(|measures| measures.len() > 1) else {
        return;
    };
    for (measure, option) in measures.iter().zip(options).skip(1) {
        let first = &measures[0];
        if let (Some(unit), Some(other)) = (measure.unit, first.unit)
            && unit != other
        {
            notes.add("mixed-units", At::Option(option.index), []);
            return;
        }
    }
    let rising = |pair: &[Measure]| pair[0].from <= pair[1].from;
    let falling = |pair: &[Measure]| pair[0].from >= pair[1].from;
    if !measures.windows(2).all(rising) && !measures.windows(2).all(falling) {
        notes.add("numbers-unsorted", At::Options, []);
        return;
    }
    for (pair, option) in measures.windows(2).zip(options.iter().skip(1)) {
        let (one, two) = (&pair[0], &pair[1]);
        let are_ranges = one.to > one.from || two.to > two.from;
        if are_ranges && one.from <= two.to && two.from <= one.to {
            notes.add("ranges-overlap", At::Option(option.index), []);
        }
    }
}

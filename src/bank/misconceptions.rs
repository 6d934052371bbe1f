//! What people wrongly believe: the tags of wrong options, in words.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::texts::Texts;

/// The list inside the program.
const LIST: &str = include_str!("../../assets/misconceptions.ron");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Misconception {
    id: String,
    text: Texts,
}

static KNOWN: LazyLock<BTreeMap<String, Texts>> = LazyLock::new(|| {
    // A test holds that the list can be read; reports without it show tags.
    let list: Vec<Misconception> = ron::from_str(LIST).unwrap_or_default();
    list.into_iter().map(|one| (one.id, one.text)).collect()
});

/// The tags that have words, sorted.
pub fn tags() -> impl Iterator<Item = &'static str> {
    KNOWN.keys().map(String::as_str)
}

/// What a tag stands for, in a language or else in the nearest that there is; `None` for a tag of a
/// pack's own.
#[must_use]
pub fn words(tag: &str, language: &str) -> Option<&'static str> {
    KNOWN.get(tag)?.nearest(language)
}

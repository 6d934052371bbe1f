//! A text in several languages, as it is written in RON.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// A text and the language that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken<'a> {
    /// The language's BCP 47 tag.
    pub language: &'a str,
    /// What is said.
    pub text: &'a str,
}

/// How near one language is to another (BCP 47 tags): 3 the same, 2 the same in the same script, 1
/// the same in another script, 0 another one.
#[must_use]
pub fn nearness(wanted: &str, other: &str) -> u8 {
    if wanted == other {
        3
    } else if subtags(wanted).next() != subtags(other).next() {
        0
    } else if script(wanted) == script(other) {
        2
    } else {
        1
    }
}

/// The script of a language, as far as two could be written in different ones.
fn script(tag: &str) -> &str {
    let mut given = subtags(tag).skip(1);
    if let Some(given) = given.find(|part| part.len() == 4 && !part.starts_with(char::is_numeric)) {
        return given;
    }
    let mut parts = subtags(tag);
    match parts.next() {
        Some("zh") if parts.any(|region| ["HK", "MO", "TW"].contains(&region)) => "Hant",
        Some("zh") => "Hans",
        _ => "",
    }
}

fn subtags(tag: &str) -> impl Iterator<Item = &str> {
    tag.split('-')
}

/// One text in several languages as written, in order, repeats included: a map would keep only the
/// last.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts(pub Vec<(String, String)>);

impl Texts {
    /// The text in the language (BCP 47 tag) nearest to one, or else the first.
    #[must_use]
    pub fn nearest(&self, language: &str) -> Option<&str> {
        let texts = self.0.iter().rev();
        let nearest = texts.max_by_key(|(tag, _)| nearness(language, tag))?;
        Some(&nearest.1)
    }
}

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wanted = "texts by language, as in { \"zh-CN\": \"…\", \"en\": \"…\" }";
        entries(deserializer, wanted).map(Self)
    }
}

/// The entries of a map as written, in order, repeats included; `wanted` says what was expected
/// where there is no map.
pub fn entries<'de, D: Deserializer<'de>, V: Deserialize<'de>>(
    deserializer: D,
    wanted: &'static str,
) -> Result<Vec<(String, V)>, D::Error> {
    struct Entries<V>(&'static str, PhantomData<V>);
    impl<'de, V: Deserialize<'de>> Visitor<'de> for Entries<V> {
        type Value = Vec<(String, V)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }
    deserializer.deserialize_map(Entries(wanted, PhantomData))
}

/// Texts in several languages, each under an id, likewise in order and with repeats.
#[derive(Clone, Debug, PartialEq)]
pub struct TextsById(pub Vec<(String, Texts)>);

impl<'de> Deserialize<'de> for TextsById {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wanted = "texts by id and language, as in { \"a\": { \"zh-CN\": \"…\" } }";
        entries(deserializer, wanted).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_nearest_to_itself_then_to_its_script_then_to_its_kin() {
        for (wanted, other, expected) in [
            ("zh-HK", "zh-HK", 3),
            ("zh-HK", "zh-TW", 2),
            ("zh-HK", "zh-Hant", 2),
            ("zh-CN", "zh", 2),
            ("en", "en-GB", 2),
            ("zh-HK", "zh-CN", 1),
            ("zh-Hans-HK", "zh-TW", 1),
            ("zh-HK", "en", 0),
            ("en", "eng", 0),
        ] {
            assert_eq!(nearness(wanted, other), expected, "{wanted} {other}");
            assert_eq!(nearness(other, wanted), expected, "{other} {wanted}");
        }
    }
}

//! A text in several languages, as it is written in RON.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// One text in several languages as written, in order, repeats included: a map would keep only the
/// last.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts(pub Vec<(String, String)>);

/// Texts in several languages, each under an id, likewise in order and with repeats.
#[derive(Clone, Debug, PartialEq)]
pub struct TextsById(pub Vec<(String, Texts)>);

impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "texts by language, as in { \"zh-CN\": \"…\", \"en\": \"…\" }";
        deserializer
            .deserialize_map(Entries::of(expected))
            .map(Self)
    }
}

impl<'de> Deserialize<'de> for TextsById {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let expected = "texts by id and language, as in { \"a\": { \"zh-CN\": \"…\" } }";
        deserializer
            .deserialize_map(Entries::of(expected))
            .map(Self)
    }
}

/// Reads a map as the list that it is written as.
struct Entries<T> {
    expected: &'static str,
    values: PhantomData<T>,
}

impl<T> Entries<T> {
    fn of(expected: &'static str) -> Self {
        Self {
            expected,
            values: PhantomData,
        }
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
    type Value = Vec<(String, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }
}

//! A text in several languages, as it is written in RON.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};

/// One text in several languages as written, in order, repeats included: a map would keep only the
/// last.
#[derive(Clone, Debug, PartialEq)]
pub struct Texts(pub Vec<(String, String)>);

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

//! What visitors may ask for once a round is over: fixed lists of topics and forms, as data.
//!
//! An entry is an id for the records and an icon; its name is the text `request-<kind>-<id>` of the
//! interface. An id never changes its meaning: what is offered no longer is taken out, and what is new
//! gets a new id.

use std::sync::LazyLock;

use serde::Deserialize;

/// Something that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What is stored.
    pub id: String,
    /// The name of its icon in the icon font.
    pub icon: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    topic: Vec<Entry>,
    form: Vec<Entry>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    // A test holds that the lists can be read; without them nobody is asked.
    ron::from_str(include_str!("../assets/requests.ron")).unwrap_or_default()
});

/// What can be asked for of a kind, `topic` or `form`, in the order in which it is offered.
#[must_use]
pub fn list(kind: &str) -> &'static [Entry] {
    match kind {
        "topic" => &LISTS.topic,
        "form" => &LISTS.form,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_entry_has_an_id_of_its_own_that_records_and_batches_take() {
        assert_eq!((list("topic").len(), list("form").len()), (8, 6));
        for kind in ["topic", "form"] {
            let ids: BTreeSet<&str> = list(kind).iter().map(|entry| entry.id.as_str()).collect();
            assert_eq!(ids.len(), list(kind).len());
            for id in ids {
                let plain = |byte| matches!(byte, b'a'..=b'z' | b'-');
                assert!(
                    (1..=64).contains(&id.len()) && id.bytes().all(plain),
                    "{id}"
                );
            }
        }
        assert!(list("another").is_empty());
    }
}

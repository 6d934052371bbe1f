//! The slow way through a file: values as slices of its text, so that everything has a place.

use std::fmt;
use std::ops::Range;

use ron::error::{Error as RonError, SpannedError, SpannedResult};
use ron::value::RawValue;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, de};

use super::Shape;

/// A structural mistake and its place in the text that was walked.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::bank) struct Mistake {
    pub(in crate::bank) at: Range<usize>,
    pub(in crate::bank) what: What,
}

/// What is structurally wrong.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::bank) enum What {
    /// A name that the form does not have, and the one that was probably meant.
    UnknownField {
        name: String,
        meant: Option<&'static str>,
    },
    /// A field that was given before.
    DuplicateField { name: String },
    /// A name where only certain others may stand, and the one that was probably meant.
    UnknownValue {
        value: String,
        allowed: String,
        meant: Option<&'static str>,
    },
    /// RON that cannot be read on from, or a value of the wrong type.
    Unreadable { reason: RonError },
}

/// What could be saved from a value with mistakes.
#[derive(Debug)]
pub(in crate::bank) struct Salvage {
    /// RON with the sound fields only.
    pub(in crate::bank) text: String,
    /// Paths of the fields that were left out, as in `options/0/id`; whatever is missing for that
    /// reason is known.
    pub(in crate::bank) dropped: Vec<String>,
}

impl Salvage {
    /// The same as a part of something larger, under a name there.
    fn inside(mut self, name: &str) -> Self {
        for path in &mut self.dropped {
            *path = format!("{name}/{path}");
        }
        self
    }
}

/// Reads the entries of a list, each as the slice of `text` that holds it.
pub(in crate::bank) fn entries(text: &str) -> Result<Vec<&str>, Mistake> {
    raw_entries(text, text)
}

fn raw_entries<'a>(text: &'a str, slice: &'a str) -> Result<Vec<&'a str>, Mistake> {
    ron::from_str::<Vec<&RawValue>>(slice)
        .map(|raws| raws.into_iter().map(RawValue::get_ron).collect())
        .map_err(|error| mistake(text, slice, error))
}

/// Walks `slice` (a part of `text`) by its shape, noting every mistake; `None` when nothing of it
/// can be used.
pub(in crate::bank) fn diagnose(
    text: &str,
    slice: &str,
    shape: &Shape,
    mistakes: &mut Vec<Mistake>,
) -> Option<Salvage> {
    let sound = |text: &str| Salvage {
        text: text.to_owned(),
        dropped: Vec::new(),
    };
    match shape {
        Shape::Leaf(read) => match read(slice) {
            Ok(()) => Some(sound(slice)),
            Err(error) => {
                mistakes.push(mistake(text, slice, error));
                None
            }
        },
        Shape::List(inner) => match raw_entries(text, slice) {
            Ok(entries) => {
                // Every entry is looked at, even after a bad one.
                let salvaged: Vec<_> = entries
                    .into_iter()
                    .enumerate()
                    .map(|(index, entry)| {
                        let part = diagnose(text, entry, inner, mistakes)?;
                        Some(part.inside(&index.to_string()))
                    })
                    .collect();
                let salvaged: Option<Vec<_>> = salvaged.into_iter().collect();
                salvaged.map(|parts| join(parts, '[', ']'))
            }
            Err(error) => {
                mistakes.push(error);
                None
            }
        },
        Shape::Struct(name, fields) => {
            let given = match fields_of(slice, name) {
                Ok(given) => given,
                Err(error) => {
                    mistakes.push(mistake(text, slice, error));
                    return None;
                }
            };
            let mut parts = Vec::new();
            let mut dropped = Vec::new();
            let mut seen: Vec<&str> = Vec::new();
            for (field, value) in given {
                let at = range_of(text, field);
                let Some((field, shape)) = fields.iter().find(|(known, _)| *known == field) else {
                    let what = What::UnknownField {
                        name: field.to_owned(),
                        meant: closest(field, fields.iter().map(|(known, _)| *known)),
                    };
                    // What was meant is not missing besides.
                    if let What::UnknownField {
                        meant: Some(meant), ..
                    } = what
                    {
                        dropped.push(meant.to_owned());
                    }
                    mistakes.push(Mistake { at, what });
                    continue;
                };
                if seen.contains(field) {
                    let name = (*field).to_owned();
                    mistakes.push(Mistake {
                        at,
                        what: What::DuplicateField { name },
                    });
                    continue;
                }
                seen.push(field);
                match diagnose(text, value, shape, mistakes) {
                    Some(part) => {
                        let part = part.inside(field);
                        parts.push(Salvage {
                            text: format!("{field}: {}", part.text),
                            dropped: part.dropped,
                        });
                    }
                    None => dropped.push((*field).to_owned()),
                }
            }
            let mut salvage = join(parts, '(', ')');
            salvage.dropped.extend(dropped);
            Some(salvage)
        }
    }
}

fn join(parts: Vec<Salvage>, open: char, close: char) -> Salvage {
    let mut text = String::from(open);
    let mut dropped = Vec::new();
    for part in parts {
        text.push_str(&part.text);
        text.push(',');
        dropped.extend(part.dropped);
    }
    text.push(close);
    Salvage { text, dropped }
}

/// A path in the form in which [`Salvage`] names what was dropped.
pub(in crate::bank) fn path_name(path: &[Step<'_>]) -> String {
    let names = path.iter().map(|step| match step {
        Step::Field(name) => (*name).to_owned(),
        Step::Entry(index) => index.to_string(),
        Step::Language(language) => (*language).to_owned(),
    });
    names.collect::<Vec<_>>().join("/")
}

/// A step from a value to one inside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::bank) enum Step<'a> {
    /// A struct's field.
    Field(&'static str),
    /// A list's entry.
    Entry(usize),
    /// A text's language.
    Language(&'a str),
}

/// The place in `text` of what a path leads to, beginning at `slice`; where the path ends early
/// (a missing field, say), the place that it reached, narrowed to its first line.
pub(in crate::bank) fn locate(
    text: &str,
    slice: &str,
    shape: &Shape,
    path: &[Step<'_>],
) -> Range<usize> {
    let (mut slice, mut shape) = (slice, shape);
    for step in path {
        let inner = match (step, shape) {
            (Step::Field(name), Shape::Struct(struct_name, fields)) => {
                let value = fields_of(slice, struct_name)
                    .ok()
                    .and_then(|given| given.into_iter().find(|(field, _)| field == name));
                let shape = fields.iter().find(|(known, _)| known == name);
                value
                    .zip(shape)
                    .map(|((_, value), (_, shape))| (value, shape))
            }
            (Step::Entry(index), Shape::List(inner)) => raw_entries(text, slice)
                .ok()
                .and_then(|entries| entries.get(*index).copied())
                .map(|entry| (entry, *inner)),
            (Step::Language(language), shape) => {
                language_value(slice, language).map(|value| (value, shape))
            }
            _ => None,
        };
        match inner {
            Some(found) => (slice, shape) = found,
            None => break,
        }
    }
    let whole = range_of(text, slice);
    let first_line = slice.lines().next().unwrap_or_default().trim_end().len();
    whole.start..whole.start + first_line.max(1).min(slice.len().max(1))
}

fn language_value<'a>(slice: &'a str, language: &str) -> Option<&'a str> {
    struct Entries;
    impl<'de> Visitor<'de> for Entries {
        type Value = Vec<(String, &'de RawValue)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("texts by language")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some(entry) = map.next_entry()? {
                entries.push(entry);
            }
            Ok(entries)
        }
    }
    let mut deserializer = ron::Deserializer::from_str(slice).ok()?;
    let entries = deserializer.deserialize_map(Entries).ok()?;
    // The last one: a repeated language is the one that is complained of.
    entries
        .into_iter()
        .rev()
        .find(|(key, _)| key == language)
        .map(|(_, value)| value.get_ron())
}

/// A struct's fields in order, names and values as slices of the text.
fn fields_of<'a>(slice: &'a str, name: &'static str) -> SpannedResult<Vec<(&'a str, &'a str)>> {
    struct Fields(&'static str);

    impl<'de> DeserializeSeed<'de> for Fields {
        type Value = Vec<(&'de str, &'de str)>;

        fn deserialize<D: Deserializer<'de>>(
            self,
            deserializer: D,
        ) -> Result<Self::Value, D::Error> {
            deserializer.deserialize_struct(self.0, &[], self)
        }
    }

    impl<'de> Visitor<'de> for Fields {
        type Value = Vec<(&'de str, &'de str)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "{}(…)", self.0)
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut fields = Vec::new();
            while let Some(Name(field)) = map.next_key()? {
                fields.push((field, map.next_value::<&RawValue>()?.get_ron()));
            }
            Ok(fields)
        }
    }

    struct Name<'a>(&'a str);

    impl<'de> Deserialize<'de> for Name<'de> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct NameVisitor;
            impl<'de> Visitor<'de> for NameVisitor {
                type Value = Name<'de>;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("a field name")
                }

                fn visit_borrowed_str<E: de::Error>(
                    self,
                    name: &'de str,
                ) -> Result<Self::Value, E> {
                    Ok(Name(name))
                }
            }
            deserializer.deserialize_identifier(NameVisitor)
        }
    }

    ron::Options::default().from_str_seed(slice, Fields(name))
}

/// The known name that a mistyped one was probably meant to be.
fn closest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// Where `slice` lies in `text`, of which it must be a part.
pub(in crate::bank) fn range_of(text: &str, slice: &str) -> Range<usize> {
    let start = (slice.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    start..start + slice.len()
}

/// RON's error, with its place counted from the start of the whole text.
pub(in crate::bank) fn mistake(text: &str, slice: &str, error: SpannedError) -> Mistake {
    let base = range_of(text, slice).start;
    let start = base + offset_of(slice, error.span.start.line, error.span.start.col);
    let end = base + offset_of(slice, error.span.end.line, error.span.end.col);
    let what = match error.code {
        RonError::NoSuchEnumVariant {
            expected, found, ..
        } => What::UnknownValue {
            meant: closest(&found, expected.iter().copied()),
            allowed: expected.join(", "),
            value: found,
        },
        reason => What::Unreadable { reason },
    };
    Mistake {
        at: start..end.max(start),
        what,
    }
}

/// The byte offset of a line and column, both counted from 1, columns in characters.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let line_start: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let rest = text.get(line_start..).unwrap_or_default();
    line_start
        + rest
            .char_indices()
            .nth(column.saturating_sub(1))
            .map_or(rest.len(), |(offset, _)| offset)
}

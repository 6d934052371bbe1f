//! Texts of the interface in every shipped language: Fluent bundles and language negotiation.
//!
//! A message that a language lacks is taken from the nearest one that has it, and English is the
//! last resort; staff are told how many a language lacks, and a test holds that no shipped one does.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast::Entry;
use serde::Deserialize;
use unic_langid::LanguageIdentifier;

use crate::bank::Arg;
use crate::embedded::{self, LocaleFiles};
use crate::texts::nearness;

pub use fluent_bundle::FluentValue;

/// The language every message is there in.
const LAST_RESORT: &str = "en";

/// A locale file that cannot be used.
#[derive(Debug)]
pub struct Error {
    /// The locale's tag.
    pub locale: String,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot use locale `{}`: {}", self.locale, self.reason)
    }
}

impl std::error::Error for Error {}

/// The values of something found or refused, as messages want them.
#[must_use]
pub fn values<'a>(args: &'a [(&'static str, Arg)]) -> Vec<(&'a str, FluentValue<'a>)> {
    args.iter()
        .map(|(name, value)| match value {
            Arg::Text(text) => (*name, FluentValue::from(text.as_str())),
            Arg::Number(number) => (*name, FluentValue::from(*number)),
        })
        .collect()
}

/// What a locale says of itself in `locale.ron`, if it has one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Settings {
    /// Whether a station offers the language without naming it.
    offered: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self { offered: true }
    }
}

/// A language of the interface.
struct Locale {
    bundle: FluentBundle<FluentResource>,
    /// The ids of its messages.
    keys: BTreeSet<String>,
    settings: Settings,
}

/// Every language of the interface.
pub struct Locales {
    locales: BTreeMap<LanguageIdentifier, Locale>,
}

impl Locales {
    /// The languages shipped inside the program.
    pub fn shipped() -> Result<Self, Error> {
        Self::new(embedded::locales())
    }

    /// Languages from the texts of their files.
    pub fn new<'a>(files: impl IntoIterator<Item = LocaleFiles<'a>>) -> Result<Self, Error> {
        let mut locales = BTreeMap::new();
        for LocaleFiles {
            tag,
            settings,
            texts,
        } in files
        {
            let error = |reason: String| Error {
                locale: tag.to_owned(),
                reason,
            };
            let language: LanguageIdentifier = tag
                .parse()
                .map_err(|_| error("not a language tag".into()))?;
            let settings = settings.map(ron::from_str).transpose();
            let settings = settings.map_err(|mistake| error(format!("locale.ron: {mistake}")))?;
            let mut keys = BTreeSet::new();
            let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
            // The marks would only be needed between scripts of two directions, and the face has
            // no glyphs for them.
            bundle.set_use_isolating(false);
            for text in texts {
                let resource = FluentResource::try_new(text.to_owned())
                    .map_err(|(_, errors)| error(format!("{errors:?}")))?;
                keys.extend(resource.entries().filter_map(|entry| match entry {
                    Entry::Message(message) => Some(message.id.name.to_owned()),
                    _ => None,
                }));
                bundle
                    .add_resource(resource)
                    .map_err(|errors| error(format!("{errors:?}")))?;
            }
            let locale = Locale {
                bundle,
                keys,
                settings: settings.unwrap_or_default(),
            };
            locales.insert(language, locale);
        }
        Ok(Self { locales })
    }

    /// The tags of the languages, sorted.
    pub fn tags(&self) -> impl Iterator<Item = String> {
        self.locales.keys().map(ToString::to_string)
    }

    /// The tags of the languages that a station offers without naming them, sorted.
    pub fn offered(&self) -> impl Iterator<Item = String> {
        let offered = self
            .locales
            .iter()
            .filter(|(_, locale)| locale.settings.offered);
        offered.map(|(language, _)| language.to_string())
    }

    /// The keys that a language lacks and another one has, sorted: their messages are taken from
    /// the nearest language that has them.
    #[must_use]
    pub fn lacking(&self, language: &str) -> Vec<&str> {
        let all: BTreeSet<&str> = self
            .locales
            .values()
            .flat_map(|locale| locale.keys.iter().map(String::as_str))
            .collect();
        let own = self.locale(language);
        let lacks = |key: &&str| own.is_none_or(|own| !own.keys.contains(*key));
        all.into_iter().filter(lacks).collect()
    }

    fn locale(&self, language: &str) -> Option<&Locale> {
        let language: LanguageIdentifier = language.parse().ok()?;
        self.locales.get(&language)
    }

    /// The tags of the other languages in which a message is looked for, the nearest first.
    fn instead_of(&self, language: &str) -> Vec<String> {
        let mut others: Vec<String> = self.tags().filter(|tag| tag != language).collect();
        others.retain(|tag| tag == LAST_RESORT || nearness(language, tag) > 0);
        others.sort_by_key(|tag| Reverse(nearness(language, tag)));
        others
    }

    /// The shipped language nearest to what is asked for, as BCP 47 tags in order of preference.
    #[must_use]
    pub fn negotiate(&self, wanted: &[&str]) -> String {
        let canonical = |tag: &&str| {
            tag.parse()
                .ok()
                .map(|tag: LanguageIdentifier| tag.to_string())
        };
        let nearest = |wanted: String| {
            let near = self.tags().filter(|tag| nearness(&wanted, tag) > 0);
            // Of several the first.
            near.min_by_key(|tag| Reverse(nearness(&wanted, tag)))
        };
        let mut wanted = wanted.iter().filter_map(canonical);
        wanted
            .find_map(nearest)
            .unwrap_or_else(|| LAST_RESORT.to_owned())
    }

    /// Whether there is a message for a key: the language's own, or one to be taken instead.
    #[must_use]
    pub fn has(&self, language: &str, key: &str) -> bool {
        let has = |tag: &str| {
            self.locale(tag)
                .is_some_and(|locale| locale.keys.contains(key))
        };
        has(language) || self.instead_of(language).iter().any(|other| has(other))
    }

    /// A message in a language. The key may name an attribute, as in `check-syntax.hint`.
    #[must_use]
    pub fn text(&self, language: &str, key: &str) -> String {
        self.format(language, key, &[])
    }

    /// A message with arguments, in the language nearest to this one that has it.
    #[must_use]
    pub fn format(&self, language: &str, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.lookup(language, key, args)
            .or_else(|| {
                let others = self.instead_of(language);
                others
                    .iter()
                    .find_map(|other| self.lookup(other, key, args))
            })
            // Only a key that no language has: the tests forbid it.
            .unwrap_or_else(|| key.to_owned())
    }

    /// A message in exactly this language, if it has one.
    #[must_use]
    pub fn lookup(
        &self,
        language: &str,
        key: &str,
        args: &[(&str, FluentValue<'_>)],
    ) -> Option<String> {
        let bundle = &self.locale(language)?.bundle;
        let (id, attribute) = match key.split_once('.') {
            Some((id, attribute)) => (id, Some(attribute)),
            None => (key, None),
        };
        let message = bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        let mut fluent_args = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            fluent_args.set(*name, value.clone());
        }
        // A mistake inside a pattern still gives a readable text; there is nobody to tell.
        let mut errors = Vec::new();
        Some(
            bundle
                .format_pattern(pattern, Some(&fluent_args), &mut errors)
                .into_owned(),
        )
    }
}

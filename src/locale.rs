//! Texts of the interface in every shipped language: Fluent bundles and language negotiation.
//!
//! English is the last resort for a message that a language lacks; a test holds that none does.

use std::collections::BTreeMap;
use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_langneg::{NegotiationStrategy, negotiate_languages};
use unic_langid::LanguageIdentifier;

use crate::bank::Arg;
use crate::embedded;

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

/// Every language of the interface.
pub struct Locales {
    bundles: BTreeMap<LanguageIdentifier, FluentBundle<FluentResource>>,
}

impl Locales {
    /// The languages shipped inside the program.
    pub fn shipped() -> Result<Self, Error> {
        Self::new(embedded::locales())
    }

    /// Languages from the texts of their Fluent files.
    pub fn new<'a>(
        locales: impl IntoIterator<Item = (&'a str, Vec<&'a str>)>,
    ) -> Result<Self, Error> {
        let mut bundles = BTreeMap::new();
        for (tag, texts) in locales {
            let error = |reason: String| Error {
                locale: tag.to_owned(),
                reason,
            };
            let language: LanguageIdentifier = tag
                .parse()
                .map_err(|_| error("not a language tag".into()))?;
            let mut bundle = FluentBundle::new_concurrent(vec![language.clone()]);
            // The marks would only be needed between scripts of two directions, and the face has
            // no glyphs for them.
            bundle.set_use_isolating(false);
            for text in texts {
                let resource = FluentResource::try_new(text.to_owned())
                    .map_err(|(_, errors)| error(format!("{errors:?}")))?;
                bundle
                    .add_resource(resource)
                    .map_err(|errors| error(format!("{errors:?}")))?;
            }
            bundles.insert(language, bundle);
        }
        Ok(Self { bundles })
    }

    /// The tags of the languages, sorted.
    pub fn tags(&self) -> impl Iterator<Item = String> {
        self.bundles.keys().map(ToString::to_string)
    }

    /// The shipped language nearest to what is asked for, as BCP 47 tags in order of preference.
    #[must_use]
    pub fn negotiate(&self, wanted: &[&str]) -> String {
        let wanted: Vec<fluent_langneg::LanguageIdentifier> =
            wanted.iter().filter_map(|tag| tag.parse().ok()).collect();
        let available: Vec<fluent_langneg::LanguageIdentifier> =
            self.tags().filter_map(|tag| tag.parse().ok()).collect();
        negotiate_languages(&wanted, &available, None, NegotiationStrategy::Filtering)
            .first()
            .map_or_else(|| LAST_RESORT.to_owned(), ToString::to_string)
    }

    /// Whether a language has a message of its own for a key.
    #[must_use]
    pub fn has(&self, language: &str, key: &str) -> bool {
        language
            .parse()
            .ok()
            .and_then(|language: LanguageIdentifier| self.bundles.get(&language))
            .is_some_and(|bundle| bundle.has_message(key))
    }

    /// A message in a language. The key may name an attribute, as in `check-syntax.hint`.
    #[must_use]
    pub fn text(&self, language: &str, key: &str) -> String {
        self.format(language, key, &[])
    }

    /// A message with arguments.
    #[must_use]
    pub fn format(&self, language: &str, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.lookup(language, key, args)
            .or_else(|| self.lookup(LAST_RESORT, key, args))
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
        let language: LanguageIdentifier = language.parse().ok()?;
        let bundle = self.bundles.get(&language)?;
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

//! Texts in several languages: all there, none empty, the same numbers in each (Q21).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::lists::LISTS;
use super::numbers::quantities;
use super::reading::Findings;
use crate::bank::Localised;
use crate::bank::problem::Arg;
use crate::bank::source::Step;
use crate::texts::Texts;

/// The languages that a pack says it has.
#[derive(Clone, Default)]
pub(super) struct Languages {
    /// Those of every text; unknown while `pack.ron` cannot be read.
    pub(super) declared: Option<Vec<Arc<str>>>,
    /// Those of some texts.
    pub(super) begun: Vec<Arc<str>>,
}

impl Languages {
    fn has(&self, language: &str) -> bool {
        let declared = self.declared.iter().flatten();
        declared.chain(&self.begun).any(|own| **own == *language)
    }
}

impl<T> Findings<'_, T> {
    /// A text in every language of the pack, and maybe in those begun, with the same numbers in each
    /// (Q21).
    pub(super) fn texts(
        &mut self,
        given: Option<&Texts>,
        languages: &Languages,
        path: &[Step<'_>],
    ) -> Option<Localised> {
        let given = given?;
        let mut by_language: BTreeMap<Arc<str>, String> = BTreeMap::new();
        for (language, text) in &given.0 {
            let at = [path, &[Step::Language(language)]].concat();
            if text.trim().is_empty() {
                self.add("empty-text", &at, []);
            }
            self.glyphs(language, text, &at);
            if languages.declared.is_some() && !languages.has(language) {
                self.add(
                    "extra-language",
                    &at,
                    [("language", language.as_str().into())],
                );
            }
            let before = by_language.insert(language.as_str().into(), text.clone());
            if before.is_some() {
                self.add(
                    "duplicate-language",
                    &at,
                    [("language", language.as_str().into())],
                );
            }
        }
        let mut complete = true;
        for language in languages.declared.iter().flatten() {
            if !by_language.contains_key(language) {
                complete = false;
                self.add(
                    "missing-language",
                    path,
                    [("language", language.as_ref().into())],
                );
            }
        }
        self.parity(&by_language, path);
        let fallback = languages.declared.as_ref()?.first()?.clone();
        complete.then_some(Localised {
            by_language,
            fallback,
        })
    }

    pub(super) fn parity(&mut self, texts: &BTreeMap<Arc<str>, String>, path: &[Step<'_>]) {
        let mut texts = texts.iter().filter(|(_, text)| !text.trim().is_empty());
        let Some((first_language, first)) = texts.next() else {
            return;
        };
        // The words for units are listed in simplified characters.
        let quantities = |text: &str| quantities(&LISTS.in_simplified(text));
        let first = quantities(first);
        for (language, text) in texts {
            let other = quantities(text);
            let at = [path, &[Step::Language(language)]].concat();
            let numbers = |all: &BTreeMap<String, BTreeSet<_>>| {
                all.keys().cloned().collect::<Vec<_>>().join(", ")
            };
            let name = |language: &Arc<str>| Arg::from(&**language);
            if numbers(&first) != numbers(&other) {
                let or_dash = |list: String| {
                    if list.is_empty() {
                        "–".to_owned()
                    } else {
                        list
                    }
                };
                self.add(
                    "numbers-differ",
                    &at,
                    [
                        ("language", name(language)),
                        ("numbers", or_dash(numbers(&other)).into()),
                        ("other-language", name(first_language)),
                        ("other-numbers", or_dash(numbers(&first)).into()),
                    ],
                );
                continue;
            }
            let differing = first.iter().find(|(number, units)| {
                other.get(*number).is_some_and(|others| {
                    !units.is_empty() && !others.is_empty() && *units != others
                })
            });
            if let Some((number, _)) = differing {
                self.add(
                    "units-differ",
                    &at,
                    [
                        ("number", number.as_str().into()),
                        ("language", name(language)),
                        ("other-language", name(first_language)),
                    ],
                );
            }
        }
    }
}

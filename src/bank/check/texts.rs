//! Texts in several languages: all there, none empty, the same numbers in each (Q21).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use super::lists::LISTS;
use super::numbers::quantities;
use super::reading::Findings;
use crate::bank::Localised;
use crate::bank::problem::Arg;
use crate::bank::source::Step;
use crate::hotlines::{self, Hotlines, tokens};
use crate::texts::Texts;

/// The numbers with which texts are looked at; a station's own are put in later.
static HOTLINES: LazyLock<Hotlines> = LazyLock::new(Hotlines::default);

/// A text with its telephone numbers. What is complained of counts as a number, so that nothing else
/// is found wrong with it.
pub(super) fn filled(text: &str) -> Cow<'_, str> {
    // Most texts are done with here.
    if tokens(text).next().is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(hotlines::replaced(text, |token| {
        token
            .id
            .and_then(|id| HOTLINES.number(id))
            .unwrap_or("12345")
    }))
}

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
        let mut with_lines = BTreeMap::new();
        for (language, text) in &given.0 {
            let at = [path, &[Step::Language(language)]].concat();
            if text.trim().is_empty() {
                self.add("empty-text", &at, []);
            }
            let shown = filled(text);
            self.lines_known(text, &at);
            self.glyphs(language, &shown, &at);
            self.quotes(language, text, &at);
            if languages.declared.is_some() && !languages.has(language) {
                self.add(
                    "extra-language",
                    &at,
                    [("language", language.as_str().into())],
                );
            }
            let language_tag: Arc<str> = language.as_str().into();
            if let Cow::Owned(_) = shown {
                with_lines.insert(language_tag.clone(), text.clone());
            }
            let before = by_language.insert(language_tag, shown.into_owned());
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
            with_lines,
        })
    }

    /// Q28: nothing stands in double braces but the lines that there are.
    fn lines_known(&mut self, text: &str, at: &[Step<'_>]) {
        for token in tokens(text) {
            let known = token.id.and_then(|id| HOTLINES.number(id));
            if known.is_none() {
                let args = [
                    ("token", token.written.into()),
                    ("known", hotlines::ids().into()),
                ];
                self.add("unknown-hotline", at, args);
            }
        }
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

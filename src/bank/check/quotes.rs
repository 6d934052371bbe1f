//! Quotation marks and apostrophes as print has them; straight ones are for code.

use super::item::Tongue;
use super::reading::Findings;
use crate::bank::source::Step;

impl<T> Findings<'_, T> {
    /// Warns of straight marks in a text in a language (BCP 47 tag). An apostrophe in Chinese belongs
    /// to a foreign name.
    pub(super) fn quotes(&mut self, language: &str, text: &str, path: &[Step<'_>]) {
        let straight: &[char] = match Tongue::of(language) {
            Tongue::Chinese => &['"'],
            Tongue::English => &['"', '\''],
            Tongue::Other => &[],
        };
        if let Some(mark) = text.chars().find(|one| straight.contains(one)) {
            self.add("straight-quotes", path, [("mark", mark.to_string().into())]);
        }
    }
}

//! What stands in for `layout` in the office tool, which cannot lay questions out and says so.

use std::io::{self, Write};
use std::path::Path;

use crate::bank::{Pack, Problem};
use crate::locale::Locales;

use super::Failure;

/// Says once that nothing is measured.
pub(super) struct Layouts {
    note: Option<String>,
}

impl Layouts {
    /// What is said is said in `language`.
    pub(super) fn new(language: &str) -> Result<Self, Failure> {
        let note = Locales::shipped()?.text(language, "check-layout-unmeasured");
        Ok(Self { note: Some(note) })
    }

    /// Nothing that this program could find.
    pub(super) fn problems(&mut self, _: &Path, _: &Pack) -> Vec<Problem> {
        if let Some(note) = self.note.take() {
            // Nobody is left to tell when this fails, too.
            drop(writeln!(io::stderr(), "{note}"));
        }
        Vec::new()
    }
}

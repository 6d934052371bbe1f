//! Where it is written: the law or document that a question rests on.

use jiff::civil::Date;

use super::Localised;

/// Where a question's fact is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub(super) title: Localised,
    pub(super) issuer: Localised,
    pub(super) date: Option<Date>,
    pub(super) number: Option<String>,
    pub(super) article: Option<String>,
}

impl Source {
    /// The document's name.
    #[must_use]
    pub fn title(&self) -> &Localised {
        &self.title
    }

    /// Who issued it.
    #[must_use]
    pub fn issuer(&self) -> &Localised {
        &self.issuer
    }

    /// When; a source without a date has a number.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// The document's number; a source without a number has a date.
    #[must_use]
    pub fn number(&self) -> Option<&str> {
        self.number.as_deref()
    }

    /// The article or articles of a law, digits only.
    #[must_use]
    pub fn article(&self) -> Option<&str> {
        self.article.as_deref()
    }
}

//! Where a fact is written down and how long a question may be asked (Q18, Q19).

use jiff::ToSpan;
use jiff::civil::Date;

use super::REVIEW_MONTHS;
use super::reading::Findings;
use super::texts::Languages;
use crate::bank::Source;
use crate::bank::problem::Arg;
use crate::bank::source::{self, Step};

/// Q18: a source that can be found again.
pub(super) fn check_source(
    findings: &mut Findings<'_, source::Question>,
    languages: &Languages,
) -> Option<Source> {
    let path = Step::Field("source");
    let given = &findings.read.value.source;
    let source = findings.required(given, &[path], "missing-source-field")?;
    let at = |name| [path, Step::Field(name)];
    let title = findings.required(&source.title, &at("title"), "missing-source-field");
    let title = findings.texts(title, languages, &at("title"));
    let issuer = findings.required(&source.issuer, &at("issuer"), "missing-source-field");
    let issuer = findings.texts(issuer, languages, &at("issuer"));
    let date = match &source.date.0 {
        Some(text) => findings.parse_date(text, &at("date")),
        None => None,
    };
    let number = findings.plain_text(&source.number, &at("number"));
    let article = findings.plain_text(&source.article, &at("article"));
    let lost = findings.is_dropped(&at("date")) || findings.is_dropped(&at("number"));
    if source.date.0.is_none() && number.is_none() && !lost {
        findings.add("source-undated", &[path], []);
    }
    Some(Source {
        title: title?,
        issuer: issuer?,
        date,
        number,
        article,
    })
}

/// Q18 and Q19: checked once, to be reviewed in time.
pub(super) fn check_dates(
    findings: &mut Findings<'_, source::Question>,
    today: Date,
) -> Option<Date> {
    let question = &findings.read.value;
    let path = [Step::Field("review_by")];
    let checked_on = findings.date(&question.checked_on, &[Step::Field("checked_on")]);
    let review_by = findings.date(&question.review_by, &path)?;
    if let Some(checked_on) = checked_on {
        if review_by < checked_on {
            findings.add("review-before-check", &path, []);
        } else if checked_on
            .checked_add(REVIEW_MONTHS.months())
            .is_ok_and(|latest| review_by > latest)
        {
            let months = Arg::Number(REVIEW_MONTHS.into());
            findings.add("review-too-late", &path, [("months", months)]);
        }
    }
    if review_by < today {
        findings.add(
            "past-review",
            &path,
            [("value", review_by.to_string().into())],
        );
    }
    Some(review_by)
}

//! `pack.ron`: what a pack says of itself.

use std::path::Path;
use std::sync::Arc;

use super::reading::{Findings, Part, Problems, Read, SourceFile, read_struct};
use super::texts::Languages;
use crate::bank::problem::Arg;
use crate::bank::source::{self, Given, Step};
use crate::bank::{Audience, FORMAT, PackInfo};

/// Reads and checks `pack.ron`: the pack, and its languages even when something else is wrong.
pub(super) fn read_info(
    folder: &Path,
    file: &SourceFile,
    problems: &mut Problems,
) -> (Option<PackInfo>, Languages) {
    let mut mistakes = Vec::new();
    let read: Option<Read<source::Pack>> =
        read_struct(file, Part::Whole, &source::PACK, &mut mistakes);
    for mistake in mistakes {
        file.mistake(mistake, None, problems);
    }
    let Some(read) = read else {
        return (None, Languages::default());
    };
    let mut findings = Findings {
        file,
        read: &read,
        question: None,
        problems,
    };
    let pack = &read.value;
    let field = |name| [Step::Field(name)];

    if let Some(format) = findings.required(&pack.format, &field("format"), "missing-field")
        && *format > FORMAT
    {
        let (format, newest) = (Arg::Number((*format).into()), Arg::Number(FORMAT.into()));
        findings.add(
            "format-too-new",
            &field("format"),
            [("format", format), ("newest", newest)],
        );
    }
    let id = findings.id(&pack.id, &field("id"));
    let version = findings.required(&pack.version, &field("version"), "missing-field");
    if version == Some(&0) {
        findings.add("bad-version", &field("version"), []);
    }
    let topic = findings.id(&pack.topic, &field("topic"));
    for (name, given) in [
        ("licence", &pack.licence),
        ("reviewed_by", &pack.reviewed_by),
    ] {
        findings.required(given, &field(name), "missing-field");
        findings.plain_text(given, &field(name));
    }
    if findings
        .required(&pack.reviewed_on, &field("reviewed_on"), "missing-field")
        .is_some()
    {
        findings.date(&pack.reviewed_on, &field("reviewed_on"));
    }
    let languages = findings.required(&pack.languages, &field("languages"), "missing-field");
    let languages = languages.and_then(|tags| {
        if tags.is_empty() {
            let args = [("name", "languages".into())];
            findings.add("empty-list", &field("languages"), args);
            return None;
        }
        Some(read_languages("languages", tags, &[], &mut findings))
    });
    let begun = pack.languages_begun.0.as_deref().unwrap_or_default();
    let whole = languages.as_deref().unwrap_or_default();
    let begun = read_languages("languages_begun", begun, whole, &mut findings);
    let known = Languages {
        declared: languages.clone(),
        begun,
    };
    let plan = read_plan(&pack.plan, &mut findings);
    let title = findings.required(&pack.title, &field("title"), "missing-field");
    let title = findings.texts(title, &known, &field("title"));
    let publisher = findings.required(&pack.publisher, &field("publisher"), "missing-field");
    let publisher = findings.texts(publisher, &known, &field("publisher"));
    for (name, text) in [("title", &title), ("publisher", &publisher)] {
        // A pack is one file for many stations, and its name the same at each.
        if text
            .as_ref()
            .is_some_and(|text| !text.with_lines.is_empty())
        {
            findings.add("hotline-outside-question", &field(name), []);
        }
    }
    let info = (|| {
        Some(PackInfo {
            id: id?,
            folder: folder.to_owned(),
            version: *version?,
            title: title?,
            topic: topic?,
            languages: languages?,
            publisher: publisher?,
            fewer_options: pack.fewer_options.0.unwrap_or(false),
            plan,
        })
    })();
    (info, known)
}

/// Q27: what the pack is to have; entries that cannot be used are noted and left out.
fn read_plan<T>(
    given: &Given<Vec<source::Target>>,
    findings: &mut Findings<'_, T>,
) -> Vec<(Audience, u8, usize)> {
    let mut plan = Vec::new();
    for (index, target) in given.0.iter().flatten().enumerate() {
        let at = |name| [Step::Field("plan"), Step::Entry(index), Step::Field(name)];
        let audience = findings.required(&target.audience, &at("audience"), "missing-field");
        let difficulty = findings.difficulty(&target.difficulty, &at("difficulty"));
        let least = findings.required(&target.least, &at("least"), "missing-field");
        let least = least.and_then(|least| usize::try_from(*least).ok());
        if let (Some(audience), Some(difficulty), Some(least)) = (audience, difficulty, least) {
            plan.push(((*audience).into(), difficulty, least));
        }
    }
    plan
}

/// The languages of a list, as far as they can be any; none twice, and none of `others`.
fn read_languages<T>(
    field: &'static str,
    tags: &[String],
    others: &[Arc<str>],
    findings: &mut Findings<'_, T>,
) -> Vec<Arc<str>> {
    let mut languages: Vec<Arc<str>> = Vec::new();
    for (index, tag) in tags.iter().enumerate() {
        let at = [Step::Field(field), Step::Entry(index)];
        let canonical = tag.parse::<unic_langid::LanguageIdentifier>();
        if canonical.is_ok_and(|canonical| canonical.to_string() == *tag) {
            if languages.iter().chain(others).any(|known| **known == **tag) {
                findings.add(
                    "duplicate-language",
                    &at,
                    [("language", tag.as_str().into())],
                );
            } else {
                languages.push(tag.as_str().into());
            }
        } else {
            findings.add("bad-language", &at, [("value", tag.as_str().into())]);
        }
    }
    languages
}

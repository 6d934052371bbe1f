//! `questions.ron`: every question by itself, and its id among the others.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::numbers::is_digit;
use super::options::check_options;
use super::pack_rules;
use super::provenance::{check_dates, check_source};
use super::reading::{Findings, Read, SourceFile, problem, read_struct};
use super::texts::Languages;
use crate::bank::problem::Problem;
use crate::bank::source::{self, Step};
use crate::bank::{Audience, Kind, Localised, Pack, PackInfo, Question};

/// What `questions.ron` holds: the questions that could be read at all, each with its findings.
pub(super) struct Questions<'a> {
    pub(super) read: Vec<Read<'a, source::Question>>,
    pub(super) languages: Languages,
}

pub(super) fn read_questions<'a>(
    file: &'a SourceFile,
    languages: Option<Vec<Arc<str>>>,
    problems: &mut Vec<Problem>,
) -> Option<Questions<'a>> {
    let languages = Languages {
        declared: languages,
    };
    let entries = match source::entries(file.text()) {
        Ok(entries) => entries,
        Err(mistake) => {
            problems.push(file.mistake(mistake, None));
            return None;
        }
    };
    if entries.is_empty() {
        let at = file.place(0..1);
        problems.push(problem(
            "empty-pack",
            file.path.clone(),
            Some(at),
            None,
            Vec::new(),
        ));
    }
    let mut read = Vec::new();
    for slice in entries {
        let mut mistakes = Vec::new();
        let question: Option<Read<'_, source::Question>> =
            read_struct(file, slice, &source::QUESTION, &mut mistakes);
        let id = question
            .as_ref()
            .and_then(|question| question.value.id.0.clone());
        problems.extend(
            mistakes
                .into_iter()
                .map(|mistake| file.mistake(mistake, id.clone())),
        );
        read.extend(question);
    }
    Some(Questions { read, languages })
}

pub(super) fn check_pack(
    file: &SourceFile,
    info: Option<PackInfo>,
    questions: &Questions<'_>,
    today: Date,
    problems: &mut Vec<Problem>,
) -> Option<Pack> {
    let info = info.map(Arc::new);
    let mut ids: BTreeSet<String> = BTreeSet::new();
    let mut sound = Vec::new();
    for read in &questions.read {
        let mut findings = Findings {
            file,
            read,
            question: read.value.id.0.clone(),
            problems,
        };
        let question = check_question(&mut findings, info.as_ref(), &questions.languages, today);
        if let Some(id) = &read.value.id.0
            && !ids.insert(id.clone())
        {
            findings.add("duplicate-question", &[Step::Field("id")], []);
        }
        sound.extend(question.map(Arc::new));
    }
    // A share of what is left after mistakes would be a share of something else.
    if sound.len() == questions.read.len() {
        for finding in pack_rules::check(&sound, &[]) {
            let blamed = finding.question.and_then(|index| questions.read.get(index));
            let at = blamed.map(|read| {
                let options = [Step::Field("options")];
                file.place(source::locate(
                    file.text(),
                    read.slice,
                    read.shape,
                    &options,
                ))
            });
            let id = blamed.and_then(|read| read.value.id.0.clone());
            let path = file.path.clone();
            problems.push(problem(finding.code, path, at, id, finding.args));
        }
    }
    if !sound.is_empty() && sound.iter().all(|question| !question.is_current(today)) {
        problems.push(problem(
            "none-current",
            file.path.clone(),
            None,
            None,
            Vec::new(),
        ));
    }
    Some(Pack {
        info: info?,
        questions: sound,
    })
}

pub(super) fn check_question(
    findings: &mut Findings<'_, source::Question>,
    info: Option<&Arc<PackInfo>>,
    languages: &Languages,
    today: Date,
) -> Option<Question> {
    let question = &findings.read.value;
    let field = |name| [Step::Field(name)];

    let id = findings.id(&question.id, &field("id"));
    let kind = findings
        .required(&question.kind, &field("kind"), "missing-field")
        .map(|kind| match kind {
            source::Kind::Single => Kind::Single,
            source::Kind::TrueFalse => Kind::TrueFalse,
            source::Kind::Multi => Kind::Multi,
        });
    let audiences = findings.required(&question.audiences, &field("audiences"), "missing-field");
    if audiences.is_some_and(Vec::is_empty) {
        findings.add(
            "empty-list",
            &field("audiences"),
            [("name", "audiences".into())],
        );
    }
    let difficulty = findings
        .required(&question.difficulty, &field("difficulty"), "missing-field")
        .and_then(|given| {
            u8::try_from(*given)
                .ok()
                .filter(|given| (1..=3).contains(given))
        });
    if difficulty.is_none() && question.difficulty.0.is_some() {
        findings.add("difficulty", &field("difficulty"), []);
    }
    let fact = findings.plain_text(&question.fact, &field("fact"));
    let prompt = findings.required(&question.prompt, &field("prompt"), "missing-field");
    let prompt = findings.texts(prompt, languages, &field("prompt"));
    let options = check_options(findings, languages, kind);
    let explanation = findings.required(
        &question.explanation,
        &field("explanation"),
        "missing-field",
    );
    let explanation = findings.texts(explanation, languages, &field("explanation"));
    let source = check_source(findings, languages);
    let review_by = check_dates(findings, today);

    let (kind, options) = (kind?, options?);
    Some(Question {
        id: id?,
        pack: info?.clone(),
        kind,
        audiences: audiences?
            .iter()
            .map(|audience| domain(*audience))
            .collect(),
        difficulty: difficulty?,
        fact,
        prompt: prompt?,
        keeps_order: kind == Kind::TrueFalse
            || question.ordered.0 == Some(true)
            || options.iter().all(|option| is_numeric(&option.text)),
        options,
        explanation: explanation?,
        source: source?,
        review_by: review_by?,
    })
}

pub(super) fn domain(audience: source::Audience) -> Audience {
    match audience {
        source::Audience::Youth => Audience::Youth,
        source::Audience::Farmer => Audience::Farmer,
        source::Audience::Worker => Audience::Worker,
        source::Audience::Senior => Audience::Senior,
        source::Audience::Cadre => Audience::Cadre,
        source::Audience::General => Audience::General,
    }
}

/// Whether an option is a number (with a unit, perhaps) in every language.
pub(super) fn is_numeric(text: &Localised) -> bool {
    text.by_language
        .values()
        .all(|text| text.trim_start().starts_with(is_digit))
}

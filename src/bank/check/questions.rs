//! `questions.ron`: every question by itself, and its id among the others.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::civil::Date;

use super::media::{Media, Stands, check_image, check_narration};
use super::numbers::is_digit;
use super::options::{check_options, check_pictured};
use super::pack_rules;
use super::provenance::{check_dates, check_source};
use super::reading::{Findings, Part, Problems, Read, SourceFile, read_struct};
use super::rules::check_wording;
use super::texts::Languages;
use crate::bank::source::{self, Step};
use crate::bank::{Audience, Kind, Localised, Pack, PackInfo, Question};
use crate::hotlines::Hotlines;

/// What `questions.ron` holds: the questions that could be read at all.
pub(super) fn read_questions(
    file: &SourceFile,
    problems: &mut Problems,
) -> Option<Vec<Read<source::Question>>> {
    let read: Vec<_> = match ron::from_str::<source::Questions>(file.text()) {
        Ok(source::Questions(questions)) => questions
            .into_iter()
            .enumerate()
            .map(|(index, question)| Read::sound(question, Part::Entry(index), &source::QUESTION))
            .collect(),
        Err(_) => read_one_by_one(file, problems)?,
    };
    if read.is_empty() {
        problems.note_at("empty-pack", &file.path, Some(file.place(0..1)), Vec::new());
    }
    Some(read)
}

/// The slow way, which names every mistake and saves the questions around it.
fn read_one_by_one(
    file: &SourceFile,
    problems: &mut Problems,
) -> Option<Vec<Read<source::Question>>> {
    let count = match file.entries() {
        Ok(entries) => entries.len(),
        Err(mistake) => {
            file.mistake(mistake.clone(), None, problems);
            return None;
        }
    };
    if count > source::MOST_QUESTIONS {
        let args = vec![("most", source::MOST_QUESTIONS.into())];
        problems.note_at(
            "too-many-questions",
            &file.path,
            Some(file.place(0..1)),
            args,
        );
        return None;
    }
    let mut read = Vec::new();
    for index in 0..count {
        let mut mistakes = Vec::new();
        let question: Option<Read<source::Question>> =
            read_struct(file, Part::Entry(index), &source::QUESTION, &mut mistakes);
        let id = question
            .as_ref()
            .and_then(|question| question.value.id.0.clone());
        for mistake in mistakes {
            file.mistake(mistake, id.clone(), problems);
        }
        read.extend(question);
    }
    Some(read)
}

pub(super) fn check_questions(
    file: &SourceFile,
    info: Option<PackInfo>,
    questions: &[Read<source::Question>],
    languages: &Languages,
    media: &mut Media<'_>,
    today: Date,
    problems: &mut Problems,
) -> Option<Pack> {
    let info = info.map(Arc::new);
    let mut ids: HashSet<&str> = HashSet::new();
    let mut sound = Vec::new();
    for read in questions {
        let id = read.value.id.0.as_deref();
        let mut findings = Findings {
            file,
            read,
            question: id,
            problems,
        };
        let question = check_question(&mut findings, info.as_ref(), languages, media, today);
        if let Some(id) = id
            && !ids.insert(id)
        {
            findings.add("duplicate-question", &[Step::Field("id")], []);
        }
        sound.extend(question.map(Arc::new));
    }
    // A share of what is left after mistakes would be a share of something else.
    if sound.len() == questions.len() {
        let plan = info.as_ref().map_or(&[][..], |info| info.plan());
        for found in pack_rules::check(&sound, plan) {
            match found.question.and_then(|index| questions.get(index)) {
                Some(read) => Findings {
                    file,
                    read,
                    question: read.value.id.0.as_deref(),
                    problems,
                }
                .add_all(found.code, &[Step::Field("options")], found.args),
                None => problems.note_at(found.code, &file.path, None, found.args),
            }
        }
    }
    if !sound.is_empty() && sound.iter().all(|question| !question.is_current(today)) {
        problems.note_at("none-current", &file.path, None, Vec::new());
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
    media: &mut Media<'_>,
    today: Date,
) -> Option<Question> {
    let question = &findings.read.value;
    let field = |name| [Step::Field(name)];

    let id = findings.id(&question.id, &field("id"));
    let kind = findings
        .required(&question.kind, &field("kind"), "missing-field")
        .map(|kind| Kind::from(*kind));
    if question.rumour.0 == Some(true) && kind.is_some_and(|kind| kind != Kind::TrueFalse) {
        findings.add("rumour-kind", &field("rumour"), []);
    }
    let audiences = findings.required(&question.audiences, &field("audiences"), "missing-field");
    if audiences.is_some_and(Vec::is_empty) {
        findings.add(
            "empty-list",
            &field("audiences"),
            [("name", "audiences".into())],
        );
    }
    let difficulty = findings.difficulty(&question.difficulty, &field("difficulty"));
    let fact = findings.plain_text(&question.fact, &field("fact"));
    let prompt = findings.required(&question.prompt, &field("prompt"), "missing-field");
    let prompt = findings.texts(prompt, languages, &field("prompt"));
    let at = field("image");
    let stands = Stands::AboveOptions;
    let image = check_image(findings, &question.image, &at, stands, languages, media);
    let options = check_options(findings, languages, media, kind);
    check_pictured(findings);
    let explanation = findings.required(
        &question.explanation,
        &field("explanation"),
        "missing-field",
    );
    let explanation = findings.texts(explanation, languages, &field("explanation"));
    let narration = check_narration(findings, languages, media);
    let source = check_source(findings, languages);
    let review_by = check_dates(findings, today);

    check_wording(findings, languages);

    let (kind, options) = (kind?, options?);
    let question = Question {
        id: id?,
        pack: info?.clone(),
        kind,
        rumour: question.rumour.0 == Some(true),
        audiences: audiences?
            .iter()
            .map(|audience| Audience::from(*audience))
            .collect(),
        difficulty: difficulty?,
        fact,
        prompt: prompt?,
        negative: question.negative.0 == Some(true),
        image,
        keeps_order: match kind {
            Kind::TrueFalse => true,
            Kind::Order => false,
            Kind::Single | Kind::Multi => {
                question.ordered.0 == Some(true)
                    || options.iter().all(|option| is_numeric(&option.text))
            }
        },
        options,
        explanation: explanation?,
        narration,
        source: source?,
        review_by: review_by?,
        numbers_until: None,
        lacks_line: false,
    };
    let question = question.with_hotlines(&Hotlines::default());
    if let Some(until) = question.numbers_until
        && until < today
    {
        let args = [
            ("lines", question.lines().join(", ").into()),
            ("value", until.to_string().into()),
        ];
        findings.add("hotline-review", &[], args);
    }
    Some(question)
}

impl From<source::Audience> for Audience {
    fn from(audience: source::Audience) -> Self {
        match audience {
            source::Audience::Youth => Self::Youth,
            source::Audience::Farmer => Self::Farmer,
            source::Audience::Worker => Self::Worker,
            source::Audience::Senior => Self::Senior,
            source::Audience::Cadre => Self::Cadre,
            source::Audience::General => Self::General,
        }
    }
}

impl From<source::Kind> for Kind {
    fn from(kind: source::Kind) -> Self {
        match kind {
            source::Kind::Single => Self::Single,
            source::Kind::TrueFalse => Self::TrueFalse,
            source::Kind::Multi => Self::Multi,
            source::Kind::Order => Self::Order,
        }
    }
}

/// Whether an option is a number (with a unit, perhaps) in every language.
pub(super) fn is_numeric(text: &Localised) -> bool {
    text.by_language
        .values()
        .all(|text| text.trim_start().starts_with(is_digit))
}

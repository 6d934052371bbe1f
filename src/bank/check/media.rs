//! Pictures and sound files: named well, there, of use, described, and used (Q29).

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::reading::Findings;
use super::texts::Languages;
use crate::bank::narration::{Part, Recording, SOUNDS};
use crate::bank::picture::ENDINGS as PICTURES;
use crate::bank::problem::Arg;
use crate::bank::source::{self, Given, Step};
use crate::bank::{Image, Narration, PICTURE_SIDE, Size};
use crate::texts::Texts;

/// The media that a pack has and those of them that a question names.
pub(super) struct Media<'a> {
    there: BTreeSet<&'a str>,
    sizes: &'a BTreeMap<String, Size>,
    used: HashSet<String>,
}

impl<'a> Media<'a> {
    pub(super) fn new(there: &'a [String], sizes: &'a BTreeMap<String, Size>) -> Self {
        Self {
            sizes,
            there: there.iter().map(String::as_str).collect(),
            used: HashSet::new(),
        }
    }

    /// Those that no question names.
    pub(super) fn unused(&self) -> impl Iterator<Item = &'a str> {
        let there = self.there.iter().copied();
        there.filter(|name| !self.used.contains(*name))
    }

    /// A file that is named, or what is wrong with it, as a code and values for its sentence.
    pub(super) fn file(
        &mut self,
        name: &str,
        endings: &[&str],
    ) -> Result<String, (&'static str, Vec<(&'static str, Arg)>)> {
        let value = ("value", name.into());
        if !is_safe(name, endings) {
            let endings = ("endings", endings.join(", ").into());
            return Err(("bad-media-name", vec![value, endings]));
        }
        self.used.insert(name.to_owned());
        if !self.there.contains(name) {
            return Err(("missing-media", vec![value]));
        }
        Ok(name.to_owned())
    }
}

/// Whether a name is `media/`, plain characters and one of the endings: the same file on every
/// system, and never one outside the pack.
fn is_safe(name: &str, endings: &[&str]) -> bool {
    let plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    name.strip_prefix("media/")
        .and_then(|name| name.rsplit_once('.'))
        .is_some_and(|(stem, ending)| {
            (1..=64).contains(&stem.len()) && stem.bytes().all(plain) && endings.contains(&ending)
        })
}

/// Where a picture stands, which says how large it has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    AboveOptions,
    OnOption,
}

impl Stands {
    /// The least length of the longer side, in pixels: on a screen of 1080 × 1920 pixels a picture
    /// then has two thirds of the pixels of its place, and is not yet seen to be blown up.
    fn least_side(self) -> u32 {
        match self {
            Self::AboveOptions => 640,
            Self::OnOption => 280,
        }
    }
}

/// How many times as long as the other a side may be before little of the picture is seen.
const LONGEST_SHAPE: u32 = 3;

/// Q29: a picture at a path, with words for those who cannot see it.
pub(super) fn check_image(
    findings: &mut Findings<'_, source::Question>,
    given: &Given<source::Image>,
    path: &[Step<'_>],
    stands: Stands,
    languages: &Languages,
    media: &mut Media<'_>,
) -> Option<Image> {
    let image = given.0.as_ref()?;
    let at = |name| [path, &[Step::Field(name)]].concat();
    let file = findings.required(&image.file, &at("file"), "missing-field");
    let file = file.and_then(|file| match media.file(file, PICTURES) {
        Ok(file) => Some(file),
        Err((code, args)) => {
            findings.add_all(code, &at("file"), args);
            None
        }
    });
    let size = file.as_ref().and_then(|file| {
        let size = media.sizes.get(file).copied();
        check_size(findings, size, &at("file"), stands);
        size
    });
    let alt = findings.required(&image.alt, &at("alt"), "missing-alt");
    let alt = findings.texts(alt, languages, &at("alt"));
    Some(Image {
        file: file?,
        alt: alt?,
        size: size?,
    })
}

fn check_size(
    findings: &mut Findings<'_, source::Question>,
    size: Option<Size>,
    path: &[Step<'_>],
    stands: Stands,
) {
    let Some(Size { width, height }) = size else {
        findings.add("picture-unreadable", path, []);
        return;
    };
    let (shorter, longer) = (width.min(height), width.max(height));
    let pixels = |side: u32| side as usize;
    let is = [
        ("width", pixels(width).into()),
        ("height", pixels(height).into()),
    ];
    let with = |name, limit: u32| {
        let [width, height] = is.clone();
        [width, height, (name, pixels(limit).into())]
    };
    if longer > PICTURE_SIDE {
        findings.add("picture-large", path, with("most", PICTURE_SIDE));
    } else if longer > shorter * LONGEST_SHAPE {
        findings.add("picture-shape", path, with("most", LONGEST_SHAPE));
    } else if longer < stands.least_side() {
        findings.add("picture-small", path, with("least", stands.least_side()));
    }
}

/// The sound files; a text and a language may be without.
pub(super) fn check_narration(
    findings: &mut Findings<'_, source::Question>,
    languages: &Languages,
    media: &mut Media<'_>,
) -> Narration {
    let mut heard = Narration::default();
    let question = &findings.read.value;
    let Some(given) = &question.narration.0 else {
        return heard;
    };
    let at = |name| vec![Step::Field("narration"), Step::Field(name)];
    let mut files =
        |findings: &mut Findings<'_, _>, part: Part, path: &[Step<'_>], texts: &Texts| {
            for (language, recording) in check_files(findings, languages, media, path, texts) {
                heard.add(part.clone(), &language, recording);
            }
        };
    for (name, part, texts) in [
        ("prompt", Part::Prompt, &given.prompt),
        ("explanation", Part::Explanation, &given.explanation),
    ] {
        if let Some(texts) = &texts.0 {
            files(findings, part, &at(name), texts);
        }
    }
    type MakePart = fn(String) -> Part;
    let by_id: [(_, MakePart, _); 2] = [
        ("options", Part::Option, &given.options),
        ("feedback", Part::Feedback, &given.feedback),
    ];
    for (name, part, given) in by_id {
        let mut seen: HashSet<&str> = HashSet::new();
        for (id, texts) in given.0.iter().flat_map(|given| &given.0) {
            let path = [at(name), vec![Step::Language(id)]].concat();
            let mut options = question.options.0.iter().flatten();
            let option = options.find(|option| option.id.0.as_ref() == Some(id));
            let speaks =
                option.is_some_and(|option| name == "options" || option.feedback.0.is_some());
            let value = || [("value", id.as_str().into())];
            if !speaks && !findings.is_dropped(&[Step::Field("options")]) {
                findings.add("narration-unknown", &path, value());
            }
            if !seen.insert(id) {
                findings.add("duplicate-option", &path, value());
            }
            files(findings, part(id.clone()), &path, texts);
        }
    }
    heard
}

/// The sound files of one text, by language.
fn check_files(
    findings: &mut Findings<'_, source::Question>,
    languages: &Languages,
    media: &mut Media<'_>,
    path: &[Step<'_>],
    texts: &Texts,
) -> BTreeMap<String, Recording> {
    let mut files = BTreeMap::new();
    for (language, file) in &texts.0 {
        let at = [path, &[Step::Language(language)]].concat();
        let args = || [("language", language.as_str().into())];
        let declared = languages.declared.as_ref();
        if declared.is_some_and(|all| all.iter().all(|own| **own != **language)) {
            findings.add("extra-language", &at, args());
        }
        if files.contains_key(language) {
            findings.add("duplicate-language", &at, args());
        }
        match media.file(file, &SOUNDS) {
            Ok(file) => {
                files.insert(language.clone(), Recording::new(file, false));
            }
            Err((code, args)) => findings.add_all(code, &at, args),
        }
    }
    files
}

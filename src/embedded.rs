//! The files inside the program, so that one file runs anywhere: locales, starter packs, fonts and
//! icons.

use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::bank::{FILE_LIMIT, PackFiles, narration, sizes};
use crate::files;

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/locales");
static QUIZZES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/quizzes");

/// The files of a locale.
#[derive(Clone, Debug, Default)]
pub struct LocaleFiles<'a> {
    /// The language's tag: the name of the folder.
    pub tag: &'a str,
    /// `locale.ron`, where there is one.
    pub settings: Option<&'a str>,
    /// The text of each Fluent file.
    pub texts: Vec<&'a str>,
}

/// Each shipped locale.
pub fn locales() -> impl Iterator<Item = LocaleFiles<'static>> {
    LOCALES.dirs().map(|folder| {
        let is_fluent = |path: &Path| path.extension().is_some_and(|end| end == "ftl");
        let texts = folder.files().filter(|file| is_fluent(file.path()));
        let settings = LOCALES.get_file(folder.path().join("locale.ron"));
        LocaleFiles {
            tag: folder.path().to_str().unwrap_or_default(),
            settings: settings.and_then(text_of),
            texts: texts.filter_map(text_of).collect(),
        }
    })
}

fn text_of(file: &'static include_dir::File<'static>) -> Option<&'static str> {
    std::str::from_utf8(file.contents()).ok()
}

/// What the paths of files inside the program begin with, in messages and in packs.
const BUILT_IN: &str = "(built in)";

/// The starter packs, in the order in which their topics are offered.
pub fn packs() -> impl Iterator<Item = PackFiles> {
    QUIZZES.dirs().map(|folder| {
        let (media, at) = (media(folder), Path::new(BUILT_IN).join(folder.path()));
        PackFiles {
            pack: read(folder, "pack.ron"),
            questions: read(folder, "questions.ron"),
            pictures: sizes(&media, |name| pack_file(&at, name).map(<[u8]>::to_vec)),
            narration: folder
                .get_file(folder.path().join(narration::FILE))
                .map(|_| read(folder, narration::FILE)),
            media,
            folder: at,
        }
    })
}

/// A file in the folder of a starter pack; `None` where the folder is no starter pack's, or has no
/// such file.
#[must_use]
pub fn pack_file(folder: &Path, name: &str) -> Option<&'static [u8]> {
    let folder = folder.strip_prefix(BUILT_IN).ok()?;
    let file = QUIZZES.get_file(folder.join(name))?;
    Some(file.contents())
}

/// The media of a starter pack, as its questions name them.
fn media(folder: &Dir<'_>) -> Vec<String> {
    let files = folder.get_dir(folder.path().join("media"));
    let files = files.into_iter().flat_map(Dir::files);
    let names = files.filter_map(|file| file.path().file_name()?.to_str());
    names.map(|name| format!("media/{name}")).collect()
}

fn read(folder: &Dir<'_>, name: &str) -> Result<Vec<u8>, files::Error> {
    let path = folder.path().join(name);
    let error = |cause| files::Error {
        verb: files::Verb::Read,
        path: path.clone(),
        cause,
    };
    let file = folder
        .get_file(&path)
        .ok_or_else(|| error(files::Cause::Io(std::io::ErrorKind::NotFound.into())))?;
    if file.contents().len() as u64 > FILE_LIMIT {
        return Err(error(files::Cause::TooLarge { limit: FILE_LIMIT }));
    }
    Ok(file.contents().to_owned())
}

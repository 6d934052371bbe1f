//! The files inside the program, so that one file runs anywhere: locales, starter packs, fonts and
//! icons.

use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::bank::{FILE_LIMIT, PackFiles, narration};
use crate::files;

static LOCALES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/assets/locales");
static QUIZZES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/quizzes");

/// Each shipped locale: its tag and the text of each of its Fluent files.
pub fn locales() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    LOCALES.dirs().map(|folder| {
        let tag = folder.path().to_str().unwrap_or_default();
        let texts = folder.files().filter_map(|file| file.contents_utf8());
        (tag, texts.collect())
    })
}

/// What the paths of files inside the program begin with, in messages and in packs.
const BUILT_IN: &str = "(built in)";

/// The starter packs, in the order in which their topics are offered.
pub fn packs() -> impl Iterator<Item = PackFiles> {
    QUIZZES.dirs().map(|folder| PackFiles {
        folder: Path::new(BUILT_IN).join(folder.path()),
        pack: read(folder, "pack.ron"),
        questions: read(folder, "questions.ron"),
        narration: folder
            .get_file(folder.path().join(narration::FILE))
            .map(|_| read(folder, narration::FILE)),
        media: media(folder),
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

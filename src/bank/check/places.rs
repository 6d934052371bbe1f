//! Places for what was found after the check of a pack, when its text had been let go of.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::reading::{Part, Problems, SourceFile};
use crate::bank::FILE_LIMIT;
use crate::bank::problem::{Place, Problem};
use crate::bank::source::{self, QUESTION, Step};
use crate::files;

/// Gives a place to each problem of a question that has none: where the question's id stands. The
/// files are read again; a problem whose file has changed meanwhile stays without.
pub fn find_places(problems: &mut [Problem]) {
    let mut files: BTreeMap<PathBuf, BTreeMap<String, Place>> = BTreeMap::new();
    for problem in problems {
        let Some(question) = problem
            .question
            .as_ref()
            .filter(|_| problem.place.is_none())
        else {
            continue;
        };
        if !files.contains_key(&problem.file) {
            files.insert(problem.file.clone(), places_in(&problem.file));
        }
        let places = files.get(&problem.file);
        problem.place = places.and_then(|places| places.get(question)).cloned();
    }
}

/// The places of the ids of all questions in a file.
fn places_in(path: &Path) -> BTreeMap<String, Place> {
    let bytes = files::read(path, FILE_LIMIT);
    let mut places = BTreeMap::new();
    let Some(file) = SourceFile::read(path.to_owned(), bytes, &mut Problems::default()) else {
        return places;
    };
    for index in 0..file.entries().map_or(0, <[_]>::len) {
        let slice = file.slice(Part::Entry(index));
        let at = source::locate(file.text(), slice, &QUESTION, &[Step::Field("id")]);
        let quoted = file.text().get(at.clone()).unwrap_or_default();
        if let Ok(id) = ron::from_str::<String>(quoted) {
            places.insert(id, file.place(at));
        }
    }
    places
}

//! From folders to a bank: packs are found, read, checked side by side, and the best of each id kept.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::thread;

use jiff::civil::Date;

use super::{
    FILE_LIMIT, MOST_MEDIA, PICTURE_HEAD, Pack, Problem, QuestionBank, Size, check, narration,
    sizes,
};
use crate::files;

/// The files of one pack folder, as they were read or failed to be.
pub struct PackFiles {
    /// The folder, for messages.
    pub folder: PathBuf,
    /// The bytes of `pack.ron`.
    pub pack: Result<Vec<u8>, files::Error>,
    /// The bytes of `questions.ron`.
    pub questions: Result<Vec<u8>, files::Error>,
    /// The bytes of `narration.ron`, where there is one.
    pub narration: Option<Result<Vec<u8>, files::Error>>,
    /// The names of the media files, as questions name them: `media/tap.png`.
    pub media: Vec<String>,
    /// The sizes of the pictures among them; one that is not here cannot be read.
    pub pictures: BTreeMap<String, Size>,
}

impl PackFiles {
    /// Reads a pack folder from disk; what cannot be read becomes a problem of the pack later.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        // Without such a folder every medium that a question names is missing, and said to be.
        let media = files::names_in(&folder.join("media"), MOST_MEDIA).unwrap_or_default();
        let media: Vec<String> = media.iter().map(|name| format!("media/{name}")).collect();
        let head = |name: &str| files::head(&folder.join(name), PICTURE_HEAD).ok();
        Self {
            folder: folder.to_owned(),
            pack: files::read(&folder.join("pack.ron"), FILE_LIMIT),
            questions: files::read(&folder.join("questions.ron"), FILE_LIMIT),
            narration: read_narration(folder),
            pictures: sizes(&media, head),
            media,
        }
    }
}

/// What a machine speaks of a pack is named in a file that need not be there.
fn read_narration(folder: &Path) -> Option<Result<Vec<u8>, files::Error>> {
    let path = folder.join(narration::FILE);
    path.exists().then(|| files::read(&path, FILE_LIMIT))
}

/// Finds the pack folders at a path: the folder itself, those directly in it, or the folder of a
/// `pack.ron` or `questions.ron` that is named. An empty result means that there is no pack.
pub fn find_packs(path: &Path) -> Result<Vec<PackFiles>, files::Error> {
    let is_pack =
        |folder: &Path| folder.join("pack.ron").exists() || folder.join("questions.ron").exists();
    let named = path
        .file_name()
        .is_some_and(|name| name == "pack.ron" || name == "questions.ron");
    if named && path.is_file() {
        return Ok(vec![PackFiles::read(
            path.parent().unwrap_or(Path::new("")),
        )]);
    }
    if is_pack(path) {
        return Ok(vec![PackFiles::read(path)]);
    }
    let folders = files::folders_in(path)?;
    Ok(folders
        .iter()
        .filter(|folder| is_pack(folder))
        .map(|folder| PackFiles::read(folder))
        .collect())
}

/// A pack after its check.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The pack, unless something found is an error.
    pub pack: Option<Pack>,
    /// Everything found wrong with it.
    pub problems: Vec<Problem>,
}

/// Checks packs by themselves, as many side by side as the machine has cores; the results are in
/// the order of the packs. `done` is told of every pack that is finished.
#[must_use]
pub fn check_packs(
    packs: Vec<PackFiles>,
    today: Date,
    done: &(dyn Fn(&Checked) + Sync),
) -> Vec<Checked> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = cores.min(packs.len());
    let packs = Mutex::new(packs.into_iter().enumerate());
    let work = || {
        let mut finished = Vec::new();
        loop {
            // Its own statement, so that the lock is not held while the pack is checked.
            let next = packs.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((index, files)) = next else {
                return finished;
            };
            let (pack, problems) = check::pack(files, today);
            let checked = Checked { pack, problems };
            done(&checked);
            finished.push((index, checked));
        }
    };
    let mut all = thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for helper in helpers {
            all.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        all
    });
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, checked)| checked).collect()
}

/// Checks packs and makes a bank of those without errors.
///
/// Returns every problem found besides. Of several packs with one id the highest version is used,
/// and of several with the same version the last: the station's own folder is named after the
/// packs shipped with the program.
#[must_use]
pub fn load(
    packs: impl IntoIterator<Item = PackFiles>,
    today: Date,
) -> (QuestionBank, Vec<Problem>) {
    let mut bank = QuestionBank::default();
    let mut problems = Vec::new();
    for checked in check_packs(packs.into_iter().collect(), today, &|_| {}) {
        problems.extend(checked.problems);
        let Some(pack) = checked.pack else { continue };
        let same = bank
            .packs
            .iter_mut()
            .find(|other| other.info.id == pack.info.id);
        match same {
            Some(other) if other.info.version > pack.info.version => {}
            Some(other) => *other = pack,
            None => bank.packs.push(pack),
        }
    }
    (bank, problems)
}

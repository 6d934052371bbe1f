//! `narration.ron`: what a machine speaks, as long as it still says what is written.

use std::collections::HashMap;
use std::sync::Arc;

use super::media::Media;
use super::reading::{Part as FilePart, Problems, SourceFile};
use crate::bank::narration::{Recording, SOUNDS, Spoken, fingerprint, parts};
use crate::bank::source;
use crate::bank::{Pack, PackFiles};

/// Reads the entries and marks their files as used.
pub(super) fn read_spoken(
    files: &mut PackFiles,
    problems: &mut Problems,
) -> Option<(SourceFile, Vec<Spoken>)> {
    let path = files.folder.join(crate::bank::narration::FILE);
    let file = SourceFile::read(path, files.narration.take()?, problems)?;
    match ron::from_str(file.text()) {
        Ok(entries) => Some((file, entries)),
        Err(error) => {
            let mistake = source::mistake(file.text(), file.text(), error);
            file.mistake(mistake, None, problems);
            None
        }
    }
}

/// Lets the questions of a pack be heard. An entry whose text was changed since, has a recording
/// by a person, or is gone, is not used: one warning says how many there are.
pub(super) fn check_spoken(
    file: &SourceFile,
    entries: Vec<Spoken>,
    pack: Option<&mut Pack>,
    media: &mut Media<'_>,
    problems: &mut Problems,
) {
    let mut sound = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        match media.file(&entry.file, &SOUNDS) {
            Ok(_) => sound.push((index, entry)),
            Err((code, args)) => problems.note_at(code, &file.path, Some(place(file, index)), args),
        }
    }
    let Some(pack) = pack else { return };
    let mut by_question: HashMap<String, Vec<(usize, Spoken)>> = HashMap::new();
    for (index, entry) in sound {
        let of_question = by_question.entry(entry.question.clone()).or_default();
        of_question.push((index, entry));
    }
    let mut stale = Vec::new();
    for question in &mut pack.questions {
        // Nobody else has it yet.
        let Some(question) = Arc::get_mut(question) else {
            continue;
        };
        for (index, entry) in by_question.remove(&question.id).unwrap_or_default() {
            let mut texts = parts(question);
            let text = texts.find(|(part, _)| *part == entry.part);
            let says_so = text.is_some_and(|(_, text)| {
                let text = text.by_language.get(entry.language.as_str());
                text.is_some_and(|text| fingerprint(text) == entry.of)
            });
            drop(texts);
            let taken = question
                .narration
                .of(&entry.part, &entry.language)
                .is_some();
            if says_so && !taken {
                let recording = Recording::new(entry.file, true);
                let narration = &mut question.narration;
                narration.add(entry.part, &entry.language, recording);
            } else {
                stale.push(index);
            }
        }
    }
    stale.extend(by_question.into_values().flatten().map(|(index, _)| index));
    // Questions with errors are missing from the pack; what is spoken of them is not stale.
    if let Some(first) = stale.iter().min()
        && !problems.refuse()
    {
        let args = vec![("n", stale.len().into())];
        problems.note_at(
            "narration-stale",
            &file.path,
            Some(place(file, *first)),
            args,
        );
    }
}

fn place(file: &SourceFile, index: usize) -> crate::bank::Place {
    let slice = file.slice(FilePart::Entry(index));
    file.place(source::range_of(file.text(), slice))
}

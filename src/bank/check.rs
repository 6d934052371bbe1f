//! From the source form to questions that cannot be wrong, noting every problem on the way.
//!
//! The numbers of the rules (Q03, …) are those of the project's item-writing checklist.

mod balance;
mod glyphs;
mod info;
mod item;
mod lists;
mod media;
mod numbers;
mod options;
mod pack_rules;
mod pictures;
mod places;
mod provenance;
mod questions;
mod quotes;
mod readable;
mod reading;
mod rules;
mod spoken;
mod subjects;
mod texts;
mod wording;

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::problem::Problem;
use super::{Pack, PackFiles};
use info::read_info;
use media::Media;
use questions::{check_questions, read_questions};
use reading::{Problems, SourceFile};
use spoken::{check_spoken, read_spoken};
use texts::Languages;

pub use places::find_places;
pub(super) use reading::problem;

/// How many options a `Single` question offers (rule Q04; Rodriguez 2005: three are enough).
pub const SINGLE_OPTIONS: RangeInclusive<usize> = 3..=4;

/// How many options a `Multi` question offers (rule Q04).
pub const MULTI_OPTIONS: RangeInclusive<usize> = 4..=5;

/// How many steps an `Order` question has (rule Q30).
pub const ORDER_STEPS: RangeInclusive<usize> = 3..=5;

/// The most months between the check of a question and its review (content rules, 3.0).
pub const REVIEW_MONTHS: i32 = 12;

/// Checks one pack. The pack comes back only when nothing found is an error.
pub(super) fn pack(mut files: PackFiles, today: Date) -> (Option<Pack>, Vec<Problem>) {
    let mut problems = Problems::default();
    let spoken = read_spoken(&mut files, &mut problems);
    let (info, languages) =
        SourceFile::read(files.folder.join("pack.ron"), files.pack, &mut problems)
            .map(|file| read_info(&files.folder, &file, &mut problems))
            .unwrap_or_else(|| (None, Languages::default()));
    let file = SourceFile::read(
        files.folder.join("questions.ron"),
        files.questions,
        &mut problems,
    );
    // Without a sound `pack.ron` the questions are still read, so that one run names everything.
    let pack = file.and_then(|file| {
        let read = read_questions(&file, &mut problems)?;
        let mut media = Media::new(&files.media, &files.pictures);
        let mut pack = check_questions(
            &file,
            info,
            &read,
            &languages,
            &mut media,
            today,
            &mut problems,
        );
        if let Some((file, entries)) = spoken {
            check_spoken(&file, entries, pack.as_mut(), &mut media, &mut problems);
        }
        for name in media.unused() {
            problems.note_at("unused-media", &files.folder.join(name), None, Vec::new());
        }
        pack
    });
    let refused = problems.refuse();
    (
        pack.filter(|_| !refused),
        problems.into_named(&files.folder),
    )
}

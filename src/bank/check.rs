//! From the source form to questions that cannot be wrong, noting every problem on the way.
//!
//! The numbers of the rules (Q03, …) are those of the project's item-writing checklist.

mod glyphs;
mod info;
mod numbers;
mod options;
mod pack_rules;
mod provenance;
mod questions;
mod reading;
mod texts;

use std::ops::RangeInclusive;

use jiff::civil::Date;

use super::problem::{Problem, Severity};
use super::{Pack, PackFiles};
use info::read_info;
use questions::{check_pack, read_questions};
use reading::SourceFile;

pub(super) use reading::problem;

/// How many options a `Single` question offers (rule Q04; Rodriguez 2005: three are enough).
pub const SINGLE_OPTIONS: RangeInclusive<usize> = 3..=4;

/// How many options a `Multi` question offers (rule Q04).
pub const MULTI_OPTIONS: RangeInclusive<usize> = 4..=5;

/// The most months between the check of a question and its review (content rules, 3.0).
pub const REVIEW_MONTHS: i32 = 12;

/// The most problems that are named of one pack: nobody reads more, and a hostile file could have
/// hundreds of thousands.
const MOST_PROBLEMS: usize = 1000;

/// Checks one pack. The pack comes back only when nothing found is an error.
pub(super) fn pack(files: PackFiles, today: Date) -> (Option<Pack>, Vec<Problem>) {
    let mut problems = Vec::new();
    let (info, languages) =
        SourceFile::read(files.folder.join("pack.ron"), files.pack, &mut problems)
            .map_or((None, None), |file| read_info(&file, &mut problems));
    let file = SourceFile::read(
        files.folder.join("questions.ron"),
        files.questions,
        &mut problems,
    );
    // Without a sound `pack.ron` the questions are still read, so that one run names everything.
    let pack = file.and_then(|file| {
        let read = read_questions(&file, languages, &mut problems)?;
        check_pack(&file, info, &read, today, &mut problems)
    });
    let refused = problems
        .iter()
        .any(|problem| problem.severity == Severity::Error);
    if problems.len() > MOST_PROBLEMS {
        let more = problems.len() - MOST_PROBLEMS;
        problems.truncate(MOST_PROBLEMS);
        let args = vec![("more", more.into())];
        problems.push(problem("more-problems", files.folder, None, None, args));
    }
    (pack.filter(|_| !refused), problems)
}

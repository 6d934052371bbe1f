//! `kepu pack review`: a pack before those who sign it off.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::{Words, checked};
use crate::bank::{Pack, PackFiles};
use crate::cli::Failure;
use crate::files;
use crate::locale::values;
use crate::packs::review::{self, Error, Heading, Standing, Verdict};

/// The most bytes of a sheet.
const SHEET_LIMIT: u64 = 64 * 1024 * 1024;

/// Makes a sheet of a pack's questions for a reviewer, takes it back in, or says how far a review is.
///
/// The sheet is a workbook: every question with its languages side by side, the key, the
/// explanation, the source, and columns for the reviewer. Taken in, it changes nothing but the file
/// review.ron in the pack's folder: the verdict, who gave it and when. A question that was changed
/// since the sheet was made is not taken. Exit code 0: done. 1: a row could not be taken, with why;
/// the others were.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder with pack.ron and questions.ron
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Makes the sheet
    #[arg(long, value_name = "FILE.xlsx", conflicts_with = "import")]
    out: Option<PathBuf>,
    /// Takes a sheet in that has come back
    #[arg(long, value_name = "FILE.xlsx")]
    import: Option<PathBuf>,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let folder = &arguments.folder;
    let Some(pack) = checked(PackFiles::read(folder), words)? else {
        return Ok(ExitCode::FAILURE);
    };
    let mut done = ExitCode::SUCCESS;
    if let Some(sheet) = &arguments.import {
        done = import(folder, &pack, sheet, words)?;
    }
    let reviews = review::load(folder).map_err(|error| told(folder, &error, words))?;
    if let Some(out) = &arguments.out {
        let bytes = review::sheet(&pack, &reviews, &|heading| say(heading, words))
            .map_err(|error| Failure(format!("{}: {error}", out.display())))?;
        files::write(out, &bytes)?;
        let path = out.display().to_string();
        let said = words.say("review-sheet-made", &[("path", path.into())]);
        writeln!(io::stdout(), "{said}")?;
    }
    let standing = Standing::of(&pack, &reviews);
    let args = [
        ("agreed", standing.agreed.into()),
        ("change", standing.to_change.into()),
        ("rejected", standing.rejected.into()),
        ("since", standing.changed_since.into()),
        ("unseen", standing.unseen.into()),
    ];
    writeln!(io::stdout(), "{}", words.say("review-standing", &args))?;
    Ok(done)
}

/// Takes a sheet in.
fn import(folder: &Path, pack: &Pack, path: &Path, words: &Words) -> Result<ExitCode, Failure> {
    let bytes = files::read(path, SHEET_LIMIT)?;
    let languages = pack.info().languages().count();
    let Some(rows) = review::read(&bytes, languages, &|word| verdict(word, words)) else {
        let args = [("path", path.display().to_string().into())];
        let (sentence, hint) = (
            words.say("review-no-sheet", &args),
            words.say("review-no-sheet.hint", &args),
        );
        let help = words.say("check-help", &[]);
        return Err(Failure(format!("{sentence}\n{help}: {hint}")));
    };
    let (taken, not_taken) = review::take(pack, rows);
    let older = review::load(folder).map_err(|error| told(folder, &error, words))?;
    let count = taken.len();
    if count > 0 {
        review::save(folder, pack, review::merged(older, taken))
            .map_err(|error| told(folder, &error, words))?;
    }
    let said = words.say("review-taken", &[("n", count.into())]);
    writeln!(io::stdout(), "{said}")?;
    for row in &not_taken {
        let mut args = values(&row.args);
        args.push(("row", row.row.into()));
        let said = words.say(row.code, &args);
        writeln!(io::stderr(), "kepu: {said}")?;
    }
    Ok(if not_taken.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn told(folder: &Path, error: &Error, words: &Words) -> Failure {
    match error {
        Error::File(error) => Failure(error.to_string()),
        Error::Form {
            line,
            column,
            reason,
        } => {
            let path = folder.join(review::FILE);
            let args = [
                ("path", path.display().to_string().into()),
                ("line", (*line).into()),
                ("column", (*column).into()),
                ("reason", reason.as_str().into()),
            ];
            Failure(words.say("review-file-form", &args))
        }
    }
}

/// A verdict by its word in any language of ours.
fn verdict(word: &str, words: &Words) -> Option<Verdict> {
    Verdict::ALL.into_iter().find(|verdict| {
        let mut languages = words.locales.tags();
        languages.any(|language| {
            let known = words.locales.text(&language, choice(*verdict));
            known.eq_ignore_ascii_case(word)
        })
    })
}

fn choice(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agreed => "review-verdict-agreed",
        Verdict::Change => "review-verdict-change",
        Verdict::Rejected => "review-verdict-rejected",
    }
}

fn say(heading: Heading<'_>, words: &Words) -> String {
    let in_language = |key: &str, tag: &str| words.say(key, &[("language", tag.into())]);
    let plain = |key: &str| words.say(key, &[]);
    match heading {
        Heading::Id => plain("review-column-id"),
        Heading::Of => plain("review-column-of"),
        Heading::Kind => plain("review-column-kind"),
        Heading::Audiences => plain("review-column-audiences"),
        Heading::Difficulty => plain("review-column-difficulty"),
        Heading::Prompt(tag) => in_language("review-column-prompt", tag),
        Heading::Options(tag) => in_language("review-column-options", tag),
        Heading::Explanation(tag) => in_language("review-column-explanation", tag),
        Heading::Source(tag) => in_language("review-column-source", tag),
        Heading::ReviewBy => plain("review-column-review-by"),
        Heading::Verdict => plain("review-column-verdict"),
        Heading::Comment => plain("review-column-comment"),
        Heading::By => plain("review-column-by"),
        Heading::On => plain("review-column-on"),
        Heading::Choice(verdict) => plain(choice(verdict)),
        Heading::Audience(audience) => plain(&format!("audience-{}", audience.as_str())),
        Heading::Sheet => plain("review-sheet"),
        Heading::KindOf("Single") => plain("review-kind-single"),
        Heading::KindOf("Rumour") => plain("review-kind-rumour"),
        Heading::KindOf("TrueFalse") => plain("review-kind-true-false"),
        Heading::KindOf("Multi") => plain("review-kind-multi"),
        Heading::KindOf(_) => plain("review-kind-order"),
    }
}

//! `kepu pack narrate`: what nobody has recorded is spoken by a computer voice.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{Words, checked};
use crate::bank::PackFiles;
use crate::bank::narration::Coverage;
use crate::cli::progress::ProgressLine;
use crate::cli::{Failure, coverage};
use crate::packs::narrate;

/// Has a computer voice (espeak-ng) speak every text of a pack that nobody has recorded.
///
/// The sounds lie in media, and narration.ron says which text each of them speaks; questions.ron is
/// not changed, and recordings named in it come first. Run again after a change, it speaks what has
/// changed and removes what is not needed any more. Exit code 0: done. 1: it could not be done, and
/// why; what was spoken before is kept.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The folder with pack.ron, questions.ron and media
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Only in this language, as in zh-CN or en; may be given several times
    #[arg(long = "language", value_name = "TAG")]
    languages: Vec<String>,
    /// Only says what would be done
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let folder = &arguments.folder;
    let refusal = |refused| words.refusal(folder, &refused);
    let had = narrate::load(folder).map_err(refusal)?;
    let mut files = PackFiles::read(folder);
    let there: BTreeSet<String> = files.media.iter().cloned().collect();
    // What was spoken before is looked at here, not by the check: some of it may be gone.
    files.narration = None;
    files
        .media
        .retain(|name| had.iter().all(|spoken| spoken.file != *name));
    let Some(pack) = checked(files, words)? else {
        return Ok(ExitCode::FAILURE);
    };
    for language in &arguments.languages {
        if pack.info().languages().all(|own| own != language) {
            let args = [("language", language.as_str().into())];
            return Err(Failure(words.say("narrate-other-language", &args)));
        }
    }
    let wanted: Vec<&str> = pack
        .info()
        .languages()
        .filter(|own| {
            arguments.languages.is_empty() || arguments.languages.iter().any(|tag| tag == own)
        })
        .collect();
    let plan = narrate::plan(&pack, &wanted, &had, &there);
    if arguments.dry_run {
        let args = [
            ("make", plan.make.len().into()),
            ("keep", plan.keep.len().into()),
            ("remove", plan.remove.len().into()),
        ];
        writeln!(io::stdout(), "{}", words.say("narrate-would", &args))?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut line = ProgressLine::new();
    let made = narrate::carry_out(folder, plan, &there, &mut |done, all| {
        let args = [("done", done.into()), ("all", all.into())];
        line.show(|| words.say("narrate-progress", &args));
    });
    line.clear();
    let args = [("n", made.map_err(refusal)?.into())];
    writeln!(io::stdout(), "{}", words.say("narrate-made", &args))?;
    if let Some(pack) = checked(PackFiles::read(folder), words)? {
        let heard = coverage::heard(&words.locales, &words.language, &Coverage::of(&pack));
        io::stdout().write_all(heard.as_bytes())?;
    }
    Ok(ExitCode::SUCCESS)
}

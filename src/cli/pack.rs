//! `kepu pack`: question packs as files; one file a subcommand.

mod build;
mod install;
mod list;
mod narrate;
mod permit;
mod remove;
mod review;
mod rollback;
mod show;
mod sign;
mod verify;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::{Failure, check, default_data_folder, language};
use crate::bank::{self, Pack, PackFiles};
use crate::locale::{FluentValue, Locales, values};
use crate::packs::Refused;
use crate::packs::archive::{Archive, Manifest};
use crate::packs::signature::{self, PublicKey, Signer};

/// Builds, signs, verifies and shows question packs; installs them, and takes them back.
///
/// Exit code 0: done. 1: refused, with the reason. 2: wrong use.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: PackCommand,
    /// Language of the messages, as in zh-CN or en; otherwise that of the environment
    #[arg(long, global = true, value_name = "TAG")]
    lang: Option<String>,
}

#[derive(Debug, Subcommand)]
enum PackCommand {
    Build(build::Arguments),
    Install(install::Arguments),
    List(list::Arguments),
    Narrate(narrate::Arguments),
    Remove(remove::Arguments),
    Review(review::Arguments),
    Rollback(rollback::Arguments),
    Show(show::Arguments),
    Sign(sign::Arguments),
    Verify(verify::Arguments),
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let locales = Locales::shipped()?;
    let language = language(&locales, arguments.lang.as_deref());
    let words = Words { locales, language };
    match &arguments.command {
        PackCommand::Build(arguments) => build::execute(arguments, &words),
        PackCommand::Install(arguments) => install::execute(arguments, &words),
        PackCommand::List(arguments) => list::execute(arguments, &words),
        PackCommand::Narrate(arguments) => narrate::execute(arguments, &words),
        PackCommand::Remove(arguments) => remove::execute(arguments, &words),
        PackCommand::Review(arguments) => review::execute(arguments, &words),
        PackCommand::Rollback(arguments) => rollback::execute(arguments, &words),
        PackCommand::Show(arguments) => show::execute(arguments, &words),
        PackCommand::Sign(arguments) => sign::execute(arguments, &words),
        PackCommand::Verify(arguments) => verify::execute(arguments, &words),
    }
}

/// Puts what these commands have to say into words.
struct Words {
    locales: Locales,
    language: String,
}

impl Words {
    fn say(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.locales.format(&self.language, key, args)
    }

    /// The sentence of a refusal and what to do about it.
    fn refusal(&self, path: &Path, refused: &Refused) -> Failure {
        let Failure(words) = self.refused(refused);
        Failure(format!("{}: {words}", path.display()))
    }

    /// The same of what has no path, or one that is better not repeated.
    fn refused(&self, refused: &Refused) -> Failure {
        let (sentence, hint) = self.in_words(refused);
        let help = self.say("check-help", &[]);
        Failure(format!("{sentence}\n{help}: {hint}"))
    }

    fn in_words(&self, refused: &Refused) -> (String, String) {
        in_words(&self.locales, &self.language, refused)
    }
}

/// A refusal or an alarm in words, and what to do about it.
pub(super) fn in_words(locales: &Locales, language: &str, refused: &Refused) -> (String, String) {
    let args = values(&refused.args);
    let key = format!("pack-{}", refused.code);
    (
        locales.format(language, &key, &args),
        locales.format(language, &format!("{key}.hint"), &args),
    )
}

/// The data folder that was named, or the user's own.
fn data_folder(named: Option<&Path>) -> Result<PathBuf, Failure> {
    named.map_or_else(default_data_folder, |data| Ok(data.to_owned()))
}

/// A line that begins with a sum of files: how many, and how large in kB.
fn files_and_size(words: &Words, manifest: &Manifest) -> String {
    words.say(
        "pack-files",
        &[
            ("files", manifest.files.len().into()),
            ("size", manifest.size().div_ceil(1000).into()),
        ],
    )
}

/// Checks a pack's texts like `kepu check`, and says what it finds; nothing comes back when there
/// are errors.
fn checked(files: PackFiles, words: &Words) -> Result<Option<Pack>, Failure> {
    let today = jiff::Zoned::now().date();
    let (bank, problems) = bank::load([files], today);
    if !problems.is_empty() {
        let told = check::in_words(problems, bank.questions().count(), &words.language)?;
        io::stdout().write_all(told.as_bytes())?;
    }
    Ok(bank.packs().first().cloned())
}

/// What a signature says of a pack.
enum Signed {
    Not,
    /// Nobody looked whether it is right.
    Unchecked(Signer),
    By(Signer),
}

impl Signed {
    fn say(&self, words: &Words) -> String {
        match self {
            Self::Not => words.say("pack-unsigned", &[]),
            Self::Unchecked(signer) => words.say(
                "pack-signature-unchecked",
                &[("key", signer.key_id.as_str().into())],
            ),
            Self::By(signer) => words.say(
                "pack-signed-by",
                &[
                    ("key", signer.key_id.as_str().into()),
                    ("comment", signer.comment.as_str().into()),
                ],
            ),
        }
    }
}

/// A built pack, verified from its signature to its questions.
struct Opened {
    manifest: Manifest,
    pack: Pack,
    signed: Signed,
}

/// Opens a built pack like a station does. With keys, a signature by one of them is needed; without
/// errors in its questions it comes back, with them they are said.
fn open(file: &Path, keys: &[String], words: &Words) -> Result<Option<Opened>, Failure> {
    let refusal = |refused| words.refusal(file, &refused);
    let keys: Vec<PublicKey> = keys
        .iter()
        .map(|name| {
            PublicKey::find(name).map_err(|refused| words.refusal(Path::new(name), &refused))
        })
        .collect::<Result<_, _>>()?;
    // Before anything looks into the pack.
    let signed = match signature::read_for(file) {
        Err(refused) if keys.is_empty() && refused.code == "signature-missing" => Signed::Not,
        Err(refused) => return Err(refusal(refused)),
        Ok(text) if keys.is_empty() => {
            Signed::Unchecked(signature::claimed(&text).map_err(refusal)?)
        }
        Ok(text) => Signed::By(signature::verify(file, &text, &keys).map_err(refusal)?),
    };
    let mut archive = Archive::open(file).map_err(refusal)?;
    archive.verify(&mut |_, _| {}).map_err(refusal)?;
    let files = archive.pack_files().map_err(refusal)?;
    let Some(pack) = checked(files, words)? else {
        return Ok(None);
    };
    let manifest = archive.manifest().clone();
    manifest.agrees_with(pack.info()).map_err(refusal)?;
    Ok(Some(Opened {
        manifest,
        pack,
        signed,
    }))
}

//! `kepu pack sign`: the signature that says who made a pack.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::Words;
use crate::cli::Failure;
use crate::packs::signature::{self, SecretKey};

/// Where the password may stand for unattended use.
const PASSWORD: &str = "KEPU_SIGN_PASSWORD";

/// Signs a built pack in the format of minisign; the ordinary tool verifies it, too.
///
/// The password of the key is asked on the terminal, unless it stands in KEPU_SIGN_PASSWORD.
#[derive(Debug, Args)]
#[expect(clippy::doc_markdown, reason = "it is shown as help")]
pub(super) struct Arguments {
    /// The built pack
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The secret key's file, as minisign -G makes it
    #[arg(long, value_name = "SECRET-KEY-FILE")]
    key: PathBuf,
}

/// Runs the command.
pub(super) fn execute(arguments: &Arguments, words: &Words) -> Result<ExitCode, Failure> {
    let (file, key) = (&arguments.file, &arguments.key);
    let key = SecretKey::read(key, || match std::env::var(PASSWORD) {
        Ok(password) => Ok(password),
        Err(_) => rpassword::prompt_password(words.say("pack-ask-password", &[])),
    })
    .map_err(|refused| words.refusal(key, &refused))?;
    let refusal = |refused| words.refusal(file, &refused);
    // As minisign writes it.
    let comment = format!(
        "timestamp:{}\tfile:{}\thashed",
        jiff::Timestamp::now().as_second(),
        file.file_name().unwrap_or_default().to_string_lossy()
    );
    let path = signature::sign(file, &key, &comment).map_err(refusal)?;
    let public = key.public_key().map_err(refusal)?;
    let said = words.say(
        "pack-signed",
        &[
            ("path", path.display().to_string().into()),
            ("key", public.id().into()),
        ],
    );
    writeln!(io::stdout(), "{said}")?;
    Ok(ExitCode::SUCCESS)
}

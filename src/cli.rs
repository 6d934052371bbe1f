//! The command line: what can be asked for, one file a command.
//!
//! Only here does the program print or choose an exit code; the kiosk's robot, which reports what
//! it did, is the one exception.

mod check;
mod collect;
mod counts;
mod coverage;
mod init;
#[cfg_attr(not(feature = "kiosk"), path = "cli/no_layout.rs")]
mod layout;
mod pack;
#[cfg(feature = "kiosk")]
mod play;
mod progress;
mod prove_media;
mod report;
mod shelf;
#[cfg(feature = "kiosk")]
mod shots;
mod simulate;
mod upload;

use std::fmt;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::files;
use crate::locale::Locales;

/// The most bytes of a file with a PIN.
const PIN_FILE_LIMIT: u64 = 64;

/// Kepu, the quiz engine for public science kiosks.
///
/// Without a command it plays: `kepu` is `kepu play`.
#[derive(Debug, Parser)]
#[command(
    name = "kepu",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Exit codes: 0 done, 1 it could not be done or the check found errors, 2 wrong use."
)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[cfg(feature = "kiosk")]
    #[command(flatten)]
    play: play::Arguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    #[cfg(feature = "kiosk")]
    Play(play::Arguments),
    #[cfg(feature = "kiosk")]
    Shots(shots::Arguments),
    Check(check::Arguments),
    Counts(counts::Arguments),
    Init(Box<init::Arguments>),
    Pack(pack::Arguments),
    Report(Box<report::Arguments>),
    Upload(upload::Arguments),
    Collect(collect::Arguments),
    Simulate(simulate::Arguments),
    #[command(hide = true)]
    ProveMedia(prove_media::Arguments),
}

/// How a command answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Text,
    Json,
}

/// Why a command could not be carried out: one sentence.
#[derive(Debug)]
pub struct Failure(String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    // clap prints help, the version and wrong use by itself, and exits with 0 or 2.
    let line = CommandLine::parse();
    let done = match line.command {
        #[cfg(feature = "kiosk")]
        Some(Command::Play(arguments)) => play::execute(&arguments),
        #[cfg(feature = "kiosk")]
        Some(Command::Shots(arguments)) => shots::execute(&arguments),
        Some(Command::Check(arguments)) => check::execute(&arguments),
        Some(Command::Counts(arguments)) => counts::execute(&arguments),
        Some(Command::Init(arguments)) => init::execute(&arguments),
        Some(Command::Pack(arguments)) => pack::execute(&arguments),
        Some(Command::Report(arguments)) => report::execute(&arguments),
        Some(Command::Upload(arguments)) => upload::execute(&arguments),
        Some(Command::Collect(arguments)) => collect::execute(&arguments),
        Some(Command::Simulate(arguments)) => simulate::execute(&arguments),
        Some(Command::ProveMedia(arguments)) => prove_media::execute(&arguments),
        #[cfg(feature = "kiosk")]
        None => play::execute(&line.play),
        #[cfg(not(feature = "kiosk"))]
        None => Err(Failure(
            "this is the office tool, built without the kiosk; see kepu --help".to_owned(),
        )),
    };
    done.unwrap_or_else(|failure| {
        use std::io::Write;
        // Nobody is left to tell when this fails, too.
        drop(writeln!(io::stderr(), "kepu: {failure}"));
        ExitCode::FAILURE
    })
}

/// The PIN that a file, or the standard input as `-`, holds: its first line.
fn read_pin(path: &Path) -> Result<String, Failure> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().take(PIN_FILE_LIMIT).read_to_end(&mut bytes)?;
        bytes
    } else {
        files::read(path, PIN_FILE_LIMIT)?
    };
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().next().unwrap_or_default().trim().to_owned())
}

/// The language of messages: the one asked for, or that of the environment.
fn language(locales: &Locales, asked: Option<&str>) -> String {
    let environment = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let wanted = asked.map(str::to_owned).or(environment).unwrap_or_default();
    // `zh_CN.UTF-8` as the environment writes it.
    let tag = wanted
        .split('.')
        .next()
        .unwrap_or_default()
        .replace('_', "-");
    locales.negotiate(&[&tag])
}

/// Where a station's data lies unless it is told: the user's data folder.
fn default_data_folder() -> Result<PathBuf, Failure> {
    let folder = std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| std::env::home_dir().map(|home| home.join(".local/share")));
    folder.map(|folder| folder.join("kepu")).ok_or_else(|| {
        Failure("cannot tell where to keep data: name a folder with --data DIR".to_owned())
    })
}

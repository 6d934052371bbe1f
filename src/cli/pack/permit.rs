//! What staff alone may do, on the command line as at the screen: the PIN is asked for.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Words;
use crate::cli::{Failure, read_pin};
use crate::journal::{self, Deed};
use crate::staff::Moment;
use crate::staff::pin::{PinLock, PinState, Verdict};

/// Where the PIN comes from.
#[derive(Debug, Args)]
pub(super) struct PinArguments {
    /// A file with the staff PIN, or - for the standard input; otherwise it is asked for
    #[arg(long, value_name = "FILE")]
    pin_file: Option<PathBuf>,
}

/// Lets nobody pass without the station's PIN. A station that never had one lets everybody pass.
pub(super) fn require(data: &Path, arguments: &PinArguments, words: &Words) -> Result<(), Failure> {
    let now = Moment::now()?;
    let mut lock = PinLock::open(data, &now);
    match lock.state(&now) {
        PinState::NotSet => return Ok(()),
        PinState::Free { .. } => {}
        state => return Err(closed(state, words)),
    }
    let pin = pin(arguments, words)?;
    let tried = lock.try_pin(&pin, &now).map_err(|refused| {
        let args: Vec<_> = refused
            .args
            .iter()
            .map(|(name, value)| (*name, value.as_str().into()))
            .collect();
        Failure(words.say(&format!("staff-{}", refused.code), &args))
    })?;
    match tried {
        Verdict::Right(_) => Ok(()),
        Verdict::Wrong(state @ PinState::Locked { .. }) => {
            let entry = journal::Entry {
                at: jiff::Timestamp::now(),
                deed: Deed::PinLocked,
                subject: "kepu pack".to_owned(),
                detail: String::new(),
            };
            // The lock holds whether or not it can be noted.
            drop(journal::append(data, &entry));
            Err(closed(state, words))
        }
        Verdict::Wrong(_) => Err(Failure(words.say("pack-pin-wrong", &[]))),
        Verdict::NotTried(state) => Err(closed(state, words)),
    }
}

fn pin(arguments: &PinArguments, words: &Words) -> Result<String, Failure> {
    match arguments.pin_file.as_deref() {
        Some(path) => read_pin(path),
        None if io::stdin().is_terminal() => Ok(rpassword::prompt_password(
            words.say("pack-pin-question", &[]),
        )?),
        None => Err(Failure(words.say("pack-pin-needed", &[]))),
    }
}

fn closed(state: PinState, words: &Words) -> Failure {
    let seconds = match state {
        PinState::Locked { left } => left.as_secs() + 1,
        PinState::NotSet | PinState::Free { .. } => {
            return Failure(words.say("pack-pin-wrong", &[]));
        }
        PinState::Broken => return Failure(words.say("pack-pin-broken", &[])),
    };
    Failure(words.say("pack-pin-locked", &[("seconds", seconds.into())]))
}

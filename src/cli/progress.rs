//! One line on the error stream that tells people who wait how far it is.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// What takes longer than this tells how far it is, and so often.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line that is written over and over on a terminal, and once in a while elsewhere.
pub(super) struct ProgressLine {
    last: Instant,
    shown: bool,
}

impl ProgressLine {
    pub(super) fn new() -> Self {
        Self {
            last: Instant::now(),
            shown: false,
        }
    }

    /// Shows what `say` says, unless something was said a moment ago.
    pub(super) fn show(&mut self, say: impl FnOnce() -> String) {
        if self.last.elapsed() < PATIENCE {
            return;
        }
        self.last = Instant::now();
        let mut stream = io::stderr();
        // Whoever cannot be told of progress can do without.
        drop(if stream.is_terminal() {
            self.shown = true;
            write!(stream, "\r\x1b[K{}", say())
        } else {
            writeln!(stream, "{}", say())
        });
    }

    /// Takes the line away.
    pub(super) fn clear(&mut self) {
        if self.shown {
            drop(write!(io::stderr(), "\r\x1b[K"));
            self.shown = false;
        }
    }
}

//! The program `kepu`: arguments in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    kepu::cli::run()
}

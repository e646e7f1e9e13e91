//! The command line of modelsmith. `cli` holds the commands.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}

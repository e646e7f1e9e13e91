//! The commands. Exit codes: 0 success, 1 the document has an error or the output is out of date, 2 the command line is
//! wrong. `diff` and `verify` have their own.

mod arguments;
mod completions;
mod config;
mod diff;
mod generate;
mod init;
mod lower;
mod revision;
mod settings;
mod shell;
mod table;
mod terminal;
mod traffic;
mod types;
mod verify;
mod watch;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// A command failed, and has already printed the reason.
struct Failed;

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Init(options) => init::run(options),
        Command::Generate(options) => generate::run(options),
        Command::Types(options) => types::run(options),
        Command::Lower(options) => lower::run(options),
        Command::Config(options) => config::run(options),
        Command::Completions(options) => completions::run(options),
        Command::Diff(options) => return diff::run(options),
        Command::Verify(options) => return verify::run(options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed) => ExitCode::FAILURE,
    }
}

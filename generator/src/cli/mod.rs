//! The commands. Exit codes: 0 all is well, 1 the document is wrong or the output is stale, 2 the command line is.

mod arguments;
mod config;
mod generate;
mod lower;
mod settings;
mod terminal;
mod types;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command};

/// Why a command ended without success. What there is to say was said.
struct Failed;

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Generate(options) => generate::run(options),
        Command::Types(options) => types::run(options),
        Command::Lower(options) => lower::run(options),
        Command::Config(options) => config::run(options),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed) => ExitCode::FAILURE,
    }
}

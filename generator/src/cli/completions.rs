//! `modelsmith completions`.

use clap::CommandFactory;

use super::Failed;
use super::arguments::{Arguments, Completions, MessageFormat};
use super::terminal::Terminal;

/// Prints the completion script of a shell.
pub(super) fn run(options: &Completions) -> Result<(), Failed> {
    let mut command = Arguments::command();
    let name = command.get_name().to_owned();
    // Written to memory first: `clap_complete` panics if the reader closes the pipe.
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command, name, &mut script);
    Terminal::new(MessageFormat::Human).print(&String::from_utf8_lossy(&script))
}

//! The command line of modelsmith. `cli` holds the commands.

mod cli;

use std::process::ExitCode;

/// A generation is many small allocations on a thread of its own: PERFORMANCE.md says what this one saves.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}

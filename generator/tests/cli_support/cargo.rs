//! Cargo in folders with crates that tests make.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Run;

/// Where Cargo compiles into for tests. It locks such a folder while it works, so that with a single one the tests would wait
/// for each other. What a dependency becomes to be checked is not what it becomes to be linked: with a folder for each,
/// nothing is compiled twice that several tests need, except for macros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// For what is checked only.
    Checked,
    /// For what is linked.
    Built,
    /// For crates with a build script that uses this library, the largest dependency of all: it takes as long as the
    /// crates of many other tests.
    WithModelsmith,
}

impl Target {
    /// The folder for what Cargo is asked for in a crate.
    fn of(folder: &Path, arguments: &[&str]) -> Self {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml")).expect("there is a manifest");
        if manifest.lines().any(|line| line.starts_with("modelsmith ")) {
            Self::WithModelsmith
        } else if arguments.iter().any(|argument| matches!(*argument, "check" | "clippy" | "doc")) {
            Self::Checked
        } else {
            Self::Built
        }
    }

    pub fn folder(self) -> PathBuf {
        let name = match self {
            Self::Checked => "crates-checked",
            Self::Built => "crates-built",
            Self::WithModelsmith => "crates-with-modelsmith",
        };
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
    }
}

/// Cargo in a folder with a crate or a workspace of its own, which gets this workspace's lock file: nothing is fetched.
pub fn cargo(folder: &Path, arguments: &[&str]) -> Command {
    lock(folder);
    let mut command = Command::new(program());
    for_other_crates(&mut command);
    command.args(arguments).current_dir(folder);
    command.env("CARGO_TARGET_DIR", Target::of(folder, arguments).folder());
    command
}

/// Runs [`cargo`]. Warnings of rustdoc are errors.
pub fn run_cargo(folder: &Path, arguments: &[&str]) -> Run {
    let _alone = alone(arguments.contains(&"run"));
    Run::of(cargo(folder, arguments).env("RUSTDOCFLAGS", "-Dwarnings"))
}

/// The same, which has to end well; what was printed to stdout.
#[track_caller]
pub fn succeed(folder: &Path, arguments: &[&str]) -> String {
    let run = run_cargo(folder, arguments);
    assert_eq!(run.code, Some(0), "cargo {arguments:?}: {run}");
    run.stdout
}

/// Keeps tests from having Cargo run programs of the same name at the same time: it unlocks its folder before it starts a
/// program, which another test could replace until then.
pub fn alone(runs_a_program: bool) -> Option<MutexGuard<'static, ()>> {
    static RUNS: Mutex<()> = Mutex::new(());
    runs_a_program.then(|| RUNS.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Gives a package of its own this workspace's versions of the dependencies, so that nothing is fetched.
fn lock(folder: &Path) {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).expect("the lock file can be copied");
}

/// The Cargo that runs the tests, or that of the `PATH`: by its whole path, since the guide's tests put a program of this name
/// before it.
pub fn program() -> PathBuf {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let folders = std::env::var_os("PATH").unwrap_or_default();
    // One that is absolute stays as it is.
    let mut found = std::env::split_paths(&folders).map(|folder| folder.join(&program));
    found.find(|program| program.is_file()).expect("the program of `CARGO`, or `cargo`, is in the PATH")
}

/// Sets up a command so that Cargo compiles a crate made by a test: without a network, and as fast as it can.
pub fn for_other_crates(command: &mut Command) {
    // What Cargo tells its tests is about another crate.
    for (name, _) in std::env::vars_os().filter(|(name, _)| {
        let name = name.to_string_lossy();
        name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
    }) {
        command.env_remove(name);
    }
    command
        .env("CARGO_NET_OFFLINE", "true")
        .env("CARGO_TERM_COLOR", "never")
        .env("RUST_BACKTRACE", "0")
        // Each crate is compiled once, in a folder that is gone afterwards.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        // Macros and build scripts with modelsmith have tests of their own: here they only have to be compiled soon.
        .env("CARGO_PROFILE_DEV_BUILD_OVERRIDE_DEBUG_ASSERTIONS", "false")
        .env("CARGO_PROFILE_DEV_BUILD_OVERRIDE_OVERFLOW_CHECKS", "false")
        .env_remove("RUSTFLAGS");
}

//! A command's time and memory, taken by a process of its own that has no other children.

use std::ffi::OsString;
use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use serde::{Deserialize, Serialize};

/// What a command took.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Taken {
    /// From its start to its end.
    pub(crate) seconds: f64,
    /// Seconds of processor time outside of the system, of the command and what it started.
    pub(crate) user: f64,
    /// Most memory that one of these processes held, in MiB.
    pub(crate) peak: f64,
    /// Whether it ended well.
    pub(crate) is_ok: bool,
}

/// The middle one by a measure.
pub(crate) fn median(taken: &[Taken], measure: fn(&Taken) -> f64) -> f64 {
    let mut values: Vec<f64> = taken.iter().map(measure).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Runs a command under another process of this program. What it says goes to `log`.
pub(crate) fn taken(command: &[OsString], log: &std::path::Path) -> Result<Taken, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let log = std::fs::File::create(log).map_err(|error| format!("{}: {error}", log.display()))?;
    let output = Command::new(program)
        .arg("measure")
        .arg("--")
        .args(command)
        .stderr(log)
        .output()
        .map_err(|error| error.to_string())?;
    serde_json::from_slice(&output.stdout).map_err(|error| format!("{command:?}: {error}"))
}

/// The process that does it: prints what was taken as JSON.
pub(crate) fn run(command: &[OsString]) -> Result<(), String> {
    let [program, arguments @ ..] = command else { return Err("the command is missing".to_owned()) };
    let started = Instant::now();
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .status()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let seconds = started.elapsed().as_secs_f64();
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).map_err(|error| error.to_string())?;
    let user = usage.user_time();
    #[allow(clippy::cast_precision_loss, reason = "no measurement has so many digits")]
    let taken = Taken {
        seconds,
        user: user.tv_sec() as f64 + user.tv_usec() as f64 / 1e6,
        // Linux counts in KiB.
        peak: usage.max_rss() as f64 / 1024.0,
        is_ok: status.success(),
    };
    println!("{}", serde_json::to_string(&taken).map_err(|error| error.to_string())?);
    Ok(())
}

//! Runs cargo on emitted packages, in one workspace with one target folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// A workspace of emitted packages under the project's target folder.
pub(crate) struct Workspace {
    /// Its folder.
    pub(crate) root: PathBuf,
    jobs: Option<usize>,
}

/// What cargo said of one package.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Verdict {
    /// What the package was made of.
    pub(crate) fingerprint: String,
    /// Seconds of `cargo check` with its dependencies built.
    pub(crate) seconds: f64,
    /// The first complaint of check, clippy or rustdoc.
    pub(crate) complaint: Option<String>,
    /// How many errors and warnings there were.
    pub(crate) complaints: usize,
}

impl Workspace {
    /// The workspace for `purpose`.
    pub(crate) fn new(purpose: &str, jobs: Option<usize>) -> Result<Self, String> {
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(target) => PathBuf::from(target),
            None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"),
        };
        let root = target.join(purpose);
        let failed = |error: std::io::Error| format!("{}: {error}", root.display());
        std::fs::create_dir_all(root.join("packages")).map_err(failed)?;
        std::fs::create_dir_all(root.join("results")).map_err(failed)?;
        let root = root.canonicalize().map_err(failed)?;
        Ok(Self { root, jobs })
    }

    /// The folder of a package.
    pub(crate) fn package(&self, name: &str) -> PathBuf {
        self.root.join("packages").join(name)
    }

    /// Where something about a package is kept.
    pub(crate) fn result(&self, file: &str) -> PathBuf {
        self.root.join("results").join(file)
    }

    /// Writes the workspace's manifest for these packages; others that lie about may be broken. What is checked again is
    /// checked from the start: incremental compilation would only find that nothing changed.
    pub(crate) fn members(&self, names: &[String]) -> Result<(), String> {
        let members: Vec<String> = names.iter().map(|name| format!("    \"packages/{name}\",\n")).collect();
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n[profile.dev]\ndebug = 0\nincremental = false\n",
            members.concat()
        );
        std::fs::write(self.root.join("Cargo.toml"), manifest).map_err(|error| error.to_string())
    }

    /// Runs cargo.
    pub(crate) fn cargo(
        &self,
        arguments: &[&str],
        rustdoc_flags: &str,
    ) -> Result<(Output, Duration), String> {
        let started = Instant::now();
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        let (arguments, rest) =
            arguments.split_at(arguments.iter().position(|one| *one == "--").unwrap_or(arguments.len()));
        command.args(arguments).args(["--color", "never", "--target-dir"]).arg(self.root.join("target"));
        if let Some(jobs) = self.jobs {
            command.args(["--jobs", &jobs.to_string()]);
        }
        let output = command
            .args(rest)
            .current_dir(&self.root)
            .env_remove("CARGO_TARGET_DIR")
            .env("RUSTDOCFLAGS", rustdoc_flags)
            .output()
            .map_err(|error| format!("cargo: {error}"))?;
        Ok((output, started.elapsed()))
    }

    /// Checks one package in every way, or remembers what was found for the same content. With `all_features` those that
    /// send requests are switched on.
    pub(crate) fn judge(&self, name: &str, all_features: bool) -> Result<Verdict, String> {
        let features = if all_features { "--all-features" } else { "--no-default-features" };
        let fingerprint = fingerprint(&self.package(name))?;
        let kept = self.result(&format!("{name}.json"));
        let known = std::fs::read(&kept).ok().and_then(|text| serde_json::from_slice::<Verdict>(&text).ok());
        if let Some(known) = known.filter(|known| known.fingerprint == fingerprint) {
            return Ok(known);
        }
        let mut verdict = Verdict { fingerprint, ..Verdict::default() };
        let (output, time) = self.cargo(&["check", features, "-p", name], "")?;
        verdict.seconds = time.as_secs_f64();
        if built(&String::from_utf8_lossy(&output.stderr)) > 1 {
            // The time of the dependencies is not this package's.
            touch(&self.package(name).join("src/lib.rs"))?;
            verdict.seconds = self.cargo(&["check", features, "-p", name], "")?.1.as_secs_f64();
        }
        verdict.note(&output);
        if verdict.complaint.is_none() {
            verdict.note(&self.cargo(&["clippy", features, "-p", name, "--", "-D", "warnings"], "")?.0);
            verdict.note(&self.cargo(&["doc", features, "--no-deps", "-p", name], "-D warnings")?.0);
        }
        let text = serde_json::to_vec(&verdict).map_err(|error| error.to_string())?;
        std::fs::write(kept, text).map_err(|error| error.to_string())?;
        Ok(verdict)
    }
}

impl Verdict {
    fn note(&mut self, output: &Output) {
        let said = String::from_utf8_lossy(&output.stderr);
        let starts = |line: &&str| {
            let is_summary =
                ["generated", "could not compile", "aborting", "could not document", "build failed"]
                    .iter()
                    .any(|words| line.contains(words));
            (line.starts_with("error") || line.starts_with("warning")) && !is_summary
        };
        self.complaints += said.lines().filter(starts).count();
        let Some(first) = said.lines().position(|line| starts(&line)) else {
            if !output.status.success() && self.complaint.is_none() {
                self.complaint = said.lines().last().map(str::to_owned);
            }
            return;
        };
        let lines: Vec<&str> =
            said.lines().skip(first).take_while(|line| !line.trim().is_empty()).take(12).collect();
        self.complaint.get_or_insert_with(|| lines.join("\n"));
    }
}

/// How many packages cargo checked or compiled, by what it said.
pub(crate) fn built(said: &str) -> usize {
    let works =
        |line: &&str| ["Checking ", "Compiling "].iter().any(|word| line.trim_start().starts_with(word));
    said.lines().filter(works).count()
}

pub(crate) fn touch(path: &Path) -> Result<(), String> {
    let now = std::time::SystemTime::now();
    let file = std::fs::File::options().append(true).open(path).map_err(|error| error.to_string())?;
    file.set_modified(now).map_err(|error| error.to_string())
}

/// A number for the content of a folder: FNV-1a of paths and texts.
pub(crate) fn fingerprint(folder: &Path) -> Result<String, String> {
    let mut files = vec![folder.to_owned()];
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut texts = Vec::new();
    while let Some(path) = files.pop() {
        let failed = |error: std::io::Error| format!("{}: {error}", path.display());
        if path.is_dir() {
            for entry in std::fs::read_dir(&path).map_err(failed)? {
                files.push(entry.map_err(failed)?.path());
            }
        } else {
            texts.push((path.clone(), std::fs::read(&path).map_err(failed)?));
        }
    }
    texts.sort();
    for (path, text) in texts {
        for byte in path.to_string_lossy().bytes().chain(text) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(format!("{hash:016x}"))
}

//! Runs the built command line in a folder of its own.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// A folder that is gone when the test is over.
pub struct Folder(tempfile::TempDir);

/// What a run left behind.
pub struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

/// A small document with a struct, an enum, a union and an operation.
pub const PETS: &str = "openapi: 3.1.0
info: { title: Pets, version: \"1\" }
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        \"200\":
          description: All
          content:
            application/json:
              schema: { type: array, items: { $ref: \"#/components/schemas/Pet\" } }
components:
  schemas:
    Pet:
      oneOf: [{ $ref: \"#/components/schemas/Cat\" }, { $ref: \"#/components/schemas/Dog\" }]
      discriminator:
        propertyName: kind
        mapping: { Cat: \"#/components/schemas/Cat\", Dog: \"#/components/schemas/Dog\" }
    Cat: { type: object, required: [kind], properties: { kind: { const: cat }, size: { $ref: \"#/components/schemas/Size\" } } }
    Dog: { type: object, required: [kind], properties: { kind: { const: dog } } }
    Size: { type: string, enum: [small, large] }
    Names: { type: array, items: { type: string } }
    Counts: { type: object, additionalProperties: { type: integer } }
    Id: { type: [string, integer, \"null\"] }
    Free: {}
";

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder can be made"))
    }

    /// With `pets.yaml` in it.
    pub fn with_pets() -> Self {
        let folder = Self::new();
        folder.write("pets.yaml", PETS);
        folder
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        self.write_bytes(path, text.as_bytes());
    }

    pub fn write_bytes(&self, path: &str, bytes: &[u8]) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
        fs::write(path, bytes).expect("files can be written");
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn exists(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// All files in an inner folder, in order, without the emitted runtime.
    pub fn tree(&self, folder: &str) -> Vec<String> {
        let root = self.path(folder);
        let (mut found, mut open) = (Vec::new(), vec![root.clone()]);
        while let Some(at) = open.pop() {
            for entry in fs::read_dir(at).expect("a folder that can be read") {
                let path = entry.expect("a readable entry").path();
                if path.is_dir() {
                    open.push(path);
                    continue;
                }
                let path = path.strip_prefix(&root).expect("it lies there").to_string_lossy().into_owned();
                if !path.contains("src/runtime") {
                    found.push(path);
                }
            }
        }
        found.sort();
        found
    }

    pub fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    }

    /// Runs Cargo in an inner folder that holds a crate. Nothing is fetched: the crate gets this workspace's lock file,
    /// which has all that models need. What the crates of all tests have in common is compiled once.
    pub fn cargo(&self, folder: &str, arguments: &[&str]) -> Run {
        lock(&self.path(folder));
        let mut cargo = Command::new(cargo_program());
        for_other_crates(&mut cargo);
        if self.read(&format!("{folder}/Cargo.toml")).lines().any(|line| line.starts_with("modelsmith ")) {
            cargo.env("CARGO_TARGET_DIR", target_with_modelsmith());
        }
        let output = cargo.args(arguments).current_dir(self.path(folder)).output().expect("Cargo runs");
        Run {
            stdout: String::from_utf8(output.stdout).expect("results are text"),
            stderr: String::from_utf8(output.stderr).expect("messages are text"),
            code: output.status.code(),
        }
    }

    /// Runs Git in this folder, with nothing of the user's settings.
    pub fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.0.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            // Where the tests run from a hook, these would lead to the repository that is being committed to.
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .output()
            .expect("Git runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {arguments:?}: {errors}");
    }

    /// The command that [`Folder::run`] runs.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_modelsmith"));
        command.args(arguments).current_dir(self.0.path()).env("NO_COLOR", "1").env("COLUMNS", "100");
        command.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE");
        command
    }

    /// Runs modelsmith in this folder, as nobody who looks at a terminal.
    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_in(".", arguments)
    }

    /// The same in an inner folder.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).current_dir(self.path(folder)))
    }

    /// The same in a terminal that is so wide.
    pub fn run_with_columns(&self, columns: &str, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).env("COLUMNS", columns))
    }
}

impl Run {
    fn of(command: &mut Command) -> Self {
        let output = command.output().expect("the binary runs");
        Self {
            stdout: String::from_utf8(output.stdout).expect("results are text"),
            stderr: String::from_utf8(output.stderr).expect("messages are text"),
            code: output.status.code(),
        }
    }
}

/// Writes a file below `root`.
pub fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders can be made");
    fs::write(path, text).expect("files can be written");
}

/// Gives a package of its own this workspace's versions of the dependencies, so that nothing is fetched.
pub fn lock(folder: &Path) {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the lock file can be copied");
}

/// The Cargo that runs the tests.
pub fn cargo_program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// How many folders Cargo compiles into for tests. It locks such a folder while it works, so that with a single one the
/// tests would wait for each other; what their crates have in common is compiled once for each folder.
const TARGETS: usize = 2;

/// How many tests compile into each of the folders.
static USERS: Mutex<[usize; TARGETS]> = Mutex::new([0; TARGETS]);

thread_local! {
    /// The folder of the test that runs on this thread.
    static TARGET: Target = Target::take();
}

/// The number of a folder, until the test is over.
struct Target(usize);

impl Target {
    /// Takes the folder that the fewest tests use.
    fn take() -> Self {
        let mut users = USERS.lock().unwrap_or_else(PoisonError::into_inner);
        let fewest = (0..TARGETS).min_by_key(|&number| users[number]).unwrap_or_default();
        users[fewest] += 1;
        Self(fewest)
    }
}

impl Drop for Target {
    fn drop(&mut self) {
        USERS.lock().unwrap_or_else(PoisonError::into_inner)[self.0] -= 1;
    }
}

fn target_named(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("crates-{name}"))
}

/// Where crates are compiled whose build script is this library, so that it is compiled for tests only once.
pub fn target_with_modelsmith() -> PathBuf {
    target_named("with-modelsmith")
}

/// Sets up a command so that Cargo compiles a crate made by a test: without a network, and into a folder that already
/// holds what the crates of other tests depend on.
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
        .env("CARGO_TARGET_DIR", TARGET.with(|target| target_named(&target.0.to_string())))
        .env("CARGO_TERM_COLOR", "never")
        .env("RUST_BACKTRACE", "0")
        // Each crate is compiled once, in a folder that is gone afterwards.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("RUSTFLAGS");
}

/// The summary at the end without what is not the same for long: the time, and how many files the runtime has.
fn without_figures(text: &str) -> String {
    let Some((head, _)) = text.strip_suffix(" ms)\n").and_then(|text| text.rsplit_once('(')) else {
        return text.to_owned();
    };
    match head.rsplit_once(": ").and_then(|(counts, rest)| Some((counts, rest.split_once("; ")?.1))) {
        Some((counts, rest)) => format!("{counts}: FILES; {rest}(TIME)\n"),
        None => format!("{head}(TIME)\n"),
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => writeln!(f, "exit code {code}")?,
            None => writeln!(f, "killed")?,
        }
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            let text = without_figures(text);
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{text}")?;
            }
        }
        Ok(())
    }
}

//! Runs the built command line in a folder of its own.

#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod cargo;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

    /// Runs Cargo in an inner folder that holds a crate.
    pub fn cargo(&self, folder: &str, arguments: &[&str]) -> Run {
        cargo::run_cargo(&self.path(folder), arguments)
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

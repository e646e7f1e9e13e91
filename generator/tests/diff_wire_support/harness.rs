//! A program with the types of all versions, which reads values and writes them again.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::Value;

use super::versions::{Root, Version, Versions};

use crate::cli_support;
use crate::diff_cases::package;

/// The running program.
pub struct Harness {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// A version's module in the program: that of its document, whichever came first.
fn module(versions: &Versions, side: Side) -> String {
    let document = if versions.first == Side::Old { side } else { side.other() };
    format!("{}_{}", document.name(), versions.name)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Old,
    New,
}

impl Side {
    pub fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }

    pub fn of(self, versions: &Versions) -> &Version {
        match self {
            Self::Old => &versions.old,
            Self::New => &versions.new,
        }
    }
}

/// What became of a value.
pub enum Answer {
    /// It was read, and this written.
    Known(Value),
    /// The same; something in it is kept as what the document does not name.
    Kept(Value),
    /// It was not read.
    Refused(String),
}

impl Harness {
    /// Emits, compiles and starts it. Of the same documents in the other direction the models are the same.
    pub fn build(folder: &Path, all: &[Versions]) -> Self {
        package::workspace(folder, "\"part-*\", \"harness\"");
        let mut parts = vec![Vec::new(); PARTS];
        let mut main = HEAD.to_owned();
        let mut rows = String::new();
        for (index, versions) in all.iter().enumerate() {
            let part = index % PARTS;
            for side in [Side::Old, Side::New] {
                let name = module(versions, side);
                parts[part].push((name.clone(), &side.of(versions).output));
                let _ = writeln!(
                    main,
                    "mod {name} {{\nuse part_{part}::{name}::*;\nuse crate::again;\npub static ROWS: &[crate::Row] = &["
                );
                for (index, root) in side.of(versions).roots.iter().enumerate() {
                    let _ =
                        writeln!(main, "({:?}, {}), // {}", format!("{name} {index}"), root.again, root.key);
                }
                main.push_str("];\n}\n");
                let _ = writeln!(rows, "rows.extend({name}::ROWS.iter().copied());");
            }
        }
        let mut manifest = MANIFEST.to_owned();
        for (part, modules) in parts.iter().enumerate() {
            let package = format!("part-{part}");
            package::models(&folder.join(&package), &package, modules);
            let _ =
                writeln!(manifest, "part_{part} = {{ package = \"{package}\", path = \"../{package}\" }}");
        }
        cli_support::write(folder, "harness/Cargo.toml", &manifest);
        cli_support::write(folder, "harness/src/main.rs", &main.replace("/*ROWS*/", &rows));
        let built =
            package::cargo(folder).args(["build", "--offline", "--quiet"]).output().expect("cargo runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let mut command = package::cargo(folder);
        command.args(["run", "--offline", "--quiet"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let asks = child.stdin.take().expect("it is asked");
        let answers = BufReader::new(child.stdout.take().expect("it answers"));
        Self { child, asks, answers }
    }

    /// What becomes of a value that a version's type reads.
    pub fn ask(&mut self, versions: &Versions, side: Side, root: &Root, value: &Value) -> Answer {
        let index = side.of(versions).roots.iter().position(|other| std::ptr::eq(other, root));
        let index = index.expect("the root is of this version");
        writeln!(self.asks, "{} {index}\t{value}", module(versions, side)).expect("it takes what is asked");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("it answers");
        let read = |text| serde_json::from_str(text).expect("it writes JSON");
        match answer.split_at_checked(1) {
            Some(("=", text)) => Answer::Known(read(text)),
            Some(("?", text)) => Answer::Kept(read(text)),
            Some((_, error)) => Answer::Refused(error.trim_end().to_owned()),
            None => panic!("it died at {} {value}", root.key),
        }
    }
}

impl Drop for Harness {
    fn drop(&mut self) {
        // It ends by itself once nothing is asked any more; not if it hangs.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// How many packages the models are in: those are compiled side by side.
const PARTS: usize = 2;

const MANIFEST: &str = r#"[package]
name = "harness"
version = "0.1.0"
edition = "2024"

[dependencies]
serde = "1"
serde_json = { version = "1", features = ["raw_value"] }
"#;

const HEAD: &str = r##"
#![allow(unused)]
//! Reads lines `root TAB JSON`, and writes for each `=` (`?` when something unknown is kept) and the JSON again, or `!`
//! and the error.
use std::io::{BufRead, Write};

type Row = (&'static str, fn(&str) -> Result<String, String>);

fn again<T: serde::de::DeserializeOwned + serde::Serialize + std::fmt::Debug>(text: &str) -> Result<String, String> {
    let value: T = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let sign = if format!("{value:?}").contains("Unknown(") { '?' } else { '=' };
    serde_json::to_string(&value).map(|text| format!("{sign}{text}")).map_err(|error| format!("not written: {error}"))
}

fn run() {
    let mut rows = std::collections::HashMap::new();
    /*ROWS*/
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let (root, text) = line.split_once('\t').unwrap();
        match rows[root](text) {
            Ok(text) => writeln!(out, "{text}"),
            Err(error) => writeln!(out, "!{}", error.replace('\n', " ")),
        }
        .and_then(|()| out.flush())
        .expect("the answers are taken");
    }
}

fn main() {
    std::thread::Builder::new().stack_size(256 << 20).spawn(run).unwrap().join().unwrap();
}

"##;

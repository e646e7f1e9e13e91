//! Programs with the types of both versions, which read values and write them again.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use super::versions::{Documents, Root, Version};

use crate::cli_support::cargo::{Target, succeed};
use crate::diff_cases::package;

/// A running program.
pub struct Harness {
    child: Child,
    asks: ChildStdin,
    answers: BufReader<ChildStdout>,
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

/// Emits a program for each part of the documents, and compiles them side by side.
pub fn build(folder: &Path, parts: &[Vec<Documents>]) {
    package::workspace(folder, "\"harness-*\"");
    for (part, documents) in parts.iter().enumerate() {
        let versions: Vec<&Version> = documents.iter().flat_map(|both| [&both.old, &both.new]).collect();
        let modules: Vec<_> =
            versions.iter().map(|version| (version.module.clone(), &version.output)).collect();
        let (mut main, mut rows) = (MAIN.to_owned(), String::new());
        for version in versions {
            let module = &version.module;
            let _ = writeln!(
                main,
                "mod rows_of_{module} {{\nuse crate::{{again, {module}::*}};\npub static ROWS: &[crate::Row] = &["
            );
            for (index, root) in version.roots.iter().enumerate() {
                let _ =
                    writeln!(main, "({:?}, {}), // {}", format!("{module} {index}"), root.again, root.key);
            }
            main.push_str("];\n}\n");
            let _ = writeln!(rows, "rows.extend(rows_of_{module}::ROWS.iter().copied());");
        }
        let name = name(part);
        package::program(&folder.join(&name), &name, &modules, &main.replace("/*ROWS*/", &rows));
    }
    succeed(folder, &["build", "--quiet"]);
}

fn name(part: usize) -> String {
    format!("harness-{part}")
}

impl Harness {
    /// Starts the program of a part of the documents.
    pub fn start(part: usize) -> Self {
        let program = Target::Built.folder().join("debug").join(name(part));
        let mut command = Command::new(program);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program runs");
        let asks = child.stdin.take().expect("it is asked");
        let answers = BufReader::new(child.stdout.take().expect("it answers"));
        Self { child, asks, answers }
    }

    /// What becomes of a value that a version's type reads.
    pub fn ask(&mut self, version: &Version, root: &Root, value: &Value) -> Answer {
        let Root { index, key, .. } = root;
        // As one text: a pipe would be written to for each piece of the value.
        let asked = format!("{} {index}\t{value}\n", version.module);
        self.asks.write_all(asked.as_bytes()).expect("it takes what is asked");
        let mut answer = String::new();
        self.answers.read_line(&mut answer).expect("it answers");
        let read = |text| serde_json::from_str(text).expect("it writes JSON");
        match answer.split_at_checked(1) {
            Some(("=", text)) => Answer::Known(read(text)),
            Some(("?", text)) => Answer::Kept(read(text)),
            Some((_, error)) => Answer::Refused(error.trim_end().to_owned()),
            None => panic!("it died at {key} {value}"),
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

/// Reads lines `root TAB JSON`, and writes for each `=` (`?` when something unknown is kept) and the JSON again, or `!`
/// and the error.
const MAIN: &str = r##"
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

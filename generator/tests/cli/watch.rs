//! `modelsmith generate --watch`: it writes again when anything changes that it reads, and goes on after errors.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::cli_support::Folder;

/// A run that watches, and what it says.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Watch {
    fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let mut child = folder.command(arguments).stderr(Stdio::piped()).spawn().expect("the binary runs");
        let stderr = BufReader::new(child.stderr.take().expect("it is piped"));
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Self { child, lines }
    }

    /// All lines up to the one that holds `text`.
    fn until(&self, text: &str) -> Vec<String> {
        let mut said = Vec::new();
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let line = self.lines.recv_timeout(left);
            said.push(line.unwrap_or_else(|_| panic!("`{text}` was not said, but {said:#?}")));
            if said.last().is_some_and(|line| line.contains(text)) {
                return said;
            }
        }
    }

    /// What is said until there is silence for a while.
    fn rest(&self) -> Vec<String> {
        std::iter::from_fn(|| self.lines.recv_timeout(Duration::from_millis(700)).ok()).collect()
    }
}

/// Waits for something that a change leads to. How many runs that takes depends on when the file system tells of it.
fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let end = Instant::now() + Duration::from_secs(60);
    while !is_so() {
        assert!(Instant::now() < end, "it never came to this: {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const API: &str = "openapi: 3.1.0
info: { title: Pets, version: \"1\" }
paths: {}
components: { schemas: { Pet: { $ref: \"parts/pet.yaml\" } } }
";

#[test]
fn it_writes_again_whenever_something_changes_that_it_reads() {
    let folder = Folder::new();
    folder.write("api.yaml", API);
    folder.write("parts/pet.yaml", "type: object\nproperties: { name: { type: string } }\n");
    folder.write("fix.yaml", "overlay: 1.0.0\nactions: [{ target: $.info, update: { title: Cats } }]\n");
    let watch =
        Watch::start(&folder, &["generate", "api.yaml", "-o", ".", "--watch", "--overlay", "fix.yaml"]);
    assert_eq!(watch.until("1 struct, ").len(), 1);
    assert!(folder.read("src/models/pet.rs").contains("pub name: Option<String>"));

    let holds = |path: &str, text: &str| folder.exists(path) && folder.read(path).contains(text);
    // The file that is referred to, written in place.
    folder.write("parts/pet.yaml", "type: object\nproperties: { age: { type: integer } }\n");
    eventually("another field", || holds("src/models/pet.rs", "pub age: Option<i64>"));

    // The document, replaced by another file, as editors do.
    folder.write("api.tmp", &API.replace("Pet:", "Dog:"));
    std::fs::rename(folder.path("api.tmp"), folder.path("api.yaml")).expect("it can be renamed");
    eventually("another type", || folder.exists("src/models/dog.rs") && !folder.exists("src/models/pet.rs"));

    // The overlay, and settings that were not there.
    folder.write("fix.yaml", "overlay: 1.0.0\nactions: [{ target: $.info, update: { title: Dogs } }]\n");
    eventually("another title", || holds("Cargo.toml", "name = \"dogs-models\""));
    folder.write("modelsmith.toml", "crate-name = \"kennel\"\n");
    eventually("another name", || holds("Cargo.toml", "name = \"kennel\""));

    // A line for each run, and what it changed; none for what it does not read, and for what it writes.
    let said = watch.rest();
    let changes: Vec<_> = said.iter().filter(|line| !line.starts_with("1 struct, ")).collect();
    assert_eq!(changes, ["changed: Pet", "added: Dog", "removed: Pet"], "{said:#?}");
    folder.write("notes.txt", "");
    folder.write("parts/other.yaml", "");
    assert_eq!(watch.rest(), Vec::<String>::new());
}

#[test]
fn an_error_is_said_and_waited_on() {
    let folder = Folder::new();
    folder.write("api.yaml", API);
    let watch = Watch::start(&folder, &["generate", "api.yaml", "-o", "out", "--watch"]);
    let said = watch.until("waiting for a change").join("\n");
    insta::assert_snapshot!(said, @r#"
    error[unreadable-file]: cannot read `parts/pet.yaml`: it does not exist
     --> api.yaml:4:33
      |
    4 | components: { schemas: { Pet: { $ref: "parts/pet.yaml" } } }
      |                                 ^^^^
      |
      = help: paths in references are relative to the file that contains them
    nothing was written; waiting for a change
    "#);
    // The folder of the missing file is not there, so that nobody can wait for it; the document is what changes.
    folder.write("pet.yaml", "type: [object\n");
    folder.write("api.yaml", &API.replace("parts/", ""));
    let said = watch.until("waiting for a change").join("\n");
    assert!(said.contains("error[syntax]") && said.contains("pet.yaml:"), "{said}");
    folder.write("pet.yaml", "type: object\n");
    watch.until(" files written, ");
    eventually("the models", || folder.exists("out/src/models/pet.rs"));
    // What was written stays when the document becomes wrong.
    folder.write("api.yaml", "openapi: 4.0.0\n");
    watch.until("waiting for a change");
    assert!(folder.exists("out/src/models/pet.rs"));
}

#[test]
fn watching_and_checking_exclude_each_other() {
    let folder = Folder::with_pets();
    let run = folder.run(&["generate", "pets.yaml", "-o", "out", "--watch", "--check"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.starts_with("error: the argument '--watch' cannot be used with '--check'\n"), "{run}");
}

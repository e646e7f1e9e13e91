//! Rust that uses the crates that a page emits: run as tests of these crates.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::cli_support::Folder;

/// By crate, the line and the text of each.
#[derive(Default)]
pub struct Snippets<'p>(BTreeMap<&'p str, Vec<(usize, &'p str)>>);

impl<'p> Snippets<'p> {
    pub fn add(&mut self, krate: &'p str, line: usize, text: &'p str) {
        self.0.entry(krate).or_default().push((line, text));
    }

    /// Compiles and runs all of them and says what is wrong.
    pub fn run(&self, folder: &Folder, real: &dyn Fn(&str) -> String) -> Vec<String> {
        let mut faults = Vec::new();
        for (krate, snippets) in &self.0 {
            let Some(place) = package(folder, krate) else {
                let line = snippets[0].0;
                faults.push(format!("line {line}: no command of the page has made a crate `{krate}`"));
                continue;
            };
            folder.write(&format!("{place}/tests/guide.rs"), &real(&test_file(snippets)));
            let run = folder.cargo(&place, &["test", "--quiet", "--test", "guide"]);
            if run.code != Some(0) {
                faults.push(format!("the Rust that uses `{krate}`: {run}"));
            }
        }
        faults
    }
}

/// The folder of the emitted package with this name.
fn package(folder: &Folder, krate: &str) -> Option<String> {
    let line = format!("name = \"{}\"", krate.replace('_', "-"));
    let entries = std::fs::read_dir(folder.root()).expect("a folder that can be read");
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut places: Vec<String> = names
        .filter(|name| folder.exists(&format!("{name}/.modelsmith-manifest")))
        .filter(|name| folder.read(&format!("{name}/Cargo.toml")).lines().any(|found| found == line))
        .collect();
    places.sort();
    places.into_iter().next()
}

/// Each snippet is a test of its own, named after its line.
fn test_file(snippets: &[(usize, &str)]) -> String {
    let mut file = String::new();
    for (line, text) in snippets {
        let _ = write!(
            file,
            "#[test]\nfn line_{line}() -> Result<(), Box<dyn std::error::Error>> {{\n{text}\nOk(())\n}}\n\n"
        );
    }
    file
}

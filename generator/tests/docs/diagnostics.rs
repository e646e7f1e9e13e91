//! Holds `docs/diagnostics.md` to the code: the codes are the same, and the examples give them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use modelsmith::config::Config;
use modelsmith::diagnostics::Severity;
use modelsmith::load::MemoryReader;

/// What the overlays of the examples are applied to.
const PET: &str = "openapi: 3.1.0\ncomponents: { schemas: { Pet: { type: object, required: [id] } } }\n";

/// What one section of the documentation says.
struct Section {
    code: String,
    /// Whether it says that it may be an error, a warning.
    error: bool,
    warning: bool,
    /// Language and text of its examples.
    examples: Vec<(String, String)>,
}

fn package() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sections() -> Vec<Section> {
    let path = package().join("../docs/diagnostics.md");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut sections: Vec<Section> = Vec::new();
    for part in text.split("\n### ").skip(1) {
        let (heading, body) = part.split_once('\n').expect("a section has a body");
        let code = heading.trim().trim_matches('`').to_owned();
        let mut pieces = body.split("```");
        let prose = pieces.next().unwrap_or_default();
        let mut examples = Vec::new();
        while let Some(fenced) = pieces.next() {
            let (language, example) = fenced.split_once('\n').expect("a fence has a line of its own");
            examples.push((language.trim().to_owned(), example.to_owned()));
            pieces.next();
        }
        let says = |word: &str| prose.trim_start().starts_with(word) || prose.contains(&format!(". {word} "));
        sections.push(Section { code, error: says("Error"), warning: says("Warning"), examples });
    }
    sections
}

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The text of a string literal that `text` starts with.
fn literal(text: &str) -> Option<&str> {
    text.trim_start().strip_prefix('"')?.split('"').next()
}

/// The code that the first argument stands for: a literal, or a constant of the same file.
fn code_of(argument: &str, file: &str) -> Option<String> {
    if let Some(code) = literal(argument) {
        return Some(code.to_owned());
    }
    let name: String =
        argument.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let constant = format!("const {name}: &str = ");
    file.split_once(&constant).and_then(|(_, value)| literal(value)).map(str::to_owned)
}

/// Every code in the sources, with whether it is given as an error, as a warning.
fn codes() -> BTreeMap<String, (bool, bool)> {
    let sources = package().join("src");
    let mut files = Vec::new();
    source_files(&sources, &mut files);
    let mut codes: BTreeMap<String, (bool, bool)> = BTreeMap::new();
    for path in files {
        let text = fs::read_to_string(&path).expect("a source file is readable");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (call, is_error) in [("Diagnostic::error(", true), ("Diagnostic::warning(", false)] {
            for (at, _) in text.match_indices(call) {
                let argument = &text[at + call.len()..];
                // The one helper that takes the code from its caller; its callers are looked at below.
                if argument.trim_start().starts_with("code,") {
                    continue;
                }
                let code = code_of(argument, text)
                    .unwrap_or_else(|| panic!("{}: a code that this test cannot read", path.display()));
                let seen = codes.entry(code).or_default();
                seen.0 |= is_error;
                seen.1 |= !is_error;
            }
        }
        for (at, found) in text.match_indices("unreadable_schema(lowering, at, moved, ") {
            let code = literal(&text[at + found.len()..]).expect("the code is written out");
            codes.entry(code.to_owned()).or_default().1 = true;
        }
        for (at, found) in text.match_indices("\"code\": ") {
            let code = literal(&text[at + found.len()..]).expect("the code is written out");
            codes.entry(code.to_owned()).or_default().0 = true;
        }
    }
    codes
}

#[test]
fn every_code_is_documented_with_its_severity_and_nothing_else_is() {
    let sections = sections();
    let mut documented = BTreeMap::new();
    for section in &sections {
        let before = documented.insert(section.code.clone(), (section.error, section.warning));
        assert_eq!(before, None, "`{}` has two sections", section.code);
        assert!(!section.examples.is_empty(), "`{}` has no example", section.code);
    }
    assert_eq!(documented, codes());
}

/// The codes are also what settings may allow.
#[test]
fn every_code_of_a_warning_can_be_allowed() {
    let warnings = codes().into_iter().filter(|(_, (_, warning))| *warning).map(|(code, _)| code);
    assert_eq!(warnings.collect::<Vec<_>>(), modelsmith::config::WARNINGS);
}

/// An overlay that is shown as the remedy for a warning removes it.
#[test]
fn every_remedy_helps() {
    let mut count = 0;
    for section in sections() {
        let [(_, example), .., (language, remedy)] = &section.examples[..] else { continue };
        if language != "yaml remedy" {
            continue;
        }
        let mut config = Config::default();
        config.input.overlays.push("fix.yaml".into());
        let reader =
            MemoryReader::new().with("openapi.yaml", example.as_bytes()).with("fix.yaml", remedy.as_bytes());
        let output = modelsmith::generate(Path::new("openapi.yaml"), &reader, &config).expect("it is read");
        assert_eq!(output.warnings, [], "`{}`", section.code);
        count += 1;
    }
    assert!(count > 0);
}

#[test]
fn every_example_gives_its_code() {
    let mut faults = Vec::new();
    for section in sections() {
        for (language, example) in &section.examples {
            let (reader, mut config) = (MemoryReader::new(), Config::default());
            config.rust.tests = true;
            config.rust.client = true;
            config.rust.checks = true;
            let reader = match language.as_str() {
                "yaml" => reader.with("api/openapi.yaml", example.as_bytes()),
                "yaml overlay" => {
                    config.input.overlays.push("fix.yaml".into());
                    reader.with("api/openapi.yaml", PET).with("fix.yaml", example.as_bytes())
                }
                "yaml remedy" => continue,
                other => {
                    assert_eq!(other, "text", "an example of `{}` is neither run nor marked", section.code);
                    continue;
                }
            };
            let path = Path::new("api/openapi.yaml");
            let found = match modelsmith::generate(path, &reader, &config) {
                Ok(output) => output.warnings,
                Err(failure) => failure.diagnostics,
            };
            let has = |severity| {
                found
                    .iter()
                    .any(|diagnostic| diagnostic.code == section.code && diagnostic.severity == severity)
            };
            let expected = if section.error { Severity::Error } else { Severity::Warning };
            let others: BTreeSet<_> = found.iter().map(|diagnostic| diagnostic.code).collect();
            if !has(expected) || others.len() != 1 {
                faults.push(format!("`{}`: the example gives {others:?}", section.code));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

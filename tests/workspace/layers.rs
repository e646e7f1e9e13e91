//! Holds the stages to what they may import (ARCHITECTURE.md, "The pipeline").
//!
//! Looks at the paths that begin at the root of the crate, which is how a stage reaches another one.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};

/// What only tests are compiled with. Tests of every stage may import it.
const FOR_TESTS: &str = "testing";

/// Each stage and the modules of the crate that it may import beside itself.
const ALLOWED: &[(&str, &[&str])] = &[
    ("braces", &[]),
    ("config", &[]),
    ("diagnostics", &[]),
    ("load", &["config", "diagnostics", "keywords", "limits", "number"]),
    ("lower", &["braces", "diagnostics", "document", "keywords", "limits", "load", "method", "number"]),
    ("select", &["config", "diagnostics", "document", "ir", "method", "naming", "words"]),
    ("examples", &["diagnostics", "ir", "load", "number"]),
    (
        "resolve",
        &["braces", "config", "diagnostics", "document", "ir", "limits", "number", "select", "words"],
    ),
    ("ir", &["braces", "diagnostics", "limits", "method", "number"]),
    ("limits", &[]),
    ("method", &[]),
    ("naming", &["ir", "parallel", "words"]),
    ("emit", &["config", "file_set", "header", "ir", "limits", "naming", "number", "parallel"]),
    ("file_set", &[]),
    ("header", &[]),
    ("keywords", &[]),
    ("document", &["diagnostics", "method", "number"]),
    ("diff", &["diagnostics", "ir", "naming", "number", "report"]),
    ("report", &["diagnostics", "ir", "limits", "naming"]),
    ("number", &[]),
    ("parallel", &[]),
    ("settings", &["config", "diagnostics"]),
    ("verify", &["braces", "diagnostics", "ir", "limits", "load", "number"]),
    ("words", &[]),
    ("write", &["file_set", "header", "parallel"]),
    (FOR_TESTS, &["*"]),
    // The driver and the front ends see everything.
    ("build", &["*"]),
    ("cli", &["*"]),
    ("generate", &["*"]),
];

fn source_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("a readable entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            source_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// A path, and in how many inline modules it stands.
struct ModulePath {
    segments: Vec<String>,
    nesting: usize,
}

/// The paths of a text, spelled out: `use std::{fs, io::{self, Read}}` names `std::fs`, `std::io` and `std::io::Read`.
///
/// Works on tokens, so comments and strings name nothing, and what stands inside of macro calls counts.
fn paths(text: &str) -> Vec<ModulePath> {
    let tokens: TokenStream = text.parse().expect("the source is Rust");
    let mut paths = Paths { nesting: 0, found: Vec::new() };
    paths.collect(tokens, &[]);
    paths.found
}

/// Collects paths.
struct Paths {
    nesting: usize,
    found: Vec<ModulePath>,
}

impl Paths {
    /// Collects the paths of a group of tokens, each behind the segments that lead to the group.
    fn collect(&mut self, tokens: TokenStream, prefix: &[String]) {
        let mut path = prefix.to_vec();
        // The two identifiers before this token: `mod name` opens an inline module.
        let mut before = [String::new(), String::new()];
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(segment) => {
                    before.swap(0, 1);
                    before[1] = segment.to_string();
                    path.push(segment.to_string());
                }
                TokenTree::Punct(colon) if colon.as_char() == ':' && colon.spacing() == Spacing::Joint => {
                    tokens.next();
                    if let Some(TokenTree::Group(group)) = tokens.peek() {
                        self.collect(group.stream(), &path);
                        path = prefix.to_vec();
                        tokens.next();
                    }
                    continue;
                }
                TokenTree::Group(group) => {
                    self.end(&mut path, prefix);
                    let inline = usize::from(before[0] == "mod" && group.delimiter() == Delimiter::Brace);
                    self.nesting += inline;
                    self.collect(group.stream(), &[]);
                    self.nesting -= inline;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => before = Default::default(),
            }
            // Only `::` goes on; the colon of `a: b` ends the path.
            let is_joint = |next: &Punct| next.as_char() == ':' && next.spacing() == Spacing::Joint;
            if !matches!(tokens.peek(), Some(TokenTree::Punct(next)) if is_joint(next)) {
                self.end(&mut path, prefix);
            }
        }
    }

    /// Ends a path, unless nothing came after the segments that led to it.
    fn end(&mut self, path: &mut Vec<String>, prefix: &[String]) {
        if path.len() > prefix.len() {
            let segments = std::mem::replace(path, prefix.to_vec());
            self.found.push(ModulePath { segments, nesting: self.nesting });
        }
    }
}

/// The stages that a file imports: what follows `crate`, or as many `super` as lead to the root of the crate.
fn imports(text: &str, depth: usize) -> BTreeSet<String> {
    let from_root = |path: ModulePath| {
        let supers = path.segments.iter().take_while(|segment| *segment == "super").count();
        let at = match path.segments.first().map(String::as_str) {
            Some("crate") => 1,
            Some("super") if supers >= depth + path.nesting => supers,
            _ => return None,
        };
        path.segments.get(at).cloned()
    };
    paths(text).into_iter().filter_map(from_root).collect()
}

/// How many modules a file lies below the root of the crate.
fn depth(path: &Path, sources: &Path) -> usize {
    let inner = path.strip_prefix(sources).expect("the file lies in the sources");
    let is_folder = path.file_stem().is_some_and(|stem| stem == "mod");
    inner.components().count() - usize::from(is_folder)
}

fn stage_of(path: &Path, sources: &Path) -> String {
    let inner = path.strip_prefix(sources).expect("the file lies in the sources");
    let first = inner.components().next().expect("the path has a part").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn stages_import_only_what_the_design_allows() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("generator/src");
    let mut files = Vec::new();
    source_files(&sources, &mut files);
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for path in &files {
        let stage = stage_of(path, &sources);
        if stage == "lib" || stage == "main" {
            continue;
        }
        let Some((_, allowed)) = ALLOWED.iter().find(|(name, _)| *name == stage) else {
            faults.push(format!("{}: no rule for the stage `{stage}`", path.display()));
            continue;
        };
        seen.insert(stage.clone());
        let text = fs::read_to_string(path).expect("a source file is readable");
        for import in imports(&text, depth(path, &sources)) {
            let is_allowed = import == stage || import == FOR_TESTS;
            if !is_allowed && !allowed.contains(&"*") && !allowed.contains(&import.as_str()) {
                let inner = path.strip_prefix(&sources).expect("the file lies in the sources");
                faults.push(format!("{}: `{stage}` must not import `{import}`", inner.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let rules: BTreeSet<String> = ALLOWED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(seen, rules, "a rule without a stage is a rule that nothing checks");
}

/// The stages have types of their own between them, so that what they mean is in fields.
#[test]
fn only_the_document_knows_openapiv3() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("generator/src");
    let mut files = Vec::new();
    source_files(&sources, &mut files);
    let names_it = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("a source file is readable");
        paths(&text).iter().any(|path| path.segments.first().is_some_and(|first| first == "openapiv3"))
    };
    let stages: BTreeSet<String> =
        files.iter().filter(|path| names_it(path)).map(|path| stage_of(path, &sources)).collect();
    assert_eq!(stages, BTreeSet::from(["document".to_owned()]));
}

#[test]
fn only_the_front_ends_touch_the_disk_and_the_terminal() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("generator/src");
    let mut files = Vec::new();
    source_files(&sources, &mut files);
    let front_ends = ["main", "cli", "build", "write", "load", "settings"];
    files.retain(|path| !front_ends.contains(&stage_of(path, &sources).as_str()));
    // Emitted crates have a copy of the runtime.
    let stages = files.len();
    source_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("runtime/src"), &mut files);
    assert!(files.len() > stages, "the runtime has no sources");
    for path in &files {
        let text = fs::read_to_string(path).expect("a source file is readable");
        let used = paths(&text);
        for word in ["std::fs", "std::env", "println", "eprintln", "std::process"] {
            let is_used = used.iter().any(|path| path.segments.join("::").starts_with(word));
            // A form may send a file from the disk, whose path the caller gives.
            let is_allowed = word == "std::fs" && path.ends_with("runtime/src/file.rs");
            assert!(!is_used || is_allowed, "{} uses {word}", path.display());
        }
    }
}

#[test]
fn paths_are_found_however_they_are_written() {
    let text = r#"
        use crate::{ir, naming::{self, Names}};
        use std::{fs, io::Read as _};
        use super::super::emit::docs;
        // crate::comment
        const TEXT: &str = "crate::string";
        mod inner { use super::super::Own; use super::super::super::config; }
        fn f(a: super::Own) { vec![crate::write::Mode]; let b: crate::load::Tree = a.b::<crate::diff::Change>(); }
    "#;
    let expected = ["config", "diff", "emit", "ir", "load", "naming", "write"];
    assert_eq!(imports(text, 2).iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let all: Vec<String> = paths(text).iter().map(|path| path.segments.join("::")).collect();
    assert!(all.contains(&"std::fs".to_owned()) && all.contains(&"std::io::Read".to_owned()), "{all:?}");
}

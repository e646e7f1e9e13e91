//! Every file of tests is compiled into one of them: a file that no module names would be a test that never runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of tests, and those in them that are packages.
const FOLDERS: [&str; 3] = ["tests", "generator/tests", "runtime/tests"];

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is readable") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Where a file may stand that `mod NAME;` in `file` names.
fn modules(file: &Path, text: &str) -> Vec<PathBuf> {
    let folder = file.parent().expect("a file has a folder");
    let stem = file.file_stem().expect("a file has a name");
    let own = if ["main", "mod", "lib", "build"].iter().any(|root| stem == *root) {
        folder.to_owned()
    } else {
        folder.join(stem)
    };
    // A root of a name of its own has its modules beside it.
    let folders = [own, folder.to_owned()];
    let names = text.lines().filter_map(|line| {
        let line = line.trim_start_matches("pub ").trim_start_matches("pub(crate) ");
        line.strip_prefix("mod ")?.strip_suffix(';')
    });
    let inner = |name: &str| [format!("{name}.rs"), format!("{name}/mod.rs")];
    names
        .flat_map(|name| folders.iter().flat_map(move |folder| inner(name).map(|at| folder.join(at))))
        .collect()
}

/// Files that are named by a path, in an attribute or in a macro.
fn named(file: &Path, text: &str) -> Vec<PathBuf> {
    let folder = file.parent().expect("a file has a folder");
    let texts = text.split('"').filter(|part| part.ends_with(".rs"));
    texts.filter_map(|path| folder.join(path).canonicalize().ok()).collect()
}

#[test]
fn no_file_of_tests_is_left_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).canonicalize().expect("the workspace is there");
    let mut files = Vec::new();
    for folder in FOLDERS {
        rust_files(&root.join(folder), &mut files);
    }
    let mut compiled: BTreeSet<PathBuf> = BTreeSet::new();
    for file in &files {
        let text = fs::read_to_string(file).expect("a source file is readable");
        compiled.extend(modules(file, &text));
        compiled.extend(named(file, &text));
    }
    // Cargo finds these by itself, or a manifest names them.
    let is_root = |file: &Path| {
        let is_target = FOLDERS.iter().any(|folder| file.parent() == Some(&root.join(folder)));
        let is_named_so = ["main.rs", "lib.rs", "build.rs"].iter().any(|name| file.ends_with(name));
        is_target || is_named_so
    };
    let left_out: Vec<&PathBuf> =
        files.iter().filter(|file| !is_root(file) && !compiled.contains(*file)).collect();
    assert!(files.len() > 100, "{} files", files.len());
    assert!(left_out.is_empty(), "no module names these: {left_out:#?}");
}

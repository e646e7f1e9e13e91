//! Writing files into a folder.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use modelsmith::write::{FileSet, Mode, Stale, Staleness, write};

const MANIFEST: &str = ".modelsmith-manifest";

fn files(files: &[(&str, &str)]) -> FileSet {
    files.iter().copied().collect()
}

/// All files below a folder.
fn tree(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

#[test]
fn files_are_written_and_left_alone_when_they_are_equal() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("new/models");
    let set = files(&[("Cargo.toml", "[package]\n"), ("src/lib.rs", "// lib\n")]);

    let report = write(&set, &target, Mode::Write).unwrap();
    assert_eq!(report.written, [MANIFEST, "Cargo.toml", "src/lib.rs"]);
    assert_eq!(tree(&target), [MANIFEST, "Cargo.toml", "src/lib.rs"]);
    assert_eq!(fs::read_to_string(target.join("src/lib.rs")).unwrap(), "// lib\n");

    let touched = |path: &str| fs::metadata(target.join(path)).unwrap().modified().unwrap();
    let before = (touched("src/lib.rs"), touched(MANIFEST));
    let report = write(&set, &target, Mode::Write).unwrap();
    assert_eq!((report.written, report.unchanged, report.removed), (vec![], 3, vec![]));
    assert_eq!((touched("src/lib.rs"), touched(MANIFEST)), before);
}

#[test]
fn only_files_of_an_earlier_run_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let first = files(&[("src/models/a.rs", "a"), ("src/old/b.rs", "b"), ("src/lib.rs", "l")]);
    write(&first, folder.path(), Mode::Write).unwrap();
    fs::write(folder.path().join("src/models/mine.rs"), "mine").unwrap();

    let report = write(&files(&[("src/lib.rs", "l2")]), folder.path(), Mode::Write).unwrap();
    assert_eq!(report.removed, ["src/models/a.rs", "src/old/b.rs"]);
    assert_eq!(report.written, [MANIFEST, "src/lib.rs"]);
    assert_eq!(tree(folder.path()), [MANIFEST, "src/lib.rs", "src/models/mine.rs"]);
    assert!(!folder.path().join("src/old").exists());
    let check = write(&files(&[("src/lib.rs", "l2")]), folder.path(), Mode::Check).unwrap();
    assert_eq!((check.stale, check.unchanged), (vec![], 2));
}

#[test]
fn a_manifest_cannot_have_other_files_removed() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("out");
    fs::create_dir(&folder).unwrap();
    let outside = outer.path().join("precious");
    fs::write(&outside, "").unwrap();
    let list = format!("../precious\n{}\nsrc/../../precious\n\n/\n.\n", outside.display());
    fs::write(folder.join(MANIFEST), list).unwrap();

    let report = write(&files(&[("a.rs", "")]), &folder, Mode::Write).unwrap();
    assert_eq!(report.removed, Vec::<String>::new());
    assert!(outside.exists());
}

#[test]
fn the_manifest_is_never_one_of_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let set = files(&[(".modelsmith-manifest", "mine"), ("a.rs", "")]);
    write(&set, folder.path(), Mode::Write).unwrap();
    let text = fs::read_to_string(folder.path().join(".modelsmith-manifest")).unwrap();
    assert!(text.contains("a.rs") && !text.contains("mine"), "{text}");
    let again = write(&set, folder.path(), Mode::Write).unwrap();
    assert_eq!((again.unchanged, again.written.len()), (2, 0));
}

#[test]
fn check_names_what_differs_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let first = files(&[("changed.rs", "1"), ("gone.rs", "2"), ("same.rs", "3"), ("extra.rs", "4")]);
    write(&first, folder.path(), Mode::Write).unwrap();
    fs::remove_file(folder.path().join("gone.rs")).unwrap();
    let before = tree(folder.path());

    let second = files(&[("changed.rs", "new"), ("gone.rs", "2"), ("same.rs", "3")]);
    let report = write(&second, folder.path(), Mode::Check).unwrap();
    let stale = |path: &str, kind| Stale { path: path.to_owned(), kind };
    let expected = [
        stale(MANIFEST, Staleness::Changed),
        stale("changed.rs", Staleness::Changed),
        stale("gone.rs", Staleness::Missing),
        stale("extra.rs", Staleness::Superfluous),
    ];
    assert_eq!(report.stale, expected);
    assert_eq!((report.unchanged, report.written.len(), report.removed.len()), (1, 0, 0));
    assert_eq!(tree(folder.path()), before);
    assert_eq!(fs::read_to_string(folder.path().join("changed.rs")).unwrap(), "1");
}

#[test]
fn checking_a_folder_that_is_not_there_creates_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("none");
    let report = write(&files(&[("a.rs", "")]), &target, Mode::Check).unwrap();
    assert_eq!(report.stale.len(), 2);
    assert!(!target.exists());
}

#[test]
fn files_of_others_are_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"mine\"\n").unwrap();
    fs::write(folder.path().join("a.rs"), "// Emitted by modelsmith 0.0.1.\n").unwrap();

    let set = files(&[("Cargo.toml", "# modelsmith\n"), ("a.rs", "// modelsmith\n")]);
    let error = write(&set, folder.path(), Mode::Write).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::AlreadyExists);
    assert!(error.to_string().contains("Cargo.toml` was not written by modelsmith"), "{error}");
    assert_eq!(tree(folder.path()), ["Cargo.toml", "a.rs"]);
    // A file that says it is modelsmith's may be, even when the list was lost.
    write(&files(&[("a.rs", "// modelsmith\n")]), folder.path(), Mode::Write).unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("a.rs")).unwrap(), "// modelsmith\n");
}

#[test]
fn paths_that_leave_the_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    for path in ["../a.rs", "/tmp/a.rs", "src/../../a.rs", "", "src//a.rs", "a\\b.rs", "./a.rs", "a\nb"] {
        let error = write(&files(&[(path, "")]), &folder.path().join("out"), Mode::Write).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path}");
    }
    assert_eq!(tree(folder.path()), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let outer = tempfile::tempdir().unwrap();
    let (out, other) = (outer.path().join("out"), outer.path().join("other"));
    fs::create_dir(&out).unwrap();
    fs::create_dir(&other).unwrap();
    fs::write(other.join("victim.rs"), "// modelsmith\n").unwrap();
    symlink(&other, out.join("src")).unwrap();
    symlink(other.join("victim.rs"), out.join("a.rs")).unwrap();

    for path in ["src/victim.rs", "src/new.rs", "a.rs"] {
        let error = write(&files(&[(path, "x")]), &out, Mode::Write).unwrap_err();
        assert!(error.to_string().ends_with("is a symbolic link; it is not followed"), "{error}");
    }
    assert_eq!(tree(&other), ["victim.rs"]);
    assert_eq!(fs::read_to_string(other.join("victim.rs")).unwrap(), "// modelsmith\n");

    fs::write(out.join(MANIFEST), "src/victim.rs\n").unwrap();
    write(&files(&[("b.rs", "")]), &out, Mode::Write).unwrap_err();
    assert!(other.join("victim.rs").exists());
}

#[test]
fn a_write_that_fails_leaves_no_part_of_a_file() {
    let folder = tempfile::tempdir().unwrap();
    // A folder stands where the file should be, so that only the last step fails.
    fs::create_dir_all(folder.path().join("a.rs/inner")).unwrap();
    write(&files(&[("a.rs", "text")]), folder.path(), Mode::Write).unwrap_err();
    assert_eq!(tree(folder.path()), Vec::<String>::new());
}

#[test]
fn a_run_that_was_cut_short_is_completed_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    write(&files(&[("old.rs", "o"), ("dir/x.rs", "x")]), folder.path(), Mode::Write).unwrap();
    // `dir` cannot become a file while its content is there, so the run ends half-way.
    write(&files(&[("dir", "now a file")]), folder.path(), Mode::Write).unwrap_err();
    let report = write(&files(&[("new.rs", "n")]), folder.path(), Mode::Write).unwrap();
    assert_eq!(report.removed, ["dir/x.rs", "old.rs"]);
    assert_eq!(tree(folder.path()), [MANIFEST, "new.rs"]);
}

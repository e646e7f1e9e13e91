//! Lets the disk fail at every possible step: afterwards the output is the old one, or is marked and the next run
//! repairs it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::folder::faults::{self, Fault};
use super::switch::{MARK, STAGING};
use super::{FileSet, Mode, Report, write};
use crate::header;

type Tree = BTreeMap<String, String>;

/// All files below a folder except those that are not part of the output.
fn output(folder: &Path) -> Tree {
    let mut found = Tree::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).expect("a folder that can be read") {
            let path = entry.expect("a readable entry").path();
            let name = path.strip_prefix(folder).expect("it lies there").to_string_lossy().into_owned();
            if path.is_dir() && name != STAGING {
                open.push(path);
            } else if path.is_file() && name != MARK {
                found.insert(name, fs::read_to_string(path).expect("it is text"));
            }
        }
    }
    found
}

fn files(files: &[(&str, &str)]) -> FileSet {
    files.iter().map(|(path, text)| (*path, header::line("a test", "cargo test") + text)).collect()
}

fn old() -> FileSet {
    files(&[("Cargo.toml", "[old]"), ("src/lib.rs", "old"), ("src/gone/a.rs", "a"), ("src/same.rs", "same")])
}

fn new() -> FileSet {
    files(&[("Cargo.toml", "[new]"), ("src/lib.rs", "new"), ("src/more/b.rs", "b"), ("src/same.rs", "same")])
}

/// The content of the folder after a successful run.
fn after(sets: &[FileSet]) -> Tree {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for set in sets {
        write(set, folder.path(), Mode::Write).expect("nothing fails");
    }
    output(folder.path())
}

/// Lets the step after `steps` others fail on the way from `before` to `new`.
fn interrupted(
    before: &[FileSet],
    steps: usize,
    fault: Fault,
) -> (tempfile::TempDir, std::io::Result<Report>) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for set in before {
        write(set, folder.path(), Mode::Write).expect("nothing fails yet");
    }
    let result = faults::after(steps, fault, || write(&new(), folder.path(), Mode::Write));
    (folder, result)
}

/// Runs `judge` for a fault at every step, and returns the number of steps.
fn at_every_step(
    before: &[FileSet],
    fault: Fault,
    mut judge: impl FnMut(usize, &Path, std::io::Result<Report>),
) -> usize {
    for steps in 0..1_000 {
        let (folder, result) = interrupted(before, steps, fault);
        let is_over = result.is_ok();
        judge(steps, folder.path(), result);
        if is_over {
            return steps;
        }
    }
    panic!("it never ends");
}

#[test]
fn a_run_that_is_killed_leaves_the_old_output_or_a_mark() {
    let (before, wanted) = (after(&[old()]), after(&[new()]));
    let (mut untouched, mut marked) = (0, 0);
    let steps = at_every_step(&[old()], Fault::FromThenOn, |step, folder, _| {
        let check = write(&new(), folder, Mode::Check).expect("it can be read");
        let is_marked = folder.join(MARK).exists();
        assert_eq!(check.unfinished, is_marked, "step {step}");
        let found = output(folder);
        if is_marked {
            marked += 1;
        } else if found != wanted {
            assert_eq!(found, before, "step {step}: a mixture without a mark");
            untouched += 1;
        }
        let again = write(&new(), folder, Mode::Write).expect("nothing fails now");
        assert_eq!(again.unfinished, is_marked, "step {step}");
        assert_eq!(output(folder), wanted, "step {step}");
        assert!(!folder.join(MARK).exists() && !folder.join(STAGING).exists(), "step {step}");
        assert!(!folder.join("src/gone").exists(), "step {step}");
    });
    assert!(untouched > 5 && marked > 5 && steps >= untouched + marked, "{untouched} {marked} {steps}");
}

#[test]
fn after_a_run_that_was_killed_any_other_output_can_be_written() {
    let third = files(&[("src/lib.rs", "third")]);
    let wanted = after(std::slice::from_ref(&third));
    at_every_step(&[old()], Fault::FromThenOn, |step, folder, _| {
        write(&third, folder, Mode::Write).expect("nothing fails now");
        assert_eq!(output(folder), wanted, "step {step}");
        assert!(!folder.join("src/more").exists() && !folder.join("src/gone").exists(), "step {step}");
    });
}

#[test]
fn a_repair_that_is_killed_is_still_marked() {
    let wanted = after(&[new()]);
    for first in 0..60 {
        let (folder, _) = interrupted(&[old()], first, Fault::FromThenOn);
        let folder = folder.path();
        if !folder.join(MARK).exists() {
            continue;
        }
        for second in 0..60 {
            let result = faults::after(second, Fault::FromThenOn, || write(&new(), folder, Mode::Write));
            assert!(
                folder.join(MARK).exists() || output(folder) == wanted,
                "killed after {first} and {second} steps: a mixture without a mark"
            );
            if result.is_ok() {
                break;
            }
        }
        write(&new(), folder, Mode::Write).expect("nothing fails now");
        assert_eq!(output(folder), wanted);
    }
}

#[test]
fn a_full_disk_leaves_the_old_output_and_nothing_else() {
    let before = after(&[old()]);
    let mut stopped = 0;
    at_every_step(&[old()], Fault::Once, |step, folder, result| {
        let Err(error) = result else { return };
        assert_eq!(error.kind(), std::io::ErrorKind::StorageFull, "step {step}");
        if !folder.join(MARK).exists() {
            assert_eq!(output(folder), before, "step {step}");
            assert!(!folder.join(STAGING).exists(), "step {step}");
            stopped += 1;
        } else {
            let message = error.to_string();
            assert!(message.ends_with("some are old: run the command again"), "{message}");
        }
    });
    // Every step that needs room comes before the first that changes the output.
    assert!(stopped > 5, "{stopped}");
}

#[test]
fn a_first_run_that_is_killed_is_completed_too() {
    let wanted = after(&[new()]);
    at_every_step(&[], Fault::FromThenOn, |step, folder, _| {
        let found = output(folder);
        assert!(found.is_empty() || found == wanted || folder.join(MARK).exists(), "step {step}: {found:?}");
        write(&new(), folder, Mode::Write).expect("nothing fails now");
        assert_eq!(output(folder), wanted, "step {step}");
    });
}

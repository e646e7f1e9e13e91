//! Kills the command at many points: what is left is the old output or the new one, or it is marked and the next run
//! completes it. `src/write/tests.rs` does the same at every step, without a process. A program of its own, since the
//! points are moments: nothing else runs beside it.

mod cli_support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use cli_support::Folder;

const STAGING: &str = "out/.modelsmith-staging";
const MARK: &str = "out/.modelsmith-unfinished";

/// A document of many files, in which everything differs from version to version.
fn document(version: usize) -> String {
    let schemas: String = (0..120)
        .map(|index| {
            format!(
                "    Schema{index}V{}: {{ type: object, properties: {{ field{version}: {{ type: string }} }} }}\n",
                if index % 10 == 0 { version } else { 0 }
            )
        })
        .collect();
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Many, version: \"{version}\" }}\ncomponents:\n  schemas:\n{schemas}"
    )
}

/// The files of the output, without what a run that was killed may leave beside it.
fn output(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).into_iter().flatten() {
            let path = entry.expect("a readable entry").path();
            let name = path.strip_prefix(folder).expect("it lies there").to_string_lossy().into_owned();
            if [".modelsmith-staging", ".modelsmith-unfinished", ".modelsmith-lock"].contains(&name.as_str())
            {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(name, fs::read(path).expect("it can be read"));
            }
        }
    }
    found
}

/// When the command is killed.
#[derive(Debug, Clone, Copy)]
enum Kill {
    /// So long after its start.
    After(Duration),
    /// So long after it began to write beside the output.
    Staging(Duration),
    /// So long after it set the mark.
    Marked(Duration),
}

/// Runs the command and kills it. Whether it was killed before it ended.
fn killed(folder: &Folder, kill: Kill) -> bool {
    let mut child = folder
        .command(&["generate", "many.yaml", "-o", "out", "--quiet"])
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let (wait, path) = match kill {
        Kill::After(wait) => (wait, None),
        Kill::Staging(wait) => (wait, Some(folder.path(STAGING))),
        Kill::Marked(wait) => (wait, Some(folder.path(MARK))),
    };
    // Polled without a pause: what is waited for may take less than one.
    while path.as_ref().is_some_and(|path| !path.exists()) && child.try_wait().is_ok_and(|end| end.is_none())
    {
    }
    let start = Instant::now();
    while start.elapsed() < wait && child.try_wait().is_ok_and(|end| end.is_none()) {
        std::hint::spin_loop();
    }
    // Not an error when it has just ended by itself.
    let _ = child.kill();
    !child.wait().expect("it has ended").success()
}

#[test]
fn a_command_that_is_killed_leaves_the_old_output_or_the_new_one_or_a_mark() {
    let folder = Folder::new();
    folder.write("many.yaml", &document(0));
    let generate = ["generate", "many.yaml", "-o", "out", "--quiet"];
    let check = ["generate", "many.yaml", "-o", "out", "--check"];
    let start = Instant::now();
    assert_eq!(folder.run(&generate).code, Some(0));
    let whole = start.elapsed();

    let micros = |count: u64| Duration::from_micros(count);
    // A round takes four runs, so there are few: every step has its turn in `src/write/tests.rs`.
    let after = (0..7).map(|part| Kill::After(whole * part / 6));
    let staging = (0..5).map(|part| Kill::Staging(micros(part * part * 900)));
    let marked = (0..8).map(|part| Kill::Marked(micros(part * part * 100)));
    let (mut deaths, mut marks, mut old_ones) = (0, 0, 0);
    for (version, kill) in (1..).zip(after.chain(staging).chain(marked)) {
        let before = output(&folder.path("out"));
        folder.write("many.yaml", &document(version));
        deaths += usize::from(killed(&folder, kill));
        let left = output(&folder.path("out"));
        let is_marked = folder.exists(MARK);

        let checked = folder.run(&check);
        assert_eq!(output(&folder.path("out")), left, "{kill:?}: `--check` changed something");
        assert_eq!(
            is_marked,
            checked.stderr.contains("because a run was interrupted"),
            "{kill:?}: {checked}"
        );

        let run = folder.run(&generate);
        assert_eq!(run.code, Some(0), "{kill:?}: {run}");
        let wanted = output(&folder.path("out"));
        assert!(!folder.exists(MARK) && !folder.exists(STAGING), "{kill:?}");
        let run = folder.run(&check);
        assert_eq!(run.code, Some(0), "{kill:?}: {run}");

        if is_marked {
            marks += 1;
        } else {
            assert!(left == before || left == wanted, "{kill:?}: a mixture without a mark");
            old_ones += usize::from(left == before);
        }
        // Nothing of the versions before is left behind.
        assert_eq!(wanted.keys().filter(|path| path.contains("schema10_v")).count(), 1, "{kill:?}");
    }
    assert!(deaths > 5 && old_ones > 3, "{deaths} were killed, {old_ones} left the old output");
    // How many are killed while files go to their places depends on the machine. On one with two cores most of the last
    // eight are; on one with a single core it may be none.
    println!("{deaths} were killed, {old_ones} left the old output, {marks} were marked");
}

#[test]
fn check_tells_of_a_run_that_was_interrupted() {
    let folder = Folder::with_pets();
    let generate = ["generate", "pets.yaml", "-o", "out", "--quiet"];
    let check = ["generate", "pets.yaml", "-o", "out", "--check"];
    folder.run(&generate);
    // As it is when the process ends before the last file is in its place.
    folder.write("out/.modelsmith-unfinished", "src/models/names.rs\nsrc/models/old.rs\n");
    folder.write("out/.modelsmith-staging/0", "// the new text\n");
    let header = "// @generated by modelsmith 0.1.0 from pets.yaml. Regenerate with: make\n";
    folder.write("out/src/models/names.rs", &format!("{header}// the old text\n"));
    folder.write("out/src/models/old.rs", &format!("{header}// to be removed\n"));
    insta::assert_snapshot!(folder.run(&check), @r##"
    exit code 1
    --- stderr
    warning[mapping-contradicts-constant]: 2 of 2 mapping values contradict the constants of the schemas: `Cat` says that its `kind` is `cat`
      --> pets.yaml:19:20
       |
    19 |         mapping: { Cat: "#/components/schemas/Cat", Dog: "#/components/schemas/Dog" }
       |                    ^^^
       |
       = help: the constants are taken, since they are what the schemas allow; correct the mapping or drop it
    error: out is incomplete, because a run was interrupted:
      src/models/names.rs differs
      src/models/old.rs is no longer emitted
    run `modelsmith generate pets.yaml -o out`
    "##);
    folder.run(&generate);
    assert_eq!(folder.run(&check).code, Some(0));
    assert!(!folder.exists("out/src/models/old.rs") && !folder.exists("out/.modelsmith-staging"));
    // Or before it could say that it was done.
    folder.write("out/.modelsmith-unfinished", "src/models/names.rs\n");
    insta::assert_snapshot!(folder.run(&check), @r##"
    exit code 1
    --- stderr
    warning[mapping-contradicts-constant]: 2 of 2 mapping values contradict the constants of the schemas: `Cat` says that its `kind` is `cat`
      --> pets.yaml:19:20
       |
    19 |         mapping: { Cat: "#/components/schemas/Cat", Dog: "#/components/schemas/Dog" }
       |                    ^^^
       |
       = help: the constants are taken, since they are what the schemas allow; correct the mapping or drop it
    error: out is marked as incomplete, because a run was interrupted
    run `modelsmith generate pets.yaml -o out`
    "##);
    folder.run(&generate);
    assert_eq!(folder.run(&check).code, Some(0));
}

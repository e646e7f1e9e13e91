//! Several runs on one folder at once: one writes, the others say that they did not.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;

use crate::cli_support::Folder;

/// A document of many files, in which versions differ in the names of some and the contents of others.
fn document(version: usize) -> String {
    let schemas: String = (0..120)
        .map(|index| {
            let name = if index % 3 == 0 { format!("Only{version}X{index}") } else { format!("All{index}") };
            format!("    {name}: {{ type: object, properties: {{ field{version}: {{ type: string }} }} }}\n")
        })
        .collect();
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Many, version: \"{version}\" }}\ncomponents:\n  schemas:\n{schemas}"
    )
}

fn output(folder: &Folder, within: &str) -> BTreeMap<String, String> {
    let tree = folder.tree(within);
    tree.into_iter().map(|path| (path.clone(), folder.read(&format!("{within}/{path}")))).collect()
}

#[test]
fn one_of_them_writes_and_the_others_say_so() {
    const RUNS: usize = 4;
    let folder = Folder::new();
    folder.write("modelsmith.toml", "command = \"make\"\n");
    let mut wanted = Vec::new();
    for version in 0..RUNS {
        folder.write(&format!("{version}.yaml"), &document(version));
        let run = folder.run(&["generate", &format!("{version}.yaml"), "-o", "alone", "--quiet"]);
        assert_eq!(run.code, Some(0), "{run}");
        wanted.push(output(&folder, "alone"));
    }
    let (mut written, mut lost) = (0, 0);
    for round in 0..12 {
        // Every other time it is the first run.
        if round % 2 == 0 {
            fs::remove_dir_all(folder.path("out")).unwrap_or_default();
        }
        let start = |version: usize| {
            folder
                .command(&["generate", &format!("{version}.yaml"), "-o", "out", "--quiet"])
                .stderr(Stdio::piped())
                .spawn()
                .expect("the binary runs")
        };
        let runs: Vec<_> = (0..RUNS).map(start).collect();
        let mut winners = Vec::new();
        for (version, run) in runs.into_iter().enumerate() {
            let ended = run.wait_with_output().expect("it ends");
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            if ended.status.success() {
                winners.push(version);
            } else {
                lost += 1;
                assert_eq!(
                    said,
                    "error: `out` cannot be written: another run of modelsmith is writing to this folder\n  \
                     = help: run the command again when the other run has ended\n"
                );
            }
        }
        written += winners.len();
        let found = output(&folder, "out");
        assert!(
            winners.iter().any(|version| found == wanted[*version]),
            "round {round}: a mixture of {winners:?}"
        );
    }
    println!("{written} runs wrote, {lost} did not");
}

#[test]
fn a_lock_that_is_held_stops_a_run_and_one_that_was_left_does_not() {
    let folder = Folder::with_pets();
    folder.write("out/.modelsmith-lock", "");
    let held = fs::File::open(folder.path("out/.modelsmith-lock")).expect("it is there");
    fs4::FileExt::lock(&held).expect("nobody else holds it");
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("another run of modelsmith is writing to this folder\n"), "{run}");
    assert_eq!(folder.tree("out"), [".modelsmith-lock"]);
    // A run that was killed leaves the file, but not the lock.
    drop(held);
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!folder.exists("out/.modelsmith-lock"));
}

/// While another run puts its files in their places, they differ from the manifest as if somebody had edited them.
#[test]
fn what_another_run_is_writing_is_not_taken_for_edits() {
    let folder = Folder::with_pets();
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run}");
    let written = folder.read("out/src/lib.rs");
    folder.write("out/src/lib.rs", &format!("{written}// new\n"));
    folder.write("out/.modelsmith-lock", "");
    let held = fs::File::open(folder.path("out/.modelsmith-lock")).expect("it is there");
    fs4::FileExt::lock(&held).expect("nobody else holds it");
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("another run of modelsmith is writing to this folder\n"), "{run}");
    drop(held);
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("src/lib.rs was edited since modelsmith wrote it\n"), "{run}");
}

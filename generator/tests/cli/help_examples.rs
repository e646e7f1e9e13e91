//! Runs the examples that `--help` gives, of every command.

use crate::cli_support::{Folder, PETS};

/// The commands that `modelsmith --help` lists.
fn commands(folder: &Folder) -> Vec<String> {
    let help = folder.run(&["--help"]).stdout;
    let (_, list) = help.split_once("\nCommands:\n").expect("it lists commands");
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter_map(|line| line.split_whitespace().next()).map(str::to_owned);
    names.filter(|name| name != "help").collect()
}

/// The examples of a command, without what is said of them.
fn examples(folder: &Folder, command: &str) -> Vec<String> {
    let help = folder.run(&[command, "--help"]).stdout;
    let (_, list) = help
        .split_once("\nExamples:\n")
        .or_else(|| help.split_once("\nExample:\n"))
        .unwrap_or_else(|| panic!("`{command} --help` has no examples"));
    list.lines()
        .map(|line| {
            let line = line.strip_prefix("  modelsmith ").unwrap_or_else(|| panic!("`{line}` is wrapped"));
            line.split("    ").next().unwrap_or(line).to_owned()
        })
        .collect()
}

/// Recorded traffic that fits the document.
const TRAFFIC: &str = r#"{"log":{"entries":[{"request":{"method":"GET","url":"http://localhost/pets"},
    "response":{"status":200,"content":{"mimeType":"application/json","text":"[{\"kind\":\"cat\"}]"}}}]}}"#;

/// An overlay that the traffic does not need.
const OVERLAY: &str = "overlay: 1.0.0
info: { title: Fix, version: \"1\" }
actions: [{ target: $.components.schemas.Cat.properties, update: { age: { type: integer } } }]
";

/// A folder with every file that the examples mention.
fn project() -> Folder {
    let folder = Folder::new();
    folder.write("openapi.yaml", PETS);
    folder.write("old.yaml", PETS);
    folder.write("traffic.har", TRAFFIC);
    folder.write("pet.json", r#"{"kind":"cat"}"#);
    folder.write("fix.yaml", OVERLAY);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    folder.git(&["add", "openapi.yaml"]);
    folder.git(&["commit", "--quiet", "-m", "old"]);
    folder.git(&["commit", "--quiet", "--allow-empty", "-m", "new"]);
    folder
}

#[test]
fn every_example_of_every_command_works() {
    let any = Folder::new();
    let mut count = 0;
    for command in commands(&any) {
        for example in examples(&any, &command) {
            let folder = project();
            let (line, file) = match example.split_once(" > ") {
                Some((line, file)) => (line, Some(file)),
                None => (example.as_str(), None),
            };
            let words: Vec<&str> = line.split_whitespace().collect();
            if words.contains(&"--check") {
                // There is something to check only after a run without it.
                let write: Vec<&str> = words.iter().copied().filter(|word| *word != "--check").collect();
                assert_eq!(folder.run(&write).code, Some(0), "{example}");
            }
            if words.contains(&"--watch") {
                watch(&folder, &words);
            } else {
                let run = folder.run(&words);
                // What is not needed any more is an answer that scripts act on.
                let expected = if words.contains(&"--since") { 1 } else { 0 };
                assert_eq!(run.code, Some(expected), "{example}: {run}");
                assert!(file.is_none() || !run.stdout.is_empty(), "{example} prints nothing into its file");
            }
            count += 1;
        }
    }
    assert!(count > 10, "{count}");
}

/// It does not end by itself.
fn watch(folder: &Folder, words: &[&str]) {
    let mut child = folder.command(words).stderr(std::process::Stdio::null()).spawn().expect("it runs");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !folder.exists("models/Cargo.toml") {
        assert!(std::time::Instant::now() < end, "it never writes");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child.kill().expect("it is still watching");
    child.wait().expect("it has ended");
}

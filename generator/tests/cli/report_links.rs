//! Reports of `verify` that are written through a link: the link stays, and a pipe or a device is not replaced by a file.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{FileTypeExt, symlink};
use std::process::Command;

use crate::cli_support::Folder;

const EXCHANGE: &str = "{\"method\":\"GET\",\"path\":\"/pets\",\"status\":200,\"response\":[]}\n";

fn with_link(to: &str) -> Folder {
    let folder = Folder::with_pets();
    folder.write("traffic.jsonl", EXCHANGE);
    folder.write("report.txt", "an earlier report");
    symlink(to, folder.path("link")).expect("a link can be made");
    folder
}

fn is_link(folder: &Folder) -> bool {
    fs::symlink_metadata(folder.path("link")).is_ok_and(|found| found.is_symlink())
}

#[test]
fn a_link_to_a_file_is_followed() {
    let folder = with_link("report.txt");
    let run = folder.run(&["verify", "pets.yaml", "traffic.jsonl", "-o", "link"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(is_link(&folder));
    assert!(folder.read("report.txt").contains("1 exchange"), "{}", folder.read("report.txt"));
}

#[test]
fn a_pipe_is_written_to() {
    let folder = with_link("pipe");
    let pipe = folder.path("pipe");
    let made = Command::new("mkfifo").arg(&pipe).status().expect("the command is there");
    assert!(made.success());
    // Open at both ends, so that nobody waits for the other one.
    let reader = fs::OpenOptions::new().read(true).write(true).open(&pipe).expect("a pipe can be opened");
    let run = folder.run(&["verify", "pets.yaml", "traffic.jsonl", "-o", "link"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(is_link(&folder) && fs::metadata(&pipe).is_ok_and(|found| found.file_type().is_fifo()));
    let mut line = String::new();
    BufReader::new(reader).read_line(&mut line).expect("the report is in the pipe");
    assert!(!line.is_empty());
}

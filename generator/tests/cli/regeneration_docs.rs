//! Runs what docs/regeneration.md tells people to run.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::cli_support::{Folder, PETS};

/// The fenced texts of the page in a language.
fn fenced(language: &str) -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/regeneration.md");
    let page = fs::read_to_string(page).expect("the page is there");
    let open = format!("```{language}\n");
    let texts = page.split(&open).skip(1).filter_map(|rest| rest.split_once("\n```"));
    texts.map(|(text, _)| text.to_owned()).collect()
}

fn project() -> Folder {
    let folder = Folder::new();
    folder.write("spec/openapi.yaml", PETS);
    let run = folder.run(&["generate", "spec/openapi.yaml", "-o", "models", "-q"]);
    assert_eq!(run.code, Some(0), "{run}");
    folder
}

/// Makes the document another one than that of the models.
fn change(folder: &Folder) {
    folder.write("spec/openapi.yaml", &PETS.replace("    Free: {}\n", ""));
}

fn words(command: &str) -> Vec<&str> {
    let mut words = command.split_whitespace();
    assert_eq!(words.next(), Some("modelsmith"), "{command}");
    words.collect()
}

#[test]
fn the_commands_do_what_the_page_says() {
    let commands = fenced("sh");
    let [watch, check] = &commands[..] else { panic!("{commands:?}") };
    let folder = project();
    assert_eq!(folder.run(&words(check)).code, Some(0));
    change(&folder);
    let run = folder.run(&words(check));
    assert!(run.code == Some(1) && run.stderr.contains("src/models/free.rs is no longer emitted"), "{run}");

    let mut child =
        folder.command(&words(watch)).stderr(std::process::Stdio::null()).spawn().expect("it runs");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while folder.exists("models/src/models/free.rs") {
        assert!(std::time::Instant::now() < end, "it never writes");
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    child.kill().expect("it is still watching");
    child.wait().expect("it has ended");
}

/// pre-commit itself is not needed: it runs `entry` when a file changed that `files` matches.
#[test]
fn the_pre_commit_hook_refuses_stale_models() {
    let configs = fenced("yaml");
    let config: serde_json::Value = serde_yaml::from_str(&configs[0]).expect("it is YAML");
    let hook = &config["repos"][0]["hooks"][0];
    assert_eq!(hook["language"], "system");
    assert_eq!(hook["pass_filenames"], false);
    let entry = hook["entry"].as_str().expect("it has an entry");
    let folder = project();
    assert_eq!(folder.run(&words(entry)).code, Some(0));
    change(&folder);
    assert_eq!(folder.run(&words(entry)).code, Some(1));
}

/// Git is not needed: a command of that name says that something is staged.
#[cfg(unix)]
#[test]
fn the_plain_hook_refuses_stale_models() {
    use std::os::unix::fs::PermissionsExt;

    let hooks = fenced("bash");
    let folder = project();
    folder.write("hook", &hooks[0]);
    let run = |is_staged: bool| -> Output {
        // `git diff --quiet` exits with 1 when there are differences.
        folder.write(
            "bin/git",
            &format!("#!/bin/sh\n[ \"$1 $2\" = 'diff --cached' ] && exit {}\n", u8::from(is_staged)),
        );
        let git = folder.path("bin/git");
        fs::set_permissions(&git, fs::Permissions::from_mode(0o755)).expect("it can be made executable");
        let modelsmith = Path::new(env!("CARGO_BIN_EXE_modelsmith")).parent().expect("it lies in a folder");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = [folder.path("bin"), modelsmith.to_owned()];
        let paths = paths.into_iter().chain(std::env::split_paths(&path));
        Command::new("sh")
            .arg("hook")
            .current_dir(folder.path("."))
            .env("PATH", std::env::join_paths(paths).expect("no path has a colon"))
            .output()
            .expect("there is a shell")
    };
    assert!(run(true).status.success());
    change(&folder);
    let refused = run(true);
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("models is out of date"));
    // A commit that touches neither document nor models is not held up.
    assert!(run(false).status.success());
}

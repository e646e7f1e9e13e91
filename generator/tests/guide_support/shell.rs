//! A shell in the folder of a page.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli_support::Folder;
use crate::cli_support::cargo::{Target, alone, for_other_crates, program};

/// Each command is run by itself; where it was left and how the last one ended are carried on.
pub struct Shell {
    pub folder: Folder,
    /// Programs in place of those that would need a network.
    programs: Folder,
    /// The folder within `folder`.
    at: PathBuf,
    last: i32,
}

/// Cargo with this workspace's lock file, which has all that models need, and this modelsmith in place of the published one.
/// It compiles where [`cargo`](crate::cli_support::cargo::cargo) does.
const CARGO: &str = r#"#!/bin/sh
[ "$1" = install ] && exit 0
cp "$WORKSPACE/Cargo.lock" .
case "$1" in
    check | clippy | doc) export CARGO_TARGET_DIR="$TARGET_CHECKED" ;;
    *) export CARGO_TARGET_DIR="$TARGET_BUILT" ;;
esac
if grep -q '^modelsmith' Cargo.toml; then
    set -- --config "patch.crates-io.modelsmith.path='$WORKSPACE/generator'" "$@"
    export CARGO_TARGET_DIR="$TARGET_WITH_MODELSMITH"
fi
exec "$REAL_CARGO" "$@"
"#;

/// GitHub's command line: the file that it would send is there.
const GH: &str = r#"#!/bin/sh
for word in "$@"; do file=$word; done
[ "$1 $2" = "pr comment" ] && [ -s "$file" ]
"#;

impl Shell {
    pub fn new() -> Self {
        let programs = Folder::new();
        for (name, text) in [("cargo", CARGO), ("gh", GH)] {
            programs.write(name, text);
            fs::set_permissions(programs.path(name), fs::Permissions::from_mode(0o755))
                .expect("it can be made executable");
        }
        Self { folder: Folder::new(), programs, at: PathBuf::new(), last: 0 }
    }

    /// What the command prints on both streams, and how it ends.
    pub fn run(&mut self, command: &str) -> (String, i32) {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.at = match folder {
                ".." => self.at.parent().map(Path::to_owned).unwrap_or_default(),
                _ => self.at.join(folder),
            };
            self.last = i32::from(!self.folder.root().join(&self.at).is_dir());
            return (String::new(), self.last);
        }
        let script = format!("exec 2>&1\n(exit {})\n{command}\n", self.last);
        let modelsmith = Path::new(env!("CARGO_BIN_EXE_modelsmith")).parent().expect("it lies in a folder");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let paths = [self.programs.root().to_owned(), modelsmith.to_owned()];
        let paths = paths.into_iter().chain(std::env::split_paths(&path));
        let mut shell = Command::new("sh");
        for_other_crates(&mut shell);
        shell
            .args(["-c", &script])
            .current_dir(self.folder.root().join(&self.at))
            .env("PATH", std::env::join_paths(paths).expect("no path has a colon"))
            .env("WORKSPACE", Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
            .env("REAL_CARGO", program())
            .env("TARGET_CHECKED", Target::Checked.folder())
            .env("TARGET_BUILT", Target::Built.folder())
            .env("TARGET_WITH_MODELSMITH", Target::WithModelsmith.folder())
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .env("LC_ALL", "C.UTF-8")
            .env("GITHUB_BASE_REF", "main")
            .env("GITHUB_HEAD_REF", "new-version")
            .env("GITHUB_STEP_SUMMARY", self.programs.path("summary.md"));
        for (name, value) in [("NAME", "Test"), ("EMAIL", "test@example.com")] {
            shell.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
        }
        shell.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        // Where the tests run from a hook, these would lead to the repository that is being committed to.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            shell.env_remove(name);
        }
        let _alone = alone(command.contains("cargo run"));
        let output = shell.output().expect("there is a shell");
        self.last = output.status.code().unwrap_or(-1);
        (String::from_utf8(output.stdout).expect("it prints text"), self.last)
    }
}

//! `modelsmith diff` with revisions of a Git repository.

use super::commands::newer_pets;
use crate::cli_support::{Folder, PETS};

/// A folder that is a repository, in which `HEAD~1` has the older pets.
fn repository() -> Folder {
    let folder = Folder::new();
    let referring =
        |of: &str| PETS.replace("{ type: string, enum: [small, large] }", &format!("{{ $ref: '{of}' }}"));
    folder.git(&["init", "--quiet"]);
    folder.write("spec/pets.yaml", &referring("parts/size.yaml"));
    folder.write("spec/parts/size.yaml", "type: string\nenum: [small, large]\n");
    folder.write("spec/modelsmith.toml", "enums = \"closed\"\n");
    folder.write("top.yaml", PETS);
    folder.git(&["add", "."]);
    folder.git(&["commit", "--quiet", "-m", "old"]);
    folder.write("spec/parts/size.yaml", "type: string\nenum: [small, large, huge]\n");
    folder.write("top.yaml", &newer_pets());
    folder.git(&["commit", "--quiet", "-am", "new"]);
    folder.git(&["tag", "release/1"]);
    folder
}

#[test]
fn revisions_are_read_with_all_that_they_refer_to() {
    let folder = repository();
    // Closed, since the settings are those of the revision too; and the size is that of each revision.
    let run = folder.run(&["diff", "HEAD~1:spec/pets.yaml", "HEAD:spec/pets.yaml"]);
    insta::assert_snapshot!(run, @r#"
    exit code 1
    --- stdout
    Pets 1 -> 1: major (source major, wire major)
    1 change breaks something, 0 do not

    Breaks:
      Size
        value `Huge` added: `"huge"`
          reading: exhaustive matches do not cover it
          old code with the new server: an unknown value is an error
    "#);
    let expected = run.stdout;
    assert_eq!(folder.run(&["diff", "HEAD~1:./spec/pets.yaml", "spec/pets.yaml"]).stdout, expected);
    assert_eq!(
        folder.run(&["diff", "release/1~1:spec/pets.yaml", "release/1:spec/pets.yaml"]).stdout,
        expected
    );
    assert_eq!(folder.run(&["diff", "HEAD:spec/pets.yaml", "spec/pets.yaml"]).code, Some(0));
    assert_eq!(folder.run(&["diff", "HEAD~1:top.yaml", "top.yaml"]).code, Some(1));
}

#[test]
fn revisions_that_are_not_there_are_said() {
    let folder = repository();
    insta::assert_snapshot!(folder.run(&["diff", "main~9:top.yaml", "top.yaml"]), @r"
    exit code 2
    --- stderr
    error: `main~9:top.yaml` is not a file, and cannot be read as REVISION:PATH: `main~9` is not a Git revision
    ");
    insta::assert_snapshot!(folder.run(&["diff", "HEAD:nothing.yaml", "top.yaml"]), @r"
    exit code 2
    --- stderr
    error[unreadable-file]: cannot read `HEAD:./nothing.yaml`: it does not exist
    --> HEAD:./nothing.yaml
    ");
    insta::assert_snapshot!(folder.run(&["diff", "HEAD:spec", "top.yaml"]), @r"
    exit code 2
    --- stderr
    error[unreadable-file]: cannot read `HEAD:./spec`: it is a folder
    --> HEAD:./spec
    ");
    insta::assert_snapshot!(folder.run(&["diff", "HEAD:../top.yaml", "top.yaml"]), @r"
    exit code 2
    --- stderr
    error: `HEAD:../top.yaml` leads out of the repository
    ");
    // An option of Git's is none of ours.
    insta::assert_snapshot!(folder.run(&["diff", "--", "--help:top.yaml", "top.yaml"]), @r"
    exit code 2
    --- stderr
    error: `--help:top.yaml` is not a file, and cannot be read as REVISION:PATH: `--help` is not a Git revision
    ");
}

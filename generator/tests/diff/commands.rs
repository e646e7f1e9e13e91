//! `modelsmith diff`: what it prints, where it reads from, and its exit codes.

use crate::cli_support::{Folder, PETS};

/// The pets with a size more, a field more, and another response.
pub(super) fn newer_pets() -> String {
    PETS.replace("enum: [small, large]", "enum: [small, large, huge]")
        .replace(
            "properties: { kind: { const: dog } }",
            "properties: { kind: { const: dog }, tricks: { type: integer } }",
        )
        .replace("    Free: {}\n", "")
}

pub(super) fn with_both() -> Folder {
    let folder = Folder::with_pets();
    folder.write("new.yaml", &newer_pets());
    folder
}

#[test]
fn as_text() {
    insta::assert_snapshot!("text", with_both().run(&["diff", "pets.yaml", "new.yaml"]));
}

#[test]
fn as_markdown() {
    insta::assert_snapshot!(
        "markdown",
        with_both().run(&["diff", "pets.yaml", "new.yaml", "--format", "markdown"])
    );
}

#[test]
fn as_json() {
    insta::assert_snapshot!("json", with_both().run(&["diff", "pets.yaml", "new.yaml", "--format", "json"]));
}

#[test]
fn into_a_file() {
    let folder = with_both();
    let printed = folder.run(&["diff", "pets.yaml", "new.yaml"]).stdout;
    let run = folder.run(&["diff", "pets.yaml", "new.yaml", "-o", "diff.txt"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(1), "", ""));
    assert_eq!(folder.read("diff.txt"), printed);
}

/// A report may be written again and again, but not in the place of what it is made from.
#[test]
fn what_is_compared_is_never_overwritten() {
    let folder = with_both();
    folder.write("overlay.yaml", "overlay: 1.0.0\ninfo: { title: O, version: '1' }\nactions: [{ target: $.info, update: { x-a: 1 } }]\n");
    folder.write("modelsmith.toml", "enums = \"closed\"\n");
    folder.write("part.yaml", "type: string\n");
    folder.write("new.yaml", &format!("{}    Part: {{ $ref: part.yaml }}\n", newer_pets()));
    for output in ["pets.yaml", "./new.yaml", "overlay.yaml", "modelsmith.toml", "part.yaml"] {
        let before = folder.read(output);
        let arguments = ["diff", "pets.yaml", "new.yaml", "--overlay", "overlay.yaml", "-o", output];
        let run = folder.run(&arguments);
        let message = format!(
            "error: `{output}` is an input of the comparison and is not overwritten\n  = help: name another file after `-o`\n"
        );
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(2), "", message.as_str()));
        assert_eq!(folder.read(output), before);
    }
    folder.write("report.txt", "an earlier report");
    folder.run(&["diff", "pets.yaml", "new.yaml", "-o", "report.txt"]);
    assert!(folder.read("report.txt").starts_with("Pets 1 -> 1"));
}

#[test]
fn the_same_document_gives_the_same_models() {
    let run = Folder::with_pets().run(&["diff", "pets.yaml", "pets.yaml", "--fail-on", "minor"]);
    insta::assert_snapshot!(run, @r"
    exit code 0
    --- stdout
    Pets 1 -> 1: the models are the same
    ");
}

#[test]
fn exit_codes_follow_the_level() {
    let folder = with_both();
    let code = |arguments: &[&str]| folder.run(&[&["diff"], arguments].concat()).code;
    folder.write("more.yaml", &PETS.replace("enum: [small, large]", "enum: [small, large, huge]"));
    assert_eq!(code(&["pets.yaml", "new.yaml"]), Some(1));
    assert_eq!(code(&["pets.yaml", "new.yaml", "--fail-on", "never"]), Some(0));
    assert_eq!(code(&["pets.yaml", "more.yaml"]), Some(0));
    assert_eq!(code(&["pets.yaml", "more.yaml", "--fail-on", "minor"]), Some(1));
    // A field more, in a struct with a default.
    folder.write("field.yaml", &newer_pets().replace("    Id:", "    Free: {}\n    Id:"));
    assert_eq!(code(&["pets.yaml", "field.yaml"]), Some(1));
    assert_eq!(code(&["pets.yaml", "field.yaml", "--assume-rest"]), Some(0));
    assert_eq!(code(&["pets.yaml", "missing.yaml"]), Some(2));
    // In a crate of its own an open enum may grow; what is included in the user's crate may not.
    folder.write("modelsmith.toml", "layout = \"single-file\"\n");
    assert_eq!(code(&["pets.yaml", "more.yaml"]), Some(1));
}

#[test]
fn settings_stand_beside_each_document_or_are_given() {
    let folder = with_both();
    folder.write("old/pets.yaml", PETS);
    folder.write("old/modelsmith.toml", "enums = \"closed\"\n");
    let run = folder.run(&["diff", "old/pets.yaml", "pets.yaml"]);
    insta::assert_snapshot!(run, @r"
    exit code 1
    --- stdout
    Pets 1 -> 1: major (source major, wire none)
    1 change breaks something, 0 do not

    Breaks:
      Size
        values that the document does not declare are treated differently: `refused` -> `kept`
          reading: exhaustive matches do not cover it
          writing: it is no longer `Copy`, or can no longer be cast
    ");
    folder.write("both.toml", "");
    assert_eq!(folder.run(&["diff", "old/pets.yaml", "pets.yaml", "--config", "both.toml"]).code, Some(0));
}

#[test]
fn overlays_are_applied_to_both_or_to_one() {
    let folder = with_both();
    let overlay = |name: &str, action: &str| {
        let head = "overlay: 1.0.0\ninfo: { title: Fix, version: \"1\" }\nactions:\n";
        folder.write(name, &format!("{head}  - {action}\n"));
    };
    overlay("free.yaml", "{ target: $.components.schemas, update: { Free: {} } }");
    overlay("tricks.yaml", "{ target: $.components.schemas.Dog.properties.tricks, remove: true }");
    overlay("huge.yaml", "{ target: $.components.schemas.Size, update: { enum: [huge] } }");
    let said = |arguments: &[&str]| {
        folder.run(&[&["diff", "pets.yaml", "new.yaml", "--fail-on", "minor"], arguments].concat())
    };
    // What the one lacks and what the other has more.
    let run =
        said(&["--new-overlay", "free.yaml", "--new-overlay", "tricks.yaml", "--old-overlay", "huge.yaml"]);
    insta::assert_snapshot!(run, @r"
    exit code 0
    --- stdout
    Pets 1 -> 1: the models are the same
    ");
    let run = said(&["--overlay", "free.yaml", "--new-overlay", "tricks.yaml"]);
    insta::assert_snapshot!(run, @r#"
    exit code 1
    --- stdout
    Pets 1 -> 1: minor (source minor, wire patch)
    0 changes break something, 1 does not

    Breaks nothing:
      Size
        value `Huge` added: `"huge"`
    "#);
    let run = said(&["--overlay", "missing.yaml"]);
    assert_eq!(run.code, Some(2), "{run}");
}

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = Folder::with_pets();
    folder.write("list.yaml", "- a\n");
    insta::assert_snapshot!(folder.run(&["diff", "pets.yaml", "list.yaml"]), @r"
    exit code 2
    --- stderr
    error[not-openapi]: this is not an OpenAPI document but an array
     --> list.yaml:1:1
      |
    1 | - a
      | ^
      |
      = help: an OpenAPI document is an object with the member `openapi` (3.0.x, 3.1.x or 3.2.x) or `swagger` (2.0)
    ");
    insta::assert_snapshot!(folder.run(&["diff", "missing.yaml", "pets.yaml"]), @r"
    exit code 2
    --- stderr
    error[unreadable-file]: cannot read `missing.yaml`: it does not exist
    --> missing.yaml
    ");
    folder.write("modelsmith.toml", "unoins = \"closed\"\n");
    let run = folder.run(&["diff", "pets.yaml", "pets.yaml"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("unknown field `unoins`"), "{run}");
}

#[test]
fn two_releases_of_a_real_server() {
    let document = |version: &str| {
        format!("{}/tests/fixtures/diff/agent-server-{version}.json", env!("CARGO_MANIFEST_DIR"))
    };
    let run = Folder::new().run(&["diff", &document("1.6.0"), &document("1.7.0")]);
    assert_eq!(run.code, Some(1));
    insta::assert_snapshot!("agent_server", run.stdout);
    let all = |old: &str, new: &str| Folder::new().run(&["diff", &document(old), &document(new), "--all"]);
    let (run, back) = (all("1.6.0", "1.7.0"), all("1.7.0", "1.6.0"));
    insta::assert_snapshot!("agent_server_all", run.stdout);
    // Nothing is new on the way back that was not gone on the way there.
    let part = |text: &str, start: &str| {
        let (_, rest) = text.split_once(start).expect("the part is there");
        rest.split("\n\n")
            .next()
            .unwrap_or_default()
            .split([',', '\n', ' '])
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(part(&run.stdout, "New:\n"), part(&back.stdout, "Gone:\n"));
    assert_eq!(part(&run.stdout, "Gone:\n"), part(&back.stdout, "New:\n"));
}

#[test]
fn generate_ends_with_what_changed() {
    let folder = Folder::with_pets();
    let generate =
        |arguments: &[&str]| folder.run(&[&["generate", "pets.yaml", "-o", "out"], arguments].concat());
    let said = |run: crate::cli_support::Run| {
        let lines = run.stderr.lines().filter(|line| {
            ["added: ", "removed: ", "changed: ", "documentation only: "]
                .iter()
                .any(|start| line.starts_with(start))
        });
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(said(generate(&[])), "", "all is new");
    assert_eq!(said(generate(&[])), "", "nothing is");
    folder.write("pets.yaml", &newer_pets().replace("    Names: {", "    Nicknames: {"));
    insta::assert_snapshot!(said(generate(&["--check"])), @"");
    insta::assert_snapshot!(said(generate(&[])), @r"
    added: Nicknames
    removed: Free, Names
    changed: Dog, Size
    ");
    folder
        .write("pets.yaml", &newer_pets().replace("    Names: {", "    Nicknames: { description: Short., "));
    insta::assert_snapshot!(said(generate(&[])), @"documentation only: Nicknames");
    folder.write("pets.yaml", PETS);
    assert_eq!(generate(&["--quiet"]).stderr, "");
    let many: String = (0..12).map(|index| format!("    More{index:02}: {{ type: object }}\n")).collect();
    folder.write("pets.yaml", &format!("{PETS}{many}"));
    insta::assert_snapshot!(said(generate(&[])), @"added: More00, More01, More02, More03, More04, More05, More06, More07 and 4 more");
}

#[test]
fn a_document_is_the_same_as_itself() {
    let folder = Folder::new();
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/fixtures");
    let mut compared = 0;
    for entry in std::fs::read_dir(fixtures).expect("the fixtures are there") {
        let path = entry.expect("a readable entry").path();
        if path.extension().is_some_and(|extension| extension == "yaml" || extension == "json") {
            let path = path.to_str().expect("the path is text");
            let run = folder.run(&["diff", path, path]);
            assert!(
                run.code == Some(0) && run.stdout.ends_with(": the models are the same\n"),
                "{path}: {run}"
            );
            compared += 1;
        }
    }
    assert!(compared > 30, "{compared}");
    // Variants that are named by their types, each with a description of its own.
    let branches = "[{ $ref: \"#/components/schemas/Cat\", description: A. }, { $ref: \"#/components/schemas/Dog\", description: B. }]";
    let plain = "[{ $ref: \"#/components/schemas/Cat\" }, { $ref: \"#/components/schemas/Dog\" }]";
    folder.write("pets.yaml", &PETS.replace(plain, branches));
    folder.write("plain.yaml", PETS);
    assert!(folder.run(&["diff", "pets.yaml", "pets.yaml"]).stdout.ends_with(": the models are the same\n"));
    let run = folder.run(&["diff", "plain.yaml", "pets.yaml"]);
    assert!(run.stdout.ends_with("Documentation changed: 1 type or operation\n"), "{run}");
}

#[test]
fn the_documentation_shows_what_is_printed() {
    let documentation = include_str!("../../../docs/diff.md");
    let folder = with_both();
    let text = folder.run(&["diff", "pets.yaml", "new.yaml"]).stdout;
    assert!(documentation.contains(&format!("```text\n{text}```")), "docs/diff.md must show:\n{text}");
    let json = folder.run(&["diff", "pets.yaml", "new.yaml", "--format", "json"]).stdout;
    let diff: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let item = serde_json::to_string_pretty(&diff["items"][1]).expect("it can be written");
    assert!(documentation.contains(&item), "docs/diff.md must show:\n{item}");
}

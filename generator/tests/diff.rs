//! `modelsmith diff`: what it prints, where it reads from, and its exit codes.

mod cli_support;

use cli_support::{Folder, PETS};

/// The pets with a size more, a field more, and another response.
fn newer_pets() -> String {
    PETS.replace("enum: [small, large]", "enum: [small, large, huge]")
        .replace(
            "properties: { kind: { const: dog } }",
            "properties: { kind: { const: dog }, tricks: { type: integer } }",
        )
        .replace("    Free: {}\n", "")
}

fn with_both() -> Folder {
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
        values that the document does not name are treated otherwise: `refused` -> `kept`
          reading: matches that name every variant lack it
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
          reading: matches that name every variant lack it
          old code with the new server: a value that it does not know is an error
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
    let said = |run: cli_support::Run| {
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
    let documentation = include_str!("../../docs/diff.md");
    let folder = with_both();
    let text = folder.run(&["diff", "pets.yaml", "new.yaml"]).stdout;
    assert!(documentation.contains(&format!("```text\n{text}```")), "docs/diff.md must show:\n{text}");
    let json = folder.run(&["diff", "pets.yaml", "new.yaml", "--format", "json"]).stdout;
    let diff: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let item = serde_json::to_string_pretty(&diff["items"][1]).expect("it can be written");
    assert!(documentation.contains(&item), "docs/diff.md must show:\n{item}");
}

#[test]
fn a_pair_that_was_one_type() {
    let folder = Folder::new();
    let document = |more: &str| {
        let content = |side: &str| {
            format!("{{ application/json: {{ schema: {{ $ref: '#/components/schemas/Pet-{side}' }} }} }}")
        };
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Pets, version: \"1\" }}\npaths: {{ /pets: {{ post: {{ operationId: add,\n\
               requestBody: {{ required: true, content: {} }},\n  responses: {{ '200': {{ description: It, content: {} }} }} }} }} }}\n\
             components: {{ schemas: {{\n  Pet-Input: {{ type: object, required: [name], properties: {{ name: {{ type: string }} }} }},\n\
               Pet-Output: {{ type: object, required: [name{more}], properties: {{ name: {{ type: string }}, id: {{ type: integer }} }} }} }} }}\n",
            content("Input"),
            content("Output")
        )
    };
    folder.write("one.yaml", &document(""));
    folder.write("two.yaml", &document(", id"));
    insta::assert_snapshot!("one_becomes_two", folder.run(&["diff", "one.yaml", "two.yaml"]));
    insta::assert_snapshot!("two_become_one", folder.run(&["diff", "two.yaml", "one.yaml"]));
    let markdown = folder.run(&["diff", "one.yaml", "two.yaml", "--format", "markdown"]).stdout;
    assert!(markdown.contains("`Pet` is now `PetInput` (sent) and `PetOutput` (read)"), "{markdown}");
}

/// What is written inside of a type that is two now is two as well, not renamed.
#[test]
fn what_is_inside_of_a_pair_that_splits_is_split() {
    let document = |more: &str| {
        format!(
            "openapi: 3.1.0
info: {{ title: Pets, version: '1' }}
paths:
  /pet:
    put:
      operationId: put
      requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Pet-Input' }} }} }} }}
      responses:
        '200': {{ description: ok, content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/Pet-Output' }} }} }} }}
components:
  schemas:
    Pet-Input: {{ type: object, properties: {{ mood: {{ type: string, enum: [calm, wild] }} }} }}
    Pet-Output: {{ type: object{more}, properties: {{ mood: {{ type: string, enum: [calm, wild] }} }} }}
"
        )
    };
    let folder = Folder::new();
    folder.write("old.yaml", &document(""));
    folder.write("new.yaml", &document(", required: [mood]"));
    insta::assert_snapshot!(folder.run(&["diff", "old.yaml", "new.yaml"]), @r"
    exit code 1
    --- stdout
    Pets 1 -> 1: major (source major, wire major)
    4 changes break something, 1 does not

    Breaks:
      Pet
        `Pet` is now `PetInput` (sent) and `PetOutput` (read)
          reading, writing: the name is gone
      PetMood
        `PetMood` is now `PetInputMood` (sent) and `PetOutputMood` (read)
          reading, writing: the name is gone
      PetOutput (was Pet)
        field `mood` made required: `Option<PetMood>` -> `PetOutputMood`
          reading, writing: the type is another
          new code with the old server: what the server sends may lack it, which is an error
        `Default` removed
          writing: there is no `Default` any more

    Breaks nothing:
      PetOutputMood (was PetMood)
        is now another name for `PetInputMood`
    ");
}

/// A union of `count` objects that a tag names, all but the first called by `name`.
fn large_union(name: &str, count: usize) -> String {
    let mut text =
        String::from("openapi: 3.1.0\ninfo: { title: U, version: '1' }\ncomponents:\n  schemas:\n");
    let names: Vec<String> = (0..count)
        .map(|index| if index == 0 { "First".to_owned() } else { format!("{name}{index}") })
        .collect();
    let branches = names.iter().map(|name| format!("{{ $ref: '#/components/schemas/{name}' }}"));
    text += &format!(
        "    Any:\n      oneOf: [{}]\n      discriminator: {{ propertyName: kind }}\n",
        branches.collect::<Vec<_>>().join(", ")
    );
    for name in names {
        text += &format!(
            "    {name}: {{ type: object, required: [kind], properties: {{ kind: {{ const: {name} }}, a: {{ type: integer }} }} }}\n"
        );
    }
    text
}

#[test]
fn variants_that_are_gone_are_compared_in_linear_time() {
    let folder = Folder::new();
    folder.write("old.yaml", &large_union("Old", 1_000));
    folder.write("new.yaml", &large_union("New", 1_000));
    let start = std::time::Instant::now();
    let run = folder.run(&["diff", "old.yaml", "new.yaml", "--format", "json"]);
    assert_eq!(run.code, Some(1));
    assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
fn markdown_counts_what_is_new_where_it_is_much() {
    let folder = with_both();
    let more: String = (0..30)
        .map(|index| format!("    More{index}: {{ type: object, properties: {{ a: {{}} }} }}\n"))
        .collect();
    folder.write("new.yaml", &format!("{PETS}{more}"));
    let run = folder.run(&["diff", "pets.yaml", "new.yaml", "--format", "markdown"]);
    assert!(run.stdout.contains("**New:** 30 types\n"), "{run}");
}

/// Code compiles, and sends something else.
#[test]
fn another_style_of_a_parameter_is_told() {
    let document = |style: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\npaths: {{ /pets: {{ get: {{ operationId: listPets, parameters: [{{ \
             name: tags, in: query, {style}schema: {{ type: array, items: {{ type: string }} }} }}] }} }} }}\n"
        )
    };
    let folder = Folder::new();
    folder.write("old.yaml", &document(""));
    folder.write("new.yaml", &document("style: pipeDelimited, allowReserved: true, "));
    insta::assert_snapshot!(folder.run(&["diff", "old.yaml", "new.yaml"]), @r"
    exit code 1
    --- stdout
    Pets 1 -> 1: major (source minor, wire major)
    1 change breaks something, 0 do not

    Breaks:
      operations::list_pets
        parameter `tags` changed: `form, exploded` -> `pipeDelimited, reserved characters as they are`
          old code with the new server, new code with the old server: it is written otherwise
    ");
}

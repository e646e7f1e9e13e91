//! What the command line says of documents and settings that it cannot use: the whole output and the exit code.

use crate::cli_support::Folder;

fn shown(folder: &Folder, arguments: &[&str]) -> String {
    folder.run(arguments).to_string()
}

#[test]
fn a_syntax_error_in_yaml() {
    let folder = Folder::new();
    folder.write("api.yaml", "openapi: 3.1.0\ninfo:\n  title: [Pets\n  version: \"1\"\n");
    insta::assert_snapshot!(shown(&folder, &["generate", "api.yaml", "-o", "out"]), @r#"
    exit code 1
    --- stderr
    error[syntax]: invalid YAML: illegal placement of ':' indicator
     --> api.yaml:4:10
      |
    4 |   version: "1"
      |          ^
    "#);
    assert!(!folder.exists("out"));
}

#[test]
fn a_syntax_error_in_json() {
    let folder = Folder::new();
    folder.write(
        "api.json",
        "{\n  \"openapi\": \"3.1.0\",\n  \"info\": { \"title\": \"Pets\" \"version\": \"1\" }\n}\n",
    );
    insta::assert_snapshot!(shown(&folder, &["generate", "api.json", "-o", "out"]), @r#"
    exit code 1
    --- stderr
    error[syntax]: invalid JSON: expected `,` or `}`
     --> api.json:3:29
      |
    3 |   "info": { "title": "Pets" "version": "1" }
      |                             ^
    "#);
}

#[test]
fn a_dangling_reference() {
    let folder = Folder::new();
    folder.write(
        "api.yaml",
        "openapi: 3.1.0
info: { title: Pets, version: \"1\" }
components:
  schemas:
    Owner:
      type: object
      properties:
        pet: { $ref: \"#/components/schemas/Pte\" }
    Pet: { type: object }
",
    );
    insta::assert_snapshot!(shown(&folder, &["generate", "api.yaml", "-o", "out"]), @r##"
    exit code 0
    --- stderr
    warning[dangling-reference]: `#/components/schemas/Pte` does not exist
     --> api.yaml:8:16
      |
    8 |         pet: { $ref: "#/components/schemas/Pte" }
      |                ^^^^
    1 struct, 0 unions, 0 enums, 0 operations: FILES; 1 warning, 1 schema left untyped (TIME)
    "##);
}

#[test]
fn a_reference_loop() {
    let folder = Folder::new();
    folder.write(
        "api.yaml",
        "openapi: 3.1.0
info: { title: Pets, version: \"1\" }
components:
  schemas:
    A: { $ref: \"#/components/schemas/B\" }
    B: { $ref: \"#/components/schemas/A\" }
",
    );
    insta::assert_snapshot!(shown(&folder, &["generate", "api.yaml", "-o", "out"]), @r##"
    exit code 0
    --- stderr
    warning[reference-loop]: the reference only leads back to itself: `A` -> `B` -> `A`
     --> api.yaml:5:10
      |
    5 |     A: { $ref: "#/components/schemas/B" }
      |          ^^^^
      |
    note: through this
     --> api.yaml:6:10
      |
    6 |     B: { $ref: "#/components/schemas/A" }
      |          ^^^^
    help: one of them must say what the value is
    0 structs, 0 unions, 0 enums, 0 operations: FILES; 1 warning, 2 schemas left untyped (TIME)
    "##);
}

#[test]
fn not_an_openapi_document() {
    let folder = Folder::new();
    folder.write("package.json", "{ \"name\": \"pets\", \"version\": \"1.0.0\" }\n");
    insta::assert_snapshot!(shown(&folder, &["generate", "package.json", "-o", "out"]), @r#"
    exit code 1
    --- stderr
    error[not-openapi]: this is not an OpenAPI document: it has the members `name`, `version`
     --> package.json:1:1
      |
    1 | { "name": "pets", "version": "1.0.0" }
      | ^
      |
      = help: an OpenAPI document is an object with the member `openapi` (3.0.x, 3.1.x or 3.2.x) or `swagger` (2.0)
    "#);
    folder.write("list.yaml", "- a\n- b\n");
    insta::assert_snapshot!(shown(&folder, &["generate", "list.yaml", "-o", "out"]), @r#"
    exit code 1
    --- stderr
    error[not-openapi]: this is not an OpenAPI document but an array
     --> list.yaml:1:1
      |
    1 | - a
      | ^
      |
      = help: an OpenAPI document is an object with the member `openapi` (3.0.x, 3.1.x or 3.2.x) or `swagger` (2.0)
    "#);
}

#[test]
fn an_unreadable_file() {
    let folder = Folder::new();
    insta::assert_snapshot!(shown(&folder, &["generate", "nowhere.yaml", "-o", "out"]), @r#"
    exit code 1
    --- stderr
    error[unreadable-file]: cannot read `nowhere.yaml`: it does not exist
    --> nowhere.yaml
    "#);
    folder.write("folder/inner.yaml", "a: 1\n");
    insta::assert_snapshot!(shown(&folder, &["generate", "folder", "-o", "out"]), @r#"
    exit code 1
    --- stderr
    error[unreadable-file]: cannot read `folder`: it is a folder
    --> folder
    "#);
    folder.write_bytes("latin1.yaml", b"openapi: 3.1.0\ninfo: { title: \"caf\xe9\" }\n");
    insta::assert_snapshot!(shown(&folder, &["generate", "latin1.yaml", "-o", "out"]), @r#"
    exit code 1
    --- stderr
    error[invalid-utf8]: the file is not valid UTF-8
     --> latin1.yaml:2:20
      |
    2 | info: { title: "caf�" }
      |                    ^
      |
      = help: save it as UTF-8, or remove the bytes at this place
    "#);
}

#[test]
fn a_bad_key_in_the_settings() {
    let folder = Folder::with_pets();
    folder.write("modelsmith.toml", "crate-name = \"pets\"\nunoins = \"closed\"\n");
    insta::assert_snapshot!(shown(&folder, &["generate", "pets.yaml", "-o", "out"]), @r#"
    exit code 1
    --- stderr
    error[config]: unknown field `unoins`, expected one of `crate-name`, `crate-version`, `layout`, `command`, `tests`, `client`, `checks`, `deep-arrays`, `constructors`, `union-methods`, `runtime`, `unions`, `enums`, `unknown-fields`, `three-states`, `read-write`, `write-defaults`, `date-time`, `integers`, `map-type`, `docs`, `allow`, `allow-outside`, `overlays`, `include`, `exclude`, `types`, `schema`, `operation`, `package`, `dependencies`, `features`
     --> modelsmith.toml:2:1
      |
    2 | unoins = "closed"
      | ^
      |
      = help: did you mean `unions`?
    "#);
    folder.write("modelsmith.toml", "include = [\"tag:pets\", \"Pet\"]\n");
    insta::assert_snapshot!(shown(&folder, &["generate", "pets.yaml", "-o", "out"]), @r#"
    exit code 1
    --- stderr
    error[config]: `Pet` has no kind: write `operation:…`, `tag:…`, `path:…` or `schema:…`
     --> modelsmith.toml:1:24
      |
    1 | include = ["tag:pets", "Pet"]
      |                        ^
    "#);
    folder.write("modelsmith.toml", "unions = \"maybe\"\n");
    insta::assert_snapshot!(shown(&folder, &["types", "pets.yaml"]), @r#"
    exit code 1
    --- stderr
    error[config]: unknown variant `maybe`, expected `open` or `closed`
     --> modelsmith.toml:1:10
      |
    1 | unions = "maybe"
      |          ^
    "#);
    insta::assert_snapshot!(shown(&folder, &["generate", "pets.yaml", "-o", "out", "--config", "other.toml"]), @r#"
    exit code 1
    --- stderr
    error: `other.toml` cannot be read: No such file or directory (os error 2)
    "#);
}

#[test]
fn nothing_is_fetched() {
    let folder = Folder::with_pets();
    let url = "https://example.com/v1/openapi.yaml";
    for arguments in [&["generate", url, "-o", "out"][..], &["types", url], &["lower", url], &["init", url]] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(shown(&folder, arguments), @r"
            exit code 1
            --- stderr
            error[unreadable-file]: `https://example.com/v1/openapi.yaml` is a URL: modelsmith reads files and downloads nothing
            --> https://example.com/v1/openapi.yaml
             = help: download it with `curl -o openapi.yaml https://example.com/v1/openapi.yaml`, and pass that file instead
            ");
        }
    }
    let run = folder.run(&["diff", "pets.yaml", "https://example.com/?spec=1"]);
    assert_eq!(run.code, Some(2), "{run}");
    insta::assert_snapshot!(run.stderr, @r"
    error[unreadable-file]: `https://example.com/?spec=1` is a URL: modelsmith reads files and downloads nothing
    --> https://example.com/?spec=1
     = help: download it with `curl -o openapi.json 'https://example.com/?spec=1'`, and pass that file instead
    ");
    let run = folder.run(&["generate", "pets.yaml", "-o", "out", "--overlay", "http://example.com/fix.yaml"]);
    assert!(run.stderr.contains("`curl -o fix.yaml http://example.com/fix.yaml`"), "{run}");
    assert!(!folder.exists("out"));
}

#[test]
fn errors_for_machines() {
    let folder = Folder::new();
    folder.write("api.yaml", "openapi: 3.1.0\ninfo: { title: \"a\", version: 1\n");
    insta::assert_snapshot!(shown(&folder, &["generate", "api.yaml", "-o", "out", "--message-format", "json"]), @r#"
    exit code 1
    --- stdout
    {"code":"syntax","severity":"error","message":"invalid YAML: unclosed bracket '{'","file":"api.yaml","line":2,"column":7,"pointer":null,"related":[],"help":null}
    "#);
    let run = folder.run(&["generate", "api.yaml", "-o", "out", "--message-format", "json"]);
    for line in run.stdout.lines() {
        let message: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        assert_eq!(message["severity"], "error");
        assert_eq!(message["file"], "api.yaml");
    }
}

#[test]
fn a_folder_that_cannot_be_written() {
    let folder = Folder::with_pets();
    folder.write("out", "a file\n");
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stderr.contains("\nerror: `out` cannot be written: "), "{}", run.stderr);
}

#[test]
fn a_wrong_command_line_exits_with_2() {
    let folder = Folder::new();
    for arguments in
        [&["generate"][..], &["generate", "a.yaml"], &["frobnicate"], &["types", "a.yaml", "--format", "xml"]]
    {
        let run = folder.run(arguments);
        assert_eq!(run.code, Some(2), "{arguments:?}: {run}");
        assert_eq!(run.stdout, "");
        assert!(run.stderr.starts_with("error: ") && run.stderr.contains("--help"), "{run}");
    }
}

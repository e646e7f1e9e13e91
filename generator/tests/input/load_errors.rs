//! What is said of documents that cannot be read: the whole text of it.

use std::path::Path;

use modelsmith::config::InputOptions;
use modelsmith::diagnostics::{Sink, Sources, Style, render};
use modelsmith::load::{DiskReader, Documents, MemoryReader, ReadFile, load};

/// Loads `root` and renders what is said of it.
fn outcome(root: &str, reader: &dyn ReadFile) -> (Option<Documents>, String) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let documents = load(Path::new(root), reader, &InputOptions::default(), &mut sources, &mut sink);
    (documents, render(&sink.into_vec(), &sources, Style::PLAIN))
}

/// What is said of one document, which cannot be read.
fn refusal(path: &str, content: impl Into<Vec<u8>>) -> String {
    let (documents, said) = outcome(path, &MemoryReader::new().with(path, content));
    assert!(documents.is_none());
    said
}

/// What is said of documents of which the root can be read.
fn complaint(reader: &MemoryReader) -> String {
    let (documents, said) = outcome("api/openapi.yaml", reader);
    assert!(documents.is_some());
    said
}

#[test]
fn json_syntax() {
    insta::assert_snapshot!(refusal("a.json", "{\n  \"openapi\": \"3.1.0\",\n  \"info\": {\"title\": }\n}\n"), @r#"
    error[syntax]: invalid JSON: expected value
     --> a.json:3:21
      |
    3 |   "info": {"title": }
      |                     ^
    "#);
    insta::assert_snapshot!(refusal("a.json", "{\"a\": [1, 2"), @r#"
    error[syntax]: invalid JSON: EOF while parsing a list
     --> a.json:1:11
      |
    1 | {"a": [1, 2
      |           ^
    "#);
    insta::assert_snapshot!(refusal("a.json", "{\"a\": 1}\n{\"b\": 2}\n"), @r#"
    error[syntax]: invalid JSON: trailing characters
     --> a.json:2:1
      |
    2 | {"b": 2}
      | ^
    "#);
    insta::assert_snapshot!(refusal("a.json", "openapi: 3.1.0\n"), @r#"
    error[syntax]: invalid JSON: expected value
     --> a.json:1:1
      |
    1 | openapi: 3.1.0
      | ^
    "#);
}

#[test]
fn yaml_syntax() {
    insta::assert_snapshot!(refusal("a.yaml", "openapi: 3.1.0\ninfo: {title: é, version: [1, 2\npaths: {}\n"), @r#"
    error[syntax]: invalid YAML: illegal placement of ':' indicator
     --> a.yaml:3:6
      |
    3 | paths: {}
      |      ^
    "#);
    insta::assert_snapshot!(refusal("a.yaml", "openapi: 3.1.0\ninfo:\n\ttitle: a\n"), @r#"
    error[syntax]: invalid YAML: tabs disallowed within this context (block indentation)
     --> a.yaml:3:2
      |
    3 |     title: a
      |     ^
    "#);
    insta::assert_snapshot!(refusal("a.yaml", "a: 1\n---\nb: 2\n"), @r#"
    error[syntax]: the file contains several YAML documents
     --> a.yaml:1:1
      |
    1 | a: 1
      | ^
      |
      = help: keep one of them (documents are separated by `---`)
    "#);
    insta::assert_snapshot!(refusal("a.yaml", "[a: 1]\nb: 1\n"), @r#"
    error[syntax]: invalid YAML: did not find expected <document start>
     --> a.yaml:2:1
      |
    2 | b: 1
      | ^
    "#);
    insta::assert_snapshot!(refusal("a.yaml", "? [a, b]\n: 1\n"), @r#"
    error[syntax]: invalid YAML: the key of a mapping must be a scalar
     --> a.yaml:1:3
      |
    1 | ? [a, b]
      |   ^
    "#);
    insta::assert_snapshot!(refusal("a.yaml", "a: &a\n  b: *a\n"), @r#"
    error[syntax]: invalid YAML: this alias is inside the node that it refers to
     --> a.yaml:2:6
      |
    2 |   b: *a
      |      ^
    "#);
}

#[test]
fn a_long_line_is_cut_around_the_fault() {
    let long = format!("{{\"a\": \"{}\", \"b\": nope, \"c\": \"{}\"}}", "ä".repeat(300), "z".repeat(300));
    insta::assert_snapshot!(refusal("a.json", long), @r#"
    error[syntax]: invalid JSON: expected ident
     --> a.json:1:317
      |
    1 | …ääääääääääääääääääääääääää", "b": nope, "c": "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz…
      |                                     ^
    "#);
}

#[test]
fn encoding() {
    insta::assert_snapshot!(refusal("a.yaml", b"openapi: 3.1.0\ninfo: {title: caf\xe9 au lait}\n".to_vec()), @r#"
    error[invalid-utf8]: the file is not valid UTF-8
     --> a.yaml:2:18
      |
    2 | info: {title: caf� au lait}
      |                  ^
      |
      = help: save it as UTF-8, or remove the bytes at this place
    "#);
    insta::assert_snapshot!(refusal("a.json", b"\xff\xfe{\x00\"\x00a\x00\"\x00:\x001\x00}\x00".to_vec()), @r#"
    error[invalid-utf8]: the file is not valid UTF-8
     --> a.json:1:1
      |
    1 | ��{�"�a�"�:�1�}�
      | ^
      |
      = help: it looks like UTF-16: save it as UTF-8
    "#);
}

#[test]
fn nothing_in_it() {
    insta::assert_snapshot!(refusal("a.yaml", ""), @r#"
    error[empty-document]: the file does not contain a document
    --> a.yaml
    "#);
    insta::assert_snapshot!(refusal("a.json", "\u{feff} \r\n\t\n"), @r#"
    error[empty-document]: the file does not contain a document
     --> a.json:3:1
      |
    3 |
      | ^
    "#);
    insta::assert_snapshot!(refusal("a.yaml", "# only a comment\n"), @r#"
    error[empty-document]: the file does not contain a document
     --> a.yaml:1:1
      |
    1 | # only a comment
      | ^
    "#);
}

#[test]
fn no_such_root() {
    let (documents, said) = outcome("missing.yaml", &MemoryReader::new());
    assert!(documents.is_none());
    insta::assert_snapshot!(said, @r#"
    error[unreadable-file]: cannot read `missing.yaml`: it does not exist
    --> missing.yaml
    "#);
    let (documents, said) = outcome("tests", &DiskReader);
    assert!(documents.is_none());
    insta::assert_snapshot!(said, @r#"
    error[unreadable-file]: cannot read `tests`: it is a folder
    --> tests
    "#);
}

#[test]
fn an_alias_bomb() {
    let mut bomb = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n".to_owned();
    for (name, of) in ('b'..='m').zip('a'..) {
        let aliases = vec![format!("*{of}"); 9].join(", ");
        bomb += &format!("{name}: &{name} [{aliases}]\n");
    }
    insta::assert_snapshot!(refusal("bomb.yaml", bomb), @r#"
    error[too-large]: aliases (`*name`) expand to far more than the file contains
     --> bomb.yaml:1:7
      |
    1 | a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]
      |       ^
      |
      = help: write the repeated parts as components and refer to them by `$ref`
    "#);
    // A few aliases of a long text are as bad as many of a short one.
    let mut bomb = format!("a: &a {}\nb:\n", "x".repeat(1 << 20));
    for _ in 0..200 {
        bomb += "- [*a, *a, *a, *a, *a]\n";
    }
    insta::assert_snapshot!(refusal("bomb.yaml", bomb), @r#"
    error[too-large]: aliases (`*name`) expand to far more than the file contains
     --> bomb.yaml:1:7
      |
    1 | a: &a xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      |       ^
      |
      = help: write the repeated parts as components and refer to them by `$ref`
    "#);
}

#[test]
fn ten_thousand_deep() {
    insta::assert_snapshot!(refusal("deep.json", "[".repeat(10_000) + &"]".repeat(10_000)), @r#"
    error[too-deep]: values are nested more than 512 levels deep
     --> deep.json:1:513
      |
    1 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
      |                                                              ^
    "#);
    insta::assert_snapshot!(refusal("deep.json", "{\"a\":".repeat(10_000)), @r#"
    error[too-deep]: values are nested more than 512 levels deep
     --> deep.json:1:2561
      |
    1 | …{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":…
      |                                                              ^
    "#);
    insta::assert_snapshot!(refusal("deep.yaml", "a:\n- ".to_owned() + &"[".repeat(10_000) + &"]".repeat(10_000)), @r#"
    error[too-deep]: values are nested more than 256 levels deep
     --> deep.yaml:2:260
      |
    2 | …[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…
      |                                                              ^
    "#);
    let block: String = (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    insta::assert_snapshot!(refusal("deep.yaml", block), @r#"
    error[too-deep]: values are nested more than 256 levels deep
       --> deep.yaml:257:257
        |
    257 | …                                                            a:
        |                                                              ^
    "#);
}

#[test]
fn duplicate_keys() {
    let json = "{\n  \"info\": {\"a\": 1, \"b\": {}, \"a\": 2},\n  \"x\": [0, {\"k\": 1, \"k\": 2}]\n}\n";
    let (documents, said) = outcome("a.json", &MemoryReader::new().with("a.json", json));
    insta::assert_snapshot!(said, @r#"
    warning[duplicate-key]: the object has several members `a`; the last one is used
     --> a.json:2:29
      |
    2 |   "info": {"a": 1, "b": {}, "a": 2},
      |                             ^^^
      |
      = help: remove all but one

    warning[duplicate-key]: the object has several members `k`; the last one is used
     --> a.json:3:21
      |
    3 |   "x": [0, {"k": 1, "k": 2}]
      |                     ^^^
      |
      = help: remove all but one
    "#);
    let tree = documents.unwrap().get(Default::default()).unwrap().tree.to_json();
    assert_eq!(tree, serde_json::json!({"info": {"a": 2, "b": {}}, "x": [0, {"k": 2}]}));
    let yaml = "paths:\n  /a: 1\n  '/b': 2\n  \"/a\": 3\n";
    let (_, said) = outcome("a.yaml", &MemoryReader::new().with("a.yaml", yaml));
    insta::assert_snapshot!(said, @r#"
    warning[duplicate-key]: the object has several members `/a`; the last one is used
     --> a.yaml:4:3
      |
    4 |   "/a": 3
      |   ^^^^
      |
      = help: remove all but one
    "#);
}

#[test]
fn references_that_lead_nowhere() {
    let root = "\
openapi: 3.1.0
paths:
  /a: {$ref: paths/a.yaml}
  /b: {$ref: paths/b.yaml}
  /c: {$ref: paths/a.yaml}
  /d: {$ref: paths}
";
    let reader = MemoryReader::new().with("api/openapi.yaml", root).with("api/paths/b.yaml", "get: [1");
    insta::assert_snapshot!(complaint(&reader), @r#"
    error[unreadable-file]: cannot read `api/paths/a.yaml`: it does not exist
     --> api/openapi.yaml:3:8
      |
    3 |   /a: {$ref: paths/a.yaml}
      |        ^^^^
      |
      = help: paths in references are relative to the file that contains them

    error[syntax]: invalid YAML: unclosed bracket '['
     --> api/paths/b.yaml:1:6
      |
    1 | get: [1
      |      ^

    error[unreadable-file]: cannot read `api/paths`: it does not exist
     --> api/openapi.yaml:6:8
      |
    6 |   /d: {$ref: paths}
      |        ^^^^
      |
      = help: paths in references are relative to the file that contains them
    "#);
}

#[test]
fn references_that_lead_out_of_the_folder() {
    let root = "a: {$ref: '../../../etc/passwd'}\nb: {$ref: /etc/passwd}\nc: {$ref: 'x/../../other.yaml'}\n";
    let reader = MemoryReader::new().with("api/openapi.yaml", root).with("other.yaml", "a: 1");
    insta::assert_snapshot!(complaint(&reader), @r#"
    error[outside-folder]: `../../etc/passwd` is outside of the folder of the root document
     --> api/openapi.yaml:1:5
      |
    1 | a: {$ref: '../../../etc/passwd'}
      |     ^^^^
      |
      = help: allow it with `--allow-outside` if you trust the document

    error[outside-folder]: `/etc/passwd` is outside of the folder of the root document
     --> api/openapi.yaml:2:5
      |
    2 | b: {$ref: /etc/passwd}
      |     ^^^^
      |
      = help: allow it with `--allow-outside` if you trust the document

    error[outside-folder]: `other.yaml` is outside of the folder of the root document
     --> api/openapi.yaml:3:5
      |
    3 | c: {$ref: 'x/../../other.yaml'}
      |     ^^^^
      |
      = help: allow it with `--allow-outside` if you trust the document
    "#);
}

#[test]
fn references_to_the_network() {
    let root = "\
a: {$ref: 'https://example.com/schemas/pet.yaml#/Pet'}
b: {$ref: 'urn:example:pet'}
c: {$ref: 'https://example.com/known.json'}
d:
  schema: {$id: 'https://example.com/known.json', type: string}
";
    insta::assert_snapshot!(complaint(&MemoryReader::new().with("api/openapi.yaml", root)), @r#"
    error[network-reference]: `https://example.com/schemas/pet.yaml` is a URL, and modelsmith downloads nothing
     --> api/openapi.yaml:1:5
      |
    1 | a: {$ref: 'https://example.com/schemas/pet.yaml#/Pet'}
      |     ^^^^
      |
      = help: download it next to the document and write `./pet.yaml` here

    error[unknown-identifier]: `urn:example:pet` is not a file, and no schema has it as its `$id`
     --> api/openapi.yaml:2:5
      |
    2 | b: {$ref: 'urn:example:pet'}
      |     ^^^^
    "#);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_and_unreadable_files() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("api");
    std::fs::create_dir_all(folder.join("sub")).unwrap();
    std::fs::write(outer.path().join("secret.yaml"), "a: 1\n").unwrap();
    std::os::unix::fs::symlink("../secret.yaml", folder.join("link.yaml")).unwrap();
    std::fs::write(
        folder.join("o.json"),
        r#"{"a": {"$ref": "link.yaml"}, "b": {"$ref": "sub"}, "c": {"$ref": "no.json"}}"#,
    )
    .unwrap();
    let (documents, said) = outcome(folder.join("o.json").to_str().unwrap(), &DiskReader);
    assert_eq!(documents.unwrap().iter().len(), 1);
    insta::assert_snapshot!(said.replace(outer.path().to_str().unwrap(), "OUTER"), @r#"
    error[outside-folder]: `OUTER/api/link.yaml` is outside of the folder of the root document by a symbolic link
     --> OUTER/api/o.json:1:8
      |
    1 | {"a": {"$ref": "link.yaml"}, "b": {"$ref": "sub"}, "c": {"$ref": "no.json"}}
      |        ^^^^^^
      |
      = help: allow it with `--allow-outside` if you trust the document

    error[unreadable-file]: cannot read `OUTER/api/sub`: it is a folder
     --> OUTER/api/o.json:1:36
      |
    1 | {"a": {"$ref": "link.yaml"}, "b": {"$ref": "sub"}, "c": {"$ref": "no.json"}}
      |                                    ^^^^^^
      |
      = help: paths in references are relative to the file that contains them

    error[unreadable-file]: cannot read `OUTER/api/no.json`: it does not exist
     --> OUTER/api/o.json:1:58
      |
    1 | {"a": {"$ref": "link.yaml"}, "b": {"$ref": "sub"}, "c": {"$ref": "no.json"}}
      |                                                          ^^^^^^
      |
      = help: paths in references are relative to the file that contains them
    "#);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let root = "a: {$ref: \"x\\e[31m\\u202e.yaml\", b: \u{202e}\u{7f}}\n";
    let said = complaint(&MemoryReader::new().with("api/openapi.yaml", root.replace("\u{7f}", "\u{200f}")));
    assert!(said.chars().all(|c| c == '\n' || !c.is_control()));
    insta::assert_snapshot!(said, @r#"
    error[unreadable-file]: cannot read `api/x\u{1b}[31m\u{202e}.yaml`: it does not exist
     --> api/openapi.yaml:1:5
      |
    1 | a: {$ref: "x\e[31m\u202e.yaml", b: ��}
      |     ^^^^
      |
      = help: paths in references are relative to the file that contains them
    "#);
}

/// modelsmith keeps integers beyond 64 bits as such strings.
#[test]
fn strings_that_are_reserved() {
    let json = r#"{
  "default": 18446744073709551616,
  "const": "\u0000\u0069nteger 18446744073709551616"
}"#;
    insta::assert_snapshot!(refusal("a.json", json), @r#"
    error[reserved-string]: modelsmith uses this string internally for an integer beyond 64 bits
     --> a.json:3:52
      |
    3 |   "const": "\u0000\u0069nteger 18446744073709551616"
      |                                                    ^
      |
      = help: write another string
    "#);
    insta::assert_snapshot!(refusal("a.json", r#"{"\u0000integer -9223372036854775809": 1}"#), @r#"
    error[reserved-string]: modelsmith uses this string internally for an integer beyond 64 bits
     --> a.json:1:37
      |
    1 | {"\u0000integer -9223372036854775809": 1}
      |                                     ^
      |
      = help: write another string
    "#);
    let yaml = "a: b\nconst: \"\\0integer 18446744073709551616\"\n";
    insta::assert_snapshot!(refusal("a.yaml", yaml), @r#"
    error[reserved-string]: modelsmith uses this string internally for an integer beyond 64 bits
     --> a.yaml:2:8
      |
    2 | const: "\0integer 18446744073709551616"
      |        ^
      |
      = help: write another string
    "#);
}

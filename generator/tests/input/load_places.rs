//! Where diagnostics are shown, and how.

use modelsmith::diagnostics::{
    Diagnostic, FileId, Location, Pointer, Source, Sources, Style, Syntax, locate, render,
};

fn sources(syntax: Syntax, text: &str) -> Sources {
    let mut sources = Sources::default();
    let path = if syntax == Syntax::Json { "a.json" } else { "a.yaml" };
    sources.add(Source::new(path, text, syntax));
    sources
}

fn at(pointer: &str) -> Location {
    Location::new(FileId::new(0), Pointer::parse(pointer))
}

/// `line:column` and the text there, for each pointer.
fn places(syntax: Syntax, text: &str, pointers: &[&str]) -> String {
    let sources = sources(syntax, text);
    let found: Vec<_> = pointers.iter().map(|pointer| Diagnostic::error("x", at(pointer), "m")).collect();
    let places = locate(&found.iter().collect::<Vec<_>>(), &sources);
    let lines = pointers.iter().zip(places).map(|(pointer, places)| {
        let place = places.primary.unwrap();
        let there: String = text[place.offset..].chars().take_while(|c| *c != '\n').take(12).collect();
        format!("{pointer} -> {}:{} {there}\n", place.line, place.column)
    });
    lines.collect()
}

#[test]
fn pointers_into_json() {
    let text = r#"
{
  "paths": {"/pets/{id}": {"get": [1, {"a~b": null}]}, "é\u0041": {"ü": "x"}},
  "same": {"k": 1},
  "same": {"k": 2, "l": [[], [true, {"deep": 0}]]}
}
"#;
    let pointers = [
        "",
        "/paths",
        "/paths/~1pets~1{id}",
        "/paths/~1pets~1{id}/get/0",
        "/paths/~1pets~1{id}/get/1/a~0b",
        "/paths/éA/ü",
        "/paths/éA/ü/none/at/all",
        "/same",
        "/same/k",
        "/same/l/1/1/deep",
        "/same/l/7",
        "/nowhere",
    ];
    insta::assert_snapshot!(places(Syntax::Json, text, &pointers), @r#"
     -> 2:1 {
    /paths -> 3:3 "paths": {"/
    /paths/~1pets~1{id} -> 3:13 "/pets/{id}"
    /paths/~1pets~1{id}/get/0 -> 3:36 1, {"a~b": n
    /paths/~1pets~1{id}/get/1/a~0b -> 3:40 "a~b": null}
    /paths/éA/ü -> 3:68 "ü": "x"}},
    /paths/éA/ü/none/at/all -> 3:68 "ü": "x"}},
    /same -> 5:3 "same": {"k"
    /same/k -> 5:12 "k": 2, "l":
    /same/l/1/1/deep -> 5:38 "deep": 0}]]
    /same/l/7 -> 5:20 "l": [[], [t
    /nowhere -> 2:1 {
    "#);
}

#[test]
fn pointers_into_yaml() {
    let text = "\
# ünïcode first
paths:
  /pets/{id}: {get: [1, {'a~b': ~}, two]}
  200:
    - a: 1
      \"b c\": 2
    -
      - x
      - {y: z}
? |
  long
  key
: under: it
? [complex, key]
: ignored: 1
after: the complex
";
    let pointers = [
        "",
        "/paths",
        "/paths/~1pets~1{id}",
        "/paths/~1pets~1{id}/get/1",
        "/paths/~1pets~1{id}/get/1/a~0b",
        "/paths/~1pets~1{id}/get/2",
        "/paths/200/0/b c",
        "/paths/200/1/1/y",
        "/paths/200/1/1/y/q",
        "/long\nkey\n/under",
        "/after",
        "/nowhere",
    ];
    insta::assert_snapshot!(places(Syntax::Yaml, text, &pointers), @r#"
     -> 2:1 paths:
    /paths -> 2:1 paths:
    /paths/~1pets~1{id} -> 3:3 /pets/{id}: 
    /paths/~1pets~1{id}/get/1 -> 3:25 {'a~b': ~}, 
    /paths/~1pets~1{id}/get/1/a~0b -> 3:26 'a~b': ~}, t
    /paths/~1pets~1{id}/get/2 -> 3:37 two]}
    /paths/200/0/b c -> 6:7 "b c": 2
    /paths/200/1/1/y -> 9:10 y: z}
    /paths/200/1/1/y/q -> 9:10 y: z}
    /long
    key
    /under -> 13:3 under: it
    /after -> 16:1 after: the c
    /nowhere -> 2:1 paths:
    "#);
}

#[test]
fn pointers_through_anchors_and_merge_keys() {
    let text = "\
base: &base
  type: object
  inner: &inner {deep: [1, 2]}
own:
  <<: *base
  type: string
alias: *base
several:
  <<: [*inner, *base]
list:
  - *inner
chain: &chain {to: *inner}
end: *chain
";
    let pointers = [
        "/own/type",
        "/own/inner",
        "/own/inner/deep/1",
        "/own/none",
        "/alias/inner/deep/0",
        "/several/deep/1",
        "/several/type",
        "/list/0/deep",
        "/end/to/deep/0",
    ];
    insta::assert_snapshot!(places(Syntax::Yaml, text, &pointers), @r#"
    /own/type -> 6:3 type: string
    /own/inner -> 3:3 inner: &inne
    /own/inner/deep/1 -> 3:28 2]}
    /own/none -> 4:1 own:
    /alias/inner/deep/0 -> 3:25 1, 2]}
    /several/deep/1 -> 3:28 2]}
    /several/type -> 2:3 type: object
    /list/0/deep -> 3:18 deep: [1, 2]
    /end/to/deep/0 -> 3:25 1, 2]}
    "#);
}

#[test]
fn pointers_into_text_with_crlf_and_tabs() {
    let json = "{\r\n\t\"a\": {\r\n\t\t\"b\": 1\r\n\t}\r\n}\r\n";
    insta::assert_snapshot!(places(Syntax::Json, json, &["/a", "/a/b"]), @r#"
    /a -> 2:2 "a": {
    /a/b -> 3:3 "b": 1
    "#);
    let yaml = "a:\r\n  b:\t1\r\n  c: 2\r\n";
    insta::assert_snapshot!(places(Syntax::Yaml, yaml, &["/a/b", "/a/c"]), @r#"
    /a/b -> 2:3 b:	1
    /a/c -> 3:3 c: 2
    "#);
    let error = Diagnostic::error("x", at("/a/b"), "b is wrong");
    insta::assert_snapshot!(render(&[error], &sources(Syntax::Json, json), Style::PLAIN), @r#"
    error[x]: b is wrong
     --> a.json:3:3
      |
    3 |         "b": 1
      |         ^^^
    "#);
}

#[test]
fn related_places_and_help_follow_the_own_place() {
    let text = "{\n  \"a\": {\"const\": 1},\n  \"b\": [\n    {\"const\": 2}\n  ]\n}\n";
    let error = Diagnostic::error("conflict", at("/a/const"), "two constants exclude each other")
        .also(at("/b/0"), "the other is here")
        .help("remove one of them");
    let sources = sources(Syntax::Json, text);
    insta::assert_snapshot!(render(std::slice::from_ref(&error), &sources, Style::PLAIN), @r#"
    error[conflict]: two constants exclude each other
     --> a.json:2:9
      |
    2 |   "a": {"const": 1},
      |         ^^^^^^^
      |
    note: the other is here
     --> a.json:4:5
      |
    4 |     {"const": 2}
      |     ^
    help: remove one of them
    "#);
    insta::assert_snapshot!(render(&[error], &sources, Style::JsonLines), @r#"{"code":"conflict","severity":"error","message":"two constants exclude each other","file":"a.json","line":2,"column":9,"pointer":"/a/const","related":[{"message":"the other is here","file":"a.json","line":4,"column":5,"pointer":"/b/0"}],"help":"remove one of them"}"#);
}

#[test]
fn minified_json_is_cut_around_the_place() {
    let text =
        format!("{{{}\"here\":{{}},{}\"end\":1}}", "\"ab\":[1,2],".repeat(5000), "\"cd\":{},".repeat(5000));
    let text = text.replacen("\"ab\"", "\"first\"", 1);
    let warning = Diagnostic::warning("w", at("/here"), "something is off").help("put it right");
    let start = Diagnostic::warning("w", at("/first"), "something is off");
    let end = Diagnostic::warning("w", at("/end"), "something is off");
    let sources = sources(Syntax::Json, &text);
    insta::assert_snapshot!(render(&[warning, start, end], &sources, Style::PLAIN), @r#"
    warning[w]: something is off
     --> a.json:1:55005
      |
    1 | …1,2],"ab":[1,2],"ab":[1,2],"ab":[1,2],"ab":[1,2],"ab":[1,2],"here":{},"cd":{},"cd":{},"cd":{},"cd":{},"cd":{},"cd":{},"cd":{},"cd"…
      |                                                              ^^^^^^
      = help: put it right

    warning[w]: something is off
     --> a.json:1:2
      |
    1 | {"first":[1,2],"ab":[1,2],"ab":[1,2],"ab":[1,2],"ab":[1,2],"ab":[1,2],"…
      |  ^^^^^^^

    warning[w]: something is off
     --> a.json:1:95015
      |
    1 | …:{},"cd":{},"cd":{},"cd":{},"cd":{},"cd":{},"cd":{},"cd":{},"end":1}
      |                                                              ^^^^^
    "#);
}

#[test]
fn the_same_again_and_again_is_counted() {
    let text = "{\"a\": 1}";
    let mut all: Vec<_> =
        (0..12).map(|n| Diagnostic::warning("many", at("/a"), format!("number {n}"))).collect();
    all.push(Diagnostic::error("once", at("/a"), "another"));
    let sources = sources(Syntax::Json, text);
    let few = Style::Human { colour: false, per_code: 1 };
    insta::assert_snapshot!(render(&all, &sources, few), @r#"
    warning[many]: number 0
     --> a.json:1:2
      |
    1 | {"a": 1}
      |  ^^^

    error[once]: another
     --> a.json:1:2
      |
    1 | {"a": 1}
      |  ^^^

    warning[many]: 11 more of this kind
    "#);
    assert_eq!(render(&all, &sources, Style::PLAIN).matches("warning[many]: number").count(), 10);
    assert_eq!(render(&all, &sources, Style::JsonLines).lines().count(), 13);
    assert_eq!(render(&[], &sources, Style::PLAIN), "");
}

#[test]
fn colours_change_nothing_but_colours() {
    let text = format!("{{{}\"here\":1}}", "\"ab\":[1,2],".repeat(50));
    let error = Diagnostic::error("x", at("/here"), "wrong").also(at("/ab"), "see").help("help");
    let sources = sources(Syntax::Json, &text);
    let plain = render(std::slice::from_ref(&error), &sources, Style::PLAIN);
    let coloured = render(&[error], &sources, Style::COLOURED);
    assert!(coloured.contains("\u{1b}["));
    let mut stripped = String::new();
    for (nth, part) in coloured.split("\u{1b}[").enumerate() {
        stripped += if nth == 0 { part } else { part.split_once('m').unwrap().1 };
    }
    let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    assert_eq!(lines(&stripped), lines(&plain));
}

#[test]
fn a_diagnostic_without_a_text_still_has_its_file() {
    let sources = sources(Syntax::Json, "");
    let error = Diagnostic::error("x", at("/a"), "wrong").help("help");
    insta::assert_snapshot!(render(std::slice::from_ref(&error), &sources, Style::PLAIN), @r#"
    error[x]: wrong
    --> a.json
     = help: help
    "#);
    insta::assert_snapshot!(render(&[error], &sources, Style::JsonLines), @r#"{"code":"x","severity":"error","message":"wrong","file":"a.json","line":null,"column":null,"pointer":"/a","related":[],"help":"help"}"#);
}

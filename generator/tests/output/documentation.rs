//! Whose title and description a type has when several schemas hold at once.

use modelsmith::config::Config;
use modelsmith::load::MemoryReader;

const DOCUMENT: &str = r##"
openapi: 3.1.0
info: { title: Docs, version: "1" }
components:
  schemas:
    Base: { type: object, title: The base, description: What all have., properties: { a: { type: string, title: Base title, description: Of the base. } } }
    Outer: { description: What it is itself., allOf: [{ $ref: "#/components/schemas/Base" }, { properties: { b: { type: string } } }] }
    Titled: { title: A title of its own, allOf: [{ $ref: "#/components/schemas/Base" }, { properties: { b: { type: string } } }] }
    Part: { allOf: [{ $ref: "#/components/schemas/Base" }, { description: What the part adds., properties: { b: { type: string } } }] }
    Repeated: { title: repeated, allOf: [{ $ref: "#/components/schemas/Base" }, { properties: { b: { type: string } } }] }
    Bare: { allOf: [{ $ref: "#/components/schemas/Base" }, { properties: { b: { type: string } } }] }
    Again: { allOf: [{ $ref: "#/components/schemas/Base" }, { properties: { a: { type: string, description: Of the child. } } }] }
    Either:
      description: One of two.
      properties: { c: { type: string } }
      oneOf:
        - { title: First branch, description: The first., required: [x], properties: { x: { type: string } } }
        - { title: Second branch, required: [y], properties: { y: { type: string } } }
"##;

/// The comments before an item.
fn docs_of(item: &str, file: &str) -> String {
    let reader = MemoryReader::new().with("docs.yaml", DOCUMENT);
    let output = modelsmith::generate("docs.yaml".as_ref(), &reader, &Config::default()).expect("it is read");
    let text = output.files.get(&format!("src/models/{file}.rs")).expect("it is emitted");
    let (before, _) = text.split_once(item).unwrap_or_else(|| panic!("no `{item}` in\n{text}"));
    let lines = before.trim_end().lines().rev().skip_while(|line| line.trim_start().starts_with("#["));
    let comments: Vec<&str> =
        lines.map_while(|line| line.trim_start().strip_prefix("///")).map(str::trim).collect();
    comments.into_iter().rev().collect::<Vec<_>>().join("\n")
}

#[test]
fn the_outer_schema_speaks_for_itself() {
    assert_eq!(docs_of("pub struct Base", "base"), "The base\n\nWhat all have.");
    assert_eq!(docs_of("pub struct Outer", "outer"), "What it is itself.");
    assert_eq!(docs_of("pub struct Titled", "titled"), "A title of its own");
}

#[test]
fn where_it_says_nothing_its_parts_speak_before_what_they_refer_to() {
    assert_eq!(docs_of("pub struct Part", "part"), "What the part adds.");
    assert_eq!(docs_of("pub struct Repeated", "repeated"), "The base\n\nWhat all have.");
    assert_eq!(docs_of("pub struct Bare", "bare"), "The base\n\nWhat all have.");
}

#[test]
fn a_property_that_is_described_again_has_the_new_description() {
    assert_eq!(docs_of("pub a: ", "bare"), "Base title\n\nOf the base.");
    assert_eq!(docs_of("pub a: ", "again"), "Of the child.");
}

/// A title that gives the type its name is not repeated.
#[test]
fn a_branch_is_described_by_its_own_schema() {
    assert_eq!(docs_of("pub enum Either", "either"), "One of two.");
    assert_eq!(docs_of("pub struct EitherFirstBranch", "either"), "The first.");
    assert_eq!(docs_of("pub struct EitherSecondBranch", "either"), "One of two.");
}

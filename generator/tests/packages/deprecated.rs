//! What the document says is deprecated is deprecated in Rust, and nobody is warned who does not name it.

use crate::cli_support::Folder;

/// Everything that can be deprecated is, beside something that is not.
const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Old things, version: \"1\" }
paths:
  /old:
    post:
      operationId: oldOperation
      deprecated: true
      parameters: [{ name: size, in: query, schema: { $ref: \"#/components/schemas/OldSize\" } }]
      requestBody: { content: { application/json: { schema: { type: object, properties: { a: { type: string, default: x, deprecated: true } } } } } }
      responses: { \"200\": { description: All, content: { application/json: { schema: { $ref: \"#/components/schemas/OldPet\" } } } } }
  /new:
    get:
      operationId: newOperation
      parameters:
        - { name: old, in: query, deprecated: true, schema: { type: integer } }
        - { name: new, in: query, schema: { type: integer } }
      responses: { \"200\": { description: One, content: { application/json: { schema: { $ref: \"#/components/schemas/Animal\" } } } } }
components:
  schemas:
    OldPet: { type: object, deprecated: true, description: A pet., properties: { name: { type: string } } }
    OldSize: { type: string, enum: [s, m], deprecated: true }
    OldNames: { type: array, items: { type: string }, deprecated: true }
    OldTree: { type: array, items: { $ref: \"#/components/schemas/OldTree\" }, deprecated: true }
    NewPet:
      type: object
      required: [size]
      properties:
        old: { type: string, deprecated: true, description: Not any more. }
        count: { type: integer, default: 3, deprecated: true }
        size: { $ref: \"#/components/schemas/OldSize\" }
        friend: { $ref: \"#/components/schemas/OldPet\" }
        kind: { const: new, deprecated: true }
      example: { size: s, kind: new }
    Animal:
      oneOf: [{ $ref: \"#/components/schemas/OldPet\" }, { $ref: \"#/components/schemas/NewPet\" }, { type: string, deprecated: true }]
";

/// What a user does with it that does not name anything deprecated.
const USER: &str = r#"
use MODELS::{Animal, NewPet, operations::new_operation};

/// What users derive of types that hold something deprecated.
#[derive(Clone, Debug, PartialEq)]
pub struct Mine {
    pub pet: NewPet,
    pub params: new_operation::Params,
}

pub fn size(animal: &Animal) -> bool {
    match animal {
        Animal::NewPet(NewPet { size, .. }) => size.to_string() == NewPet::default_size(),
        _ => false,
    }
}

pub trait DefaultSize {
    fn default_size() -> String {
        "s".to_owned()
    }
}

impl DefaultSize for NewPet {}

pub fn params() -> new_operation::Params {
    new_operation::Params { new: Some(1), ..Default::default() }
}
"#;

#[test]
fn what_is_deprecated_has_the_attribute() {
    let folder = Folder::new();
    folder.write("old.yaml", DOCUMENT);
    let run = folder.run(&["generate", "old.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run}");
    let body = |path: &str| {
        let text = folder.read(&format!("out/src/{path}.rs"));
        text.split_once('\n').expect("a header").1.to_owned()
    };
    let files = [
        "models/old_pet",
        "models/old_names",
        "models/new_pet",
        "models/animal",
        "operations",
        "operations/new_operation",
    ];
    let all: Vec<String> = files.iter().map(|file| format!("// ---- {file}\n{}", body(file))).collect();
    insta::assert_snapshot!(all.join("\n"));
}

/// In a crate of its own, in a module folder and in an included file, with tests, without a warning.
#[test]
fn neither_the_models_nor_those_who_use_them_are_warned() {
    let folder = Folder::new();
    folder.write("old.yaml", DOCUMENT);
    folder.write("crate.toml", "crate-name = \"old-things\"\ntests = true\n");
    folder.run(&["generate", "old.yaml", "-o", "user/models", "--config", "crate.toml", "-q"]);
    for (layout, out) in [("module", "user/src/folder"), ("single-file", "user/src/file")] {
        folder.write("layout.toml", &format!("layout = \"{layout}\"\ntests = true\n"));
        folder.run(&["generate", "old.yaml", "-o", out, "--config", "layout.toml", "-q"]);
    }
    let manifest = folder.read("user/models/Cargo.toml");
    let (_, dependencies) = manifest.split_once("[dependencies]\n").expect("there are some");
    folder.write(
        "user/Cargo.toml",
        &format!(
            "[package]\nname = \"user\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\nmembers = [\"models\"]\n\n\
             [dependencies]\nold-things = {{ path = \"models\" }}\n{dependencies}"
        ),
    );
    let uses = |models: &str| USER.replace("MODELS", models);
    folder.write(
        "user/src/lib.rs",
        &format!(
            "#![deny(warnings)]\n\npub mod folder;\n\npub mod file {{\n    include!(\"file/models.rs\");\n\n    #[cfg(test)]\n    mod examples {{\n        \
             include!(\"file/examples.rs\");\n    }}\n}}\n\npub mod of_crate {{{}}}\n\npub mod of_folder {{{}}}\n\npub mod of_file {{{}}}\n",
            uses("old_things"),
            uses("crate::folder"),
            uses("crate::file")
        ),
    );
    let run = folder.cargo("user", &["check", "--workspace", "--all-targets"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!run.stderr.contains("warning"), "{run}");
    // Who names what is deprecated is warned.
    let naming = [
        ("pub fn a(_: old_things::OldPet) {}", "struct `old_things::OldPet`"),
        (
            "pub fn b(pet: old_things::NewPet) -> Option<String> { pet.old }",
            "field `old_things::NewPet::old`",
        ),
        (
            "pub const C: &str = file::operations::old_operation::PATH;",
            "constant `file::emitted::operations::old_operation::PATH`",
        ),
    ];
    let items: String = naming.iter().map(|(item, _)| format!("\n{item}\n")).collect();
    folder.write("user/src/lib.rs", &(folder.read("user/src/lib.rs") + &items));
    let run = folder.cargo("user", &["check"]);
    for (_, of) in naming {
        assert!(run.stderr.contains(&format!("error: use of deprecated {of}")), "{of}: {run}");
    }
    // Nothing else is.
    assert_eq!(run.stderr.matches("error: use of deprecated").count(), naming.len(), "{run}");
}

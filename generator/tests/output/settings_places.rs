//! Rules name schemas in other files by their paths from the root document's folder.

use std::path::Path;

use modelsmith::Output;
use modelsmith::diagnostics::{Style, render};
use modelsmith::load::MemoryReader;
use modelsmith::settings;

const ROOT: &str = r#"
openapi: 3.1.0
info: { title: Pets, version: "1" }
components:
  schemas:
    Pet:
      type: object
      properties:
        owner: { $ref: "parts/people.yaml#/definitions/Owner" }
        size: { $ref: "parts/size.yaml" }
"#;
const PEOPLE: &str = r##"
definitions:
  Owner:
    type: object
    properties:
      address: { type: object, properties: { city: { type: string } } }
      budget: { $ref: "#/definitions/Budget" }
  Budget: { type: object, properties: { amount: { type: integer } } }
"##;

fn generated(settings: &str) -> Output {
    let config = settings::parse(settings.to_owned(), "modelsmith.toml".to_owned(), Path::new(""))
        .unwrap_or_else(|error| panic!("{error}"));
    let reader = MemoryReader::new()
        .with("spec/api.yaml", ROOT)
        .with("spec/parts/people.yaml", PEOPLE)
        .with("spec/parts/size.yaml", "type: string\nenum: [s, x-l]\n");
    modelsmith::generate("spec/api.yaml".as_ref(), &reader, &config)
        .unwrap_or_else(|failure| panic!("{}", render(&failure.diagnostics, &failure.sources, Style::PLAIN)))
}

#[test]
fn places_in_other_files_are_named_by_their_paths() {
    let output = generated(
        r##"
[types]
"parts/people.yaml#/definitions/Budget" = "std::path::PathBuf"
[schema."parts/people.yaml#/definitions/Owner"]
rename = "Person"
[schema."parts/*#/definitions/Owner/properties/address"]
derives = ["Eq"]
[schema."parts/size.yaml#".value.x-l]
rename = "VeryLarge"
"##,
    );
    assert_eq!(render(&output.warnings, &output.sources, Style::PLAIN), "");
    let mut shown = String::new();
    for (path, text) in output.files.iter().filter(|(path, _)| path.starts_with("src/models/")) {
        let body = text.split_once('\n').map_or(text, |(_, body)| body);
        shown.push_str(&format!("// ---- {path}\n{body}"));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn places_that_there_are_not_are_said() {
    let output = generated("[schema.\"people.yaml#/definitions/Owner\"]\nrename = \"Person\"\n");
    insta::assert_snapshot!(render(&output.warnings, &output.sources, Style::PLAIN));
}

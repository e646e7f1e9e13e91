//! Warnings that the settings expect are not shown, and nothing else is left out.

use std::path::Path;

use modelsmith::diagnostics::{Style, render};
use modelsmith::load::MemoryReader;
use modelsmith::settings;

use crate::cli_support::Folder;

/// Two schemas and an operation that give the same warning.
const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Pets, version: \"1\" }
paths:
  /pets:
    get:
      responses:
        \"200\":
          description: All
          content: { application/json: { schema: { properties: { count: { type: integer, default: many } } } } }
components:
  schemas:
    Size: { type: object, properties: { width: { type: integer, default: wide } } }
    Sizes: { type: object, properties: { all: { type: array, items: { type: object, properties: { first: { type: integer, default: no } } } } } }
";

/// Where warnings are left, as `code pointer`, and those that are not about the document as they are shown.
fn left(settings: &str) -> String {
    let config = settings::parse(settings.to_owned(), "modelsmith.toml".to_owned(), Path::new(""))
        .unwrap_or_else(|error| panic!("{error}"));
    let reader = MemoryReader::new().with("pets.yaml", DOCUMENT);
    let output = modelsmith::generate("pets.yaml".as_ref(), &reader, &config)
        .unwrap_or_else(|failure| panic!("{}", render(&failure.diagnostics, &failure.sources, Style::PLAIN)));
    let (of_settings, of_document): (Vec<_>, Vec<_>) =
        output.warnings.into_iter().partition(|warning| warning.code == "unused-setting");
    let lines = of_document.iter().map(|warning| format!("{} {}\n", warning.code, warning.location.pointer));
    lines.collect::<String>() + &render(&of_settings, &output.sources, Style::PLAIN)
}

const PLACES: [&str; 3] = [
    "/components/schemas/Size/properties/width/default",
    "/components/schemas/Sizes/properties/all/items/properties/first/default",
    "/paths/~1pets/get/responses/200/content/application~1json/schema/properties/count/default",
];

#[test]
fn a_warning_is_left_out_everywhere_or_in_one_place() {
    let without = |settings: &str, gone: &[usize]| {
        let expected: String = (PLACES.iter().enumerate())
            .filter(|(index, _)| !gone.contains(index))
            .map(|(_, place)| format!("default-does-not-fit {place}\n"))
            .collect();
        assert_eq!(left(settings), expected, "{settings}");
    };
    without("", &[]);
    without("allow = [\"default-does-not-fit\"]\n", &[0, 1, 2]);
    without("[schema.Size]\nallow = [\"default-does-not-fit\"]\n", &[0]);
    without("[schema.\"Size*\"]\nallow = [\"default-does-not-fit\"]\n", &[0, 1]);
    without(
        "[schema.\"#/components/schemas/Sizes/properties/all\"]\nallow = [\"default-does-not-fit\"]\n",
        &[1],
    );
    without("[schema.\"#/paths/~1pets\"]\nallow = [\"default-does-not-fit\"]\n", &[2]);
    without("[schema.\"#/paths/*\"]\nallow = [\"default-does-not-fit\"]\n", &[2]);
}

#[test]
fn what_is_allowed_and_not_given_is_warned_of() {
    let found = left(
        "allow = [\"name-taken\"]\n[schema.Size]\nallow = [\"too-deep\"]\n[schema.\"#/paths/~1pet\"]\nallow = [\"default-does-not-fit\"]\n",
    );
    let (_, found) = found.split_once("warning[").expect("there are warnings");
    insta::assert_snapshot!(format!("warning[{found}"), @r#"
    warning[unused-setting]: `allow` hides nothing: there is no warning `name-taken`
     --> modelsmith.toml:1:10
      |
    1 | allow = ["name-taken"]
      |          ^
      |
      = help: remove it

    warning[unused-setting]: `allow` hides nothing: there is no warning `too-deep` in `Size`
     --> modelsmith.toml:3:10
      |
    3 | allow = ["too-deep"]
      |          ^
      |
      = help: remove it

    warning[unused-setting]: `allow` hides nothing: there is no warning `default-does-not-fit` in `#/paths/~1pet`
     --> modelsmith.toml:5:10
      |
    5 | allow = ["default-does-not-fit"]
      |          ^
      |
      = help: remove it
    "#);
    // An entry may expect these, too, and examples are looked at only for tests.
    assert_eq!(left("allow = [\"default-does-not-fit\", \"name-taken\", \"unused-setting\"]\n"), "");
    assert_eq!(left("allow = [\"default-does-not-fit\", \"example-does-not-fit\"]\n"), "");
    assert!(
        left("tests = true\nallow = [\"default-does-not-fit\", \"example-does-not-fit\"]\n")
            .contains("example-does-not-fit")
    );
}

#[test]
fn what_is_not_a_warning_is_refused() {
    let folder = Folder::new();
    folder.write("pets.yaml", DOCUMENT);
    for code in ["default-does-not-fits", "syntax"] {
        folder.write("modelsmith.toml", &format!("[schema.Size]\nallow = [\"{code}\"]\n"));
        let run = folder.run(&["types", "pets.yaml"]);
        assert_eq!(run.code, Some(1), "{run}");
        assert!(
            run.stderr.starts_with(&format!(
                "error[config]: `{code}` is not the code of a warning\n --> modelsmith.toml:2:10\n"
            )),
            "{run}"
        );
    }
    folder.write("modelsmith.toml", "allow = [\"default-does-not-fits\"]\n");
    insta::assert_snapshot!(folder.run(&["types", "pets.yaml"]), @r#"
    exit code 1
    --- stderr
    error[config]: `default-does-not-fits` is not the code of a warning
     --> modelsmith.toml:1:10
      |
    1 | allow = ["default-does-not-fits"]
      |          ^
      |
      = help: did you mean `default-does-not-fit`?
    "#);
}

/// Where a command writes the models, it shows the warnings; where only the script does, the script must.
#[test]
fn a_build_script_does_not_repeat_what_the_command_shows() {
    let folder = Folder::new();
    folder.write("pets.yaml", DOCUMENT);
    let root = folder.root();
    let alone = modelsmith::build::models(root.join("pets.yaml"));
    let warnings = |builder: &modelsmith::build::Builder| {
        let lines = builder.generate_into(root).expect("the models can be made");
        let shown = lines.iter().filter_map(|line| line.strip_prefix("cargo::warning="));
        shown.map(|line| line.replace(&format!("{}/", root.display()), "")).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(warnings(&alone), @r#"
    pets.yaml:12:65: the default `"wide"` does not fit: expected an integer, found a string [default-does-not-fit]
    pets.yaml:13:123: the default `"no"` does not fit: expected an integer, found a string [default-does-not-fit]
    pets.yaml:9:90: the default `"many"` does not fit: expected an integer, found a string [default-does-not-fit]
    "#);
    let beside = alone.clone().warn_if_stale(root.join("out"), "modelsmith generate pets.yaml -o out");
    assert_eq!(warnings(&beside), "out is stale; run `modelsmith generate pets.yaml -o out`");
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    assert_eq!(run.stderr.matches("warning[default-does-not-fit]").count(), 3, "{run}");
    assert_eq!(warnings(&beside), "");
    assert_eq!(warnings(&alone.clone().config_text("allow = [\"default-does-not-fit\"]")), "");
}

#[test]
fn a_build_script_counts_what_there_is_much_of() {
    let folder = Folder::new();
    let schema =
        |index: usize| format!("    S{index}: {{ properties: {{ a: {{ type: integer, default: x }} }} }}\n");
    let schemas: String = (0..12).map(schema).collect();
    folder.write("many.yaml", &format!("openapi: 3.1.0\ncomponents:\n  schemas:\n{schemas}"));
    let lines = modelsmith::build::models(folder.root().join("many.yaml"))
        .generate_into(folder.root())
        .expect("the models can be made");
    let warnings: Vec<&String> = lines.iter().filter(|line| line.starts_with("cargo::warning=")).collect();
    assert_eq!(warnings.len(), 11, "{warnings:?}");
    assert_eq!(warnings[10], "cargo::warning=2 more of this kind [default-does-not-fit]");
}

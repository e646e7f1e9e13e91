//! The same settings through the command line, through a build script in each of its ways, and in memory.

mod cli_support;

use cli_support::{Folder, PETS};
use modelsmith::config;

const SETTINGS: &str = "layout = \"single-file\"
command = \"make models\"
tests = true
date-time = \"jiff\"
enums = \"closed\"
map-type = \"std::collections::HashMap\"

[schema.Size]
rename = \"Extent\"
derives = [\"PartialOrd\"]

[schema.Dog]
unknown-fields = \"keep\"

[schema.Nothing]
boxed = true
";

#[test]
fn every_door_gives_the_same() {
    let folder = Folder::new();
    folder.write("pets.yaml", &format!("{PETS}    Named: {{ type: string, example: Tom }}\n"));
    folder.write("modelsmith.toml", SETTINGS);
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run}");
    let (expected, tests) = (folder.read("out/models.rs"), folder.read("out/examples.rs"));
    assert!(tests.contains("fn named() {"), "{tests}");
    assert!(
        expected.contains("pub enum Extent {") && expected.contains("HashMap<String, i64>"),
        "{expected}"
    );

    let root = folder.root();
    let start = || modelsmith::build::models(root.join("pets.yaml"));
    let config = config::parse(SETTINGS).expect("the settings are right");
    let without_tests = SETTINGS.replace("tests = true\n", "");
    let ways = [
        ("file", start().config(root.join("modelsmith.toml"))),
        ("text", start().config_text(SETTINGS)),
        ("data", start().settings(config)),
        ("call", start().config_text(without_tests).tests()),
        ("shown", start().config_text(folder.run(&["config", "pets.yaml"]).stdout)),
    ];
    for (way, builder) in ways {
        let out = root.join(way);
        std::fs::create_dir_all(&out).expect("a folder can be made");
        let lines = builder.generate_into(&out).unwrap_or_else(|error| panic!("{way}: {error}"));
        assert_eq!(folder.read(&format!("{way}/models.rs")), expected, "{way}");
        assert_eq!(folder.read(&format!("{way}/examples.rs")), tests, "{way}");
        let warnings: Vec<&String> =
            lines.iter().filter(|line| line.contains("`Nothing` names no schema")).collect();
        assert_eq!(warnings.len(), 1, "{way}: {lines:?}");
        // A file is watched; what stands in the script is the script's.
        let watched = lines.iter().filter(|line| line.starts_with("cargo::rerun-if-changed=")).count();
        assert_eq!(watched, if way == "file" { 2 } else { 1 }, "{way}: {lines:?}");
    }
}

#[test]
fn a_build_script_says_where_its_settings_are_wrong() {
    let folder = Folder::with_pets();
    let builder = modelsmith::build::models(folder.root().join("pets.yaml")).config_text("unions = 1\n");
    let error = builder.generate_into(folder.root()).expect_err("there is no such value");
    insta::assert_snapshot!(error.to_string(), @r"
    error[config]: wanted string or table
     --> the settings in build.rs:1:10
      |
    1 | unions = 1
      |          ^
    ");
}

#[test]
fn settings_are_explained_and_shown() {
    let folder = Folder::with_pets();
    let shown = |arguments: &[&str]| folder.run(arguments).to_string();
    insta::assert_snapshot!("explain_one", shown(&["config", "--explain", "rename"]));
    insta::assert_snapshot!("explain_unknown", shown(&["config", "--explain", "renmae"]));
    let whole = shown(&["config", "--explain", "schema"]);
    assert!(whole.contains("\nschema.<schema>.rename\n") && !whole.contains("\nunions\n"), "{whole}");
    assert_eq!(
        shown(&["config", "--explain", "schema.Pet.property.name.boxed"]),
        shown(&["config", "--explain", "schema.<schema>.property.<property>.boxed"]),
    );
    for (wrong, meant) in
        [("shcema", "schema"), ("schema.Pet.derive", "derives"), ("cratename", "crate-name")]
    {
        let said = shown(&["config", "--explain", wrong]);
        assert_eq!(
            said,
            format!("exit code 1\n--- stderr\nerror: there is no key `{wrong}`: did you mean `{meant}`?\n\n")
        );
    }
    insta::assert_snapshot!(shown(&["config", "--explain", "quux"]), @r"
    exit code 1
    --- stderr
    error: there is no key `quux`; there are crate-name, crate-version, layout, command, tests, client, runtime, package, dependencies, features, unions, enums, unknown-fields, three-states, date-time, integers, map-type, docs, allow, allow-outside, overlays, include, exclude, types, type, rename, derives, attributes, discriminator, boxed, stream, done, pages
    ");
    insta::assert_snapshot!("shown_default", shown(&["config", "pets.yaml"]));
    folder.write("modelsmith.toml", SETTINGS);
    insta::assert_snapshot!("shown", shown(&["config", "pets.yaml"]));
    let all = folder.run(&["config", "--explain"]);
    for key in config::keys::KEYS {
        assert!(all.stdout.contains(&format!("{}\n  takes ", key.path)), "{}", key.path);
    }
    folder.write("modelsmith.toml", "unoins = 1\n");
    let run = folder.run(&["config", "pets.yaml"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{run}");
    assert_eq!(folder.run(&["config", "pets.yaml", "--explain", "unions"]).code, Some(2));
}

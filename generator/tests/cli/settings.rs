//! The same settings through the command line, through a build script in each of its ways, and in memory.

use modelsmith::config;

use crate::cli_support::{Folder, PETS};

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
fn the_client_is_the_same_through_every_door() {
    use modelsmith::config::ClientFeature;
    let settings =
        "layout = \"single-file\"\n[client]\nfeatures = [\"ureq\"]\nserver = \"https://pets.example/v1\"\n";
    let folder = Folder::with_pets();
    folder.write("modelsmith.toml", settings);
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    assert_eq!(run.code, Some(0), "{run}");
    let expected = folder.read("out/models.rs");
    for part in [
        "// Needs in Cargo.toml: ureq = { version = \"3\", default-features = false }\n",
        "\"https://pets.example/v1\".to_owned()",
        "mod send {",
        "mod ureq {",
    ] {
        assert!(expected.contains(part), "{part}");
    }
    assert!(!expected.contains("mod reqwest {") && !expected.contains("reqwest = "), "{expected}");
    // The package that has the runtime has the features, too.
    let run = folder.run(&["generate", "pets.yaml", "-o", "shared", "--runtime", "crate"]);
    assert_eq!(run.code, Some(0), "{run}");
    let shared = folder.read("shared/models.rs");
    let needs =
        "// Needs in Cargo.toml: modelsmith-runtime = { version = \"0.1.0\", features = [\"ureq\"] }\n";
    assert!(shared.contains(needs) && !shared.contains("Needs in Cargo.toml: ureq"), "{shared}");
    let start = || modelsmith::build::models(folder.root().join("pets.yaml"));
    let calls =
        start().client().client_features([ClientFeature::Ureq]).client_server("https://pets.example/v1");
    for (way, builder) in [("text", start().config_text(settings)), ("calls", calls.clone())] {
        builder.generate_into(folder.root()).unwrap_or_else(|error| panic!("{way}: {error}"));
        // The headers name the command.
        let without_header = |text: &str| text.split_once('\n').map(|(_, rest)| rest.to_owned());
        assert_eq!(without_header(&folder.read("models.rs")), without_header(&expected), "{way}");
    }
    let error =
        calls.client_server("pets.example").generate_into(folder.root()).expect_err("it has no scheme");
    assert_eq!(error.to_string(), "`pets.example` is not a URL such as `https://api.example.com/v1`");
}

#[test]
fn a_server_that_nothing_counts_from_is_said() {
    let folder = Folder::new();
    let document = crate::cli_support::PETS
        .replace("paths:\n", "servers: [{ url: \"https://pets.example\" }]\npaths:\n");
    folder.write("pets.yaml", &document);
    folder.write("modelsmith.toml", "[client]\nserver = \"https://other.example\"\n");
    let run = folder.run(&["generate", "pets.yaml", "-o", "out"]);
    let warning = "warning[unused-setting]: no server of the document counts from `https://other.example`: their URLs are absolute
 --> modelsmith.toml:2:10
  |
2 | server = \"https://other.example\"
  |          ^
  |
  = help: the program chooses another server with `Server::Other`
";
    assert!(run.stderr.contains(warning), "{run}");
    assert!(folder.read("out/src/client.rs").contains("\"https://pets.example\""));
}

#[test]
fn a_package_has_the_features_of_the_settings_on() {
    let folder = Folder::with_pets();
    folder.write("modelsmith.toml", "[client]\nfeatures = [\"reqwest\", \"tracing\"]\n");
    for (runtime, part) in [
        ("embedded", "tracing = [\"client\", \"dep:tracing\"]\n"),
        ("crate", "tracing = [\"client\", \"modelsmith-runtime/tracing\"]\n"),
    ] {
        let run = folder.run(&["generate", "pets.yaml", "-o", runtime, "--runtime", runtime]);
        assert_eq!(run.code, Some(0), "{run}");
        let manifest = folder.read(&format!("{runtime}/Cargo.toml"));
        assert!(
            manifest.contains("[features]\ndefault = [\"reqwest\", \"tracing\"]\nclient = "),
            "{manifest}"
        );
        assert!(manifest.contains(part), "{manifest}");
    }
    let run = folder.run(&["config", "pets.yaml"]);
    assert!(run.stdout.contains("\nclient = { features = [\"reqwest\", \"tracing\"] }\n"), "{run}");
}

#[test]
fn the_settings_of_a_document_that_is_not_there_are_not_shown() {
    let folder = Folder::with_pets();
    insta::assert_snapshot!(folder.run(&["config", "nope.yaml"]).to_string(), @r"
    exit code 1
    --- stderr
    error: `nope.yaml` cannot be read: No such file or directory (os error 2)
    ");
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
            format!("exit code 1\n--- stderr\nerror: unknown key `{wrong}`: did you mean `{meant}`?\n\n")
        );
    }
    insta::assert_snapshot!(shown(&["config", "--explain", "quux"]), @r"
    exit code 1
    --- stderr
    error: unknown key `quux`, expected one of crate-name, crate-version, layout, command, tests, examples, traffic, client, features, server, checks, deep-arrays, constructors, union-methods, runtime, package, dependencies, unions, enums, unknown-fields, three-states, read-write, write-defaults, date-time, integers, map-type, docs, allow, allow-outside, overlays, include, exclude, types, type, rename, derives, attributes, discriminator, boxed, newtype, stream, done, pages
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

//! Packages with settings compile as they are emitted, with the dependencies that they name, without a warning
//! of rustc, clippy or rustdoc.

use std::path::{Path, PathBuf};

use modelsmith::config::{self, Config};
use modelsmith::load::MemoryReader;

use crate::cli_support::cargo::succeed;
use crate::cli_support::write;

const SHOP: &str = r##"
openapi: 3.1.0
info: { title: Shop, version: "1", description: "A shop: `crate` and [brackets]." }
paths:
  /orders:
    get:
      operationId: listOrders
      parameters: [{ name: since, in: query, schema: { type: string, format: date-time } }]
      responses:
        "200":
          description: All.
          content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Order" } } } }
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: integer, minimum: 0 }
        placed: { type: string, format: date-time, default: "2024-01-02T03:04:05Z" }
        day: { type: string, format: date, default: "2024-02-29" }
        changed: { type: string, format: date-time, examples: ["2024-01-02T03:04:05.10+01:00", "2016-12-31 23:59:60Z"] }
        prices: { type: object, additionalProperties: { type: integer }, default: { a: 1 } }
        payer: { $ref: "#/components/schemas/Payer" }
        unit: { $ref: "#/components/schemas/Unit" }
      additionalProperties: { type: string }
      example: { id: 1, placed: "2024-01-02T03:04:05+00:00", day: "2024-02-29", prices: { a: 1 }, payer: { kind: person }, more: x }
    Payer: { oneOf: [{ $ref: "#/components/schemas/Person" }, { $ref: "#/components/schemas/Company" }] }
    Person: { type: object, properties: { kind: { const: person }, name: { type: string } } }
    Company: { type: object, properties: { kind: { const: company }, tax: { type: string } } }
    Unit: { type: string, enum: [kilo, gram] }
    Bytes: { type: array, items: { type: integer }, example: [1, 255] }
"##;

/// The settings of all packages.
const RULES: &str = r#"
[features]
extra = []

[schema.Unit]
derives = ["PartialOrd", "Ord"]
enums = "closed"

[schema.Bytes]
type = "Vec<u8>"

[schema.Company]
rename = "Firm"
attributes = ['cfg_attr(feature = "extra", derive(Eq))']

[schema.Order.property.id]
rename = "number"
"#;

fn emit(folder: &Path, settings: &str) {
    let config: Config =
        config::parse(&format!("tests = true\n{settings}\n{RULES}")).expect("the settings are right");
    let reader = MemoryReader::new().with("shop.yaml", SHOP);
    let output = modelsmith::generate("shop.yaml".as_ref(), &reader, &config).expect("the document is right");
    assert_eq!(output.warnings, [], "{settings}");
    for (path, text) in output.files.iter() {
        write(folder, path, text);
    }
}

#[test]
fn packages_with_each_library_compile_without_a_warning() {
    let root: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("settings");
    if root.exists() {
        std::fs::remove_dir_all(&root).expect("an old folder can be removed");
    }
    emit(
        &root.join("with-time"),
        "crate-name = \"with-time\"\ndate-time = \"time\"\nintegers = \"unsigned\"",
    );
    emit(
        &root.join("with-jiff"),
        "crate-name = \"with-jiff\"\ndate-time = \"jiff\"\nmap-type = \"indexmap::IndexMap\"\nunknown-fields = \"keep\"",
    );
    emit(&root.join("with-strings"), "crate-name = \"with-strings\"\ndate-time = \"string\"\ndocs = false");
    // A module folder, which is called like the module inside of it, in a package that is there.
    emit(&root.join("around/src/models"), "layout = \"module\"\nmap-type = \"std::collections::HashMap\"");
    let needs = std::fs::read_to_string(root.join("around/src/models/mod.rs")).expect("there is a root");
    let needs: Vec<&str> = needs.lines().filter_map(|line| line.strip_prefix("//     ")).collect();
    let package =
        "[package]\nname = \"around\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[features]\nextra = []\n";
    write(&root, "around/Cargo.toml", &format!("{package}\n{}\n", needs.join("\n")));
    write(&root, "around/src/lib.rs", "//! Has models.\n\npub mod models;\n");
    write(
        &root,
        "Cargo.toml",
        "[workspace]\nmembers = [\"with-time\", \"with-jiff\", \"with-strings\", \"around\"]\nresolver = \"3\"\n",
    );
    // Only the module folder has tests inside of its package's library.
    let libraries_and_tests = ["--workspace", "--all-features", "--lib", "--test", "*", "--", "-Dwarnings"];
    succeed(&root, &[&["clippy"][..], &libraries_and_tests].concat());
    succeed(&root, &["clippy", "--package", "around", "--all-features", "--tests", "--", "-Dwarnings"]);
    succeed(&root, &["doc", "--workspace", "--no-deps"]);
    // Their examples are read and written again, by the types of each library.
    let tested = succeed(&root, &["test", "--workspace", "--test", "*"]);
    assert_eq!(tested.matches("test order ... ok\n").count(), 3, "{tested}");
    assert_eq!(tested.matches("test bytes ... ok\n").count(), 3, "{tested}");
    let tested = succeed(&root, &["test", "--package", "around", "--lib"]);
    assert!(tested.contains("test models::examples::order ... ok\n"), "{tested}");
}

#[test]
fn dependencies_and_features_are_those_that_are_asked_for() {
    let config = config::parse(
        r#"
        date-time = "time"
        [types]
        "schema:Unit" = "money::Unit"
        "schema:Person" = "Vec<other_crate::Person>"
        [dependencies]
        money = { version = "1", features = ["serde"] }
        time = { version = "0.3.36", features = ["formatting", "parsing", "macros"] }
        schemars = { version = "1", optional = true }
        [features]
        default = []
        "with+schema" = ["dep:schemars"]
        "#,
    )
    .expect("the settings are right");
    let reader = MemoryReader::new().with("shop.yaml", SHOP);
    let output = modelsmith::generate("shop.yaml".as_ref(), &reader, &config).expect("the document is right");
    let messages: Vec<&str> = output.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert_eq!(messages, ["the emitted package does not depend on the crate of `Vec<other_crate::Person>`"]);
    insta::assert_snapshot!(output.files.get("Cargo.toml").expect("there is a manifest"));
}

#[test]
fn the_table_of_the_package_is_copied() {
    let settings = r#"
        crate-name = "shop"
        crate-version = "1.2.3"
        [package]
        publish = ["private"]
        license = "MIT"
        authors = ["A \"B\" <c@example.com>"]
        repository = { workspace = true }
        description = "What the shop sends"
        rust-version = "1.89"
        metadata = { docs.rs = { all-features = true } }
    "#;
    let config = config::parse(settings).expect("the settings are right");
    let reader = MemoryReader::new().with("shop.yaml", SHOP);
    let output = modelsmith::generate("shop.yaml".as_ref(), &reader, &config).expect("the document is right");
    let manifest = output.files.get("Cargo.toml").expect("there is a manifest");
    let (package, _) = manifest.split_once("\n[dependencies]").expect("there are dependencies");
    insta::assert_snapshot!(package, @r#"
    # @generated by modelsmith 0.1.0 from shop.yaml ("Shop 1"). Regenerate with: modelsmith generate

    [package]
    name = "shop"
    version = "1.2.3"
    edition = "2024"
    description = "What the shop sends"
    authors = ['A "B" <c@example.com>']
    license = "MIT"
    metadata = { docs = { rs = { all-features = true } } }
    publish = ["private"]
    repository = { workspace = true }
    rust-version = "1.89"
    "#);
    // It says what the settings say.
    let read: toml::Table = manifest.parse().expect("it is TOML");
    let asked: toml::Table = settings.parse().expect("it is TOML");
    let asked = asked["package"].as_table().expect("it is a table");
    for (key, value) in asked {
        assert_eq!(read["package"].get(key), Some(value), "{key}");
    }
}

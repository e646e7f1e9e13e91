//! Models that have their runtime from the package `modelsmith-runtime`: they compile, they read and write, and crates
//! that use the package share its types.

use std::path::{Path, PathBuf};

use modelsmith::config;
use modelsmith::load::MemoryReader;

use crate::cli_support::cargo::succeed;
use crate::cli_support::{Folder, write};

/// Something of everything that a module of the runtime is for.
const ACCOUNTS: &str = r##"
openapi: 3.1.0
info: { title: Accounts, version: "1" }
paths:
  /accounts/{id}:
    patch:
      operationId: changeAccount
      parameters: [{ name: id, in: path, required: true, schema: { type: string, format: uuid } }]
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Change" } } } }
      responses:
        "200": { description: Changed., content: { application/json: { schema: { $ref: "#/components/schemas/Account" } } } }
components:
  schemas:
    Account:
      type: object
      required: [id, password]
      properties:
        id: { type: string, format: uuid }
        password: { type: string, format: password }
        created: { type: string, format: date-time }
        picture: { type: string, format: byte }
        level: { type: integer, enum: [1, 2] }
        state: { type: string, enum: [open, closed] }
        owner: { $ref: "#/components/schemas/Owner" }
        place: { type: array, prefixItems: [{ type: number }, { type: number }], items: false, minItems: 2 }
      additionalProperties: { type: string }
    Change: { type: object, properties: { state: { type: [string, "null"] } } }
    Owner: { oneOf: [{ $ref: "#/components/schemas/Person" }, { $ref: "#/components/schemas/Firm" }] }
    Person: { type: object, required: [kind], properties: { kind: { const: person } } }
    Firm: { type: object, required: [kind], properties: { kind: { const: firm }, tax: { type: string } } }
"##;

/// A smaller document, with other types.
const LOGINS: &str = r#"
openapi: 3.1.0
info: { title: Logins, version: "1" }
components:
  schemas:
    Login:
      type: object
      required: [password]
      properties: { password: { type: string, format: password }, day: { type: string, format: date } }
"#;

fn generate(document: &str, settings: &str) -> modelsmith::Output {
    let config = config::parse(settings).unwrap_or_else(|error| panic!("{}", error.message));
    let reader = MemoryReader::new().with("api.yaml", document);
    modelsmith::generate("api.yaml".as_ref(), &reader, &config).expect("the document is right")
}

/// The package, by a path that holds from everywhere.
fn runtime() -> String {
    let runtime = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime");
    format!("{{ path = {:?} }}", runtime.canonicalize().expect("the package is there"))
}

#[test]
fn crates_that_use_the_package_share_its_types() {
    let root: PathBuf = Path::new(env!("CARGO_TARGET_TMPDIR")).join("runtime-crate");
    if root.exists() {
        std::fs::remove_dir_all(&root).expect("an old folder can be removed");
    }
    let shared = format!("runtime = {}\n", runtime());
    for (name, document, settings) in [
        ("accounts", ACCOUNTS, "map-type = \"indexmap::IndexMap\""),
        ("logins", LOGINS, "date-time = \"time\""),
    ] {
        let settings = format!("crate-name = \"{name}\"\n{settings}\n{shared}");
        for (path, text) in generate(document, &settings).files.iter() {
            assert!(!path.starts_with("src/runtime"), "{path}");
            write(&root.join(name), path, text);
        }
    }
    // What a build script makes, and a module folder, in the package that uses both.
    let out = root.join("both/src");
    write(&out, "logins.yaml", LOGINS);
    let script = modelsmith::build::models(out.join("logins.yaml")).runtime_crate();
    script.generate_into(&out).expect("the models can be made");
    for (path, text) in generate(LOGINS, &format!("layout = \"module\"\n{shared}")).files.iter() {
        write(&out.join("module"), path, text);
    }
    write(&root, "both/src/lib.rs", BOTH);
    write(
        &root,
        "both/Cargo.toml",
        &BOTH_MANIFEST.replace("RUNTIME", &runtime().replace(" }", ", features = [\"chrono\"] }")),
    );
    write(
        &root,
        "Cargo.toml",
        "[workspace]\nmembers = [\"accounts\", \"logins\", \"both\"]\nresolver = \"3\"\n",
    );
    succeed(&root, &["clippy", "--all-targets", "--", "-Dwarnings"]);
    succeed(&root, &["test"]);
}

const BOTH_MANIFEST: &str = r#"[package]
name = "both"
version = "0.1.0"
edition = "2024"

[dependencies]
accounts = { path = "../accounts" }
chrono = { version = "0.4", default-features = false, features = ["std"] }
logins = { path = "../logins" }
modelsmith-runtime = RUNTIME
serde = "1"
serde_json = "1"
"#;

const BOTH: &str = r##"//! Uses the models of several crates.

pub mod script {
    include!("models.rs");
}
pub mod module;

#[cfg(test)]
mod tests {
    use accounts::runtime::{Error, Secret};

    const ACCOUNT: &str = r#"{
        "id": "67e55044-10b1-426f-9247-bb680e5fe0c8", "password": "hidden", "created": "2024-01-02T03:04:05Z",
        "picture": "AQI=", "level": 2, "state": "open", "owner": { "tax": "1", "kind": "firm" }, "place": [1.5, 2.5],
        "more": "kept"
    }"#;

    #[test]
    fn a_secret_of_one_crate_is_one_of_the_others() {
        let account: accounts::Account = accounts::runtime::from_str(ACCOUNT).expect("it reads");
        let secret: Secret<String> = account.password;
        let login = logins::Login { password: secret.clone(), day: None };
        let script = crate::script::Login { password: login.password, day: None };
        let module = crate::module::Login { password: script.password, day: None };
        assert_eq!(module.password, secret);
        assert_eq!(logins::runtime::to_string(&module).expect("it can be written"), r#"{"password":"hidden"}"#);
        let error: Error = logins::runtime::from_str::<logins::Login>("{}").unwrap_err();
        assert_eq!(error.message(), "missing field `password`");
    }

    #[test]
    fn models_read_and_write() {
        let account: accounts::Account = serde_json::from_str(ACCOUNT).expect("it reads");
        assert_eq!(account.picture.as_ref().map(|picture| picture.decode()), Some(Ok(vec![1, 2])));
        let written = serde_json::to_value(&account).expect("it can be written");
        assert_eq!(written, serde_json::from_str::<serde_json::Value>(ACCOUNT).expect("it is JSON"));
        let login: logins::Login =
            logins::runtime::from_str(r#"{"password": "", "day": "2024-02-29"}"#).expect("it reads");
        assert_eq!(login.day.map(|day| day.to_string()).as_deref(), Some("2024-02-29"));
    }
}
"##;

/// What is emitted for [`ACCOUNTS`].
fn emitted(settings: &str, path: &str) -> String {
    generate(ACCOUNTS, settings).files.get(path).unwrap_or_else(|| panic!("{path} is missing")).to_owned()
}

/// The lines of a manifest that depend on the runtime.
fn dependency(settings: &str) -> String {
    let manifest = emitted(settings, "Cargo.toml");
    manifest
        .lines()
        .filter(|line| line.starts_with("modelsmith-runtime") || line.starts_with("serde_json"))
        .fold(String::new(), |lines, line| lines + line + "\n")
}

#[test]
fn the_manifest_asks_for_the_features_that_the_document_needs() {
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        dependency("runtime = \"crate\""),
        format!(
            "modelsmith-runtime = {{ version = \"{version}\", features = [\"chrono\", \"uuid\"] }}\nserde_json = \"1\"\n"
        )
    );
    assert_eq!(
        dependency("runtime = { workspace = true }\ndate-time = \"jiff\"\nmap-type = \"indexmap::IndexMap\""),
        "modelsmith-runtime = { workspace = true, features = [\"indexmap\", \"jiff\", \"uuid\"] }\nserde_json = \"1\"\n"
    );
    let plain = "runtime = \"crate\"\ndate-time = \"string\"\n[types]\n\"format:uuid\" = \"String\"\n";
    assert_eq!(dependency(plain), format!("modelsmith-runtime = \"{version}\"\nserde_json = \"1\"\n"));
    assert_eq!(
        dependency(""),
        "serde_json = { version = \"1\", features = [\"float_roundtrip\", \"raw_value\"] }\n"
    );
}

#[test]
fn other_layouts_say_what_their_package_needs() {
    let version = env!("CARGO_PKG_VERSION");
    let line =
        format!("modelsmith-runtime = {{ version = \"{version}\", features = [\"chrono\", \"uuid\"] }}\n");
    let module = emitted("layout = \"module\"\nruntime = \"crate\"", "mod.rs");
    assert!(module.contains(&format!("//     {line}")), "{module}");
    assert!(module.contains("\npub use modelsmith_runtime as runtime;\n"), "{module}");
    let single = emitted("layout = \"single-file\"\nruntime = \"crate\"", "models.rs");
    assert!(single.contains(&format!("\n// Needs in Cargo.toml: {line}")), "{single}");
    assert!(!single.contains("pub mod runtime"), "{single}");
}

#[test]
fn the_command_line_overrides_the_settings() {
    let folder = Folder::with_pets();
    let has_copy = |folder: &Folder| folder.exists("out/src/runtime.rs");
    assert_eq!(folder.run(&["generate", "pets.yaml", "-o", "out", "--runtime", "crate"]).code, Some(0));
    assert!(!has_copy(&folder));
    assert!(folder.read("out/Cargo.toml").contains("--runtime crate\n"), "the header has the whole command");
    folder.write("modelsmith.toml", "runtime = \"crate\"\n");
    assert_eq!(folder.run(&["generate", "pets.yaml", "-o", "out", "--runtime", "embedded"]).code, Some(0));
    assert!(has_copy(&folder));
}

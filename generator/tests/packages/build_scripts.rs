//! `modelsmith init --build-script`: what it writes builds and passes its test, or makes a call.

use super::init::{passes, pets, serve, shop};
use crate::cli_support::Folder;

/// One test for both: the second would only wait until modelsmith is compiled.
#[test]
fn crates_with_build_scripts_are_ready() {
    models_are_ready();
    a_client_is_ready();
}

/// This package in place of the published one.
const PATCH: &str = concat!("patch.crates-io.modelsmith.path='", env!("CARGO_MANIFEST_DIR"), "'");

/// The features that the guide's page about build scripts has, so that modelsmith is compiled once for it and these crates.
/// `.ci/run` compiles it without any.
fn with_features_of_the_guide(folder: &Folder) {
    let manifest = folder.read("models/Cargo.toml");
    let (few, more) =
        ("default-features = false }\n", "default-features = false, features = [\"overlay\"] }\n");
    let (before, after) = manifest.rsplit_once(few).expect("modelsmith comes last");
    folder.write("models/Cargo.toml", &format!("{before}{more}{after}"));
}

fn models_are_ready() {
    let folder = pets();
    let run = folder.run(&["init", "api/pets.yaml", "-o", "models", "--build-script"]);
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stdout
    The crate `pets-models` is in models. Next:

      cd models
      cargo test    reads and rewrites the document's examples

    The settings are in spec/modelsmith.toml; README.md says more.
    "#);
    insta::assert_snapshot!(folder.tree("models").join("\n"), @r#"
    .gitignore
    Cargo.toml
    README.md
    build.rs
    spec/modelsmith.toml
    spec/pets.yaml
    spec/schemas/pet.yaml
    src/lib.rs
    "#);
    for (name, path) in
        [("cargo", "Cargo.toml"), ("build", "build.rs"), ("lib", "src/lib.rs"), ("readme", "README.md")]
    {
        insta::assert_snapshot!(format!("init_build_script_{name}"), folder.read(&format!("models/{path}")));
    }
    with_features_of_the_guide(&folder);
    let tests = ["models::examples::pet", "models::examples::names"];
    passes(&folder, "models", &["--config", PATCH, "test"], &tests);
}

fn a_client_is_ready() {
    let (url, served) = serve("[]");
    let folder = shop("/v1");
    let run = folder.run(&["init", "shop.yaml", "-o", "models", "--build-script", "--client"]);
    assert!(run.stdout.contains("  cargo run --example first_call -- URL    calls the API\n"), "{run}");
    insta::assert_snapshot!(folder.read("models/examples/first_call.rs"), @r#"
    //! A first call, to the given URL: `cargo run --example first_call -- URL`.
    //! The secret that it needs is read from the variable `API_SECRET`.

    use shop_models::models::client::{Client, Credentials};
    use shop_models::models::operations::list_orders;

    fn main() -> Result<(), Box<dyn std::error::Error>> {
        let server = std::env::args().nth(1).ok_or("the URL of the API is missing")?;
        let secret = std::env::var("API_SECRET").ok().map(Into::into);
        let credentials = Credentials { key: secret };
        let client = Client::new(server, ureq::Agent::new_with_defaults()).credentials(credentials);
        let reply = list_orders::call(&list_orders::Params::default())?.send_blocking(&client)?;
        println!("{} {:#?}", reply.status, reply.value);
        Ok(())
    }
    "#);
    // TLS is not among what is here, and this call needs none.
    let manifest = folder.read("models/Cargo.toml");
    assert!(manifest.contains("\nbytes = \"1\"\n") && manifest.contains("\nureq = \"3\"\n"), "{manifest}");
    let without_tls =
        manifest.replace("ureq = \"3\"", "ureq = { version = \"3\", default-features = false }");
    folder.write("models/Cargo.toml", &without_tls);
    with_features_of_the_guide(&folder);
    let url = format!("{url}/v2");
    let run =
        folder.cargo("models", &["--config", PATCH, "run", "--quiet", "--example", "first_call", "--", &url]);
    assert_eq!(run.stdout, "200 []\n", "{run}");
    assert!(served.join().expect("it served").starts_with("GET /v2/orders HTTP/1.1\r\n"));
}

//! `modelsmith init`: what it writes builds and passes its test, and what is there is left alone.

use crate::cli_support::{Folder, Run};

/// A document in two files, with examples.
pub(super) fn pets() -> Folder {
    let folder = Folder::new();
    folder.write(
        "api/pets.yaml",
        "openapi: 3.1.0
info: { title: Pets, version: \"1\" }
paths: {}
components:
  schemas:
    Pet: { $ref: \"schemas/pet.yaml\" }
    Names: { type: array, items: { type: string }, example: [Tom, Rex] }
",
    );
    folder.write(
        "api/schemas/pet.yaml",
        "type: object
required: [name]
properties:
  name: { type: string }
  id: { type: string, format: uuid }
example: { name: Tom, id: 6f9619ff-8b86-d011-b42d-00cf4fc964ff }
",
    );
    folder
}

pub(super) fn passes(folder: &Folder, krate: &str, arguments: &[&str], tests: &[&str]) {
    let run = folder.cargo(krate, arguments);
    assert_eq!(run.code, Some(0), "{run}");
    for test in tests {
        assert!(run.stdout.contains(&format!("test {test} ... ok\n")), "{test}: {run}");
    }
    assert!(!run.stderr.contains("warning: "), "{run}");
}

#[test]
fn a_crate_with_committed_models_is_ready() {
    let folder = pets();
    let run = folder.run(&["init", "api/pets.yaml"]);
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stdout
    The crate `pets-models` is in pets-models. Next:

      cd pets-models
      cargo test                                         reads and rewrites the document's examples
      modelsmith generate spec/pets.yaml -o .            whenever the document changes
      modelsmith generate spec/pets.yaml -o . --check    in CI

    The settings are in spec/modelsmith.toml; README.md says more.
    "#);
    insta::assert_snapshot!(folder.tree("pets-models").join("\n"), @r#"
    .gitignore
    .modelsmith-manifest
    Cargo.toml
    README.md
    rustfmt.toml
    spec/modelsmith.toml
    spec/pets.yaml
    spec/schemas/pet.yaml
    src/lib.rs
    src/models.rs
    src/models/names.rs
    src/models/pet.rs
    tests/difference/mod.rs
    tests/examples.rs
    "#);
    insta::assert_snapshot!(folder.read("pets-models/README.md"), @r#"
    # pets-models

    Rust models of [`pets.yaml`](spec/pets.yaml), made by modelsmith with the settings in
    [`spec/modelsmith.toml`](spec/modelsmith.toml). The types are in `pets_models`.

    They are committed. When the document or the settings change, regenerate them:

    ```sh
    modelsmith generate spec/pets.yaml -o .
    ```

    In CI, `modelsmith generate spec/pets.yaml -o . --check` fails if they are out of date.

    `cargo test` reads every example of the document and writes it again.
    "#);
    insta::assert_snapshot!(folder.read("pets-models/spec/modelsmith.toml"), @r#"
    # How modelsmith makes the models. `modelsmith config --explain` lists all keys.
    crate-name = "pets-models"
    crate-version = "0.1.0"
    command = "modelsmith generate spec/pets.yaml -o ."
    # A test that reads and rewrites the document's examples.
    tests = true
    "#);
    passes(&folder, "pets-models", &["test"], &["pet", "names"]);
    // The command that it prints finds nothing to change.
    let check = folder.run_in("pets-models", &["generate", "spec/pets.yaml", "-o", ".", "--check"]);
    assert_eq!(check.code, Some(0), "{check}");
}

#[test]
fn a_document_that_lies_in_the_crate_stays_where_it_is() {
    let folder = pets();
    let run = folder.run(&["init", "api/pets.yaml", "-o", "."]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(
        run.stdout.starts_with("The crate `pets-models` is in this folder. Next:\n\n  cargo test"),
        "{run}"
    );
    assert!(folder.read("api/modelsmith.toml").contains("modelsmith generate api/pets.yaml -o ."));
    assert!(!folder.exists("spec") && folder.exists("src/lib.rs"));
}

/// A document of an API on this machine.
pub(super) fn shop(server: &str) -> Folder {
    let folder = Folder::new();
    let text = format!(
        "openapi: 3.1.0
info: {{ title: Shop, version: \"1\" }}
servers: [{{ url: \"{server}\" }}]
components:
  securitySchemes: {{ key: {{ type: apiKey, in: header, name: X-Key }} }}
paths:
  /orders/{{id}}:
    get:
      operationId: getOrder
      parameters: [{{ name: id, in: path, required: true, schema: {{ type: string }} }}]
      responses: {{ \"204\": {{ description: None }} }}
  /orders:
    get:
      operationId: listOrders
      security: [{{ key: [] }}]
      parameters: [{{ name: limit, in: query, schema: {{ type: integer, default: 20 }} }}]
      responses: {{ \"200\": {{ description: All, content: {{ application/json: {{ schema: {{ type: array, items: {{ type: string }} }} }} }} }} }}
"
    );
    folder.write("shop.yaml", &text);
    folder
}

/// A server for one request, and what it is sent.
pub(super) fn serve(body: &'static str) -> (String, std::thread::JoinHandle<String>) {
    use std::io::{Read, Write};
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("it has an address"));
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("somebody calls");
        let (mut sent, mut chunk) = (Vec::new(), [0; 4096]);
        while !sent.ends_with(b"\r\n\r\n") {
            let length = stream.read(&mut chunk).expect("it sends");
            sent.extend_from_slice(&chunk[..length]);
        }
        let length = body.len();
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
            .expect("it listens");
        String::from_utf8(sent).expect("it is text")
    });
    (url, served)
}

#[test]
fn a_crate_with_a_client_makes_a_first_call() {
    let (url, served) = serve("[\"tea\"]");
    let folder = shop(&url);
    let run = folder.run(&["init", "shop.yaml", "--client"]);
    insta::assert_snapshot!(run, @r#"
    exit code 0
    --- stdout
    The crate `shop-models` is in shop-models. Next:

      cd shop-models
      cargo test                                         reads and rewrites the document's examples
      cargo run --example first_call                     calls the API
      modelsmith generate spec/shop.yaml -o .            whenever the document changes
      modelsmith generate spec/shop.yaml -o . --check    in CI

    The settings are in spec/modelsmith.toml; README.md says more.
    "#);
    insta::assert_snapshot!(folder.read("shop-models/examples/first_call.rs"), @r#"
    //! A first call, to the document's first server, or to the given URL: `cargo run --example first_call`.
    //! The secret that it needs is read from the variable `API_SECRET`.

    use shop_models::client::{Client, Credentials, Server};
    use shop_models::operations::list_orders;

    fn main() -> Result<(), Box<dyn std::error::Error>> {
        let server = match std::env::args().nth(1) {
            Some(url) => Server::Other(url),
            None => Server::default(),
        };
        let secret = std::env::var("API_SECRET").ok().map(Into::into);
        let credentials = Credentials { key: secret };
        let client = Client::new(server, ureq::Agent::new_with_defaults()).credentials(credentials);
        let reply = list_orders::call(&list_orders::Params::default())?.send_blocking(&client)?;
        println!("{} {:#?}", reply.status, reply.value);
        Ok(())
    }
    "#);
    insta::assert_snapshot!(folder.read("shop-models/spec/modelsmith.toml"), @r#"
    # How modelsmith makes the models. `modelsmith config --explain` lists all keys.
    crate-name = "shop-models"
    crate-version = "0.1.0"
    command = "modelsmith generate spec/shop.yaml -o ."
    # A test that reads and rewrites the document's examples.
    tests = true

    # Operations can be called. `ureq` blocks; "reqwest" is for async programs.
    [client]
    features = ["ureq"]
    "#);
    passes(&folder, "shop-models", &["test"], &[]);
    let run = folder.cargo("shop-models", &["run", "--quiet", "--example", "first_call"]);
    assert_eq!(run.stdout, "200 [\n    \"tea\",\n]\n", "{run}");
    let sent = served.join().expect("it served");
    assert!(sent.starts_with("GET /orders HTTP/1.1\r\n"), "{sent}");
    // The command finds nothing to change, and leaves the example alone.
    let check = folder.run_in("shop-models", &["generate", "spec/shop.yaml", "-o", ".", "--check"]);
    assert_eq!(check.code, Some(0), "{check}");
}

#[test]
fn a_first_call_over_tls_has_it() {
    let folder = shop("https://shop.example");
    let run = folder.run(&["init", "shop.yaml", "--client"]);
    assert_eq!(run.code, Some(0), "{run}");
    let manifest = folder.read("shop-models/Cargo.toml");
    assert!(manifest.contains("\nureq = { version = \"3\", optional = true }\n"), "{manifest}");
    let settings = folder.read("shop-models/spec/modelsmith.toml");
    assert!(
        settings.ends_with("\n# With TLS.\n[dependencies]\nureq = { version = \"3\", optional = true }\n"),
        "{settings}"
    );
    // Whatever they are called in, both say the same.
    let check = folder.run_in("shop-models", &["generate", "spec/shop.yaml", "-o", ".", "--check"]);
    assert_eq!(check.code, Some(0), "{check}");
}

#[test]
fn without_an_operation_that_needs_nothing_there_is_no_first_call() {
    let folder = pets();
    insta::assert_snapshot!(refused(&folder, &["init", "api/pets.yaml", "--client"]), @r#"
    exit code 1
    --- stderr
    error: `api/pets.yaml` has no operations to call: leave `--client` out
    "#);
    let folder = shop("http://shop.example");
    let only = folder.read("shop.yaml").replace("in: query, schema", "in: query, required: true, schema");
    folder.write("shop.yaml", &only);
    let run = folder.run(&["init", "shop.yaml", "--client"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!folder.exists("shop-models/examples") && !run.stdout.contains("first_call"), "{run}");
    assert!(folder.read("shop-models/Cargo.toml").contains("\ndefault = [\"ureq\"]\n"));
}

fn refused(folder: &Folder, arguments: &[&str]) -> Run {
    let before = folder.tree(".");
    let run = folder.run(arguments);
    assert_eq!(run.code, Some(1), "{run}");
    assert_eq!(folder.tree("."), before, "something was written");
    run
}

#[test]
fn nothing_is_overwritten() {
    let folder = pets();
    folder.write("pets-models/README.md", "mine\n");
    folder.write("pets-models/src/lib.rs", "// @generated by modelsmith\n");
    insta::assert_snapshot!(refused(&folder, &["init", "api/pets.yaml"]), @r#"
    exit code 1
    --- stderr
    error: `pets-models` already contains `README.md`, `src/lib.rs`: choose another folder with `-o`
    "#);
    folder.write("api/modelsmith.toml", "");
    insta::assert_snapshot!(refused(&folder, &["init", "api/pets.yaml", "-o", "new"]), @r#"
    exit code 1
    --- stderr
    error: `api/pets.yaml` is already set up by `api/modelsmith.toml`: write its models with `modelsmith generate`
    "#);
}

#[test]
fn what_cannot_be_completed_is_not_begun() {
    let folder = pets();
    // A file where a folder has to be.
    folder.write("new/src", "a file\n");
    let run = refused(&folder, &["init", "api/pets.yaml", "-o", "new", "--build-script"]);
    assert_eq!(run.stderr, "error: `new` already contains `src`: choose another folder with `-o`\n");
    refused(&folder, &["init", "api/pets.yaml", "-o", "new"]);
}

#[test]
fn a_wrong_document_gives_no_crate() {
    let folder = pets();
    folder.write("api/schemas/pet.yaml", "type: [\n");
    insta::assert_snapshot!(refused(&folder, &["init", "api/pets.yaml"]), @r#"
    exit code 1
    --- stderr
    error[syntax]: invalid YAML: unclosed bracket '['
     --> api/schemas/pet.yaml:1:7
      |
    1 | type: [
      |       ^
    "#);
    insta::assert_snapshot!(refused(&folder, &["init", "none.yaml", "--message-format", "json"]), @r#"
    exit code 1
    --- stdout
    {"code":"unreadable-file","severity":"error","message":"cannot read `none.yaml`: it does not exist","file":"none.yaml","line":null,"column":null,"pointer":"","related":[],"help":null}
    "#);
}

/// Paths that a shell or TOML would misread.
#[cfg(unix)]
#[test]
fn names_with_spaces_and_quotes_are_quoted() {
    let folder = pets();
    let text = folder.read("api/pets.yaml").replace("schemas/pet.yaml", "pet.yaml");
    folder.write("it's \"api\"/my pets.yaml", &text);
    folder.write("it's \"api\"/pet.yaml", &folder.read("api/schemas/pet.yaml"));
    let run = folder.run(&["init", "it's \"api\"/my pets.yaml", "-o", "."]);
    assert_eq!(run.code, Some(0), "{run}");
    insta::assert_snapshot!(folder.read("it's \"api\"/modelsmith.toml"), @r#"
    # How modelsmith makes the models. `modelsmith config --explain` lists all keys.
    crate-name = "pets-models"
    crate-version = "0.1.0"
    command = "modelsmith generate \"it's \\\"api\\\"/my pets.yaml\" -o ."
    # A test that reads and rewrites the document's examples.
    tests = true
    "#);
    let check = folder.run(&["generate", "it's \"api\"/my pets.yaml", "-o", ".", "--check"]);
    assert_eq!(check.code, Some(0), "{check}");
}

/// Names that Markdown would misread.
#[cfg(unix)]
#[test]
fn the_readme_shows_odd_names_as_they_are() {
    let folder = pets();
    let text = folder.read("api/pets.yaml").replace("schemas/pet.yaml", "pet.yaml");
    folder.write("a) [b](c/```d\u{60}`(`e`)*.yaml", &text);
    folder.write("a) [b](c/pet.yaml", &folder.read("api/schemas/pet.yaml"));
    let run = folder.run(&["init", "a) [b](c/```d\u{60}`(`e`)*.yaml", "-o", "."]);
    assert_eq!(run.code, Some(0), "{run}");
    insta::assert_snapshot!(folder.read("README.md"), @"
    # pets-models

    Rust models of [```` ```d``(`e`)*.yaml ````](a%29%20%5Bb%5D%28c/%60%60%60d%60%60%28%60e%60%29%2A.yaml), made by modelsmith with the settings in
    [`a) [b](c/modelsmith.toml`](a%29%20%5Bb%5D%28c/modelsmith.toml). The types are in `pets_models`.

    They are committed. When the document or the settings change, regenerate them:

    ````sh
    modelsmith generate 'a) [b](c/```d``(`e`)*.yaml' -o .
    ````

    In CI, ```` modelsmith generate 'a) [b](c/```d``(`e`)*.yaml' -o . --check ```` fails if they are out of date.

    `cargo test` reads every example of the document and writes it again.
    ");
    let run = folder.run(&["generate", "a) [b](c/```d\u{60}`(`e`)*.yaml", "-o", ".", "--check"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_is_refused() {
    let folder = pets();
    folder.write("a\nb.yaml", &folder.read("api/pets.yaml").replace("schemas/", "api/schemas/"));
    let run = refused(&folder, &["init", "a\nb.yaml", "-o", "new"]);
    insta::assert_snapshot!(run, @r#"
    exit code 1
    --- stderr
    error: "a\nb.yaml" has a name that is not UTF-8 or contains control characters: rename it
    "#);
}

#[test]
fn completions_name_the_commands_in_every_shell() {
    let folder = Folder::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = folder.run(&["completions", shell]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{shell}");
        for word in ["generate", "init", "types", "lower", "config", "build-script", "overlay"] {
            assert!(run.stdout.contains(word), "{shell} does not know {word}");
        }
    }
    let run = folder.run(&["completions", "cmd"]);
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("[possible values: bash, elvish, fish, powershell, zsh]"), "{run}");
}

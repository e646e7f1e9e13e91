//! References between files.

use std::path::Path;

use modelsmith::config::InputOptions;
use modelsmith::diagnostics::{FileId, Pointer, Sink, Sources, Style, render};
use modelsmith::load::{DiskReader, Documents, MemoryReader, ReadFile, Target, load};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/load/");

fn loaded(root: &str, reader: &dyn ReadFile, options: &InputOptions) -> (Documents, String) {
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let documents = load(Path::new(root), reader, options, &mut sources, &mut sink).unwrap();
    (documents, render(&sink.into_vec(), &sources, Style::PLAIN))
}

/// The paths of the loaded files below the fixtures.
fn paths(documents: &Documents) -> Vec<&str> {
    documents.iter().map(|document| document.path.strip_prefix(FIXTURES).unwrap_or(&document.path)).collect()
}

fn file_of(documents: &Documents, path: &str) -> FileId {
    documents.iter().find(|document| document.path.ends_with(path)).unwrap().file
}

#[test]
fn a_set_of_json_files_beside_a_folder() {
    let root = format!("{FIXTURES}separate/spec/swagger.json");
    let mut options = InputOptions::default();
    options.allow_outside = true;
    let (documents, said) = loaded(&root, &DiskReader, &options);
    assert_eq!(said, "");
    let expected = [
        "separate/spec/swagger.json",
        "separate/spec/parameters.json",
        "separate/spec/Book.json",
        "separate/common/Failure.json",
        "separate/spec/NewBook.json",
    ];
    assert_eq!(paths(&documents), expected);
    let book = documents.resolve(FileId::new(0), "Book.json").unwrap();
    assert_eq!(book.file, FileId::new(2));
    assert_eq!(documents.resolve(book.file, "Book.json").unwrap().file, book.file);
    // `example` is a name in this file.
    let example = documents.resolve(FileId::new(0), "parameters.json#/example").unwrap();
    assert_eq!(&*example.fragment, "/example");
    assert!(documents.get(example.file).unwrap().tree.get("example").is_some());

    let (documents, said) = loaded(&root, &DiskReader, &InputOptions::default());
    assert_eq!(documents.iter().len(), 4);
    insta::assert_snapshot!(said.replace(FIXTURES, ""), @r#"
    error[outside-folder]: `separate/common/Failure.json` is outside of the folder of the root document
      --> separate/spec/swagger.json:11:62
       |
    11 |           "default": {"description": "A failure", "schema": {"$ref": "../common/Failure.json"}}
       |                                                              ^^^^^^
       |
       = help: allow it with `--allow-outside` if you trust the document
    "#);
}

#[test]
fn a_document_split_by_path_and_schema() {
    let root = format!("{FIXTURES}split/openapi.yaml");
    let (documents, said) = loaded(&root, &DiskReader, &InputOptions::default());
    assert_eq!(said, "");
    let expected = [
        "split/openapi.yaml",
        "split/paths/orders.yaml",
        "split/paths/orders_{id}.yaml",
        "split/webhooks/order.yaml",
        "split/components/schemas/Order.yaml",
        "split/components/responses/Ordered.yaml",
        "split/components/schemas/Tea.yaml",
        "split/components/schemas/Cake.yaml",
    ];
    assert_eq!(paths(&documents), expected);
    let order = file_of(&documents, "Order.yaml");
    let file = |reference| documents.resolve(order, reference).map(|target| target.file);
    assert_eq!(file("./Tea.yaml"), Some(file_of(&documents, "Tea.yaml")));
    assert_eq!(file("Cake.yaml"), Some(file_of(&documents, "Cake.yaml")));
    assert_eq!(file("#"), Some(order));
    assert_eq!((file("Other"), file("./Gone.yaml"), file("nowhere.yaml")), (None, None, None));
    let item = documents
        .resolve(file_of(&documents, "order.yaml"), "../components/schemas/Order.yaml#/properties/item");
    let expected = Target { file: order, resource: Pointer::root(), fragment: "/properties/item".into() };
    assert_eq!(item, Some(expected));
}

#[test]
fn a_file_is_loaded_once_however_it_is_written() {
    let reader = MemoryReader::new()
        .with("api/openapi.yaml", "a: {$ref: 'x/a_{id}.yaml'}\nb: {$ref: './x/../x/a_%7Bid%7D.yaml#/b'}\n")
        .with(
            "api/x/a_{id}.yaml",
            "get:\n  schema: {$ref: '../openapi.yaml#/x~1y%20z'}\n  self: {$ref: 'a_{id}.yaml'}\n",
        );
    let (documents, said) = loaded("api/openapi.yaml", &reader, &InputOptions::default());
    assert_eq!(said, "");
    assert_eq!(paths(&documents), ["api/openapi.yaml", "api/x/a_{id}.yaml"]);
    let back = documents.resolve(FileId::new(1), "../openapi.yaml#/x~1y%20z").unwrap();
    assert_eq!((back.file, &*back.fragment), (FileId::new(0), "/x~1y z"));
}

#[test]
fn a_root_in_the_working_folder_reaches_its_neighbours() {
    let reader = MemoryReader::new().with("o.json", r#"{"a": {"$ref": "b.json"}}"#).with("b.json", "{}");
    let (documents, said) = loaded("o.json", &reader, &InputOptions::default());
    assert_eq!((said.as_str(), paths(&documents)), ("", vec!["o.json", "b.json"]));
    let reader = reader.with("up.json", r#"{"a": {"$ref": "../b.json"}, "b": {"$ref": "/b.json"}}"#);
    let (_, said) = loaded("up.json", &reader, &InputOptions::default());
    assert_eq!(said.matches("error[outside-folder]").count(), 2, "{said}");
}

#[test]
fn identifiers_are_resolved_without_a_file() {
    let root = "\
$self: https://example.com/api
a: {$ref: 'https://example.com/pet.json#/properties/name'}
b: {$ref: 'https://example.com/api#/a'}
c: {$ref: other.yaml}
schemas:
  Pet: {$id: 'https://example.com/pet.json', properties: {name: {type: string}, $id: {type: string}}}
";
    let reader = MemoryReader::new()
        .with("o.yaml", root)
        .with("other.yaml", "type: object\nallOf: [{$ref: 'https://example.com/pet.json'}]\n");
    let (documents, said) = loaded("o.yaml", &reader, &InputOptions::default());
    assert_eq!(said, "");
    let pet = Pointer::parse("/schemas/Pet");
    let name = documents.resolve(FileId::new(0), "https://example.com/pet.json#/properties/name").unwrap();
    let expected =
        Target { file: FileId::new(0), resource: pet.clone(), fragment: "/properties/name".into() };
    assert_eq!(name, expected);
    assert_eq!(
        documents.resolve(FileId::new(0), "https://example.com/api#/a").unwrap().resource,
        Pointer::root()
    );
    assert_eq!(documents.resolve(FileId::new(1), "https://example.com/pet.json").unwrap().resource, pet);
}

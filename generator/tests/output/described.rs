//! What traits that describe types say of them, beside what the documents say.

use std::collections::BTreeSet;
use std::path::Path;

use fastrand::Rng;
use fidelity::sides::without;
use fidelity::{Document, constraints, instances, mutations};
use modelsmith::config::{self, Config, Dependency, Runtime};
use modelsmith::diagnostics::{Style, render};
use modelsmith::diff;
use modelsmith::ir::{Graph, Keyword, SchemaNode, Side, TypeId};
use modelsmith::load::{DiskReader, MemoryReader, Tree};
use serde_json::{Map, Value, json};

use crate::fixture_documents::with_each;

const EVERYTHING: &str = "[schema.\"*\"]\nderives = [\"schemars::JsonSchema\"]\n";

fn settings(text: &str) -> Config {
    let mut config = config::parse(text).expect("the settings are right");
    config.rust.runtime = Runtime::Crate(Dependency::default());
    config
}

/// What is said of the types of a graph, as the components of a document: each is called by its number.
fn said(graph: &Graph) -> Document {
    let ids = (0..graph.types().len()).map(|index| TypeId(index as u32));
    let all = ids.flat_map(|id| graph.descriptions(id));
    let schemas: Map<String, Value> =
        all.map(|description| (description.ty.0.to_string(), json_of(&description.schema))).collect();
    Document::new(json!({ "openapi": "3.1.0", "components": { "schemas": schemas } })).expect("they compile")
}

fn json_of(schema: &SchemaNode) -> Value {
    let keywords = match schema {
        SchemaNode::Boolean(allowed) => return (*allowed).into(),
        SchemaNode::Reference(id) => return json!({ "$ref": format!("#/components/schemas/{}", id.0) }),
        SchemaNode::Keywords(keywords) => keywords,
    };
    let members = keywords.iter().map(|(key, keyword)| {
        let value = match keyword {
            Keyword::Value(value) => as_read(value),
            Keyword::Schema(schema) => json_of(schema),
            Keyword::List(schemas) => schemas.iter().map(json_of).collect(),
            Keyword::Named(schemas) => {
                schemas.iter().map(|(name, schema)| (name.clone(), json_of(schema))).collect()
            }
            Keyword::Discriminator(property, _) => property.as_str().into(),
        };
        ((*key).to_owned(), value)
    });
    members.collect()
}

/// The value as emitted code reads it: integers beyond 64 bits have a mark.
fn as_read(value: &Value) -> Value {
    match value {
        Value::String(text) => match text.strip_prefix("\u{0}integer ").map(str::parse::<f64>) {
            Some(Ok(wide)) => wide.into(),
            Some(Err(_)) | None => value.clone(),
        },
        Value::Array(items) => items.iter().map(as_read).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), as_read(value))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// What is different: of a component, a value that the document allows and the description refuses, or the other way round.
#[derive(Default)]
struct Compared {
    types: usize,
    values: usize,
    spoiled: usize,
    refused: Vec<String>,
    allowed: Vec<String>,
}

fn compared(path: &Path) -> Compared {
    let mut found = Compared::default();
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let output = match modelsmith::generate(path, &DiskReader, &settings(EVERYTHING)) {
        Ok(output) => output,
        Err(failure) => {
            found.refused.push(render(&failure.diagnostics, &failure.sources, Style::PLAIN));
            return found;
        }
    };
    let text = std::fs::read_to_string(path).expect("a fixture is readable");
    let tree: Tree = serde_yaml::from_str(&text).expect("a fixture is YAML");
    let graph = &output.graph;
    let said = said(graph);
    let raw = as_read(&tree.to_json());
    let whole = Document::new(raw.clone());
    let [sent, read] = ["readOnly", "writeOnly"].map(|keyword| Document::new(without(&raw, keyword)));
    for component in graph.components() {
        let id = component.ty.id;
        let twin = graph.sent_as(id);
        for (id, is_sent) in std::iter::once((id, false)).chain(twin.map(|twin| (twin, true))) {
            if graph.descriptions(id).is_empty() {
                continue;
            }
            let original = match graph.side_of(id) {
                Some(Side::Sent) => &sent,
                Some(Side::Read) => &read,
                None => &whole,
            };
            assert_eq!(is_sent, twin == Some(id));
            let Ok(original) = original else { continue };
            // What was taken out of another file or place has no name there.
            let Some(at) = original.component(&component.name) else { continue };
            found.types += 1;
            let subject = format!("/components/schemas/{}", id.0);
            let mut rng = Rng::with_seed(1);
            for value in instances::instances(original, at, 10, 7) {
                found.values += 1;
                let is_null = value.is_null() && component.ty.nullable;
                if !is_null && let Some(complaint) = said.complaint(&subject, &value) {
                    found.refused.push(format!("{file} {}: {value}: {complaint}", component.name));
                }
                let mutations = mutations::mutations(original, at, &value, &mut rng, 4).into_iter();
                let constraints = constraints::spoiled(original, at, &value, &mut rng, 4).into_iter();
                let others = mutations.map(|mutation| mutation.value);
                for other in others.chain(constraints.map(|spoiled| spoiled.value)) {
                    found.spoiled += 1;
                    if said.allows(&subject, &other) {
                        found.allowed.push(format!("{file} {}", component.name));
                    }
                }
            }
        }
    }
    found
}

/// Components of which the description allows more than the document does: one type is what is read and what is sent, and the sides
/// do not require the same.
const WIDER: &[&str] =
    &["pairs.yaml Lax-Output", "pairs.yaml Outer-Output", "pairs.yaml Same-Output", "pairs.yaml Tagged"];

#[test]
fn descriptions_allow_what_the_documents_allow() {
    let all = with_each(compared);
    let refused: Vec<String> = all.iter().flat_map(|found| found.refused.clone()).collect();
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    let allowed: BTreeSet<&str> = all.iter().flat_map(|found| &found.allowed).map(String::as_str).collect();
    assert_eq!(allowed.into_iter().collect::<Vec<_>>(), WIDER);
    let sum = |count: fn(&Compared) -> usize| all.iter().map(count).sum::<usize>();
    let (types, values, spoiled) =
        (sum(|found| found.types), sum(|found| found.values), sum(|found| found.spoiled));
    assert!(types > 200 && values > 5 * types && spoiled > 10 * types, "{types} {values} {spoiled}");
}

/// The findings about a document with these schemas, and the file of a component.
fn emitted(schemas: &str, text: &str, file: &str) -> (String, String) {
    let schemas: String = schemas.lines().map(|line| format!("    {line}\n")).collect();
    let document =
        format!("openapi: 3.1.0\ninfo: {{ title: T, version: '1' }}\ncomponents:\n  schemas:\n{schemas}");
    let reader = MemoryReader::new().with("t.yaml", document);
    match modelsmith::generate("t.yaml".as_ref(), &reader, &settings(text)) {
        Ok(output) => {
            let file = output.files.get(&format!("src/models/{file}.rs")).expect("there is such a file");
            let body = file.split_once('\n').map_or(file, |(_, body)| body).to_owned();
            (render(&output.warnings, &output.sources, Style::PLAIN), body)
        }
        Err(failure) => (render(&failure.diagnostics, &failure.sources, Style::PLAIN), String::new()),
    }
}

const TREE: &str = "
Tree: { type: object, required: [leaf], properties: { leaf: { $ref: '#/components/schemas/Leaf' }, next: { $ref: '#/components/schemas/Node' } } }
Leaf: { type: object, properties: { text: { type: string } } }
Node: { type: object, properties: { leaf: { $ref: '#/components/schemas/Leaf' }, nodes: { type: array, items: { $ref: '#/components/schemas/Node' } } } }
";

#[test]
fn what_does_not_have_the_trait_stands_where_it_is_used() {
    let (findings, file) = emitted(
        TREE,
        "[dependencies]\nschemars = '1'\n[schema.Tree]\n\
         attributes = ['cfg_attr(feature = \"schema\", derive(::schemars::JsonSchema))']\n[schema.Node]\n\
         attributes = ['cfg_attr(feature = \"schema\", derive(Eq, schemars::JsonSchema))']\n",
        "node",
    );
    insta::assert_snapshot!(findings, @"");
    insta::assert_snapshot!(file, @r###"
    use super::{Leaf, runtime};

    #[cfg_attr(feature = "schema", derive(Eq))]
    pub struct Node {
        pub leaf: Option<Leaf>,
        pub nodes: Option<Vec<Node>>,
    }
    runtime::object!(Node: Default { optional leaf, nodes; });
    #[cfg(feature = "schema")]
    runtime::json_schema!([schemars] Node = "Node", r#"{
      "type": "object",
      "properties": {
        "leaf": { "type": "object", "properties": { "text": { "type": "string" } } },
        "nodes": { "type": "array", "items": { "$ref": "Node" } }
      }
    }"#, {
        "Node": Node,
    });
    "###);
}

#[test]
fn a_schema_that_contains_itself_needs_the_trait() {
    let (findings, _) = emitted(
        TREE,
        "[dependencies]\nschemars = '1'\n[schema.Tree]\nderives = ['schemars::JsonSchema']\n",
        "tree",
    );
    insta::assert_snapshot!(findings, @r###"
    error[unfit-derive]: `schemars::JsonSchema` cannot be implemented for `Tree`: `Node` contains itself and does not have the trait
     --> t.yaml:6:5
      |
    6 |     Tree: { type: object, required: [leaf], properties: { leaf: { $ref: '#…
      |     ^^^^
      |
      = help: add `schemars::JsonSchema` to the `derives` of `Node`, too
    "###);
}

#[test]
fn a_schema_that_nests_too_deeply_is_refused() {
    let schema = (0..70).fold("{ type: string }".to_owned(), |inner, _| format!("{{ items: {inner} }}"));
    let schemas = format!("Deep: {{ type: object, properties: {{ a: {schema}, b: {schema} }} }}");
    let text = "[dependencies]\nschemars = '1'\n[schema.Deep]\nderives = ['schemars::JsonSchema']\n";
    // This deep it is read.
    assert_eq!(emitted(&schemas, text, "deep").0, "");
    let schema = (0..130).fold("{ type: string }".to_owned(), |inner, _| format!("{{ items: {inner} }}"));
    let schemas = format!("Deep: {{ type: object, properties: {{ a: {schema} }} }}");
    let (findings, _) = emitted(&schemas, text, "deep");
    insta::assert_snapshot!(findings.lines().next().unwrap_or_default(), @"error[unfit-derive]: `schemars::JsonSchema` cannot be implemented for `Deep`: with all that does not have the trait its schema is too large");
}

#[test]
fn derives_that_describe_rust_are_warned_of() {
    let (findings, file) = emitted(
        TREE,
        "[schema.\"*\"]\nderives = ['specta::Type']\nattributes = ['cfg_attr(test, derive(specta::Type))']\n",
        "leaf",
    );
    insta::assert_snapshot!(findings, @r###"
    warning[misleading-derive]: `specta::Type` describes the Rust fields of `Tree`, not what is on the wire
     --> t.yaml:6:5
      |
    6 |     Tree: { type: object, required: [leaf], properties: { leaf: { $ref: '#…
      |     ^^^^
      |
      = help: names, defaults, constants and tags are not known to it; describe the type by hand, or derive `schemars::JsonSchema`, which is implemented from the document
    "###);
    insta::assert_snapshot!(file, @r###"
    use super::runtime;

    #[derive(specta::Type)]
    #[cfg_attr(test, derive(specta::Type))]
    pub struct Leaf {
        pub text: Option<String>,
    }
    runtime::object!(Leaf: Default { optional text; });
    "###);
}

#[test]
fn a_trait_that_is_gone_breaks_those_who_use_it() {
    let graph = |text: &str| {
        let document = "openapi: 3.1.0\ninfo: { title: T, version: '1' }\ncomponents:\n  schemas: { Leaf: { type: object }, Pet: { type: object, properties: { a: {} } } }\n";
        let reader = MemoryReader::new().with("t.yaml", document);
        modelsmith::generate("t.yaml".as_ref(), &reader, &settings(text)).expect("the document is right")
    };
    let under = |condition: &str| {
        format!("[schema.Pet]\nattributes = ['cfg_attr({condition}, derive(schemars::JsonSchema))']\n")
    };
    let derived = "[schema.Pet]\nderives = ['schemars::JsonSchema']\n";
    let compared = |old: &str, new: &str| {
        let diff = diff::compare(&graph(old).compiled(), &graph(new).compiled(), diff::Options::default());
        diff::text(&diff)
    };
    insta::assert_snapshot!(compared(derived, ""), @r###"
    T 1 -> 1: major (source major, wire none)
    1 change breaks something, 0 do not

    Breaks:
      Pet
        derive `schemars::JsonSchema` removed
          reading, writing: the trait is no longer implemented
    "###);
    insta::assert_snapshot!(compared(derived, &under("feature = \"schema\"")), @r###"
    T 1 -> 1: major (source major, wire none)
    1 change breaks something, 0 do not

    Breaks:
      Pet
        derive `schemars::JsonSchema` removed
          reading, writing: the trait is no longer implemented
    "###);
    insta::assert_snapshot!(compared("", derived), @r###"
    T 1 -> 1: minor (source minor, wire none)
    0 changes break something, 1 does not

    Breaks nothing:
      Pet
        derive `schemars::JsonSchema` added
    "###);
}

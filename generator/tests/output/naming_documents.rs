//! What is added to a document, wherever it is put, renames nothing that was there: on the documents of
//! `tests/fixtures`, from the text to the names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use modelsmith::config::Config;
use modelsmith::diagnostics::Location;
use modelsmith::ir::{Graph, Literal, Shape, TypeId};
use modelsmith::load::{MemoryReader, Tree};
use modelsmith::naming::{Names, assign, type_name};
use serde_json::{Value, json};

use crate::fixture_documents::{every, with_each};

/// Something that is put into an object or an array of a document.
struct Addition {
    /// The pointer of the object or array.
    into: String,
    /// Before which member or element.
    at: usize,
    /// The key, if it is an object.
    key: Option<String>,
    value: Value,
}

impl Addition {
    /// The document with what is added, as text.
    fn apply(&self, document: &Tree) -> String {
        let mut text = String::new();
        self.write(document, "", &mut text);
        text
    }

    fn write(&self, tree: &Tree, at: &str, text: &mut String) {
        let own = (at == self.into).then(|| match &self.key {
            Some(key) => format!("{}:{}", json!(key), self.value),
            None => self.value.to_string(),
        });
        let (open, close, inner): (_, _, Vec<(String, &str, &Tree)>) = match tree {
            Tree::Object(members) => {
                let inner = members.iter().map(|(key, value)| (format!("{}:", json!(key)), key, value));
                ('{', '}', inner.collect())
            }
            Tree::Array(items) => ('[', ']', items.iter().map(|item| (String::new(), "", item)).collect()),
            Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {
                text.push_str(&json_text(tree));
                return;
            }
        };
        let mut parts: Vec<String> = Vec::new();
        for (index, (head, key, value)) in inner.iter().enumerate() {
            let step = if open == '{' { escaped(key) } else { index.to_string() };
            let mut part = head.clone();
            self.write(value, &format!("{at}/{step}"), &mut part);
            parts.push(part);
        }
        if let Some(own) = own {
            parts.insert(self.at, own);
        }
        text.push(open);
        text.push_str(&parts.join(","));
        text.push(close);
    }

    /// Where what was at `pointer` is now.
    fn moved(&self, pointer: &str) -> String {
        let below = pointer.strip_prefix(&self.into).and_then(|rest| rest.strip_prefix('/'));
        let Some((below, None)) = below.map(|below| (below, self.key.as_ref())) else {
            return pointer.to_owned();
        };
        let (index, rest) = below.split_once('/').map_or((below, ""), |(index, rest)| (index, rest));
        let Ok(index) = index.parse::<usize>() else { return pointer.to_owned() };
        let index = if index >= self.at { index + 1 } else { index };
        if rest.is_empty() {
            format!("{}/{index}", self.into)
        } else {
            format!("{}/{index}/{rest}", self.into)
        }
    }
}

/// A Rust name and what it names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    /// The pointer of the type or operation whose member it is; empty for what all see.
    scope: String,
    kind: &'static str,
    /// The pointer of what is named.
    place: String,
    /// The text in the document that tells it from others in this place.
    text: String,
    name: String,
    /// Whether the document has the name as it stands.
    is_exact: bool,
}

/// A tree as JSON text. Integers beyond 64 bits are strings with a mark in it.
fn json_text(tree: &Tree) -> String {
    let text = serde_json::to_string(tree).expect("it is JSON");
    let mut parts = text.split("\"\\u0000integer ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('"').expect("a string ends");
        out.push_str(digits);
        out.push_str(rest);
    }
    out
}

/// The names that are assigned before anything is emitted.
fn names_of(text: String) -> BTreeSet<Name> {
    let reader = MemoryReader::new().with("a.json", text);
    let read = modelsmith::read_document(Path::new("a.json"), &reader, &Config::default());
    let graph = read.unwrap_or_else(|failure| panic!("{:?}", failure.diagnostics)).graph;
    all_names(&graph, &assign(&graph))
}

fn all_names(graph: &Graph, names: &Names) -> BTreeSet<Name> {
    let mut all = BTreeSet::new();
    let mut add = |scope: &str, kind, place: &Location, text: &str, name: &str, is_exact: bool| {
        let (scope, place) = (scope.to_owned(), place.pointer.to_string());
        all.insert(Name { scope, kind, place, text: text.to_owned(), name: name.to_owned(), is_exact });
    };
    for (index, ty) in graph.types().iter().enumerate() {
        let id = TypeId(u32::try_from(index).expect("few types"));
        let Some(path) = names.type_path(id) else { continue };
        let is_exact = ty.location.pointer.tokens().last() == Some(&path);
        add("", "type", &ty.location, "", &path, is_exact);
        // What is alike is another name for the first; it still has these members.
        let mut id = id;
        while let Some(target) = graph.get(id).shape.as_alias() {
            id = target.id;
        }
        let scope = ty.location.pointer.to_string();
        for (index, (kind, place, text)) in
            members(&graph.get(id).shape, &ty.location).into_iter().enumerate()
        {
            // Constants have no name.
            if !names.member(id, index).is_empty() {
                let name = names.member(id, index);
                add(&scope, kind, place, &text, name, text == name);
            }
        }
    }
    for (index, component) in graph.components().iter().enumerate() {
        let (place, text) = (&component.location, component.name.as_str());
        let Some(name) = names.component_ident(index) else { continue };
        add("", "component", place, text, name, text == name);
        let module = names.component_module(index).expect("what has a name has a file");
        add("", "file", place, text, module, text == name && type_name(module) == name);
    }
    for (index, operation) in graph.operations().iter().enumerate() {
        let (given, place) = (names.operation(index), &operation.location);
        let scope = place.pointer.to_string();
        let is_exact = operation.name == given.module;
        add("", "operation", place, &operation.name, &given.module, is_exact);
        for (parameter, name) in operation.parameters.iter().zip(&given.parameters) {
            add(&scope, "parameter", &parameter.location, &parameter.wire, name, parameter.wire == *name);
        }
        for (response, names) in operation.responses.iter().zip(&given.responses) {
            for (found, name) in response.contents.iter().zip(names) {
                let media_type = found.media_types.first().map_or("", String::as_str);
                add(&scope, "response", &response.location, media_type, name, true);
            }
        }
    }
    all
}

/// What in a type has a name, in order.
fn members<'t>(shape: &'t Shape, place: &'t Location) -> Vec<(&'static str, &'t Location, String)> {
    match shape {
        Shape::Struct(shape) => {
            shape.properties.iter().map(|property| ("field", place, property.wire.clone())).collect()
        }
        Shape::Enum(found) => {
            found.values.iter().map(|value| ("value", place, text_of(&value.wire))).collect()
        }
        Shape::Union(union) => {
            union.variants.iter().map(|variant| ("variant", &variant.location, String::new())).collect()
        }
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => Vec::new(),
    }
}

fn text_of(value: &Literal) -> String {
    if let Literal::String(text) = value { text.clone() } else { format!("{value:?}") }
}

/// What an addition renames without a right to.
fn renamed(
    before: &BTreeSet<Name>,
    after: &BTreeSet<Name>,
    addition: &Addition,
    is_last: bool,
) -> Vec<String> {
    let mut lost = Vec::new();
    for name in before {
        let (scope, place) = (addition.moved(&name.scope), addition.moved(&name.place));
        let now = Name { scope, place, ..name.clone() };
        if after.contains(&now) {
            continue;
        }
        // With another branch a type may become a union, which has members of another kind.
        let kinds = || after.iter().filter(|other| !now.scope.is_empty() && other.scope == now.scope);
        if kinds().next().is_some() && kinds().all(|other| other.kind != now.kind) {
            continue;
        }
        // A borrowed name goes to the item that has it exactly, or to the first item that also wants it.
        let taker = after
            .iter()
            .find(|other| (&other.scope, other.kind, &other.name) == (&now.scope, now.kind, &now.name));
        let has_right = taker.is_some_and(|taker| !is_last || taker.is_exact);
        if !has_right || name.is_exact {
            lost.push(format!("{} `{}` of {}", name.kind, name.name, name.place));
        }
    }
    lost
}

/// Texts that are nearly `text`.
fn alike(text: &str) -> Vec<String> {
    let mut all = vec![
        format!("{text}2"),
        format!("{text}s"),
        format!("New{text}"),
        text.to_uppercase(),
        text.to_lowercase(),
        format!("pkg__other__{text}"),
        format!("{text}-Input"),
        format!("{text} name"),
        text.replace(['_', '-', ' '], ""),
    ];
    all.retain(|other| other != text);
    all
}

/// An object or array that names come from: its pointer, what it holds, and the texts in it (empty for other values).
struct Holder {
    at: String,
    kind: &'static str,
    texts: Vec<String>,
}

fn holders(tree: &Tree, at: String, key: &str, all: &mut Vec<Holder>) {
    match tree {
        Tree::Object(members) => {
            let kind = match key {
                "schemas" | "definitions" => Some("schemas"),
                "properties" => Some("properties"),
                "paths" => Some("paths"),
                "responses" => Some("responses"),
                _ => None,
            };
            let texts = members.iter().map(|(key, _)| key.to_owned()).collect();
            all.extend(kind.map(|kind| Holder { at: at.clone(), kind, texts }));
            for (name, value) in members.iter() {
                // A key of a map is a name, not a keyword.
                let key = if kind.is_some() { "" } else { name };
                holders(value, format!("{at}/{}", escaped(name)), key, all);
            }
        }
        Tree::Array(items) => {
            let kind = match key {
                // A branch with one value is named after it: with another value it is not a constant.
                "enum" if items.len() == 1 && is_of_branch(&at) => None,
                "enum" if is_of_branch_property(&at) => Some("tag"),
                "enum" => Some("enum"),
                "oneOf" | "anyOf" => Some("union"),
                "parameters" => Some("parameters"),
                _ => None,
            };
            let texts = items.iter().map(|item| item.as_str().unwrap_or_default().to_owned()).collect();
            all.extend(kind.map(|kind| Holder { at: at.clone(), kind, texts }));
            for (index, item) in items.iter().enumerate() {
                holders(item, format!("{at}/{index}"), "", all);
            }
        }
        Tree::Null | Tree::Bool(_) | Tree::Number(_) | Tree::String(_) => {}
    }
}

/// Whether the keyword at this pointer stands in a branch of a union.
fn is_of_branch(at: &str) -> bool {
    let mut steps = at.rsplit('/').skip(1);
    steps.next().is_some_and(|index| index.parse::<usize>().is_ok())
        && steps.next().is_some_and(|key| key == "oneOf" || key == "anyOf")
}

/// Whether the keyword at this pointer stands in a property of a branch of a union. The property may be the tag, by whose
/// first value the branch is called.
fn is_of_branch_property(at: &str) -> bool {
    let mut steps = at.rsplitn(4, '/').skip(2);
    steps.next() == Some("properties")
        && steps.next().is_some_and(|branch| is_of_branch(&format!("{branch}/")))
}

/// A step of a JSON pointer (RFC 6901 §3).
fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

fn object_schema() -> Value {
    json!({
        "type": "object",
        "required": ["kind"],
        "properties": {
            "kind": { "type": "string", "enum": ["added"] },
            "state": { "type": "string", "enum": ["on", "off"] },
            "inner": { "type": "object", "properties": { "a": { "type": "integer" } } }
        }
    })
}

/// What may be added to a holder: in front, in the middle and at the end.
fn additions(holder: &Holder) -> Vec<Addition> {
    let texts = &holder.texts;
    let mut keys: BTreeSet<String> = texts.iter().flat_map(|text| alike(text)).collect();
    keys.insert("added".to_owned());
    // Integers beyond 64 bits are strings with a mark, which no other string may have.
    keys.retain(|key| !texts.contains(key) && !key.contains('\0'));
    let of = |value: Value| keys.iter().map(|key| (Some(key.clone()), value.clone())).collect::<Vec<_>>();
    let content = json!({ "application/json": { "schema": object_schema() } });
    let all: Vec<(Option<String>, Value)> = match holder.kind {
        "schemas" => of(object_schema()),
        "properties" => of(json!({ "type": "string", "enum": ["x", "y"] })),
        "paths" => {
            of(json!({ "get": { "responses": { "200": { "description": "", "content": content } } } }))
        }
        "responses" => {
            let response = json!({ "description": "", "content": content });
            let new =
                ["418", "5XX", "default"].into_iter().filter(|key| !texts.iter().any(|text| text == key));
            new.map(|key| (Some(key.to_owned()), response.clone())).collect()
        }
        "enum" | "tag" if texts.iter().all(|text| !text.is_empty()) => {
            keys.iter().map(|key| (None, json!(key))).collect()
        }
        "parameters" => vec![(None, json!({ "name": "added", "in": "query", "schema": object_schema() }))],
        "union" => vec![
            (None, object_schema()),
            (None, json!({ "title": "Added", "type": "object", "properties": { "added": {} } })),
        ],
        _ => Vec::new(),
    };
    let mut places = BTreeSet::from([0, texts.len() / 2, texts.len()]);
    if holder.kind == "tag" {
        places.remove(&0);
    }
    let at = |place: usize| {
        all.iter().map(move |(key, value)| (place, key.clone(), value.clone())).collect::<Vec<_>>()
    };
    let all = places.into_iter().flat_map(at);
    all.map(|(at, key, value)| Addition { into: holder.at.clone(), at, key, value }).collect()
}

/// What additions rename in the fixtures although it was there, as the test with `MODELSMITH_EVERY=1` finds it.
const KNOWN: &[(&str, &str)] = &[
    // Branches of which nothing tells a name have numbers.
    ("described.yaml", "type `BesideVariant1` of /components/schemas/Beside"),
    ("described.yaml", "type `BesideVariant2` of /components/schemas/Beside"),
    ("described.yaml", "variant `Variant1` of /components/schemas/Beside/oneOf/0"),
    ("described.yaml", "variant `Variant2` of /components/schemas/Beside/oneOf/1"),
    ("inheritance-levels.yaml", "variant `First` of /components/schemas/First"),
    ("tags-beside.yaml", "variant `CopyModel` of /components/schemas/Half/oneOf/0"),
    ("tags-beside.yaml", "variant `CopyModel` of /components/schemas/Transfer/oneOf/0"),
    ("tags-several-keys.yaml", "type `OldV` of "),
    ("union-variant-names.yaml", "type `ResultModelFalse` of /components/schemas/Result/oneOf/1"),
    ("union-variant-names.yaml", "type `ResultModelTrue` of /components/schemas/Result/oneOf/0"),
];

/// Of how many additions, and what one in `every` of them renames.
fn tried(file: &str, text: &str, every: usize) -> (usize, Vec<String>) {
    let document: Tree = serde_yaml::from_str(text).expect("a document is YAML");
    let before = names_of(json_text(&document));
    let mut all = Vec::new();
    holders(&document, String::new(), "", &mut all);
    let all: Vec<(Addition, bool)> = all
        .iter()
        .flat_map(|holder| additions(holder).into_iter().map(|it| (holder.texts.len(), it)))
        .map(|(length, addition)| {
            let is_last = addition.at == length;
            (addition, is_last)
        })
        .collect();
    let mut faults = Vec::new();
    for (addition, is_last) in all.iter().skip(every / 2).step_by(every) {
        let after = names_of(addition.apply(&document));
        let Addition { into, at, key, value } = addition;
        let what = key.clone().unwrap_or_else(|| value.to_string());
        let mut lost = renamed(&before, &after, addition, *is_last);
        lost.retain(|lost| !KNOWN.contains(&(file, lost)));
        faults.extend(lost.iter().map(|lost| format!("{file}: {what} in {into} at {at} renames {lost}")));
    }
    (all.len(), faults)
}

#[test]
fn whatever_is_added_to_the_fixtures() {
    let (counts, faults): (Vec<usize>, Vec<Vec<String>>) = with_each(|path| {
        let file = path.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(path).expect("a readable fixture");
        tried(&file, &text, every())
    })
    .into_iter()
    .unzip();
    let (count, faults) = (counts.iter().sum::<usize>(), faults.concat());
    assert!(count > 10_000, "the fixtures have {count} places for additions only");
    assert!(faults.is_empty(), "{} of {count}\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn whatever_is_added_to_the_agent_server() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/agent-server.openapi.json");
    let text = fs::read_to_string(path).expect("the document is readable");
    let (count, faults) = tried("agent-server", &text, 257 * every());
    assert!(count > 10_000, "the document has {count} places for additions only");
    assert!(faults.is_empty(), "{} of {count}\n{}", faults.len(), faults.join("\n"));
}

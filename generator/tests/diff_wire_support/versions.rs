//! An old and a new document, their models, and what can be asked about.

use std::collections::HashMap;

use fidelity::{Document, pointer};
use modelsmith::Output;
use modelsmith::config;
use modelsmith::diff::{self, Diff, Options};
use modelsmith::ir::{Content, Operation, OperationKind, Status, TypeId, TypeRef};
use modelsmith::load::MemoryReader;
use modelsmith::report;
use serde_json::Value;

use super::flow::{Flow, flows};
use super::harness::Side;

use crate::diff_cases::{Case, package};

/// The two versions, and what `diff` says of them.
pub struct Versions {
    pub name: String,
    /// Which of the two documents the old one is.
    pub first: Side,
    pub old: Version,
    pub new: Version,
    pub found: Diff,
}

/// One version.
pub struct Version {
    pub output: Output,
    pub document: Document,
    /// What values can be read as.
    pub roots: Vec<Root>,
}

/// A schema, and the type of the models that reads its values.
pub struct Root {
    /// What identifies it in both versions, except for renamed types.
    pub key: String,
    /// The path of the item that `diff` has for it, and which of that item's changes are meant.
    pub item: String,
    pub part: Part,
    /// The pointer of its schema.
    pub place: String,
    /// Where to start for what it reaches.
    pub ty: TypeId,
    /// How values are read and written with it, as an expression in the module of the models.
    pub again: String,
    pub flow: Flow,
}

/// Of which changes of an item something tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Whole,
    Body,
    /// By the name of the variant.
    Response(String),
}

/// The documents of two versions and their settings.
pub struct Documents {
    pub name: String,
    pub old: (Value, String),
    pub new: (Value, String),
}

impl Documents {
    pub fn of_case(case: &Case) -> Self {
        let document = |text: &str| {
            serde_yaml::from_str(&package::whole(text))
                .unwrap_or_else(|error| panic!("{}: {error}", case.name))
        };
        let new_config = case.new_config.unwrap_or(case.config);
        Self {
            name: case.name.to_owned(),
            old: (document(case.old), case.config.to_owned()),
            new: (document(case.new), new_config.to_owned()),
        }
    }

    /// From the old to the new one.
    pub fn forward(&self) -> Versions {
        Versions::new(self, Side::Old)
    }

    /// From the new to the old one, as if that had come later.
    pub fn backward(&self) -> Versions {
        Versions::new(self, Side::New)
    }
}

impl Versions {
    fn new(documents: &Documents, first: Side) -> Self {
        let Documents { name, old, new } = documents;
        let (old, new) = match first {
            Side::Old => (old, new),
            Side::New => (new, old),
        };
        let (old, new) = (Version::new(name, old), Version::new(name, new));
        let found = diff::compare(&old.output.compiled(), &new.output.compiled(), Options::default());
        Self { name: name.clone(), first, old, new, found }
    }

    /// What is in both versions. A type that has another name is found by what `diff` says that it was.
    pub fn pairs(&self) -> Vec<(&Root, &Root)> {
        let of_old: HashMap<&str, &Root> =
            self.old.roots.iter().map(|root| (root.key.as_str(), root)).collect();
        let pairs = self.new.roots.iter().filter_map(|new| {
            let was =
                self.found.items.iter().find(|item| item.path == new.item).and_then(|item| item.was.as_ref());
            let renamed = || self.old.roots.iter().find(|old| Some(&old.item) == was && old.part == new.part);
            Some((of_old.get(new.key.as_str()).copied().or_else(renamed)?, new))
        });
        pairs.collect()
    }
}

impl Version {
    fn new(name: &str, (raw, settings): &(Value, String)) -> Self {
        let reader = MemoryReader::new().with("document.json", raw.to_string());
        let config = config::parse(settings).unwrap_or_else(|error| panic!("{name}: {}", error.message));
        let output = modelsmith::generate("document.json".as_ref(), &reader, &config)
            .unwrap_or_else(|failure| panic!("{name}: {:#?}", failure.diagnostics));
        let document = Document::new(raw.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut roots = components(&output, &document);
        roots.extend(contents(&output, &document));
        Self { output, document, roots }
    }

    /// The paths of all that the models name below a type, itself included.
    pub fn reached(&self, from: TypeId) -> Vec<String> {
        let (graph, names) = (&self.output.graph, &self.output.names);
        let mut seen = vec![false; graph.types().len()];
        let mut todo = vec![from];
        let mut paths = Vec::new();
        while let Some(id) = todo.pop() {
            if !std::mem::replace(&mut seen[id.0 as usize], true) {
                paths.extend(names.type_path(id));
                todo.extend(graph.get(id).shape.mentions());
            }
        }
        paths
    }
}

/// The component schemas.
fn components(output: &Output, document: &Document) -> Vec<Root> {
    let by_pointer = flows(document.raw());
    let rows = report::type_rows(&output.graph, &output.names);
    let roots = rows.iter().zip(output.graph.components()).filter_map(|(row, component)| {
        let ty = if row.nullable { format!("Option<{}>", row.rust_path) } else { row.rust_path.clone() };
        let place = document.component(&component.name)?;
        Some(Root {
            key: component.name.clone(),
            item: row.rust_path.clone(),
            part: Part::Whole,
            place: place.to_owned(),
            ty: component.ty.id,
            again: format!("again::<{ty}>"),
            flow: by_pointer.get(place).copied().unwrap_or_default(),
        })
    });
    roots.collect()
}

/// What operations send and receive as JSON.
fn contents(output: &Output, document: &Document) -> Vec<Root> {
    let mut roots = Vec::new();
    let judged: Vec<&str> = document.places().judged().collect();
    for (index, operation) in output.graph.operations().iter().enumerate() {
        if operation.kind != OperationKind::Path {
            continue;
        }
        let names = output.names.operation(index);
        let at = |part: &str, media: &str| {
            let place = ["/paths", &operation.path, &operation.method.as_str().to_lowercase()];
            let place = place.iter().skip(1).fold(place[0].to_owned(), |at, step| pointer::join(&at, step));
            pointer::join(&format!("{place}{part}/content"), media) + "/schema"
        };
        let mut add = |part: Part, place: String, ty: TypeRef, again: String, flow: Flow| {
            if judged.contains(&place.as_str()) {
                let key = format!("{} {} {part:?}", operation.method.as_str(), operation.path);
                let item = format!("operations::{}", names.module);
                roots.push(Root { key, item, part, place, ty: ty.id, again, flow });
            }
        };
        if let Some(body) = &operation.body
            && let Content::Json(ty) = body.main.content
        {
            let again = format!("again::<operations::{}::Body>", names.module);
            add(
                Part::Body,
                at("/requestBody", &body.main.media_type),
                ty,
                again,
                Flow { read: false, written: true },
            );
        }
        for (name, (code, media, ty)) in names.responses.iter().zip(json_responses(operation)) {
            let Some(ty) = ty else { continue };
            // What a response holds cannot be written; that it was read is all that is asked.
            let again = format!(
                "|text| match operations::{0}::Response::from_parts({code}, None, text.as_bytes()) {{ \
                 Ok(operations::{0}::Response::Other(..)) => Err(\"it is not read\".to_owned()), \
                 Ok(_) => Ok(format!(\"={{text}}\")), Err(error) => Err(error.to_string()) }}",
                names.module
            );
            let place = at(&format!("/responses/{code}"), media);
            add(Part::Response(name[0].clone()), place, ty, again, Flow { read: true, written: false });
        }
    }
    roots
}

fn json_responses(operation: &Operation) -> impl Iterator<Item = (u16, &str, Option<TypeRef>)> {
    operation.responses.iter().map(|response| {
        let found = &response.contents[0];
        let media_type = found.media_types.first().map_or("", String::as_str);
        match (response.status, found.content) {
            (Status::Code(code), Content::Json(ty)) => (code, media_type, Some(ty)),
            _ => (0, "", None),
        }
    })
}

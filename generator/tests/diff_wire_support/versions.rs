//! An old and a new document, their models, and what can be asked about.

use std::cell::OnceCell;
use std::collections::HashMap;

use fidelity::{Document, instances, pointer};
use modelsmith::Output;
use modelsmith::config;
use modelsmith::diff::{self, Diff, Options};
use modelsmith::ir::{Content, Operation, OperationKind, Status, TypeId, TypeRef};
use modelsmith::load::MemoryReader;
use modelsmith::report;
use serde_json::Value;

use super::flow::{Flow, flows};

use crate::diff_cases::{Case, package};

/// The two versions, and what `diff` says of them.
pub struct Versions<'d> {
    pub name: &'d str,
    /// Which of the two documents the old one is.
    pub first: Side,
    pub old: &'d Version,
    pub new: &'d Version,
    pub found: Diff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Old,
    New,
}

impl Side {
    pub fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }

    pub fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }

    pub fn of<'d>(self, versions: &Versions<'d>) -> &'d Version {
        match self {
            Self::Old => versions.old,
            Self::New => versions.new,
        }
    }
}

/// Values per schema.
const VALUES: usize = 24;

/// One version.
pub struct Version {
    /// The module of its models in the program that has them.
    pub module: String,
    pub output: Output,
    pub document: Document,
    /// What values can be read as.
    pub roots: Vec<Root>,
}

/// A schema, and the type of the models that reads its values.
pub struct Root {
    /// Its place among those of the version.
    pub index: usize,
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
    /// Values that the document allows, once they were asked for.
    values: OnceCell<Vec<Value>>,
}

/// Of which changes of an item something tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Whole,
    Body,
    /// By the name of the variant.
    Response(String),
}

/// The text of one version's document, and its settings.
pub type Source = (Value, String);

/// Two versions of a document.
pub struct Documents {
    pub name: String,
    pub old: Version,
    pub new: Version,
}

/// The sources of a case's two versions.
pub fn sources(case: &Case) -> [Source; 2] {
    let document = |text: &str| {
        serde_yaml::from_str(&package::whole(text)).unwrap_or_else(|error| panic!("{}: {error}", case.name))
    };
    let new_config = case.new_config.unwrap_or(case.config);
    [(document(case.old), case.config.to_owned()), (document(case.new), new_config.to_owned())]
}

impl Documents {
    pub fn new(name: &str, [old, new]: &[Source; 2]) -> Self {
        let version = |side: Side, source| Version::new(format!("{}_{name}", side.name()), source);
        Self { name: name.to_owned(), old: version(Side::Old, old), new: version(Side::New, new) }
    }

    /// From the old to the new one.
    pub fn forward(&self) -> Versions<'_> {
        Versions::new(&self.name, Side::Old, &self.old, &self.new)
    }

    /// From the new to the old one, as if that had come later.
    pub fn backward(&self) -> Versions<'_> {
        Versions::new(&self.name, Side::New, &self.new, &self.old)
    }
}

impl<'d> Versions<'d> {
    fn new(name: &'d str, first: Side, old: &'d Version, new: &'d Version) -> Self {
        let found = diff::compare(&old.output.compiled(), &new.output.compiled(), Options::default());
        Self { name, first, old, new, found }
    }

    /// What is in both versions. A type that has another name is found by what `diff` says that it was.
    pub fn pairs(&self) -> Vec<(&'d Root, &'d Root)> {
        let of_old: HashMap<&str, &'d Root> =
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
    fn new(module: String, (raw, settings): &Source) -> Self {
        let reader = MemoryReader::new().with("document.json", raw.to_string());
        let config = config::parse(settings).unwrap_or_else(|error| panic!("{module}: {}", error.message));
        let output = modelsmith::generate("document.json".as_ref(), &reader, &config)
            .unwrap_or_else(|failure| panic!("{module}: {:#?}", failure.diagnostics));
        let document = Document::new(raw.clone()).unwrap_or_else(|error| panic!("{module}: {error}"));
        let mut roots = components(&output, &document);
        roots.extend(contents(&output, &document));
        roots.iter_mut().enumerate().for_each(|(index, root)| root.index = index);
        Self { module, output, document, roots }
    }

    /// Values that the document allows.
    pub fn values<'d>(&'d self, root: &'d Root) -> &'d [Value] {
        root.values.get_or_init(|| {
            let mut values = instances::instances(&self.document, &root.place, VALUES, 7);
            values.retain(|value| self.document.allows_formats(&root.place, value));
            values
        })
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
            index: 0,
            key: component.name.clone(),
            item: row.rust_path.clone(),
            part: Part::Whole,
            place: place.to_owned(),
            ty: component.ty.id,
            again: format!("again::<{ty}>"),
            flow: by_pointer.get(place).copied().unwrap_or_default(),
            values: OnceCell::new(),
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
                let ty = ty.id;
                let values = OnceCell::new();
                roots.push(Root { index: 0, key, item, part, place, ty, again, flow, values });
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

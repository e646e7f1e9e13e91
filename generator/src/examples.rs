//! Finds the examples of the document and their types.
//!
//! An example that its type refuses is left out, with a warning at its place: its test would fail although the models
//! are right.

use std::collections::HashSet;

use crate::diagnostics::{Diagnostic, Location, Pointer, Sink};
use crate::ir::accept::Interpreter;
use crate::ir::{
    Content, Example, Graph, NameHint, Operation, Owner, PropertyKind, Shape, Status, TypeId, TypeRef,
};
use crate::load::{Documents, Tree};
use crate::number;

/// Every example in `documents` that fits its type in `graph`: the examples of component schemas, of types inside of
/// them, of properties, and of JSON bodies.
pub fn collect(graph: &Graph, documents: &Documents, sink: &mut Sink) -> Vec<Example> {
    let types = Interpreter::new(graph.types(), graph.libraries().dates);
    let mut collector = Collector { graph, types, documents, sink, found: Vec::new(), seen: HashSet::new() };
    for (index, component) in graph.components().iter().enumerate() {
        collector.schema(Owner::Component(index), &component.name, component.ty, &component.location);
    }
    for index in 0..graph.types().len() {
        collector.named(TypeId(index as u32));
    }
    for index in 0..graph.operations().len() {
        collector.operation(index);
    }
    collector.found.sort_by_key(|example| example.owner);
    collector.found
}

struct Collector<'a> {
    graph: &'a Graph,
    types: Interpreter<'a>,
    documents: &'a Documents,
    sink: &'a mut Sink,
    found: Vec<Example>,
    /// A property that several types inherit is one place.
    seen: HashSet<(TypeId, String)>,
}

impl Collector<'_> {
    /// Collects the examples of a named type and of its properties.
    fn named(&mut self, id: TypeId) {
        let ty = self.graph.get(id);
        let Some(hint) = &ty.name else { return };
        // The sent and the read type of a schema have the same place, whose examples are collected once.
        if self.graph.read_as(id).is_some() {
            return;
        }
        let name = self.name_of(hint);
        self.schema(hint.owner, &name, TypeRef { id, nullable: false }, &ty.location);
        let Shape::Struct(shape) = &ty.shape else { return };
        for property in &shape.properties {
            if let PropertyKind::Field { ty, .. } = property.kind {
                let name = format!("{name}.{}", property.wire);
                self.schema(hint.owner, &name, ty, &property.location);
            }
        }
    }

    /// Collects `example` and the elements of `examples` of the schema at a place.
    fn schema(&mut self, owner: Owner, name: &str, ty: TypeRef, at: &Location) {
        let Some(schema) = self.documents.at(at) else { return };
        if let Some(value) = schema.get("example") {
            self.add(owner, name, ty, value, at.keyword("example"));
        }
        let examples = schema.get("examples").and_then(Tree::as_array).unwrap_or_default();
        for (index, value) in examples.iter().enumerate() {
            self.add(owner, name, ty, value, at.keyword("examples").index(index));
        }
    }

    fn operation(&mut self, index: usize) {
        let operation = &self.graph.operations()[index];
        let called = called(operation);
        let body = operation.body.iter().flat_map(|body| {
            let name = format!("{called}, request body");
            body.contents().map(move |it| (name.clone(), it.content, &it.media_type, &body.location))
        });
        let responses = operation.responses.iter().flat_map(|response| {
            let status = match response.status {
                Status::Code(code) => format!("response {code}"),
                Status::Range(hundreds) => format!("response {hundreds}XX"),
                Status::Default => "default response".to_owned(),
            };
            let name = format!("{called}, {status}");
            let media_types = response
                .contents
                .iter()
                .flat_map(|found| found.media_types.iter().map(|media_type| (found.content, media_type)));
            media_types
                .map(move |(content, media_type)| (name.clone(), content, media_type, &response.location))
        });
        for (name, content, media_type, at) in body.chain(responses) {
            match content {
                Content::Json(ty) => self.body(Owner::Operation(index), &name, ty, media_type, at),
                Content::Form(_) | Content::String | Content::Text | Content::Bytes | Content::Empty => {}
            }
        }
    }

    /// Collects the examples next to the schema of a body.
    fn body(&mut self, owner: Owner, name: &str, ty: TypeRef, media_type: &str, at: &Location) {
        let Some(body) = self.documents.at(at) else { return };
        // In Swagger 2.0 a response has examples by media type.
        if let Some(value) = body.get("examples").and_then(|examples| examples.get(media_type)) {
            self.add(owner, name, ty, value, at.keyword("examples").key(media_type));
        }
        let at = at.keyword("content").key(media_type);
        let Some(media) = self.documents.at(&at) else { return };
        if let Some(value) = media.get("example") {
            self.add(owner, name, ty, value, at.keyword("example"));
        }
        let examples = media.get("examples").and_then(Tree::as_object);
        for (key, example) in examples.into_iter().flat_map(|examples| examples.iter()) {
            let at = self.followed(example, at.keyword("examples").key(key));
            let Some(example) = self.documents.at(&at) else { continue };
            for key in ["value", "dataValue"] {
                if let Some(value) = example.get(key) {
                    self.add(owner, name, ty, value, at.keyword(key));
                }
            }
        }
    }

    /// The place of the value of an Example Object, or of a reference to one. References into other files are not
    /// followed: such files may contain nothing but examples.
    fn followed(&self, example: &Tree, at: Location) -> Location {
        match example.get("$ref").and_then(Tree::as_str).and_then(|target| target.strip_prefix('#')) {
            Some(target) => Location::new(at.file, Pointer::parse(target)),
            None => at,
        }
    }

    /// The name of a type in messages: its component and the steps to it, or its operation.
    fn name_of(&self, hint: &NameHint) -> String {
        let owner = match hint.owner {
            Owner::Component(index) => self.graph.components()[index].name.clone(),
            Owner::Operation(index) => called(&self.graph.operations()[index]),
        };
        [owner].into_iter().chain(hint.path.iter().cloned()).collect::<Vec<_>>().join(".")
    }

    /// The type for a value of a schema that became two types: the one that is read, unless only the one that is sent
    /// fits.
    fn side_of(&mut self, ty: TypeRef, value: &serde_json::Value) -> TypeRef {
        let sent = self.graph.sent_as(ty.id).map(|id| TypeRef { id, ..ty });
        let mut fits = |ty: &TypeRef| self.types.accept(*ty, value).is_ok();
        sent.filter(|sent| !fits(&ty) && fits(sent)).unwrap_or(ty)
    }

    fn add(&mut self, owner: Owner, name: &str, ty: TypeRef, value: &Tree, at: Location) {
        if !self.seen.insert((ty.id, format!("{}#{}", at.file.0, at.pointer))) {
            return;
        }
        let json_value = value.to_json();
        let ty = self.side_of(ty, &json_value);
        match self.types.accept(ty, &json_value) {
            Ok(accepted) => {
                let omitted = accepted.omitted(self.graph, &json_value);
                let except =
                    accepted.changes(&json_value).iter().chain(&omitted).map(Pointer::to_string).collect();
                self.found.push(Example { owner, ty, location: at, json: json(value), except });
            }
            Err(misfit) => {
                let message = format!("the example does not fit `{name}`: {misfit}");
                self.sink.push(
                    Diagnostic::warning("example-does-not-fit", at, message)
                        .help("it is left out of the tests; correct the example or the schema"),
                );
            }
        }
    }
}

/// The name of an operation in messages.
fn called(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path)
}

/// The JSON text of a value: on one line if it is short.
fn json(value: &Tree) -> String {
    const SHORT: usize = 60;
    // A tree has only string keys and JSON numbers, so neither call can fail.
    let short = serde_json::to_string(value).unwrap_or_default();
    let text =
        if short.len() <= SHORT { short } else { serde_json::to_string_pretty(value).unwrap_or(short) };
    number::without_marks(&text).into_owned()
}

//! Emits implementations of traits that describe types: macro calls with the schema.

use proc_macro2::TokenStream;

use super::file::File;
use super::format;
use super::json_text::{raw, raw_string};
use super::openapi_schema::OpenApiSchema;
use super::text::quoted;
use super::typescript::TypeScript;
use crate::ir::{Description, Owner, SchemaTraitKind, TypeId};
use crate::naming::Names;

/// Emits the implementations for a type.
pub(super) fn descriptions(file: &mut File<'_>, id: TypeId, ident: &str) {
    let graph = file.cx.graph;
    for description in graph.descriptions(id) {
        if let Some(condition) = &description.by.condition {
            file.line(0, format!("#[cfg({condition})]"));
        }
        match description.by.kind {
            SchemaTraitKind::JsonSchema => json_schema(file, ident, description),
            SchemaTraitKind::ToSchema => to_schema(file, id, ident, description),
            SchemaTraitKind::TypeScript => typescript(file, id, ident, description),
        }
    }
}

fn json_schema(file: &mut File<'_>, ident: &str, description: &Description) {
    let names = file.cx.names;
    let word = |id: TypeId| names.type_path(id).unwrap_or_default();
    let schema = raw_string(&description.schema, &word);
    let references = description.schema.references();
    let inner: Vec<String> = references
        .into_iter()
        .map(|id| format!("{}: {}", quoted(&word(id)), file.path(id).unwrap_or_default()))
        .collect();
    let (runtime, krate) = (file.runtime(), description.by.krate());
    file.line(0, format!("{runtime}::json_schema!([{krate}] {ident} = {}, {schema}, {{", quoted(ident)));
    inner.iter().for_each(|inner| file.line(1, format!("{inner},")));
    file.line(0, "});");
}

fn to_schema(file: &mut File<'_>, id: TypeId, ident: &str, description: &Description) {
    let names = file.cx.names;
    let word = |id: TypeId| schema_name(names, id);
    let schema: TokenStream = OpenApiSchema { word: &word }.expression(&description.schema);
    let schema = format::expression(schema, 1);
    let references = description.schema.references();
    let inner: Vec<String> = references.into_iter().map(|id| file.path(id).unwrap_or_default()).collect();
    let (runtime, krate) = (file.runtime(), description.by.krate());
    let name = quoted(&word(id));
    file.line(0, format!("{runtime}::to_schema!([{krate}] {ident} = {name}, ["));
    inner.iter().for_each(|inner| file.line(1, format!("{inner},")));
    file.line(0, "],");
    file.line(1, schema);
    file.line(0, ");");
}

fn typescript(file: &mut File<'_>, id: TypeId, ident: &str, description: &Description) {
    let names = file.cx.names;
    let word = |id: TypeId| names.type_ident(id).unwrap_or_default().to_owned();
    let text = raw(&TypeScript { word: &word }.text(&description.schema));
    let inner: Vec<String> =
        description.schema.references().into_iter().map(|id| file.path(id).unwrap_or_default()).collect();
    let (runtime, krate) = (file.runtime(), description.by.krate());
    // Types with the same name in two operations have different files.
    let path = quoted(&(schema_name(names, id).replace('.', "/") + ".ts"));
    file.line(0, format!("{runtime}::typescript!([{krate}] {ident} = {}, {path}, {text}, [", quoted(ident)));
    inner.iter().for_each(|inner| file.line(1, format!("{inner},")));
    file.line(0, "]);");
}

/// The name of a type among the schemas of a document. The types of operations have the operation in their name.
fn schema_name(names: &Names, id: TypeId) -> String {
    let ident = names.type_ident(id).unwrap_or_default();
    match names.owner(id) {
        Some(Owner::Operation(index)) => format!("{}.{ident}", names.operation(index).module),
        Some(Owner::Component(_)) | None => ident.to_owned(),
    }
}

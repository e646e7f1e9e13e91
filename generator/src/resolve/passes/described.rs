//! Traits that describe types, among the derives and attributes of the settings: those that are implemented, and those whose
//! derive would describe something else.

use crate::config::{SchemaLanguage, schema_derive, separated};
use crate::diagnostics::{Diagnostic, Sink};
use crate::ir::{Overrides, SchemaTrait, SchemaTraitKind};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;

/// Takes the traits that are implemented out of what is derived.
pub(super) fn separate(overrides: &mut Overrides, docs: bool) {
    let mut asked: Vec<(String, Option<String>)> = Vec::new();
    overrides.derives.retain(|path| {
        let is_implemented = schema_derive(path).is_some_and(SchemaLanguage::is_implemented);
        if is_implemented {
            asked.push((path.clone(), None));
        }
        !is_implemented
    });
    let attributes = std::mem::take(&mut overrides.attributes);
    overrides.attributes = attributes
        .into_iter()
        .filter_map(|attribute| match separated(&attribute, SchemaLanguage::is_implemented) {
            Some(found) => {
                asked.extend(found.derives);
                found.rest
            }
            None => Some(attribute),
        })
        .collect();
    for (path, condition) in asked {
        let Some(kind) = schema_derive(&path).and_then(kind) else { continue };
        let new = SchemaTrait { kind, path, condition, docs };
        // A type has a trait once.
        if !overrides.described.iter().any(|known| new.implies(known)) {
            overrides.described.retain(|known| !known.implies(&new));
            overrides.described.push(new);
        }
    }
}

fn kind(language: SchemaLanguage) -> Option<SchemaTraitKind> {
    match language {
        SchemaLanguage::JsonSchema => Some(SchemaTraitKind::JsonSchema),
        SchemaLanguage::OpenApi => Some(SchemaTraitKind::ToSchema),
        SchemaLanguage::TypeScript => Some(SchemaTraitKind::TypeScript),
        SchemaLanguage::Specta => None,
    }
}

/// Warns once of each derive that looks at the Rust types: fields are not called as they are on the wire, and constants are not
/// among them.
pub(super) fn report_misled(draft: &DraftGraph, sink: &mut Sink) {
    let mut told: Vec<String> = Vec::new();
    for (index, ty) in draft.types.iter().enumerate() {
        let is_misled = |language: SchemaLanguage| !language.is_implemented();
        let derives = ty.overrides.derives.iter().filter(|path| schema_derive(path).is_some_and(is_misled));
        let attributes = ty.overrides.attributes.iter();
        let in_attributes = attributes.filter_map(|attribute| {
            separated(attribute, |language| !language.is_implemented()).map(|found| found.derives)
        });
        let paths = derives.cloned().chain(in_attributes.flatten().map(|(path, _)| path));
        for path in paths {
            if told.contains(&path) {
                continue;
            }
            let label = draft.label(type_id(index));
            let message = format!("`{path}` describes the Rust fields of `{label}`, not what is on the wire");
            let found = Diagnostic::warning("misleading-derive", ty.location.clone(), message);
            sink.push(found.help(
                "names, defaults, constants and tags are not known to it; describe the type by hand, or \
                 derive `schemars::JsonSchema`, which is implemented from the document",
            ));
            told.push(path);
        }
    }
}

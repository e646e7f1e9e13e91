//! Finds the type or operation with a name.

use std::collections::BTreeMap;

use super::{Origin, Start};
use crate::diagnostics::likeness;
use crate::ir::{Graph, TypeId};
use crate::naming::Names;

/// The type with this name: that of a component schema, by its name in the document or in Rust, or a type by its path
/// in the emitted crate. Otherwise the operation with this `operationId`, module (with or without its path), or method
/// and path.
///
/// # Errors
/// If nothing has the name: the most similar names, the closest first.
pub fn find(graph: &Graph, names: &Names, name: &str) -> Result<Start, Vec<String>> {
    // Several names can refer to the same type, which has one path.
    let mut known = BTreeMap::new();
    for (index, component) in graph.components().iter().enumerate() {
        let ident = names.component_ident(index);
        let path = ident.map(str::to_owned).or_else(|| names.type_path(component.ty.id));
        let Some(path) = path else { continue };
        if component.name == name || path == name {
            return Ok(Start { origin: Origin::Type(component.ty.id), name: path });
        }
        known.insert(component.name.clone(), path.clone());
        known.insert(path.clone(), path);
    }
    for index in 0..graph.types().len() {
        let ty = TypeId(index as u32);
        let Some(path) = names.type_path(ty) else { continue };
        if path == name {
            return Ok(Start { origin: Origin::Type(ty), name: path });
        }
        known.insert(path.clone(), path);
    }
    for (index, operation) in graph.operations().iter().enumerate() {
        let module = &names.operation(index).module;
        let path = format!("operations::{module}");
        let place = format!("{} {}", operation.method.as_str(), operation.path);
        if operation.id.as_deref() == Some(name) || [module, &path, &place].contains(&&name.to_owned()) {
            return Ok(Start { origin: Origin::Operation(index), name: path });
        }
        for text in operation.id.iter().chain([module, &place]) {
            known.entry(text.clone()).or_insert_with(|| path.clone());
        }
    }
    Err(nearest(name, known))
}

/// The names that are most similar to the wanted one.
fn nearest(wanted: &str, known: BTreeMap<String, String>) -> Vec<String> {
    const MOST: usize = 3;
    let scored = known.into_iter().filter_map(|(name, path)| Some((likeness(wanted, &name)?, path)));
    let mut scored: Vec<(f64, String)> = scored.collect();
    // The sort is stable: equally similar names stay in alphabetical order.
    scored.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let mut paths: Vec<String> = Vec::new();
    for (_, path) in scored {
        if paths.len() < MOST && !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths
}

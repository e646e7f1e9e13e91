//! Names the accessors of unions after the fields that their variants share.

use std::collections::HashMap;

use super::Names;
use super::reserved;
use crate::ir::{AccessorSource, Graph, Shape, TypeId};

/// Names the accessors of all unions. An accessor is left out if its fields have different names, or the name of an
/// existing method.
pub(super) fn assign(graph: &Graph, names: &mut Names) {
    let mut known = HashMap::new();
    for index in 0..graph.types().len() {
        let id = TypeId(index as u32);
        let all = (0..graph.accessors(id).len()).map(|at| name(graph, names, id, at, &mut known));
        names.types[index].accessors = all.map(Option::unwrap_or_default).collect();
    }
}

/// The names that are already decided, by union and accessor.
type Known = HashMap<(TypeId, usize), Option<String>>;

fn name(graph: &Graph, names: &Names, id: TypeId, at: usize, known: &mut Known) -> Option<String> {
    if let Some(found) = known.get(&(id, at)) {
        return found.clone();
    }
    let found = of_sources(graph, names, id, at, known);
    known.insert((id, at), found.clone());
    found
}

fn of_sources(graph: &Graph, names: &Names, id: TypeId, at: usize, known: &mut Known) -> Option<String> {
    let Shape::Union(union) = &graph.get(id).shape else { return None };
    let accessor = graph.accessors(id).get(at)?;
    let mut common: Option<String> = None;
    for (variant, source) in union.variants.iter().zip(&accessor.sources) {
        let content = graph.definition(variant.ty.id);
        let own = match source {
            AccessorSource::Property(index) => names.member(content, *index).to_owned(),
            AccessorSource::Accessor(index) => name(graph, names, content, *index, known)?,
        };
        match &common {
            Some(common) if *common != own => return None,
            Some(_) => {}
            None => common = Some(own),
        }
    }
    common.filter(|name| !reserved::UNION_METHODS.contains(&name.as_str()))
}

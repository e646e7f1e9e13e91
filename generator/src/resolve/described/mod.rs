//! Schemas of types, for traits that describe them (`schemars::JsonSchema`, `utoipa::ToSchema`).
//!
//! They are the document's own: what constants, tags, formats, bounds and open enums mean cannot be told from fields, nor by
//! attributes of serde. A type that has the trait is referred to; what has not stands where it is used.

mod keywords;
mod pairs;
mod schema;

use std::collections::{HashMap, HashSet};

use self::schema::{Fault, Writer};
use super::convert::type_id;
use super::merged_schema::AllOf;
use super::site::Components;
use crate::config::{Action, Rule, SchemaLanguage, schema_derive};
use crate::diagnostics::{Diagnostic, Sink};
use crate::document::Document;
use crate::ir::{Description, Graph, SchemaTrait, TypeId, TypeRef, VariantSelection};
use crate::limits;

/// The schemas that types were made of.
pub(super) struct Sources<'d> {
    is_needed: bool,
    by_type: HashMap<TypeId, AllOf<'d>>,
}

impl<'d> Sources<'d> {
    /// None yet. Where no rule asks for a trait that describes types, nobody needs them.
    pub fn new(rules: &[Rule]) -> Self {
        Self { is_needed: rules.iter().any(|rule| describes(&rule.action)), by_type: HashMap::new() }
    }

    /// Takes note of the schemas that a type is made of.
    pub fn note(&mut self, id: TypeId, all_of: &AllOf<'d>) {
        if self.is_needed {
            self.by_type.insert(id, all_of.clone());
        }
    }
}

/// Whether a setting asks for a trait that describes types.
fn describes(action: &Action) -> bool {
    let derives = action.derives();
    derives.iter().any(|path| schema_derive(path).is_some_and(SchemaLanguage::is_implemented))
}

/// What all descriptions are made from.
struct Parts<'p, 'd> {
    graph: &'p Graph,
    components: &'p Components<'d>,
    /// The types of components, by name.
    types: HashMap<&'p str, TypeRef>,
    /// The numbers of components, by name: those of the types that were made of them first.
    indices: HashMap<&'d str, usize>,
    /// The properties that are the tags of unions: they travel both ways.
    tags: HashSet<&'p str>,
}

/// What traits say of the types that have them, in the order of the types.
pub(super) fn descriptions<'d>(
    document: &'d Document,
    graph: &Graph,
    sources: &Sources<'d>,
    sink: &mut Sink,
) -> Vec<Description> {
    let mut found = Vec::new();
    if !sources.is_needed {
        return found;
    }
    let components = Components::new(document);
    let types = graph.components().iter().map(|component| (component.name.as_str(), component.ty)).collect();
    let indices = (0..components.len()).map(|index| (components.name(index), index)).collect();
    let parts = Parts { graph, components: &components, types, indices, tags: tags(graph) };
    let mut left = limits::DESCRIPTIONS;
    for (index, ty) in graph.types().iter().enumerate() {
        let ty_id = type_id(index);
        if !ty.shape.needs_name() {
            continue;
        }
        let made_of = parts.made_of(ty_id);
        for by in &ty.overrides.described {
            let mut all = Vec::with_capacity(made_of.len());
            for id in &made_of {
                let mut writer = Writer::new(&parts, ty_id, by, left);
                all.push(writer.of_type(sources.by_type.get(id)));
                left = writer.left();
                if let Some(fault) = writer.fault() {
                    sink.push(unfit(graph, ty_id, by, fault));
                    all.clear();
                    break;
                }
            }
            let schema = all.into_iter().reduce(pairs::either);
            found.extend(schema.map(|schema| Description { ty: ty_id, by: by.clone(), schema }));
        }
    }
    found
}

impl Parts<'_, '_> {
    /// The types that a type was made as: what is sent of a schema that was split was made as what is read, and the sides of a
    /// pair that are one type now were two.
    fn made_of(&self, id: TypeId) -> Vec<TypeId> {
        let mut all = vec![self.graph.read_as(id).unwrap_or(id)];
        let named = self.graph.components().iter().filter(|component| component.ty.id == id);
        let sides = named.filter_map(|component| self.indices.get(component.name.as_str()));
        for side in sides.map(|index| type_id(*index)) {
            if !all.contains(&side) {
                all.push(side);
            }
        }
        all
    }
}

fn unfit(graph: &Graph, id: TypeId, by: &SchemaTrait, fault: &Fault) -> Diagnostic {
    let ty = graph.get(id);
    let label = match graph.components().iter().find(|component| component.ty.id == id) {
        Some(component) => format!("`{}`", component.name),
        None => "this schema".to_owned(),
    };
    let trait_path = &by.path;
    let (why, help) = match fault {
        Fault::Loop(name) => (
            format!("`{name}` contains itself and does not have the trait"),
            format!("add `{trait_path}` to the `derives` of `{name}`, too"),
        ),
        Fault::TooLarge => (
            "with all that does not have the trait its schema is too large".to_owned(),
            format!("add `{trait_path}` to the `derives` of the schemas that it refers to"),
        ),
        Fault::NoSchema => (
            "the document does not have one schema that it is".to_owned(),
            format!("take `{trait_path}` out of its `derives`"),
        ),
    };
    let message = format!("`{trait_path}` cannot be implemented for {label}: {why}");
    Diagnostic::error("unfit-derive", ty.location.clone(), message).help(help)
}

/// The properties that are the tags of unions.
fn tags(graph: &Graph) -> HashSet<&str> {
    let unions = graph.types().iter().filter_map(|ty| ty.shape.as_union());
    let tagged = unions.filter_map(|shape| match &shape.reading.object {
        VariantSelection::Tagged(tagged) => Some(tagged.property.as_str()),
        VariantSelection::None | VariantSelection::Single(_) | VariantSelection::BestMatch(_) => None,
    });
    tagged.collect()
}

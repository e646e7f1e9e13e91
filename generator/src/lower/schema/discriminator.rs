//! Discriminators, with mapping values that are references where they can be.

use indexmap::IndexMap;

use crate::document::{Discriminator, MappingTarget, SchemaId};
use crate::load::{Object, Tree};
use crate::lower::inline;
use crate::lower::refs;
use crate::lower::{At, Kind, Lowering};

/// A discriminator object, or Swagger 2.0's bare property name. `id` is that of its schema.
pub(super) fn discriminator<'t>(
    lowering: &mut Lowering<'t, '_>,
    id: SchemaId,
    value: &'t Tree,
    at: &At<'_>,
) -> Option<Discriminator> {
    if let Some(name) = value.as_str() {
        let mapping = IndexMap::default();
        return Some(Discriminator { id, property: name.to_owned(), mapping, default_mapping: None });
    }
    let read = inline::members(lowering, value, at, "discriminator", |this, members, at, _| {
        discriminator_object(this, id, members, at)
    });
    read.flatten()
}

fn discriminator_object<'t>(
    lowering: &mut Lowering<'t, '_>,
    id: SchemaId,
    members: &'t Object,
    at: &At<'_>,
) -> Option<Discriminator> {
    let Some(name) = members.get("propertyName").and_then(Tree::as_str) else {
        let value = members.get("propertyName").unwrap_or(&Tree::Null);
        lowering.unreadable_keyword(value, at, "propertyName", "the name of a property");
        return None;
    };
    let mapping = members.get("mapping").map(|mapping| read_mapping(lowering, mapping, at));
    let default = members.get("defaultMapping").and_then(Tree::as_str);
    Some(Discriminator {
        id,
        property: name.to_owned(),
        mapping: mapping.unwrap_or_default(),
        default_mapping: default.map(|target| mapping_target(lowering, target, at)),
    })
}

fn read_mapping<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
) -> IndexMap<String, MappingTarget> {
    let mut read = IndexMap::new();
    inline::members(lowering, value, at, "mapping", |this, mapping, place, _| {
        read.reserve(mapping.len());
        for (tag, value) in mapping.iter() {
            match value.as_str() {
                Some(target) => {
                    let target = mapping_target(this, target, place);
                    read.insert(tag.to_owned(), target);
                }
                None => this.unreadable_keyword(value, place, tag, "the name of a schema"),
            }
        }
    });
    read
}

/// The component that a mapping value means; the text as it stands when it means none.
fn mapping_target<'t>(lowering: &mut Lowering<'t, '_>, target: &'t str, at: &At<'_>) -> MappingTarget {
    if !target.contains(['#', '/']) && lowering.registry.contains(Kind::Schema, target) {
        return MappingTarget::Component(target.to_owned());
    }
    match refs::component_of(lowering, Kind::Schema, at, target) {
        Ok(name) => MappingTarget::Component(name.to_string()),
        Err(_) => MappingTarget::Text(target.to_owned()),
    }
}

//! Discriminators, with mapping values that are references where they can be.

use openapiv3::Discriminator;

use super::Moved;
use crate::document::Marks as _;
use crate::load::{Object, Tree};
use crate::lower::inline;
use crate::lower::refs;
use crate::lower::{At, Kind, Lowering};

/// A discriminator object, or Swagger 2.0's bare property name.
pub(super) fn discriminator<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
) -> Option<Discriminator> {
    if let Some(name) = value.as_str() {
        return Some(Discriminator { property_name: name.to_owned(), ..Discriminator::default() });
    }
    inline::members(lowering, value, at, "discriminator", discriminator_object).flatten()
}

fn discriminator_object<'t>(
    lowering: &mut Lowering<'t, '_>,
    members: &'t Object,
    at: &At<'_>,
    _moved: Moved,
) -> Option<Discriminator> {
    let mut discriminator = Discriminator::default();
    let Some(name) = members.get("propertyName").and_then(Tree::as_str) else {
        let value = members.get("propertyName").unwrap_or(&Tree::Null);
        lowering.unreadable_keyword(value, at, "propertyName", "the name of a property");
        return None;
    };
    name.clone_into(&mut discriminator.property_name);
    if let Some(mapping) = members.get("mapping") {
        read_mapping(lowering, mapping, at, &mut discriminator);
    }
    if let Some(target) = members.get("defaultMapping").and_then(Tree::as_str) {
        let target = mapping_target(lowering, target, at);
        discriminator.extensions.mark_default_mapping(target);
    }
    Some(discriminator)
}

fn read_mapping<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
    discriminator: &mut Discriminator,
) {
    inline::members(lowering, value, at, "mapping", |this, mapping, place, _| {
        discriminator.mapping.reserve(mapping.len());
        for (tag, value) in mapping.iter() {
            match value.as_str() {
                Some(target) => {
                    let target = mapping_target(this, target, place);
                    discriminator.mapping.insert(tag.to_owned(), target);
                }
                None => this.unreadable_keyword(value, place, tag, "the name of a schema"),
            }
        }
    });
}

/// The reference that a mapping value means; as it stands when it means none.
fn mapping_target<'t>(lowering: &mut Lowering<'t, '_>, target: &'t str, at: &At<'_>) -> String {
    if !target.contains(['#', '/']) && lowering.registry.contains(Kind::Schema, target) {
        return Kind::Schema.reference_to(target);
    }
    match refs::component_of(lowering, Kind::Schema, at, target) {
        Ok(name) => Kind::Schema.reference_to(&name),
        Err(_) => target.to_owned(),
    }
}

//! Discriminators, with mapping values that are references where they can be.

use openapiv3::Discriminator;

use super::Moved;
use crate::document::Marks as _;
use crate::load::{Object, Tree};
use crate::lower::{At, Kind, Lowering};

impl<'t> Lowering<'t, '_> {
    /// A discriminator object, or Swagger 2.0's bare property name.
    pub(super) fn discriminator(&mut self, value: &'t Tree, at: &At<'_>) -> Option<Discriminator> {
        if let Some(name) = value.as_str() {
            return Some(Discriminator { property_name: name.to_owned(), ..Discriminator::default() });
        }
        self.members(value, at, "discriminator", Self::discriminator_object).flatten()
    }

    fn discriminator_object(
        &mut self,
        members: &'t Object,
        at: &At<'_>,
        _moved: Moved,
    ) -> Option<Discriminator> {
        let mut discriminator = Discriminator::default();
        let Some(name) = members.get("propertyName").and_then(Tree::as_str) else {
            let value = members.get("propertyName").unwrap_or(&Tree::Null);
            self.unreadable_keyword(value, at, "propertyName", "the name of a property");
            return None;
        };
        name.clone_into(&mut discriminator.property_name);
        if let Some(mapping) = members.get("mapping") {
            self.mapping(mapping, at, &mut discriminator);
        }
        if let Some(target) = members.get("defaultMapping").and_then(Tree::as_str) {
            let target = self.mapping_target(target, at);
            discriminator.extensions.mark_default_mapping(target);
        }
        Some(discriminator)
    }

    fn mapping(&mut self, value: &'t Tree, at: &At<'_>, discriminator: &mut Discriminator) {
        self.members(value, at, "mapping", |this, mapping, place, _| {
            discriminator.mapping.reserve(mapping.len());
            for (tag, value) in mapping.iter() {
                match value.as_str() {
                    Some(target) => {
                        let target = this.mapping_target(target, place);
                        discriminator.mapping.insert(tag.to_owned(), target);
                    }
                    None => this.unreadable_keyword(value, place, tag, "the name of a schema"),
                }
            }
        });
    }

    /// The reference that a mapping value means; as it stands when it means none.
    fn mapping_target(&mut self, target: &'t str, at: &At<'_>) -> String {
        if !target.contains(['#', '/']) && self.registry.contains(Kind::Schema, target) {
            return Kind::Schema.reference_to(target);
        }
        match self.component_of(Kind::Schema, at, target) {
            Ok(name) => Kind::Schema.reference_to(&name),
            Err(_) => target.to_owned(),
        }
    }
}

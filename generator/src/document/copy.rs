//! Copies of parts of a document, whose schemas are others than those of the original.

use super::{AdditionalProperties, Ids, MediaType, Schema, SchemaRef};

/// What may stand at several places of a document.
pub(crate) trait Copied: Clone {
    /// Gives all schemas and references new ids.
    fn renumber(&mut self, ids: &mut Ids);

    /// The same with ids of its own.
    fn copied(&self, ids: &mut Ids) -> Self {
        let mut copy = self.clone();
        copy.renumber(ids);
        copy
    }
}

impl Copied for SchemaRef {
    fn renumber(&mut self, ids: &mut Ids) {
        match self {
            SchemaRef::Reference(reference) => reference.id = ids.next(),
            SchemaRef::Schema(schema) => schema.renumber(ids),
        }
    }
}

impl Copied for Schema {
    fn renumber(&mut self, ids: &mut Ids) {
        self.id = ids.next();
        if let Some(discriminator) = &mut self.discriminator {
            discriminator.id = self.id;
        }
        let keywords = &mut self.keywords;
        let additional = match &mut keywords.additional_properties {
            Some(AdditionalProperties::Schema(schema)) => Some(schema),
            Some(AdditionalProperties::Any(_)) | None => None,
        };
        let lists = [&mut keywords.all_of, &mut keywords.any_of, &mut keywords.one_of];
        let single = [additional, keywords.items.as_mut(), keywords.not.as_mut()];
        let parts = keywords.properties.values_mut();
        let parts = parts.chain(lists.into_iter().flatten()).chain(single.into_iter().flatten());
        parts.for_each(|part| part.renumber(ids));
    }
}

impl Copied for MediaType {
    fn renumber(&mut self, ids: &mut Ids) {
        self.schema.iter_mut().for_each(|schema| schema.renumber(ids));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Discriminator, Reference};

    /// The ids of a schema and of all that it holds, discriminators included.
    fn ids(part: &SchemaRef, found: &mut Vec<crate::document::SchemaId>) {
        let schema = match part {
            SchemaRef::Reference(reference) => return found.push(reference.id),
            SchemaRef::Schema(schema) => schema,
        };
        found.push(schema.id);
        found.extend(schema.discriminator.as_ref().map(|discriminator| discriminator.id));
        let any = &schema.keywords;
        let further = match &any.additional_properties {
            Some(AdditionalProperties::Schema(further)) => Some(further),
            Some(AdditionalProperties::Any(_)) | None => None,
        };
        let lists = any.all_of.iter().chain(&any.any_of).chain(&any.one_of).chain(any.properties.values());
        lists.chain(further).chain(&any.items).chain(&any.not).for_each(|part| ids(part, found));
    }

    #[test]
    fn a_copy_shares_no_id_with_the_original() {
        let mut given = Ids::default();
        let mut reference =
            || SchemaRef::Reference(Reference { id: given.next(), component: "A".to_owned() });
        let mut parts: Vec<SchemaRef> = (0..7).map(|_| reference()).collect();
        let mut schema = Schema::new(given.next());
        let (property, mapping) = ("kind".to_owned(), Default::default());
        schema.discriminator =
            Some(Discriminator { id: schema.id, property, mapping, default_mapping: None });
        let any = &mut schema.keywords;
        any.properties.extend(parts.pop().map(|part| ("a".to_owned(), part)));
        any.additional_properties = parts.pop().map(AdditionalProperties::Schema);
        (any.items, any.not) = (parts.pop(), parts.pop());
        any.all_of.extend(parts.pop());
        any.any_of.extend(parts.pop());
        any.one_of.extend(parts.pop());
        let original = SchemaRef::from(schema);
        let media_type = MediaType { schema: Some(original.clone()), ..MediaType::default() };
        let copies = [original.copied(&mut given), media_type.copied(&mut given).schema.expect("the schema")];
        let (mut known, mut of_copies) = (Vec::new(), Vec::new());
        ids(&original, &mut known);
        copies.iter().for_each(|copy| ids(copy, &mut of_copies));
        assert_eq!((known.len(), of_copies.len()), (9, 18));
        assert!(of_copies.iter().all(|id| !known.contains(id)));
        // The discriminator's is that of its schema, and no other is given out twice.
        of_copies.sort_unstable();
        of_copies.dedup();
        assert_eq!(of_copies.len(), 16);
    }
}

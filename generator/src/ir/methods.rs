//! What unions have beside reading and writing: which variants are made from what they hold, and how the tag of a value is
//! known.

use std::collections::HashMap;

use super::same_rust::rust_key;
use super::{
    EnumKind, Graph, Otherwise, Presence, PropertyKind, Scalar, Shape, TypeId, TypeRef, Union,
    VariantSelection,
};

/// How deep unions in unions are followed.
const DEEPEST: usize = 32;

/// How the tag of a variant is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagSource {
    /// It is always this.
    Text(String),
    /// It is the value of a field, and where that may be absent this instead.
    Field {
        /// The property's index.
        index: usize,
        /// Whether the field is an enum and not a text.
        is_enum: bool,
        /// What it is where the field is absent; `None` where it cannot be.
        absent: Option<String>,
    },
    /// The variant is a union with the same tag.
    Union,
}

impl Graph {
    /// By content of an enum's variants: whether the variant is made by `From`. Those that hold one Rust type are not, and
    /// those of a type of the user's, which may be any.
    pub fn converts(&self, contents: &[Option<TypeRef>], own: Option<TypeId>) -> Vec<bool> {
        let keys: Vec<Option<String>> = contents.iter().map(|ty| rust_key(self.types(), (*ty)?)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        keys.iter().flatten().for_each(|key| *counts.entry(key).or_default() += 1);
        let itself = own.map(|id| format!("#{}", self.definition(id).0));
        let is_unique = |key: &String| counts.get(key.as_str()) == Some(&1) && itself.as_ref() != Some(key);
        keys.iter().map(|key| key.as_ref().is_some_and(is_unique)).collect()
    }

    /// By variant: how the tag of a union is known; `None` for variants that have none, since they are not objects. `None`
    /// altogether where the union has no tag or the tag of a variant is not known.
    pub fn tags(&self, union: &Union) -> Option<Vec<Option<TagSource>>> {
        self.tags_within(union, 0)
    }

    fn tags_within(&self, union: &Union, depth: usize) -> Option<Vec<Option<TagSource>>> {
        let VariantSelection::Tagged(tagged) = &union.reading.object else { return None };
        if depth > DEEPEST {
            return None;
        }
        let tags = (0..union.variants.len()).map(|variant| {
            let is_other = tagged.otherwise == Otherwise::Variant(variant);
            let is_object = is_other
                || tagged.values_of(variant).next().is_some()
                || tagged.missing.iter().any(|found| found.variant == variant);
            if !is_object {
                return Some(None);
            }
            let mut values = tagged.values_of(variant).map(ToString::to_string);
            let only = values.next().filter(|_| values.next().is_none() && !is_other);
            self.tag_of(union.variants[variant].ty, &tagged.property, only, depth).map(Some)
        });
        tags.collect()
    }

    fn tag_of(&self, ty: TypeRef, property: &str, only: Option<String>, depth: usize) -> Option<TagSource> {
        let id = self.definition(ty.id);
        match &self.get(id).shape {
            Shape::Struct(shape) => {
                let found = shape.properties.iter().enumerate().find(|(_, it)| it.wire == property);
                match found.map(|(index, it)| (index, &it.kind)) {
                    Some((_, PropertyKind::Constant { .. })) | None => only.map(TagSource::Text),
                    Some((index, PropertyKind::Field { ty, presence, .. })) => {
                        self.tag_in_field(index, *ty, presence, only)
                    }
                }
            }
            Shape::Union(inner) => {
                let is_same =
                    matches!(&inner.reading.object, VariantSelection::Tagged(it) if it.property == property);
                let all = self.tags_within(inner, depth + 1).filter(|_| is_same);
                match all {
                    Some(all) if all.iter().all(Option::is_some) => Some(TagSource::Union),
                    Some(_) | None => only.map(TagSource::Text),
                }
            }
            Shape::Enum(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Map(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. }
            | Shape::External(_)
            | Shape::Any(_) => only.map(TagSource::Text),
        }
    }

    fn tag_in_field(
        &self,
        index: usize,
        ty: TypeRef,
        presence: &Presence,
        only: Option<String>,
    ) -> Option<TagSource> {
        let content = self.unaliased(ty);
        let is_option = match presence {
            Presence::Required | Presence::Default(_) => content.nullable,
            Presence::Optional => true,
            Presence::ThreeState => return only.map(TagSource::Text),
        };
        let is_enum = match &self.get(content.id).shape {
            _ if self.is_secret(ty.id) => return only.map(TagSource::Text),
            Shape::Scalar(Scalar::String) => false,
            Shape::Enum(shape) if shape.kind == EnumKind::String => true,
            _ => return only.map(TagSource::Text),
        };
        match (is_option, only) {
            (true, None) => None,
            (true, Some(absent)) => Some(TagSource::Field { index, is_enum, absent: Some(absent) }),
            (false, _) => Some(TagSource::Field { index, is_enum, absent: None }),
        }
    }
}

//! What a branch of a union says of a property that may be the union's tag.

use std::collections::{HashMap, HashSet};

use super::Settle;
use crate::ir::{JsonType, Literal, Presence, PropertyKind, Scalar, Shape, TagValue, TypeId, Union};

/// What a branch says of the tag property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BranchTag {
    /// It pins it to these values.
    Own { values: Vec<TagValue>, required: bool },
    /// It has the property but not its values.
    Plain { required: bool, integer: bool },
    /// It is an object without the property.
    Missing,
    /// It takes any object.
    CatchAll,
    /// It is no object.
    NotAnObject,
}

impl BranchTag {
    /// Whether the branch refuses an object without the property.
    pub fn is_required(&self) -> bool {
        match self {
            BranchTag::Own { required, .. } | BranchTag::Plain { required, .. } => *required,
            BranchTag::Missing | BranchTag::CatchAll | BranchTag::NotAnObject => false,
        }
    }
}

/// What types say of tag properties, as far as it was asked: unions share their branches.
#[derive(Default)]
pub(super) struct BranchTags {
    known: HashMap<String, HashMap<TypeId, BranchTag>>,
}

impl BranchTags {
    /// What the type `id` says of `property`.
    pub fn of(&mut self, settle: &Settle<'_>, id: TypeId, property: &str) -> BranchTag {
        if !self.known.contains_key(property) {
            self.known.insert(property.to_owned(), HashMap::new());
        }
        let Some(known) = self.known.get_mut(property) else { return BranchTag::NotAnObject };
        let id = settle.unaliased(id);
        let tag = Look { settle, property, known, seen: HashSet::new(), cut: false }.at(id);
        known.insert(id, tag.clone());
        tag
    }

    /// To be called when a type got this property.
    pub fn forget(&mut self, property: &str) {
        self.known.remove(property);
    }
}

struct Look<'s, 'a> {
    settle: &'s Settle<'a>,
    property: &'s str,
    known: &'s mut HashMap<TypeId, BranchTag>,
    /// The unions that were met: one that is met again adds nothing.
    seen: HashSet<TypeId>,
    /// Whether one was met again, and what was found since is a part only.
    cut: bool,
}

impl Look<'_, '_> {
    fn at(&mut self, id: TypeId) -> BranchTag {
        let id = self.settle.unaliased(id);
        match &self.settle.get(id).shape {
            Shape::Struct(shape) => match shape.properties.iter().find(|found| found.wire == self.property) {
                Some(found) => self.property(&found.kind),
                None => BranchTag::Missing,
            },
            Shape::Union(union) => self.union(id, union),
            // Which tag it has is known from the mapping, or from its schema's name.
            Shape::External(found) if found.json == Some(JsonType::Object) => BranchTag::Missing,
            Shape::Map(_) | Shape::Any(_) | Shape::External(_) => BranchTag::CatchAll,
            Shape::Enum(_)
            | Shape::List(_)
            | Shape::Tuple(_)
            | Shape::Scalar(_)
            | Shape::Alias(_)
            | Shape::Newtype { .. } => BranchTag::NotAnObject,
        }
    }

    fn union(&mut self, id: TypeId, union: &Union) -> BranchTag {
        if let Some(known) = self.known.get(&id) {
            return known.clone();
        }
        if !self.seen.insert(id) {
            self.cut = true;
            return BranchTag::NotAnObject;
        }
        let was_cut = std::mem::replace(&mut self.cut, false);
        let tag = joined(union.variants.iter().map(|variant| self.at(variant.ty.id)).collect());
        if !self.cut {
            self.known.insert(id, tag.clone());
        }
        self.cut |= was_cut;
        tag
    }

    fn property(&self, kind: &PropertyKind) -> BranchTag {
        match kind {
            PropertyKind::Constant { value, required } => match tag_value(value) {
                Some(value) => BranchTag::Own { values: vec![value], required: *required },
                None => BranchTag::Plain { required: *required, integer: false },
            },
            PropertyKind::Field { ty, presence, .. } => {
                let required = *presence == Presence::Required;
                let plain = |integer| BranchTag::Plain { required, integer };
                match &self.settle.get(self.settle.unaliased(ty.id)).shape {
                    Shape::Enum(found) => {
                        let values: Option<Vec<_>> =
                            found.values.iter().map(|value| tag_value(&value.wire)).collect();
                        values.map_or(plain(false), |values| BranchTag::Own { values, required })
                    }
                    Shape::Scalar(scalar) => plain(matches!(scalar, Scalar::Integer(_))),
                    Shape::Struct(_)
                    | Shape::Union(_)
                    | Shape::List(_)
                    | Shape::Tuple(_)
                    | Shape::Map(_)
                    | Shape::Alias(_)
                    | Shape::Newtype { .. }
                    | Shape::External(_)
                    | Shape::Any(_) => plain(false),
                }
            }
        }
    }
}

/// A union as a branch pins what all its own object branches pin.
fn joined(tags: Vec<BranchTag>) -> BranchTag {
    let mut all = Vec::new();
    let mut seen = HashSet::new();
    let mut all_required = true;
    let mut worst = BranchTag::NotAnObject;
    for tag in tags {
        match tag {
            BranchTag::Own { values, required } => {
                all_required &= required;
                all.extend(values.into_iter().filter(|value| seen.insert(value.clone())));
            }
            BranchTag::NotAnObject => {}
            BranchTag::Plain { .. } | BranchTag::Missing | BranchTag::CatchAll => worst = tag,
        }
    }
    match worst {
        BranchTag::NotAnObject if !all.is_empty() => BranchTag::Own { values: all, required: all_required },
        _ => worst,
    }
}

/// The literal as a tag value; fractions are none.
pub(super) fn tag_value(value: &Literal) -> Option<TagValue> {
    match value {
        Literal::String(text) => Some(TagValue::String(text.clone())),
        Literal::Integer(value) => i64::try_from(*value).ok().map(TagValue::Integer),
        Literal::Bool(value) => Some(TagValue::Boolean(*value)),
        Literal::Null
        | Literal::Float(_)
        | Literal::EnumValue(..)
        | Literal::UnknownEnumValue(..)
        | Literal::List(_)
        | Literal::Map(_)
        | Literal::Struct(..)
        | Literal::Variant(..)
        | Literal::UnknownVariant(..)
        | Literal::Any(_) => None,
    }
}

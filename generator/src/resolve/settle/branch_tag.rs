//! What a branch of a union says of a property that may be the union's tag.

use super::Settle;
use crate::ir::{JsonType, Literal, Presence, PropertyKind, Scalar, Shape, TagValue, TypeId};

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

/// What the type `id` says of `property`.
pub(super) fn branch_tag(settle: &Settle<'_>, id: TypeId, property: &str) -> BranchTag {
    Look { settle, property, open: Vec::new() }.at(id)
}

struct Look<'s, 'a> {
    settle: &'s Settle<'a>,
    property: &'s str,
    open: Vec<TypeId>,
}

impl Look<'_, '_> {
    fn at(&mut self, id: TypeId) -> BranchTag {
        let id = self.settle.unaliased(id);
        match &self.settle.get(id).shape {
            Shape::Struct(shape) => match shape.properties.iter().find(|found| found.wire == self.property) {
                Some(found) => self.property(&found.kind),
                None => BranchTag::Missing,
            },
            Shape::Union(union) => {
                if self.open.contains(&id) {
                    return BranchTag::NotAnObject;
                }
                self.open.push(id);
                let variants: Vec<_> = union.variants.iter().map(|variant| variant.ty.id).collect();
                let tags = variants.into_iter().map(|id| self.at(id)).collect();
                self.open.pop();
                joined(tags)
            }
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
    let mut all_required = true;
    let mut worst = BranchTag::NotAnObject;
    for tag in tags {
        match tag {
            BranchTag::Own { values, required } => {
                all_required &= required;
                for value in values {
                    if !all.contains(&value) {
                        all.push(value);
                    }
                }
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
        | Literal::Any(_) => None,
    }
}

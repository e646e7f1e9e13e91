//! Whether a single value is read as a type.

use std::collections::HashSet;

use serde_json::Value;

use super::fits::Reader;
use super::side::Side;
use crate::ir::{Enum, EnumKind, Scalar, Shape, TypeId, TypeRef};

/// So many newtypes and unions inside one another are looked at: documents may be made to exhaust the stack or the time.
const MOST: usize = 128;

/// What becomes of a value that an enum gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// The document names it.
    Known,
    /// It is kept as one that the document does not name.
    Kept,
    Refused,
}

/// What becomes of `value` in an enum of `side`.
pub(super) fn taken(side: &Side<'_>, shape: &Enum, reader: Reader, value: &Value) -> Taken {
    if shape.values.iter().any(|known| side.json(&known.wire) == *value) {
        return Taken::Known;
    }
    let keeps = match shape.kind {
        EnumKind::String => value.is_string(),
        EnumKind::Integer => value.is_i64(),
        EnumKind::Mixed => true,
    };
    if shape.open && keeps && reader == Reader::Models { Taken::Kept } else { Taken::Refused }
}

/// Whether a constant is read as a type of `side`.
pub(super) fn constant_fits(side: &Side<'_>, reader: Reader, value: &Value, to: TypeRef) -> bool {
    fits(side, reader, value, to, &mut HashSet::new())
}

fn fits(side: &Side<'_>, reader: Reader, value: &Value, to: TypeRef, seen: &mut HashSet<TypeId>) -> bool {
    let to = side.graph.unaliased(to);
    if value.is_null() && to.nullable {
        return true;
    }
    if seen.len() == MOST || !seen.insert(to.id) {
        return false;
    }
    match side.shape(to.id) {
        Shape::Any(_) => true,
        Shape::Enum(shape) => taken(side, shape, reader, value) != Taken::Refused,
        Shape::Scalar(scalar) => scalar_fits(*scalar, reader, value),
        Shape::Union(union) => {
            union.variants.iter().any(|variant| fits(side, reader, value, variant.ty, seen))
        }
        Shape::Newtype { content, .. } => fits(side, reader, value, *content, seen),
        Shape::Struct(_)
        | Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Alias(_)
        | Shape::External(_) => false,
    }
}

fn scalar_fits(to: Scalar, reader: Reader, value: &Value) -> bool {
    match to {
        Scalar::Boolean => value.is_boolean(),
        Scalar::Integer(kind) => {
            let whole = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
            whole.is_some_and(|whole| kind.holds(whole))
        }
        Scalar::Float(_) => value.is_number(),
        Scalar::String | Scalar::Secret => value.is_string(),
        Scalar::Base64 => value.is_string() && reader == Reader::Models,
        Scalar::Null => value.is_null(),
        // That a constant is one of these would be a coincidence.
        Scalar::Uuid | Scalar::DateTime | Scalar::Date | Scalar::Binary => false,
    }
}

/// Whether a type has no value but this one.
pub(super) fn is_only(side: &Side<'_>, value: &Value, ty: TypeRef) -> bool {
    let ty = side.graph.unaliased(ty);
    let values = side.shape(ty.id).as_enum().map_or(&[][..], |shape| &shape.values);
    !ty.nullable && !values.is_empty() && values.iter().all(|known| side.json(&known.wire) == *value)
}

//! Which JSON types a type takes.

use super::Settle;
use crate::ir::{EnumKind, JsonType, Literal, Scalar, Shape, TypeId};

/// A set of JSON types; integers and other numbers are told apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kinds {
    pub boolean: bool,
    pub integer: bool,
    pub number: bool,
    pub string: bool,
    pub array: bool,
    pub object: bool,
}

impl Kinds {
    const ALL: Self =
        Self { boolean: true, integer: true, number: true, string: true, array: true, object: true };

    fn or(self, other: Self) -> Self {
        Self {
            boolean: self.boolean || other.boolean,
            integer: self.integer || other.integer,
            number: self.number || other.number,
            string: self.string || other.string,
            array: self.array || other.array,
            object: self.object || other.object,
        }
    }

    fn of_literal(value: &Literal) -> Self {
        match value {
            Literal::Bool(_) => Self { boolean: true, ..Self::default() },
            Literal::Integer(_) => Self { integer: true, ..Self::default() },
            Literal::Float(_) => Self { number: true, ..Self::default() },
            Literal::String(_) => Self { string: true, ..Self::default() },
            Literal::Null
            | Literal::EnumValue(..)
            | Literal::UnknownEnumValue(..)
            | Literal::List(_)
            | Literal::Map(_)
            | Literal::Struct(..)
            | Literal::Variant(..)
            | Literal::Any(_) => Self::default(),
        }
    }
}

/// The JSON types that the type `id` takes.
pub(super) fn kinds(settle: &Settle<'_>, id: TypeId) -> Kinds {
    kinds_within(settle, id, &mut Vec::new())
}

fn kinds_within(settle: &Settle<'_>, id: TypeId, open: &mut Vec<TypeId>) -> Kinds {
    let id = settle.unaliased(id);
    match &settle.get(id).shape {
        Shape::Struct(_) | Shape::Map(_) => Kinds { object: true, ..Kinds::default() },
        Shape::List(_) | Shape::Tuple(_) => Kinds { array: true, ..Kinds::default() },
        Shape::Scalar(scalar) => of_scalar(*scalar),
        Shape::Enum(found) => match (found.kind, found.open) {
            (EnumKind::String, _) => Kinds { string: true, ..Kinds::default() },
            (EnumKind::Integer, _) => Kinds { integer: true, ..Kinds::default() },
            (EnumKind::Mixed, _) => found
                .values
                .iter()
                .fold(Kinds::default(), |kinds, value| kinds.or(Kinds::of_literal(&value.wire))),
        },
        Shape::Union(union) => {
            if open.contains(&id) {
                return Kinds::default();
            }
            open.push(id);
            let kinds = union
                .variants
                .iter()
                .fold(Kinds::default(), |kinds, variant| kinds.or(kinds_within(settle, variant.ty.id, open)));
            open.pop();
            kinds
        }
        Shape::External(found) => found.json.map_or(Kinds::ALL, of_json),
        Shape::Any(_) | Shape::Alias(_) | Shape::Newtype { .. } => Kinds::ALL,
    }
}

fn of_json(json: JsonType) -> Kinds {
    match json {
        JsonType::Null => Kinds::default(),
        JsonType::Boolean => Kinds { boolean: true, ..Kinds::default() },
        JsonType::Integer => Kinds { integer: true, ..Kinds::default() },
        JsonType::Number => Kinds { integer: true, number: true, ..Kinds::default() },
        JsonType::String => Kinds { string: true, ..Kinds::default() },
        JsonType::Array => Kinds { array: true, ..Kinds::default() },
        JsonType::Object => Kinds { object: true, ..Kinds::default() },
    }
}

fn of_scalar(scalar: Scalar) -> Kinds {
    match scalar {
        Scalar::Boolean => Kinds { boolean: true, ..Kinds::default() },
        Scalar::Integer(_) => Kinds { integer: true, ..Kinds::default() },
        Scalar::Float(_) => Kinds { integer: true, number: true, ..Kinds::default() },
        Scalar::String
        | Scalar::Secret
        | Scalar::Uuid
        | Scalar::DateTime
        | Scalar::Date
        | Scalar::Base64
        | Scalar::Binary => Kinds { string: true, ..Kinds::default() },
        Scalar::Null => Kinds::default(),
    }
}

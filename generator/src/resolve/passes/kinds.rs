//! Which JSON types each type takes.

use crate::ir::{EnumKind, JsonType, Literal, PlainLiteral, Scalar, Shape, TypeId};
use crate::resolve::convert::type_id;
use crate::resolve::draft::DraftGraph;

/// A set of JSON types, which distinguishes integers from other numbers.
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
        match value.plain() {
            Some(PlainLiteral::Bool(_)) => Self { boolean: true, ..Self::default() },
            Some(PlainLiteral::Integer(_)) => Self { integer: true, ..Self::default() },
            Some(PlainLiteral::Float(_)) => Self { number: true, ..Self::default() },
            Some(PlainLiteral::String(_)) => Self { string: true, ..Self::default() },
            None => Self::default(),
        }
    }
}

/// The JSON types that each type takes, by its index.
///
/// Unions may contain one another. Whoever contains a type is looked at again when more is known of that type, which
/// ends since there are only so many JSON types.
pub(super) fn kinds(draft: &DraftGraph) -> Vec<Kinds> {
    let mut known = vec![Kinds::default(); draft.types.len()];
    let mut containers: Vec<Vec<usize>> = vec![Vec::new(); draft.types.len()];
    for (index, kinds) in known.iter_mut().enumerate() {
        let (own, contents) = parts(draft, type_id(index));
        *kinds = own;
        contents.iter().for_each(|content| containers[content.0 as usize].push(index));
    }
    let mut todo: Vec<usize> = (0..known.len()).collect();
    while let Some(index) = todo.pop() {
        for container in &containers[index] {
            let more = known[*container].or(known[index]);
            if more != known[*container] {
                known[*container] = more;
                todo.push(*container);
            }
        }
    }
    known
}

/// What a type takes by itself, and the types of which it takes what they take.
fn parts(draft: &DraftGraph, id: TypeId) -> (Kinds, Vec<TypeId>) {
    let kinds = match &draft.get(id).shape {
        Shape::Union(union) => {
            return (Kinds::default(), union.variants.iter().map(|variant| variant.ty.id).collect());
        }
        Shape::Alias(_) | Shape::Newtype { .. } => {
            let end = draft.unaliased(id);
            return match draft.get(end).shape {
                // A loop.
                Shape::Alias(_) | Shape::Newtype { .. } => (Kinds::ALL, Vec::new()),
                Shape::Struct(_)
                | Shape::Union(_)
                | Shape::Enum(_)
                | Shape::List(_)
                | Shape::Tuple(_)
                | Shape::Map(_)
                | Shape::Scalar(_)
                | Shape::External(_)
                | Shape::Any(_) => (Kinds::default(), vec![end]),
            };
        }
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
        Shape::External(found) => found.json.map_or(Kinds::ALL, of_json),
        Shape::Any(_) => Kinds::ALL,
    };
    (kinds, Vec::new())
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

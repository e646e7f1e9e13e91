//! Compares documentation.

use std::collections::HashMap;

use super::pairing::Pairing;
use super::side::{Is, Named, Side};
use crate::ir::{Docs, Operation, ParameterPlace, Shape, TypeId};

/// Whether the documentation of a type, and of the members that both sides have, is the same.
pub(super) fn same(pairing: &Pairing<'_>, old: &Named<'_>, new: &Named<'_>) -> bool {
    let own = match (old.docs, new.docs) {
        (Some(old), Some(new)) => old == new,
        (Some(_) | None, _) => true,
    };
    let (Is::Type(old), Is::Type(new)) = (old.is, new.is) else { return own };
    let (before, after) = (members(&pairing.old, old), members(&pairing.new, new));
    let after: HashMap<String, &Docs> = after.into_iter().collect();
    own && before.iter().all(|(name, docs)| after.get(name).is_none_or(|now| now == docs))
}

/// The members of a type, with the key that identifies them in both generations.
fn members<'a>(side: &Side<'a>, id: TypeId) -> Vec<(String, &'a Docs)> {
    match side.shape(id) {
        Shape::Struct(shape) => {
            shape.properties.iter().map(|property| (property.wire.clone(), &property.docs)).collect()
        }
        Shape::Enum(shape) => {
            shape.values.iter().map(|value| (format!("{:?}", value.wire), &value.docs)).collect()
        }
        Shape::Union(shape) => {
            let variants = shape.variants.iter().enumerate();
            variants
                .map(|(index, variant)| (side.names.member(id, index).to_owned(), &variant.docs))
                .collect()
        }
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::Newtype { .. }
        | Shape::External(_)
        | Shape::Any(_) => Vec::new(),
    }
}

/// Whether the documentation of an operation, and of the parts that both sides have, is the same.
pub(super) fn same_operation(old: &Operation, new: &Operation) -> bool {
    let body = match (&old.body, &new.body) {
        (Some(old), Some(new)) => old.docs == new.docs,
        (Some(_) | None, _) => true,
    };
    let by_key: HashMap<(ParameterPlace, &str), &Docs> = new
        .parameters
        .iter()
        .map(|parameter| ((parameter.place, parameter.wire.as_str()), &parameter.docs))
        .collect();
    let parameters = old.parameters.iter().all(|parameter| {
        let now = by_key.get(&(parameter.place, parameter.wire.as_str()));
        now.is_none_or(|now| **now == parameter.docs)
    });
    let responses = old.responses.iter().all(|response| {
        let now = new.responses.iter().find(|other| other.status == response.status);
        now.is_none_or(|now| now.docs == response.docs)
    });
    let headers = old.headers.iter().all(|header| {
        let now = new.headers.iter().find(|other| other.wire == header.wire);
        now.is_none_or(|now| now.docs == header.docs)
    });
    old.docs == new.docs && body && parameters && responses && headers
}

#[cfg(test)]
mod tests {
    use crate::testing::check_diff;

    #[test]
    fn another_description() {
        check_diff!(
            "
                Pet: { description: One., type: object, properties: { a: { type: string } } }
            ",
            "
                Pet: { description: Two., type: object, properties: { a: { type: string } } }
            ",
            @r"
            Test 1 -> 1: patch (source patch, wire none)
            0 changes break something, 0 do not

            Documentation changed: 1 type or operation
            "
        );
    }
}

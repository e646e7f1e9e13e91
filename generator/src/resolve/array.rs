//! Arrays: lists, and tuples where the places have types of their own.

use super::convert::{Converter, Made, Naming};
use super::json_types::JsonTypes;
use super::merged_schema::{AllOf, MergedSchema};
use super::site::Site;
use crate::diagnostics::{Diagnostic, Location};
use crate::ir::{AnyReason, Shape, Tuple, TypeRef};
use crate::limits;

/// An array schema.
pub(super) fn array<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    naming: &Naming,
    place: &Location,
) -> Made {
    if merged.is_tuple {
        return tuple(converter, merged, naming, place);
    }
    let item = match &merged.items[..] {
        [] => converter.any(AnyReason::Unconstrained, place.clone()),
        sites => {
            let all_of = AllOf::all(sites.to_vec());
            converter.all_of(all_of, &naming.step("item"))
        }
    };
    Made::Shape(Shape::List(item))
}

/// An array with a type per place: a tuple when nothing may follow the places, otherwise a list.
fn tuple<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    naming: &Naming,
    place: &Location,
) -> Made {
    let sites: Vec<_> = merged.properties.values().cloned().collect();
    let mut items = Vec::with_capacity(sites.len());
    for (index, sites) in sites.iter().enumerate() {
        let all_of = AllOf::all(sites.clone());
        items.push(converter.all_of(all_of, &naming.step(&format!("item {}", index + 1))));
    }
    let required = merged.min_items.unwrap_or_default().min(items.len());
    let is_closed = merged.items.iter().any(|site| site.is_false())
        || merged.max_items.is_some_and(|most| most <= items.len());
    let all_there = required == items.len() && (is_closed || merged.items.is_empty());
    // A place that may be missing and `null` has two ways to be `None`.
    let is_optional = |sites: &Vec<Site<'d>>| {
        let types = sites.iter().map(|site| converter.components.json_types(site));
        !types.fold(JsonTypes::all(), |all, types| all & types).contains(JsonTypes::NULL)
    };
    let may_be_short = is_closed && sites.iter().skip(required).all(is_optional);
    if (1..=limits::PLACES).contains(&items.len()) && (all_there || may_be_short) {
        let optional = items.iter_mut().skip(required);
        optional.for_each(|item| item.nullable = true);
        return Made::Shape(Shape::Tuple(Tuple { places: items, required }));
    }
    Made::Shape(Shape::List(shared_item(converter, &items, place)))
}

/// An array whose places have types but whose length varies: a list of what all places are, if they agree.
fn shared_item(converter: &mut Converter<'_, '_>, items: &[TypeRef], place: &Location) -> TypeRef {
    match items {
        [first, rest @ ..] if rest.iter().all(|item| item.id == first.id) => {
            TypeRef { id: first.id, nullable: items.iter().any(|item| item.nullable) }
        }
        _ => {
            converter.sink.push(
                Diagnostic::warning("open-tuple", place.clone(), "the length of this tuple is not fixed")
                    .help("its items are emitted as any JSON value; add `items: false` and `minItems`"),
            );
            converter.any(AnyReason::Unreadable, place.clone())
        }
    }
}

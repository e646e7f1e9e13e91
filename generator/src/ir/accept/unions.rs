//! Picks the variant of a union, as a reader does: of the candidates that take the value the one that knows the most of
//! it, an earlier one on a tie.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::decide::{Choice, Decider, fault};
use super::misfit::{Fault, Reason, expected, kind};
use super::nodes::NodeId;
use super::scalars;
use crate::ir::{Candidate, Otherwise, TagValue, Tagged, TypeId, Union, VariantSelection};
use crate::number;

/// What a union makes of a value before it looks into it.
pub(super) enum Step {
    /// It is one of these variants.
    Among(Vec<usize>),
    Unknown,
}

/// Which variant a value is, and how much that does not know of it.
pub(super) fn choose<'g>(
    decider: &mut Decider<'_, 'g, '_>,
    node: NodeId,
    id: TypeId,
    union: &'g Union,
) -> Result<(Choice, usize), Arc<Fault>> {
    let candidates = match step(decider, node, id, union)? {
        Step::Among(candidates) => candidates,
        Step::Unknown => return Ok((Choice::Unknown, 1)),
    };
    let mut best: Option<(usize, usize)> = None;
    let mut closest: Option<Arc<Fault>> = None;
    for index in &candidates {
        match decider.usage(node, union.variants[*index].ty) {
            Ok(0) => return Ok((Choice::Variant(*index), 0)),
            Ok(unread) if best.is_none_or(|(_, least)| unread < least) => best = Some((*index, unread)),
            Ok(_) => {}
            Err(fault) => {
                let depth = |fault: &Fault| decider.nodes.depth(fault.node);
                if closest.as_ref().is_none_or(|closest| depth(closest) < depth(&fault)) {
                    closest = Some(fault);
                }
            }
        }
    }
    match (best, closest) {
        (Some((index, unread)), _) => Ok((Choice::Variant(index), unread)),
        (None, Some(fault)) => {
            // Of unions in each other the innermost one counts.
            let others = if fault.others > 0 { fault.others } else { candidates.len() - 1 };
            Err(if others == fault.others {
                fault
            } else {
                Arc::new(Fault { others, ..Arc::unwrap_or_clone(fault) })
            })
        }
        (None, None) => {
            let found = kind(decider.nodes.value(node));
            fault(node, id, Reason::NoBranch { found })
        }
    }
}

/// Which variants a value may be, by its JSON type and its tag.
pub(super) fn step(
    decider: &Decider<'_, '_, '_>,
    node: NodeId,
    id: TypeId,
    union: &Union,
) -> Result<Step, Arc<Fault>> {
    let reading = &union.reading;
    let candidates = match decider.nodes.value(node) {
        Value::Null => &[],
        Value::Bool(_) => &reading.boolean[..],
        Value::Number(number) => {
            let is_integer =
                !number.is_f64() || reading.number.is_empty() && scalars::integer(number).is_some();
            if is_integer { &reading.integer[..] } else { &reading.number[..] }
        }
        Value::String(_) if number::wide(decider.nodes.value(node)).is_some() => &reading.integer[..],
        Value::String(_) => &reading.string[..],
        Value::Array(_) => &reading.array[..],
        Value::Object(members) => return object(decider, node, id, &reading.object, members),
    };
    Ok(Step::Among(candidates.to_vec()))
}

fn object(
    decider: &Decider<'_, '_, '_>,
    node: NodeId,
    id: TypeId,
    reading: &VariantSelection,
    members: &Map<String, Value>,
) -> Result<Step, Arc<Fault>> {
    match reading {
        VariantSelection::None => Ok(Step::Among(Vec::new())),
        VariantSelection::Single(variant) => Ok(Step::Among(vec![*variant])),
        VariantSelection::BestMatch(candidates) => Ok(among(candidates)),
        VariantSelection::Tagged(tagged) => by_tag(decider, node, id, tagged, members),
    }
}

/// The variants that an object may be, whatever its tag.
pub(super) fn objects(union: &Union) -> Vec<usize> {
    match &union.reading.object {
        VariantSelection::None => Vec::new(),
        VariantSelection::Single(variant) => vec![*variant],
        VariantSelection::BestMatch(candidates) => {
            candidates.iter().map(|candidate| candidate.variant).collect()
        }
        VariantSelection::Tagged(tagged) => {
            let named = tagged.arms.iter().flat_map(|arm| &arm.variants).chain(&tagged.missing);
            let mut found: Vec<usize> = named.map(|candidate| candidate.variant).collect();
            found.sort_unstable();
            found.dedup();
            found
        }
    }
}

/// The candidates that a tag names. `null` is not a tag.
fn by_tag(
    decider: &Decider<'_, '_, '_>,
    node: NodeId,
    id: TypeId,
    tagged: &Tagged,
    members: &Map<String, Value>,
) -> Result<Step, Arc<Fault>> {
    let position = members.keys().position(|name| *name == tagged.property);
    let at_tag = decider.nodes.part(node, position.unwrap_or(0));
    match members.get(&tagged.property) {
        None | Some(Value::Null) if tagged.missing.is_empty() => {
            fault(node, id, Reason::Missing(tagged.property.clone()))
        }
        None | Some(Value::Null) => Ok(among(&tagged.missing)),
        Some(tag @ (Value::Array(_) | Value::Object(_))) => {
            fault(at_tag, id, expected("a string, a number or a boolean", tag))
        }
        Some(tag) => match tagged.arms.iter().find(|arm| is_tag(&arm.value, tag)) {
            Some(arm) => Ok(among(&arm.variants)),
            None => match tagged.otherwise {
                Otherwise::Unknown => Ok(Step::Unknown),
                Otherwise::Refuse => fault(at_tag, id, Reason::UnknownTag),
                Otherwise::Variant(variant) => Ok(Step::Among(vec![variant])),
            },
        },
    }
}

/// Those that lack a required property will be refused for it.
fn among(candidates: &[Candidate]) -> Step {
    Step::Among(candidates.iter().map(|candidate| candidate.variant).collect())
}

fn is_tag(tag: &TagValue, value: &Value) -> bool {
    match (tag, value) {
        (TagValue::String(tag), Value::String(text)) => tag == text,
        (TagValue::Integer(tag), value) => scalars::integer_of(value) == Some(*tag),
        (TagValue::Boolean(tag), Value::Bool(value)) => tag == value,
        (TagValue::String(_) | TagValue::Boolean(_), _) => false,
    }
}

//! The schema of a type that two schemas became, `X-Input` and `X-Output`.

use serde_json::Value;

use super::keywords::Keywords;
use crate::ir::{Keyword, SchemaNode};

/// What allows the values of both schemas. Usually these differ in what is required, and then one schema says it.
pub(super) fn either(one: SchemaNode, other: SchemaNode) -> SchemaNode {
    let (mut lax, mut other_lax) = (one.clone(), other.clone());
    relax(&mut lax, &mut other_lax);
    match lax == other_lax {
        true => lax,
        false => SchemaNode::Keywords(vec![("anyOf", Keyword::List(vec![one, other]))]),
    }
}

/// Leaves out what only one of the schemas requires.
fn relax(one: &mut SchemaNode, other: &mut SchemaNode) {
    let (SchemaNode::Keywords(one), SchemaNode::Keywords(other)) = (one, other) else { return };
    require(one, &required(other));
    require(other, &required(one));
    for (key, keyword) in one {
        let Some((_, same)) = other.iter_mut().find(|(known, _)| known == key) else { continue };
        match (keyword, same) {
            (Keyword::Schema(one), Keyword::Schema(other)) => relax(one, other),
            (Keyword::List(all), Keyword::List(others)) => {
                all.iter_mut().zip(others).for_each(|(one, other)| relax(one, other));
            }
            (Keyword::Named(all), Keyword::Named(others)) => {
                for (name, one) in all {
                    if let Some((_, other)) = others.iter_mut().find(|(known, _)| known == name) {
                        relax(one, other);
                    }
                }
            }
            (
                Keyword::Value(_)
                | Keyword::Schema(_)
                | Keyword::List(_)
                | Keyword::Named(_)
                | Keyword::Discriminator(..),
                _,
            ) => {}
        }
    }
}

fn required(keywords: &Keywords) -> Vec<Value> {
    let found = keywords.iter().find(|(key, _)| *key == "required");
    match found {
        Some((_, Keyword::Value(Value::Array(names)))) => names.clone(),
        Some(_) | None => Vec::new(),
    }
}

/// Leaves of what is required only these names.
fn require(keywords: &mut Keywords, names: &[Value]) {
    for (key, keyword) in keywords.iter_mut() {
        if let ("required", Keyword::Value(Value::Array(required))) = (*key, keyword) {
            required.retain(|name| names.contains(name));
        }
    }
    keywords
        .retain(|(key, keyword)| *key != "required" || *keyword != Keyword::Value(Value::Array(Vec::new())));
}

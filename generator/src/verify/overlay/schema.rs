//! Writes the schema of values from what was learned about them, in a dialect.

use super::{Dialect, object, string};
use crate::load::{Object, Tree};
use crate::verify::learn::{Learned, Members};

/// A schema that accepts all values. No property is required, since other values may lack it.
pub(super) fn of(learned: &Learned, dialect: Dialect) -> Tree {
    let mut branches = branches(learned, dialect);
    if learned.any || branches.is_empty() {
        return Tree::Object(Object::default());
    }
    let only = if branches.len() == 1 { branches.pop() } else { None };
    match (only, dialect) {
        (Some(Tree::Object(one)), _) if !learned.null => Tree::Object(one),
        (Some(Tree::Object(one)), Dialect::V31) => {
            let name = one.get("type").cloned().unwrap_or_default();
            with(&one, "type", Tree::Array(vec![name, string("null")]))
        }
        (Some(Tree::Object(one)), Dialect::V30) => with(&one, "nullable", Tree::Bool(true)),
        (Some(Tree::Object(one)), Dialect::V20) => with(&one, "x-nullable", Tree::Bool(true)),
        (Some(other), _) => other,
        // Swagger 2.0 has neither `oneOf` nor `anyOf`.
        (None, Dialect::V20) => Tree::Object(Object::default()),
        (None, Dialect::V30) => {
            let choice = object(vec![("anyOf", Tree::Array(branches))]);
            if learned.null { with(&choice, "nullable", Tree::Bool(true)) } else { Tree::Object(choice) }
        }
        (None, Dialect::V31) => {
            if learned.null {
                branches.push(null());
            }
            match names(&branches) {
                Some(names) => Tree::Object(object(vec![("type", Tree::Array(names))])),
                None => Tree::Object(object(vec![("anyOf", Tree::Array(branches))])),
            }
        }
    }
}

/// A schema for each JSON type of the values, except `null`.
pub(super) fn branches(learned: &Learned, dialect: Dialect) -> Vec<Tree> {
    let mut found = Vec::new();
    let mut add = |members: Vec<(&str, Tree)>| found.push(Tree::Object(object(members)));
    let typed = |name: &str| vec![("type", string(name))];
    if learned.boolean {
        add(typed("boolean"));
    }
    match (learned.number, learned.integer) {
        (true, _) => add(typed("number")),
        (false, true) => {
            let mut members = typed("integer");
            members.extend(wide(learned.range).map(|format| ("format", string(format))));
            add(members);
        }
        (false, false) => {}
    }
    if learned.string {
        add(typed("string"));
    }
    if let Some(items) = &learned.array {
        add(vec![("type", string("array")), ("items", of(items, dialect))]);
    }
    if let Some(members) = &learned.object {
        found.push(structure(members, dialect));
    }
    found
}

fn structure(members: &Members, dialect: Dialect) -> Tree {
    let mut found = vec![("type", string("object"))];
    if let Some(all) = &members.all {
        found.push(("additionalProperties", of(all, dialect)));
    } else if !members.named.is_empty() {
        let named = members.named.iter().map(|(name, value)| (name.as_str().into(), of(value, dialect)));
        found.push(("properties", Tree::Object(named.collect())));
    }
    Tree::Object(object(found))
}

/// The format of integers that an `i64` cannot represent.
pub(super) fn wide(range: Option<(i128, i128)>) -> Option<&'static str> {
    let (low, high) = range?;
    match () {
        () if i64::try_from(low).is_ok() && i64::try_from(high).is_ok() => None,
        () if u64::try_from(low).is_ok() && u64::try_from(high).is_ok() => Some("uint64"),
        () if low >= 0 => Some("uint128"),
        () => Some("int128"),
    }
}

/// The type names of the schemas, if the schemas have no other keyword.
pub(super) fn names(branches: &[Tree]) -> Option<Vec<Tree>> {
    let is_bare = |branch: &Tree| branch.as_object().is_some_and(|members| members.len() == 1);
    branches.iter().map(|branch| branch.get("type").filter(|_| is_bare(branch)).cloned()).collect()
}

/// The schema that accepts only `null` (OpenAPI 3.1 and later).
pub(super) fn null() -> Tree {
    Tree::Object(object(vec![("type", string("null"))]))
}

/// The schema that accepts only one value.
pub(super) fn constant(value: Tree, dialect: Dialect) -> Tree {
    match dialect {
        Dialect::V31 => Tree::Object(object(vec![("const", value)])),
        Dialect::V20 | Dialect::V30 => {
            let name = match &value {
                Tree::Bool(_) => "boolean",
                Tree::Number(number) if number.is_f64() => "number",
                Tree::Number(_) => "integer",
                Tree::Null | Tree::String(_) | Tree::Array(_) | Tree::Object(_) => "string",
            };
            Tree::Object(object(vec![("type", string(name)), ("enum", Tree::Array(vec![value]))]))
        }
    }
}

/// An object with a member added or replaced.
pub(super) fn with(members: &Object, key: &str, value: Tree) -> Tree {
    let others = members.iter().map(|(known, value)| (known.into(), value.clone()));
    // Of two members with the same key, the last value is kept at the place of the first.
    Tree::Object(others.chain([(key.into(), value)]).collect())
}

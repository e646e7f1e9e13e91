//! Widens a schema: allows `null`, other JSON types or more branches.

use super::edit::{Edit, Place};
use super::{Action, Dialect, path, schema, string};
use crate::load::{Object, Tree};

/// Annotations: keywords that do not restrict values.
const NOTES: &[&str] = &[
    "title",
    "description",
    "summary",
    "deprecated",
    "default",
    "example",
    "examples",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "nullable",
    "x-nullable",
    "$comment",
    "$id",
    "$anchor",
];

/// The keys of parameters and headers in Swagger 2.0 that are not keywords of a schema: both are in the same object.
const BESIDE: &[&str] = &["name", "in", "required", "allowEmptyValue"];

/// What a schema is to accept in addition.
struct More {
    null: bool,
    branches: Vec<Tree>,
    /// Whether its integers become numbers.
    number: bool,
}

/// Whether the schema will be moved into a branch of a union, which changes the places of everything in it.
pub(super) fn moves(edit: &Edit, place: &Place<'_>) -> bool {
    let more = more(edit, place);
    (more.null || !more.branches.is_empty()) && in_place(&more, place).is_none()
}

/// The actions that widen a schema.
pub(super) fn actions(edit: &Edit, place: &Place<'_>) -> Vec<Action> {
    let more = more(edit, place);
    if edit.number && moves(edit, place) {
        return wrapped(more, place);
    }
    let mut actions = number(edit, place);
    if more.null || !more.branches.is_empty() {
        actions.extend(in_place(&more, place).unwrap_or_else(|| wrapped(more, place)));
    }
    actions
}

fn more(edit: &Edit, place: &Place<'_>) -> More {
    let mut branches = schema::branches(&edit.types, place.dialect);
    branches.extend(edit.branches.iter().cloned());
    More { null: edit.null || edit.types.null, branches, number: edit.number }
}

/// Changes `integer` to `number`.
fn number(edit: &Edit, place: &Place<'_>) -> Vec<Action> {
    if !edit.number {
        return Vec::new();
    }
    let mut actions = Vec::new();
    // The format of an integer would make it an integer again.
    if place.tree.get("format").is_some() {
        actions.push(Action::remove(format!("{}.format", place.path)));
    }
    let mut number = string("number");
    if let Some(Tree::Array(names)) = place.tree.get("type") {
        let index = names.iter().position(|name| name.as_str() == Some("integer")).unwrap_or_default();
        actions.push(Action::remove(format!("{}.type{}", place.path, path::element("integer", index))));
        number = Tree::Array(vec![number]);
    }
    actions.push(Action::update(place.path.clone(), vec![("type", number)]));
    actions
}

/// The actions that do not move parts of the schema. `None` if the schema has to be moved into a union.
fn in_place(more: &More, place: &Place<'_>) -> Option<Vec<Action>> {
    let tree = place.tree;
    let has = |key: &str| tree.get(key).is_some();
    if has("$ref") {
        return None;
    }
    if place.dialect == Dialect::V20 && !more.branches.is_empty() {
        return None;
    }
    let union = ["oneOf", "anyOf"].into_iter().filter(|key| has(key)).collect::<Vec<_>>();
    if let [key] = union[..]
        && !has("type")
        && !has("allOf")
        && !has("enum")
        && !has("const")
    {
        return Some(vec![branches_added(more, key, place)]);
    }
    match place.dialect {
        Dialect::V20 | Dialect::V30 => more.branches.is_empty().then(|| vec![flagged(place, Vec::new())]),
        Dialect::V31 => type_list(more, place, union.is_empty() && !has("allOf")),
    }
}

/// Appends branches to a union.
fn branches_added(more: &More, key: &str, place: &Place<'_>) -> Action {
    let mut branches = more.branches.clone();
    let mut members = Vec::new();
    match place.dialect {
        Dialect::V31 if more.null => branches.push(schema::null()),
        Dialect::V20 | Dialect::V30 if more.null => members.push((flag(place.dialect), Tree::Bool(true))),
        Dialect::V20 | Dialect::V30 | Dialect::V31 => {}
    }
    if !branches.is_empty() {
        members.insert(0, (key, Tree::Array(branches)));
    }
    Action::update(place.path.clone(), members)
}

/// The keyword that allows `null` before OpenAPI 3.1.
fn flag(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::V20 => "x-nullable",
        Dialect::V30 | Dialect::V31 => "nullable",
    }
}

/// Allows `null` by `nullable` or `x-nullable`. An enum has to list `null` as well (OpenAPI 3.0.3 §4.7.24).
fn flagged(place: &Place<'_>, mut members: Vec<(&'static str, Tree)>) -> Action {
    members.insert(0, (flag(place.dialect), Tree::Bool(true)));
    members.extend(null_value(place));
    Action::update(place.path.clone(), members)
}

fn null_value(place: &Place<'_>) -> Option<(&'static str, Tree)> {
    let values = place.tree.get("enum")?.as_array()?;
    (!values.contains(&Tree::Null)).then(|| ("enum", Tree::Array(vec![Tree::Null])))
}

/// Adds type names to the `type` of a schema.
fn type_list(more: &More, place: &Place<'_>, is_plain: bool) -> Option<Vec<Action>> {
    let tree = place.tree;
    let (list, constant) = (tree.get("enum").is_some(), tree.get("const"));
    if !more.branches.is_empty() && (list || constant.is_some() || !is_plain) {
        return None;
    }
    let mut names = schema::names(&more.branches)?;
    if more.null {
        names.push(string("null"));
    }
    let mut members = Vec::new();
    let mut actions = Vec::new();
    let mut remove = |key: &str| actions.push(Action::remove(format!("{}{}", place.path, path::member(key))));
    match tree.get("type") {
        Some(Tree::Array(_)) => members.push(("type", Tree::Array(names))),
        Some(one @ Tree::String(_)) if is_plain => {
            remove("type");
            names.insert(0, if more.number { string("number") } else { one.clone() });
            members.push(("type", Tree::Array(names)));
        }
        None if list || constant.is_some() => {}
        Some(_) | None => return None,
    }
    match constant {
        Some(value) => {
            remove("const");
            members.push(("enum", Tree::Array(vec![value.clone(), Tree::Null])));
        }
        None => members.extend(null_value(place)),
    }
    actions.push(Action::update(place.path.clone(), members));
    Some(actions)
}

fn is_note(key: &str) -> bool {
    NOTES.contains(&key) || key.starts_with("x-")
}

/// Whether a schema of Swagger 2.0 is a parameter, a header, or their items: these have to have a type, their values
/// are texts, and other keys are in the same object.
fn is_text(place: &Place<'_>) -> bool {
    let tokens = place.at.pointer.tokens();
    let end = tokens.iter().rposition(|token| token != "items").map_or(0, |last| last + 1);
    let tokens: Vec<&str> = tokens.iter().take(end).map(String::as_str).collect();
    matches!(
        tokens[..],
        ["parameters", _]
            | ["paths", _, "parameters", _]
            | ["paths", _, _, "parameters", _]
            | ["responses", _, "headers", _]
            | ["paths", _, _, "responses", _, "headers", _]
    )
}

/// Changes a parameter or a header to a string without constraints.
fn any_text(members: &Object, place: &Place<'_>) -> Vec<Action> {
    let says = |key: &str| !is_note(key) && !BESIDE.contains(&key) && key != "type";
    let keys: Vec<&str> = members.iter().map(|(key, _)| key).filter(|key| says(key)).collect();
    let mut actions = Vec::new();
    if !keys.is_empty() {
        actions.push(Action::remove(format!("{}{}", place.path, path::members(&keys))));
    }
    actions.push(Action::update(place.path.clone(), vec![("type", string("string"))]));
    actions
}

/// A member of a schema, with `integer` changed to `number` if the member is `type`.
fn numbers(value: &Tree, is_type: bool) -> Tree {
    let name = |name: &Tree| if name.as_str() == Some("integer") { string("number") } else { name.clone() };
    match value {
        Tree::Array(names) if is_type => Tree::Array(names.iter().map(name).collect()),
        one @ Tree::String(_) if is_type => name(one),
        other => other.clone(),
    }
}

/// Moves the keywords of the schema into one branch of a union.
fn wrapped(more: More, place: &Place<'_>) -> Vec<Action> {
    let Some(members) = place.tree.as_object() else { return Vec::new() };
    if place.dialect == Dialect::V20 && is_text(place) {
        return any_text(members, place);
    }
    let said: Vec<(&str, &Tree)> = members.iter().filter(|(key, _)| !is_note(key)).collect();
    let keys: Vec<&str> = said.iter().map(|(key, _)| *key).collect();
    let own = said.iter().filter(|(key, _)| !more.number || *key != "format");
    let own: Object =
        own.map(|(key, value)| ((*key).into(), numbers(value, *key == "type" && more.number))).collect();
    let own = Tree::Object(own);
    let removed = Action::remove(format!("{}{}", place.path, path::members(&keys)));
    let mut branches = more.branches;
    let update = match place.dialect {
        // Swagger 2.0 has no unions: the schema accepts any value.
        Dialect::V20 if !branches.is_empty() => {
            let nullable = more.null.then(|| (flag(place.dialect), Tree::Bool(true)));
            return match nullable {
                Some(member) => vec![removed, Action::update(place.path.clone(), vec![member])],
                None => vec![removed],
            };
        }
        Dialect::V20 | Dialect::V30 => {
            let mut update = Vec::new();
            if more.null {
                update.push((flag(place.dialect), Tree::Bool(true)));
            }
            if branches.is_empty() {
                update.push(("allOf", Tree::Array(vec![own])));
            } else {
                branches.insert(0, own);
                update.push(("anyOf", Tree::Array(branches)));
            }
            update
        }
        Dialect::V31 => {
            branches.insert(0, own);
            if more.null {
                branches.push(schema::null());
            }
            vec![("anyOf", Tree::Array(branches))]
        }
    };
    vec![removed, Action::update(place.path.clone(), update)]
}

//! Adds branches for tag values that a union does not have.

use super::edit::tree;
use super::plan::Plan;
use super::{Action, Dialect, object, path, schema, string};
use crate::diagnostics::Location;
use crate::load::{Object, Tree};
use crate::verify::fault::Counted;
use crate::verify::learn::Learned;
use crate::verify::sites::{Part, only_branch};

/// Adds a branch for the objects that have this tag value.
pub(super) fn add(plan: &mut Plan<'_, '_>, counted: &Counted, (property, value): (&str, &str), reason: &str) {
    let Ok(tag) = serde_json::from_str(value) else { return };
    let tag = tree(&tag);
    let parts = plan.parts(&counted.fault.schemas);
    let has = |part: &&Part<'_>, key: &str| part.tree.get(key).is_some();
    // One branch and `null` are not a union.
    let is_union =
        |part: &&Part<'_>| (has(part, "oneOf") || has(part, "anyOf")) && only_branch(part.tree).is_none();
    let discriminator = parts.iter().find(|part| has(part, "discriminator")).map(|part| part.at.clone());
    let union = parts.iter().find(is_union).map(|part| {
        let key = if has(&part, "oneOf") { "oneOf" } else { "anyOf" };
        (part.at.clone(), key)
    });
    let branch = branch(&counted.learned, property, tag, plan.dialect);
    match (union, discriminator) {
        (Some((at, key)), None) => {
            let update =
                Action::update(path::of(plan.root, &at.pointer), vec![(key, Tree::Array(vec![branch]))]);
            push(plan, &at, vec![update], reason);
        }
        (union, Some(at)) => named(plan, union, &at, (branch, value), reason),
        (None, None) => {}
    }
}

/// Adds a branch to a union with a discriminator: a component, and an entry of the mapping.
fn named(
    plan: &mut Plan<'_, '_>,
    union: Option<(Location, &'static str)>,
    at: &Location,
    (branch, value): (Tree, &str),
    reason: &str,
) {
    let (section, list) = match plan.dialect {
        Dialect::V20 => ("#/definitions/", "$.definitions"),
        Dialect::V30 | Dialect::V31 => ("#/components/schemas/", "$.components.schemas"),
    };
    let text = value.trim_matches('"');
    let name = free_name(plan, at, text);
    let reference = format!("{section}{name}");
    let refers = |to: &str| Tree::Object(object(vec![("$ref", string(to))]));
    let mut actions = Vec::new();
    let (content, listed) = match union {
        Some((place, key)) => {
            let target = path::of(plan.root, &place.pointer);
            let update = Action::update(target, vec![(key, Tree::Array(vec![refers(&reference)]))]);
            (branch, Some(update))
        }
        // The schema with the discriminator is a parent: the new schema extends it.
        None => {
            let parent = refers(&format!("#{}", at.pointer));
            (Tree::Object(object(vec![("allOf", Tree::Array(vec![parent, branch]))])), None)
        }
    };
    let added: Object = [(name.as_str().into(), content)].into_iter().collect();
    actions.push(Action { target: list.to_owned(), change: super::Change::Update(added) });
    actions.extend(listed);
    if plan.dialect != Dialect::V20 {
        let mapping: Object = [(text.into(), string(&reference))].into_iter().collect();
        let target = path::of(plan.root, &at.keyword("discriminator").pointer);
        actions.push(Action::update(target, vec![("mapping", Tree::Object(mapping))]));
    }
    push(plan, at, actions, reason);
}

fn push(plan: &mut Plan<'_, '_>, at: &Location, actions: Vec<Action>, reason: &str) {
    if let Some(edit) = plan.edit(at) {
        edit.others.push((actions, reason.to_owned()));
    }
}

/// An unused component name. In Swagger 2.0 the name is the tag value.
fn free_name(plan: &Plan<'_, '_>, at: &Location, value: &str) -> String {
    let schemas = match plan.dialect {
        Dialect::V20 => plan.root.get("definitions"),
        Dialect::V30 | Dialect::V31 => plan.root.get("components").and_then(|it| it.get("schemas")),
    };
    let is_free = |name: &str| schemas.is_none_or(|schemas| schemas.get(name).is_none());
    if plan.dialect == Dialect::V20 && is_free(value) {
        return value.to_owned();
    }
    // The characters of component names (OpenAPI 3.0.4 §4.7.7.1).
    let is_allowed = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '_');
    let plain: String = value.chars().map(|char| if is_allowed(char) { char } else { '_' }).collect();
    let owner = at.pointer.tokens().last().cloned().unwrap_or_default();
    let name = format!("{owner}_{plain}");
    let mut numbered = (2..).map(|number| format!("{name}_{number}"));
    if is_free(&name) { name } else { numbered.find(|name| is_free(name)).unwrap_or(name) }
}

/// The schema of an object: the tag is required, the other recorded properties are optional.
fn branch(learned: &Learned, property: &str, tag: Tree, dialect: Dialect) -> Tree {
    let schema = schema::of(learned, dialect);
    let known = schema.get("properties").and_then(Tree::as_object);
    let others = known.into_iter().flat_map(Object::iter).filter(|(name, _)| *name != property);
    let tag = [(property.into(), schema::constant(tag, dialect))];
    let properties = tag.into_iter().chain(others.map(|(name, value)| (name.into(), value.clone())));
    Tree::Object(object(vec![
        ("type", string("object")),
        ("required", Tree::Array(vec![string(property)])),
        ("properties", Tree::Object(properties.collect())),
    ]))
}

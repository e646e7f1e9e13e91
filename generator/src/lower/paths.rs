//! Paths, webhooks, path items and callbacks.

use indexmap::IndexMap;

use super::bodies;
use super::budget;
use super::inline;
use super::operations;
use super::parameters;
use super::refs;
use super::schema::Moved;
use super::servers;
use super::{At, Lowering, NodeId};
use crate::diagnostics::Diagnostic;
use crate::document::{PathItem, PathItems, PathKey};
use crate::limits;
use crate::load::{Object, Tree};
use crate::method::Method;

/// The paths, with the webhooks behind them.
pub fn paths(lowering: &mut Lowering<'_, '_>, at: &At<'_>) -> PathItems {
    let mut paths = PathItems::new();
    // `x-webhooks` is how 3.0 documents say what 3.1 made a keyword.
    for (section, is_webhook) in [("paths", false), ("webhooks", true), ("x-webhooks", true)] {
        let Some(tree) = lowering.root.get(section) else { continue };
        inline::members(lowering, tree, at, section, |this, members, here, moved| {
            let moved = Moved::when(moved == Moved::Yes || is_webhook);
            for (path, item) in members.iter().filter(|(path, _)| !path.starts_with("x-")) {
                let key = if is_webhook { PathKey::webhook(path) } else { PathKey::path(path) };
                path_item(this, key, item, &here.key(path), moved, &mut paths);
            }
        });
    }
    paths
}

/// Lowers one path item into the map.
fn path_item<'t>(
    lowering: &mut Lowering<'t, '_>,
    key: PathKey,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
    into: &mut PathItems,
) {
    if !budget::spend(lowering, at) {
        return;
    }
    let Some(members) = tree.as_object() else {
        let message = "a path item must be an object; it is ignored";
        lowering.sink.push(Diagnostic::warning("unreadable-path-item", at.location(), message));
        return;
    };
    let referred = match members.get("$ref") {
        Some(_) => match refs::inline_target(lowering, tree, at) {
            Some(target) => Some(target),
            None if members.len() == 1 => return,
            None => None,
        },
        None => None,
    };
    let mut item = PathItem::default();
    match &referred {
        Some(target) => {
            let base = target.at();
            item.source = Some(base.location());
            if let Some(object) = target.tree.as_object() {
                path_members(lowering, object, &base, Moved::No, &mut item);
            }
            path_members(lowering, members, at, Moved::Yes, &mut item);
        }
        None => {
            if moved == Moved::Yes {
                item.source = Some(at.location());
            }
            path_members(lowering, members, at, Moved::No, &mut item);
        }
    }
    if item.operations.keys().any(Method::is_new) {
        item.source.get_or_insert_with(|| at.location());
    }
    into.insert(key, item);
}

fn path_members<'t>(
    lowering: &mut Lowering<'t, '_>,
    members: &'t Object,
    at: &At<'_>,
    moved: Moved,
    item: &mut PathItem,
) {
    // A Swagger 2.0 body among the parameters belongs to every operation.
    let shared = members.get("parameters");
    if let Some(shared) = shared {
        item.parameters = parameters::parameters(lowering, shared, at, moved);
    }
    for (key, value) in members.iter() {
        match key {
            "summary" => item.summary = lowering.text(value, at, key),
            "description" => item.description = lowering.text(value, at, key),
            "servers" => item.servers = servers::servers(lowering, value, at),
            "additionalOperations" => {
                inline::members(lowering, value, at, key, |this, members, place, _| {
                    for (method, value) in members.iter() {
                        let operation =
                            operations::operation(this, value, shared, at, &place.key(method), Moved::Yes);
                        let method = Method::Other(method.to_owned());
                        item.operations.extend(operation.map(|operation| (method, operation)));
                    }
                });
            }
            _ => {
                let Some(method) = Method::of_key(key) else { continue };
                let moved = Moved::when(moved == Moved::Yes || method.is_new());
                let operation = operations::operation(lowering, value, shared, at, &at.key(key), moved);
                item.operations.extend(operation.map(|operation| (method, operation)));
            }
        }
    }
}

/// The callbacks of an operation.
pub fn callbacks<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
) -> IndexMap<String, PathItems> {
    let mut callbacks = IndexMap::new();
    inline::members(lowering, value, at, "callbacks", |this, members, here, moved| {
        for (name, tree) in members.iter().filter(|(name, _)| !name.starts_with("x-")) {
            let place = here.key(name);
            if !budget::spend(this, &place) {
                break;
            }
            let callback = match tree.get("$ref") {
                Some(_) => match refs::inline_target(this, tree, &place) {
                    Some(target) => callback(this, target.tree, &target.at(), Moved::Yes),
                    None => continue,
                },
                None => callback(this, tree, &place, moved),
            };
            callbacks.extend(callback.map(|callback| (name.to_owned(), callback)));
        }
    });
    callbacks
}

fn callback<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    moved: Moved,
) -> Option<PathItems> {
    // A callback whose operations call back the same way says nothing new the second time.
    if lowering.callbacks.contains(&NodeId(tree)) {
        return None;
    }
    if lowering.callbacks.len() >= limits::CALLBACKS {
        let message = "callbacks nest too deeply in each other's operations here";
        let found = Diagnostic::warning("too-deep", at.location(), message);
        lowering.sink.push(found.help("the callback is left out"));
        return None;
    }
    let members = bodies::object_here(lowering, tree, at, "a callback")?;
    lowering.callbacks.push(NodeId(tree));
    let mut callback = PathItems::new();
    for (expression, item) in members.iter().filter(|(expression, _)| !expression.starts_with("x-")) {
        path_item(lowering, PathKey::path(expression), item, &at.key(expression), moved, &mut callback);
    }
    lowering.callbacks.pop();
    Some(callback)
}

//! Paths, webhooks, path items and callbacks.

use indexmap::IndexMap;
use openapiv3::{Callback, Operation, PathItem, Paths, ReferenceOr};

use super::hoist::Kind;
use super::schema::{Moved, source_of};
use super::{At, Lowering, SOURCE, WEBHOOK, address};
use crate::diagnostics::Diagnostic;
use crate::load::{Object, Tree};

/// How deep callbacks may be nested in each other's operations.
const MAX_CALLBACKS: usize = 4;

/// The operations of OpenAPI 3.0's path items.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl<'t> Lowering<'t, '_> {
    /// The paths, with the webhooks behind them.
    pub fn paths(&mut self, at: &At<'_>) -> Paths {
        let mut paths = IndexMap::new();
        // `x-webhooks` is how 3.0 documents say what 3.1 made a keyword.
        for (section, prefix) in [("paths", ""), ("webhooks", WEBHOOK), ("x-webhooks", WEBHOOK)] {
            let Some(tree) = self.root.get(section) else { continue };
            let here = at.key(section);
            let target = match super::refs::lone_reference(Kind::Schema, tree) {
                Some(_) => self.inline_target(tree, &here),
                None => None,
            };
            let (tree, base, moved) = match &target {
                Some(target) => (target.tree, target.at(), Moved::Yes),
                None => (tree, here, Moved::when(!prefix.is_empty())),
            };
            let Some(members) = self.members(tree, at, section) else { continue };
            for (path, item) in members.iter().filter(|(path, _)| !path.starts_with("x-")) {
                self.path_item(&format!("{prefix}{path}"), item, &base.key(path), moved, &mut paths);
            }
        }
        let paths = paths.into_iter().map(|(path, item)| (path, ReferenceOr::Item(item))).collect();
        Paths { paths, ..Paths::default() }
    }

    /// Lowers one path item into the map; methods that 3.0 does not know get an entry of their own.
    fn path_item(
        &mut self,
        path: &str,
        tree: &'t Tree,
        at: &At<'_>,
        moved: Moved,
        into: &mut IndexMap<String, PathItem>,
    ) {
        if !self.spend(at) {
            return;
        }
        let Some(members) = tree.as_object() else {
            let message = "a path item must be an object; it is ignored";
            self.sink.push(Diagnostic::warning("unreadable-path-item", at.location(), message));
            return;
        };
        let referred = match members.get("$ref") {
            Some(_) => match self.inline_target(tree, at) {
                Some(target) => Some(target),
                None if members.len() == 1 => return,
                None => None,
            },
            None => None,
        };
        let mut item = PathItem::default();
        let mut more = Vec::new();
        match &referred {
            Some(target) => {
                let base = target.at();
                item.extensions.insert(SOURCE.to_owned(), source_of(&base));
                if let Some(object) = target.tree.as_object() {
                    self.path_members(object, &base, Moved::No, &mut item, &mut more);
                }
                self.path_members(members, at, Moved::Yes, &mut item, &mut more);
            }
            None => {
                if moved == Moved::Yes {
                    item.extensions.insert(SOURCE.to_owned(), source_of(at));
                }
                self.path_members(members, at, Moved::No, &mut item, &mut more);
            }
        }
        for (method, operation) in more {
            let mut extensions = item.extensions.clone();
            extensions.entry(SOURCE.to_owned()).or_insert_with(|| source_of(at));
            let parameters = item.parameters.clone();
            let other = PathItem { post: Some(operation), parameters, extensions, ..PathItem::default() };
            into.insert(format!("{method} {path}"), other);
        }
        into.insert(path.to_owned(), item);
    }

    fn path_members(
        &mut self,
        members: &'t Object,
        at: &At<'_>,
        moved: Moved,
        item: &mut PathItem,
        more: &mut Vec<(String, Operation)>,
    ) {
        // A Swagger 2.0 body among the parameters belongs to every operation.
        let shared = members.get("parameters");
        if let Some(shared) = shared {
            item.parameters = self.parameters(shared, &at.key("parameters"), moved);
        }
        for (key, value) in members.iter() {
            match key {
                "summary" => item.summary = self.text(value, at, key),
                "description" => item.description = self.text(value, at, key),
                "query" => {
                    if let Some(operation) = self.operation(value, shared, at, &at.key(key), Moved::Yes) {
                        more.push(("QUERY".to_owned(), operation));
                    }
                }
                "additionalOperations" => {
                    let place = at.key(key);
                    for (method, value) in value.as_object().into_iter().flat_map(Object::iter) {
                        if let Some(operation) =
                            self.operation(value, shared, at, &place.key(method), Moved::Yes)
                        {
                            more.push((method.to_owned(), operation));
                        }
                    }
                }
                _ if METHODS.contains(&key) => {
                    let operation = self.operation(value, shared, at, &at.key(key), moved);
                    if let (Some(slot), Some(operation)) = (slot(item, key), operation) {
                        *slot = Some(operation);
                    }
                }
                _ => {}
            }
        }
    }

    /// The callbacks of an operation.
    pub fn callbacks(&mut self, value: &'t Tree, at: &At<'_>) -> IndexMap<String, Callback> {
        let mut callbacks = IndexMap::new();
        let here = at.key("callbacks");
        let Some(members) = self.members(value, at, "callbacks") else { return callbacks };
        for (name, tree) in members.iter().filter(|(name, _)| !name.starts_with("x-")) {
            let place = here.key(name);
            if !self.spend(&place) {
                break;
            }
            let target = match tree.get("$ref") {
                Some(_) => match self.inline_target(tree, &place) {
                    Some(target) => Some(target),
                    None => continue,
                },
                None => None,
            };
            let (tree, base) = match &target {
                Some(target) => (target.tree, target.at()),
                None => (tree, place),
            };
            // A callback whose operations call back the same way says nothing new the second time.
            if self.callbacks.contains(&address(tree)) || self.callbacks.len() >= MAX_CALLBACKS {
                continue;
            }
            self.callbacks.push(address(tree));
            let mut callback = Callback::new();
            let moved = Moved::when(target.is_some());
            for (expression, item) in tree.as_object().into_iter().flat_map(Object::iter) {
                if !expression.starts_with("x-") {
                    self.path_item(expression, item, &base.key(expression), moved, &mut callback);
                }
            }
            self.callbacks.pop();
            callbacks.insert(name.to_owned(), callback);
        }
        callbacks
    }
}

fn slot<'i>(item: &'i mut PathItem, method: &str) -> Option<&'i mut Option<Operation>> {
    Some(match method {
        "get" => &mut item.get,
        "put" => &mut item.put,
        "post" => &mut item.post,
        "delete" => &mut item.delete,
        "options" => &mut item.options,
        "head" => &mut item.head,
        "patch" => &mut item.patch,
        "trace" => &mut item.trace,
        _ => return None,
    })
}

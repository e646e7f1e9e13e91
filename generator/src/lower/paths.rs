//! Paths, webhooks, path items and callbacks.

use indexmap::IndexMap;
use openapiv3::{Callback, Operation, PathItem, Paths, ReferenceOr};

use super::schema::Moved;
use super::{At, Lowering, address};
use crate::diagnostics::Diagnostic;
use crate::document::{Marks as _, PathKey};
use crate::limits;
use crate::load::{Object, Tree};

/// The operations of OpenAPI 3.0's path items.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl<'t> Lowering<'t, '_> {
    /// The paths, with the webhooks behind them.
    pub fn paths(&mut self, at: &At<'_>) -> Paths {
        let mut paths = IndexMap::new();
        // `x-webhooks` is how 3.0 documents say what 3.1 made a keyword.
        for (section, is_webhook) in [("paths", false), ("webhooks", true), ("x-webhooks", true)] {
            let Some(tree) = self.root.get(section) else { continue };
            self.members(tree, at, section, |this, members, here, moved| {
                let moved = Moved::when(moved == Moved::Yes || is_webhook);
                for (path, item) in members.iter().filter(|(path, _)| !path.starts_with("x-")) {
                    let key = if is_webhook { PathKey::of_webhook(path) } else { path.to_owned() };
                    this.path_item(&key, item, &here.key(path), moved, &mut paths);
                }
            });
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
                item.extensions.mark_source(&base.location());
                if let Some(object) = target.tree.as_object() {
                    self.path_members(object, &base, Moved::No, &mut item, &mut more);
                }
                self.path_members(members, at, Moved::Yes, &mut item, &mut more);
            }
            None => {
                if moved == Moved::Yes {
                    item.extensions.mark_source(&at.location());
                }
                self.path_members(members, at, Moved::No, &mut item, &mut more);
            }
        }
        for (method, operation) in more {
            let mut extensions = item.extensions.clone();
            extensions.mark_source_once(|| at.location());
            let parameters = item.parameters.clone();
            let other = PathItem { post: Some(operation), parameters, extensions, ..PathItem::default() };
            into.insert(PathKey::with_method(&method, path), other);
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
            item.parameters = self.parameters(shared, at, moved);
        }
        for (key, value) in members.iter() {
            match key {
                "summary" => item.summary = self.text(value, at, key),
                "description" => item.description = self.text(value, at, key),
                "servers" => item.servers = self.servers(value, at),
                "query" => {
                    let operation = self.operation(value, shared, at, &at.key(key), Moved::Yes);
                    more.extend(operation.map(|operation| ("QUERY".to_owned(), operation)));
                }
                "additionalOperations" => {
                    self.members(value, at, key, |this, members, place, _| {
                        for (method, value) in members.iter() {
                            let operation = this.operation(value, shared, at, &place.key(method), Moved::Yes);
                            more.extend(operation.map(|operation| (method.to_owned(), operation)));
                        }
                    });
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
        self.members(value, at, "callbacks", |this, members, here, moved| {
            for (name, tree) in members.iter().filter(|(name, _)| !name.starts_with("x-")) {
                let place = here.key(name);
                if !this.spend(&place) {
                    break;
                }
                let callback = match tree.get("$ref") {
                    Some(_) => match this.inline_target(tree, &place) {
                        Some(target) => this.callback(target.tree, &target.at(), Moved::Yes),
                        None => continue,
                    },
                    None => this.callback(tree, &place, moved),
                };
                callbacks.extend(callback.map(|callback| (name.to_owned(), callback)));
            }
        });
        callbacks
    }

    fn callback(&mut self, tree: &'t Tree, at: &At<'_>, moved: Moved) -> Option<Callback> {
        // A callback whose operations call back the same way says nothing new the second time.
        if self.callbacks.contains(&address(tree)) {
            return None;
        }
        if self.callbacks.len() >= limits::CALLBACKS {
            let message = "callbacks nest too deeply in each other's operations here";
            let found = Diagnostic::warning("too-deep", at.location(), message);
            self.sink.push(found.help("the callback is left out"));
            return None;
        }
        let members = self.object_here(tree, at, "a callback")?;
        self.callbacks.push(address(tree));
        let mut callback = Callback::new();
        for (expression, item) in members.iter().filter(|(expression, _)| !expression.starts_with("x-")) {
            self.path_item(expression, item, &at.key(expression), moved, &mut callback);
        }
        self.callbacks.pop();
        Some(callback)
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

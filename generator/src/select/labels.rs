//! What the modules of a document's operations are named from. The names are decided here too, before anything is taken
//! out, so that entries may use them.

use std::collections::HashMap;

use openapiv3::{OpenAPI, Operation, PathItem, ReferenceOr};

use crate::config::{OperationRules, Rule, last_rename};
use crate::document::PathKey;
use crate::ir::OperationLabel;
use crate::naming::operation_modules;
use crate::words::operation_name;

/// A method and a path: of a webhook `webhook:` and its name, of a callback its expression.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address<'k> {
    pub method: &'k str,
    pub path: &'k str,
}

impl<'k> Address<'k> {
    /// What stands under a key of `paths`.
    pub fn of_path(method: &'k str, key: &'k str) -> Self {
        let key = PathKey::parse(key);
        Self { method: key.method.unwrap_or(method), path: key.shown }
    }

    pub fn of_callback(method: &'k str, path: &'k str) -> Self {
        Self { method, path }
    }

    /// As it stands in a request line.
    pub fn line(self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// The operations of a document with their labels, in document order.
pub(super) fn labels(document: &OpenAPI, rules: &[Rule]) -> Vec<OperationLabel> {
    let mut labels = Labels { rules, by_target: OperationRules::new(rules), found: Vec::new() };
    for (key, item) in &document.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, operation) in operations(item) {
            labels.add(Address::of_path(method, key), "", operation);
        }
    }
    labels.found
}

/// The module of each operation, by its place.
pub(super) fn modules(labels: &[OperationLabel]) -> HashMap<String, String> {
    labels.iter().map(|label| label.place.clone()).zip(operation_modules(labels)).collect()
}

struct Labels<'r> {
    rules: &'r [Rule],
    by_target: OperationRules<'r>,
    found: Vec<OperationLabel>,
}

impl Labels<'_> {
    /// Adds an operation and its callbacks. `before` is what stands before the address in the place.
    fn add(&mut self, at: Address<'_>, before: &str, operation: &Operation) {
        let (id, line) = (operation.operation_id.as_deref(), at.line());
        let place = format!("{before}{line}");
        let path = PathKey { method: None, shown: at.path }.webhook().unwrap_or(at.path);
        self.found.push(OperationLabel {
            name: operation_name(id, at.method, path),
            id: id.map(str::to_owned),
            rename: last_rename(self.rules, &self.by_target.of(id, &line)).map(str::to_owned),
            place: place.clone(),
        });
        for (name, callback) in &operation.callbacks {
            for (expression, item) in callback {
                for (method, operation) in operations(item) {
                    self.add(Address::of_callback(method, expression), &below(&place, name), operation);
                }
            }
        }
    }
}

/// What stands before the address of a callback in its place.
pub(super) fn below(place: &str, callback: &str) -> String {
    format!("{place} {callback} ")
}

fn operations(item: &PathItem) -> impl Iterator<Item = (&'static str, &Operation)> {
    let slots = [
        ("GET", &item.get),
        ("PUT", &item.put),
        ("POST", &item.post),
        ("DELETE", &item.delete),
        ("OPTIONS", &item.options),
        ("HEAD", &item.head),
        ("PATCH", &item.patch),
        ("TRACE", &item.trace),
    ];
    slots.into_iter().filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

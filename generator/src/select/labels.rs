//! What the modules of a document's operations are named from. The names are decided here too, before anything is taken
//! out, so that entries may use them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::config::{OperationRules, Rule, last_rename};
use crate::document::{Document, Operation, PathKey, request_line};
use crate::ir::OperationLabel;
use crate::method::Method;
use crate::naming::operation_modules;
use crate::words::operation_name;

/// A method and a path: of a webhook `webhook:` and its name, of a callback its expression.
#[derive(Debug, Clone)]
pub(super) struct Address<'k> {
    pub method: &'k str,
    pub path: Cow<'k, str>,
    /// The path, or the name of the webhook.
    name: Cow<'k, str>,
}

impl<'k> Address<'k> {
    /// What stands under a key of `paths`, of `webhooks` or of a callback.
    pub fn of_key(method: &'k Method, key: &'k PathKey) -> Self {
        Self { method: method.as_str(), path: key.shown(), name: Cow::Borrowed(&key.path) }
    }

    /// As it stands in a request line.
    pub fn line(&self) -> String {
        request_line(self.method, &self.path)
    }
}

/// The operations of a document with their labels, in document order.
pub(super) fn labels(document: &Document, rules: &[Rule]) -> Vec<OperationLabel> {
    let mut labels = Labels { rules, by_target: OperationRules::new(rules), found: Vec::new() };
    for (key, item) in &document.paths {
        for (method, operation) in &item.operations {
            labels.add(&Address::of_key(method, key), "", operation);
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
    fn add(&mut self, at: &Address<'_>, before: &str, operation: &Operation) {
        let (id, line) = (operation.id.as_deref(), at.line());
        let place = format!("{before}{line}");
        self.found.push(OperationLabel {
            name: operation_name(id, at.method, &at.name),
            id: id.map(str::to_owned),
            rename: last_rename(self.rules, &self.by_target.of(id, &line)).map(str::to_owned),
            place: place.clone(),
        });
        for (name, callback) in &operation.callbacks {
            for (key, item) in callback {
                for (method, operation) in &item.operations {
                    self.add(&Address::of_key(method, key), &below(&place, name), operation);
                }
            }
        }
    }
}

/// What stands before the address of a callback in its place.
pub(super) fn below(place: &str, callback: &str) -> String {
    format!("{place} {callback} ")
}

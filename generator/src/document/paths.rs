//! Paths, webhooks and callbacks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Operation, Parameter, Ref, Server};
use crate::diagnostics::Location;
use crate::method::Method;

/// What stands before the name of a webhook where its path would be.
const WEBHOOK: &str = "webhook:";

/// Path items in the order of the document.
pub(crate) type PathItems = IndexMap<PathKey, PathItem>;

/// What tells one path item from another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PathKey {
    /// Whether it is a webhook.
    pub is_webhook: bool,
    /// The path, the name of the webhook or the expression of a callback.
    pub path: String,
}

impl PathKey {
    /// The key of a path or of the expression of a callback.
    pub fn path(path: &str) -> Self {
        Self { is_webhook: false, path: path.to_owned() }
    }

    /// The key of a webhook.
    pub fn webhook(name: &str) -> Self {
        Self { is_webhook: true, path: name.to_owned() }
    }

    /// The path as settings and messages name it: a webhook with what marks it.
    pub fn shown(&self) -> Cow<'_, str> {
        match self.is_webhook {
            true => Cow::Owned(format!("{WEBHOOK}{}", self.path)),
            false => Cow::Borrowed(&self.path),
        }
    }
}

/// A method and a path as they stand in a request line.
pub(crate) fn request_line(method: &str, path: &str) -> String {
    format!("{method} {path}")
}

/// What operations of one path have in common (OpenAPI 3.0.4 §4.7.9).
#[derive(Debug, Clone, Default)]
pub(crate) struct PathItem {
    /// Where it stands in the source, if that is not its place in the document, or not the place of all its operations.
    pub source: Option<Location>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub operations: BTreeMap<Method, Operation>,
    pub servers: Vec<Server>,
    pub parameters: Vec<Ref<Parameter>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn webhooks_are_marked() {
        assert_eq!(PathKey::path("/pets/{id} all").shown(), "/pets/{id} all");
        assert_eq!(PathKey::webhook("new pet").shown(), "webhook:new pet");
    }
}

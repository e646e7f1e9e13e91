//! Paths, webhooks and callbacks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::{Operation, Parameter, Ref, Server};
use crate::diagnostics::Location;

/// What stands before the name of a webhook where its path would be.
const WEBHOOK: &str = "webhook:";

/// Path items in the order of the document.
pub(crate) type PathItems = IndexMap<PathKey, PathItem>;

/// What tells one path item from another: a path with a method that OpenAPI 3.0 does not have is an item of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PathKey {
    /// Whether it is a webhook.
    pub is_webhook: bool,
    /// The path, the name of the webhook or the expression of a callback.
    pub path: String,
    /// The method of the operation that stands as `POST`, where 3.0 does not have it.
    pub method: Option<String>,
}

impl PathKey {
    /// The key of a path or of the expression of a callback.
    pub fn path(path: &str) -> Self {
        Self { is_webhook: false, path: path.to_owned(), method: None }
    }

    /// The key of a webhook.
    pub fn webhook(name: &str) -> Self {
        Self { is_webhook: true, ..Self::path(name) }
    }

    /// The key of an operation under the same path whose method 3.0 does not have.
    pub fn with_method(&self, method: &str) -> Self {
        Self { method: Some(method.to_owned()), ..self.clone() }
    }

    /// The path as settings and messages name it: a webhook with what marks it.
    pub fn shown(&self) -> Cow<'_, str> {
        match self.is_webhook {
            true => Cow::Owned(format!("{WEBHOOK}{}", self.path)),
            false => Cow::Borrowed(&self.path),
        }
    }

    /// The key as it is printed.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.method {
            Some(method) => Cow::Owned(request_line(method, &self.shown())),
            None => self.shown(),
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
    /// Where it stands in the source, if that is not its place in the document.
    pub source: Option<Location>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub operations: BTreeMap<Method, Operation>,
    pub servers: Vec<Server>,
    pub parameters: Vec<Ref<Parameter>>,
}

/// The methods of OpenAPI 3.0, in the order in which operations are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    const ALL: [Self; 8] = [
        Method::Get,
        Method::Put,
        Method::Post,
        Method::Delete,
        Method::Options,
        Method::Head,
        Method::Patch,
        Method::Trace,
    ];

    /// The method whose operation stands under a key of a path item.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.key() == key)
    }

    /// The key in a path item.
    pub fn key(self) -> &'static str {
        match self {
            Method::Get => "get",
            Method::Put => "put",
            Method::Post => "post",
            Method::Delete => "delete",
            Method::Options => "options",
            Method::Head => "head",
            Method::Patch => "patch",
            Method::Trace => "trace",
        }
    }

    /// As it stands in a request line.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Put => "PUT",
            Method::Post => "POST",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Head => "HEAD",
            Method::Patch => "PATCH",
            Method::Trace => "TRACE",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_printed_with_what_openapi_3_0_has_no_place_for() {
        let of_path = (PathKey::path("/pets/{id} all"), "/pets/{id} all");
        let of_webhook = (PathKey::webhook("new pet"), "webhook:new pet");
        for (key, shown) in [of_path, of_webhook] {
            assert_eq!((&*key.shown(), &*key.text()), (shown, shown));
            let query = key.with_method("QUERY");
            assert_eq!((&*query.shown(), query.text().into_owned()), (shown, format!("QUERY {shown}")));
        }
    }

    #[test]
    fn methods_have_keys_of_their_own() {
        for method in Method::ALL {
            assert_eq!(Method::of_key(method.key()), Some(method));
            assert_eq!(method.key().to_uppercase(), method.name());
        }
        assert_eq!(Method::of_key("query"), None);
    }
}

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
    /// Reads a key as it is printed.
    pub fn parse(key: &str) -> Self {
        let is_method = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
        let (method, shown) = match key.split_once(' ') {
            Some((word, shown)) if is_method(word) => (Some(word.to_owned()), shown),
            Some(_) | None => (None, key),
        };
        let webhook = shown.strip_prefix(WEBHOOK);
        Self { is_webhook: webhook.is_some(), path: webhook.unwrap_or(shown).to_owned(), method }
    }

    /// The key of a webhook.
    pub fn webhook(name: &str) -> Self {
        Self::parse(&format!("{WEBHOOK}{name}"))
    }

    /// The key of an operation under the same path whose method 3.0 does not have.
    pub fn with_method(&self, method: &str) -> Self {
        Self::parse(&line(method, &self.text()))
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
            Some(method) => Cow::Owned(line(method, &self.shown())),
            None => self.shown(),
        }
    }
}

/// A method and a path as they stand in a request line.
pub(crate) fn line(method: &str, path: &str) -> String {
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
    fn keys_are_read_as_they_are_printed() {
        let path = PathKey { is_webhook: false, path: "/pets/{id} all".to_owned(), method: None };
        let webhook = PathKey { is_webhook: true, path: "new pet".to_owned(), method: None };
        for (key, shown) in [(path, "/pets/{id} all"), (webhook, "webhook:new pet")] {
            assert_eq!((&*key.shown(), &*key.text()), (shown, shown));
            assert_eq!(PathKey::parse(shown), key);
            let query = key.with_method("QUERY");
            assert_eq!((&*query.shown(), query.text().into_owned()), (shown, format!("QUERY {shown}")));
            assert_eq!(query, PathKey { method: Some("QUERY".to_owned()), ..key });
            assert_eq!(PathKey::parse(&query.text()), query);
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

//! What calling an API needs beside its operations: its servers and security schemes.

use super::Docs;

/// A server (OpenAPI 3.0.4 §4.7.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The URL, with `{name}` in the places of variables. It may be relative.
    pub url: String,
    /// Its documentation.
    pub docs: Docs,
    /// The variables, in document order.
    pub variables: Vec<ServerVariable>,
}

impl Server {
    /// The URL with what its variables are by default.
    pub fn default_url(&self) -> String {
        self.variables.iter().fold(self.url.clone(), |url, variable| {
            url.replace(&format!("{{{}}}", variable.name), &variable.default)
        })
    }
}

/// A variable in the URL of a server (OpenAPI 3.0.4 §4.7.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// Its name in the URL.
    pub name: String,
    /// What it is if nobody says otherwise.
    pub default: String,
    /// What it may be, its default among it; empty if it may be anything.
    pub values: Vec<String>,
    /// Its documentation.
    pub docs: Docs,
}

/// A security scheme (OpenAPI 3.0.4 §4.7.27).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecurityScheme {
    /// Its name in the document.
    pub name: String,
    /// Where its secret goes.
    pub place: SecretPlace,
    /// Its documentation.
    pub docs: Docs,
}

/// Where the secret of a security scheme goes in a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretPlace {
    /// `Authorization: Bearer …`, also for OAuth 2 and OpenID Connect.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// `Authorization` with another scheme.
    Authorization(String),
    /// A header.
    Header(String),
    /// A parameter in the query.
    Query(String),
    /// A cookie.
    Cookie(String),
}

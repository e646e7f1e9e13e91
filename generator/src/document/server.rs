//! Servers and security schemes.

use indexmap::IndexMap;

/// A server (OpenAPI 3.0.4 §4.7.5).
#[derive(Debug, Clone, Default)]
pub(crate) struct Server {
    pub url: String,
    pub description: Option<String>,
    pub variables: Option<IndexMap<String, ServerVariable>>,
}

/// What may stand for a name in braces in the URL of a server.
#[derive(Debug, Clone, Default)]
pub(crate) struct ServerVariable {
    pub default: String,
    pub description: Option<String>,
    /// `enum`.
    pub values: Vec<String>,
}

/// How a secret is sent (OpenAPI 3.0.4 §4.7.27).
#[derive(Debug, Clone)]
pub(crate) struct SecurityScheme {
    pub description: Option<String>,
    pub kind: SecurityKind,
}

/// The kinds of security schemes.
#[derive(Debug, Clone)]
pub(crate) enum SecurityKind {
    /// A secret under a name.
    ApiKey {
        location: SecretLocation,
        name: String,
    },
    /// The scheme of an `Authorization` header.
    Http {
        scheme: String,
    },
    OAuth2,
    OpenIdConnect {
        url: String,
    },
}

/// Where an API key is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SecretLocation {
    Query,
    Header,
    Cookie,
}

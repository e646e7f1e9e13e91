//! Methods of operations (OpenAPI 3.2.0 §4.9.1).

/// An HTTP method that a path item can have, in the order in which the operations of an item are looked at.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Method {
    /// `get`.
    Get,
    /// `put`.
    Put,
    /// `post`.
    Post,
    /// `delete`.
    Delete,
    /// `options`.
    Options,
    /// `head`.
    Head,
    /// `patch`.
    Patch,
    /// `trace`.
    Trace,
    /// `query`, which OpenAPI has since 3.2.
    Query,
    /// A key of `additionalOperations`, which OpenAPI has since 3.2: the method as it is sent.
    Other(String),
}

impl Method {
    /// Those that a path item has keys for.
    const WITH_KEY: [Self; 9] = [
        Method::Get,
        Method::Put,
        Method::Post,
        Method::Delete,
        Method::Options,
        Method::Head,
        Method::Patch,
        Method::Trace,
        Method::Query,
    ];

    /// The method whose operation stands under a key of a path item.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::WITH_KEY.into_iter().find(|method| method.key() == key)
    }

    /// The key in a path item; of others that in `additionalOperations`.
    pub fn key(&self) -> &str {
        match self {
            Method::Get => "get",
            Method::Put => "put",
            Method::Post => "post",
            Method::Delete => "delete",
            Method::Options => "options",
            Method::Head => "head",
            Method::Patch => "patch",
            Method::Trace => "trace",
            Method::Query => "query",
            Method::Other(name) => name,
        }
    }

    /// Whether OpenAPI 3.0 does not have it.
    pub fn is_new(&self) -> bool {
        match self {
            Method::Get
            | Method::Put
            | Method::Post
            | Method::Delete
            | Method::Options
            | Method::Head
            | Method::Patch
            | Method::Trace => false,
            Method::Query | Method::Other(_) => true,
        }
    }

    /// The method as it stands in a request line.
    pub fn as_str(&self) -> &str {
        match self {
            Method::Get => "GET",
            Method::Put => "PUT",
            Method::Post => "POST",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Head => "HEAD",
            Method::Patch => "PATCH",
            Method::Trace => "TRACE",
            Method::Query => "QUERY",
            Method::Other(name) => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_have_keys_of_their_own() {
        for method in Method::WITH_KEY {
            assert_eq!(Method::of_key(method.key()), Some(method.clone()));
            assert_eq!(method.key().to_uppercase(), method.as_str());
        }
        assert_eq!(Method::of_key("copy"), None);
    }
}

//! The keys of paths: OpenAPI 3.0's type has no webhooks, and no methods but those of 3.0.

/// What stands before the name of a webhook where its path would be.
const WEBHOOK: &str = "webhook:";

/// The parts of a key of `paths`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PathKey<'k> {
    /// The method of the operation that stands under `post`, where 3.0 has no field for it.
    pub method: Option<&'k str>,
    /// The path as settings and messages name it: a webhook with what marks it.
    pub shown: &'k str,
}

impl<'k> PathKey<'k> {
    /// Splits a key into its parts.
    pub fn parse(key: &'k str) -> Self {
        let is_method = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase());
        match key.split_once(' ') {
            Some((word, shown)) if is_method(word) => Self { method: Some(word), shown },
            Some(_) | None => Self { method: None, shown: key },
        }
    }

    /// The name of the webhook that it is.
    pub fn webhook(self) -> Option<&'k str> {
        self.shown.strip_prefix(WEBHOOK)
    }

    /// The key of a webhook.
    pub fn of_webhook(name: &str) -> String {
        format!("{WEBHOOK}{name}")
    }

    /// The key of an operation under the same path whose method 3.0 does not have.
    pub fn with_method(method: &str, key: &str) -> String {
        format!("{method} {key}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_apart_as_they_are_made() {
        let path = "/pets/{id} all".to_owned();
        for (key, webhook) in [(path, None), (PathKey::of_webhook("new pet"), Some("new pet"))] {
            let plain = PathKey::parse(&key);
            assert_eq!((plain.method, plain.shown, plain.webhook()), (None, key.as_str(), webhook));
            let with_method = PathKey::with_method("QUERY", &key);
            let query = PathKey::parse(&with_method);
            assert_eq!((query.method, query.shown, query.webhook()), (Some("QUERY"), key.as_str(), webhook));
        }
    }
}

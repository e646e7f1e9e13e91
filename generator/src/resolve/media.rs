//! What media types say of the bodies that have them.

pub(super) use modelsmith_runtime::essence;
use modelsmith_runtime::{is_json, is_text};

/// How a body of a media type is read and written, before its schema is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// JSON.
    Json,
    /// `application/x-www-form-urlencoded` or a multipart type.
    Form,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// What a media type is known for. `None` for those that say nothing, and for those that nobody registered.
pub(super) fn kind(essence: &str) -> Option<Kind> {
    // As the runtime decides it when a response comes.
    if is_json(essence) {
        return Some(Kind::Json);
    }
    if essence == "application/x-www-form-urlencoded" || essence.starts_with("multipart/") {
        return Some(Kind::Form);
    }
    if is_text(essence) {
        return Some(Kind::Text);
    }
    let (family, subtype) = essence.split_once('/').unwrap_or_default();
    let is_binary = matches!(family, "image" | "audio" | "video" | "font")
        || matches!(
            subtype,
            "octet-stream" | "pdf" | "zip" | "gzip" | "x-tar" | "protobuf" | "cbor" | "msgpack"
        )
        || subtype.starts_with("vnd.ms-")
        || subtype.starts_with("vnd.openxmlformats");
    is_binary.then_some(Kind::Bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_known_by_their_names() {
        let of = |name: &str| kind(&essence(name));
        for name in ["application/json", "Application/Problem+JSON; charset=utf-8", "text/json"] {
            assert_eq!(of(name), Some(Kind::Json), "{name}");
        }
        for name in
            ["text/csv", "application/xml", "image/svg+xml", "application/yaml", "application/stream+json"]
        {
            assert_eq!(of(name), Some(Kind::Text), "{name}");
        }
        for name in ["image/png", "application/zip", "application/vnd.ms-excel", "application/octet-stream"] {
            assert_eq!(of(name), Some(Kind::Bytes), "{name}");
        }
        assert_eq!(of("multipart/mixed"), Some(Kind::Form));
        for name in ["*/*", "application/vnd.github.diff", "application/*", ""] {
            assert_eq!(of(name), None, "{name}");
        }
    }
    /// What the generator gives a type, the runtime has to read as that.
    #[test]
    fn the_runtime_knows_the_same_media_types() {
        for name in [
            "application/json",
            "text/json",
            "application/problem+json",
            "application/stream+json",
            "application/ndjson",
            "application/x-ndjson",
            "application/jsonl",
            "application/x-jsonl",
            "application/jsonlines",
            "application/json-seq",
            "application/geo+json-seq",
            "text/event-stream",
            "text/plain",
            "text/yaml",
            "application/xml",
            "image/svg+xml",
            "application/yaml",
            "application/x-yaml",
            "application/openapi+yaml",
            "application/toml",
            "application/sql",
            "application/graphql",
            "application/javascript",
            "application/x-javascript",
            "application/octet-stream",
            "multipart/form-data",
            "image/png",
            "application/unheard-of",
        ] {
            let is = |wanted: Kind| kind(name) == Some(wanted);
            assert_eq!((is_json(name), is_text(name)), (is(Kind::Json), is(Kind::Text)), "{name}");
        }
        for name in
            ["application/stream+json", "application/jsonl", "application/toml", "application/graphql"]
        {
            assert!(is_text(name) && !is_json(name), "{name}");
        }
    }
}

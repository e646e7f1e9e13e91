//! What media types say of the bodies that have them.

use crate::ir::is_sequence;

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

/// The media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// What a media type is known for. `None` for those that say nothing, and for those that nobody registered.
pub(super) fn kind(essence: &str) -> Option<Kind> {
    if is_sequence(essence) {
        return Some(Kind::Text);
    }
    if essence == "application/json" || essence == "text/json" || essence.ends_with("+json") {
        return Some(Kind::Json);
    }
    if essence == "application/x-www-form-urlencoded" || essence.starts_with("multipart/") {
        return Some(Kind::Form);
    }
    if essence.starts_with("text/") || is_textual(essence) {
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

/// Text that is not called so: XML, YAML and a few languages.
fn is_textual(essence: &str) -> bool {
    matches!(
        essence,
        "application/xml"
            | "application/yaml"
            | "application/x-yaml"
            | "application/toml"
            | "application/sql"
            | "application/graphql"
            | "application/javascript"
            | "application/x-javascript"
    ) || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
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
}

//! The little of RFC 3986 that `$id` and `$ref` need.

/// `reference` (without fragment) taken relative to `base`.
pub(super) fn join(base: Option<&str>, reference: &str) -> String {
    let Some(base) = base else { return reference.to_owned() };
    if reference.is_empty() {
        return base.to_owned();
    }
    if has_scheme(reference) {
        return reference.to_owned();
    }
    let authority_end = base.find("://").map_or(0, |at| {
        let start = at + 3;
        base[start..].find('/').map_or(base.len(), |slash| start + slash)
    });
    let (authority, path) = base.split_at(authority_end);
    if reference.starts_with('/') {
        return format!("{authority}{reference}");
    }
    let folder = path.rfind('/').map_or("/", |slash| &path[..=slash]);
    let folder = if authority.is_empty() && !path.contains('/') { "" } else { folder };
    format!("{authority}{}", without_dots(&format!("{folder}{reference}")))
}

/// Whether the text starts with a scheme such as `https:` or `urn:`.
pub(super) fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "." => {}
            ".." if kept.last().is_some_and(|last| !last.is_empty() && *last != "..") => {
                kept.pop();
            }
            _ => kept.push(segment),
        }
    }
    kept.join("/")
}

#[cfg(test)]
mod tests {
    use super::{has_scheme, join};

    #[test]
    fn identifiers_are_joined() {
        let base = Some("https://example.com/schemas/a.json");
        assert_eq!(join(base, "b.json"), "https://example.com/schemas/b.json");
        assert_eq!(join(base, "../b.json"), "https://example.com/b.json");
        assert_eq!(join(base, "./x/../b.json"), "https://example.com/schemas/b.json");
        assert_eq!(join(base, "/b.json"), "https://example.com/b.json");
        assert_eq!(join(base, "urn:example:b"), "urn:example:b");
        assert_eq!(join(base, ""), "https://example.com/schemas/a.json");
        assert_eq!(join(Some("https://example.com"), "b.json"), "https://example.com/b.json");
        assert_eq!(join(Some("a.json"), "b.json"), "b.json");
        assert_eq!(join(None, "b.json"), "b.json");
    }

    #[test]
    fn a_drive_letter_is_no_scheme() {
        assert!(has_scheme("https://example.com"));
        assert!(!has_scheme("c:/schemas/a.json"));
        assert!(!has_scheme("a.json"));
    }
}

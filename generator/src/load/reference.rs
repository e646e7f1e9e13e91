//! Splits the text of a `$ref` (RFC 3986).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The kind of a reference, by its part before `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Resource<'a> {
    /// Empty: the file that contains the reference.
    Here,
    /// A file, by a path relative to the file that contains the reference, or by an absolute path.
    File(Cow<'a, str>),
    /// `http:` or `https:`.
    Network,
    /// Another URI (`urn:`).
    Other,
}

/// Splits a reference into the part before `#` and the fragment.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// Classifies `uri`, a reference without its fragment.
pub(super) fn resource(uri: &str) -> Resource<'_> {
    if uri.is_empty() {
        return Resource::Here;
    }
    match scheme(uri) {
        Some("http" | "https") => Resource::Network,
        Some("file") => {
            let path = uri.get("file:".len()..).unwrap_or_default();
            Resource::File(percent_decode(path.strip_prefix("//").unwrap_or(path)))
        }
        Some(_) => Resource::Other,
        None if uri.starts_with("//") => Resource::Network,
        None => Resource::File(percent_decode(uri)),
    }
}

/// The scheme, which documents write in lower case. A single letter is a drive.
fn scheme(uri: &str) -> Option<&str> {
    let (scheme, _) = uri.split_once(':')?;
    let valid = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then_some(scheme)
}

/// Whether a value of `discriminator.mapping`, which can be the name of a schema or a reference, refers to a file.
pub(super) fn is_file_like(mapping_value: &str) -> bool {
    let (uri, _) = split(mapping_value);
    let extension = uri.rsplit_once('.').map(|(_, extension)| extension);
    matches!(resource(uri), Resource::File(_))
        && (uri.starts_with("./")
            || uri.starts_with("../")
            || matches!(extension, Some("json" | "yaml" | "yml")))
}

/// `%41` -> `A`. A text that does not decode to UTF-8 is not changed.
pub(crate) fn percent_decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

/// The command that downloads a URL; `None` for a path on the disk.
pub fn download(path: &str) -> Option<String> {
    let (scheme, rest) = path.split_once("://")?;
    if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return None;
    }
    let (_, resource) = rest.split_once('/').unwrap_or_default();
    let resource = resource.split(['?', '#']).next().unwrap_or_default();
    let name = resource.rsplit('/').next().unwrap_or_default();
    let is_plain =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%:/@+,".contains(&byte));
    let name = if is_plain(name) && name.contains('.') { name } else { "openapi.json" };
    let url = if is_plain(path) { path.to_owned() } else { format!("'{}'", path.replace('\'', "%27")) };
    Some(format!("curl -o {name} {url}"))
}

#[cfg(test)]
mod tests {
    use super::{download, percent_decode};

    #[test]
    fn urls_are_downloaded_by_their_last_segment() {
        for (url, command) in [
            ("https://a.example/v1/pets.yaml", "curl -o pets.yaml https://a.example/v1/pets.yaml"),
            ("HTTP://a.example", "curl -o openapi.json HTTP://a.example"),
            ("https://a.example/docs", "curl -o openapi.json https://a.example/docs"),
            ("https://a.example/a.json?v=1&w='", "curl -o a.json 'https://a.example/a.json?v=1&w=%27'"),
        ] {
            assert_eq!(download(url).as_deref(), Some(command));
        }
        for path in ["pets.yaml", "C://pets.yaml", "ftp://a.example/pets.yaml", "https:pets.yaml"] {
            assert_eq!(download(path), None);
        }
    }

    #[test]
    fn percent_encoding_is_undone_where_it_is_valid() {
        assert_eq!(percent_decode("%7Bid%7d"), "{id}");
        assert_eq!(percent_decode("100%"), "100%");
        assert_eq!(percent_decode("%zz%41"), "%zzA");
        assert_eq!(percent_decode("%ff"), "%ff");
    }
}

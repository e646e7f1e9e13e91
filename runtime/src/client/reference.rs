//! References: relative URLs, as `Location` and links between pages have them (RFC 3986 §4.1, §5.2).

use http::Uri;
use std::fmt::Write as _;

/// A reference resolved against a URL, without its fragment. Characters that are not allowed in URLs are encoded, as
/// browsers do. `None` if the result is not a URL with a host.
pub fn resolve(base: &Uri, reference: &[u8]) -> Option<Uri> {
    let reference = encoded(reference.split(|byte| *byte == b'#').next()?);
    let scheme = base.scheme_str()?;
    let authority = base.authority()?;
    let (path, query) = match reference.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (reference.as_str(), String::new()),
    };
    let is_absolute = path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    let url = if is_absolute {
        reference
    } else if path.starts_with("//") {
        format!("{scheme}:{reference}")
    } else if path.is_empty() && query.is_empty() {
        base.to_string()
    } else if path.is_empty() {
        format!("{scheme}://{authority}{}{query}", base.path())
    } else if path.starts_with('/') {
        format!("{scheme}://{authority}{}{query}", without_dots(path))
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{}{query}", without_dots(&format!("{folder}/{path}")))
    };
    url.parse().ok().filter(|uri: &Uri| uri.host().is_some())
}

fn encoded(reference: &[u8]) -> String {
    let mut text = String::with_capacity(reference.len());
    for byte in reference {
        match byte {
            b'!'..=b'~' => text.push(char::from(*byte)),
            _ => _ = write!(text, "%{byte:02X}"),
        }
    }
    text
}

/// An absolute path without the segments `.` and `..` (RFC 3986 §5.2.4).
fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." => {}
            ".." => _ = kept.pop(),
            _ => kept.push(segment),
        }
        if is_last && matches!(segment, "." | "..") {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}

/// The scheme, the host in lower case, and the port: the origin that secrets belong to.
pub fn origin(uri: &Uri) -> (Option<&str>, Option<String>, Option<u16>) {
    let of_scheme = match uri.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        Some(_) | None => None,
    };
    (uri.scheme_str(), uri.host().map(str::to_ascii_lowercase), uri.port_u16().or(of_scheme))
}

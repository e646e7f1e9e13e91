//! Redirects: where a request goes next, and what it does not take along (RFC 9110 §15.4).

use http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, HeaderMap, LOCATION,
    PROXY_AUTHORIZATION, TRANSFER_ENCODING,
};
use http::{Method, StatusCode, Uri};
use std::fmt::Write as _;

/// A request that a server wants to be sent elsewhere.
#[derive(Debug)]
pub struct Redirect {
    /// The method.
    pub method: Method,
    /// The URL.
    pub uri: Uri,
    /// Whether the body goes along.
    pub has_body: bool,
    /// Whether the URL has the same scheme, host and port as before.
    pub same_origin: bool,
}

impl Redirect {
    /// Where a response redirects a request to. `None` if it is not a redirect, or does not say where to in a URL of HTTP.
    pub fn of(method: &Method, uri: &Uri, status: StatusCode, headers: &HeaderMap) -> Option<Self> {
        let (method, has_body) = match status.as_u16() {
            // A POST has become a GET since the first browsers.
            301 | 302 if *method == Method::POST => (Method::GET, false),
            303 if *method != Method::HEAD => (Method::GET, false),
            301 | 302 | 303 | 307 | 308 => (method.clone(), true),
            _ => return None,
        };
        let next = resolve(uri, &location(headers)?)?;
        let same_origin = origin(uri) == origin(&next);
        Some(Redirect { method, uri: next, has_body, same_origin })
    }

    /// Takes out of the headers what belongs to the body or to the first server only. Secrets are the headers that are
    /// marked as sensitive, and those that are always secret.
    pub fn strip(&self, headers: &mut HeaderMap) {
        if !self.has_body {
            for name in [CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING] {
                headers.remove(name);
            }
        }
        if self.same_origin {
            return;
        }
        let is_secret = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            let is_always = [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name);
            (is_always || value.is_sensitive()).then(|| name.clone())
        };
        let secrets: Vec<_> = headers.iter().filter_map(is_secret).collect();
        for name in secrets.into_iter().chain([HOST]) {
            headers.remove(name);
        }
    }
}

/// The value of `Location` without its fragment. Characters that no URL has are encoded, as browsers do.
fn location(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(LOCATION)?.as_bytes();
    let mut text = String::with_capacity(value.len());
    for byte in value.split(|byte| *byte == b'#').next()? {
        match byte {
            b'!'..=b'~' => text.push(char::from(*byte)),
            _ => _ = write!(text, "%{byte:02X}"),
        }
    }
    (!text.is_empty()).then_some(text)
}

/// A reference counted from a URL (RFC 3986 §5.2).
fn resolve(base: &Uri, reference: &str) -> Option<Uri> {
    let scheme = base.scheme_str()?;
    let authority = base.authority()?;
    let (path, query) = match reference.split_once('?') {
        Some((path, query)) => (path, format!("?{query}")),
        None => (reference, String::new()),
    };
    let is_absolute = path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    let url = if is_absolute {
        reference.to_owned()
    } else if path.starts_with("//") {
        format!("{scheme}:{reference}")
    } else if path.is_empty() {
        format!("{scheme}://{authority}{}{query}", base.path())
    } else if path.starts_with('/') {
        format!("{scheme}://{authority}{}{query}", without_dots(path))
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{}{query}", without_dots(&format!("{folder}/{path}")))
    };
    let uri: Uri = url.parse().ok()?;
    let is_http = matches!(uri.scheme_str(), Some("http" | "https"));
    (is_http && uri.host().is_some()).then_some(uri)
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

/// The scheme, the host in lower case, and the port.
pub(super) fn origin(uri: &Uri) -> (Option<&str>, Option<String>, Option<u16>) {
    let of_scheme = match uri.scheme_str() {
        Some("http") => Some(80),
        Some("https") => Some(443),
        Some(_) | None => None,
    };
    (uri.scheme_str(), uri.host().map(str::to_ascii_lowercase), uri.port_u16().or(of_scheme))
}

//! Redirects: where a request is sent next, and which headers are left out (RFC 9110 §15.4).

use super::reference::{origin, resolve};
use http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HOST, HeaderMap, LOCATION,
    PROXY_AUTHORIZATION, TRANSFER_ENCODING,
};
use http::{Method, StatusCode, Uri};

/// A request that a server redirects.
#[derive(Debug)]
pub struct Redirect {
    /// The method.
    pub method: Method,
    /// The URL.
    pub uri: Uri,
    /// Whether the body is sent again.
    pub has_body: bool,
    /// Whether the URL has the same scheme, host and port as before.
    pub same_origin: bool,
}

impl Redirect {
    /// Where a response redirects a request to. `None` if it is not a redirect, or does not give an HTTP URL.
    pub fn of(method: &Method, uri: &Uri, status: StatusCode, headers: &HeaderMap) -> Option<Self> {
        let (method, has_body) = match status.as_u16() {
            // Browsers have always turned a POST into a GET.
            301 | 302 if *method == Method::POST => (Method::GET, false),
            303 if *method != Method::HEAD => (Method::GET, false),
            301 | 302 | 303 | 307 | 308 => (method.clone(), true),
            _ => return None,
        };
        let location = headers.get(LOCATION)?.as_bytes();
        // An empty reference, or a fragment alone, is the URL itself.
        let next = resolve(uri, location).filter(|_| !matches!(location, [] | [b'#', ..]))?;
        if !matches!(next.scheme_str(), Some("http" | "https")) {
            return None;
        }
        let same_origin = origin(uri) == origin(&next);
        Some(Redirect { method, uri: next, has_body, same_origin })
    }

    /// Removes the headers that belong to the body or to the first server only. Secrets are the headers that are marked
    /// as sensitive, and headers that are always secret.
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

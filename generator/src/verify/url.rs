//! Splits URLs, and decodes percent-encoding.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The parts of a URL, or of a path with a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Url<'a> {
    /// The host and port. `None` for a path.
    pub(super) host: Option<&'a str>,
    /// The path, still encoded; empty or starting with `/`.
    pub(super) path: &'a str,
    pub(super) query: &'a str,
}

impl<'a> Url<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let text = text.split('#').next().unwrap_or_default();
        let (text, query) = text.split_once('?').unwrap_or((text, ""));
        let rest = match text.split_once("://") {
            Some((scheme, rest)) if !scheme.contains('/') => Some(rest),
            _ => text.strip_prefix("//"),
        };
        let Some(rest) = rest else { return Self { host: None, path: text, query } };
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        // The user and the password are not part of the server.
        let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
        Self { host: Some(host), path, query }
    }

    /// The names and values of the query. Names are decoded, values are not.
    pub(super) fn pairs(&self) -> Vec<(Cow<'a, str>, &'a str)> {
        pairs(self.query)
    }
}

/// The names and values of a query or a form. Names are decoded, values are not.
pub(super) fn pairs(text: &str) -> Vec<(Cow<'_, str>, &str)> {
    let pair = |part| {
        let (name, value) = str::split_once(part, '=').unwrap_or((part, ""));
        (decoded_query(name), value)
    };
    text.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// Decodes percent-encoding. Bytes that are not UTF-8 are replaced.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if text.contains('%') { percent_decode_str(text).decode_utf8_lossy() } else { Cow::Borrowed(text) }
}

/// Decodes a query or a form, where `+` is a space.
pub(super) fn decoded_query(text: &str) -> Cow<'_, str> {
    if text.contains('+') { decoded(&text.replace('+', " ")).into_owned().into() } else { decoded(text) }
}

/// Whether a host is local or in a private network: a development server, a proxy, a test.
pub(super) fn is_local(host: &str) -> bool {
    let name = without_port(host);
    if let Ok(address) = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>() {
        return match address {
            std::net::IpAddr::V4(address) => {
                address.is_loopback()
                    || address.is_private()
                    || address.is_unspecified()
                    || address.is_link_local()
            }
            std::net::IpAddr::V6(address) => address.is_loopback() || address.is_unspecified(),
        };
    }
    let name = name.to_ascii_lowercase();
    name == "localhost"
        || !name.contains('.')
        || [".localhost", ".local", ".internal", ".test"].iter().any(|end| name.ends_with(end))
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// A host in normal form: in lower case, without the default port.
pub(super) fn canonical(host: &str) -> String {
    let host = host.to_ascii_lowercase();
    host.strip_suffix(":443").or(host.strip_suffix(":80")).map(str::to_owned).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_have_parts() {
        for (text, host, path, query) in [
            (
                "https://me:pw@API.example.com:8443/v1/a?b=c&d#e",
                Some("API.example.com:8443"),
                "/v1/a",
                "b=c&d",
            ),
            ("//host", Some("host"), "", ""),
            ("/a/b?next=https://x/y", None, "/a/b", "next=https://x/y"),
            ("a/b://c", None, "a/b://c", ""),
            ("", None, "", ""),
        ] {
            assert_eq!(Url::of(text), Url { host, path, query }, "{text}");
        }
        let pairs = Url::of("/?a+b=c%20d&&e").pairs();
        assert_eq!(pairs, [("a b".into(), "c%20d"), ("e".into(), "")]);
    }

    #[test]
    fn hosts_of_developers_are_known() {
        for host in
            ["localhost:8000", "127.0.0.1", "[::1]:80", "10.1.2.3:5", "api:8080", "a.localhost", "x.internal"]
        {
            assert!(is_local(host), "{host}");
        }
        for host in ["api.example.com", "8.8.8.8:53", "localhost.example.com"] {
            assert!(!is_local(host), "{host}");
        }
        assert_eq!(canonical("API.example.com:443"), "api.example.com");
    }
}

//! Errors of HTTP libraries, which may show a URL with a secret.

use super::transport::BoxError;
use http::Uri;
use std::error::Error;
use std::iter::{once, successors};

/// The error itself, if it does not show the query of the URL or the user name and password. Otherwise its message
/// without them.
pub fn without_secrets(error: BoxError, uri: &Uri) -> BoxError {
    let query = uri.query().unwrap_or_default();
    let login = uri.authority().and_then(|authority| authority.as_str().rsplit_once('@'));
    let pairs = query.split('&').filter(|pair| pair.contains('='));
    let mut hidden: Vec<&str> = once(query).chain(pairs).chain(login.map(|(login, _)| login)).collect();
    hidden.retain(|text| !text.is_empty());
    let shows = |text: &str| hidden.iter().any(|hidden| text.contains(hidden));
    let chain: Vec<&(dyn Error + 'static)> =
        successors(Some(&*error as &(dyn Error + 'static)), |error| (*error).source()).collect();
    if !chain.iter().any(|error| shows(&format!("{error} {error:?}"))) {
        return error;
    }
    let texts: Vec<String> = chain.iter().map(ToString::to_string).collect();
    let mut text = texts.join(": ");
    for hidden in hidden {
        text = text.replace(hidden, "[redacted]");
    }
    text.into()
}

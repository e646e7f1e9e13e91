//! The server that requests are sent to.

use super::super::Error;

/// The URL that paths are appended to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    url: String,
    /// Whether it is a server of the document, which operations may override.
    is_documented: bool,
}

impl Base {
    /// A server of the document.
    pub fn documented(url: String) -> Self {
        Base { url, is_documented: true }
    }

    /// The URL of a path. `own` is the server that the document gives for the operation.
    pub fn join(&self, own: Option<&str>, path: &str) -> Result<String, Error> {
        let url = own.filter(|_| self.is_documented).unwrap_or(&self.url);
        let url = url.trim_end_matches('/');
        if !url.contains("://") {
            return Err(Error::new(format_args!(
                "the server `{url}` has no host: the client needs a URL such as `https://example.com{url}`"
            )));
        }
        let slash = if path.starts_with('/') { "" } else { "/" };
        Ok(format!("{url}{slash}{path}"))
    }
}

impl From<String> for Base {
    fn from(url: String) -> Self {
        Base { url, is_documented: false }
    }
}

impl From<&str> for Base {
    fn from(url: &str) -> Self {
        Base::from(url.to_owned())
    }
}

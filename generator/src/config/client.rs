//! What is set of the client: the key `client`, which is `true`, `false` or a table.

use serde::Deserialize;
use toml::Spanned;

use super::file::ConfigError;
use super::switch::Switch;

/// What is set of the client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientOptions {
    /// The features that are on. Of a package they are its default features; in another layout what belongs to them is
    /// emitted, and nothing else.
    pub features: Vec<ClientFeature>,
    /// The URL of the API, from which relative URLs of servers count. It is the server of a document that names none.
    pub server: Option<String>,
    /// Where the server stands in the text of the settings.
    pub server_offset: Option<usize>,
}

/// What sends requests, or adds to that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClientFeature {
    /// A client without an HTTP library of its own.
    Client,
    /// `reqwest` sends requests.
    Reqwest,
    /// Streams as `futures_core::Stream`.
    Stream,
    /// A span of `tracing` for each call.
    Tracing,
    /// `ureq` sends requests.
    Ureq,
}

impl ClientFeature {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Client, Self::Reqwest, Self::Stream, Self::Tracing, Self::Ureq];

    /// Its name in `Cargo.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Reqwest => "reqwest",
            Self::Stream => "stream",
            Self::Tracing => "tracing",
            Self::Ureq => "ureq",
        }
    }
}

/// The table as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Table {
    features: Vec<Spanned<ClientFeature>>,
    server: Option<Spanned<String>>,
}

/// Whether there is a client, and what is set of it. `has_default` says that `[features]` has an entry `default`.
pub(super) fn read(
    client: Option<Switch<Table>>,
    has_default: bool,
) -> Result<(bool, ClientOptions), ConfigError> {
    let table = match client {
        None => return Ok((false, ClientOptions::default())),
        Some(Switch::Is(is_on)) => return Ok((is_on, ClientOptions::default())),
        Some(Switch::Table(table)) => table,
    };
    let mut options = ClientOptions::default();
    for feature in table.features {
        let at = feature.span().start;
        let feature = feature.into_inner();
        let error = |message: String| ConfigError::at(message, at);
        if has_default {
            return Err(error(format!(
                "`default` in `[features]` already says which features are on: add `{}` there",
                feature.name()
            )));
        }
        if options.features.contains(&feature) {
            return Err(error(format!("`{}` is there twice", feature.name())));
        }
        options.features.push(feature);
    }
    if let Some(server) = table.server {
        let offset = server.span().start;
        let server = server.into_inner();
        check_server(&server).map_err(|message| ConfigError::at(message, offset))?;
        (options.server, options.server_offset) = (Some(server), Some(offset));
    }
    Ok((true, options))
}

/// Whether relative URLs can count from a text.
pub(crate) fn check_server(url: &str) -> Result<(), String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let has_host = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#', ':']));
    let is_plain = url.chars().all(|char| char.is_ascii_graphic() && !"{}<>\"\\^`|".contains(char));
    if has_host && is_plain && !url.contains(['?', '#']) {
        return Ok(());
    }
    Err(format!("`{}` is not a URL such as `https://api.example.com/v1`", url.escape_debug()))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::testing::refused;

    fn read(text: &str) -> (bool, ClientOptions) {
        let config = parse(text).unwrap_or_else(|error| panic!("{}", error.message));
        (config.rust.client, config.rust.client_options)
    }

    #[test]
    fn what_is_read() {
        assert_eq!(read(""), (false, ClientOptions::default()));
        assert_eq!(read("client = false"), (false, ClientOptions::default()));
        assert_eq!(read("client = true"), (true, ClientOptions::default()));
        assert_eq!(read("[client]\n"), (true, ClientOptions::default()));
        let (is_on, options) =
            read("client = { features = [\"ureq\", \"tracing\"], server = \"http://a:1/b\" }");
        assert!(is_on);
        assert_eq!(options.features, [ClientFeature::Ureq, ClientFeature::Tracing]);
        assert_eq!((options.server.as_deref(), options.server_offset), (Some("http://a:1/b"), Some(52)));
    }

    #[test]
    fn what_is_refused() {
        refused("client = 1", "invalid type: integer `1`, expected `true`, `false` or a table", "1");
        refused(
            "[client]\nfeature = []",
            "unknown field `feature`, expected `features` or `server`",
            "feature",
        );
        refused(
            "[client]\nfeatures = [\"hyper\"]",
            "unknown variant `hyper`, expected one of `client`, `reqwest`, `stream`, `tracing`, `ureq`",
            "\"hyper\"",
        );
        refused(
            "[client]\nfeatures = [\"ureq\", \"client\", \"ureq\"]",
            "`ureq` is there twice",
            "\"ureq\"]",
        );
        refused(
            "[client]\nfeatures = [\"ureq\"]\n[features]\ndefault = [\"client\"]\n",
            "`default` in `[features]` already says which features are on: add `ureq` there",
            "\"ureq\"",
        );
        for wrong in [
            "",
            "/v1",
            "api.example.com",
            "ftp://a",
            "https://",
            "https:///v1",
            "https://a b",
            "https://{x}",
            "https://a?b",
        ] {
            let message = format!("`{wrong}` is not a URL such as `https://api.example.com/v1`");
            refused(&format!("[client]\nserver = \"{wrong}\""), &message, &format!("\"{wrong}\""));
        }
    }
}

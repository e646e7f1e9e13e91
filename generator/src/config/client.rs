//! The key `client`, which is `true`, `false` or a table.

use serde::Deserialize;
use toml::Spanned;

use super::file::ConfigError;
use super::switch::Switch;

/// The settings of the client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClientOptions {
    /// The features that are enabled. In a package they are the default features; in other layouts only their code is
    /// emitted.
    pub features: Vec<ClientFeature>,
    /// The URL of the API. Relative server URLs are resolved against it, and it is the server of a document that
    /// declares none.
    pub server: Option<String>,
    /// The byte offset of the server in the text of the settings.
    pub server_offset: Option<usize>,
}

/// A feature of the emitted client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ClientFeature {
    /// A client without an HTTP library.
    Client,
    /// Requests are sent by `reqwest`.
    Reqwest,
    /// Streams implement `futures_core::Stream`.
    Stream,
    /// A span of `tracing` for each call.
    Tracing,
    /// Requests are sent by `ureq`.
    Ureq,
}

impl ClientFeature {
    /// All features.
    pub const ALL: [Self; 5] = [Self::Client, Self::Reqwest, Self::Stream, Self::Tracing, Self::Ureq];

    /// The name of the feature in `Cargo.toml`.
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

/// The table `[client]`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(super) struct Table {
    features: Vec<Spanned<ClientFeature>>,
    server: Option<Spanned<String>>,
}

/// Whether to emit a client, and its settings. `has_default` says whether `[features]` has an entry `default`.
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
                "`default` in `[features]` already lists the enabled features: add `{}` there",
                feature.name()
            )));
        }
        if options.features.contains(&feature) {
            return Err(error(format!("`{}` is listed twice", feature.name())));
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

/// Checks that relative URLs can be resolved against a text.
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
            "`ureq` is listed twice",
            "\"ureq\"]",
        );
        refused(
            "[client]\nfeatures = [\"ureq\"]\n[features]\ndefault = [\"client\"]\n",
            "`default` in `[features]` already lists the enabled features: add `ureq` there",
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

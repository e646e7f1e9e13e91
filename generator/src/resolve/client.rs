//! Servers and security schemes.

use fluent_uri::{Uri, UriRef};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::Origin;
use super::draft::DraftGraph;
use super::passes::Context;
use crate::braces::first_name;
use crate::diagnostics::{Diagnostic, Location};
use crate::document::{self, Document, SecretLocation, SecurityKind, SecurityRequirement};
use crate::ir::{Docs, Operation, OperationKind, SecretPlace, SecurityScheme, Server, ServerVariable};

/// The servers of a list.
pub(super) fn servers(list: &[document::Server]) -> Vec<Server> {
    let server = |server: &document::Server| Server {
        url: server.url.clone(),
        docs: docs(server.description.as_deref()),
        variables: server.variables.iter().flatten().map(variable).collect(),
    };
    list.iter().map(server).collect()
}

fn variable((name, variable): (&String, &document::ServerVariable)) -> ServerVariable {
    let mut values: Vec<String> = Vec::new();
    for value in &variable.values {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
    let mut default = variable.default.clone();
    match values.first() {
        // A default is required; without one it is the first.
        Some(first) if default.is_empty() && !values.contains(&default) => default = first.clone(),
        // It must be one of the values; if it is not, it is what happens all the same.
        Some(_) if !values.contains(&default) => values.push(default.clone()),
        Some(_) | None => {}
    }
    ServerVariable { name: name.clone(), default, values, docs: docs(variable.description.as_deref()) }
}

/// The servers of the document. Relative URLs, also those of operations, count from the one that is set.
pub(super) fn servers_from(
    list: &[document::Server],
    origin: Origin<'_>,
    draft: &mut DraftGraph,
    cx: &mut Context<'_>,
) -> Vec<Server> {
    let mut servers = servers(list);
    let Some(base) = &origin.client.server else { return servers };
    let mut is_used = servers.is_empty();
    if is_used {
        servers.push(Server { url: base.clone(), docs: Docs::default(), variables: Vec::new() });
    }
    for server in &mut servers {
        if let Some(absolute) = absolute(base, &server.url, &server.default_url()) {
            server.url = absolute;
            is_used = true;
        }
    }
    for url in draft.operations.iter_mut().filter_map(|operation| operation.server.as_mut()) {
        if let Some(absolute) = absolute(base, url, url) {
            *url = absolute;
            is_used = true;
        }
    }
    if !is_used {
        let message = format!("no server of the document counts from `{base}`: their URLs are absolute");
        let finding = Diagnostic::warning("unused-setting", Location::nowhere(), message);
        let finding = finding.help("the program chooses another server with `Server::Other`");
        cx.sink.push(finding.in_settings(origin.settings, origin.client.server_offset));
    }
    servers
}

/// The URL of a relative one (RFC 3986 §5.2.2), which is `default` when its variables have their defaults. `None` if it is
/// not relative.
fn absolute(base: &str, url: &str, default: &str) -> Option<String> {
    let base = Uri::parse(base).ok()?;
    if UriRef::parse(encoded(default)).ok()?.has_scheme() {
        return None;
    }
    let (text, variables) = set_aside(url, base.as_str());
    // A URL that begins with a variable counts from what its default says.
    let slashes = |text: &str| text.len() - text.trim_start_matches('/').len();
    let lead = &default[..slashes(default).min(2)];
    let lead = if slashes(&text) < lead.len() { lead } else { "" };
    let reference = UriRef::parse(encoded(&format!("{lead}{text}"))).ok()?;
    let mut found = reference.resolve_against(&base).ok()?.into_string();
    if let Some((name, variable)) = variables.first().filter(|_| !lead.is_empty()) {
        found = found.replacen(&format!("{lead}{name}"), variable, 1);
    }
    Some(variables.iter().fold(found, |found, (name, variable)| found.replace(name.as_str(), variable)))
}

/// The URL with names in the place of variables, whose braces no URL has; each name and its variable. The names are in neither
/// of the URLs.
fn set_aside(url: &str, base: &str) -> (String, Vec<(String, String)>) {
    let mut stem = "variable".to_owned();
    while url.contains(&stem) || base.contains(&stem) {
        stem.push('x');
    }
    let (mut text, mut variables) = (String::new(), Vec::new());
    let mut rest = url;
    while let Some((before, inside, behind)) = first_name(rest) {
        // The number ends with a letter, so that no name begins another one.
        let name = format!("{stem}{}v", variables.len());
        text.push_str(before);
        text.push_str(&name);
        variables.push((name, format!("{{{inside}}}")));
        rest = behind;
    }
    (text + rest, variables)
}

/// The text with what no URL has percent-encoded, as browsers do.
fn encoded(url: &str) -> String {
    const ODD: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'<')
        .add(b'>')
        .add(b'\\')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}');
    utf8_percent_encode(url, ODD).to_string()
}

/// The security alternatives of an operation whose schemes are all known. An empty alternative is not one of them,
/// since a secret that there is may be sent.
pub(super) fn alternatives(document: &Document, own: Option<&[SecurityRequirement]>) -> Vec<Vec<String>> {
    let is_known = |name: &String| document.components.security_schemes.contains_key(name);
    let asked = own.or(document.security.as_deref()).unwrap_or_default();
    let complete = asked.iter().filter(|schemes| !schemes.is_empty() && schemes.iter().all(is_known));
    complete.map(|schemes| schemes.iter().cloned().collect()).collect()
}

/// Whether an operation may be called without any secret.
pub(super) fn is_open(document: &Document, own: Option<&[SecurityRequirement]>) -> bool {
    let asked = own.or(document.security.as_deref()).unwrap_or_default();
    asked.is_empty() || asked.iter().any(SecurityRequirement::is_empty)
}

/// The schemes that the called operations require.
pub(super) fn schemes(document: &Document, operations: &[Operation]) -> Vec<SecurityScheme> {
    let called = operations.iter().filter(|operation| operation.kind == OperationKind::Path);
    let asked: Vec<&String> = called.flat_map(|operation| operation.security.iter().flatten()).collect();
    let used = document.components.security_schemes.iter().filter(|(name, _)| asked.contains(name));
    let scheme = |(name, scheme): (&String, &document::SecurityScheme)| SecurityScheme {
        name: name.clone(),
        place: place(&scheme.kind),
        docs: docs(scheme.description.as_deref()),
    };
    used.map(scheme).collect()
}

fn place(kind: &SecurityKind) -> SecretPlace {
    match kind {
        SecurityKind::ApiKey { location, name } => match location {
            SecretLocation::Header => SecretPlace::Header(name.clone()),
            SecretLocation::Query => SecretPlace::Query(name.clone()),
            SecretLocation::Cookie => SecretPlace::Cookie(name.clone()),
        },
        SecurityKind::Http { scheme } => match scheme.to_ascii_lowercase().as_str() {
            "bearer" => SecretPlace::Bearer,
            "basic" => SecretPlace::Basic,
            _ => SecretPlace::Authorization(scheme.clone()),
        },
        SecurityKind::OAuth2 | SecurityKind::OpenIdConnect { .. } => SecretPlace::Bearer,
    }
}

fn docs(description: Option<&str>) -> Docs {
    let description = description.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    Docs { description, ..Docs::default() }
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn relative_urls_count_from_the_server() {
        let base = "https://api.example/docs/v1/openapi.yaml";
        let resolved = |url: &str, default: &str| absolute(base, url, default);
        for (url, expected) in [
            ("", base),
            ("v2", "https://api.example/docs/v1/v2"),
            ("./v2/", "https://api.example/docs/v1/v2/"),
            ("../v2", "https://api.example/docs/v2"),
            ("..", "https://api.example/docs/"),
            ("../../../v2", "https://api.example/v2"),
            ("/a/../v2", "https://api.example/v2"),
            ("//other.example/x/../y", "https://other.example/y"),
            ("?x=1", "https://api.example/docs/v1/openapi.yaml?x=1"),
            ("../ü x", "https://api.example/docs/%C3%BC%20x"),
        ] {
            assert_eq!(resolved(url, url).as_deref(), Some(expected), "{url}");
        }
        for (url, default, expected) in [
            ("../{a}/{b}", "../x/y", "https://api.example/docs/{a}/{b}"),
            ("{a}/x/{a}", "/v2/x/v2", "https://api.example{a}/x/{a}"),
            ("{a}/x", "/x", "https://api.example{a}/x"),
            ("{a}/x", "//h/x", "https:{a}/x"),
            ("{a}/variable0v", "v/variable0v", "https://api.example/docs/v1/{a}/variable0v"),
            ("/{unknown}/../x", "/{unknown}/../x", "https://api.example/x"),
        ] {
            assert_eq!(resolved(url, default).as_deref(), Some(expected), "{url}");
        }
        assert_eq!(resolved("{a}://h/{b}", "https://h/v"), None);
        assert_eq!(resolved("{a}/v", "https://h/v"), None);
        assert_eq!(resolved("urn:x", "urn:x"), None);
        let many: String = (0..12).map(|index| format!("/{{v{index}}}")).collect();
        assert_eq!(absolute("https://a", &many, &many).as_deref(), Some(&*format!("https://a{many}")));
    }
}

//! The module `client`: where the API is, what secrets it asks for, and who sends calls.

use std::collections::BTreeSet;

use super::file::{Context, File, use_list};
use super::text::{code, quoted};
use crate::config::Layout;
use crate::ir::{Graph, OperationKind, Owner, SecretPlace, SecurityScheme, Server};

/// What users need of the runtime, without features of the package and with them.
const OF_THE_RUNTIME: [&str; 9] =
    ["Answers", "Base", "Basic", "Call", "Credential", "Endpoint", "HeaderValues", "Operation", "Retry"];
const OF_THE_CLIENT: [&str; 9] =
    ["BoxError", "BoxFuture", "Chunks", "Client", "Failure", "Incoming", "Reply", "Transport", "Unreadable"];

/// The same for streams.
const OF_STREAMS: [&str; 8] =
    ["BadItem", "Decoder", "Event", "Format", "Position", "ReadItems", "StreamError", "Streams"];
const OF_CLIENT_STREAMS: [&str; 4] = ["BlockingItems", "FollowError", "Following", "Items"];

/// The same for pages.
const OF_PAGES: [&str; 2] = ["Paged", "Pages"];
const OF_CLIENT_PAGES: [&str; 2] = ["BlockingPages", "PageResult"];

/// Whether there is the module: operations can be called, and there are some.
pub(super) fn is_needed(graph: &Graph, asked: bool) -> bool {
    asked && graph.operations().iter().any(|operation| operation.kind == OperationKind::Path)
}

/// Whether an operation answers with a stream.
pub(super) fn has_streams(graph: &Graph) -> bool {
    graph.operations().iter().any(|operation| operation.stream.is_some())
}

/// The text of the module, without a header.
pub(super) fn module(cx: Context<'_>) -> String {
    let mut file = File::new(cx, Owner::Operation(0));
    if !cx.graph.api().schemes.is_empty() {
        file.line(0, "use super::runtime;");
    }
    let mut of_the_runtime = BTreeSet::from(OF_THE_RUNTIME);
    let mut of_the_client = BTreeSet::from(OF_THE_CLIENT);
    if has_streams(cx.graph) {
        of_the_runtime.extend(OF_STREAMS);
        of_the_client.extend(OF_CLIENT_STREAMS);
    }
    if cx.graph.operations().iter().any(|operation| operation.pages.is_some()) {
        of_the_runtime.extend(OF_PAGES);
        of_the_client.extend(OF_CLIENT_PAGES);
    }
    file.body.push_str(&use_list("pub use", "super::runtime::client", &of_the_runtime));
    if cx.layout == Layout::Crate {
        file.line(0, "#[cfg(feature = \"client\")]");
        file.body.push_str(&use_list("pub use", "super::runtime::client", &of_the_client));
    }
    file.gap();
    file.servers();
    if !cx.graph.api().schemes.is_empty() {
        file.gap();
        file.credentials();
    }
    file.body
}

impl File<'_> {
    fn servers(&mut self) {
        let servers = &self.cx.graph.api().servers;
        let names = self.cx.names.client();
        self.line(0, "/// A server of the API.");
        self.line(0, "#[derive(Clone, Debug, PartialEq, Eq)]");
        self.line(0, "#[non_exhaustive]");
        self.line(0, "pub enum Server {");
        for (index, server) in servers.iter().enumerate() {
            self.docs(1, &server.docs, &[code(&server.url)]);
            let name = &names.servers[index];
            if server.variables.is_empty() {
                self.line(1, format!("{name},"));
                continue;
            }
            self.line(1, format!("{name} {{"));
            for (variable, field) in server.variables.iter().zip(&names.variables[index]) {
                let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
                let values =
                    if values.is_empty() { String::new() } else { format!("One of {}. ", values.join(", ")) };
                let default = format!("{values}Default: {}.", code(&variable.default));
                self.docs(2, &variable.docs, &[default]);
                self.line(2, format!("{field}: String,"));
            }
            self.line(1, "},");
        }
        self.line(1, "/// Another one, by its URL.");
        self.line(1, "Other(String),");
        self.line(0, "}");
        self.gap();
        self.urls();
        if let Some(first) = servers.first() {
            self.gap();
            self.line(0, "/// The first server of the document, with its variables as they are by default.");
            self.line(0, "impl Default for Server {");
            self.line(1, "fn default() -> Self {");
            let fields = first.variables.iter().zip(&names.variables[0]);
            let fields =
                fields.map(|(variable, field)| format!("{field}: {}.to_owned()", quoted(&variable.default)));
            let fields: Vec<String> = fields.collect();
            let name = &names.servers[0];
            let value =
                if fields.is_empty() { name.clone() } else { format!("{name} {{ {} }}", fields.join(", ")) };
            self.line(2, format!("Self::{value}"));
            self.line(1, "}");
            self.line(0, "}");
        }
        self.gap();
        self.line(0, "impl From<Server> for Base {");
        self.line(1, "fn from(server: Server) -> Self {");
        self.line(2, "match server {");
        self.line(3, "Server::Other(url) => Base::from(url),");
        if !servers.is_empty() {
            self.line(3, "server => Base::documented(server.url()),");
        }
        self.line(2, "}");
        self.line(1, "}");
        self.line(0, "}");
    }

    fn urls(&mut self) {
        let names = self.cx.names.client();
        self.line(0, "impl Server {");
        self.line(1, "/// The URL, to which the paths of operations are appended.");
        self.line(1, "pub fn url(&self) -> String {");
        self.line(2, "match self {");
        for (index, server) in self.cx.graph.api().servers.iter().enumerate() {
            let (name, fields) = (&names.servers[index], &names.variables[index]);
            let (pattern, url) = url(server, fields);
            self.line(3, format!("Self::{name}{pattern} => {url},"));
        }
        self.line(3, "Self::Other(url) => url.clone(),");
        self.line(2, "}");
        self.line(1, "}");
        self.line(0, "}");
    }

    fn credentials(&mut self) {
        let schemes = &self.cx.graph.api().schemes;
        let names = self.cx.names.client().schemes.clone();
        self.line(
            0,
            "/// The secrets that operations ask for. Each gets those that the document says, and no others.",
        );
        self.line(0, "#[derive(Clone, Debug, Default, PartialEq, Eq)]");
        self.line(0, "pub struct Credentials {");
        for (scheme, name) in schemes.iter().zip(&names) {
            self.docs(1, &scheme.docs, &[place_note(scheme)]);
            let ty = match scheme.place {
                SecretPlace::Basic => "Basic".to_owned(),
                SecretPlace::Bearer
                | SecretPlace::Authorization(_)
                | SecretPlace::Header(_)
                | SecretPlace::Query(_)
                | SecretPlace::Cookie(_) => format!("{}::Secret<String>", self.runtime()),
            };
            self.line(1, format!("pub {name}: Option<{ty}>,"));
        }
        self.line(0, "}");
        let runtime = self.runtime();
        self.line(0, format!("{runtime}::credentials!(Credentials {{"));
        for (scheme, name) in schemes.iter().zip(&names) {
            let place = match &scheme.place {
                SecretPlace::Bearer => "Bearer".to_owned(),
                SecretPlace::Basic => "Basic".to_owned(),
                SecretPlace::Authorization(name) => format!("Authorization({})", quoted(name)),
                SecretPlace::Header(name) => format!("Header({})", quoted(name)),
                SecretPlace::Query(name) => format!("Query({})", quoted(name)),
                SecretPlace::Cookie(name) => format!("Cookie({})", quoted(name)),
            };
            self.line(1, format!("{name}: {} {place};", quoted(&scheme.name)));
        }
        self.line(0, "});");
    }
}

/// The pattern for the variables of a server, and the expression of its URL.
fn url(server: &Server, fields: &[String]) -> (String, String) {
    if server.variables.is_empty() {
        return (String::new(), format!("{}.to_owned()", quoted(&server.url)));
    }
    let mut expression = format!("{}.to_owned()", quoted(&server.url));
    for (variable, field) in server.variables.iter().zip(fields) {
        expression += &format!(".replace({}, {field})", quoted(&format!("{{{}}}", variable.name)));
    }
    (format!(" {{ {} }}", fields.join(", ")), expression)
}

fn place_note(scheme: &SecurityScheme) -> String {
    match &scheme.place {
        SecretPlace::Bearer => "Sent in the header `Authorization` as a bearer token.".to_owned(),
        SecretPlace::Basic => "Sent in the header `Authorization` as a name and a password.".to_owned(),
        SecretPlace::Authorization(name) => {
            format!("Sent in the header `Authorization` behind {}.", code(name))
        }
        SecretPlace::Header(name) => format!("Sent in the header {}.", code(name)),
        SecretPlace::Query(name) => format!("Sent in the query as {}.", code(name)),
        SecretPlace::Cookie(name) => format!("Sent in the cookie {}.", code(name)),
    }
}

//! Writes the example of a new crate, which calls the API.

use modelsmith::ir::{Graph, Operation, OperationKind, Presence, SecretPlace};
use modelsmith::naming::Names;

/// The first call, and what it needs.
pub(super) struct FirstCall {
    /// The operation's module.
    module: String,
    has_parameters: bool,
    /// The field of `Credentials` for the secret that the operation requires.
    secret: Option<String>,
    /// Whether it is the only field.
    is_only_secret: bool,
    /// Whether the document has an absolute server URL.
    pub has_server: bool,
    /// Whether the API uses TLS.
    pub has_tls: bool,
}

impl FirstCall {
    /// Selects the first operation without required parameters and body, if possible one that needs no secret.
    pub(super) fn find(graph: &Graph, names: &Names) -> Option<Self> {
        let fitting =
            || graph.operations().iter().enumerate().filter(|(_, operation)| needs_nothing(operation));
        let open = fitting().find(|(_, operation)| operation.security.is_empty());
        let (index, operation) = open.or_else(|| fitting().next())?;
        let server = graph.api().servers.first().map(|server| server.default_url()).unwrap_or_default();
        Some(Self {
            module: names.operation(index).module.clone(),
            has_parameters: !operation.parameters.is_empty(),
            secret: secret(graph, names, operation),
            is_only_secret: graph.api().schemes.len() == 1,
            has_server: server.contains("://"),
            has_tls: !server.starts_with("http://"),
        })
    }

    /// The command that runs it.
    pub(super) fn command(&self) -> &'static str {
        if self.has_server {
            "cargo run --example first_call"
        } else {
            "cargo run --example first_call -- URL"
        }
    }

    /// `examples/first_call.rs`. `models` is the path of the module with the models.
    pub(super) fn text(&self, models: &str) -> String {
        let module = &self.module;
        let mut lines = vec![format!("//! A first call, to {}: `{}`.", self.target(), self.command())];
        if self.secret.is_some() {
            lines.push("//! The secret that it needs is read from the variable `API_SECRET`.".to_owned());
        }
        let credentials = self.secret.as_ref().map(|_| "Credentials");
        let names: Vec<&str> =
            ["Client"].into_iter().chain(credentials).chain(self.has_server.then_some("Server")).collect();
        let names =
            if let [only] = names[..] { only.to_owned() } else { format!("{{{}}}", names.join(", ")) };
        lines.push(String::new());
        lines.push(format!("use {models}::client::{names};"));
        lines.push(format!("use {models}::operations::{module};"));
        lines.push(String::new());
        lines.push("fn main() -> Result<(), Box<dyn std::error::Error>> {".to_owned());
        lines.extend(self.server().map(str::to_owned));
        let mut client = "    let client = Client::new(server, ureq::Agent::new_with_defaults())".to_owned();
        if let Some(field) = &self.secret {
            lines.push("    let secret = std::env::var(\"API_SECRET\").ok().map(Into::into);".to_owned());
            let rest = if self.is_only_secret { "" } else { ", ..Credentials::default()" };
            lines.push(format!("    let credentials = Credentials {{ {field}: secret{rest} }};"));
            client += ".credentials(credentials)";
        }
        lines.push(client + ";");
        let params =
            if self.has_parameters { format!("&{module}::Params::default()") } else { String::new() };
        lines.push(format!("    let reply = {module}::call({params})?.send_blocking(&client)?;"));
        lines.push("    println!(\"{} {:#?}\", reply.status, reply.value);".to_owned());
        lines.push("    Ok(())".to_owned());
        lines.push("}\n".to_owned());
        lines.join("\n")
    }

    fn target(&self) -> &'static str {
        if self.has_server { "the document's first server, or to the given URL" } else { "the given URL" }
    }

    /// The lines that define the server.
    fn server(&self) -> impl Iterator<Item = &'static str> {
        let lines: &[&str] = if self.has_server {
            &[
                "    let server = match std::env::args().nth(1) {",
                "        Some(url) => Server::Other(url),",
                "        None => Server::default(),",
                "    };",
            ]
        } else {
            &["    let server = std::env::args().nth(1).ok_or(\"the URL of the API is missing\")?;"]
        };
        lines.iter().copied()
    }
}

fn needs_nothing(operation: &Operation) -> bool {
    let is_optional = |presence: &Presence| !matches!(presence, Presence::Required);
    operation.kind == OperationKind::Path
        && operation.method.as_str() == "GET"
        && operation.body.is_none()
        && operation.parameters.iter().all(|parameter| is_optional(&parameter.presence))
}

/// The field of the only secret that an operation requires, if it is a single text.
fn secret(graph: &Graph, names: &Names, operation: &Operation) -> Option<String> {
    let only = operation.security.iter().find(|schemes| schemes.len() == 1)?.first()?;
    let index = graph.api().schemes.iter().position(|scheme| {
        let is_text = match scheme.place {
            SecretPlace::Basic => false,
            SecretPlace::Bearer
            | SecretPlace::Authorization(_)
            | SecretPlace::Header(_)
            | SecretPlace::Query(_)
            | SecretPlace::Cookie(_) => true,
        };
        scheme.name == *only && is_text
    })?;
    names.client().schemes.get(index).cloned()
}

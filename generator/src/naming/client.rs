//! Names of servers, their variables and security schemes.

use super::reserved;
use super::scope::Scope;
use super::words::{self, Case};
use crate::ir::{Graph, Server};

/// The names of the client of an API.
#[derive(Debug, Clone, Default)]
pub struct ClientNames {
    /// The variants of `Server`, by server.
    pub servers: Vec<String>,
    /// The fields of the variants, by server and variable.
    pub variables: Vec<Vec<VariableNames>>,
    /// The fields of `Credentials`, by security scheme.
    pub schemes: Vec<String>,
}

/// The names of a server variable.
#[derive(Debug, Clone)]
pub struct VariableNames {
    /// The field.
    pub field: String,
    /// The enum of its values, if the document lists them.
    pub ident: Option<String>,
    /// The variants of the enum, by value.
    pub values: Vec<String>,
}

/// Types that the module `client` has for every API.
const TYPES: &[&str] = &[
    "Answers",
    "Base",
    "Basic",
    "BoxError",
    "BoxFuture",
    "Call",
    "Chunks",
    "Client",
    "Credential",
    "Credentials",
    "Endpoint",
    "Failure",
    "Incoming",
    "Operation",
    "Reply",
    "Retry",
    "Server",
    "Transport",
    "Unreadable",
];

/// A description with more words is a sentence, not a name.
const MOST_WORDS: usize = 4;

pub(super) fn assign(graph: &Graph) -> ClientNames {
    let mut servers = Scope::new(Case::Variant, &[&["Other"]]);
    let api = graph.api();
    let names: Vec<String> = api.servers.iter().map(|server| servers.claim_first([name(server)])).collect();
    let mut types = Scope::new(Case::Type, &[reserved::TYPES, TYPES]);
    let variables = api.servers.iter().zip(&names).map(|(server, name)| variables(server, name, &mut types));
    let variables = variables.collect();
    ClientNames {
        servers: names,
        variables,
        schemes: Scope::new(Case::Field, &[])
            .claim_all(api.schemes.iter().map(|scheme| scheme.name.as_str())),
    }
}

/// The names of the variables of a server. Their enums are named after the server.
fn variables(server: &Server, name: &str, types: &mut Scope) -> Vec<VariableNames> {
    let mut fields = Scope::new(Case::Field, &[]);
    let fields = fields.claim_all(server.variables.iter().map(|variable| variable.name.as_str()));
    let names = server.variables.iter().zip(fields).map(|(variable, field)| {
        let ident = match variable.values.is_empty() {
            true => None,
            false => {
                Some(types.claim_first([words::spell(&format!("{name} {}", variable.name), Case::Type)]))
            }
        };
        let values = Scope::new(Case::Variant, &[]).claim_all(variable.values.iter().map(String::as_str));
        VariableNames { field, ident, values }
    });
    names.collect()
}

/// The name of a server: its description if that is short, or else the host, or else the path.
fn name(server: &Server) -> String {
    if let Some(description) = &server.docs.description
        && (1..=MOST_WORDS).contains(&description.split_whitespace().count())
    {
        return words::spell(description, Case::Variant);
    }
    let url = server.default_url();
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let host = rest.split('/').next().unwrap_or_default();
    let text = if host.is_empty() { rest } else { host };
    if text.chars().any(char::is_alphanumeric) {
        words::spell(text, Case::Variant)
    } else {
        "Root".to_owned()
    }
}

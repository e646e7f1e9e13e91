//! Names of servers, their variables and security schemes.

use super::scope::Scope;
use super::words::{self, Case};
use crate::ir::{Graph, Server};

/// The names that belong to the client of an API.
#[derive(Debug, Clone, Default)]
pub struct ClientNames {
    /// The variants of `Server`, by server.
    pub servers: Vec<String>,
    /// Their fields, by server and variable.
    pub variables: Vec<Vec<String>>,
    /// The fields of `Credentials`, by security scheme.
    pub schemes: Vec<String>,
}

/// A description of more words is a sentence, not a name.
const MOST_WORDS: usize = 4;

pub(super) fn assign(graph: &Graph) -> ClientNames {
    let mut servers = Scope::new(Case::Variant, &[&["Other"]]);
    let variables = |server: &Server| {
        let mut scope = Scope::new(Case::Field, &[]);
        scope.claim_all(server.variables.iter().map(|variable| variable.name.as_str()))
    };
    let api = graph.api();
    ClientNames {
        servers: api.servers.iter().map(|server| servers.claim_first([name(server)])).collect(),
        variables: api.servers.iter().map(variables).collect(),
        schemes: Scope::new(Case::Field, &[])
            .claim_all(api.schemes.iter().map(|scheme| scheme.name.as_str())),
    }
}

/// The description if it is a name, or else the host, or else the path.
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

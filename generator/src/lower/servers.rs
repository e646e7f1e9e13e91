//! Servers: `servers` of OpenAPI 3, `schemes`, `host` and `basePath` of Swagger 2.0.

use indexmap::IndexMap;

use super::bodies;
use super::dialect::Dialect;
use super::inline;
use super::{At, Lowering};
use crate::braces::first_name;
use crate::diagnostics::{Diagnostic, closest};
use crate::document::{Server, ServerVariable};
use crate::load::Tree;

/// The servers of the whole document.
pub fn servers_of_the_document(lowering: &mut Lowering<'_, '_>, root: &At<'_>) -> Vec<Server> {
    if lowering.dialect == Dialect::Swagger2 {
        return swagger_servers(lowering);
    }
    lowering.root.get("servers").map(|value| servers(lowering, value, root)).unwrap_or_default()
}

/// `servers` of the object at `at`.
pub fn servers<'t>(lowering: &mut Lowering<'t, '_>, value: &'t Tree, at: &At<'_>) -> Vec<Server> {
    let mut servers = Vec::new();
    inline::elements(lowering, value, at, "servers", |this, elements, list, _| {
        for (index, tree) in elements.iter().enumerate() {
            servers.extend(server(this, tree, &list.index(index)));
        }
    });
    servers
}

fn server<'t>(lowering: &mut Lowering<'t, '_>, tree: &'t Tree, at: &At<'_>) -> Option<Server> {
    let members = bodies::object_here(lowering, tree, at, "a server")?;
    let mut server = Server::default();
    for (key, value) in members.iter() {
        match key {
            "url" => server.url = lowering.text(value, at, key)?,
            "description" => server.description = lowering.text(value, at, key),
            "variables" => server.variables = Some(server_variables(lowering, value, at)),
            _ => {}
        }
    }
    check_variables(lowering, &server, at);
    Some(server)
}

/// Warns of names between braces that are not variables: the URL keeps the braces.
fn check_variables(lowering: &mut Lowering<'_, '_>, server: &Server, at: &At<'_>) {
    let mut rest = server.url.as_str();
    while let Some((_, name, behind)) = first_name(rest) {
        let variables = || server.variables.iter().flatten().map(|(known, _)| known.as_str());
        if variables().all(|known| known != name) {
            let message = format!("the server has no variable `{name}`: its URL has `{{{name}}}` as it is");
            let help = match closest(name, variables()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => format!("declare it: `variables: {{ {name}: {{ default: … }} }}`"),
            };
            let place = at.key("url").location();
            lowering.sink.push(Diagnostic::warning("unknown-server-variable", place, message).help(help));
        }
        rest = behind;
    }
}

fn server_variables<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
) -> IndexMap<String, ServerVariable> {
    let mut variables = IndexMap::new();
    inline::members(lowering, value, at, "variables", |this, members, here, _| {
        for (name, tree) in members.iter() {
            let place = here.key(name);
            let Some(members) = bodies::object_here(this, tree, &place, "a server variable") else {
                continue;
            };
            let mut variable = ServerVariable::default();
            for (key, value) in members.iter() {
                match key {
                    "default" => variable.default = this.text(value, &place, key).unwrap_or_default(),
                    "description" => variable.description = this.text(value, &place, key),
                    "enum" => variable.values = this.strings(value, &place, key),
                    _ => {}
                }
            }
            variables.insert(name.to_owned(), variable);
        }
    });
    variables
}

fn swagger_servers(lowering: &Lowering<'_, '_>) -> Vec<Server> {
    let text = |key: &str| lowering.root.get(key).and_then(Tree::as_str);
    let path = text("basePath").unwrap_or_default().trim_end_matches('/');
    let Some(host) = text("host") else {
        let is_root = path.is_empty();
        return (!is_root)
            .then(|| Server { url: path.to_owned(), ..Server::default() })
            .into_iter()
            .collect();
    };
    let schemes = lowering.root.get("schemes").and_then(Tree::as_array).unwrap_or_default();
    let mut schemes: Vec<&str> = schemes.iter().filter_map(Tree::as_str).collect();
    schemes.retain(|scheme| matches!(*scheme, "http" | "https"));
    if schemes.is_empty() {
        schemes.push("https");
    }
    let server = |scheme: &str| Server { url: format!("{scheme}://{host}{path}"), ..Server::default() };
    schemes.into_iter().map(server).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::warnings;

    #[test]
    fn variables_that_are_not_declared() {
        insta::assert_snapshot!(warnings(
            "
            servers:
              - { url: 'https://{regoin}.{zone}.example.com/{base}', variables: { region: { default: eu }, base: { default: v1 } } }
            paths: {}
            "
        ), @"
            ! unknown-server-variable at /servers/0/url: the server has no variable `regoin`: its URL has `{regoin}` as it is
              = help: did you mean `region`?
            ! unknown-server-variable at /servers/0/url: the server has no variable `zone`: its URL has `{zone}` as it is
              = help: declare it: `variables: { zone: { default: … } }`
            ");
    }
}

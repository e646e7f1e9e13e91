//! Servers: `servers` of OpenAPI 3, `schemes`, `host` and `basePath` of Swagger 2.0.

use indexmap::IndexMap;
use openapiv3::{Server, ServerVariable};

use super::dialect::Dialect;
use super::{At, Lowering};
use crate::load::Tree;

impl<'t> Lowering<'t, '_> {
    /// The servers of the whole document.
    pub fn servers_of_the_document(&mut self, root: &At<'_>) -> Vec<Server> {
        if self.dialect == Dialect::Swagger2 {
            return self.swagger_servers();
        }
        self.root.get("servers").map(|value| self.servers(value, root)).unwrap_or_default()
    }

    /// `servers` of the object at `at`.
    pub fn servers(&mut self, value: &'t Tree, at: &At<'_>) -> Vec<Server> {
        let mut servers = Vec::new();
        self.elements(value, at, "servers", |this, elements, list, _| {
            for (index, tree) in elements.iter().enumerate() {
                servers.extend(this.server(tree, &list.index(index)));
            }
        });
        servers
    }

    fn server(&mut self, tree: &'t Tree, at: &At<'_>) -> Option<Server> {
        let members = self.object_here(tree, at, "a server")?;
        let mut server = Server::default();
        for (key, value) in members.iter() {
            match key {
                "url" => server.url = self.text(value, at, key)?,
                "description" => server.description = self.text(value, at, key),
                "variables" => server.variables = Some(self.server_variables(value, at)),
                _ => {}
            }
        }
        Some(server)
    }

    fn server_variables(&mut self, value: &'t Tree, at: &At<'_>) -> IndexMap<String, ServerVariable> {
        let mut variables = IndexMap::new();
        self.members(value, at, "variables", |this, members, here, _| {
            for (name, tree) in members.iter() {
                let place = here.key(name);
                let Some(members) = this.object_here(tree, &place, "a server variable") else { continue };
                let mut variable = ServerVariable::default();
                for (key, value) in members.iter() {
                    match key {
                        "default" => variable.default = this.text(value, &place, key).unwrap_or_default(),
                        "description" => variable.description = this.text(value, &place, key),
                        "enum" => variable.enumeration = this.strings(value, &place, key),
                        _ => {}
                    }
                }
                variables.insert(name.to_owned(), variable);
            }
        });
        variables
    }

    fn swagger_servers(&self) -> Vec<Server> {
        let text = |key: &str| self.root.get(key).and_then(Tree::as_str);
        let path = text("basePath").unwrap_or_default().trim_end_matches('/');
        let Some(host) = text("host") else {
            let is_root = path.is_empty();
            return (!is_root)
                .then(|| Server { url: path.to_owned(), ..Server::default() })
                .into_iter()
                .collect();
        };
        let schemes = self.root.get("schemes").and_then(Tree::as_array).unwrap_or_default();
        let mut schemes: Vec<&str> = schemes.iter().filter_map(Tree::as_str).collect();
        schemes.retain(|scheme| matches!(*scheme, "http" | "https"));
        if schemes.is_empty() {
            schemes.push("https");
        }
        let server = |scheme: &str| Server { url: format!("{scheme}://{host}{path}"), ..Server::default() };
        schemes.into_iter().map(server).collect()
    }
}

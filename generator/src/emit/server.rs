//! The servers of an API: the enum `Server`, and an enum for each variable of which the document lists the values.

use super::file::File;
use super::text::{code, quoted};
use crate::ir::{Docs, Server, ServerVariable};
use crate::naming::VariableNames;

impl File<'_> {
    /// `Server`, its URL, its default, and the enums of its variables.
    pub(super) fn servers(&mut self) {
        let (api, names) = (self.cx.graph.api(), self.cx.names.client());
        let servers: Vec<_> = api.servers.iter().zip(&names.servers).zip(&names.variables).collect();
        self.line(0, "/// A server of the API.");
        self.line(0, "#[derive(Clone, Debug, PartialEq, Eq)]");
        self.line(0, "#[non_exhaustive]");
        self.line(0, "pub enum Server {");
        for ((server, name), variables) in &servers {
            self.server(server, name, variables);
        }
        self.line(1, "/// Another one, by its URL.");
        self.line(1, "Other(String),");
        self.line(0, "}");
        self.gap();
        self.urls();
        if let Some(((server, name), variables)) = servers.first() {
            self.gap();
            self.default_server(server, name, variables);
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
        for ((server, _), variables) in &servers {
            for (variable, names) in server.variables.iter().zip(variables.iter()) {
                if let Some(ident) = &names.ident {
                    self.gap();
                    self.values(variable, ident, &names.values);
                }
            }
        }
    }

    fn server(&mut self, server: &Server, name: &str, variables: &[VariableNames]) {
        self.docs(1, &server.docs, &[code(&server.url)]);
        if server.variables.is_empty() {
            self.line(1, format!("{name},"));
            return;
        }
        self.line(1, format!("{name} {{"));
        for (variable, names) in server.variables.iter().zip(variables) {
            self.docs(2, &variable.docs, &[format!("Default: {}.", code(&variable.default))]);
            let ty = names.ident.as_deref().unwrap_or("String");
            self.line(2, format!("{}: {ty},", names.field));
        }
        self.line(1, "},");
    }

    fn urls(&mut self) {
        let (api, names) = (self.cx.graph.api(), self.cx.names.client());
        self.line(0, "impl Server {");
        self.line(1, "/// The URL, to which the paths of operations are appended.");
        self.line(1, "pub fn url(&self) -> String {");
        self.line(2, "match self {");
        for ((server, name), variables) in api.servers.iter().zip(&names.servers).zip(&names.variables) {
            let (pattern, url) = url(server, variables);
            self.line(3, format!("Self::{name}{pattern} => {url},"));
        }
        self.line(3, "Self::Other(url) => url.clone(),");
        self.line(2, "}");
        self.line(1, "}");
        self.line(0, "}");
    }

    fn default_server(&mut self, server: &Server, name: &str, variables: &[VariableNames]) {
        self.line(0, "/// The first server of the document, with its variables as they are by default.");
        self.line(0, "impl Default for Server {");
        self.line(1, "fn default() -> Self {");
        let field = |(variable, names): (&ServerVariable, &VariableNames)| match &names.ident {
            Some(ident) => format!("{}: {ident}::default()", names.field),
            None => format!("{}: {}.to_owned()", names.field, quoted(&variable.default)),
        };
        let fields: Vec<String> = server.variables.iter().zip(variables).map(field).collect();
        let value =
            if fields.is_empty() { name.to_owned() } else { format!("{name} {{ {} }}", fields.join(", ")) };
        self.line(2, format!("Self::{value}"));
        self.line(1, "}");
        self.line(0, "}");
    }

    /// The enum of a variable's values.
    fn values(&mut self, variable: &ServerVariable, ident: &str, variants: &[String]) {
        self.docs(0, &variable.docs, &[format!("The values of {} in the URL.", code(&variable.name))]);
        self.line(0, "#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]");
        self.line(0, "#[non_exhaustive]");
        self.line(0, format!("pub enum {ident} {{"));
        for (value, variant) in variable.values.iter().zip(variants) {
            self.docs(1, &Docs::default(), &[code(value)]);
            if *value == variable.default {
                self.line(1, "#[default]");
            }
            self.line(1, format!("{variant},"));
        }
        self.line(0, "}");
        self.gap();
        self.line(0, format!("impl {ident} {{"));
        self.line(1, "/// The text in the URL.");
        self.line(1, "pub fn as_str(self) -> &'static str {");
        self.line(2, "match self {");
        for (value, variant) in variable.values.iter().zip(variants) {
            self.line(3, format!("Self::{variant} => {},", quoted(value)));
        }
        self.line(2, "}");
        self.line(1, "}");
        self.line(0, "}");
    }
}

/// The pattern for the variables of a server, and the expression of its URL.
fn url(server: &Server, variables: &[VariableNames]) -> (String, String) {
    let mut expression = format!("{}.to_owned()", quoted(&server.url));
    if server.variables.is_empty() {
        return (String::new(), expression);
    }
    for (variable, names) in server.variables.iter().zip(variables) {
        let value =
            if names.ident.is_some() { format!("{}.as_str()", names.field) } else { names.field.clone() };
        expression += &format!(".replace({}, {value})", quoted(&format!("{{{}}}", variable.name)));
    }
    let fields: Vec<&str> = variables.iter().map(|names| names.field.as_str()).collect();
    (format!(" {{ {} }}", fields.join(", ")), expression)
}

//! Emits the servers of an API: the enum `Server`, and an enum for each variable with a list of values.

use super::file::File;
use super::text::{code, quoted};
use crate::ir::{Docs, Server, ServerVariable};
use crate::naming::VariableNames;

/// Emits `Server`, its URL, its default, and the enums of its variables.
pub(super) fn servers(file: &mut File<'_>) {
    let (api, names) = (file.cx.graph.api(), file.cx.names.client());
    let servers: Vec<_> = api.servers.iter().zip(&names.servers).zip(&names.variables).collect();
    file.line(0, "/// A server of the API.");
    file.line(0, "#[derive(Clone, Debug, PartialEq, Eq)]");
    file.line(0, "#[non_exhaustive]");
    file.line(0, "pub enum Server {");
    for ((server, name), variables) in &servers {
        server_struct(file, server, name, variables);
    }
    file.line(1, "/// Another one, by its URL.");
    file.line(1, "Other(String),");
    file.line(0, "}");
    file.gap();
    urls(file);
    if let Some(((server, name), variables)) = servers.first() {
        file.gap();
        default_server(file, server, name, variables);
    }
    file.gap();
    file.line(0, "impl From<Server> for Base {");
    file.line(1, "fn from(server: Server) -> Self {");
    file.line(2, "match server {");
    file.line(3, "Server::Other(url) => Base::from(url),");
    if !servers.is_empty() {
        file.line(3, "server => Base::documented(server.url()),");
    }
    file.line(2, "}");
    file.line(1, "}");
    file.line(0, "}");
    for ((server, _), variables) in &servers {
        for (variable, names) in server.variables.iter().zip(variables.iter()) {
            if let Some(ident) = &names.ident {
                file.gap();
                values(file, variable, ident, &names.values);
            }
        }
    }
}

fn server_struct(file: &mut File<'_>, server: &Server, name: &str, variables: &[VariableNames]) {
    file.docs(1, &server.docs, &[code(&server.url)]);
    if server.variables.is_empty() {
        file.line(1, format!("{name},"));
        return;
    }
    file.line(1, format!("{name} {{"));
    for (variable, names) in server.variables.iter().zip(variables) {
        file.docs(2, &variable.docs, &[format!("Default: {}.", code(&variable.default))]);
        let ty = names.ident.as_deref().unwrap_or("String");
        file.line(2, format!("{}: {ty},", names.field));
    }
    file.line(1, "},");
}

fn urls(file: &mut File<'_>) {
    let (api, names) = (file.cx.graph.api(), file.cx.names.client());
    file.line(0, "impl Server {");
    file.line(1, "/// The URL, to which the paths of operations are appended.");
    file.line(1, "pub fn url(&self) -> String {");
    file.line(2, "match self {");
    for ((server, name), variables) in api.servers.iter().zip(&names.servers).zip(&names.variables) {
        let (pattern, url) = url(server, variables);
        file.line(3, format!("Self::{name}{pattern} => {url},"));
    }
    file.line(3, "Self::Other(url) => url.clone(),");
    file.line(2, "}");
    file.line(1, "}");
    file.line(0, "}");
}

fn default_server(file: &mut File<'_>, server: &Server, name: &str, variables: &[VariableNames]) {
    file.line(0, "/// The first server of the document, with its variables as they are by default.");
    file.line(0, "impl Default for Server {");
    file.line(1, "fn default() -> Self {");
    let field = |(variable, names): (&ServerVariable, &VariableNames)| match &names.ident {
        Some(ident) => format!("{}: {ident}::default()", names.field),
        None => format!("{}: {}.to_owned()", names.field, quoted(&variable.default)),
    };
    let fields: Vec<String> = server.variables.iter().zip(variables).map(field).collect();
    let value =
        if fields.is_empty() { name.to_owned() } else { format!("{name} {{ {} }}", fields.join(", ")) };
    file.line(2, format!("Self::{value}"));
    file.line(1, "}");
    file.line(0, "}");
}

/// Emits the enum of a variable's values.
fn values(file: &mut File<'_>, variable: &ServerVariable, ident: &str, variants: &[String]) {
    file.docs(0, &variable.docs, &[format!("The values of {} in the URL.", code(&variable.name))]);
    file.line(0, "#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]");
    file.line(0, "#[non_exhaustive]");
    file.line(0, format!("pub enum {ident} {{"));
    for (value, variant) in variable.values.iter().zip(variants) {
        file.docs(1, &Docs::default(), &[code(value)]);
        if *value == variable.default {
            file.line(1, "#[default]");
        }
        file.line(1, format!("{variant},"));
    }
    file.line(0, "}");
    file.gap();
    file.line(0, format!("impl {ident} {{"));
    file.line(1, "/// The text in the URL.");
    file.line(1, "pub fn as_str(self) -> &'static str {");
    file.line(2, "match self {");
    for (value, variant) in variable.values.iter().zip(variants) {
        file.line(3, format!("Self::{variant} => {},", quoted(value)));
    }
    file.line(2, "}");
    file.line(1, "}");
    file.line(0, "}");
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

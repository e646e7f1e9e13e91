//! Emits the macro call that makes an operation callable, with a table of its parameters and its body.

use super::body::{self, flags, form_fields};
use super::checks;
use super::file::File;
use super::literal;
use super::response;
use super::text::{Group, braced, quoted};
use crate::ir::{Body, Operation, OperationKind, Parameter, ParameterForm, ParameterPlace, Presence, Status};

/// Emits the macro call for an operation that the user calls, after `Response`.
pub(super) fn call(file: &mut File<'_>, index: usize, operation: &Operation) {
    match operation.kind {
        OperationKind::Path => {}
        OperationKind::Webhook | OperationKind::Callback => return,
    }
    let runtime = file.runtime();
    let fallback = || format!("{} {}", operation.method.as_str(), operation.path);
    let id = quoted(&operation.id.clone().unwrap_or_else(fallback));
    let success = success(file, index, operation).map(|text| format!(": {text}")).unwrap_or_default();
    let asked = operation.security.iter().map(|schemes| {
        let schemes: Vec<String> = schemes.iter().map(|name| quoted(name)).collect();
        format!("#[security({})] ", schemes.join(", "))
    });
    let own_server = operation.server.iter().map(|url| format!("#[server({})] ", quoted(url)));
    let rules = checks::of_operation(file.cx.graph, operation).map(|table| format!("#[{table}] "));
    let attributes: String = asked.chain(own_server).chain(rules).collect();
    let open = format!("{runtime}::operation!({attributes}{id} => Response{success}");
    let (body, fields) = operation.body.as_ref().and_then(|body| sent(file, body)).unwrap_or_default();
    let body = if body.is_empty() { body } else { format!("; {body}") };
    // The fields of a form are in braces of their own, after those of the parameters.
    let (body, end) =
        if fields.is_empty() { (format!("{body});"), None) } else { (format!("{body} {{"), Some("});")) };
    let mut open = format!("{open}{body}");
    if !operation.parameters.is_empty() {
        let entries = places(file, index, operation);
        let groups: Vec<Group> = entries
            .chunk_by(|(head, _), (next, _)| head == next)
            .map(|group| Group {
                head: group.first().map_or("", |(head, _)| head.as_str()),
                items: group.iter().map(|(_, item)| item.as_str()).collect(),
            })
            .collect();
        let start = open.len() - body.len();
        open.truncate(start);
        open = braced(&format!("{open}, Params {{"), &groups, ";", &format!("}}{body}"));
    }
    match end {
        None => file.body.push_str(&format!("{}\n", open.trim_end())),
        Some(end) => {
            let (before, last) = open.trim_end().rsplit_once('\n').unwrap_or(("", open.trim_end()));
            let gap = if before.is_empty() { "" } else { "\n" };
            let groups: Vec<Group> =
                fields.iter().map(|field| Group { head: "", items: vec![field] }).collect();
            file.body.push_str(&format!("{before}{gap}{}", braced(last, &groups, ";", end)));
        }
    }
}

/// For each parameter its place and style, and its field.
fn places(file: &mut File<'_>, index: usize, operation: &Operation) -> Vec<(String, String)> {
    let names = file.cx.names.operation(index).parameters.clone();
    let parameters = operation.parameters.iter().zip(names);
    parameters.map(|(parameter, name)| place(file, parameter, &name)).collect()
}

fn place(file: &mut File<'_>, parameter: &Parameter, field: &str) -> (String, String) {
    let place = match parameter.place {
        ParameterPlace::Path => "path",
        ParameterPlace::Query => "query",
        ParameterPlace::Header => "header",
        ParameterPlace::Cookie => "cookie",
    };
    let wire = &parameter.wire;
    let named = if wire == field { field.to_owned() } else { format!("{field}: {}", quoted(wire)) };
    let mut flags = flags(parameter.form, ParameterForm::of_place(parameter.place), file.cx.deep_arrays);
    // Cookies are always secret, and a redirect has its own path and query.
    if parameter.place == ParameterPlace::Header && !file.secret(parameter.ty.id).is_empty() {
        flags.push("secret");
    }
    let flags = if flags.is_empty() { String::new() } else { format!(" ({})", flags.join(", ")) };
    let item = format!("{named}{flags}{}", file.by_serde(parameter.ty));
    match &parameter.presence {
        Presence::Required => (format!("{place} required"), item),
        Presence::Optional | Presence::ThreeState => (format!("{place} optional"), item),
        Presence::Default(value) => {
            let value = literal::expression(file, value, parameter.ty, false, 1);
            (format!("{place} default"), format!("{item} = {value}"))
        }
    }
}

/// The variant of the success response and its type, if the document declares only one.
fn success(file: &mut File<'_>, index: usize, operation: &Operation) -> Option<String> {
    let (at, only) = operation.success(file.cx.graph)?;
    let response = &operation.responses[at];
    let found = &response.contents[only];
    let name = file.cx.names.operation(index).responses[at][only].clone();
    let content =
        response::response_content(file, found).map(|ty| if found.boxed { format!("box {ty}") } else { ty });
    let has_status = match response.status {
        Status::Code(_) => None,
        Status::Range(_) | Status::Default => Some("_".to_owned()),
    };
    let parts: Vec<String> = has_status.into_iter().chain(content).collect();
    Some(format!("{name}({})", parts.join(", ")))
}

/// The body: how it is written, whether it is required, and how the fields of a form are written.
fn sent(file: &File<'_>, body: &Body) -> Option<(String, Vec<String>)> {
    let need = if body.required { "required" } else { "optional" };
    if body.is_choice() {
        return Some((format!("choice {need} Body"), Vec::new()));
    }
    let kind = body::body_kind(file, body.main.content)?;
    Some((format!("{kind} {need} Body"), form_fields(&body.main, file.cx.deep_arrays)))
}

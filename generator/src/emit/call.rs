//! What makes an operation callable: a macro call with a table of its parameters and its body.

use super::file::File;
use super::spelling::is_read_by_serde;
use super::text::{Group, braced, quoted};
use crate::ir::{
    Body, Content, FormField, Operation, OperationKind, Parameter, ParameterForm, ParameterPlace,
    ParameterStyle, Presence, Response, ResponseContent, Shape, Status,
};

impl File<'_> {
    /// The macro call for an operation that the user calls. It comes after `Response`.
    pub(super) fn call(&mut self, index: usize, operation: &Operation) {
        match operation.kind {
            OperationKind::Path => {}
            OperationKind::Webhook | OperationKind::Callback => return,
        }
        let runtime = self.runtime();
        let fallback = || format!("{} {}", operation.method.as_str(), operation.path);
        let id = quoted(&operation.id.clone().unwrap_or_else(fallback));
        let success = self.success(index, operation).map(|text| format!(": {text}")).unwrap_or_default();
        let asked = operation.security.iter().map(|schemes| {
            let schemes: Vec<String> = schemes.iter().map(|name| quoted(name)).collect();
            format!("#[security({})] ", schemes.join(", "))
        });
        let own_server = operation.server.iter().map(|url| format!("#[server({})] ", quoted(url)));
        let attributes: String = asked.chain(own_server).collect();
        let open = format!("{runtime}::operation!({attributes}{id} => Response{success}");
        let (body, fields) = operation.body.as_ref().and_then(|body| self.sent(body)).unwrap_or_default();
        let body = if body.is_empty() { body } else { format!("; {body}") };
        // What a form is written as stands in braces of its own, behind those of the parameters.
        let (body, end) =
            if fields.is_empty() { (format!("{body});"), None) } else { (format!("{body} {{"), Some("});")) };
        let mut open = format!("{open}{body}");
        if !operation.parameters.is_empty() {
            let entries = self.places(index, operation);
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
            None => self.body.push_str(&format!("{}\n", open.trim_end())),
            Some(end) => {
                let (before, last) = open.trim_end().rsplit_once('\n').unwrap_or(("", open.trim_end()));
                let gap = if before.is_empty() { "" } else { "\n" };
                let groups: Vec<Group> =
                    fields.iter().map(|field| Group { head: "", items: vec![field] }).collect();
                self.body.push_str(&format!("{before}{gap}{}", braced(last, &groups, ";", end)));
            }
        }
    }

    /// For each parameter where it goes and how, and its field.
    fn places(&mut self, index: usize, operation: &Operation) -> Vec<(String, String)> {
        let names = self.cx.names.operation(index).parameters.clone();
        let parameters = operation.parameters.iter().zip(names);
        parameters.map(|(parameter, name)| self.place(parameter, &name)).collect()
    }

    fn place(&mut self, parameter: &Parameter, field: &str) -> (String, String) {
        let place = match parameter.place {
            ParameterPlace::Path => "path",
            ParameterPlace::Query => "query",
            ParameterPlace::Header => "header",
            ParameterPlace::Cookie => "cookie",
        };
        let wire = &parameter.wire;
        let named = if wire == field { field.to_owned() } else { format!("{field}: {}", quoted(wire)) };
        let flags = flags(parameter.form, ParameterForm::of_place(parameter.place));
        let flags = if flags.is_empty() { String::new() } else { format!(" ({})", flags.join(", ")) };
        let item = format!("{named}{flags}{}", self.by_serde(parameter.ty));
        match &parameter.presence {
            Presence::Required => (format!("{place} required"), item),
            Presence::Optional | Presence::ThreeState => (format!("{place} optional"), item),
            Presence::Default(value) => {
                let value = self.expression(value, parameter.ty, false, 1);
                (format!("{place} default"), format!("{item} = {value}"))
            }
        }
    }

    /// What a success is read into: a variant and its type, if the document names only one.
    fn success(&mut self, index: usize, operation: &Operation) -> Option<String> {
        let is_success =
            |response: &Response| matches!(response.status, Status::Code(200..=299) | Status::Range(2));
        let mut successes = operation.responses.iter().zip(0..).filter(|(response, _)| is_success(response));
        let (response, at) = successes.next().filter(|_| successes.next().is_none())?;
        let only = self.only(response)?;
        let found = &response.contents[only];
        let name = self.cx.names.operation(index).responses[at][only].clone();
        let content =
            self.response_content(found).map(|ty| if found.boxed { format!("box {ty}") } else { ty });
        let has_status = match response.status {
            Status::Code(_) => None,
            Status::Range(_) | Status::Default => Some("_".to_owned()),
        };
        let parts: Vec<String> = has_status.into_iter().chain(content).collect();
        Some(format!("{name}({})", parts.join(", ")))
    }

    /// The only thing that a response holds, apart from streams of values and from JSON of which nothing is known.
    fn only(&self, response: &Response) -> Option<usize> {
        let is_any = |found: &ResponseContent| match found.content {
            Content::Json(ty) => {
                matches!(self.cx.graph.get(self.cx.graph.unaliased(ty).id).shape, Shape::Any(_))
            }
            Content::Form(_) | Content::String | Content::Text | Content::Bytes | Content::Empty => false,
        };
        if let [_] = response.contents[..] {
            return Some(0);
        }
        let all = response.contents.iter().enumerate();
        let mut plain = all.filter(|(_, found)| !found.is_sequence() && !is_any(found));
        plain.next().filter(|_| plain.next().is_none()).map(|(index, _)| index)
    }

    /// The body: how it is written, whether it must be there, and how the fields of a form are written.
    fn sent(&self, body: &Body) -> Option<(String, Vec<String>)> {
        let kind = match body.content {
            Content::Json(ty) if is_read_by_serde(self.cx.graph, ty) => "serde",
            Content::Json(_) => "json",
            Content::Form(ty) if is_read_by_serde(self.cx.graph, ty) => "serde_form",
            Content::Form(_) => "form",
            Content::String | Content::Text => "text",
            Content::Bytes => "bytes",
            Content::Empty => return None,
        };
        let need = if body.required { "required" } else { "optional" };
        let fields = match body.content {
            Content::Form(_) => body.fields.iter().filter_map(field).collect(),
            Content::Json(_) | Content::String | Content::Text | Content::Bytes | Content::Empty => {
                Vec::new()
            }
        };
        Some((format!("{kind} {need} Body"), fields))
    }
}

/// How a field of a form is written, if not by default.
fn field(field: &FormField) -> Option<String> {
    let default =
        ParameterForm { style: ParameterStyle::Json, ..ParameterForm::of_place(ParameterPlace::Query) };
    let flags = field.form.map(|form| flags(form, default)).unwrap_or_default();
    let flags = flags.into_iter().map(str::to_owned);
    let media_type = field.media_type.iter().map(|name| format!("typed({})", quoted(name)));
    let flags: Vec<String> = flags.chain(media_type).collect();
    (!flags.is_empty()).then(|| format!("{}: {}", quoted(&field.property), flags.join(", ")))
}

/// The words for what is not as it is by default.
fn flags(form: ParameterForm, default: ParameterForm) -> Vec<&'static str> {
    let mut flags = Vec::new();
    if form.style != default.style {
        flags.push(match form.style {
            ParameterStyle::Simple => "simple",
            ParameterStyle::Label => "label",
            ParameterStyle::Matrix => "matrix",
            ParameterStyle::Form => "form",
            ParameterStyle::SpaceDelimited => "space",
            ParameterStyle::PipeDelimited => "pipe",
            ParameterStyle::DeepObject => "deep",
            ParameterStyle::Json => "json",
        });
    }
    let explodes = !matches!(form.style, ParameterStyle::DeepObject | ParameterStyle::Json);
    if explodes && form.explode != default.explode {
        flags.push(if form.explode { "exploded" } else { "joined" });
    }
    if form.reserved {
        flags.push("reserved");
    }
    flags
}

//! Emits the body of a request: a type, an alias, or an enum for several media types.

use super::file::File;
use super::methods;
use super::operation;
use super::spelling::is_read_by_serde;
use super::text::{Group, braced, code, quoted};
use crate::config::DeepArrays;
use crate::ir::{
    Body, BodyContent, Content, FormField, ParameterForm, ParameterPlace, ParameterStyle, TypeRef,
};

/// Emits `Body`, unless an inline type of the operation has that name.
pub(super) fn body(file: &mut File<'_>, index: usize, body: &Body) {
    if body.is_choice() {
        return body_choice(file, index, body);
    }
    let (Content::Json(ty) | Content::Form(ty)) = body.main.content else {
        return body_alias(file, body);
    };
    if ty.nullable || !operation::is_body(file, ty.id) {
        body_alias(file, body);
    }
}

fn body_alias(file: &mut File<'_>, body: &Body) {
    let Some(content) = body_type(file, &body.main) else { return };
    file.gap();
    body_docs(file, body, note(body));
    file.line(0, format!("pub type Body = {content};"));
}

fn body_docs(file: &mut File<'_>, body: &Body, note: String) {
    let mut notes = vec![note];
    if body.docs.title.is_none() && body.docs.description.is_none() {
        notes.insert(0, "The request body.".to_owned());
    }
    file.docs(0, &body.docs, &notes);
}

/// The type of a body.
fn body_type(file: &mut File<'_>, found: &BodyContent) -> Option<String> {
    let content = match found.content {
        Content::Json(ty) | Content::Form(ty) => file.type_ref(ty),
        Content::String | Content::Text => "String".to_owned(),
        Content::Bytes => "Vec<u8>".to_owned(),
        Content::Empty => return None,
    };
    Some(if found.boxed { format!("Box<{content}>") } else { content })
}

/// Emits an enum with a variant for each media type, and the macro call that writes it.
fn body_choice(file: &mut File<'_>, index: usize, body: &Body) {
    let names = file.cx.names.operation(index).bodies.clone();
    let contents: Vec<(&BodyContent, String)> = body.contents().zip(names).collect();
    let need = if body.required { "" } else { " It may be left out." };
    file.gap();
    body_docs(file, body, format!("Sent as one of several media types.{need}"));
    file.line(0, "#[derive(Clone, Debug, PartialEq)]");
    file.line(0, "#[non_exhaustive]");
    file.line(0, "pub enum Body {");
    let mut entries = Vec::with_capacity(contents.len());
    for (found, name) in &contents {
        let Some(content) = body_type(file, found) else { continue };
        file.line(1, format!("/// Sent as {}.", code(sent_as(found))));
        file.allow_complex(1, &content);
        file.line(1, format!("{name}({content}),"));
        entries.push(body_entry(file, name, found));
    }
    file.line(0, "}");
    let runtime = file.runtime();
    let groups: Vec<Group> = entries.iter().map(|entry| Group { head: "", items: vec![entry] }).collect();
    file.body.push_str(&braced(&format!("{runtime}::bodies!(Body {{"), &groups, ";", "});"));
    if file.cx.union_methods {
        let names: Vec<String> = contents.iter().map(|(_, name)| name.clone()).collect();
        let contents: Vec<Option<TypeRef>> = contents.iter().map(|(found, _)| found.content.ty()).collect();
        methods::variant_conversions(file, "Body", None, &contents, &names);
    }
}

/// An entry of the macro call: how a variant is written, its media type, and how the fields of a form are written.
fn body_entry(file: &File<'_>, name: &str, found: &BodyContent) -> String {
    let kind = body_kind(file, found.content).unwrap_or_default();
    let fields = form_fields(found, file.cx.deep_arrays);
    let fields = if fields.is_empty() { String::new() } else { format!(" {{ {}; }}", fields.join("; ")) };
    format!("{name}: {kind} {}{fields}", quoted(sent_as(found)))
}

/// The keyword for how a body is written.
pub(super) fn body_kind(file: &File<'_>, content: Content) -> Option<&'static str> {
    Some(match content {
        Content::Json(ty) if is_read_by_serde(file.cx.graph, ty) => "serde",
        Content::Json(_) => "json",
        Content::Form(ty) if is_read_by_serde(file.cx.graph, ty) => "serde_form",
        Content::Form(_) => "form",
        Content::String | Content::Text => "text",
        Content::Bytes => "bytes",
        Content::Empty => return None,
    })
}

/// The media type of a body with content, if there is only one.
pub(super) fn media_type(body: &Body) -> Option<&str> {
    match body.main.content {
        Content::Empty => None,
        Content::Json(_) | Content::Form(_) | Content::String | Content::Text | Content::Bytes => {
            (!body.is_choice()).then_some(sent_as(&body.main))
        }
    }
}

/// The note on how a body with one media type is sent.
pub(super) fn note(body: &Body) -> String {
    let need = if body.required { "" } else { " It may be left out." };
    format!("Sent as {}.{need}", code(sent_as(&body.main)))
}

/// The media type of a sent body. A range of media types cannot be sent (RFC 9110 §8.3.1).
fn sent_as(found: &BodyContent) -> &str {
    if !found.media_type.contains('*') {
        return &found.media_type;
    }
    match found.content {
        Content::Json(_) => "application/json",
        Content::Form(_) => "multipart/form-data",
        Content::String | Content::Text => "text/plain",
        Content::Bytes | Content::Empty => "application/octet-stream",
    }
}

/// The fields of a form that are not written in the default way, and how they are written.
pub(super) fn form_fields(found: &BodyContent, arrays: DeepArrays) -> Vec<String> {
    match found.content {
        Content::Form(_) => found.fields.iter().filter_map(|found| field(found, arrays)).collect(),
        Content::Json(_) | Content::String | Content::Text | Content::Bytes | Content::Empty => Vec::new(),
    }
}

/// How a field of a form is written, if not in the default way.
fn field(field: &FormField, arrays: DeepArrays) -> Option<String> {
    let default =
        ParameterForm { style: ParameterStyle::Json, ..ParameterForm::of_place(ParameterPlace::Query) };
    let flags = field.form.map(|form| flags(form, default, arrays)).unwrap_or_default();
    let flags = flags.into_iter().map(str::to_owned);
    let media_type = field.media_type.iter().map(|name| format!("typed({})", quoted(name)));
    let flags: Vec<String> = flags.chain(media_type).collect();
    (!flags.is_empty()).then(|| format!("{}: {}", quoted(&field.property), flags.join(", ")))
}

/// The keywords for everything that differs from the default.
pub(super) fn flags(form: ParameterForm, default: ParameterForm, arrays: DeepArrays) -> Vec<&'static str> {
    let mut flags = Vec::new();
    if form.style != default.style {
        flags.push(match form.style {
            ParameterStyle::Simple => "simple",
            ParameterStyle::Label => "label",
            ParameterStyle::Matrix => "matrix",
            ParameterStyle::Form => "form",
            ParameterStyle::SpaceDelimited => "space",
            ParameterStyle::PipeDelimited => "pipe",
            ParameterStyle::DeepObject => match arrays {
                DeepArrays::Indexed => "deep",
                DeepArrays::Brackets => "brackets",
            },
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

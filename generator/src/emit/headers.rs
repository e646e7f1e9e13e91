//! Emits the response headers of an operation: a struct, and the macro call that reads it.

use super::file::File;
use super::text::{Group, braced, code, quoted};
use crate::ir::{HeaderForm, Operation, Presence, ResponseHeader, Status};

/// `Headers`.
pub(super) fn headers(file: &mut File<'_>, index: usize, operation: &Operation) {
    let names = file.cx.names.operation(index).headers.clone();
    file.line(0, "/// The headers that the document gives the responses.");
    file.line(0, "#[derive(Clone, Debug, PartialEq)]");
    file.line(0, "pub struct Headers {");
    let mut entries = Vec::with_capacity(names.len());
    for (header, name) in operation.headers.iter().zip(&names) {
        file.docs(1, &header.docs, &[note(header)]);
        let spelled = file.field_type(header.ty, presence(header), false);
        file.allow_complex(1, &spelled);
        file.line(1, format!("pub {name}: {spelled},"));
        entries.push(header_entry(file, header, name));
    }
    file.line(0, "}");
    let runtime = file.runtime();
    let groups: Vec<Group> = entries
        .chunk_by(|(mode, _), (next, _)| mode == next)
        .map(|group| Group {
            head: group.first().map_or("", |(mode, _)| mode),
            items: group.iter().map(|(_, item)| item.as_str()).collect(),
        })
        .collect();
    file.body.push_str(&braced(&format!("{runtime}::headers!(Headers {{"), &groups, ";", "});"));
}

/// Whether the header is required, its field, its name, and how its value is read.
fn header_entry(file: &File<'_>, header: &ResponseHeader, name: &str) -> (&'static str, String) {
    let form = match header.form {
        HeaderForm::Text => "",
        HeaderForm::List => " (list)",
        HeaderForm::Object => " (object)",
        HeaderForm::Json => " (json)",
    };
    let by_serde = file.by_serde(header.ty);
    let mode = if header.required { "required" } else { "optional" };
    (mode, format!("{name}: {}{form}{by_serde}", quoted(&header.wire)))
}

fn presence(header: &ResponseHeader) -> &'static Presence {
    if header.required { &Presence::Required } else { &Presence::Optional }
}

fn note(header: &ResponseHeader) -> String {
    let statuses: Vec<String> = header.statuses.iter().map(Status::to_string).collect();
    format!("{}, of {}.", code(&header.wire), statuses.join(", "))
}

//! The headers of the responses of an operation: a struct, and the macro call that reads it.

use super::file::File;
use super::text::{Group, braced, code, quoted};
use crate::ir::{HeaderForm, Operation, Presence, ResponseHeader, Status};

impl File<'_> {
    /// `Headers`.
    pub(super) fn headers(&mut self, index: usize, operation: &Operation) {
        let names = self.cx.names.operation(index).headers.clone();
        self.line(0, "/// The headers that the document gives the responses.");
        self.line(0, "#[derive(Clone, Debug, PartialEq)]");
        self.line(0, "pub struct Headers {");
        let mut entries = Vec::with_capacity(names.len());
        for (header, name) in operation.headers.iter().zip(&names) {
            self.docs(1, &header.docs, &[note(header)]);
            let spelled = self.field_type(header.ty, presence(header), false);
            self.allow_complex(1, &spelled);
            self.line(1, format!("pub {name}: {spelled},"));
            entries.push(self.header_entry(header, name));
        }
        self.line(0, "}");
        let runtime = self.runtime();
        let groups: Vec<Group> = entries
            .chunk_by(|(mode, _), (next, _)| mode == next)
            .map(|group| Group {
                head: group.first().map_or("", |(mode, _)| mode),
                items: group.iter().map(|(_, item)| item.as_str()).collect(),
            })
            .collect();
        self.body.push_str(&braced(&format!("{runtime}::headers!(Headers {{"), &groups, ";", "});"));
    }

    /// Whether the header must be there, its field, its name, and how its value is read.
    fn header_entry(&self, header: &ResponseHeader, name: &str) -> (&'static str, String) {
        let form = match header.form {
            HeaderForm::Text => "",
            HeaderForm::List => " (list)",
            HeaderForm::Object => " (object)",
            HeaderForm::Json => " (json)",
        };
        let by_serde = self.by_serde(header.ty);
        let mode = if header.required { "required" } else { "optional" };
        (mode, format!("{name}: {}{form}{by_serde}", quoted(&header.wire)))
    }
}

fn presence(header: &ResponseHeader) -> &'static Presence {
    if header.required { &Presence::Required } else { &Presence::Optional }
}

fn note(header: &ResponseHeader) -> String {
    let statuses: Vec<String> = header.statuses.iter().map(Status::to_string).collect();
    format!("{}, of {}.", code(&header.wire), statuses.join(", "))
}

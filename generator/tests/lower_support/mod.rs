//! What the tests of lowering share: JSON to trees, and a compact picture of what came out.

use std::fmt::Write;
use std::path::Path;

use modelsmith::config::InputOptions;
use modelsmith::diagnostics::{Diagnostic, Severity, Sink, Sources};
use modelsmith::load::{Documents, MemoryReader, load};
use modelsmith::lower::{Files, lower};
use openapiv3::OpenAPI;

/// The files, the first of which is the root document. Files that are not there are a matter of loading.
pub fn documents(files: &[(String, String)]) -> Documents {
    let reader =
        files.iter().fold(MemoryReader::new(), |reader, (path, text)| reader.with(path, text.as_str()));
    let (mut sources, mut sink) = (Sources::default(), Sink::default());
    let root = Path::new(&files.first().expect("a file").0);
    load(root, &reader, &InputOptions::default(), &mut sources, &mut sink).expect("the fixture is JSON")
}

/// A document in one file.
pub fn document(json: &str) -> Documents {
    documents(&[("openapi.json".to_owned(), json.to_owned())])
}

/// The lowered document as it is printed.
pub fn printed(files: &dyn Files, sink: &mut Sink) -> Option<OpenAPI> {
    lower(files, sink).as_ref().map(OpenAPI::from)
}

/// The lowered document and the findings as text.
pub fn picture(files: &dyn Files) -> String {
    let mut sink = Sink::default();
    let lowered = printed(files, &mut sink);
    let mut text = String::new();
    if let Some(document) = lowered {
        let serde_json::Value::Object(mut members) = serde_json::to_value(&document).expect("it serialises")
        else {
            panic!("a document is an object");
        };
        members.remove("openapi");
        members.remove("info");
        members.retain(|_, value| value.as_object().is_none_or(|object| !object.is_empty()));
        text = yaml(&serde_json::Value::Object(members));
    }
    for found in sink.into_vec() {
        text.push_str(&line(&found));
    }
    text
}

/// One finding on one line, with what belongs to it below.
pub fn line(found: &Diagnostic) -> String {
    let severity = match found.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let place = |location: &modelsmith::diagnostics::Location| match location.file.index() {
        0 => format!("{:?}", location.pointer),
        file => format!("{file}{:?}", location.pointer),
    };
    let mut text = format!("{severity}[{}] {}: {}\n", found.code, place(&found.location), found.message);
    for (location, label) in &found.related {
        let _ = writeln!(text, "  also {}: {label}", place(location));
    }
    if let Some(help) = &found.help {
        let _ = writeln!(text, "  help: {help}");
    }
    text
}

/// JSON with as few signs as possible: one member per line, what is short on the line of its key.
fn yaml(value: &serde_json::Value) -> String {
    let mut text = String::new();
    write_members(value, 0, &mut text);
    text
}

fn write_members(value: &serde_json::Value, indent: usize, text: &mut String) {
    use serde_json::Value;
    let pad = "  ".repeat(indent);
    let entry = |head: String, value: &Value, text: &mut String| {
        let short = value.to_string();
        if short.len() + indent * 2 + head.len() <= 90 || !(value.is_object() || value.is_array()) {
            let _ = writeln!(text, "{pad}{head} {short}");
        } else {
            let _ = writeln!(text, "{pad}{head}");
            write_members(value, indent + 1, text);
        }
    };
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(key, value)| entry(format!("{key}:"), value, text));
        }
        Value::Array(items) => items.iter().for_each(|item| entry("-".to_owned(), item, text)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let _ = writeln!(text, "{pad}{value}");
        }
    }
}

//! Writes a function for each operation that takes values as JSON and makes the request: `Params` has no such thing.

use std::fmt::Write as _;

use modelsmith::Output;
use modelsmith::ir::{Body, BodyContent, Content, Operation, OperationKind};

/// The entries of a table: the pointer of each operation that can be called, and its caller. `root` is the module of the
/// emitted types, and the macro `done` takes the call.
pub fn callers(output: &Output, root: &str, done: &str) -> String {
    let mut out = String::new();
    for (index, operation) in output.graph.operations().iter().enumerate() {
        match operation.kind {
            OperationKind::Path => {}
            OperationKind::Webhook | OperationKind::Callback => continue,
        }
        let names = output.names.operation(index);
        let module = format!("{root}::operations::{}", names.module);
        let mut arguments = Vec::new();
        let mut before = String::new();
        if !operation.parameters.is_empty() {
            let _ = writeln!(
                before,
                "let params = {module}::Params {{{}}};",
                fields(operation, &names.parameters)
            );
            arguments.push("&params");
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.main.content != Content::Empty) {
            let read = of_body(body, &module, &names.bodies);
            if body.required {
                let _ = writeln!(before, "let body = {read};");
                arguments.push("&body");
            } else {
                let _ = writeln!(
                    before,
                    "let body = if given.get(\"body\").is_some() {{ Some({read}) }} else {{ None }};"
                );
                arguments.push("body.as_ref()");
            }
        }
        let _ = writeln!(
            out,
            "({:?}, |given| {{ let _ = given; {before} {done}!({module}::call({})) }}),",
            operation.location.pointer.to_string(),
            arguments.join(", ")
        );
    }
    out
}

/// The entries of a table: the pointer of each operation that can be called, and what reads its replies.
pub fn repliers(output: &Output, root: &str) -> String {
    let mut out = String::new();
    for (index, operation) in output.graph.operations().iter().enumerate() {
        if operation.kind == OperationKind::Path {
            let module = &output.names.operation(index).module;
            let _ = writeln!(
                out,
                "({:?}, |status, content_type, body| fidelity::replied!({root}::operations::{module}::Response, status, \
                 content_type, body)),",
                operation.location.pointer.to_string(),
            );
        }
    }
    out
}

fn fields(operation: &Operation, names: &[String]) -> String {
    let mut out = String::new();
    for (parameter, name) in operation.parameters.iter().zip(names) {
        let place = format!("{:?}", parameter.place).to_lowercase();
        let key = format!("{place} {}", parameter.wire);
        let _ = write!(out, "{name}: fidelity::requests::parameter(given, {key:?})?, ");
    }
    out
}

fn of_body(body: &Body, module: &str, variants: &[String]) -> String {
    if !body.is_choice() {
        return read(&body.main).to_owned();
    }
    let arms = body.contents().zip(variants).map(|(content, variant)| {
        format!("{:?} => {module}::Body::{variant}({}),", content.media_type, read(content))
    });
    let arms: String = arms.collect();
    format!(
        "match fidelity::requests::media_type(given) {{ {arms} other => return Err(format!(\"no body is {{other}}\")) }}"
    )
}

fn read(content: &BodyContent) -> &'static str {
    match content.content {
        Content::Bytes => "fidelity::requests::bytes(given)?",
        Content::Json(_) | Content::Form(_) | Content::String | Content::Text | Content::Empty => {
            "fidelity::requests::body(given)?"
        }
    }
}

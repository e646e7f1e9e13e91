//! Emits the modules of operations: parameters, body and responses.

use proc_macro2::TokenStream;
use quote::quote;

use super::body;
use super::call;
use super::constructor;
use super::conversion;
use super::docs::{self, Text};
use super::file::File;
use super::headers;
use super::literal;
use super::object;
use super::response;
use super::stream;
use super::text::{code, quoted};
use crate::ir::{Graph, Operation, OperationKind, Owner, Parameter, ParameterPlace, Presence, Shape, TypeId};
use crate::naming::Names;

/// Emits the module of an operation, without its inline types.
pub(super) fn operation(file: &mut File<'_>, index: usize, operation: &Operation) {
    file.line(0, format!("pub const METHOD: &str = {};", quoted(operation.method.as_str())));
    file.line(0, format!("pub const PATH: &str = {};", quoted(&operation.path)));
    if let Some(media_type) = operation.body.as_ref().and_then(body::media_type) {
        file.line(0, "/// The media type of the request body.");
        file.line(0, format!("pub const BODY_MEDIA_TYPE: &str = {};", quoted(media_type)));
    }
    if !operation.parameters.is_empty() {
        file.gap();
        parameters(file, index, operation);
    }
    if let Some(body) = &operation.body {
        body::body(file, index, body);
    }
    let is_called = file.cx.client && operation.kind == OperationKind::Path;
    if !operation.responses.is_empty() || is_called {
        file.gap();
        response::responses(file, index, operation);
    }
    if let Some(stream) = &operation.stream {
        stream::item(file, stream);
    }
    if is_called && !operation.headers.is_empty() {
        file.gap();
        headers::headers(file, index, operation);
    }
    if is_called {
        file.gap();
        call::call(file, index, operation);
        operation.stream.iter().for_each(|stream| stream::stream(file, stream));
        operation.pages.iter().for_each(|pages| stream::pages(file, index, operation, pages));
    }
}

fn parameters(file: &mut File<'_>, index: usize, operation: &Operation) {
    let names = &file.cx.names.operation(index).parameters;
    let fields: Vec<(&Parameter, &String)> = operation.parameters.iter().zip(names).collect();
    let default = parameters_default(file, operation, &fields);
    let derived = matches!(default, ParametersDefault::Derived);
    file.line(0, format!("#[derive(Clone, Debug, PartialEq{})]", if derived { ", Default" } else { "" }));
    file.line(0, "pub struct Params {");
    for (parameter, name) in &fields {
        let mut notes = vec![place_note(parameter)];
        if let Some(value) = parameter.default_value() {
            notes.extend(literal::default_note(file, value));
        }
        file.docs(1, &parameter.docs, &notes);
        let spelled = file.field_type(parameter.ty, &parameter.presence, false);
        file.allow_complex(1, &spelled);
        file.line(1, format!("pub {name}: {spelled},"));
    }
    file.line(0, "}");
    if let ParametersDefault::Written(item) = default {
        file.gap();
        object::default_item(file, item);
    }
    constructor::params_constructor(file, operation, &fields);
}

/// Emits the `Default` of `Params`, if no parameter is required.
fn parameters_default(
    file: &mut File<'_>,
    operation: &Operation,
    fields: &[(&Parameter, &String)],
) -> ParametersDefault {
    if !file.cx.graph.given_parameters(operation).is_empty() {
        return ParametersDefault::None;
    }
    // Clippy requires `derive` if it is equivalent.
    let derives = |parameter: &Parameter| {
        parameter.default_value().is_none_or(|value| literal::is_natural(file, value, parameter.ty))
    };
    if fields.iter().all(|(parameter, _)| derives(parameter)) {
        return ParametersDefault::Derived;
    }
    let mut values = Vec::with_capacity(fields.len());
    for (parameter, name) in fields {
        let name: TokenStream = name.parse().unwrap_or_default();
        let value = match (parameter.default_value(), &parameter.presence) {
            (Some(value), _) => literal::use_tokens(file, value, parameter.ty, false, false),
            (None, Presence::Optional) => quote!(None),
            (None, Presence::Required | Presence::Default(_) | Presence::ThreeState) => {
                quote!(Default::default())
            }
        };
        values.push(quote!(#name: #value));
    }
    ParametersDefault::Written(quote! {
        impl Default for Params {
            fn default() -> Self {
                Self { #(#values),* }
            }
        }
    })
}

/// Whether a type is an inline type of the operation with the name `Body`.
pub(super) fn is_body(file: &File<'_>, id: TypeId) -> bool {
    is_called(file, id, "Body")
}

/// Whether a type is an inline type of the operation with this name.
pub(super) fn is_called(file: &File<'_>, id: TypeId, name: &str) -> bool {
    file.cx.names.owner(id) == Some(file.owner) && file.cx.names.type_ident(id) == Some(name)
}

/// The notes on a type, in addition to its description: for `Body`, how it is sent.
pub(super) fn type_notes(file: &File<'_>, id: TypeId) -> Vec<String> {
    match file.owner {
        Owner::Operation(index) if is_body(file, id) => {
            file.cx.graph.operations()[index].body.iter().map(body::note).collect()
        }
        Owner::Operation(_) | Owner::Component(_) => conversion::sent_note(file, id).into_iter().collect(),
    }
}

/// Documentation of the operation's module.
pub(super) fn operation_docs(operation: &Operation) -> Text {
    let notes = match operation.kind {
        OperationKind::Path => Vec::new(),
        OperationKind::Webhook => vec!["A webhook: the server calls.".to_owned()],
        OperationKind::Callback => vec!["A callback: the server calls.".to_owned()],
    };
    docs::render(&operation.docs, &notes)
}

enum ParametersDefault {
    None,
    Derived,
    Written(TokenStream),
}

fn place_note(parameter: &Parameter) -> String {
    let wire = code(&parameter.wire);
    match parameter.place {
        ParameterPlace::Path => format!("Sent in the path as {wire}."),
        ParameterPlace::Query => format!("Sent in the query as {wire}."),
        ParameterPlace::Header => format!("Sent in the header {wire}."),
        ParameterPlace::Cookie => format!("Sent in the cookie {wire}."),
    }
}

/// A sentence with the counts.
pub(super) fn counts(graph: &Graph, names: &Names) -> String {
    let count = |is: fn(&Shape) -> bool| {
        let named = |index: usize| names.type_ident(TypeId(index as u32)).is_some();
        graph.types().iter().enumerate().filter(|(index, ty)| is(&ty.shape) && named(*index)).count()
    };
    let plural = |count: usize, one: &str, many: &str| {
        if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
    };
    format!(
        "{}, {}, {}; {}.",
        plural(count(|shape| matches!(shape, Shape::Struct(_))), "struct", "structs"),
        plural(count(|shape| matches!(shape, Shape::Union(_))), "union", "unions"),
        plural(count(|shape| matches!(shape, Shape::Enum(_))), "enum", "enums"),
        plural(graph.operations().len(), "operation", "operations"),
    )
}

//! Operations: a module each, with the parameters, the body and the responses.

use proc_macro2::TokenStream;
use quote::quote;

use super::body;
use super::docs::{self, Text};
use super::file::File;
use super::text::{code, quoted};
use crate::ir::{Graph, Operation, OperationKind, Owner, Parameter, ParameterPlace, Presence, Shape, TypeId};
use crate::naming::Names;

impl File<'_> {
    /// What stands in an operation's module beside the types that are written inside it.
    pub(super) fn operation(&mut self, index: usize, operation: &Operation) {
        self.line(0, format!("pub const METHOD: &str = {};", quoted(operation.method.as_str())));
        self.line(0, format!("pub const PATH: &str = {};", quoted(&operation.path)));
        if let Some(media_type) = operation.body.as_ref().and_then(body::media_type) {
            self.line(0, "/// The media type of the request body.");
            self.line(0, format!("pub const BODY_MEDIA_TYPE: &str = {};", quoted(media_type)));
        }
        if !operation.parameters.is_empty() {
            self.gap();
            self.parameters(index, operation);
        }
        if let Some(body) = &operation.body {
            self.body(index, body);
        }
        let is_called = self.cx.client && operation.kind == OperationKind::Path;
        if !operation.responses.is_empty() || is_called {
            self.gap();
            self.responses(index, operation);
        }
        if let Some(stream) = &operation.stream {
            self.item(stream);
        }
        if is_called && !operation.headers.is_empty() {
            self.gap();
            self.headers(index, operation);
        }
        if is_called {
            self.gap();
            self.call(index, operation);
            operation.stream.iter().for_each(|stream| self.stream(stream));
            operation.pages.iter().for_each(|pages| self.pages(index, operation, pages));
        }
    }

    fn parameters(&mut self, index: usize, operation: &Operation) {
        let names = &self.cx.names.operation(index).parameters;
        let fields: Vec<(&Parameter, &String)> = operation.parameters.iter().zip(names).collect();
        let default = self.parameters_default(operation, &fields);
        let derived = matches!(default, ParametersDefault::Derived);
        self.line(0, format!("#[derive(Clone, Debug, PartialEq{})]", if derived { ", Default" } else { "" }));
        self.line(0, "pub struct Params {");
        for (parameter, name) in &fields {
            let mut notes = vec![place_note(parameter)];
            if let Some(value) = parameter.default_value() {
                notes.extend(self.default_note(value));
            }
            self.docs(1, &parameter.docs, &notes);
            let spelled = self.field_type(parameter.ty, &parameter.presence, false);
            self.allow_complex(1, &spelled);
            self.line(1, format!("pub {name}: {spelled},"));
        }
        self.line(0, "}");
        if let ParametersDefault::Written(item) = default {
            self.gap();
            self.default_item(item);
        }
        self.params_constructor(operation, &fields);
    }

    /// How `Params` has a default: it has one where no parameter has to be given.
    fn parameters_default(
        &mut self,
        operation: &Operation,
        fields: &[(&Parameter, &String)],
    ) -> ParametersDefault {
        if !self.cx.graph.given_parameters(operation).is_empty() {
            return ParametersDefault::None;
        }
        // Clippy wants `derive` wherever it does the same.
        let derives = |parameter: &Parameter| {
            parameter.default_value().is_none_or(|value| self.is_natural(value, parameter.ty))
        };
        if fields.iter().all(|(parameter, _)| derives(parameter)) {
            return ParametersDefault::Derived;
        }
        let mut values = Vec::with_capacity(fields.len());
        for (parameter, name) in fields {
            let name: TokenStream = name.parse().unwrap_or_default();
            let value = match (parameter.default_value(), &parameter.presence) {
                (Some(value), _) => self.value(value, parameter.ty, false, false),
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

    /// Whether a type is written inside the operation and called `Body`.
    pub(super) fn is_body(&self, id: TypeId) -> bool {
        self.is_called(id, "Body")
    }

    /// Whether a type is written inside the operation under this name.
    pub(super) fn is_called(&self, id: TypeId, name: &str) -> bool {
        self.cx.names.owner(id) == Some(self.owner) && self.cx.names.type_ident(id) == Some(name)
    }

    /// What is said of a type beside what the document says: of an operation's `Body`, how it is sent.
    pub(super) fn type_notes(&self, id: TypeId) -> Vec<String> {
        match self.owner {
            Owner::Operation(index) if self.is_body(id) => {
                self.cx.graph.operations()[index].body.iter().map(body::note).collect()
            }
            Owner::Operation(_) | Owner::Component(_) => self.sent_note(id).into_iter().collect(),
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

/// What there is, in a sentence.
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

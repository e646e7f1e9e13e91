//! The template of a path and its parameters, which have to agree (OpenAPI 3.0.4 §4.7.8.2, "Path Templating Matching").

use super::convert::Converter;
use crate::diagnostics::Diagnostic;
use crate::ir::{Docs, Operation, Parameter, ParameterForm, ParameterPlace, Presence, Scalar, TypeRef};

/// Makes them agree, with a warning: what the template names and no parameter is called is a text of the caller's, and a
/// path parameter that the template does not name is not sent. If there is one of each, they are the same parameter.
pub(super) fn settle(operation: &mut Operation, converter: &mut Converter<'_, '_>) {
    let names: Vec<String> = operation.path_names().into_iter().map(str::to_owned).collect();
    let is_of_path = |parameter: &Parameter| parameter.place == ParameterPlace::Path;
    let mut missing: Vec<&String> = Vec::new();
    for name in &names {
        let is_known = operation.parameters.iter().any(|it| is_of_path(it) && it.wire == *name);
        if !is_known && !missing.contains(&name) {
            missing.push(name);
        }
    }
    let unnamed = operation.parameters.iter_mut().filter(|it| is_of_path(it) && !names.contains(&it.wire));
    let mut unnamed: Vec<&mut Parameter> = unnamed.collect();
    if let ([name], [parameter]) = (&missing[..], &mut unnamed[..]) {
        let message = format!(
            "the path has `{{{name}}}` and the parameter is called `{}`: it is sent there",
            parameter.wire
        );
        let found = Diagnostic::warning("unfit-path-parameter", parameter.location.clone(), message);
        converter.sink.push(found.help("names are compared letter by letter: give both the same"));
        parameter.wire.clone_from(name);
        return;
    }
    for parameter in unnamed {
        let message = format!(
            "the path `{}` has no place for the parameter `{}`: its value is not sent",
            operation.path, parameter.wire
        );
        converter.sink.push(Diagnostic::warning("unfit-path-parameter", parameter.location.clone(), message));
    }
    if missing.is_empty() {
        return;
    }
    let ty = TypeRef { id: converter.scalar(Scalar::String), nullable: false };
    for name in missing {
        let message = format!("no path parameter is called `{name}`: it is taken as a text");
        let help = format!("declare it: `{{ name: {name}, in: path, required: true, schema: … }}`");
        let at = operation.location.clone();
        converter.sink.push(Diagnostic::warning("unfit-path-parameter", at.clone(), message).help(help));
        operation.parameters.push(Parameter {
            wire: name.clone(),
            place: ParameterPlace::Path,
            form: ParameterForm::of_place(ParameterPlace::Path),
            docs: Docs::default(),
            ty,
            presence: Presence::Required,
            initial: None,
            location: at,
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::warnings;

    #[test]
    fn names_and_parameters_that_do_not_meet() {
        insta::assert_snapshot!(warnings(
            "
            paths:
              /a/{id}: { get: { operationId: missing, responses: {} } }
              /b/{id}/{Other}:
                parameters: [{ name: ID, in: path, required: true, schema: { type: string } }]
                get:
                  operationId: case
                  parameters: [{ name: Other, in: path, required: true, schema: { type: string } }]
                  responses: {}
              /c/{id}/{id}:
                get:
                  operationId: superfluous
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: string } }
                    - { name: zz, in: path, required: true, schema: { type: string } }
                    - { name: id, in: query, schema: { type: string } }
                  responses: {}
            "
        ), @"
            ! unfit-path-parameter at /paths/~1a~1{id}/get: no path parameter is called `id`: it is taken as a text
              = help: declare it: `{ name: id, in: path, required: true, schema: … }`
            ! unfit-path-parameter at /paths/~1b~1{id}~1{Other}/parameters/0: the path has `{id}` and the parameter is called `ID`: it is sent there
              = help: names are compared letter by letter: give both the same
            ! unfit-path-parameter at /paths/~1c~1{id}~1{id}/get/parameters/1: the path `/c/{id}/{id}` has no place for the parameter `zz`: its value is not sent
            ");
    }
}

//! Whether the template of a path and its parameters agree (OpenAPI 3.0.4 §4.7.8.2, "Path Templating Matching").

use crate::diagnostics::{Diagnostic, Sink, closest};
use crate::ir::{Operation, ParameterPlace};

/// Warns of names in the template that no parameter has, and of path parameters that the template does not name.
pub(super) fn check(operation: &Operation, sink: &mut Sink) {
    let names = operation.path_names();
    let of_path = || operation.parameters.iter().filter(|parameter| parameter.place == ParameterPlace::Path);
    for (index, name) in names.iter().enumerate() {
        if names[..index].contains(name) || of_path().any(|parameter| parameter.wire == *name) {
            continue;
        }
        let message = format!(
            "no path parameter is called `{name}`: requests have `{{{name}}}` in their path as it is"
        );
        let free = of_path().map(|parameter| parameter.wire.as_str()).filter(|known| !names.contains(known));
        let help = match closest(name, free) {
            Some(known) => format!("did you mean `{known}`? Names are compared letter by letter"),
            None => format!("declare it: `{{ name: {name}, in: path, required: true, schema: … }}`"),
        };
        let at = operation.location.clone();
        sink.push(Diagnostic::warning("unfit-path-parameter", at, message).help(help));
    }
    for parameter in of_path().filter(|parameter| !names.contains(&parameter.wire.as_str())) {
        let message = format!(
            "the path `{}` has no place for the parameter `{}`: its value is not sent",
            operation.path, parameter.wire
        );
        sink.push(Diagnostic::warning("unfit-path-parameter", parameter.location.clone(), message));
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
            ! unfit-path-parameter at /paths/~1a~1{id}/get: no path parameter is called `id`: requests have `{id}` in their path as it is
              = help: declare it: `{ name: id, in: path, required: true, schema: … }`
            ! unfit-path-parameter at /paths/~1b~1{id}~1{Other}/get: no path parameter is called `id`: requests have `{id}` in their path as it is
              = help: did you mean `ID`? Names are compared letter by letter
            ! unfit-path-parameter at /paths/~1b~1{id}~1{Other}/parameters/0: the path `/b/{id}/{Other}` has no place for the parameter `ID`: its value is not sent
            ! unfit-path-parameter at /paths/~1c~1{id}~1{id}/get/parameters/1: the path `/c/{id}/{id}` has no place for the parameter `zz`: its value is not sent
            ");
    }
}

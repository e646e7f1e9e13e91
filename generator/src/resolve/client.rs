//! Servers and security schemes.

use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityRequirement};

use crate::ir::{Docs, Operation, OperationKind, SecretPlace, SecurityScheme, Server, ServerVariable};

/// The servers of a list.
pub(super) fn servers(list: &[openapiv3::Server]) -> Vec<Server> {
    let server = |server: &openapiv3::Server| Server {
        url: server.url.clone(),
        docs: docs(server.description.as_deref()),
        variables: server
            .variables
            .iter()
            .flatten()
            .map(|(name, variable)| ServerVariable {
                name: name.clone(),
                default: variable.default.clone(),
                values: variable.enumeration.clone(),
                docs: docs(variable.description.as_deref()),
            })
            .collect(),
    };
    list.iter().map(server).collect()
}

/// What an operation asks for: the alternatives of which all schemes are known. To ask for nothing is no alternative,
/// since a secret that there is may be sent.
pub(super) fn alternatives(document: &OpenAPI, own: Option<&[SecurityRequirement]>) -> Vec<Vec<String>> {
    let known = document.components.as_ref().map(|components| &components.security_schemes);
    let is_known = |name: &String| known.is_some_and(|known| known.contains_key(name));
    let asked = own.or(document.security.as_deref()).unwrap_or_default();
    let complete = asked.iter().filter(|schemes| !schemes.is_empty() && schemes.keys().all(is_known));
    complete.map(|schemes| schemes.keys().cloned().collect()).collect()
}

/// Whether an operation may be called without any secret.
pub(super) fn is_open(document: &OpenAPI, own: Option<&[SecurityRequirement]>) -> bool {
    let asked = own.or(document.security.as_deref()).unwrap_or_default();
    asked.is_empty() || asked.iter().any(indexmap::IndexMap::is_empty)
}

/// The schemes that operations which are called ask for.
pub(super) fn schemes(document: &OpenAPI, operations: &[Operation]) -> Vec<SecurityScheme> {
    let called = operations.iter().filter(|operation| operation.kind == OperationKind::Path);
    let asked: Vec<&String> = called.flat_map(|operation| operation.security.iter().flatten()).collect();
    let components = document.components.iter();
    let all = components.flat_map(|components| &components.security_schemes);
    let used = all.filter(|(name, _)| asked.contains(name));
    used.filter_map(|(name, scheme)| {
        let ReferenceOr::Item(scheme) = scheme else { return None };
        let (place, description) = place(scheme);
        Some(SecurityScheme { name: name.clone(), place, docs: docs(description) })
    })
    .collect()
}

fn place(scheme: &openapiv3::SecurityScheme) -> (SecretPlace, Option<&str>) {
    use openapiv3::SecurityScheme as Scheme;
    match scheme {
        Scheme::APIKey { location, name, description, .. } => {
            let name = name.clone();
            let place = match location {
                APIKeyLocation::Header => SecretPlace::Header(name),
                APIKeyLocation::Query => SecretPlace::Query(name),
                APIKeyLocation::Cookie => SecretPlace::Cookie(name),
            };
            (place, description.as_deref())
        }
        Scheme::HTTP { scheme, description, .. } => {
            let place = match scheme.to_ascii_lowercase().as_str() {
                "bearer" => SecretPlace::Bearer,
                "basic" => SecretPlace::Basic,
                _ => SecretPlace::Authorization(scheme.clone()),
            };
            (place, description.as_deref())
        }
        Scheme::OAuth2 { description, .. } | Scheme::OpenIDConnect { description, .. } => {
            (SecretPlace::Bearer, description.as_deref())
        }
    }
}

fn docs(description: Option<&str>) -> Docs {
    let description = description.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    Docs { description, ..Docs::default() }
}

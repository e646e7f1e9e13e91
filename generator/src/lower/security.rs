//! Security schemes, and which of them operations require.

use super::bodies;
use super::dialect::Dialect;
use super::inline;
use super::schema::Moved;
use super::{At, Lowering};
use crate::diagnostics::{Diagnostic, closest};
use crate::document::{SecretLocation, SecurityKind, SecurityRequirement, SecurityScheme};
use crate::load::{Object, Tree};

/// The schemes of the document, under their names.
pub fn security_schemes(lowering: &mut Lowering<'_, '_>, root: &At<'_>) {
    if lowering.dialect == Dialect::Swagger2 {
        if let Some(schemes) = lowering.root.get("securityDefinitions") {
            schemes_in(lowering, schemes, root, "securityDefinitions");
        }
        return;
    }
    let Some(components) = lowering.root.get("components") else { return };
    inline::members(lowering, components, root, "components", |this, members, at, _| {
        if let Some(schemes) = members.get("securitySchemes") {
            schemes_in(this, schemes, at, "securitySchemes");
        }
    });
}

fn schemes_in<'t>(lowering: &mut Lowering<'t, '_>, value: &'t Tree, at: &At<'_>, key: &str) {
    inline::members(lowering, value, at, key, |this, members, here, moved| {
        for (name, tree) in members.iter() {
            let scheme = inline::read_here(this, tree, &here.key(name), moved, security_scheme).flatten();
            if let Some(scheme) = scheme {
                this.out.security_schemes.insert(name.to_owned(), scheme);
            }
        }
    });
}

fn security_scheme<'t>(
    lowering: &mut Lowering<'t, '_>,
    tree: &'t Tree,
    at: &At<'_>,
    _moved: Moved,
) -> Option<SecurityScheme> {
    let members = bodies::object_here(lowering, tree, at, "a security scheme")?;
    let description = members.get("description").and_then(|value| lowering.text(value, at, "description"));
    let text = |key: &str| members.get(key).and_then(Tree::as_str).map(str::to_owned);
    let kind = match text("type").as_deref() {
        Some("basic") => SecurityKind::Http { scheme: "basic".to_owned() },
        Some("http") => SecurityKind::Http { scheme: text("scheme").unwrap_or_else(|| "bearer".to_owned()) },
        Some("apiKey") => api_key(lowering, members, at)?,
        Some("oauth2") => SecurityKind::OAuth2,
        Some("openIdConnect") => {
            SecurityKind::OpenIdConnect { url: text("openIdConnectUrl").unwrap_or_default() }
        }
        // Certificates are handled by the HTTP library.
        Some("mutualTLS") => return None,
        Some(_) | None => return not_a_scheme(lowering, at),
    };
    Some(SecurityScheme { description, kind })
}

fn api_key(lowering: &mut Lowering<'_, '_>, members: &Object, at: &At<'_>) -> Option<SecurityKind> {
    let location = match members.get("in").and_then(Tree::as_str) {
        Some("query") => SecretLocation::Query,
        Some("header") => SecretLocation::Header,
        Some("cookie") => SecretLocation::Cookie,
        Some(_) | None => return not_a_scheme(lowering, at),
    };
    let Some(name) = members.get("name").and_then(Tree::as_str) else { return not_a_scheme(lowering, at) };
    Some(SecurityKind::ApiKey { location, name: name.to_owned() })
}

fn not_a_scheme<T>(lowering: &mut Lowering<'_, '_>, at: &At<'_>) -> Option<T> {
    let message = "the security scheme says neither how nor where a secret is sent; it is ignored";
    let help = "a scheme has a `type`: `http` with a `scheme`, `apiKey` with a `name` and an `in`, `oauth2` or \
                `openIdConnect`";
    lowering.sink.push(Diagnostic::warning("unreadable-security", at.location(), message).help(help));
    None
}

/// `security` of the object at `at`: the alternatives, each with the schemes that it needs all of.
pub fn requirements<'t>(
    lowering: &mut Lowering<'t, '_>,
    value: &'t Tree,
    at: &At<'_>,
) -> Vec<SecurityRequirement> {
    let mut alternatives = Vec::new();
    inline::elements(lowering, value, at, "security", |this, elements, list, _| {
        for (index, tree) in elements.iter().enumerate() {
            let place = list.index(index);
            let Some(members) = bodies::object_here(this, tree, &place, "a security requirement") else {
                continue;
            };
            for (name, _) in members.iter() {
                check_declared(this, name, &place);
            }
            alternatives.push(members.iter().map(|(name, _)| name.to_owned()).collect());
        }
    });
    alternatives
}

/// Warns of a scheme that the document does not declare: calls are sent without its secret.
fn check_declared(lowering: &mut Lowering<'_, '_>, name: &str, at: &At<'_>) {
    let Some(declared) = declared(lowering) else { return };
    if declared.contains(&name) {
        return;
    }
    let message = format!(
        "the security scheme `{name}` is not declared: the alternative is ignored, and its secrets are not sent"
    );
    let help = match closest(name, declared.into_iter()) {
        Some(known) => format!("did you mean `{known}`?"),
        None => match lowering.dialect {
            Dialect::Swagger2 => "`securityDefinitions` declares schemes".to_owned(),
            Dialect::V30 | Dialect::V31 => {
                "`securitySchemes` among the components declares schemes".to_owned()
            }
        },
    };
    let place = at.key(name).location();
    lowering.sink.push(Diagnostic::warning("unknown-security", place, message).help(help));
}

/// The names of the schemes, also of those that cannot be read. `None` where they stand behind a reference.
fn declared<'t>(lowering: &Lowering<'t, '_>) -> Option<Vec<&'t str>> {
    let schemes = match lowering.dialect {
        Dialect::Swagger2 => lowering.root.get("securityDefinitions"),
        Dialect::V30 | Dialect::V31 => {
            let components = lowering.root.get("components");
            if components.is_some_and(|components| components.get("$ref").is_some()) {
                return None;
            }
            components.and_then(|components| components.get("securitySchemes"))
        }
    };
    let Some(members) = schemes.and_then(Tree::as_object) else { return Some(Vec::new()) };
    let names: Vec<&str> = members.iter().map(|(name, _)| name).collect();
    (!names.contains(&"$ref")).then_some(names)
}

#[cfg(test)]
mod tests {
    use crate::testing::warnings;

    #[test]
    fn schemes_that_are_not_declared() {
        insta::assert_snapshot!(warnings(
            "
            paths:
              /a: { get: { security: [{ tokne: [] }, { token: [] }, {}], responses: {} } }
              /b: { get: { security: [{ certificate: [], other: [] }], responses: {} } }
            components:
              securitySchemes:
                token: { type: http, scheme: bearer }
                certificate: { type: mutualTLS }
            "
        ), @"
            ! unknown-security at /paths/~1a/get/security/0/tokne: the security scheme `tokne` is not declared: the alternative is ignored, and its secrets are not sent
              = help: did you mean `token`?
            ! unknown-security at /paths/~1b/get/security/0/other: the security scheme `other` is not declared: the alternative is ignored, and its secrets are not sent
              = help: `securitySchemes` among the components declares schemes
            ");
        // What stands behind a reference is not looked for.
        insta::assert_snapshot!(warnings(
            "
            paths:
              /a: { get: { security: [{ token: [] }], responses: {} } }
            components:
              securitySchemes: { $ref: '#/x-schemes' }
            x-schemes:
              token: { type: http, scheme: bearer }
            "
        ), @"! dangling-reference at /components/securitySchemes/$ref: `#/x-schemes` does not exist");
    }
}

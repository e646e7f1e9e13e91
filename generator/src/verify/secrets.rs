//! Hides secrets in reports: values that the document declares as secret, and values with a secret name or the form of
//! a credential.

use std::collections::BTreeSet;

pub(super) use modelsmith_runtime::known_secrets::REDACTED;
pub(super) use modelsmith_runtime::known_secrets::is_credential;
use modelsmith_runtime::known_secrets::is_secret_name;
use serde_json::{Map, Value};

use super::fault::{Fault, Quoted};
use crate::diagnostics::{Pointer, excerpt_of};
use crate::ir::{Graph, Operation, SecretTypes, TypeRef, compared_name, secret_names};
use crate::number;

/// How many members or elements of a value are shown, to which depth, and how many characters in total.
const SHOWN: usize = 4;
const DEPTH: usize = 3;
const LONGEST: usize = 120;

/// The secrets of a document.
pub(super) struct Secrets {
    /// Names of properties and parameters that the document declares as secret, normalised.
    names: BTreeSet<String>,
    types: SecretTypes,
}

/// How much of a value is secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Secrecy {
    /// Nothing.
    None,
    /// Strings: the name is a common one of secrets. The number of tokens is not a secret.
    Texts,
    /// Everything except `null` and empty values: the document declares it.
    All,
}

impl Secrecy {
    /// Whether to hide a value.
    fn hides(self, value: &Value) -> bool {
        let is_empty = match value {
            Value::Null => true,
            Value::Bool(_) | Value::Number(_) => false,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(members) => members.is_empty(),
        };
        let is_plain = value.is_boolean() || value.is_number();
        match self {
            Self::None => false,
            Self::Texts => !is_empty && !is_plain,
            Self::All => !is_empty,
        }
    }
}

impl Secrets {
    pub(super) fn of(graph: &Graph) -> Self {
        Self { names: secret_names(graph), types: SecretTypes::of(graph) }
    }

    /// The secrecy of a value with this name.
    fn of_name(&self, name: &str) -> Secrecy {
        if self.names.contains(&compared_name(name)) {
            Secrecy::All
        } else if is_secret_name(&[], name) {
            Secrecy::Texts
        } else {
            Secrecy::None
        }
    }

    /// The secrecy of the values of a type.
    pub(super) fn of_type(&self, ty: TypeRef) -> Secrecy {
        if self.types.has(ty) { Secrecy::All } else { Secrecy::None }
    }

    /// The highest secrecy of a whole response body of an operation.
    pub(super) fn of_bodies(&self, operation: &Operation) -> Secrecy {
        let contents = operation.responses.iter().flat_map(|response| &response.contents);
        let types = contents.filter_map(|content| content.content.ty());
        types.map(|ty| self.of_type(ty)).max().unwrap_or(Secrecy::None)
    }

    /// Whether to hide values with this name.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.of_name(name) > Secrecy::None
    }

    /// The names that the document declares as secret, normalised.
    pub(super) fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    /// The secrecy of a place in a value, given that of the whole value.
    pub(super) fn of_place(&self, whole: Secrecy, at: &Pointer) -> Secrecy {
        at.tokens().iter().map(|name| self.of_name(name)).fold(whole, Secrecy::max)
    }

    /// A value as the report shows it: shortened, and without secrets.
    pub(super) fn shown(&self, value: &Value, secrecy: Secrecy) -> String {
        if secrecy.hides(value) {
            return REDACTED.to_owned();
        }
        let text = number::text(&self.short(value, 0));
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
            None => text,
        }
    }

    /// What the report shows of a text that is not JSON: the field names of a form, otherwise nothing.
    pub(super) fn of_text(media_type: Option<&str>, text: &str) -> String {
        if media_type != Some("application/x-www-form-urlencoded") {
            return String::new();
        }
        let names = text.split('&').take(SHOWN).filter_map(|pair| pair.split_once('=')).map(|(name, _)| name);
        let pairs: Vec<String> = names.map(|name| format!("{}={REDACTED}", name_shown(name))).collect();
        pairs.join("&")
    }

    /// Removes secrets from the kind of a fault. `secrecy` is that of its place.
    pub(super) fn leave_out(&self, fault: &mut Fault, secrecy: Secrecy) {
        let value = &fault.value;
        let shown = |value: &Value, secrecy| self.is_in(value, secrecy).then(|| self.shown(value, secrecy));
        let (text, shown) = match fault.kind.quoted() {
            Quoted::Nothing => return,
            Quoted::Value(text) => (text, shown(value, secrecy)),
            Quoted::Tag { property, value: text } => {
                let secrecy = secrecy.max(self.of_name(property));
                let shown = shown(value.get(property).unwrap_or(value), secrecy);
                (text, shown)
            }
            Quoted::Name(name) => {
                let shown = is_credential(name).then(|| REDACTED.to_owned());
                (name, shown)
            }
        };
        if let Some(shown) = shown {
            *text = shown;
            fault.is_redacted = true;
        }
    }

    /// Whether a value contains a secret.
    fn is_in(&self, value: &Value, secrecy: Secrecy) -> bool {
        secrecy.hides(value)
            || match value {
                Value::String(text) => is_credential(text),
                Value::Array(items) => items.iter().any(|item| self.is_in(item, Secrecy::None)),
                Value::Object(members) => members
                    .iter()
                    .any(|(name, member)| is_credential(name) || self.is_in(member, self.of_name(name))),
                Value::Null | Value::Bool(_) | Value::Number(_) => false,
            }
    }

    /// A path as the report shows it.
    pub(super) fn of_url(text: &str) -> String {
        let parts: Vec<String> = text.split('/').take(20).map(name_shown).collect();
        parts.join("/")
    }

    fn short(&self, value: &Value, depth: usize) -> Value {
        match value {
            Value::String(text) if is_credential(text) => REDACTED.into(),
            Value::String(text) if number::wide(value).is_none() => excerpt_of(text).into(),
            Value::Array(items) if depth < DEPTH => {
                let mut shown: Vec<Value> =
                    items.iter().take(SHOWN).map(|item| self.short(item, depth + 1)).collect();
                if items.len() > SHOWN {
                    shown.push("…".into());
                }
                Value::Array(shown)
            }
            Value::Object(members) if depth < DEPTH => {
                let mut shown = Map::new();
                for (name, member) in members.iter().take(SHOWN) {
                    let member = match self.of_name(name).hides(member) {
                        true => REDACTED.into(),
                        false => self.short(member, depth + 1),
                    };
                    shown.insert(name_shown(name), member);
                }
                if members.len() > SHOWN {
                    shown.insert("…".to_owned(), "…".into());
                }
                Value::Object(shown)
            }
            Value::Array(_) => Value::Array(vec!["…".into()]),
            Value::Object(_) => Value::Object(Map::from_iter([("…".to_owned(), "…".into())])),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
        }
    }
}

/// A name as the report shows it: keys of maps can be anything, even credentials.
fn name_shown(name: &str) -> String {
    if is_credential(name) { REDACTED.to_owned() } else { excerpt_of(name).into_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::read;

    #[test]
    fn secrets_are_what_the_document_says_and_what_is_called_or_looks_so() {
        let document = read(
            "
            paths:
              /a:
                get:
                  security: [{ key: [] }]
                  parameters: [{ name: pin, in: query, schema: { type: integer, format: password } }]
                  responses: { '204': { description: Done } }
            components:
              securitySchemes: { key: { type: apiKey, in: header, name: X-Door } }
              schemas: { A: { type: object, properties: { hush: { type: string, writeOnly: true }, open: { type: string } } } }
            ",
        );
        let secrets = Secrets::of(&document.graph);
        for name in
            ["hush", "HUSH", "pin", "x_door", "Authorization", "set-cookie", "access_token", "userPassword"]
        {
            assert!(secrets.is_named(name), "{name}");
        }
        for name in ["open", "name", "pinned", "id"] {
            assert!(!secrets.is_named(name), "{name}");
        }
        let shown = |json: &str, at: &str| {
            let value: Value = serde_json::from_str(json).expect("it is JSON");
            secrets.shown(&value, secrets.of_place(Secrecy::None, &Pointer::parse(at)))
        };
        insta::assert_snapshot!(shown(r#"{"hush":"x","max_tokens":5,"open":"y"}"#, ""), @r#"{"hush":"(redacted)","max_tokens":5,"open":"y"}"#);
        insta::assert_snapshot!(shown(r#""x""#, "/a/hush/0"), @"(redacted)");
        insta::assert_snapshot!(shown("5", "/max_tokens"), @"5");
        insta::assert_snapshot!(shown(r#"["Bearer abcdefghijkl",[[[[1]]]],1,2,3]"#, ""), @r#"["(redacted)",[[["…"]]],1,2,"…"]"#);
        insta::assert_snapshot!(shown(r#"{"hush":5,"tokens":[],"a":{"hush":true}}"#, ""), @r#"{"a":{"hush":"(redacted)"},"hush":"(redacted)","tokens":[]}"#);
        insta::assert_snapshot!(shown(r#"{"eyJhbGciOiJIUzI1NiJ9":1}"#, ""), @r#"{"(redacted)":1}"#);
        let long = format!("\"{}\"", "ä".repeat(1_000));
        assert_eq!(shown(&long, "").chars().count(), 67);
        let form = Some("application/x-www-form-urlencoded");
        assert_eq!(
            Secrets::of_text(form, "access_token=x&scope=a&b"),
            "access_token=(redacted)&scope=(redacted)"
        );
        assert_eq!(Secrets::of_text(Some("text/plain"), "access_token=x"), "");
        assert_eq!(Secrets::of_url("/v1/ghp_0123456789abcdef/a"), "/v1/(redacted)/a");
    }

    /// A property is secret if its type contains a secret that has no name of its own.
    #[test]
    fn what_has_secrets_without_a_name_is_secret_by_its_own() {
        let document = read(
            "
            paths:
              /a:
                get:
                  parameters: [{ name: X-Keys, in: header, schema: { type: array, items: { type: string, format: password } } }]
                  responses: { '200': { description: Done, headers: { X-Seed: { schema: { $ref: '#/components/schemas/Pin' } } } } }
            components:
              schemas:
                Pin: { type: integer, format: password }
                Pins: { type: array, items: { $ref: '#/components/schemas/Pin' } }
                Inner: { type: object, properties: { word: { type: string, format: password } } }
                All:
                  type: object
                  properties:
                    plain: { $ref: '#/components/schemas/Pin' }
                    nullable: { anyOf: [{ $ref: '#/components/schemas/Pin' }, { type: 'null' }] }
                    items: { type: array, items: { type: array, items: { $ref: '#/components/schemas/Pin' } } }
                    named: { $ref: '#/components/schemas/Pins' }
                    map: { type: object, additionalProperties: { type: string, writeOnly: true } }
                    others: { type: object, properties: { a: { type: string } }, additionalProperties: { $ref: '#/components/schemas/Pin' } }
                    tuple: { type: array, prefixItems: [{ type: string }, { $ref: '#/components/schemas/Pin' }], minItems: 2, maxItems: 2 }
                    union: { oneOf: [{ type: boolean }, { $ref: '#/components/schemas/Pins' }] }
                    object: { type: object, writeOnly: true, properties: { b: { type: integer } } }
                    outer: { type: array, items: { $ref: '#/components/schemas/Inner' } }
                    open: { type: string }
            ",
        );
        let names: Vec<String> = secret_names(&document.graph).into_iter().collect();
        let expected = "items map named nullable object others plain tuple union word xkeys xseed";
        assert_eq!(names.join(" "), expected);
    }
}

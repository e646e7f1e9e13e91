//! Which values are not shown: what the document calls secret, and what is known to be by its name or its form.

use std::collections::BTreeSet;

pub(super) use modelsmith_runtime::known_secrets::REDACTED;
use modelsmith_runtime::known_secrets::{is_credential, is_secret_name};
use serde_json::{Map, Value};

use crate::diagnostics::{Pointer, excerpt_of};
use crate::ir::{Graph, compared_name, secret_names};
use crate::number;

/// How many members or elements of a value are shown, how deep, and how many characters in all.
const SHOWN: usize = 4;
const DEPTH: usize = 3;
const LONGEST: usize = 120;

/// What is secret.
pub(super) struct Secrets {
    /// Names of properties and parameters that the document calls secret, as they are compared.
    names: BTreeSet<String>,
}

impl Secrets {
    pub(super) fn of(graph: &Graph) -> Self {
        Self { names: secret_names(graph) }
    }

    /// Whether what has this name is not shown.
    pub(super) fn is_named(&self, name: &str) -> bool {
        self.names.contains(&compared_name(name)) || is_secret_name(&[], name)
    }

    /// The names that the document calls secret, as they are compared.
    pub(super) fn names(&self) -> Vec<&str> {
        self.names.iter().map(String::as_str).collect()
    }

    /// Whether a place in a value is not shown.
    pub(super) fn is_place(&self, at: &Pointer) -> bool {
        at.tokens().iter().any(|name| self.is_named(name))
    }

    /// A value, shortened, with secrets left out.
    pub(super) fn shown(&self, value: &Value, at: &Pointer) -> String {
        if self.is_place(at) && !is_harmless(value) {
            return REDACTED.to_owned();
        }
        let text = number::text(&self.short(value, 0));
        match text.char_indices().nth(LONGEST) {
            Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
            None => text,
        }
    }

    /// A text that is shown for a part of a URL.
    pub(super) fn of_url(text: &str) -> String {
        let shown = |part: &str| {
            if is_credential(part) { REDACTED.to_owned() } else { excerpt_of(part).into_owned() }
        };
        let parts: Vec<String> = text.split('/').take(20).map(shown).collect();
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
                    let member = match self.is_named(name) && !is_harmless(member) {
                        true => REDACTED.into(),
                        false => self.short(member, depth + 1),
                    };
                    shown.insert(excerpt_of(name).into_owned(), member);
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

/// Whether a value says nothing of a secret, whatever its name: `null`, `true`, the number of tokens.
fn is_harmless(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
    }
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
            secrets.shown(&value, &Pointer::parse(at))
        };
        insta::assert_snapshot!(shown(r#"{"hush":"x","max_tokens":5,"open":"y"}"#, ""), @r#"{"hush":"(redacted)","max_tokens":5,"open":"y"}"#);
        insta::assert_snapshot!(shown(r#""x""#, "/a/hush/0"), @"(redacted)");
        insta::assert_snapshot!(shown("5", "/max_tokens"), @"5");
        insta::assert_snapshot!(shown(r#"["Bearer abcdefghijkl",[[[[1]]]],1,2,3]"#, ""), @r#"["(redacted)",[[["…"]]],1,2,"…"]"#);
        let long = format!("\"{}\"", "ä".repeat(1_000));
        assert_eq!(shown(&long, "").chars().count(), 67);
        assert_eq!(Secrets::of_url("/v1/ghp_0123456789abcdef/a"), "/v1/(redacted)/a");
    }
}

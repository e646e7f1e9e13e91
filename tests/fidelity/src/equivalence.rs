//! Whether a value that was read and written back is the same, and what may count as the same.
//!
//! The same are: absent and `null` for an optional property that may be `null`; absent and the default; `8` and `8.0` where
//! the schema says `number`; an instant written in two ways where it says `date-time`. Nothing else.

use chrono::DateTime;
use serde_json::{Map, Value};

use crate::{Document, Parts, pointer};

/// One place where two values differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Where, in the value.
    pub pointer: String,
    /// What was read; `None` for an absent property.
    pub before: Option<Value>,
    /// What was written.
    pub after: Option<Value>,
    /// How much it matters.
    pub kind: Kind,
}

/// What a difference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The values differ.
    Changed,
    /// A property was not written.
    Lost,
    /// A property was not written that is `readOnly` or `writeOnly`: a type of one side lacks it.
    OneWay,
    /// A property was written that was not there.
    Added,
    /// An absent constant was written, which models do with constants always.
    ConstantWritten,
    /// A property that the schema does not name was not written.
    Unnamed,
}

impl Kind {
    /// Whether the design allows it of a body, which travels one way and so lacks what travels the other way.
    pub fn is_allowed_in_a_body(self) -> bool {
        self == Self::OneWay || self.is_allowed()
    }

    /// Whether the design allows it.
    pub fn is_allowed(self) -> bool {
        match self {
            // Whether the type is of one side is not known here.
            Self::Changed | Self::Lost | Self::OneWay | Self::Added => false,
            Self::ConstantWritten | Self::Unnamed => true,
        }
    }
}

/// Where `after` differs from `before`, which the schema at `schema` allows.
pub fn differences(document: &Document, schema: &str, before: &Value, after: &Value) -> Vec<Difference> {
    let mut walk = Walk { document, found: Vec::new() };
    if let Some(schema) = document.schema(schema) {
        walk.value(Parts::of(document, schema), "", before, after);
    }
    walk.found
}

struct Walk<'d> {
    document: &'d Document,
    found: Vec<Difference>,
}

impl<'d> Walk<'d> {
    fn say(&mut self, kind: Kind, pointer: &str, before: Option<&Value>, after: Option<&Value>) {
        self.found.push(Difference {
            pointer: pointer.to_owned(),
            before: before.cloned(),
            after: after.cloned(),
            kind,
        });
    }

    fn value(&mut self, parts: Parts<'d>, at: &str, before: &Value, after: &Value) {
        if before == after {
            return;
        }
        let parts = parts.narrowed(self.document, before);
        match (before, after) {
            (Value::Object(before), Value::Object(after)) => self.object(&parts, at, before, after),
            (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
                for (index, (old, new)) in old.iter().zip(new).enumerate() {
                    let item = parts.item(self.document, index).unwrap_or_default();
                    self.value(item, &format!("{at}/{index}"), old, new);
                }
            }
            (Value::Number(old), Value::Number(new))
                if says_number(&parts) && old.as_f64() == new.as_f64() => {}
            (Value::String(old), Value::String(new))
                if parts.has_format("date-time") && same_instant(old, new) => {}
            _ => self.say(Kind::Changed, at, Some(before), Some(after)),
        }
    }

    fn object(
        &mut self,
        parts: &Parts<'d>,
        at: &str,
        before: &Map<String, Value>,
        after: &Map<String, Value>,
    ) {
        for (name, old) in before {
            let at = pointer::join(at, name);
            let property = parts.property(self.document, name);
            match (after.get(name), property) {
                (Some(new), property) => self.value(property.unwrap_or_default(), &at, old, new),
                (None, Some(property)) if self.same_as_absent(parts, &property, name, old) => {}
                (None, Some(property)) if is_one_way(&property) => {
                    self.say(Kind::OneWay, &at, Some(old), None)
                }
                (None, Some(property)) if parts.names(name) || !property.is_free() => {
                    self.say(Kind::Lost, &at, Some(old), None);
                }
                (None, _) => self.say(Kind::Unnamed, &at, Some(old), None),
            }
        }
        for (name, new) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
            let property = parts.property(self.document, name).unwrap_or_default();
            if self.same_as_absent(parts, &property, name, new) {
                continue;
            }
            let constant = !parts.requires(name) && property.is_constant_of_one(new);
            let kind = if constant { Kind::ConstantWritten } else { Kind::Added };
            self.say(kind, &pointer::join(at, name), None, Some(new));
        }
    }

    /// Whether property `name` means the same with `value` as when it is absent.
    fn same_as_absent(&self, parts: &Parts<'d>, property: &Parts<'d>, name: &str, value: &Value) -> bool {
        // A default may stand in the branch of a union that has it, beside `null` for one.
        let property = &property.clone().narrowed(self.document, value);
        let defaults: Vec<&Value> = property.all("default").collect();
        if !defaults.is_empty() {
            // Absent means the default, so `null` is something else, unless the default itself is `null`.
            return defaults.into_iter().any(|default| {
                let mut walk = Walk { document: self.document, found: Vec::new() };
                walk.value(property.clone(), "", value, default);
                walk.found.iter().all(|difference| difference.kind.is_allowed())
            });
        }
        value.is_null() && !parts.requires(name) && parts.names(name) && property.allows_null(self.document)
    }
}

fn is_one_way(property: &Parts) -> bool {
    let says = |keyword| property.all(keyword).any(|value| *value == Value::Bool(true));
    says("readOnly") || says("writeOnly")
}

fn says_number(parts: &Parts) -> bool {
    parts.types().is_some_and(|types| types.contains(&"number"))
}

fn same_instant(one: &str, other: &str) -> bool {
    match (instant(one), instant(other)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

/// The instant that a text names, in RFC 3339 or with the offset in the other form of ISO 8601 (`+0000`).
fn instant(text: &str) -> Option<DateTime<chrono::FixedOffset>> {
    let strict = DateTime::parse_from_rfc3339(text);
    strict.or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z")).ok()
}

#[cfg(test)]
mod tests;

//! Takes the defaults of properties and parameters out of the document. They are matched with their types when all types
//! are known (`passes/defaults.rs`).

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, FileId, Location, Sink};
use crate::ir::{Literal, Presence};
use crate::limits::{DEFAULT, DEFAULTS, SMALL_DEFAULT};

/// The defaults that were taken so far.
#[derive(Default)]
pub(super) struct Defaults {
    /// How many values those have that are not small.
    taken: usize,
    /// The places that were warned of. A property that many schemas inherit is one place.
    warned: HashSet<(FileId, String)>,
}

impl Defaults {
    /// The presence of a property or parameter whose schema stands at a place, and what it is in `Default` although it
    /// is required. A default that is `null` says no more than that there may be no value.
    pub(super) fn presence(
        &mut self,
        required: bool,
        default: Option<&Value>,
        schema: &Location,
        sink: &mut Sink,
    ) -> (Presence, Option<Literal>) {
        let value = default.filter(|value| !value.is_null()).and_then(|value| self.take(value, schema, sink));
        match (required, value) {
            (true, value) => (Presence::Required, value),
            (false, Some(value)) => (Presence::Default(value), None),
            (false, None) => (Presence::Optional, None),
        }
    }

    fn take(&mut self, value: &Value, schema: &Location, sink: &mut Sink) -> Option<Literal> {
        let size = size(value, DEFAULT + 1);
        let message = if size > DEFAULT {
            format!("the default has more than {DEFAULT} values")
        } else if size > SMALL_DEFAULT && self.taken + size > DEFAULTS {
            format!("the large defaults of the document have more than {DEFAULTS} values")
        } else {
            self.taken += if size > SMALL_DEFAULT { size } else { 0 };
            return Some(Literal::Any(value.clone()));
        };
        if self.warned.insert((schema.file, schema.pointer.to_string())) {
            sink.push(
                Diagnostic::warning("large-default", schema.keyword("default"), message)
                    .help("the property is emitted without a default"),
            );
        }
        None
    }
}

/// How many values a value consists of, counted no further than to a limit.
fn size(value: &Value, limit: usize) -> usize {
    let (mut count, mut todo) = (0, vec![value]);
    while let Some(value) = todo.pop() {
        count += 1;
        if count + todo.len() >= limit {
            return limit;
        }
        match value {
            Value::Array(items) => todo.extend(items.iter().take(limit)),
            Value::Object(members) => todo.extend(members.values().take(limit)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    count
}

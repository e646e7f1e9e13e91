//! `enum`: sets of constants.

use std::collections::HashSet;

use serde_json::Value;

use super::convert::{Converter, Made};
use super::facets::Facets;
use crate::config::{Action, Openness};
use crate::diagnostics::{Diagnostic, Location};
use crate::ir::{AnyReason, Docs, Enum, EnumKind, EnumValue, Literal, Scalar, Shape, TypeRef};

impl<'d> Converter<'_, 'd> {
    /// What a schema with `enum` is. `None` when the values are objects or arrays: those are left to the type.
    pub(super) fn enumeration(
        &mut self,
        facets: &Facets<'d>,
        values: &[&'d Value],
        at: &Location,
    ) -> Option<Made> {
        let typ = self.type_beside(facets, values, at);
        let mut named = Vec::new();
        let mut known = HashSet::new();
        let mut structured = false;
        let mut misfits = 0;
        for (index, value) in values.iter().enumerate() {
            match scalar_literal(value) {
                Some(wire) if fits(&wire, typ) => {
                    if known.insert(format!("{wire:?}")) {
                        named.push(enum_value(facets, index, wire));
                    }
                }
                Some(_) => misfits += 1,
                None => structured |= !value.is_null(),
            }
        }
        if misfits > 0 && !named.is_empty() {
            let message =
                format!("{misfits} of the values do not have the type `{}`", typ.unwrap_or_default());
            let help = "no value of the type can equal them; they are left out";
            self.sink.push(Diagnostic::warning("enum-value-type", at.clone(), message).help(help));
        }
        if named.is_empty() {
            return self.no_scalar_values(typ, values, structured, misfits, at);
        }
        if structured {
            self.sink.push(
                Diagnostic::warning(
                    "structured-enum",
                    at.clone(),
                    "objects or arrays stand among the values",
                )
                .help("the schema is emitted as any JSON value"),
            );
            return Some(Made::Shape(Shape::Any(AnyReason::Unreadable)));
        }
        if is_every_boolean(&named) {
            return Some(Made::Use(TypeRef { id: self.scalar(Scalar::Boolean), nullable: false }));
        }
        let kind = kind_of(&named);
        Some(Made::Shape(Shape::Enum(Enum {
            values: named,
            kind,
            open: self.enums(facets) == Openness::Open,
            extensible: false,
        })))
    }

    /// The type that the values are held to: none when it is `object`, with nothing that an object has, and all of them
    /// are scalars. Of the two the type is the slip then.
    fn type_beside(&mut self, facets: &Facets<'d>, values: &[&Value], at: &Location) -> Option<&'d str> {
        let typ = facets.typ.as_ref().map(|(typ, _)| *typ)?;
        let all_scalars = values.iter().all(|value| scalar_literal(value).is_some());
        if typ != "object" || !facets.properties.is_empty() || !all_scalars {
            return Some(typ);
        }
        let message = "none of the values has the type `object`";
        let help = "the values are taken and the type is left out";
        self.sink.push(Diagnostic::warning("enum-value-type", at.clone(), message).help(help));
        None
    }

    /// What an unknown value does in the enum that a schema becomes.
    pub(super) fn enums(&self, facets: &Facets<'d>) -> Openness {
        let own = self.rules.last(facets.subject.as_ref(), |action, _| {
            if let Action::Enums(openness) = action { Some(*openness) } else { None }
        });
        own.unwrap_or(self.options.enums)
    }

    fn no_scalar_values(
        &mut self,
        typ: Option<&str>,
        values: &[&Value],
        structured: bool,
        misfits: usize,
        at: &Location,
    ) -> Option<Made> {
        if misfits > 0 {
            // `type: boolean, enum: ["true"]` and the like: the type is what the server sends.
            let message = format!("none of the values has the type `{}`", typ.unwrap_or_default());
            let help = "the type is taken and the values are left out";
            self.sink.push(Diagnostic::warning("enum-value-type", at.clone(), message).help(help));
            return None;
        }
        if structured || values.is_empty() {
            return None;
        }
        Some(Made::Use(TypeRef { id: self.scalar(Scalar::Null), nullable: false }))
    }
}

fn enum_value(facets: &Facets<'_>, index: usize, wire: Literal) -> EnumValue {
    let text = |list: Option<&Value>| -> Option<String> {
        let text = list?.get(index)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    let docs = Docs { description: text(facets.value_docs), ..Docs::default() };
    EnumValue { wire, name: text(facets.value_names), asked: None, docs }
}

/// The value as a literal, unless it is null, an array or an object.
pub(super) fn scalar_literal(value: &Value) -> Option<Literal> {
    match value {
        Value::String(text) => Some(Literal::String(text.clone())),
        Value::Bool(value) => Some(Literal::Bool(*value)),
        Value::Number(number) => Some(number_literal(number)),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Numbers without a fraction are integers, as JSON Schema has it (core §4.2.2).
pub(super) fn number_literal(number: &serde_json::Number) -> Literal {
    if let Some(value) = number.as_i64() {
        return Literal::Integer(value.into());
    }
    if let Some(value) = number.as_u64() {
        return Literal::Integer(value.into());
    }
    let value = number.as_f64().unwrap_or_default();
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        #[allow(clippy::cast_possible_truncation, reason = "the value is a whole number below 2^53")]
        return Literal::Integer(value as i128);
    }
    Literal::Float(value)
}

fn fits(value: &Literal, typ: Option<&str>) -> bool {
    match (value, typ) {
        (_, None) => true,
        (Literal::String(_), Some(typ)) => typ == "string",
        (Literal::Bool(_), Some(typ)) => typ == "boolean",
        (Literal::Integer(_), Some(typ)) => typ == "integer" || typ == "number",
        (Literal::Float(_), Some(typ)) => typ == "number",
        (_, Some(_)) => false,
    }
}

fn kind_of(values: &[EnumValue]) -> EnumKind {
    let all = |is: fn(&Literal) -> bool| values.iter().all(|value| is(&value.wire));
    if all(|wire| matches!(wire, Literal::String(_))) {
        EnumKind::String
    } else if all(|wire| matches!(wire, Literal::Integer(value) if i64::try_from(*value).is_ok())) {
        EnumKind::Integer
    } else {
        EnumKind::Mixed
    }
}

fn is_every_boolean(values: &[EnumValue]) -> bool {
    let has = |wanted: bool| values.iter().any(|value| value.wire == Literal::Bool(wanted));
    values.len() == 2 && has(true) && has(false)
}

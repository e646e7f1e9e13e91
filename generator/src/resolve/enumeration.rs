//! `enum`: sets of constants.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::Value;

use super::budget;
use super::convert::{Converter, Made};
use super::json_types::JsonTypes;
use super::merged_schema::{AllOf, MergedSchema, merge_all_of};
use super::one_enum::annotate_values;
use super::rules::Subject;
use super::site::{Components, Site};
use crate::config::{Action, UnknownValues};
use crate::diagnostics::{Diagnostic, Location, Sink};
use crate::ir::{AnyReason, Docs, Enum, EnumKind, EnumValue, Literal, PlainLiteral, Scalar, Shape, TypeRef};
use crate::number;

/// The values of an `enum`, held to the type beside it.
pub(super) struct Constants<'d> {
    /// Those that are scalars of the type, each once.
    pub named: Vec<EnumValue>,
    /// Whether objects or arrays are among the values.
    pub structured: bool,
    /// The type beside the values.
    typ: Option<&'d str>,
    /// Whether that is `object` and the values are scalars.
    is_object: bool,
    /// How many values of another type spell one of the type, and how many do not.
    respelled: usize,
    left_out: usize,
}

impl<'d> Constants<'d> {
    pub fn of(merged: &MergedSchema<'d>, values: &[&'d Value]) -> Self {
        let typ = merged.typ.as_ref().map(|(typ, _)| *typ);
        // Scalars beside `type: object`, with nothing that an object has: of the two the type is the slip.
        let is_object = typ == Some("object")
            && merged.properties.is_empty()
            && values.iter().all(|value| scalar_literal(value).is_some());
        let typ = if is_object { None } else { typ };
        let mut found =
            Self { named: Vec::new(), structured: false, typ, is_object, respelled: 0, left_out: 0 };
        let mut known = HashSet::new();
        for (index, value) in values.iter().enumerate() {
            if let Some(wire) = found.literal(value)
                && known.insert(format!("{wire:?}"))
            {
                found.named.push(enum_value(merged, value, index, wire));
            }
        }
        found
    }

    /// The value as a scalar of the type.
    fn literal(&mut self, value: &Value) -> Option<Literal> {
        let Some(wire) = scalar_literal(value) else {
            let fits = self.typ.is_none_or(|typ| typ == "array" || typ == "object");
            self.structured |= !value.is_null() && fits;
            self.left_out += usize::from(!value.is_null() && !fits);
            return None;
        };
        if fits(&wire, self.typ) {
            return Some(wire);
        }
        let spelled = self.typ.and_then(|typ| spelled(value, typ));
        self.respelled += usize::from(spelled.is_some());
        self.left_out += usize::from(spelled.is_none());
        spelled
    }

    /// Which values do not have the type, in one warning.
    pub fn warning(&self, at: &Location) -> Option<Diagnostic> {
        let typ = self.typ.unwrap_or_default();
        let (message, help) = if self.is_object {
            (
                "none of the values has the type `object`".to_owned(),
                "the values are taken and the type is left out",
            )
        } else if self.left_out > 0 && self.named.is_empty() {
            // `type: integer, enum: ["0 - off"]` and the like: the type is what the server sends.
            (
                format!("none of the values has the type `{typ}`"),
                "the type is taken and the values are left out",
            )
        } else if self.left_out > 0 {
            let do_not = if self.left_out == 1 { "does not" } else { "do not" };
            let message = format!("{} of the values {do_not} have the type `{typ}`", self.left_out);
            (message, "no value of the type can equal them; they are left out")
        } else if self.respelled > 0 {
            let are = if self.respelled == 1 { "is" } else { "are" };
            let message =
                format!("{} of the values {are} written as another type than `{typ}`", self.respelled);
            let help = if typ == "string" {
                "they are read as strings; write them in quotes"
            } else {
                "they are read as the values that they spell; write them without quotes"
            };
            (message, help)
        } else {
            return None;
        };
        Some(Diagnostic::warning("enum-value-type", at.clone(), message).help(help))
    }
}

/// What a schema with `enum` is. `None` when the values are left to the type.
pub(super) fn enumeration<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    values: &[&'d Value],
    at: &Location,
) -> Option<Made> {
    // What a password may be is not shown, also where its values are listed.
    if merged.format == Some("password") {
        return None;
    }
    let constants = Constants::of(merged, values);
    warn_of_values(converter, constants.warning(at));
    let Constants { mut named, structured, left_out, .. } = constants;
    let size = named.iter().map(|value| budget::VALUE + size_of_value(value)).sum();
    budget::spend(converter, size, at);
    if named.is_empty() {
        let is_null = !structured && left_out == 0 && !values.is_empty();
        return is_null.then(|| Made::Use(TypeRef { id: converter.scalar(Scalar::Null), nullable: false }));
    }
    if structured {
        converter.sink.push(
            Diagnostic::warning("structured-enum", at.clone(), "objects or arrays stand among the values")
                .help("the schema is emitted as any JSON value"),
        );
        return Some(Made::Shape(Shape::Any(AnyReason::Unreadable)));
    }
    if is_every_boolean(&named) {
        return Some(Made::Use(TypeRef { id: converter.scalar(Scalar::Boolean), nullable: false }));
    }
    annotate_values(&converter.components, merged, &mut named);
    let open = enums(converter, merged.subject.as_ref()) == UnknownValues::Open;
    Some(Made::Shape(Shape::Enum(Enum { kind: kind_of(&named), values: named, open, extensible: false })))
}

/// Warns of the values of an enum once, however many schemas inherit it.
pub(super) fn warn_of_values(converter: &mut Converter<'_, '_>, warning: Option<Diagnostic>) {
    if let Some(warning) = warning
        && converter.warned_enums.insert((warning.location.file, warning.location.pointer.to_string()))
    {
        converter.sink.push(warning);
    }
}

/// What an unknown value does in the enum that the schema becomes which rules know as this subject.
pub(super) fn enums(converter: &Converter<'_, '_>, subject: Option<&Subject>) -> UnknownValues {
    let own = converter
        .rules
        .last(subject, |action, _| if let Action::Enums(openness) = action { Some(*openness) } else { None });
    own.unwrap_or(converter.options.enums)
}

/// The value of the type that a value of another type spells: `"0"` is an integer, `true` is a string.
fn spelled(value: &Value, typ: &str) -> Option<Literal> {
    match (value, typ) {
        (Value::String(text), "integer") => text.parse().ok().map(Literal::Integer),
        (Value::String(text), "number") => {
            let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
            Some(text.parse().map_or(Literal::Float(number), Literal::Integer))
        }
        (Value::String(text), "boolean") => text.to_ascii_lowercase().parse().ok().map(Literal::Bool),
        (Value::Bool(_) | Value::Number(_), "string") => Some(Literal::String(value.to_string())),
        (value, "string") => number::wide(value).map(|integer| Literal::String(integer.to_string())),
        _ => None,
    }
}

fn value_of(literal: &Literal) -> Option<Value> {
    Some(match literal.plain()? {
        PlainLiteral::Bool(value) => value.into(),
        PlainLiteral::Integer(value) => number::value(value),
        PlainLiteral::Float(value) => value.into(),
        PlainLiteral::String(value) => value.into(),
    })
}

/// `index` is where the value stands when no list of names and descriptions stands beside it.
fn enum_value(merged: &MergedSchema<'_>, value: &Value, index: usize, wire: Literal) -> EnumValue {
    let text = |list: Option<(&[Value], &[Value])>| -> Option<String> {
        let (texts, values) = list?;
        let index = values.iter().position(|other| other == value).unwrap_or(index);
        let text = texts.get(index)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    let docs = Docs { description: text(merged.value_docs), ..Docs::default() };
    EnumValue { wire, name: text(merged.value_names), asked: None, docs }
}

fn size_of_value(value: &EnumValue) -> usize {
    let wire = if let Literal::String(text) = &value.wire { text.len() } else { 0 };
    wire + budget::text(&value.docs)
}

/// The value as a literal, unless it is null, an array or an object.
pub(super) fn scalar_literal(value: &Value) -> Option<Literal> {
    match value {
        Value::String(text) => {
            let integer = number::of_text(text).map(Literal::Integer);
            Some(integer.unwrap_or_else(|| Literal::String(text.clone())))
        }
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

/// What JSON type the values have.
pub(super) fn kind_of(values: &[EnumValue]) -> EnumKind {
    let all = |is: fn(&Literal) -> bool| values.iter().all(|value| is(&value.wire));
    if all(|wire| matches!(wire, Literal::String(_))) {
        EnumKind::String
    } else if all(|wire| matches!(wire, Literal::Integer(_))) {
        EnumKind::Integer
    } else {
        EnumKind::Mixed
    }
}

/// Whether the values are `true` and `false`.
pub(super) fn is_every_boolean(values: &[EnumValue]) -> bool {
    let has = |wanted: bool| values.iter().any(|value| value.wire == Literal::Bool(wanted));
    values.len() == 2 && has(true) && has(false)
}

/// The default of a schema. Beside an `enum` whose values spell those of the type it is written like them.
pub(super) fn spelled_default<'d>(
    components: &Components<'d>,
    sites: &[Site<'d>],
    default: &'d Value,
) -> Cow<'d, Value> {
    let types = sites.iter().map(|site| components.json_types(site));
    let types = types.fold(JsonTypes::all(), |all, types| all & types);
    if types.intersects(JsonTypes::of_value(default)) {
        return Cow::Borrowed(default);
    }
    let merged = merge_all_of(components, &mut Sink::default(), &AllOf::all(sites.to_vec()));
    let (Some((typ, _)), Some((values, _))) = (&merged.typ, &merged.values) else {
        return Cow::Borrowed(default);
    };
    if Constants::of(&merged, values).respelled == 0 {
        return Cow::Borrowed(default);
    }
    spelled(default, typ).and_then(|literal| value_of(&literal)).map_or(Cow::Borrowed(default), Cow::Owned)
}

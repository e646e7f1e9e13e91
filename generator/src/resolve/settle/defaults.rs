//! Matches each `default` with its type. A default that does not fit is a warning, and the property has none.

use serde_json::Value;

use super::Settle;
use crate::config::DateTimes;
use crate::diagnostics::{Diagnostic, Location};
use crate::ir::{
    Enum, EnumKind, JIFF_END, Literal, ObjectReading, Presence, PropertyKind, Scalar, Shape, Struct,
    TagValue, TypeId, TypeRef, Union,
};
use crate::resolve::enumeration::{number_literal, scalar_literal};

/// How deep a default value may nest.
const MAX_DEPTH: usize = 64;

/// Settles the defaults of all fields and parameters.
pub(super) fn settle(settle: &mut Settle<'_>) {
    for index in 0..settle.types.len() {
        let Shape::Struct(shape) = &settle.types[index].shape else { continue };
        let mut found = Vec::new();
        for (place, property) in shape.properties.iter().enumerate() {
            if let PropertyKind::Field { ty, presence: Presence::Default(Literal::Any(value)), .. } =
                &property.kind
            {
                found.push((place, literal(settle, *ty, value, 0), value.clone(), property.location.clone()));
            }
        }
        for (place, result, value, location) in found {
            let settled = presence(settle, result, &value, &location);
            if let Shape::Struct(shape) = &mut settle.types[index].shape
                && let PropertyKind::Field { presence, .. } = &mut shape.properties[place].kind
            {
                *presence = settled;
            }
        }
    }
    for operation in 0..settle.operations.len() {
        for place in 0..settle.operations[operation].parameters.len() {
            let parameter = &settle.operations[operation].parameters[place];
            let Presence::Default(Literal::Any(value)) = &parameter.presence else { continue };
            let (value, location) = (value.clone(), parameter.location.keyword("schema"));
            let result = literal(settle, parameter.ty, &value, 0);
            let settled = presence(settle, result, &value, &location);
            settle.operations[operation].parameters[place].presence = settled;
        }
    }
}

fn presence(
    settle: &mut Settle<'_>,
    result: Result<Literal, String>,
    value: &Value,
    location: &Location,
) -> Presence {
    match result {
        Ok(Literal::Null) => Presence::Optional,
        Ok(value) => Presence::Default(value),
        Err(reason) => {
            let mut shown = value.to_string();
            if shown.chars().count() > 60 {
                shown = shown.chars().take(57).chain("...".chars()).collect();
            }
            let message = format!("the default `{shown}` does not fit: {reason}");
            settle.sink.push(
                Diagnostic::warning("default-does-not-fit", location.keyword("default"), message)
                    .help("the property is emitted without a default; correct the default or the type"),
            );
            Presence::Optional
        }
    }
}

/// The value as a literal of the type, or why it is none.
fn literal(settle: &Settle<'_>, ty: TypeRef, value: &Value, depth: usize) -> Result<Literal, String> {
    if depth > MAX_DEPTH {
        return Err("it nests too deeply".to_owned());
    }
    let mut at = ty;
    for _ in 0..settle.types.len() {
        match settle.get(at.id).shape.as_alias() {
            Some(target) => at = TypeRef { id: target.id, nullable: at.nullable || target.nullable },
            None => break,
        }
    }
    if value.is_null() && at.nullable {
        return Ok(Literal::Null);
    }
    match &settle.get(at.id).shape {
        Shape::Any(_) => Ok(Literal::Any(value.clone())),
        Shape::Scalar(scalar) => scalar_default(*scalar, settle.options.date_time, value),
        Shape::Enum(found) => enum_default(at.id, found, value),
        Shape::List(item) => {
            let items = value.as_array().ok_or_else(|| expected("an array", value))?;
            Ok(Literal::List(
                items
                    .iter()
                    .map(|value| literal(settle, *item, value, depth + 1))
                    .collect::<Result<_, _>>()?,
            ))
        }
        Shape::Tuple(places) => {
            let items = value.as_array().ok_or_else(|| expected("an array", value))?;
            if items.len() != places.len() {
                return Err(format!("expected {} items, found {}", places.len(), items.len()));
            }
            let items = places.iter().zip(items).map(|(ty, value)| literal(settle, *ty, value, depth + 1));
            Ok(Literal::List(items.collect::<Result<_, _>>()?))
        }
        Shape::Map(values) => {
            let entries = value.as_object().ok_or_else(|| expected("an object", value))?;
            let entries = entries
                .iter()
                .map(|(key, value)| Ok((key.clone(), literal(settle, *values, value, depth + 1)?)));
            Ok(Literal::Map(entries.collect::<Result<_, String>>()?))
        }
        Shape::Struct(shape) => struct_default(settle, at.id, shape, value, depth),
        Shape::Union(union) => union_default(settle, at.id, union, value, depth),
        Shape::External(found) => {
            Err(format!("`{}` is a type of yours, of which no value can be written down", found.path))
        }
        Shape::Newtype { .. } | Shape::Alias(_) => {
            Err("values of this type have no constant form".to_owned())
        }
    }
}

fn scalar_default(scalar: Scalar, dates: DateTimes, value: &Value) -> Result<Literal, String> {
    let text = || value.as_str().ok_or_else(|| expected("a string", value));
    let checked = |what: &str, fits: bool| {
        if fits { text().map(|text| Literal::String(text.to_owned())) } else { Err(expected(what, value)) }
    };
    match scalar {
        Scalar::Boolean => value.as_bool().map(Literal::Bool).ok_or_else(|| expected("a boolean", value)),
        Scalar::Integer(kind) => match value.as_number().map(number_literal) {
            Some(Literal::Integer(number)) if kind.holds(number) => Ok(Literal::Integer(number)),
            _ => Err(expected("an integer in range", value)),
        },
        Scalar::Float(_) => value.as_f64().map(Literal::Float).ok_or_else(|| expected("a number", value)),
        Scalar::String | Scalar::Secret => text().map(|text| Literal::String(text.to_owned())),
        Scalar::Uuid => checked("a UUID", uuid::Uuid::parse_str(text()?).is_ok()),
        Scalar::DateTime => {
            let found = chrono::DateTime::parse_from_rfc3339(text()?);
            if found.is_ok_and(|at| !in_reach(dates, at.timestamp())) {
                return Err("it is later than every `jiff::Timestamp`".to_owned());
            }
            checked("a date-time (RFC 3339)", found.is_ok())
        }
        Scalar::Date => checked("a date", text()?.parse::<chrono::NaiveDate>().is_ok()),
        // Bytes have no literal that a reader could check; nobody writes such a default.
        Scalar::Base64 | Scalar::Binary | Scalar::Null => {
            Err("values of this type have no constant form".to_owned())
        }
    }
}

/// Whether the library has the time: jiff ends some hours before the year 10000.
fn in_reach(dates: DateTimes, seconds: i64) -> bool {
    match dates {
        DateTimes::Jiff => seconds < JIFF_END,
        DateTimes::Chrono | DateTimes::Time | DateTimes::String => true,
    }
}

fn enum_default(id: TypeId, found: &Enum, value: &Value) -> Result<Literal, String> {
    let wire = scalar_literal(value).ok_or_else(|| expected("one of the values", value))?;
    if let Some(index) = found.values.iter().position(|known| known.wire == wire) {
        return Ok(Literal::EnumValue(id, index));
    }
    let fits = match found.kind {
        EnumKind::String => matches!(wire, Literal::String(_)),
        EnumKind::Integer => matches!(wire, Literal::Integer(number) if i64::try_from(number).is_ok()),
        EnumKind::Mixed => !found.is_boolean() || matches!(wire, Literal::Bool(_)),
    };
    if found.open && fits {
        return Ok(Literal::UnknownEnumValue(id, Box::new(wire)));
    }
    Err(expected("one of the values", value))
}

fn struct_default(
    settle: &Settle<'_>,
    id: TypeId,
    shape: &Struct,
    value: &Value,
    depth: usize,
) -> Result<Literal, String> {
    let entries = value.as_object().ok_or_else(|| expected("an object", value))?;
    let mut fields = Vec::new();
    for (index, property) in shape.properties.iter().enumerate() {
        match (&property.kind, entries.get(&property.wire)) {
            (PropertyKind::Constant { value: wanted, .. }, Some(value)) => {
                if scalar_literal(value).as_ref() != Some(wanted) {
                    return Err(format!("`{}` has another value", property.wire));
                }
            }
            (PropertyKind::Constant { required, .. }, None) => {
                if *required {
                    return Err(format!("`{}` is missing", property.wire));
                }
            }
            (PropertyKind::Field { ty, presence, .. }, Some(value)) => {
                let is_absent = value.is_null() && !ty.nullable && *presence != Presence::Required;
                if !is_absent {
                    fields.push((index, literal(settle, *ty, value, depth + 1)?));
                }
            }
            (PropertyKind::Field { presence: Presence::Required, .. }, None) => {
                return Err(format!("`{}` is missing", property.wire));
            }
            (PropertyKind::Field { .. }, None) => {}
        }
    }
    let unknown = entries.keys().find(|key| !shape.properties.iter().any(|property| property.wire == **key));
    match unknown {
        Some(key) => Err(format!("`{key}` is no property of the type")),
        None => Ok(Literal::Struct(id, fields)),
    }
}

/// Picks the variant as a reader would.
fn union_default(
    settle: &Settle<'_>,
    id: TypeId,
    union: &Union,
    value: &Value,
    depth: usize,
) -> Result<Literal, String> {
    let reading = &union.reading;
    let candidates: Vec<usize> = match value {
        Value::Null => Vec::new(),
        Value::Bool(_) => reading.boolean.clone(),
        Value::Number(number) if number.is_f64() => reading.number.clone(),
        Value::Number(_) => reading.integer.clone(),
        Value::String(_) => reading.string.clone(),
        Value::Array(_) => reading.array.clone(),
        Value::Object(entries) => match &reading.object {
            ObjectReading::Refuse => Vec::new(),
            ObjectReading::One(variant) => vec![*variant],
            ObjectReading::Fit(candidates) => candidates.iter().map(|candidate| candidate.variant).collect(),
            ObjectReading::Tagged(tagged) => {
                let tag = entries.get(&tagged.property);
                let arm = tagged.arms.iter().find(|arm| tag.is_some_and(|tag| is_tag(&arm.value, tag)));
                let candidates = arm.map_or(&tagged.missing, |arm| &arm.variants);
                candidates.iter().map(|candidate| candidate.variant).collect()
            }
        },
    };
    let mut refusal = "no branch takes it".to_owned();
    for index in candidates {
        match literal(settle, union.variants[index].ty, value, depth + 1) {
            Ok(content) => return Ok(Literal::Variant(id, index, Box::new(content))),
            Err(reason) => refusal = reason,
        }
    }
    Err(refusal)
}

fn is_tag(tag: &TagValue, value: &Value) -> bool {
    match tag {
        TagValue::String(tag) => value.as_str() == Some(tag),
        TagValue::Integer(tag) => value.as_i64() == Some(*tag),
        TagValue::Boolean(tag) => value.as_bool() == Some(*tag),
    }
}

fn expected(what: &str, found: &Value) -> String {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    };
    format!("expected {what}, found {found}")
}

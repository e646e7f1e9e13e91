//! Matches each `default` with its type. A default that does not fit is a warning, and the property has none.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostics::{Diagnostic, Location, Pointer, Sink, excerpt_of};
use crate::ir::accept::{Accepted, Content, Interpreter, Member, Part, Reason};
use crate::ir::{DateLibrary, Literal, Presence, PropertyKind, Scalar, Shape, Type, TypeRef};
use crate::limits;
use crate::number;
use crate::resolve::draft::DraftGraph;
use crate::resolve::enumeration::{number_literal, scalar_literal};

/// Where a default stands.
#[derive(Clone, Copy)]
enum Place {
    /// The indices of a struct and its property.
    Property(usize, usize),
    /// The indices of an operation and its parameter.
    Parameter(usize, usize),
}

/// The result for a default: the literal of its type, or why it does not fit.
type Outcome = Result<Literal, String>;

/// Settles the defaults of all fields and parameters, those of the required ones too.
pub(super) fn run(draft: &mut DraftGraph, dates: DateLibrary, sink: &mut Sink) {
    let mut warned = HashSet::new();
    for (place, outcome) in outcomes(draft, dates) {
        let value = match outcome {
            Ok(Literal::Null) => None,
            Ok(value) => Some(value),
            Err(reason) => {
                if let Some(Defaulted { value, schema, .. }) = defaulted(draft, place)
                    // A property that many schemas inherit is one place.
                    && warned.insert((schema.file, schema.pointer.to_string()))
                {
                    let warning = does_not_fit(value, &schema, &reason);
                    sink.push(warning);
                }
                None
            }
        };
        let (presence, initial) = match place {
            Place::Property(ty, property) => {
                let Shape::Struct(shape) = &mut draft.types[ty].shape else { continue };
                let property = &mut shape.properties[property];
                let PropertyKind::Field { presence, .. } = &mut property.kind else { continue };
                (presence, &mut property.initial)
            }
            Place::Parameter(operation, parameter) => {
                let parameter = &mut draft.operations[operation].parameters[parameter];
                (&mut parameter.presence, &mut parameter.initial)
            }
        };
        match presence {
            Presence::Required => *initial = value,
            Presence::Default(_) | Presence::Optional | Presence::ThreeState => {
                *presence = value.map_or(Presence::Optional, Presence::Default);
            }
        }
    }
}

fn outcomes(draft: &DraftGraph, dates: DateLibrary) -> Vec<(Place, Outcome)> {
    let mut types = Interpreter::new(&draft.types, dates);
    let properties = draft.types.iter().enumerate().flat_map(|(index, ty)| {
        let count = ty.shape.as_struct().map_or(0, |shape| shape.properties.len());
        (0..count).map(move |property| Place::Property(index, property))
    });
    let parameters = draft.operations.iter().enumerate().flat_map(|(index, operation)| {
        (0..operation.parameters.len()).map(move |parameter| Place::Parameter(index, parameter))
    });
    let mut found = Vec::new();
    for place in properties.chain(parameters) {
        if let Some(Defaulted { ty, value, .. }) = defaulted(draft, place) {
            found.push((place, outcome(&draft.types, &mut types, ty, value)));
        }
    }
    found
}

/// A default as the document writes it.
struct Defaulted<'s> {
    ty: TypeRef,
    value: &'s Value,
    /// Whose default it is.
    schema: Location,
}

fn defaulted<'s>(draft: &'s DraftGraph, place: Place) -> Option<Defaulted<'s>> {
    let (ty, presence, initial, schema) = match place {
        Place::Property(ty, property) => {
            let property = draft.types[ty].shape.as_struct()?.properties.get(property)?;
            let PropertyKind::Field { ty, presence, .. } = &property.kind else { return None };
            (*ty, presence, &property.initial, property.location.clone())
        }
        Place::Parameter(operation, parameter) => {
            let parameter = draft.operations[operation].parameters.get(parameter)?;
            (parameter.ty, &parameter.presence, &parameter.initial, parameter.location.keyword("schema"))
        }
    };
    match (presence, initial) {
        (Presence::Default(Literal::Any(value)), _) | (Presence::Required, Some(Literal::Any(value))) => {
            Some(Defaulted { ty, value, schema })
        }
        (Presence::Required | Presence::Optional | Presence::ThreeState | Presence::Default(_), _) => None,
    }
}

fn does_not_fit(value: &Value, location: &Location, reason: &str) -> Diagnostic {
    let value = number::text(value);
    let message = format!("the default `{}` does not fit: {reason}", excerpt_of(&value));
    Diagnostic::warning("default-does-not-fit", location.keyword("default"), message)
        .help("the property is emitted without a default; correct the default or the type")
}

/// The value as a literal of the type, or why it is not one.
fn outcome(types: &[Type], interpreter: &mut Interpreter<'_>, ty: TypeRef, value: &Value) -> Outcome {
    let accepted = interpreter.accept(ty, value).map_err(|misfit| misfit.to_string())?;
    match unlisted(types, &accepted, value) {
        Some((at, reason)) if at.to_string().is_empty() => Err(reason.to_string()),
        Some((at, reason)) => Err(format!("`{at}`: {reason}")),
        None => literal(types, &accepted.content, value, 0),
    }
}

/// The first part of a default that a reader takes and the document rules out: what an enum that names all its values
/// does not name, or a property that would be lost.
fn unlisted(types: &[Type], accepted: &Accepted, value: &Value) -> Option<(Pointer, Reason)> {
    let mut found = None;
    accepted.visit(value, &mut |at, part| {
        let reason = match part {
            Part::Content(Content::UnknownValue(id)) => {
                let is_extensible =
                    types[id.0 as usize].shape.as_enum().is_some_and(|found| found.extensible);
                (!is_extensible).then_some(Reason::UnknownValue)
            }
            Part::Content(_) => None,
            Part::Skipped(_) => Some(Reason::UnknownProperty),
        };
        if let (None, Some(reason)) = (&found, reason) {
            found = Some((at.clone(), reason));
        }
    });
    found
}

fn literal(types: &[Type], content: &Content, value: &Value, depth: usize) -> Outcome {
    if depth > limits::DEFAULT_DEPTH {
        return Err("it nests too deeply".to_owned());
    }
    let inner = |content: &Content, value: &Value| literal(types, content, value, depth + 1);
    match content {
        Content::Null => Ok(Literal::Null),
        Content::Any => Ok(Literal::Any(value.clone())),
        Content::External(id) => {
            let path = types[id.0 as usize].shape.as_external().map_or("it", |found| &found.path);
            Err(format!("`{path}` is your own type, whose values cannot be written as constants"))
        }
        Content::Scalar { kind, written } => scalar(*kind, written.as_deref(), value),
        Content::Enum(id, index) => Ok(Literal::EnumValue(*id, *index)),
        Content::UnknownValue(id) => {
            let value = scalar_literal(value).unwrap_or_else(|| Literal::Any(value.clone()));
            Ok(Literal::UnknownEnumValue(*id, Box::new(value)))
        }
        Content::List(items) => {
            let values = value.as_array().into_iter().flatten();
            let items = items.iter().zip(values).map(|(item, value)| inner(item, value));
            Ok(Literal::List(items.collect::<Result<_, _>>()?))
        }
        Content::Map(contents) => {
            let entries = value.as_object().into_iter().flatten();
            let entries = contents.iter().zip(entries);
            let entries = entries.map(|(content, (key, value))| Ok((key.clone(), inner(content, value)?)));
            Ok(Literal::Map(entries.collect::<Result<_, String>>()?))
        }
        Content::Struct(id, members) => {
            let (mut fields, mut rest) = (Vec::new(), Vec::new());
            for (member, (name, value)) in members.iter().zip(value.as_object().into_iter().flatten()) {
                match member {
                    Member::Field(index, content) => fields.push((*index, inner(content, value)?)),
                    Member::Absent(index) => fields.push((*index, Literal::Null)),
                    Member::Rest(content) => rest.push((name.clone(), inner(content, value)?)),
                    Member::Constant(_) | Member::Unread => {}
                }
            }
            // In the order of the struct, not of the object.
            fields.sort_by_key(|(index, _)| *index);
            Ok(Literal::Struct(*id, fields, rest))
        }
        Content::Variant(id, index, content) => {
            Ok(Literal::Variant(*id, *index, Box::new(inner(content, value)?)))
        }
        Content::UnknownVariant(id) => Ok(Literal::UnknownVariant(*id, value.clone())),
    }
}

fn scalar(kind: Scalar, written: Option<&str>, value: &Value) -> Outcome {
    match (kind, value) {
        // Bytes have no literal that a reader could check; nobody writes such a default.
        (Scalar::Base64 | Scalar::Binary, _) => Err("values of this type have no constant form".to_owned()),
        (Scalar::Float(_), value) => {
            let wide = || number::wide(value).map(|integer| integer as f64);
            Ok(Literal::Float(value.as_f64().or_else(wide).unwrap_or_default()))
        }
        (Scalar::Integer(_), Value::Number(number)) => Ok(number_literal(number)),
        (Scalar::Integer(_), value) => Ok(number::wide(value).map_or(Literal::Null, Literal::Integer)),
        // What the libraries do not read is written in a form that they do.
        (Scalar::DateTime, Value::String(text)) if chrono::DateTime::parse_from_rfc3339(text).is_err() => {
            Ok(Literal::String(written.unwrap_or(text).to_owned()))
        }
        (Scalar::Date, Value::String(text)) => Ok(Literal::String(written.unwrap_or(text).to_owned())),
        (_, Value::String(text)) => Ok(Literal::String(text.clone())),
        (_, value) => Ok(scalar_literal(value).unwrap_or(Literal::Null)),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::check;

    #[test]
    fn a_default_becomes_a_value_of_its_type() {
        check!(
            "defaults",
            "
                Color: { type: string, enum: [red, blue] }
                Box:
                  type: object
                  required: [wanted]
                  properties:
                    color: { default: blue, allOf: [{ $ref: '#/components/schemas/Color' }] }
                    sizes: { type: array, items: { type: integer }, default: [1, 2] }
                    wanted: { type: boolean, default: true }
                    plain: { default: { a: 1 } }
            ",
            @r#"
            defaults
              Color: enum of string
                "red"
                "blue"
                and unknown ones
              Box: struct
            -   color: Color, default json "blue"
            -   sizes: [integer], default json [1,2]
            -   wanted: boolean, required, at first json true
            +   color: Color, default Color #1
            +   sizes: [integer], default [1, 2]
            +   wanted: boolean, required, at first true
                plain: any, default json {"a":1}
            "#
        );
    }

    #[test]
    fn one_that_does_not_fit_is_a_warning() {
        check!(
            "defaults",
            "
                Box: { type: object, properties: { size: { type: integer, default: large } } }
            ",
            @r#"
            defaults
              Box: struct
            -   size: integer, default json "large"
            +   size: integer, optional
            ! default-does-not-fit at /components/schemas/Box/properties/size/default: the default `"large"` does not fit: expected an integer, found a string
            "#
        );
    }
}

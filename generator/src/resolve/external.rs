//! Types of the user's, in place of what would be emitted.

use super::convert::Converter;
use super::merged_schema::{AllOf, MergedSchema, merge_all_of};
use super::rules::{Subject, type_of};
use super::scalar;
use super::wrapper::simplify;
use crate::config::KnownType;
use crate::diagnostics::Sink;
use crate::ir::{
    AnyReason, Docs, External, FloatKind, IntegerKind, JsonType, Scalar, Shape, TypeId, TypeRef,
};

/// What rules are compared with for an inline schema. `None` without rules.
pub(super) fn subject<'d>(converter: &Converter<'_, 'd>, all_of: &AllOf<'d>) -> Option<Subject> {
    // A branch with what stands beside its union stands in no place of its own.
    let sites = if all_of.chosen.is_empty() { &all_of.sites[..] } else { &[] };
    (!converter.rules.is_empty()).then(|| converter.rules.at(sites.iter().map(|site| &site.at)))
}

/// What rules are compared with for a component. `None` without rules.
pub(super) fn component_subject(converter: &Converter<'_, '_>, index: usize) -> Option<Subject> {
    (!converter.rules.is_empty()).then(|| {
        let (place, at) = (converter.components.place(index), &converter.components.site(index).at);
        let places = if place == *at { vec![at] } else { vec![&place, at] };
        converter.rules.component(converter.components.name(index), &places)
    })
}

/// The type that a schema is replaced by, and what its documentation was.
pub(super) fn replacement<'d>(
    converter: &mut Converter<'_, 'd>,
    subject: Option<&Subject>,
    all_of: &AllOf<'d>,
) -> Option<(TypeId, Docs)> {
    let path = converter.rules.last(subject, |action, _| type_of(action))?;
    let (json, docs) = outline(converter, all_of);
    Some((external(converter, path, json), docs))
}

/// The type that stands for the format of a value without parts.
pub(super) fn format_replacement<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
) -> Option<TypeId> {
    if converter.rules.is_empty() {
        return None;
    }
    scalar::plain(merged, converter.options)?;
    let path = converter.rules.format(merged.format?)?;
    Some(external(converter, path, json_type(merged)))
}

/// What JSON type a schema has, and its documentation, without a word about what is wrong with it: it is not
/// emitted.
fn outline<'d>(converter: &mut Converter<'_, 'd>, all_of: &AllOf<'d>) -> (Option<JsonType>, Docs) {
    let simple = simplify(&converter.components, all_of.clone());
    let merged = merge_all_of(&converter.components, &mut Sink::default(), &simple);
    (json_type(&merged), super::convert::docs(&merged, ""))
}

/// The one type of a path. What is written like a type that modelsmith knows is that type.
fn external(converter: &mut Converter<'_, '_>, path: &str, json: Option<JsonType>) -> TypeId {
    let external = External { path: path.to_owned(), json };
    if let Some(id) = converter.externals.get(&external) {
        return *id;
    }
    let id = match KnownType::of(path).map(scalar_of) {
        Some(Some(scalar)) => converter.scalar(scalar),
        Some(None) => converter.any(AnyReason::Unconstrained, Default::default()).id,
        None => converter.push(Shape::External(external.clone()), None, Docs::default(), Default::default()),
    };
    converter.externals.insert(external, id);
    id
}

/// Takes note of what a type was made of, for rules about it.
pub(super) fn note_subject(converter: &mut Converter<'_, '_>, id: TypeId, subject: Option<Subject>) {
    if let Some(subject) = subject {
        converter.rules.see(&subject);
        converter.subjects.insert(id, subject);
    }
}

/// The use of a property whose type is replaced, if it is.
pub(super) fn replaced_property<'d>(
    converter: &mut Converter<'_, 'd>,
    merged: &MergedSchema<'d>,
    wire: &str,
    all_of: &AllOf<'d>,
) -> Option<TypeRef> {
    let path = converter.rules.last_of_property(merged.subject.as_ref(), wire, type_of)?;
    let (json, _) = outline(converter, all_of);
    let nullable = super::nullability::nullable(&converter.components, &all_of.sites);
    Some(TypeRef { id: external(converter, path, json), nullable })
}

/// The scalar that a known type is. `None` for any JSON value.
fn scalar_of(known: KnownType) -> Option<Scalar> {
    Some(match known {
        KnownType::Any => return None,
        KnownType::Boolean => Scalar::Boolean,
        KnownType::String => Scalar::String,
        KnownType::Uuid => Scalar::Uuid,
        KnownType::F32 => Scalar::Float(FloatKind::F32),
        KnownType::F64 => Scalar::Float(FloatKind::F64),
        KnownType::I8 => Scalar::Integer(IntegerKind::I8),
        KnownType::I16 => Scalar::Integer(IntegerKind::I16),
        KnownType::I32 => Scalar::Integer(IntegerKind::I32),
        KnownType::I64 => Scalar::Integer(IntegerKind::I64),
        KnownType::I128 => Scalar::Integer(IntegerKind::I128),
        KnownType::U8 => Scalar::Integer(IntegerKind::U8),
        KnownType::U16 => Scalar::Integer(IntegerKind::U16),
        KnownType::U32 => Scalar::Integer(IntegerKind::U32),
        KnownType::U64 => Scalar::Integer(IntegerKind::U64),
        KnownType::U128 => Scalar::Integer(IntegerKind::U128),
    })
}

fn json_type(merged: &MergedSchema<'_>) -> Option<JsonType> {
    match merged.typ.as_ref().map(|(typ, _)| *typ) {
        Some("boolean") => Some(JsonType::Boolean),
        Some("integer") => Some(JsonType::Integer),
        Some("number") => Some(JsonType::Number),
        Some("string") => Some(JsonType::String),
        Some("array") => Some(JsonType::Array),
        Some("object") => Some(JsonType::Object),
        Some("null") => Some(JsonType::Null),
        None if !merged.properties.is_empty() => Some(JsonType::Object),
        Some(_) | None => None,
    }
}

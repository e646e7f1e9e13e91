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

impl<'d> Converter<'_, 'd> {
    /// What rules are compared with for an inline schema. `None` without rules.
    pub(super) fn subject(&self, all_of: &AllOf<'d>) -> Option<Subject> {
        // A branch with what stands beside its union stands in no place of its own.
        let sites = if all_of.chosen.is_empty() { &all_of.sites[..] } else { &[] };
        (!self.rules.is_empty()).then(|| self.rules.at(sites.iter().map(|site| &site.at)))
    }

    /// What rules are compared with for a component. `None` without rules.
    pub(super) fn component_subject(&self, index: usize) -> Option<Subject> {
        (!self.rules.is_empty()).then(|| {
            let (place, at) = (self.components.place(index), &self.components.site(index).at);
            let places = if place == *at { vec![at] } else { vec![&place, at] };
            self.rules.component(self.components.name(index), &places)
        })
    }

    /// The type that a schema is replaced by, and what its documentation was.
    pub(super) fn replacement(
        &mut self,
        subject: Option<&Subject>,
        all_of: &AllOf<'d>,
    ) -> Option<(TypeId, Docs)> {
        let path = self.rules.last(subject, |action, _| type_of(action))?;
        let (json, docs) = self.outline(all_of);
        Some((self.external(path, json), docs))
    }

    /// The type that stands for the format of a value without parts.
    pub(super) fn format_replacement(&mut self, merged: &MergedSchema<'d>) -> Option<TypeId> {
        if self.rules.is_empty() {
            return None;
        }
        scalar::plain(merged, self.options)?;
        let path = self.rules.format(merged.format?)?;
        Some(self.external(path, json_type(merged)))
    }

    /// What JSON type a schema has, and its documentation, without a word about what is wrong with it: it is not
    /// emitted.
    fn outline(&mut self, all_of: &AllOf<'d>) -> (Option<JsonType>, Docs) {
        let simple = simplify(&self.components, all_of.clone());
        let merged = merge_all_of(&self.components, &mut Sink::default(), &simple);
        (json_type(&merged), super::convert::docs(&merged, ""))
    }

    /// The one type of a path. What is written like a type that modelsmith knows is that type.
    fn external(&mut self, path: &str, json: Option<JsonType>) -> TypeId {
        let external = External { path: path.to_owned(), json };
        if let Some(id) = self.externals.get(&external) {
            return *id;
        }
        let id = match KnownType::of(path).map(scalar_of) {
            Some(Some(scalar)) => self.scalar(scalar),
            Some(None) => self.any(AnyReason::Unconstrained, Default::default()).id,
            None => self.push(Shape::External(external.clone()), None, Docs::default(), Default::default()),
        };
        self.externals.insert(external, id);
        id
    }

    /// Takes note of what a type was made of, for rules about it.
    pub(super) fn note_subject(&mut self, id: TypeId, subject: Option<Subject>) {
        if let Some(subject) = subject {
            self.rules.see(&subject);
            self.subjects.insert(id, subject);
        }
    }

    /// The use of a property whose type is replaced, if it is.
    pub(super) fn replaced_property(
        &mut self,
        merged: &MergedSchema<'d>,
        wire: &str,
        all_of: &AllOf<'d>,
    ) -> Option<TypeRef> {
        let path = self.rules.last_of_property(merged.subject.as_ref(), wire, type_of)?;
        let (json, _) = self.outline(all_of);
        let nullable = super::nullability::nullable(&self.components, &all_of.sites);
        Some(TypeRef { id: self.external(path, json), nullable })
    }
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

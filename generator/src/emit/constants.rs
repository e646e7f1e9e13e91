//! Emits enums of constants, newtypes and aliases.

use super::checks;
use super::conversion;
use super::description;
use super::file::File;
use super::object;
use super::operation;
use super::text::{Group, braced};
use crate::ir::{Docs, Enum, EnumKind, IntegerKind, Type, TypeId, TypeRef};
use crate::naming;

/// Emits an enum of constants.
pub(super) fn constants(file: &mut File<'_>, id: TypeId, ty: &Type, shape: &Enum) {
    let Some(ident) = file.cx.names.type_ident(id) else { return };
    file.type_docs(ident, &ty.docs, &operation::type_notes(file, id));
    file.derives(ty);
    if shape.open {
        file.line(0, "#[non_exhaustive]");
    }
    file.line(0, format!("pub enum {ident} {{"));
    let mut entries = Vec::with_capacity(shape.values.len());
    for (index, value) in shape.values.iter().enumerate() {
        file.docs(1, &value.docs, &[]);
        let name = file.cx.names.member(id, index);
        file.line(1, format!("{name},"));
        entries.push(format!("{name} = {}", object::constant(file, &value.wire)));
    }
    if shape.open {
        let extra = file.cx.names.extra(id);
        let of = match shape.kind {
            EnumKind::String => "String",
            EnumKind::Integer => naming::integer_type(shape.integers()),
            EnumKind::Mixed if shape.is_boolean() => "bool",
            EnumKind::Mixed => "serde_json::Value",
        };
        file.line(1, format!("{extra}({of}),"));
        entries.push(format!("..{extra}"));
    }
    file.line(0, "}");
    let name = match shape.kind {
        EnumKind::String => "string_enum",
        EnumKind::Integer => "integer_enum",
        EnumKind::Mixed => "value_enum",
    };
    let runtime = file.runtime();
    let groups: Vec<Group> = entries.iter().map(|entry| Group { head: "", items: vec![entry] }).collect();
    let of = match (shape.kind, shape.integers()) {
        (EnumKind::Integer, kind @ (IntegerKind::U64 | IntegerKind::I128)) => {
            format!(": {}", naming::integer_type(kind))
        }
        (EnumKind::Integer | EnumKind::String | EnumKind::Mixed, _) => String::new(),
    };
    file.body.push_str(&braced(&format!("{runtime}::{name}!({ident}{of} {{"), &groups, ",", "});"));
    description::descriptions(file, id, ident);
}

/// Emits a newtype.
pub(super) fn newtype(file: &mut File<'_>, id: TypeId, ty: &Type, content: TypeRef, boxed: bool) {
    let Some(ident) = file.cx.names.type_ident(id) else { return };
    file.type_docs(ident, &ty.docs, &operation::type_notes(file, id));
    file.derives(ty);
    let by_serde = file.by_serde(content);
    let rules = checks::of_content(file.cx.graph, content);
    let content = file.boxed_type(content, boxed, false);
    file.allow_complex(0, &content);
    file.line(0, format!("pub struct {ident}(pub {content});"));
    file.gap();
    let runtime = file.runtime();
    file.line(0, format!("{runtime}::newtype!({}{ident}{by_serde}{rules});", file.secret(id)));
    if file.cx.checks && !boxed {
        file.line(0, format!("{runtime}::checked_newtype!({ident}: {content});"));
    }
    conversion::conversions(file, id);
    description::descriptions(file, id, ident);
}

/// Emits an alias.
pub(super) fn alias(file: &mut File<'_>, ident: &str, docs: &Docs, content: &str) {
    file.type_docs(ident, docs, &[]);
    file.line(0, format!("pub type {ident} = {content};"));
}

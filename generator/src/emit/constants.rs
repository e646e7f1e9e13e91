//! Enums of constants, newtypes and aliases.

use super::checks;
use super::file::File;
use super::text::{Group, braced};
use crate::ir::{Docs, Enum, EnumKind, IntegerKind, Type, TypeId, TypeRef};
use crate::naming;

impl File<'_> {
    /// One enum of constants.
    pub(super) fn constants(&mut self, id: TypeId, ty: &Type, shape: &Enum) {
        let Some(ident) = self.cx.names.type_ident(id) else { return };
        self.type_docs(ident, &ty.docs, &self.type_notes(id));
        self.derives(ty);
        if shape.open {
            self.line(0, "#[non_exhaustive]");
        }
        self.line(0, format!("pub enum {ident} {{"));
        let mut entries = Vec::with_capacity(shape.values.len());
        for (index, value) in shape.values.iter().enumerate() {
            self.docs(1, &value.docs, &[]);
            let name = self.cx.names.member(id, index);
            self.line(1, format!("{name},"));
            entries.push(format!("{name} = {}", self.constant(&value.wire)));
        }
        if shape.open {
            let extra = self.cx.names.extra(id);
            let of = match shape.kind {
                EnumKind::String => "String",
                EnumKind::Integer => naming::integer_type(shape.integers()),
                EnumKind::Mixed if shape.is_boolean() => "bool",
                EnumKind::Mixed => "serde_json::Value",
            };
            self.line(1, format!("{extra}({of}),"));
            entries.push(format!("..{extra}"));
        }
        self.line(0, "}");
        let name = match shape.kind {
            EnumKind::String => "string_enum",
            EnumKind::Integer => "integer_enum",
            EnumKind::Mixed => "value_enum",
        };
        let runtime = self.runtime();
        let groups: Vec<Group> = entries.iter().map(|entry| Group { head: "", items: vec![entry] }).collect();
        let of = match (shape.kind, shape.integers()) {
            (EnumKind::Integer, kind @ (IntegerKind::U64 | IntegerKind::I128)) => {
                format!(": {}", naming::integer_type(kind))
            }
            (EnumKind::Integer | EnumKind::String | EnumKind::Mixed, _) => String::new(),
        };
        self.body.push_str(&braced(&format!("{runtime}::{name}!({ident}{of} {{"), &groups, ",", "});"));
    }

    /// One newtype.
    pub(super) fn newtype(&mut self, id: TypeId, ty: &Type, content: TypeRef, boxed: bool) {
        let Some(ident) = self.cx.names.type_ident(id) else { return };
        self.type_docs(ident, &ty.docs, &self.type_notes(id));
        self.derives(ty);
        let by_serde = self.by_serde(content);
        let rules = checks::of_content(self.cx.graph, content);
        let content = self.boxed_type(content, boxed, false);
        self.allow_complex(0, &content);
        self.line(0, format!("pub struct {ident}(pub {content});"));
        self.gap();
        let runtime = self.runtime();
        self.line(0, format!("{runtime}::newtype!({}{ident}{by_serde}{rules});", self.secret(id)));
        if self.cx.checks && !boxed {
            self.line(0, format!("{runtime}::checked_newtype!({ident}: {content});"));
        }
        self.conversions(id);
    }

    /// One alias of a type that is spelled.
    pub(super) fn alias(&mut self, ident: &str, docs: &Docs, content: &str) {
        self.type_docs(ident, docs, &[]);
        self.line(0, format!("pub type {ident} = {content};"));
    }
}

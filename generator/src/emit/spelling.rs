//! Writes uses of types.

use super::file::File;
use super::runtime::INDEX_MAP;
use crate::ir::{DateLibrary, Graph, Presence, Scalar, Shape, TypeId, TypeRef};
use crate::limits::SPELLED_DEPTH;
use crate::naming;

/// The map types that the runtime reads and writes itself.
const MAPS: [&str; 3] = ["std::collections::BTreeMap", "std::collections::HashMap", INDEX_MAP];

/// Whether a type is or contains an external type or map, which only implements `serde`'s traits.
pub(super) fn is_read_by_serde(graph: &Graph, ty: TypeRef) -> bool {
    let mut open = vec![ty.id];
    let mut depth = 0;
    while let Some(id) = open.pop() {
        depth += 1;
        if depth > SPELLED_DEPTH {
            return false;
        }
        match &graph.get(id).shape {
            Shape::External(_) => return true,
            Shape::Map(value) => {
                if !MAPS.contains(&naming::map_type(graph.libraries())) {
                    return true;
                }
                open.push(value.id);
            }
            Shape::List(item) | Shape::Alias(item) => open.push(item.id),
            Shape::Tuple(tuple) => open.extend(tuple.places.iter().map(|item| item.id)),
            // These have their own macro calls.
            Shape::Struct(_) | Shape::Union(_) | Shape::Enum(_) | Shape::Newtype { .. } => {}
            Shape::Scalar(_) | Shape::Any(_) => {}
        }
    }
    false
}

impl File<'_> {
    /// The type of a field or parameter.
    pub(super) fn field_type(&mut self, ty: TypeRef, presence: &Presence, boxed: bool) -> String {
        match presence {
            Presence::Required | Presence::Default(_) => self.boxed_type(ty, boxed, false),
            Presence::Optional => self.boxed_type(ty, boxed, true),
            Presence::ThreeState => {
                let content = self.content_type(ty, boxed);
                format!("{}::Patch<{content}>", self.runtime())
            }
        }
    }

    /// A use of a type.
    pub(super) fn type_ref(&mut self, ty: TypeRef) -> String {
        self.boxed_type(ty, false, false)
    }

    /// A use of a type, in a `Box` if it is boxed, and in an `Option` if it can be `null` or is `optional`. Never an
    /// `Option` in an `Option`, even through aliases.
    pub(super) fn boxed_type(&mut self, ty: TypeRef, boxed: bool, optional: bool) -> String {
        let alias_is_option = self.alias_is_option(ty.id);
        if alias_is_option && !boxed {
            return self.spell(ty.id, 0);
        }
        let content = self.content_type(ty, boxed);
        if optional || ty.nullable || alias_is_option { format!("Option<{content}>") } else { content }
    }

    /// ` as serde` for a type that the runtime cannot read.
    pub(super) fn by_serde(&self, ty: TypeRef) -> &'static str {
        if is_read_by_serde(self.cx.graph, ty) { " as serde" } else { "" }
    }

    /// A use of a type without `null`.
    fn content_type(&mut self, ty: TypeRef, boxed: bool) -> String {
        let id = if self.alias_is_option(ty.id) { self.cx.graph.unaliased(ty).id } else { ty.id };
        let text = self.spell(id, 0);
        if boxed { format!("Box<{text}>") } else { text }
    }

    fn alias_is_option(&self, id: TypeId) -> bool {
        self.cx.graph.unaliased(TypeRef { id, nullable: false }).nullable
    }

    /// A type by its name or its structure.
    fn spell(&mut self, id: TypeId, depth: usize) -> String {
        match self.path(id) {
            Some(path) => path,
            None => self.structure(id, depth),
        }
    }

    fn spell_ref(&mut self, ty: TypeRef, depth: usize) -> String {
        let text = self.spell(ty.id, depth);
        if ty.nullable && !self.alias_is_option(ty.id) { format!("Option<{text}>") } else { text }
    }

    /// The structure of a type, even if the type has a name.
    pub(super) fn structure(&mut self, id: TypeId, depth: usize) -> String {
        if depth > SPELLED_DEPTH {
            return "serde_json::Value".to_owned();
        }
        match &self.cx.graph.get(id).shape {
            Shape::List(item) => format!("Vec<{}>", self.spell_ref(*item, depth + 1)),
            Shape::Map(value) => {
                let value = self.spell_ref(*value, depth + 1);
                format!("{}<String, {value}>", naming::map_type(self.cx.graph.libraries()))
            }
            Shape::Tuple(tuple) => {
                let items = tuple.places.iter().map(|item| self.spell_ref(*item, depth + 1));
                let items: Vec<String> = items.collect();
                let text = if let [item] = &items[..] {
                    format!("({item},)")
                } else {
                    format!("({})", items.join(", "))
                };
                match tuple.may_be_short() {
                    true => format!("{}::Short<{text}, {}>", self.runtime(), tuple.required),
                    false => text,
                }
            }
            Shape::Scalar(scalar) => self.scalar(*scalar),
            Shape::Alias(target) => {
                let content = self.spell_ref(*target, depth + 1);
                if self.cx.graph.get(id).secret {
                    format!("{}::Secret<{content}>", self.runtime())
                } else {
                    content
                }
            }
            Shape::External(found) => found.path.clone(),
            Shape::Any(_) => "serde_json::Value".to_owned(),
            // `naming` has named each of these.
            Shape::Struct(_) | Shape::Union(_) | Shape::Enum(_) | Shape::Newtype { .. } => {
                "serde_json::Value".to_owned()
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar) -> String {
        match scalar {
            Scalar::Boolean => "bool",
            Scalar::Integer(kind) => naming::integer_type(kind),
            Scalar::Float(kind) => naming::float_type(kind),
            Scalar::String => "String",
            Scalar::Secret => return format!("{}::Secret<String>", self.runtime()),
            Scalar::Uuid => "uuid::Uuid",
            Scalar::DateTime => match self.cx.graph.libraries().dates {
                DateLibrary::Chrono => "chrono::DateTime<chrono::FixedOffset>",
                DateLibrary::Jiff => "jiff::Timestamp",
                DateLibrary::Time => return format!("{}::DateTime", self.runtime()),
            },
            Scalar::Date => match self.cx.graph.libraries().dates {
                DateLibrary::Chrono => "chrono::NaiveDate",
                DateLibrary::Jiff => "jiff::civil::Date",
                DateLibrary::Time => return format!("{}::Date", self.runtime()),
            },
            Scalar::Base64 => return format!("{}::Base64", self.runtime()),
            Scalar::Binary => return format!("{}::File", self.runtime()),
            Scalar::Null => "()",
        }
        .to_owned()
    }
}

/// Whether clippy finds the type too complex (`type_complexity`, threshold 250: ten points for each path or tuple,
/// times its depth).
pub(super) fn is_complex(spelled: &str) -> bool {
    let (mut depth, mut score, mut in_word) = (1, 0_usize, false);
    for char in spelled.chars() {
        match char {
            '<' => (depth, in_word) = (depth + 1, false),
            '(' => {
                score += 10 * depth;
                (depth, in_word) = (depth + 1, false);
            }
            '>' | ')' => (depth, in_word) = (depth.saturating_sub(1), false),
            ',' | ' ' => in_word = false,
            _ if !in_word => {
                score += 10 * depth;
                in_word = true;
            }
            _ => {}
        }
    }
    score > 250
}

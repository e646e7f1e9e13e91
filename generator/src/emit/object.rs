//! Emits structs, and the macro call that reads and writes them.

use proc_macro2::TokenStream;

use super::checks;
use super::constructor;
use super::conversion;
use super::description;
use super::file::File;
use super::format;
use super::literal::{self, NUMBERS, has_float};
use super::operation;
use super::text::{Group, braced, quoted};
use super::unsent;
use crate::ir::{Literal, Presence, Property, PropertyKind, Rest, Struct, Type, TypeId};
use crate::naming;
use crate::number;

/// An entry of the macro call.
struct Entry {
    /// The kind of field; empty for constants and for the entry of unknown properties.
    mode: &'static str,
    text: String,
}

impl Entry {
    /// Whether it is on lines of its own.
    fn is_long(&self) -> bool {
        self.text.contains('\n')
    }
}

/// Emits a struct.
pub(super) fn object(file: &mut File<'_>, id: TypeId, ty: &Type, shape: &Struct) {
    let Some(ident) = file.cx.names.type_ident(id) else { return };
    file.type_docs(ident, &ty.docs, &operation::type_notes(file, id));
    file.derives(ty);
    let (mut entries, mut others) = (Vec::new(), Vec::new());
    let fields = std::mem::take(&mut file.body);
    for (index, property) in shape.properties.iter().enumerate() {
        let entry = property_entry(file, id, index, property);
        match property.kind {
            PropertyKind::Constant { .. } => entries.push(entry),
            PropertyKind::Field { .. } => others.push(entry),
        }
    }
    entries.append(&mut others);
    entries.extend(rest(file, id, shape.rest));
    let fields = std::mem::replace(&mut file.body, fields);
    if fields.is_empty() {
        file.line(0, format!("pub struct {ident} {{}}"));
    } else {
        file.line(0, format!("pub struct {ident} {{"));
        file.body.push_str(&fields);
        file.line(0, "}");
    }
    let making = constructor::making(file, id, ident, shape);
    let runtime = file.runtime();
    let groups: Vec<Group> = entries
        .chunk_by(|a, b| !a.mode.is_empty() && a.mode == b.mode && !a.is_long() && !b.is_long())
        .map(|group| Group {
            head: group.first().map_or("", |entry| entry.mode),
            items: group.iter().map(|entry| entry.text.as_str()).collect(),
        })
        .collect();
    let secret = file.secret(id);
    let open = format!("{runtime}::object!({secret}{ident}{making} {{");
    let close = match checks::of_struct(file.cx.graph, id, shape) {
        Some(section) => format!("}} {section});"),
        None => "});".to_owned(),
    };
    file.body.push_str(&braced(&open, &groups, ";", &close));
    constructor::required_of(file, id, ident, shape);
    conversion::conversions(file, id);
    description::descriptions(file, id, ident);
}

/// Emits an implementation of `Default` without a macro.
pub(super) fn default_item(file: &mut File<'_>, item: TokenStream) {
    let text = format::items(item);
    if has_float(&text) {
        file.line(0, NUMBERS);
    }
    file.body.push_str(&text);
}

/// Writes the field of a property, unless it is a constant, and returns its entry in the macro call.
fn property_entry(file: &mut File<'_>, id: TypeId, index: usize, property: &Property) -> Entry {
    let wire = quoted(&property.wire);
    match &property.kind {
        PropertyKind::Constant { value, required } => {
            let absent = if *required { "" } else { " or absent" };
            let value = constant(file, value);
            Entry { mode: "", text: format!("{wire} = {value}{absent}") }
        }
        PropertyKind::Field { ty, presence, boxed } => {
            let field = file.cx.names.member(id, index);
            let spelled = file.field_type(*ty, presence, *boxed);
            let notes: Vec<String> = property
                .default_value()
                .and_then(|value| literal::default_note(file, value))
                .into_iter()
                .collect();
            file.docs(1, &property.docs, &notes);
            file.allow_complex(1, &spelled);
            file.attributes(1, &property.overrides);
            file.line(1, format!("pub {field}: {spelled},"));
            // A property with the same name as its field is named once.
            let named = if property.wire == field { field.to_owned() } else { format!("{field}: {wire}") };
            let named = named + file.by_serde(*ty);
            match presence {
                Presence::Required => {
                    let value = match &property.initial {
                        Some(value) => Some(literal::expression(file, value, *ty, *boxed, 1)),
                        None => constructor::filled(file, *ty, *boxed),
                    };
                    let value = value.map(|value| format!(" = {value}")).unwrap_or_default();
                    Entry { mode: "required", text: named + &value }
                }
                Presence::Optional => Entry { mode: "optional", text: named },
                Presence::ThreeState => Entry { mode: "patch", text: named },
                Presence::Default(default) => {
                    let value = literal::expression(file, default, *ty, *boxed, 1);
                    let omitted =
                        if property.omits_default { unsent::omitted(file, default) } else { String::new() };
                    Entry { mode: "default", text: format!("{named} = {value}{omitted}") }
                }
            }
        }
    }
}

/// Writes the field of unknown properties, if they are kept, and returns the entry in the macro call.
fn rest(file: &mut File<'_>, id: TypeId, rest: Rest) -> Option<Entry> {
    match rest {
        Rest::Ignore => None,
        Rest::Deny => Some(Entry { mode: "", text: "..deny".to_owned() }),
        Rest::Keep(ty) => {
            let field = file.cx.names.extra(id);
            let value = file.type_ref(ty);
            file.line(1, "/// Properties that the schema does not declare.");
            file.line(
                1,
                format!("pub {field}: {}<String, {value}>,", naming::map_type(file.cx.graph.libraries())),
            );
            let secret = if file.cx.secrets.contains(&true) { " [secret]" } else { "" };
            Some(Entry { mode: "", text: format!("..keep {field}{}{secret}", file.by_serde(ty)) })
        }
    }
}

/// A constant as a literal token.
pub(super) fn constant(file: &File<'_>, value: &Literal) -> String {
    match value {
        Literal::String(value) => quoted(value),
        Literal::Bool(value) => value.to_string(),
        Literal::Integer(value) => value.to_string(),
        Literal::Float(value) => super::literal::float_text(*value),
        Literal::UnknownEnumValue(_, value) | Literal::Variant(_, _, value) => constant(file, value),
        Literal::EnumValue(id, index) => match &file.cx.graph.get(file.cx.graph.definition(*id)).shape {
            crate::ir::Shape::Enum(shape) => {
                shape.values.get(*index).map_or_else(|| "()".to_owned(), |value| constant(file, &value.wire))
            }
            _ => "()".to_owned(),
        },
        Literal::UnknownVariant(_, value) | Literal::Any(value) => number::text(value),
        // A constant is a string, a number or a boolean (see `ir::PropertyKind`).
        Literal::Null | Literal::List(_) | Literal::Map(_) | Literal::Struct(..) => "()".to_owned(),
    }
}

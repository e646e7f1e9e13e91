//! Which traits the item of a type derives, and which type maps have.

use crate::ir::{EnumKind, Libraries, Shape, Type};

const OF_CONTENTS: &[&str] = &["Clone", "Debug", "PartialEq"];
const OF_TEXTS: &[&str] = &["Clone", "Debug", "PartialEq", "Eq", "Hash"];
const OF_CONSTANTS: &[&str] = &["Clone", "Copy", "Debug", "PartialEq", "Eq", "Hash"];

/// The type of maps, without type arguments.
pub(crate) fn map_type(libraries: &Libraries) -> &str {
    libraries.map.as_deref().unwrap_or("std::collections::BTreeMap")
}

/// The traits that a type derives: its own, then those of the settings. Empty for types without an item.
pub(crate) fn derives(ty: &Type) -> Vec<&str> {
    let mut all = own(&ty.shape).to_vec();
    for name in &ty.overrides.derives {
        // The macros implement `Default`.
        let is_implemented = name == "Default" && ty.has_default || all.contains(&name.as_str());
        if !is_implemented {
            all.push(name);
        }
    }
    all
}

fn own(shape: &Shape) -> &'static [&'static str] {
    match shape {
        Shape::Struct(_) | Shape::Union(_) | Shape::Newtype { .. } => OF_CONTENTS,
        Shape::Enum(shape) => match (shape.kind, shape.open) {
            (EnumKind::String, true) => OF_TEXTS,
            (EnumKind::String, false) | (EnumKind::Integer, _) | (EnumKind::Mixed, false) => OF_CONSTANTS,
            (EnumKind::Mixed, true) if shape.is_boolean() => OF_CONSTANTS,
            (EnumKind::Mixed, true) => OF_CONTENTS,
        },
        Shape::List(_)
        | Shape::Tuple(_)
        | Shape::Map(_)
        | Shape::Scalar(_)
        | Shape::Alias(_)
        | Shape::External(_)
        | Shape::Any(_) => &[],
    }
}

//! Whether uses of types are one type in Rust, however the document came to them.

use std::fmt::Write as _;

use super::{Shape, Type, TypeRef};
use crate::limits::SPELLED_DEPTH;

/// What stands for the Rust type of a use: equal texts are equal types. `None` where that cannot be said: the type is the
/// user's, of which only its path is known, or nests too deeply.
pub fn rust_key(types: &[Type], ty: TypeRef) -> Option<String> {
    let mut key = String::new();
    write_key(types, ty, 0, &mut key)?;
    Some(key)
}

fn write_key(types: &[Type], ty: TypeRef, depth: usize, key: &mut String) -> Option<()> {
    if depth > SPELLED_DEPTH {
        return None;
    }
    let found = &types[ty.id.0 as usize];
    if let Shape::Alias(target) = found.shape {
        let target = TypeRef { nullable: ty.nullable || target.nullable, ..target };
        if found.secret {
            key.push('!');
        }
        return write_key(types, target, depth + 1, key);
    }
    // An option in an option is one.
    if ty.nullable && !key.ends_with('?') {
        key.push('?');
    }
    match &found.shape {
        Shape::Struct(_) | Shape::Union(_) | Shape::Enum(_) | Shape::Newtype { .. } => {
            let _ = write!(key, "#{}", ty.id.0);
        }
        Shape::Scalar(scalar) => {
            let _ = write!(key, "{scalar:?}");
        }
        Shape::Any(_) => key.push_str("any"),
        Shape::List(item) => {
            key.push('[');
            write_key(types, *item, depth + 1, key)?;
            key.push(']');
        }
        Shape::Map(value) => {
            key.push('{');
            write_key(types, *value, depth + 1, key)?;
            key.push('}');
        }
        Shape::Tuple(tuple) => {
            let _ = write!(key, "({}", if tuple.may_be_short() { tuple.required } else { usize::MAX });
            for place in &tuple.places {
                key.push(',');
                write_key(types, *place, depth + 1, key)?;
            }
            key.push(')');
        }
        Shape::External(_) | Shape::Alias(_) => return None,
    }
    Some(())
}

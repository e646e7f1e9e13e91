//! The primitive number types of Rust.

use crate::ir::{FloatKind, IntegerKind};

pub(crate) fn integer_type(kind: IntegerKind) -> &'static str {
    match kind {
        IntegerKind::I8 => "i8",
        IntegerKind::I16 => "i16",
        IntegerKind::I32 => "i32",
        IntegerKind::I64 => "i64",
        IntegerKind::I128 => "i128",
        IntegerKind::U8 => "u8",
        IntegerKind::U16 => "u16",
        IntegerKind::U32 => "u32",
        IntegerKind::U64 => "u64",
        IntegerKind::U128 => "u128",
    }
}

pub(crate) fn float_type(kind: FloatKind) -> &'static str {
    match kind {
        FloatKind::F32 => "f32",
        FloatKind::F64 => "f64",
    }
}

//! Types in the settings that modelsmith itself emits.

/// A type that modelsmith knows. Any other type in the settings is external.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum KnownType {
    /// `bool`.
    Boolean,
    /// `String`.
    String,
    /// `uuid::Uuid`.
    Uuid,
    /// `serde_json::Value`.
    Any,
    F32,
    F64,
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
    U128,
}

impl KnownType {
    /// The known type with this name, if it is one.
    pub(crate) fn of(text: &str) -> Option<Self> {
        Some(match text {
            "bool" => Self::Boolean,
            "String" => Self::String,
            "uuid::Uuid" => Self::Uuid,
            "serde_json::Value" => Self::Any,
            "f32" => Self::F32,
            "f64" => Self::F64,
            "i8" => Self::I8,
            "i16" => Self::I16,
            "i32" => Self::I32,
            "i64" => Self::I64,
            "i128" => Self::I128,
            "u8" => Self::U8,
            "u16" => Self::U16,
            "u32" => Self::U32,
            "u64" => Self::U64,
            "u128" => Self::U128,
            _ => return None,
        })
    }
}

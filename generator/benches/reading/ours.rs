//! The model with the runtime's macros.

use super::runtime;

macro_rules! structs {
    ($($name:ident [$($tag:literal = $value:literal)?] { $($field:ident: $ty:ty = $wire:literal),* $(,)? })*) => {$(
        pub struct $name { $(pub $field: $ty,)* }

        runtime::object!($name {
            $($tag = $value;)?
            $(required $field: $wire;)*
        });
    )*};
}

macro_rules! tagged {
    ($name:ident $tag:literal { $($variant:ident = $value:literal),* }) => {
        #[allow(clippy::large_enum_variant, clippy::enum_variant_names, reason = "named and shaped as in the document")]
        pub enum $name { $($variant($variant),)* Unknown(runtime::UnknownVariant) }

        runtime::tagged_union!($name, tag = $tag, { $($value => $variant,)* } else Unknown);
    };
}

super::model::model!(structs, tagged);

#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    Agent,
    User,
    Environment,
    Hook,
    Unknown(String),
}

runtime::string_enum!(Source { Agent = "agent", User = "user", Environment = "environment", Hook = "hook", ..Unknown });

#[derive(Clone, Debug, PartialEq)]
pub enum Risk {
    Unknown,
    Low,
    Medium,
    High,
    Other(String),
}

runtime::string_enum!(Risk { Unknown = "UNKNOWN", Low = "LOW", Medium = "MEDIUM", High = "HIGH", ..Other });

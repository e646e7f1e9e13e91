//! The model with serde's derive.

use serde::{Deserialize, Serialize};

macro_rules! structs {
    ($($name:ident [$($tag:literal = $value:literal)?] { $($field:ident: $ty:ty = $wire:literal),* $(,)? })*) => {$(
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct $name { $(#[serde(rename = $wire)] pub $field: $ty,)* }
    )*};
}

macro_rules! tagged {
    ($name:ident $tag:literal { $($variant:ident = $value:literal),* }) => {
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = $tag)]
        #[allow(clippy::large_enum_variant, clippy::enum_variant_names, reason = "named and shaped as in the document")]
        pub enum $name { $(#[serde(rename = $value)] $variant($variant),)* }
    };
}

super::model::model!(structs, tagged);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    Agent,
    User,
    Environment,
    Hook,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Risk {
    Unknown,
    Low,
    Medium,
    High,
}

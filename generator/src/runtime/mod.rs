//! What the models share: the macros that implement `serde` for them, and the few types that they need.
//!
//! Of interest to users are [`from_str`], [`from_slice`] and [`from_value`], whose errors say where in the
//! document something is wrong, and the types [`Secret`], [`UnknownVariant`] and, where the document has such values,
//! `Base64` and `Patch`. Everything else is for the macros and may change.
//!
//! | file | idea |
//! |---|---|
//! | `object` | what a struct says about its properties; `properties` reads them, `writer` writes them |
//! | `enums`, `other_enums` | one visitor reads every set of constants |
//! | `union` | what a union says about its variants; `choose` reads it |
//! | `tape` | a value recorded as a flat list of tokens, for unions that have to see more before they can decide |
//! | `replay` | reads a tape; `entries` reads an object whose tag came first |
//! | `scalar` | values without parts; `visit` is what the visitors share |
//! | `response` | the responses of an operation, by status code |
//! | `read` | the entry points; `error` is what they return |

mod base64;
mod choose;
mod dates;
mod entries;
mod enums;
mod error;
mod object;
mod other_enums;
mod patch;
mod properties;
mod read;
mod replay;
mod response;
mod scalar;
mod secret;
mod tape;
mod union;
mod visit;
mod writer;

pub use base64::{Base64, InvalidBase64};
pub use dates::{Date, DateTime};
pub use enums::UnknownValue;
pub use error::Error;
pub use patch::Patch;
pub use read::{from_slice, from_str, from_value};
pub use secret::Secret;
pub use union::UnknownVariant;

#[doc(hidden)]
pub use self::{
    choose::read_union,
    enums::{Enum, EnumType, Keep, parse_enum, read_enum},
    object::{Constant, Object, Parts, read_object},
    other_enums::parse_integer_enum,
    properties::{Defaulted, Others, incomplete, read_properties},
    response::body,
    scalar::{Literal, Scalar},
    union::{Candidate, Reading, Union, no_variant},
    writer::{Field, write_object, write_with_others},
};

#[allow(unused_imports, reason = "an API need not use every kind of type")]
pub(crate) use self::{
    enums::{enum_conversions, enum_impls, string_enum},
    object::{newtype, object, object_part},
    other_enums::{integer_conversions, integer_enum, scalar_enum, value_enum},
    response::{response, response_part},
    union::{candidates, tagged_union, union},
};

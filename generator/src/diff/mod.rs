//! What changed between two generations for those who use the emitted models, type by type and operation by operation.
//!
//! Each change is judged twice: for code that is compiled against the models, by the rules of semantic versioning that
//! Cargo documents, and for the wire, where a program and a server may be of different versions.
//!
//! | file | idea |
//! |---|---|
//! | `side`, `pairing`, `sides`, `structural_eq` | what there is on both sides, and what belongs together |
//! | `compare` | goes through all of it |
//! | `object`, `field`, `union`, `constants`, `operation`, `documentation`, `overrides` | one kind of thing each |
//! | `body`, `call`, `client` | what is sent; what calling an operation takes and gives; servers and secrets |
//! | `paging` | how pages follow each other, where a stream ends |
//! | `fixed` | a property with one value that was or becomes a field |
//! | `fits`, `values` | whether the values of a type are read as another type |
//! | `change`, `model` | how a change is weighed, and what is handed out |
//! | `outline`, `group`, `text`, `markdown` | that, for people |

mod body;
mod call;
mod change;
mod client;
mod compare;
mod constants;
mod constructor;
mod documentation;
mod field;
mod fits;
mod fixed;
mod group;
mod markdown;
mod media_type;
mod model;
mod object;
mod operation;
mod outline;
mod overrides;
mod paging;
mod pairing;
mod parameter_pairs;
mod phrase;
mod side;
mod sides;
mod structural_eq;
mod text;
mod union;
mod union_methods;
mod values;

pub use compare::compare;
pub use markdown::markdown;
pub use model::{Api, Change, Diff, Effect, Item, Kind, Level, On, Severity, Source, What, Wire};
pub use side::Compiled;
pub(crate) use side::Methods;
pub use text::{text, text_in_full};

/// What a comparison takes for granted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The models are part of the user's own crate (a single file that is included), to which `#[non_exhaustive]` means
    /// nothing.
    pub in_user_crate: bool,
    /// Structs are named with `..` in literals (`..Default::default()`, `..Pet::new(id)`) and in patterns, so
    /// that a field more breaks nothing.
    pub assume_rest: bool,
}

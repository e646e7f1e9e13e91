//! Compares two generations for users of the emitted models, type by type and operation by operation.
//!
//! Each change is judged twice: for code that is compiled against the models, by Cargo's rules of semantic versioning,
//! and on the wire, where a program and a server may have different versions.
//!
//! | file | idea |
//! |---|---|
//! | `side`, `pairing`, `sides`, `structural_eq` | the items of both sides, and which of them correspond |
//! | `compare` | visits all items |
//! | `object`, `field`, `union`, `constants`, `operation`, `documentation`, `overrides` | one kind of thing each |
//! | `body`, `call`, `client` | request bodies; arguments and results of calls; servers and secrets |
//! | `paging` | how the next page and the end of a stream are found |
//! | `fixed` | a constant property that was or becomes a field |
//! | `fits`, `values` | whether the values of a type are read as another type |
//! | `change`, `model` | the level of a change, and the result |
//! | `outline`, `group`, `text`, `markdown` | the result in a form for people |

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

/// The assumptions of a comparison.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// The models are part of the user's own crate (a single file that is included), where `#[non_exhaustive]` has no
    /// effect.
    pub in_user_crate: bool,
    /// Literals (`..Default::default()`, `..Pet::new(id)`) and patterns of structs use `..`, so that a new field breaks
    /// nothing.
    pub assume_rest: bool,
}

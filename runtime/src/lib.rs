//! Code that all models share: the macros that implement reading and writing, and a few types.
//!
//! Users of the models need [`from_str`], [`from_slice`] and [`from_value`], whose errors say where in the document
//! something is wrong; [`to_vec`], [`to_string`] and [`to_writer`]; the type [`Error`]; and, if the document has such
//! values, `Secret`, `UnknownVariant`, `Base64`, `File`, `Upload` and `Patch`. Everything else belongs to the macros
//! and may change.
//!
//! | file | idea |
//! |---|---|
//! | `read` | what can be read, and the entry points; `error` is what they return |
//! | `source` | a JSON text, or a tape, and how far it was read; `strings` and `number` read these, `skip` skips values |
//! | `tape` | a value of another format as a flat list of tokens |
//! | `lookahead` | looks ahead in an object |
//! | `decisions` | results for places of a text, so that no place is examined twice |
//! | `view` | what values show of themselves, and how `serde` writes it; `write` writes JSON |
//! | `serde_impls` | the front ends to `serde` |
//! | `object`, `properties` | structs; `unsent` leaves out their defaults |
//! | `enums`, `other_enums` | sets of constants |
//! | `union`, `union_reading` | unions |
//! | `methods` | conversions and accessors of unions |
//! | `described` | schemas of models, for traits of other crates that describe types |
//! | `scalar` | values without parts |
//! | `values`, `maps`, `tuples` | types of the standard library |
//! | `response`, `response_variant`, `bodies` | the responses of an operation, by status code and media type |
//! | `file` | a file of a form; content that is read while it is sent |
//! | `checks`, `violations` | checking values against constraints, and the result |
//! | `rules`, `decimal` | tables of constraints; numbers as they are compared with these |
//! | `unchecked` | replaces constraints if the feature `checks` is off |

#![allow(dead_code, unused_imports, reason = "an API need not use every kind of type")]

mod base64;
mod bodies;
#[cfg(feature = "checks")]
mod checks;
#[cfg(feature = "chrono")]
mod chrono;
pub mod client;
mod dates;
#[cfg(feature = "checks")]
mod decimal;
mod decisions;
mod described;
mod enums;
mod error;
mod file;
mod foreign;
mod foreign_read;
mod foreign_write;
#[cfg(feature = "indexmap")]
mod indexmap;
#[cfg(feature = "jiff")]
mod jiff;
mod lookahead;
mod maps;
mod methods;
mod number;
mod object;
mod other_enums;
mod patch;
mod properties;
mod read;
mod response;
mod response_variant;
#[cfg(feature = "checks")]
mod rules;
mod scalar;
mod secret;
mod serde_impls;
mod skip;
mod source;
#[cfg(feature = "sources")]
mod sources;
mod strings;
mod tape;
#[cfg(feature = "time")]
mod time;
mod tuples;
#[cfg(not(feature = "checks"))]
mod unchecked;
mod union;
mod union_reading;
mod unsent;
#[cfg(feature = "uuid")]
mod uuid;
mod values;
mod view;
#[cfg(feature = "checks")]
mod violations;
mod write;

pub use base64::{Base64, InvalidBase64};
#[cfg(feature = "checks")]
pub use checks::Check;
pub use client::{Answers, Call, Endpoint, HeaderValues, Operation};
pub use enums::UnknownValue;
pub use error::Error;
pub use file::{File, Upload};
pub use patch::Patch;
pub use read::{Read, from_slice, from_str, from_value};
#[cfg(feature = "checks")]
pub use rules::Rule;
pub use secret::Secret;
#[cfg(feature = "sources")]
pub use sources::{SOURCES, known_secrets};
#[cfg(feature = "time")]
pub use time::{Date, DateTime};
pub use tuples::Short;
pub use union::UnknownVariant;
pub use view::View;
#[cfg(feature = "checks")]
pub use violations::{Violation, Violations};
pub use write::{to_string, to_vec, to_writer};

#[doc(hidden)]
pub use bodies::{Body, JsonBody, SerdeBody};
#[cfg(feature = "checks")]
#[doc(hidden)]
pub use checks::check;
#[cfg(feature = "checks")]
#[doc(hidden)]
pub use client::check_parameters;
#[doc(hidden)]
pub use client::{Choice, Content, Credential, Key, KeyPlace, Place, Sent, Style, Target, unless};
#[doc(hidden)]
pub use client::{HeaderForm, missing_header, read_foreign_header, read_header};
#[doc(hidden)]
pub use described::described;
#[doc(hidden)]
pub use enums::{Enum, EnumType, Keep, deserialize_enum, parse_enum, read_enum};
#[doc(hidden)]
pub use file::Opened;
#[doc(hidden)]
pub use foreign::{ForeignRest, ForeignSlot, ForeignView, foreign_view, visit_foreign};
#[doc(hidden)]
pub use object::{Constant, Object, Parts, debug_fields};
#[doc(hidden)]
pub use other_enums::{parse_integer, parse_integer_enum};
#[doc(hidden)]
pub use properties::{Others, incomplete, not_built, read_properties, visit};
#[doc(hidden)]
pub use response::{Received, Respond, ResponseParts, body};
#[doc(hidden)]
pub use response::{debug_response, equal_responses, respond, response_body};
#[doc(hidden)]
pub use response_variant::{Answer, Held, essence, is_json, is_sequence, is_text, string, text};
#[cfg(feature = "checks")]
#[doc(hidden)]
pub use rules::Rules;
#[doc(hidden)]
pub use scalar::{Literal, Scalar};
#[doc(hidden)]
pub use serde_impls::deserialize;
#[doc(hidden)]
pub use source::Source;
#[cfg(not(feature = "checks"))]
#[doc(hidden)]
pub use unchecked::Rules;
#[doc(hidden)]
pub use union::{Candidate, Reading, Union};
pub use union_reading::{probe_union, read_union};
#[doc(hidden)]
pub use unsent::Unsent;
#[doc(hidden)]
pub use view::{Entries, Fields, MayBeAbsent, Rest, Show, Viewed, present, serialize};

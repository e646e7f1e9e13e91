//! An independent reader of requests: what a document says of parameters and bodies, read back from what was sent.
//!
//! Nothing here is shared with what writes requests. Styles are read as RFC 6570 and the tables of OpenAPI 3.1.1 §4.8.12
//! define them, forms as `form_urlencoded` and `multer` read them.
//!
//! | file | idea |
//! |---|---|
//! | `operation` | what a document says of its operations |
//! | `values` | random parameters and bodies, and which of them a style can express |
//! | `decode`, `style`, `percent` | paths, queries, headers and cookies |
//! | `form` | bodies that are forms |
//! | `compare` | whether what was read is what was given |
//! | `judge` | all of it |

mod compare;
mod decode;
mod form;
mod judge;
mod operation;
mod percent;
mod style;
mod values;

pub use judge::{Verdict, judge};
pub use operation::{Body, Operation, Parameter, Place, Style, operations};
pub use style::{Decoded, Shape, Written, decode};

use serde::de::DeserializeOwned;
use serde_json::Value;

/// A request as it was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    /// The method.
    pub method: String,
    /// The path and the query.
    pub target: String,
    /// The headers, with `Cookie` among them.
    pub headers: Vec<(String, String)>,
    /// The body, after its media type.
    pub body: Option<(String, Vec<u8>)>,
}

/// What is given to an operation: `{"parameters": {"query limit": 1}, "body": {"media_type": "…", "value": …}}`.
pub type Given = Value;

/// Makes the request of an operation.
pub type Caller = fn(&Given) -> Result<Sent, String>;

/// A parameter of what is given, `null` where there is none.
///
/// # Errors
/// When the value does not have the type.
pub fn parameter<T: DeserializeOwned>(given: &Given, key: &str) -> Result<T, String> {
    T::deserialize(given["parameters"].get(key).unwrap_or(&Value::Null))
        .map_err(|error| format!("{key}: {error}"))
}

/// The body of what is given.
///
/// # Errors
/// When the value does not have the type.
pub fn body<T: DeserializeOwned>(given: &Given) -> Result<T, String> {
    T::deserialize(&given["body"]["value"]).map_err(|error| format!("the body: {error}"))
}

/// The body of what is given as bytes.
///
/// # Errors
/// When it is not a string.
pub fn bytes(given: &Given) -> Result<Vec<u8>, String> {
    body::<String>(given).map(String::into_bytes)
}

/// The media type of the body of what is given.
pub fn media_type(given: &Given) -> &str {
    given["body"]["media_type"].as_str().unwrap_or_default()
}

/// Splits a call of any emitted crate into its parts: each crate has its own type of calls.
#[macro_export]
macro_rules! sent {
    ($call:expr) => {
        $call.map_err(|error| format!("REFUSED: {error}")).map(|call| $crate::requests::Sent {
            method: call.endpoint.method.to_owned(),
            target: call.target(),
            headers: call.headers.clone(),
            body: call.body.map(|body| {
                let bytes = body.bytes().expect("it is in memory").into_owned();
                (body.content_type, bytes)
            }),
        })
    };
}

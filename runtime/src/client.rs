//! Calls: requests as plain data, and how their responses are read. Nothing here sends anything.
//!
//! | file | idea |
//! |---|---|
//! | `call` | a request that is not sent; the traits of operations and their responses |
//! | `operation` | the macro that is emitted for an operation |
//! | `table` | what a document says of an operation |
//! | `wire` | values as parameters and forms have them |
//! | `style`, `encode` | OpenAPI's styles, percent-encoding |
//! | `body`, `form`, `multipart` | bodies |

mod body;
mod call;
mod encode;
mod form;
mod multipart;
pub(crate) mod operation;
mod style;
mod table;
mod wire;

pub use body::{Body, Content, Sent};
pub use call::{Answers, Call, Operation};
pub use operation::unless;
pub use table::{Endpoint, Place, Style, Target};

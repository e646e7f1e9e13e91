//! Calls: requests as plain data, and how their responses are read. With the feature `client` there is a client, too, which
//! sends them.
//!
//! | file | idea |
//! |---|---|
//! | `call` | a request that is not sent; the traits of operations and their responses |
//! | `operation` | the macro that is emitted for an operation |
//! | `table` | what a document says of an operation |
//! | `wire` | values as parameters and forms have them |
//! | `style`, `encode` | OpenAPI's styles, percent-encoding |
//! | `body`, `form`, `multipart`, `choice` | bodies |
//! | `headers`, `header_map` | headers of responses |
//! | `keys`, `server`, `retry` | secrets, URLs, when to send again |
//! | `send` | the client |
//! | `transport`, `reqwest`, `ureq`, `blocking` | who sends requests, and how to wait for it |

#[cfg(feature = "client")]
mod blocking;
mod body;
mod call;
pub(crate) mod choice;
mod encode;
mod form;
#[cfg(feature = "client")]
mod header_map;
pub(crate) mod headers;
pub(crate) mod keys;
mod multipart;
pub(crate) mod operation;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retry;
#[cfg(feature = "client")]
mod send;
mod server;
mod style;
mod table;
#[cfg(feature = "client")]
mod transport;
#[cfg(feature = "ureq")]
mod ureq;
mod wire;

pub use body::{Body, Content, Sent};
pub use call::{Answers, Call, Operation};
pub use choice::Choice;
pub use headers::{HeaderForm, HeaderValues, missing_header, read_foreign_header, read_header};
pub use keys::{Basic, Credential, Key, KeyPlace};
pub use operation::unless;
pub use retry::Retry;
#[cfg(feature = "client")]
pub use send::{Client, Failure, Reply, Unreadable};
pub use server::Base;
pub use table::{Endpoint, Place, Style, Target};
#[cfg(feature = "client")]
pub use transport::{BoxError, BoxFuture, Chunks, Incoming, MaybeSend, MaybeSync, Transport};

//! Calls: requests as plain data, and how their responses are read. The feature `client` adds a client that sends them.
//!
//! | file | idea |
//! |---|---|
//! | `call` | a request before it is sent; the traits of operations and their responses |
//! | `operation` | the macro that is emitted for an operation |
//! | `table` | what a document says about an operation |
//! | `wire` | values of parameters and forms |
//! | `style`, `encode` | OpenAPI's styles, percent-encoding |
//! | `body`, `form`, `multipart`, `choice` | bodies |
//! | `outgoing`, `reading` | bodies that are read while they are sent, and on another thread |
//! | `headers`, `header_map` | headers of responses |
//! | `keys`, `server`, `retry` | secrets, URLs, when to send again |
//! | `items`, `decoder`, `stream_error` | streams: what an item is, how it is read from bytes |
//! | `events`, `records` | event streams; sequences of JSON values |
//! | `stream` | the macro that is emitted for an operation that answers with a stream |
//! | `pages`, `paged` | pages: the step to the next one; the macro that is emitted for them |
//! | `send` | the client |
//! | `streaming`, `futures`, `following` | streams that the client reads; as `futures_core::Stream`; continued where they broke off |
//! | `paging` | pages that the client requests |
//! | `recorder`, `known_secrets` | recordings of requests and responses, without secrets |
//! | `fetch`, `redirect`, `redact` | secrets that are fetched, redirects, errors without secrets |
//! | `reference` | relative URLs |
//! | `checked`, `unchecked` | checks of requests against the constraints of the document, and their replacement |
//! | `traced`, `untraced` | a span for each call, and its replacement |
//! | `transport`, `reqwest`, `ureq`, `blocking` | transports, and how to wait for them |

#[cfg(feature = "client")]
mod blocking;
mod body;
mod call;
#[cfg(feature = "checks")]
pub(crate) mod checked;
pub(crate) mod choice;
mod decoder;
mod encode;
mod events;
#[cfg(feature = "client")]
mod fetch;
#[cfg(feature = "client")]
mod following;
mod form;
#[cfg(feature = "stream")]
mod futures;
#[cfg(feature = "client")]
mod header_map;
pub(crate) mod headers;
mod items;
pub(crate) mod keys;
#[cfg(feature = "client")]
mod known_secrets;
mod multipart;
pub(crate) mod operation;
mod outgoing;
pub(crate) mod paged;
mod pages;
#[cfg(feature = "client")]
mod paging;
#[cfg(feature = "client")]
mod reading;
#[cfg(feature = "client")]
mod recorder;
mod records;
#[cfg(feature = "client")]
mod redact;
#[cfg(feature = "client")]
mod redirect;
#[cfg(feature = "client")]
mod reference;
#[cfg(feature = "reqwest")]
mod reqwest;
mod retry;
#[cfg(feature = "client")]
mod send;
mod server;
pub(crate) mod stream;
mod stream_error;
#[cfg(feature = "client")]
mod streaming;
mod style;
mod table;
#[cfg(feature = "tracing")]
mod traced;
#[cfg(feature = "client")]
mod transport;
#[cfg(not(feature = "checks"))]
pub(crate) mod unchecked;
#[cfg(all(feature = "client", not(feature = "tracing")))]
mod untraced;
#[cfg(feature = "ureq")]
mod ureq;
mod wire;

pub use body::{Body, Content, Piece, Sent};
pub use call::{Answers, Call, Operation};
#[cfg(feature = "checks")]
use checked::Checked;
#[cfg(feature = "checks")]
pub use checked::check_parameters;
pub use choice::Choice;
pub use decoder::{Decoder, ReadItems};
pub use events::{Event, Position};
#[cfg(feature = "client")]
pub use following::{FollowError, Following};
pub use headers::{HeaderForm, HeaderValues, missing_header, read_foreign_header, read_header};
pub use items::{Format, Frame, Source, Streamed, Streams};
pub use keys::{Basic, Credential, Key, KeyPlace};
pub use operation::unless;
pub use outgoing::Outgoing;
pub use pages::{Asked, Headers, Paged, Pages, Paging, Step, Turn, Way};
#[doc(hidden)]
pub use pages::{moved, property_of, text_of, with_property};
#[cfg(feature = "client")]
pub use paging::{BlockingPages, PageResult};
#[cfg(feature = "client")]
pub use reading::Reading;
#[cfg(feature = "client")]
pub use recorder::Recorder;
pub use retry::Retry;
#[cfg(feature = "client")]
pub use send::{Client, Failure, Reply, Unreadable};
pub use server::Base;
pub use stream_error::{BadItem, StreamError};
#[cfg(feature = "client")]
pub use streaming::{BlockingItems, Items};
pub use table::{Endpoint, Place, Style, Target};
#[cfg(feature = "tracing")]
use traced::CallSpan;
#[cfg(feature = "client")]
pub use transport::{BoxError, BoxFuture, Chunks, Incoming, MaybeSend, MaybeSync, Transport};
#[cfg(not(feature = "checks"))]
use unchecked::Checked;
#[cfg(all(feature = "client", not(feature = "tracing")))]
use untraced::CallSpan;

//! What is emitted for an operation that answers with a stream.

/// Implements reading the items of a stream.
///
/// ```text
/// runtime::stream!(Response => Item: json Data ["text/event-stream"] done "[DONE]");
/// ```
///
/// An item is `json`, `serde` (a type that only implements `serde`'s traits), `text` (the data of an event, or a JSON
/// string) or `event`. It is followed by the part of an event that it is read from, a `Source`. `[secret] Response`
/// says that items may contain secrets.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no streams")]
macro_rules! stream {
    ($([$secret:ident])? $response:ident => $item:ident: $kind:ident $source:ident
        [$($media_type:literal),*] $(done $done:literal)?) => {
        impl runtime::client::Streams for $response {
            type Item = $item;
            const STREAM: &'static runtime::client::Streamed = &runtime::client::Streamed {
                media_types: &[$($media_type),*],
                done: runtime::stream_part!(done $($done)?),
                secret: runtime::object_part!(secret $($secret)?),
            };

            fn item(frame: &runtime::client::Frame) -> Result<$item, runtime::Error> {
                runtime::stream_part!($kind frame $source)
            }
        }
    };
}
pub(crate) use stream;

/// The optional parts of [`stream!`].
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no streams")]
macro_rules! stream_part {
    (done) => {
        None
    };
    (done $done:literal) => {
        Some($done)
    };
    (json $frame:ident $source:ident) => {
        $frame.read(runtime::client::Source::$source, |text| runtime::from_slice(text))
    };
    (serde $frame:ident $source:ident) => {
        $frame.read(runtime::client::Source::$source, |text| runtime::body(::serde_json::from_slice(text)))
    };
    (text $frame:ident $source:ident) => {
        match $frame {
            runtime::client::Frame::Event(event) => Ok(event.data.clone()),
            runtime::client::Frame::Json(text) => runtime::from_slice(text),
        }
    };
    (event $frame:ident $source:ident) => {
        Ok($frame.event())
    };
}
pub(crate) use stream_part;

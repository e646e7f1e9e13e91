//! Responses: one of several bodies, by status code and media type.

use super::bodies::Body;
use super::error::Error;
use super::response_variant::{Answer, answer};
use std::fmt;

/// Implements reading and writing for the responses of an operation.
///
/// ```text
/// runtime::response!(Response {
///     200 => Ok: json;                       // `Ok(T)`, from JSON
///     200 => OkCsv: text "text/csv";         // the same status as another media type
///     in 400..=499 => Status4xx: json "application/problem+json";    // `Status4xx(u16, T)`
///     default Default: json;                 // `Default(u16, T)`
/// });
/// ```
///
/// A body is `json`, `serde` (a type that only implements `serde`'s traits), `any` (JSON without a schema),
/// `string` (JSON or text), `text`, `bytes` or `empty`. Codes come before ranges, and variants with one status are
/// adjacent. Every such enum also has a variant `Other(u16, Vec<u8>)`. `[secret] Response` says that bodies may contain
/// secrets.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no operations")]
macro_rules! response {
    ($([$secret:ident])? $response:ident {
        $($code:literal => $known:ident: $known_as:ident $($known_type:literal)*;)*
        $(in $from:literal..=$to:literal => $range:ident: $range_as:ident $($range_type:literal)*;)*
        $(default $default:ident: $default_as:ident $($default_type:literal)*;)*
    }) => {
        /// Bytes are shown as text if they are text, unless they may contain secrets.
        impl ::std::fmt::Debug for $response {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                runtime::debug_response(self, f)
            }
        }

        impl PartialEq for $response {
            fn eq(&self, other: &Self) -> bool {
                runtime::equal_responses(self, other)
            }
        }

        impl $response {
            /// Reads a response from its status code, its `Content-Type` and its body.
            ///
            /// A status that the document does not name is `Other`. The exception is a success: if the document
            /// names a single success and the media type fits, it is read as that one. A body that does not match
            /// the document is an error if the status is a success, and `Other` if not.
            pub fn from_parts(
                status: u16,
                content_type: Option<&str>,
                body: &[u8],
            ) -> Result<Self, runtime::Error> {
                runtime::respond(runtime::Received { status, content_type, body })
            }

            /// The status code. For a success that the document does not name, the code of the success it was read as.
            pub fn status(&self) -> u16 {
                runtime::Respond::parts(self).status
            }

            /// Writes the body. Fails only if a map in it has keys that JSON cannot represent.
            pub fn to_body(&self) -> Result<Vec<u8>, runtime::Error> {
                runtime::response_body(self)
            }
        }

        impl runtime::Respond for $response {
            const ANSWERS: &'static [runtime::Answer] = &[
                $(runtime::Answer {
                    variant: stringify!($known),
                    statuses: ($code, $code),
                    held: runtime::response_part!(held $known_as),
                    media_types: runtime::response_part!(media_types $known_as $($known_type)*),
                },)*
                $(runtime::Answer {
                    variant: stringify!($range),
                    statuses: ($from, $to),
                    held: runtime::response_part!(held $range_as),
                    media_types: runtime::response_part!(media_types $range_as $($range_type)*),
                },)*
                $(runtime::Answer {
                    variant: stringify!($default),
                    statuses: (0, u16::MAX),
                    held: runtime::response_part!(held $default_as),
                    media_types: runtime::response_part!(media_types $default_as $($default_type)*),
                },)*
            ];
            const SECRET: bool = runtime::object_part!(secret $($secret)?);

            fn read(variant: &str, received: runtime::Received<'_>) -> Result<Self, runtime::Error> {
                Ok(match variant {
                    $(stringify!($known) => runtime::response_part!(read $known_as $known received),)*
                    $(stringify!($range) => runtime::response_part!(read $range_as $range received status),)*
                    $(stringify!($default) => runtime::response_part!(read $default_as $default received status),)*
                    _ => Self::Other(received.status, received.body.to_vec()),
                })
            }

            fn parts(&self) -> runtime::ResponseParts<'_> {
                let (variant, status, body) = match self {
                    $(runtime::response_part!(take $known_as $known body) => {
                        (stringify!($known), $code, runtime::response_part!(show $known_as body))
                    })*
                    $(runtime::response_part!(take $range_as $range body status) => {
                        (stringify!($range), *status, runtime::response_part!(show $range_as body))
                    })*
                    $(runtime::response_part!(take $default_as $default body status) => {
                        (stringify!($default), *status, runtime::response_part!(show $default_as body))
                    })*
                    Self::Other(status, body) => ("Other", *status, runtime::Body::Bytes(body)),
                };
                runtime::ResponseParts { variant, status, body }
            }
        }
    };
}
pub(crate) use response;

/// The parts of [`response!`] that depend on what a body holds.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no operations")]
macro_rules! response_part {
    (held json) => { runtime::Held::Json };
    (held serde) => { runtime::Held::Json };
    (held any) => { runtime::Held::Any };
    (held string) => { runtime::Held::String };
    (held text) => { runtime::Held::Text };
    (held bytes) => { runtime::Held::Bytes };
    (held empty) => { runtime::Held::Empty };
    (media_types json) => { &["application/json"] };
    (media_types serde) => { &["application/json"] };
    (media_types any) => { &["application/json"] };
    (media_types $kind:ident $($media_type:literal)*) => { &[$($media_type),*] };
    (read empty $variant:ident $received:ident) => { Self::$variant };
    (read empty $variant:ident $received:ident status) => { Self::$variant($received.status) };
    (read $kind:ident $variant:ident $received:ident $($status:ident)?) => {
        match runtime::response_part!($kind $received) {
            Ok(body) => Self::$variant($($received.$status,)? body),
            Err(error) => return Err(error),
        }
    };
    (json $received:ident) => { runtime::from_slice($received.body) };
    (any $received:ident) => { runtime::from_slice($received.body) };
    (serde $received:ident) => { runtime::body(::serde_json::from_slice($received.body)) };
    (string $received:ident) => { runtime::string($received) };
    (text $received:ident) => { runtime::text($received) };
    (bytes $received:ident) => { Ok::<_, runtime::Error>($received.body.to_vec()) };
    (take empty $variant:ident $body:ident) => { Self::$variant };
    (take empty $variant:ident $body:ident $status:ident) => { Self::$variant($status) };
    (take $kind:ident $variant:ident $body:ident $($status:ident)?) => { Self::$variant($($status,)? $body) };
    (show json $body:ident) => { runtime::Body::Json($body) };
    (show any $body:ident) => { runtime::Body::Json($body) };
    (show string $body:ident) => { runtime::Body::Json($body) };
    (show serde $body:ident) => { runtime::Body::Serde($body) };
    (show text $body:ident) => { runtime::Body::Text($body) };
    (show bytes $body:ident) => { runtime::Body::Bytes($body) };
    (show empty $body:ident) => { runtime::Body::Empty };
}
pub(crate) use response_part;

/// A response before it is read.
#[derive(Clone, Copy)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Received<'a> {
    pub status: u16,
    pub content_type: Option<&'a str>,
    pub body: &'a [u8],
}

/// The parts of a response.
#[allow(missing_docs, reason = "the names say it")]
pub struct ResponseParts<'a> {
    pub variant: &'static str,
    pub status: u16,
    pub body: Body<'a>,
}

/// The responses of an operation, implemented by the macro `response!`. Only two functions differ between operations.
pub trait Respond: Sized {
    /// The responses that the document describes.
    const ANSWERS: &'static [Answer];
    /// Whether bodies may contain secrets.
    const SECRET: bool;

    /// Reads a response as a variant.
    fn read(variant: &str, received: Received<'_>) -> Result<Self, Error>;
    /// The parts of the response.
    fn parts(&self) -> ResponseParts<'_>;
}

/// Reads a response.
pub fn respond<R: Respond>(received: Received<'_>) -> Result<R, Error> {
    let mut found = None;
    answer(R::ANSWERS, received, &mut |variant| {
        found = Some(R::read(variant, received)?);
        Ok(())
    })?;
    // No variant that a document names has this name.
    found.map_or_else(|| R::read("Other", received), Ok)
}

/// The body of a response as it is sent.
pub fn response_body<R: Respond>(response: &R) -> Result<Vec<u8>, Error> {
    response.parts().body.write()
}

/// Whether two responses are equal.
pub fn equal_responses<R: Respond>(one: &R, other: &R) -> bool {
    let (one, other) = (one.parts(), other.parts());
    one.variant == other.variant && one.status == other.status && one.body.equals(other.body)
}

/// Shows a response.
pub fn debug_response<R: Respond>(response: &R, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    debug_parts(&response.parts(), R::ANSWERS, R::SECRET, f)
}

fn debug_parts(
    parts: &ResponseParts<'_>,
    answers: &[Answer],
    secret: bool,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    // A variant for one status does not have it as a field.
    let of_one_status =
        |answer: &Answer| answer.variant == parts.variant && answer.statuses.0 == answer.statuses.1;
    let status = if answers.iter().any(of_one_status) { None } else { Some(&parts.status) };
    let body: Option<&dyn fmt::Debug> = match parts.body {
        Body::Empty => None,
        Body::Json(ref body) => Some(body),
        Body::Serde(ref body) => Some(body),
        Body::Text(ref text) => Some(text),
        Body::Bytes(bytes) => Some(&ShownBytes { bytes, secret }),
    };
    debug_body(f, parts.variant, status, body)
}

fn debug_body(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    status: Option<&u16>,
    body: Option<&dyn fmt::Debug>,
) -> fmt::Result {
    if status.is_none() && body.is_none() {
        return f.write_str(name);
    }
    let mut shown = f.debug_tuple(name);
    if let Some(status) = status {
        shown.field(status);
    }
    if let Some(body) = body {
        shown.field(body);
    }
    shown.finish()
}

/// A body as bytes, shown as text if it is text.
struct ShownBytes<'a> {
    bytes: &'a [u8],
    /// Whether it may contain secrets.
    secret: bool,
}

impl fmt::Debug for ShownBytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// How many characters are shown.
        const SHOWN: usize = 1_000;
        let is_text = |char: char| !char.is_control() || matches!(char, '\n' | '\r' | '\t');
        match std::str::from_utf8(self.bytes) {
            Ok(text) if !self.secret && text.chars().take(SHOWN).all(is_text) => {
                match text.char_indices().nth(SHOWN).and_then(|(end, _)| text.get(..end)) {
                    Some(shown) => write!(f, "{shown:?}… ({} bytes)", text.len()),
                    None => write!(f, "{text:?}"),
                }
            }
            Ok(_) | Err(_) => write!(f, "{} bytes", self.bytes.len()),
        }
    }
}

/// The result of reading a body.
pub fn body<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, super::Error> {
    result.map_err(serde::de::Error::custom)
}

//! Responses: one of several bodies, by status code and media type.

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
/// A body is `json`, `serde` (a type that implements `serde`'s traits only), `any` (JSON of which nothing is known),
/// `string` (JSON or text), `text`, `bytes` or `empty`. Codes stand before ranges, and what has one status together.
/// Every such enum has a variant `Other(u16, Vec<u8>)` besides. `[secret] Response` says that bodies may have secrets in
/// them.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no operations")]
macro_rules! response {
    ($([$secret:ident])? $response:ident {
        $($code:literal => $known:ident: $known_as:ident $($known_type:literal)*;)*
        $(in $from:literal..=$to:literal => $range:ident: $range_as:ident $($range_type:literal)*;)*
        $(default $default:ident: $default_as:ident $($default_type:literal)*;)*
    }) => {
        /// Bytes are shown as text if they are text, unless there may be secrets in them.
        impl ::std::fmt::Debug for $response {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                const SECRET: bool = runtime::object_part!(secret $($secret)?);
                match self {
                    $(runtime::response_part!(take $known_as $known body) => {
                        runtime::response_part!(debug $known_as f $known body)
                    })*
                    $(runtime::response_part!(take $range_as $range body status) => {
                        runtime::response_part!(debug $range_as f $range body status)
                    })*
                    $(runtime::response_part!(take $default_as $default body status) => {
                        runtime::response_part!(debug $default_as f $default body status)
                    })*
                    Self::Other(status, body) => runtime::response_part!(debug bytes f Other body status),
                }
            }
        }

        impl $response {
            /// What the document says that there may be.
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

            /// Reads a response from its status code, its `Content-Type` and its body.
            ///
            /// A status that the document does not name is `Other`, but for a success: that is read as the only
            /// success that the document names, if the media type fits. A body that is not what the document says is
            /// `Other` too, and an error where the status is a success.
            pub fn from_parts(
                status: u16,
                content_type: Option<&str>,
                body: &[u8],
            ) -> Result<Self, runtime::Error> {
                let mut found = None;
                runtime::respond(Self::ANSWERS, status, content_type, body, &mut |variant| {
                    found = Some(match variant {
                        $(stringify!($known) => runtime::response_part!(read $known_as $known body content_type),)*
                        $(stringify!($range) => {
                            runtime::response_part!(read $range_as $range body content_type status)
                        })*
                        $(stringify!($default) => {
                            runtime::response_part!(read $default_as $default body content_type status)
                        })*
                        _ => Self::Other(status, body.to_vec()),
                    });
                    Ok(())
                })?;
                Ok(found.unwrap_or_else(|| Self::Other(status, body.to_vec())))
            }

            /// The status code; of a success that the document does not name that of the one that it was read as.
            pub fn status(&self) -> u16 {
                match self {
                    $(Self::$known { .. } => $code,)*
                    $(Self::$range(status, ..) => *status,)*
                    $(Self::$default(status, ..) => *status,)*
                    Self::Other(status, _) => *status,
                }
            }

            /// Writes the body. It fails only when a map in it has keys that JSON cannot have.
            pub fn to_body(&self) -> Result<Vec<u8>, runtime::Error> {
                match self {
                    $(runtime::response_part!(take $known_as $known body) => runtime::response_part!(write $known_as body),)*
                    $(runtime::response_part!(take $range_as $range body _) => runtime::response_part!(write $range_as body),)*
                    $(runtime::response_part!(take $default_as $default body _) => runtime::response_part!(write $default_as body),)*
                    Self::Other(_, body) => Ok(body.clone()),
                }
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
    (read empty $variant:ident $body:ident $type:ident) => { Self::$variant };
    (read empty $variant:ident $body:ident $type:ident $status:ident) => { Self::$variant($status) };
    (read $kind:ident $variant:ident $body:ident $type:ident $($status:ident)?) => {
        Self::$variant($($status,)? runtime::response_part!($kind $body $type))
    };
    (json $body:ident $type:ident) => { runtime::from_slice($body)? };
    (any $body:ident $type:ident) => { runtime::from_slice($body)? };
    (serde $body:ident $type:ident) => { runtime::body(::serde_json::from_slice($body))? };
    (string $body:ident $type:ident) => { runtime::string($body, $type)? };
    (text $body:ident $type:ident) => { runtime::text($body, $type)? };
    (bytes $body:ident $type:ident) => { $body.to_vec() };
    (take empty $variant:ident $body:ident) => { Self::$variant };
    (take empty $variant:ident $body:ident $status:tt) => { Self::$variant($status) };
    (take $kind:ident $variant:ident $body:ident $($status:tt)?) => { Self::$variant($($status,)? $body) };
    (debug empty $f:ident $variant:ident $body:ident $($status:ident)?) => {
        runtime::debug_body($f, stringify!($variant), [$($status)?].into_iter().next(), None)
    };
    (debug bytes $f:ident $variant:ident $body:ident $($status:ident)?) => {
        runtime::debug_body(
            $f,
            stringify!($variant),
            [$($status)?].into_iter().next(),
            Some(&runtime::ShownBytes { bytes: $body, secret: SECRET }),
        )
    };
    (debug $kind:ident $f:ident $variant:ident $body:ident $($status:ident)?) => {
        runtime::debug_body($f, stringify!($variant), [$($status)?].into_iter().next(), Some($body))
    };
    (write json $body:ident) => { runtime::to_vec($body) };
    (write any $body:ident) => { runtime::to_vec($body) };
    (write string $body:ident) => { runtime::to_vec($body) };
    (write serde $body:ident) => { runtime::body(::serde_json::to_vec($body)) };
    (write text $body:ident) => { Ok($body.clone().into_bytes()) };
    (write bytes $body:ident) => { Ok($body.clone()) };
    (write empty $body:ident) => { Ok(Vec::new()) };
}
pub(crate) use response_part;

/// Shows a response.
pub fn debug_body(
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
pub struct ShownBytes<'a> {
    /// The body.
    pub bytes: &'a [u8],
    /// Whether there may be secrets in it.
    pub secret: bool,
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

/// What became of a body.
pub fn body<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, super::Error> {
    result.map_err(serde::de::Error::custom)
}

//! Responses: one of several bodies, by status code.

use std::fmt;

/// Implements reading and writing for the responses of an operation.
///
/// ```text
/// runtime::response!(Response {
///     200 => Ok: json,                       // `Ok(T)`; or text: `String`, bytes: `Vec<u8>`, empty: nothing;
///                                            // serde: a type that implements `serde`'s traits only
///     in 400..=499 => Status4xx: json,       // `Status4xx(u16, T)`
///     else Other: bytes,                     // `Other(u16, Vec<u8>)`
/// });
/// ```
#[macro_export]
#[allow(unused_macros, reason = "an API may have no operations")]
macro_rules! response {
    ($response:ident {
        $($code:literal => $known:ident: $known_as:ident,)*
        $(in $from:literal..=$to:literal => $range:ident: $range_as:ident,)*
        else $other:ident: $other_as:ident $(,)?
    }) => {
        /// Bodies that are not JSON are shown by their length: they may be secret.
        impl ::std::fmt::Debug for $response {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $(runtime::response_part!(take $known_as $known body) => {
                        runtime::response_part!(debug $known_as f $known body)
                    })*
                    $(runtime::response_part!(take $range_as $range body status) => {
                        runtime::response_part!(debug $range_as f $range body status)
                    })*
                    runtime::response_part!(take $other_as $other body status) => {
                        runtime::response_part!(debug $other_as f $other body status)
                    }
                }
            }
        }

        impl $response {
            /// Reads a response from its status code and its body, which must be what the document says of this status.
            pub fn from_parts(status: u16, body: &[u8]) -> Result<Self, runtime::Error> {
                Ok(match status {
                    $($code => runtime::response_part!(read $known_as $known body),)*
                    $($from..=$to => runtime::response_part!(read $range_as $range body status),)*
                    _ => runtime::response_part!(read $other_as $other body status),
                })
            }

            /// The status code.
            pub fn status(&self) -> u16 {
                match self {
                    $(Self::$known { .. } => $code,)*
                    $(Self::$range(status, ..) => *status,)*
                    Self::$other(status, ..) => *status,
                }
            }

            /// Writes the body. It fails only when a map in it has keys that JSON cannot have.
            pub fn to_body(&self) -> Result<Vec<u8>, runtime::Error> {
                match self {
                    $(runtime::response_part!(take $known_as $known body) => runtime::response_part!(write $known_as body),)*
                    $(runtime::response_part!(take $range_as $range body _) => runtime::response_part!(write $range_as body),)*
                    runtime::response_part!(take $other_as $other body _) => runtime::response_part!(write $other_as body),
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
    (read empty $variant:ident $body:ident) => { { let _ = $body; Self::$variant } };
    (read empty $variant:ident $body:ident $status:ident) => { { let _ = $body; Self::$variant($status) } };
    (read $kind:ident $variant:ident $body:ident $($status:ident)?) => {
        Self::$variant($($status,)? runtime::response_part!($kind $body))
    };
    (json $body:ident) => { runtime::from_slice($body)? };
    (serde $body:ident) => { runtime::body(::serde_json::from_slice($body))? };
    (text $body:ident) => { runtime::body(String::from_utf8($body.to_vec()))? };
    (bytes $body:ident) => { $body.to_vec() };
    (take empty $variant:ident $body:ident) => { Self::$variant };
    (take empty $variant:ident $body:ident $status:tt) => { Self::$variant($status) };
    (take $kind:ident $variant:ident $body:ident $($status:tt)?) => { Self::$variant($($status,)? $body) };
    (debug empty $f:ident $variant:ident $body:ident $($status:ident)?) => {
        runtime::debug_body($f, stringify!($variant), [$($status)?].into_iter().next(), None)
    };
    (debug text $f:ident $variant:ident $body:ident $($status:ident)?) => {
        runtime::response_part!(debug bytes $f $variant $body $($status)?)
    };
    (debug bytes $f:ident $variant:ident $body:ident $($status:ident)?) => {
        runtime::debug_body($f, stringify!($variant), [$($status)?].into_iter().next(), Some(&format_args!("{} bytes", $body.len())))
    };
    (debug $kind:ident $f:ident $variant:ident $body:ident $($status:ident)?) => {
        runtime::debug_body($f, stringify!($variant), [$($status)?].into_iter().next(), Some($body))
    };
    (write json $body:ident) => { runtime::to_vec($body) };
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

/// What became of a body.
pub fn body<T, E: std::fmt::Display>(result: Result<T, E>) -> Result<T, super::Error> {
    result.map_err(serde::de::Error::custom)
}

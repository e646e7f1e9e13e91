//! Bodies that are sent as one of several media types.

use super::super::Error;
use super::body::{Body, Sent};

/// Implements sending for an enum with a variant for each media type.
///
/// ```text
/// runtime::bodies!(Body {
///     Json: json "application/json";
///     Multipart: form "multipart/form-data" { "cover": typed("image/png"); };
/// });
/// ```
///
/// The words are those of the macro `operation!`.
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! bodies {
    ($body:ident { $($variant:ident: $kind:ident $media_type:literal $({
        $($part:literal: $($flag:ident $(($part_type:literal))?),+;)*
    })?;)* }) => {
        impl $body {
            /// The media type of the body.
            pub fn media_type(&self) -> &'static str {
                match self {
                    $(Self::$variant(_) => $media_type,)*
                }
            }
        }

        impl runtime::Choice for $body {
            fn show(&self, show: &mut dyn FnMut(&runtime::Sent<'_>)) {
                match self {
                    $(Self::$variant(body) => {
                        const BODY_MEDIA_TYPE: &str = $media_type;
                        show(&runtime::operation_part!($kind body [
                            $($(runtime::Place::field($part)$(.$flag($($part_type)?))+,)*)?
                        ]));
                    })*
                }
            }
        }
    };
}
pub(crate) use bodies;

/// A body that is sent as one of several media types.
pub trait Choice {
    /// Shows the variant.
    fn show(&self, show: &mut dyn FnMut(&Sent<'_>));
}

/// Writes the variant of a body.
pub(super) fn write(body: &dyn Choice) -> Result<Body, Error> {
    let mut written = Err(Error::new("nothing to write"));
    body.show(&mut |sent| written = sent.write());
    written
}

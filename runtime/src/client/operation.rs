//! The macro for an operation that can be called.

use super::super::View;

/// Implements calling for an operation: the function `call`, the type `Operation`, and what a success gives.
///
/// ```text
/// runtime::operation!("getPet" => Response: Ok(models::Pet), Params {
///     path required pet_id: "petId";       // place, presence, field, and name if it differs
///     query default limit = 20;            // not sent if it has this value
///     query optional filter (deep);        // the style, if it is not the default
///     header optional x_trace: "X-Trace";
/// }; form required Body { "cover": typed("image/png"); "filter": deep, exploded; });
/// ```
///
/// Attributes come first: `#[security("key", "token")]` for each alternative of required secrets,
/// `#[server("https://example.com")]` for an operation with its own server, and
/// `#[checks { "query/limit": { maximum: 100 }; }]` for the constraints of parameters and of `"body"`
/// ([`rules!`](crate::rules)).
///
/// A body is `json`, `form`, `text` or `bytes`; `serde` and `serde_form` are JSON and forms of types that only
/// implement `serde`'s traits, and `choice` is an enum of the macro `bodies!`. A form is followed by the fields that
/// are not written by default. The content of `Ok(box models::Pet)` is boxed, and `Status2xx(_, models::Pet)` also
/// holds the status. Without a variant, a success is the whole response.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no operations")]
macro_rules! operation {
    (
        $(#[security($($scheme:literal),+)])* $(#[server($server:literal)])? $(#[checks $rules:tt])?
        $id:literal => $response:ident $(: $success:ident $content:tt)?
        $(, $params:ident {
            $($place:ident $mode:ident
                $($field:ident $(: $name:literal)? $(($($flag:ident),+))? $(as $how:ident)? $(= $initial:expr)?),+;)*
        })?
        $(; $kind:ident $need:ident $body:ident $({
            $($part:literal: $($part_flag:ident $(($media_type:literal))?),+;)*
        })?)?
    ) => {
        /// The request, which is not sent.
        pub fn call(
            $(params: &$params,)?
            $(body: runtime::operation_part!(type $need $body),)?
        ) -> Result<runtime::Call<$response>, runtime::Error> {
            runtime::Call::new(
                <Operation as runtime::Operation>::ENDPOINT,
                &[$($($(
                    runtime::operation_part!(value $mode params $params ($field) ($($how)?) $($initial)?)
                ),+,)*)?],
                None $(.or(runtime::operation_part!(sent $need $kind body [
                    $($(runtime::Place::field($part)$(.$part_flag($($media_type)?))+,)*)?
                ])))?,
            )
        }

        /// The operation as a type, for generic code.
        #[derive(Clone, Copy, Debug)]
        pub struct Operation;

        impl runtime::Operation for Operation {
            const ENDPOINT: &'static runtime::Endpoint = &runtime::Endpoint {
                id: $id,
                method: METHOD,
                path: PATH,
                parameters: &[$($($(
                    runtime::Place::$place(runtime::object_part!(name $field $($name)?))$($(.$flag())+)?
                ),+,)*)?],
                answers: <$response as runtime::Respond>::ANSWERS,
                security: &[$(&[$($scheme),+]),*],
                server: runtime::operation_part!(server $($server)?),
                success: runtime::operation_part!(variant $($success)?),
                rules: &runtime::rules!($($rules)?),
            };
            type Params = runtime::operation_part!(params $($params)?);
            type Body = runtime::operation_part!(body $($need $body)?);
            type Response = $response;

            fn call(
                _params: &Self::Params,
                _body: &Self::Body,
            ) -> Result<runtime::Call<$response>, runtime::Error> {
                call(
                    $(runtime::operation_part!(params _params $params),)?
                    $(runtime::operation_part!(pass $need _body),)?
                )
            }
        }

        $(runtime::checked_params!($params [$($(($mode ($field) ($($how)?) $($initial)?))+)*]);)?

        impl runtime::Answers for $response {
            type Success = runtime::operation_part!(content $response $($content)?);

            fn read(
                status: u16,
                content_type: Option<&str>,
                body: &[u8],
            ) -> Result<Self, runtime::Error> {
                Self::from_parts(status, content_type, body)
            }

            fn success(self) -> Result<Self::Success, Self> {
                runtime::operation_part!(success self $($success $content)?)
            }
        }
    };
}
pub(crate) use operation;

/// The optional parts of [`operation!`].
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no operations")]
macro_rules! operation_part {
    (type required $body:ident) => { &$body };
    (type optional $body:ident) => { Option<&$body> };
    (params) => { () };
    (params $params:ident) => { $params };
    (params $value:ident $params:ident) => { $value };
    (body) => { () };
    (body required $body:ident) => { $body };
    (body optional $body:ident) => { Option<$body> };
    (pass required $body:ident) => { $body };
    (pass optional $body:ident) => { $body.as_ref() };
    (value default $value:ident $params:ident ($field:ident) ($($how:ident)?) $initial:expr) => {
        runtime::unless(&$value.$field, &$initial)
    };
    (value $mode:ident $value:ident $params:ident ($field:ident) ($($how:ident)?)) => {
        runtime::object_part!(view $mode ($value.$field) $($how)?)
    };
    (sent optional serde $body:ident $fields:tt) => {
        $body.map(runtime::ForeignView).as_ref().map(|body| runtime::Sent {
            media_type: BODY_MEDIA_TYPE,
            content: runtime::Content::Json(body),
        })
    };
    (sent optional serde_form $body:ident $fields:tt) => {
        $body.map(runtime::ForeignView).as_ref().map(|body| runtime::Sent {
            media_type: BODY_MEDIA_TYPE,
            content: runtime::Content::Form(body, const { &$fields }),
        })
    };
    (sent required $kind:ident $body:ident $fields:tt) => {
        Some(runtime::operation_part!($kind $body $fields))
    };
    (sent optional $kind:ident $body:ident $fields:tt) => {
        $body.map(|body| runtime::operation_part!($kind body $fields))
    };
    (json $body:ident $fields:tt) => {
        runtime::Sent { media_type: BODY_MEDIA_TYPE, content: runtime::Content::Json($body) }
    };
    (serde $body:ident $fields:tt) => {
        runtime::Sent {
            media_type: BODY_MEDIA_TYPE,
            content: runtime::Content::Json(&runtime::ForeignView($body)),
        }
    };
    (form $body:ident $fields:tt) => {
        runtime::Sent {
            media_type: BODY_MEDIA_TYPE,
            content: runtime::Content::Form($body, const { &$fields }),
        }
    };
    (serde_form $body:ident $fields:tt) => {
        runtime::Sent {
            media_type: BODY_MEDIA_TYPE,
            content: runtime::Content::Form(&runtime::ForeignView($body), const { &$fields }),
        }
    };
    (text $body:ident $fields:tt) => {
        runtime::Sent { media_type: BODY_MEDIA_TYPE, content: runtime::Content::Text($body) }
    };
    (bytes $body:ident $fields:tt) => {
        runtime::Sent { media_type: BODY_MEDIA_TYPE, content: runtime::Content::Bytes($body) }
    };
    (choice $body:ident $fields:tt) => {
        runtime::Sent { media_type: "", content: runtime::Content::Choice($body) }
    };
    (server) => { None };
    (server $server:literal) => { Some($server) };
    (variant) => { None };
    (variant $variant:ident) => { Some(stringify!($variant)) };
    (content $response:ident) => { $response };
    (content $response:ident (_, $($content:tt)*)) => { runtime::operation_part!(content $response ($($content)*)) };
    (content $response:ident (_)) => { () };
    (content $response:ident ()) => { () };
    (content $response:ident (box $content:ty)) => { $content };
    (content $response:ident ($content:ty)) => { $content };
    (success $response:ident) => {
        if (200..300).contains(&$response.status()) { Ok($response) } else { Err($response) }
    };
    (success $response:ident $variant:ident (_)) => {
        match $response { Self::$variant(_) => Ok(()), other => Err(other) }
    };
    (success $response:ident $variant:ident ()) => {
        match $response { Self::$variant => Ok(()), other => Err(other) }
    };
    (success $response:ident $variant:ident (_, box $content:ty)) => {
        match $response { Self::$variant(_, content) => Ok(*content), other => Err(other) }
    };
    (success $response:ident $variant:ident (_, $content:ty)) => {
        match $response { Self::$variant(_, content) => Ok(content), other => Err(other) }
    };
    (success $response:ident $variant:ident (box $content:ty)) => {
        match $response { Self::$variant(content) => Ok(*content), other => Err(other) }
    };
    (success $response:ident $variant:ident ($content:ty)) => {
        match $response { Self::$variant(content) => Ok(content), other => Err(other) }
    };
}
pub(crate) use operation_part;

/// A parameter, unless it has its default value.
pub fn unless<'a, T: View + PartialEq>(value: &'a T, default: &T) -> Option<&'a dyn View> {
    (value != default).then_some(value)
}

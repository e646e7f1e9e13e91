//! Conversions into unions from their variants, and accessors for the properties that all variants share.

/// Implements `From` for an enum: for each variant, from its content, boxed or not.
///
/// ```text
/// runtime::from_variants!(Input {
///     Cat, Dog,                          // variants that have the names of their types
///     Text(String, &str),                // the types that are converted into the content
///     Parts(Vec<Part>),
/// });
/// ```
#[macro_export]
#[allow(unused_macros, reason = "an API may have no such enum")]
macro_rules! from_variants {
    ($union:ident { $($variant:ident $(($($from:ty),+))?),* $(,)? }) => {
        $(runtime::from_variant!($union $variant $(($($from),+))?);)*
    };
}
pub(crate) use from_variants;

/// The conversions into one variant.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no such enum")]
macro_rules! from_variant {
    ($union:ident $variant:ident) => {
        runtime::from_variant!($union $variant ($variant));
    };
    ($union:ident $variant:ident ($($from:ty),+)) => {
        $(impl From<$from> for $union {
            fn from(content: $from) -> Self {
                Self::$variant(Into::into(content))
            }
        })+
    };
}
pub(crate) use from_variant;

/// Implements a method for each property that all variants of a union have.
///
/// ```text
/// runtime::shared!(Event [ActionEvent, MessageEvent; Inner else Unknown] {
///     required id(&str);                 // every variant has it
///     known count(i64);                  // every variant except for `Unknown` has it
///     optional note(&str);               // a variant may lack it
/// });
/// ```
///
/// `Inner` holds a union that has methods of the same names.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no such union")]
macro_rules! shared {
    ($union:ident $variants:tt { $($mode:ident $($name:ident $type:tt),+;)+ }) => {
        #[allow(
            clippy::wrong_self_convention,
            clippy::should_implement_trait,
            reason = "named after the properties"
        )]
        impl $union {
            $($(runtime::shared_method!($mode $name $type $type $variants);)+)+
        }
    };
}
pub(crate) use shared;

/// One method of [`shared!`].
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no such union")]
macro_rules! shared_method {
    (required $name:ident ($($type:tt)+) $given:tt [$($variant:ident),* $(; $($union:ident),*)? $(else $unknown:ident)?]) => {
        /// The property of this name, which every variant has.
        pub fn $name(&self) -> $($type)+ {
            match self {
                $(Self::$variant(value) => runtime::shared_field!(value $name $given),)*
                $($(Self::$union(value) => value.$name(),)*)?
            }
        }
    };
    (known $name:ident ($($type:tt)+) $given:tt [$($variant:ident),* $(; $($union:ident),*)? $(else $unknown:ident)?]) => {
        /// The property of this name, which every variant of the document has.
        pub fn $name(&self) -> Option<$($type)+> {
            match self {
                $(Self::$variant(value) => Some(runtime::shared_field!(value $name $given)),)*
                $($(Self::$union(value) => value.$name().into(),)*)?
                $(Self::$unknown(_) => None,)?
            }
        }
    };
    (optional $name:ident (& $($type:tt)+) $given:tt [$($variant:ident),* $(; $($union:ident),*)? $(else $unknown:ident)?]) => {
        /// The property of this name, if it is present.
        #[allow(clippy::manual_map, reason = "a reference becomes one to what it leads to")]
        pub fn $name(&self) -> Option<& $($type)+> {
            match self {
                $(Self::$variant(value) => match &value.$name {
                    Some(value) => Some(value),
                    None => None,
                },)*
                $($(Self::$union(value) => value.$name().into(),)*)?
                $(Self::$unknown(_) => None,)?
            }
        }
    };
    (optional $name:ident ($type:ty) $given:tt [$($variant:ident),* $(; $($union:ident),*)? $(else $unknown:ident)?]) => {
        /// The property of this name, if it is present.
        pub fn $name(&self) -> Option<$type> {
            match self {
                $(Self::$variant(value) => value.$name,)*
                $($(Self::$union(value) => value.$name().into(),)*)?
                $(Self::$unknown(_) => None,)?
            }
        }
    };
}
pub(crate) use shared_method;

/// A field as a method of [`shared!`] gives it: a reference, or a copy.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no such union")]
macro_rules! shared_field {
    ($value:ident $name:ident (& $($type:tt)+)) => {
        &$value.$name
    };
    ($value:ident $name:ident ($type:ty)) => {
        $value.$name
    };
}
pub(crate) use shared_field;

//! Unions: values of one of several types.

use super::error::Error;
use super::scalar::Scalar;
use super::source::Source;
use super::view::{View, Viewed};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use std::fmt;

/// Implements what [`union!`](crate::union) does, and the method `tag`, for a union whose variant is named by a
/// property. The property may be anywhere in the object.
///
/// ```text
/// runtime::tagged_union!(Policy, tag = "kind", {
///     "always" => Always,
///     "never" => Never,
/// }                                      // or `{ Always, Never }` if the tags are the names of the variants
/// absent { Always [], Never [] }         // the variants of an object without a tag; without this, it is an error
/// else Unknown);                         // keeps an object with an unknown tag; without this, it is an error
/// ```
///
/// `[secret] Policy` says that a variant contains secrets.
#[macro_export]
#[allow(unused_macros, reason = "an API may have no such union")]
macro_rules! tagged_union {
    (
        $([$secret:ident])? $union:ident, tag = $tag:literal,
        { $($variant:ident $(as $how:ident)?),* $(,)? } $(absent $absent:tt)? $(else $unknown:ident)?
    ) => {
        runtime::union!($([$secret])? $union {
            variants: [$($variant $(as $how)?),*],
            object: tag $tag {
                $(= $variant => { $variant [] },)*
                $(absent $absent)?
                else $(unknown $unknown)?
            }
        });

        impl $union {
            #[doc = concat!("The `", $tag, "` that says which variant it is.")]
            pub fn tag(&self) -> &str {
                match self {
                    $(Self::$variant(_) => stringify!($variant),)*
                    $(Self::$unknown(value) => &value.tag,)?
                }
            }
        }
    };
    (
        $([$secret:ident])? $union:ident, tag = $tag:literal,
        { $($value:literal => $variant:ident $(as $how:ident)?),* $(,)? } $(absent $absent:tt)? $(else $unknown:ident)?
    ) => {
        runtime::union!($([$secret])? $union {
            variants: [$($variant $(as $how)?),*],
            object: tag $tag {
                $($value => { $variant [] },)*
                $(absent $absent)?
                else $(unknown $unknown)?
            }
        });

        impl $union {
            #[doc = concat!("The `", $tag, "` that says which variant it is.")]
            pub fn tag(&self) -> &str {
                match self {
                    $(Self::$variant(_) => concat!($value),)*
                    $(Self::$unknown(value) => &value.tag,)?
                }
            }
        }
    };
}
pub(crate) use tagged_union;

/// Implements reading, writing, `Clone`, `Debug` and `PartialEq` for any union. Like [`object!`](crate::object), it
/// replaces `derive` so that the implementations are compiled once.
///
/// ```text
/// runtime::union!(Input {
///     variants: [Text, Number, Parts, Cat, Dog as serde],   // `as serde`: a type that implements `serde`'s traits only
///     integer: [Number],                 // the variants to try for each JSON type; none is an error
///     string: [Text],
///     array: [Parts],
///     object: tag "kind" {               // or `one Cat`, or `fit { Cat ["name"], Dog [] }`
///         "cat" => { Cat [] },           // each variant is followed by the properties that it requires
///         = Dog => { Dog [] },           // the tag is the name itself
///         absent { Cat ["name"] }        // for an object without tag
///         else unknown Unknown           // for another tag; or `else refuse`, or `else variant Cat`
///     }
/// });
/// ```
///
/// `Text checks { maxLength: 5 }` among the variants gives the constraints of its content ([`rules!`](crate::rules)).
#[macro_export]
#[allow(unused_macros, reason = "an API may have no union")]
macro_rules! union {
    (
        $([$secret:ident])? $union:ident {
            variants: [$($variant:ident $(as $how:ident)? $(checks $rules:tt)?),* $(,)?]
            $(, boolean: $boolean:tt)?
            $(, integer: $integer:tt)?
            $(, number: $number:tt)?
            $(, string: $string:tt)?
            $(, array: $array:tt)?
            $(, object:
                $(one $one:ident)?
                $(fit $fit:tt)?
                $(tag $tag:literal {
                    $($($value:literal)? $(= $name:ident)? => $tagged:tt),* $(,)?
                    $(absent $absent:tt $(,)?)?
                    else $(refuse)? $(variant $other:ident)? $(unknown $unknown:ident)? $(,)?
                })?
            )?
            $(,)?
        }
    ) => {
        const _: () = {
            #[allow(non_camel_case_types, clippy::enum_variant_names, reason = "named after the variants")]
            enum At { $($variant),* }

            impl runtime::Union for $union {
                const READING: &'static runtime::Reading = &runtime::Reading {
                    name: stringify!($union),
                    secret: runtime::object_part!(secret $($secret)?),
                    variants: &[$(stringify!($variant)),*],
                    $(boolean: runtime::candidates!(At $boolean),)?
                    $(integer: runtime::candidates!(At $integer),)?
                    $(number: runtime::candidates!(At $number),)?
                    $(string: runtime::candidates!(At $string),)?
                    $(array: runtime::candidates!(At $array),)?
                    $(
                        $(object: runtime::candidates!(At [$one]),)?
                        $(object: runtime::candidates!(At $fit),)?
                        $(
                            tag: &[$tag],
                            arms: &[$((
                                runtime::Literal($($value)? $(stringify!($name))?).get(),
                                runtime::candidates!(At $tagged),
                            )),*],
                            $(object: runtime::candidates!(At $absent),)?
                            $(other: runtime::candidates!(At [$other]),)?
                            $(unknown: runtime::candidates!(is $unknown),)?
                        )?
                    )?
                    ..runtime::Reading::NOTHING
                };

                fn visit(
                    variant: usize,
                    source: &mut runtime::Source<'_>,
                    build: bool,
                ) -> Result<Option<Self>, runtime::Error> {
                    Ok(match variant {
                        $(at if at == At::$variant as usize => {
                            runtime::object_part!(visit source build $($how)?).map(Self::$variant)
                        })*
                        _ => None,
                    })
                }

                $($($(
                    fn unknown(found: runtime::UnknownVariant) -> Option<Self> {
                        Some(Self::$unknown(found))
                    }
                )?)?)?
            }

            impl runtime::Read for $union {
                const SECRET: bool = runtime::object_part!(secret $($secret)?);

                fn read(source: &mut runtime::Source<'_>) -> Result<Self, runtime::Error> {
                    runtime::read_union(source)
                }

                fn probe(source: &mut runtime::Source<'_>) -> Result<(), runtime::Error> {
                    runtime::probe_union::<Self>(source)
                }
            }

            impl runtime::View for $union {
                fn view(&self) -> runtime::Viewed<'_> {
                    match self {
                        $(Self::$variant(value) => runtime::variant_view!(value $($how)? $($rules)?),)*
                        $($($(Self::$unknown(value) => runtime::View::view(value),)?)?)?
                    }
                }
            }

            runtime::serde!($union);

            impl Clone for $union {
                fn clone(&self) -> Self {
                    match self {
                        $(Self::$variant(value) => Self::$variant(Clone::clone(value)),)*
                        $($($(Self::$unknown(value) => Self::$unknown(Clone::clone(value)),)?)?)?
                    }
                }
            }

            impl ::std::fmt::Debug for $union {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    let (name, value): (&str, &dyn ::std::fmt::Debug) = match self {
                        $(Self::$variant(value) => (stringify!($variant), value),)*
                        $($($(Self::$unknown(value) => (stringify!($unknown), value),)?)?)?
                    };
                    f.debug_tuple(name).field(value).finish()
                }
            }

            impl PartialEq for $union {
                #[allow(unreachable_patterns, reason = "a union may have one variant")]
                fn eq(&self, other: &Self) -> bool {
                    match (self, other) {
                        $((Self::$variant(value), Self::$variant(other)) => value == other,)*
                        $($($((Self::$unknown(value), Self::$unknown(other)) => value == other,)?)?)?
                        _ => false,
                    }
                }
            }
        };
    };
}
pub(crate) use union;

/// How [`union!`] writes a variant.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no union")]
macro_rules! variant_view {
    ($value:ident) => {
        runtime::View::view($value)
    };
    ($value:ident serde) => {
        runtime::foreign_view($value)
    };
    ($value:ident { $($rules:tt)* }) => {
        runtime::Viewed::Ruled(const { &runtime::rules!({ $($rules)* }) }, $value)
    };
}
pub(crate) use variant_view;

/// The lists of variants in [`union!`].
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no union")]
macro_rules! candidates {
    (is $unknown:ident) => { true };
    ($at:ident [$($variant:ident),* $(,)?]) => { runtime::candidates!($at { $($variant []),* }) };
    ($at:ident { $($variant:ident [$($required:literal),* $(,)?]),* $(,)? }) => {
        &[$(runtime::Candidate { variant: $at::$variant as usize, required: &[$($required),*] }),*]
    };
}
pub(crate) use candidates;

/// A union that `union!` implements reading and writing for.
pub trait Union: Sized + 'static {
    /// The tables for reading it.
    const READING: &'static Reading;

    /// Reads a variant, or only finds out whether it could be read.
    fn visit(variant: usize, source: &mut Source<'_>, build: bool) -> Result<Option<Self>, Error>;

    /// Keeps an object with an unknown tag, unless that is an error.
    fn unknown(_: UnknownVariant) -> Option<Self> {
        None
    }
}

/// The variants of a union, and which of them a value may be, by its JSON type.
#[allow(missing_docs, reason = "the names say it")]
pub struct Reading {
    pub name: &'static str,
    /// Whether a variant contains secrets.
    pub secret: bool,
    pub variants: &'static [&'static str],
    pub boolean: &'static [Candidate],
    pub integer: &'static [Candidate],
    pub number: &'static [Candidate],
    pub string: &'static [Candidate],
    pub array: &'static [Candidate],
    /// For objects; if the union has a tag, for objects without the tag.
    pub object: &'static [Candidate],
    /// The property that names the variant, if the union has a tag.
    pub tag: &'static [&'static str],
    /// The variants by their tag.
    pub arms: &'static [(Scalar<'static>, &'static [Candidate])],
    /// For objects with another tag.
    pub other: &'static [Candidate],
    /// Whether a variant keeps objects with another tag.
    pub unknown: bool,
}

/// The index of a variant, and the properties without which it refuses an object.
#[allow(missing_docs, reason = "the names say it")]
pub struct Candidate {
    pub variant: usize,
    pub required: &'static [&'static str],
}

impl Reading {
    /// A union that reads nothing.
    #[rustfmt::skip]
    pub const NOTHING: Reading = Reading {
        name: "", secret: false, variants: &[], boolean: &[], integer: &[], number: &[], string: &[], array: &[], object: &[],
        tag: &[], arms: &[], other: &[], unknown: false,
    };
}

/// The error for an index that belongs to no variant.
#[cold]
pub(super) fn no_variant<U: Union>() -> Error {
    Error::new(format_args!("no such variant of {}", U::READING.name))
}

/// An object whose tag does not name a variant of its union, kept unchanged. `Debug` only shows the names of its
/// properties, since an unknown value may be secret.
#[derive(Clone, PartialEq)]
pub struct UnknownVariant {
    /// The value of the tag, as text.
    pub tag: String,
    /// The whole object, with the tag.
    pub object: Map<String, Value>,
}

impl Serialize for UnknownVariant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.object.serialize(serializer)
    }
}

impl View for UnknownVariant {
    fn view(&self) -> Viewed<'_> {
        Viewed::Map(&self.object)
    }
}

impl fmt::Debug for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let properties: Vec<&String> = self.object.keys().collect();
        f.debug_struct("UnknownVariant").field("tag", &self.tag).field("properties", &properties).finish()
    }
}

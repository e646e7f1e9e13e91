//! Structs: JSON objects with named properties.

use super::error::Error;
use super::scalar::Scalar;
use super::unsent::Unsent;
use std::fmt;

/// Implements reading, writing, `Clone`, `Debug`, `PartialEq` and, if the call says so, `Default` or `new` for a
/// struct.
///
/// Derived implementations are `#[inline]`, and so compiled again in each crate that uses them, for all types that
/// they reach. These implementations are compiled once, in the models' crate.
///
/// ```text
/// runtime::object!(Pet: Default {
///     "kind" = "Pet";                    // a constant: always written, checked on reading
///     "version" = 1 or absent;           // a constant that may be absent
///     required id, owner: "pet-owner";   // absent is an error; the string is the property's name, if not the field's
///     required size = Size::Small;       // absent is an error; `Default` and `new` give it this value
///     optional note;                     // `Option`, left out when `None`
///     default alive = true;              // has this value when absent
///     default fast = true => true;       // and not written when it is this JSON value; `=> "[]" as json` if that has parts
///     patch name;                        // `Patch`: absent, null or a value
///     optional price as serde;           // a type that implements `serde`'s traits only
///     ..keep rest                        // unknown properties are kept in this map; or `..deny`;
///                                        // `..keep rest [secret]`: `Debug` shows their names only
/// });
/// ```
///
/// `[secret] Pet` says that the struct contains secrets. `Pet: new(id: impl Into<String>, owner: Owner)` in place of
/// `Default` gives a function `new` with these arguments, which are the required fields without a value.
///
/// The braces may be followed by `checks { minProperties: 1; … }`, the constraints of its values
/// ([`rules!`](crate::rules)).
#[macro_export]
#[allow(unused_macros, reason = "an API may have no struct")]
macro_rules! object {
    (
        $([$secret:ident])? $object:ident $(: $made:ident $(($($given:tt)*))?)? {
            $($constant:literal = $value:literal $(or $absent:ident)?;)*
            $($mode:ident $($field:ident $(: $name:literal)? $(as $how:ident)? $(= $initial:expr $(=> $unsent:literal $(as $json:ident)?)?)?),+;)*
            $(..$rest:ident $($keep:ident $(as $keep_how:ident)? $([$hidden:ident])?)?)?
        }
        $(checks $rules:tt)?
    ) => {
        #[allow(clippy::approx_constant, reason = "the numbers are the document's")]
        impl runtime::Object for $object {
            const PARTS: &'static runtime::Parts = &runtime::Parts {
                name: stringify!($object),
                secret: runtime::object_part!(secret $($secret)?),
                names: &[$($(runtime::object_part!(name $field $($name)?),)+)* $($constant,)*],
                required: &[$($(runtime::object_part!(required $mode $field),)+)*],
                unsent: runtime::object_part!(unsents $($([$($($unsent $(as $json)?)?)?])+)*),
                constants: &[$(runtime::Constant {
                    name: $constant,
                    value: runtime::Literal($value).get(),
                    required: runtime::object_part!(constant $($absent)?),
                }),*],
                rules: &runtime::rules!($($rules)?),
            };

            #[allow(clippy::disallowed_names, reason = "named after the fields")]
            #[allow(clippy::question_mark, reason = "to look for a conversion of each error takes the compiler time")]
            fn visit(source: &mut runtime::Source<'_>, build: bool) -> Result<Option<Self>, runtime::Error> {
                $($(let mut $field = runtime::object_part!(slot $($how)?);)+)*
                $($(let mut $keep = Default::default();)?)?
                let parts = <Self as runtime::Object>::PARTS;
                // Rust before 1.89 drops the closure at the end of a `let`.
                if let Err(error) = runtime::read_properties(
                    parts,
                    source,
                    &mut [$($(&mut $field),+),*],
                    runtime::object_part!(others $($rest $($keep $(as $keep_how)?)?)?),
                    build,
                ) {
                    return Err(error);
                }
                if !build {
                    return Ok(None);
                }
                Ok(Some(Self {
                    $($($field: runtime::object_part!(
                        take $mode parts (runtime::object_part!(slot_of $field $($how)?)) $($initial)?
                    ),)+)*
                    $($($keep,)?)?
                }))
            }
        }

        impl runtime::Read for $object {
            const SECRET: bool = runtime::object_part!(secret $($secret)?);

            fn read(source: &mut runtime::Source<'_>) -> Result<Self, runtime::Error> {
                match runtime::Object::visit(source, true) {
                    Ok(Some(read)) => Ok(read),
                    Ok(None) => Err(runtime::incomplete(<Self as runtime::Object>::PARTS)),
                    Err(error) => Err(error),
                }
            }

            fn probe(source: &mut runtime::Source<'_>) -> Result<(), runtime::Error> {
                <Self as runtime::Object>::visit(source, false).map(drop)
            }
        }

        impl runtime::View for $object {
            fn view(&self) -> runtime::Viewed<'_> {
                runtime::Viewed::Object(self)
            }
        }

        impl runtime::Fields for $object {
            fn fields(&self, show: &mut runtime::Show<'_>) {
                show(
                    <Self as runtime::Object>::PARTS,
                    &[$($(runtime::object_part!(view $mode (self.$field) $($how)?)),+),*],
                    runtime::object_part!(rest $($((self.$keep) $(as $keep_how)?)?)?),
                );
            }
        }

        runtime::serde!($object);

        impl Clone for $object {
            fn clone(&self) -> Self {
                Self {
                    $($($field: Clone::clone(&self.$field),)+)*
                    $($($keep: Clone::clone(&self.$keep),)?)?
                }
            }
        }

        impl ::std::fmt::Debug for $object {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                runtime::debug_fields(f, <Self as runtime::Object>::PARTS.name, &[
                    $($((stringify!($field), &self.$field),)+)*
                    $($((stringify!($keep), runtime::object_part!(shown (self.$keep) $([$hidden])?)),)?)?
                ])
            }
        }

        impl PartialEq for $object {
            #[allow(unused_variables, reason = "a struct may have no fields")]
            fn eq(&self, other: &Self) -> bool {
                true $($(&& self.$field == other.$field)+)* $($(&& self.$keep == other.$keep)?)?
            }
        }

        runtime::object_part!(made [$($made $($($given)*)?)?] $object {
            $($($field: runtime::object_part!(initial $mode $field $($initial)?),)+)*
            $($($keep: Default::default(),)?)?
        });
    };
}
pub(crate) use object;

/// The parts of [`object!`] that depend on the kind of a field, or on an optional word.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no struct")]
macro_rules! object_part {
    (secret) => { false };
    (secret secret) => { true };
    (name $field:ident) => { stringify!($field) };
    (name $field:ident $name:literal) => { $name };
    (required required $field:ident) => { true };
    (required $mode:ident $field:ident) => { false };
    (unsents $([])*) => { &[] };
    (unsents $([$($value:literal $(as $json:ident)?)?])*) => {
        &[$(runtime::object_part!(unsent $($value $(as $json)?)?)),*]
    };
    (unsent) => { None };
    (unsent $value:literal) => { Some(&runtime::Unsent::Scalar(runtime::Literal($value).get())) };
    (unsent $value:literal as json) => { Some(&runtime::Unsent::Json($value)) };
    (constant) => { true };
    (constant absent) => { false };
    (slot) => { None };
    (slot serde) => { runtime::ForeignSlot(None) };
    (slot_of $field:ident) => { $field };
    (slot_of $field:ident serde) => { $field.0 };
    (others) => { runtime::Others::Skip };
    (others deny) => { runtime::Others::Refuse };
    (others keep $rest:ident $(as $how:ident)?) => {
        runtime::Others::Keep(&mut |name, source, build| {
            if let Some(value) = runtime::object_part!(visit source build $($how)?) {
                Extend::extend(&mut $rest, [(name.to_owned(), value)]);
            }
            Ok(())
        })
    };
    (visit $source:ident $build:ident) => { runtime::visit($source, $build)? };
    (visit $source:ident $build:ident serde) => { runtime::visit_foreign($source, $build)? };
    (view optional ($field:expr)) => { runtime::present(&$field) };
    (view patch ($field:expr)) => { runtime::present(&$field) };
    (view $mode:ident ($field:expr)) => { Some(&$field as &dyn runtime::View) };
    (view optional ($field:expr) serde) => {
        (!runtime::MayBeAbsent::is_absent(&$field)).then_some(&runtime::ForeignView(&$field) as &dyn runtime::View)
    };
    (view patch ($field:expr) serde) => {
        (!runtime::MayBeAbsent::is_absent(&$field)).then_some(&runtime::ForeignView(&$field) as &dyn runtime::View)
    };
    (view $mode:ident ($field:expr) serde) => { Some(&runtime::ForeignView(&$field) as &dyn runtime::View) };
    (rest) => { None };
    (rest ($rest:expr)) => { Some(&runtime::Rest(&$rest) as &dyn runtime::Entries) };
    (rest ($rest:expr) as serde) => { Some(&runtime::ForeignRest(&$rest) as &dyn runtime::Entries) };
    (shown ($rest:expr)) => { &$rest };
    (shown ($rest:expr) [secret]) => { &(&$rest).into_iter().map(|(name, _)| name).collect::<Vec<&String>>() };
    (take required $parts:ident ($slot:expr) $($initial:expr)?) => {
        match $slot {
            Some(read) => read,
            None => return Err(runtime::incomplete($parts)),
        }
    };
    (take default $parts:ident ($slot:expr) $initial:expr) => {
        match $slot {
            Some(read) => read,
            None => $initial,
        }
    };
    (take $mode:ident $parts:ident ($slot:expr)) => { $slot.unwrap_or_default() };
    (initial $mode:ident $field:ident $initial:expr) => { $initial };
    (initial required $field:ident) => { Into::into($field) };
    (initial $mode:ident $field:ident) => { Default::default() };
    (made [] $object:ident $fields:tt) => {};
    (made [Default] $object:ident $fields:tt) => {
        #[allow(clippy::approx_constant, reason = "the numbers are the document's")]
        impl Default for $object {
            fn default() -> Self {
                Self $fields
            }
        }
    };
    (made [new $($given:tt)*] $object:ident $fields:tt) => {
        impl $object {
            /// A value with these fields; the others are absent or have their defaults.
            #[allow(clippy::approx_constant, reason = "the numbers are the document's")]
            #[allow(clippy::type_complexity, reason = "the document nests its types so")]
            pub fn new($($given)*) -> Self {
                Self $fields
            }
        }
    };
}
pub(crate) use object_part;

/// Implements reading and writing for a struct with one unnamed field, as the field alone is read and written.
/// `checks { … }` at the end are the constraints of the field.
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! newtype {
    ($([$secret:ident])? $newtype:ident $(as $how:ident)? $(checks $rules:tt)?) => {
        const _: () = {
            fn visit(
                source: &mut runtime::Source<'_>,
                build: bool,
            ) -> Result<Option<$newtype>, runtime::Error> {
                let content = runtime::object_part!(visit source build $($how)?);
                Ok(content.map($newtype))
            }

            runtime::visited!($([$secret])? $newtype, visit);
        };

        impl runtime::View for $newtype {
            fn view(&self) -> runtime::Viewed<'_> {
                runtime::newtype_view!(self $($how)? $($rules)?)
            }
        }

        runtime::serde!($newtype);
    };
}
pub(crate) use newtype;

/// How [`newtype!`] writes its content.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! newtype_view {
    ($newtype:ident) => {
        runtime::View::view(&$newtype.0)
    };
    ($newtype:ident serde) => {
        runtime::foreign_view(&$newtype.0)
    };
    ($newtype:ident { $($rules:tt)* }) => {
        runtime::Viewed::Ruled(const { &runtime::rules!({ $($rules)* }) }, &$newtype.0)
    };
}
pub(crate) use newtype_view;

/// Implements [`Read`](super::Read) with a function that builds a value, or only finds out whether it could.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! visited {
    ($([$secret:ident])? $name:ident, $visit:ident) => {
        impl runtime::Read for $name {
            const SECRET: bool = runtime::object_part!(secret $($secret)?);

            fn read(source: &mut runtime::Source<'_>) -> Result<Self, runtime::Error> {
                $visit(source, true)?.ok_or_else(|| runtime::not_built(stringify!($name)))
            }

            fn probe(source: &mut runtime::Source<'_>) -> Result<(), runtime::Error> {
                $visit(source, false).map(drop)
            }
        }
    };
}
pub(crate) use visited;

/// `Debug` of a struct, as `derive` gives it.
#[doc(hidden)]
pub fn debug_fields(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    fields: &[(&str, &dyn fmt::Debug)],
) -> fmt::Result {
    let mut shown = f.debug_struct(name);
    for (name, value) in fields {
        shown.field(name.strip_prefix("r#").unwrap_or(name), value);
    }
    shown.finish()
}

/// A struct that `object!` implements reading and writing for.
pub trait Object: Sized {
    /// The parts of the struct.
    const PARTS: &'static Parts;

    /// Reads an object, or only finds out whether it could be read.
    fn visit(source: &mut super::Source<'_>, build: bool) -> Result<Option<Self>, Error>;
}

/// What a struct consists of.
#[allow(missing_docs, reason = "the names say it")]
pub struct Parts {
    pub name: &'static str,
    /// Whether it contains secrets.
    pub secret: bool,
    /// The names of its properties: first the fields, then the constants.
    pub names: &'static [&'static str],
    /// Which of the fields are required.
    pub required: &'static [bool],
    /// By field: the default that is not written. Empty if every default is written.
    pub unsent: &'static [Option<&'static Unsent>],
    pub constants: &'static [Constant],
    /// The constraints of its values.
    pub rules: &'static super::Rules,
}

/// A property with one value, which may be required.
#[allow(missing_docs, reason = "the names say it")]
pub struct Constant {
    pub name: &'static str,
    pub value: Scalar<'static>,
    pub required: bool,
}

impl Constant {
    /// Checks a value that was found.
    pub(super) fn expect(&self, found: Scalar<'_>) -> Result<(), Error> {
        match found {
            _ if found.same(self.value) => Ok(()),
            Scalar::Null => Err(found.refuse(self)),
            _ => Err(Error::showing(
                &format!("`{}` is ", self.name),
                &found.to_string(),
                "another value",
                format_args!(", expected {}", self.value),
            )),
        }
    }
}

/// What is expected.
impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} for `{}`", self.value, self.name)
    }
}

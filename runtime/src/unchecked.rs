//! Replaces the constraints if nothing is checked.

/// An empty table.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no models")]
macro_rules! rules {
    ($($rules:tt)?) => {
        runtime::Rules
    };
}
pub(crate) use rules;

/// Implements nothing: without constraints, no constructor checks them.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have none")]
macro_rules! checked_newtype {
    ($($newtype:tt)*) => {};
}
pub(crate) use checked_newtype;

/// The constraints of a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules;

//! Replaces the checks of requests if the feature `checks` is off.

use super::super::{Error, View};
use super::body::Sent;
use super::table::Endpoint;

/// The violations of a request, which are never found.
#[derive(Clone, PartialEq)]
pub struct Checked;

impl Checked {
    /// Checks nothing.
    pub(super) fn of(_: &Endpoint, _: &[Option<&dyn View>], _: Option<&Sent<'_>>) -> Self {
        Checked
    }

    /// Refuses nothing.
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "what is checked may be refused")]
    pub(super) fn refuse(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// Implements nothing: parameters are not checked.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no parameters")]
macro_rules! checked_params {
    ($($params:tt)*) => {};
}
pub(crate) use checked_params;

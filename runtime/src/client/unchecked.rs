//! What stands for checked requests where nothing is checked: nothing.

use super::super::{Error, View};
use super::body::Sent;
use super::table::Endpoint;

/// What is wrong with a request.
#[derive(Clone, PartialEq)]
pub struct Checked;

impl Checked {
    /// Says nothing of a request.
    pub(super) fn of(_: &Endpoint, _: &[Option<&dyn View>], _: Option<&Sent<'_>>) -> Self {
        Checked
    }

    /// Refuses nothing.
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "what is checked may be refused")]
    pub(super) fn refuse(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// No checks of parameters.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no parameters")]
macro_rules! checked_params {
    ($($params:tt)*) => {};
}
pub(crate) use checked_params;

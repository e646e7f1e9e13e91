//! What stands for a span without `tracing`: nothing.

use super::table::Endpoint;
use std::future::Future;

/// What is known of a call while it is made.
pub struct CallSpan;

impl CallSpan {
    /// A call of an operation.
    pub fn new(_: &Endpoint) -> Self {
        CallSpan
    }

    /// Notes the status code.
    #[allow(clippy::unused_self, reason = "the one with a span needs it")]
    pub fn status(&self, _: u16) {}

    /// Waits for a future.
    #[allow(clippy::unused_self, reason = "the one with a span needs it")]
    pub fn within<T>(&self, future: impl Future<Output = T>) -> impl Future<Output = T> {
        future
    }
}

//! A span of `tracing` for each call. It does not contain parameters, headers, bodies or errors, since these may be
//! secret.

use super::table::Endpoint;
use std::future::Future;
use tracing::field::Empty;
use tracing::{Instrument, Span, info_span};

/// The span of a call.
pub struct CallSpan(Span);

impl CallSpan {
    /// Starts a span for an operation. The path is the template, without the values of parameters.
    pub fn new(endpoint: &Endpoint) -> Self {
        let Endpoint { id, method, path, .. } = endpoint;
        CallSpan(info_span!("call", operation = id, method, path, status = Empty))
    }

    /// Records the status code.
    pub fn status(&self, status: u16) {
        self.0.record("status", status);
    }

    /// Waits for a future within the span.
    pub async fn within<T>(&self, future: impl Future<Output = T>) -> T {
        future.instrument(self.0.clone()).await
    }
}

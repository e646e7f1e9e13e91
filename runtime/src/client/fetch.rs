//! Secrets that are fetched when a request needs them, such as tokens that expire.

use super::keys::Key;
use super::transport::{BoxError, BoxFuture, MaybeSend, MaybeSync};
use std::future::Future;

/// Fetches the secrets for one request.
pub trait Fetch: MaybeSend + MaybeSync {
    /// The secrets.
    fn fetch(&self) -> BoxFuture<'_, Result<Vec<Key>, BoxError>>;
}

/// A closure that returns a future of the document's credentials.
pub struct Fetched<F>(pub F);

impl<F, T, C> Fetch for Fetched<F>
where
    F: Fn() -> T + MaybeSend + MaybeSync,
    T: Future<Output = Result<C, BoxError>> + MaybeSend + 'static,
    C: Into<Vec<Key>>,
{
    fn fetch(&self) -> BoxFuture<'_, Result<Vec<Key>, BoxError>> {
        let fetched = (self.0)();
        Box::pin(async move { fetched.await.map(Into::into) })
    }
}

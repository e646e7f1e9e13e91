//! Requests that `reqwest` sends.

use super::transport::{BoxError, BoxFuture, Chunks, Incoming, Transport};
use bytes::Bytes;

impl Transport for reqwest::Client {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        Box::pin(async move {
            let mut received = self.execute(request.try_into()?).await?;
            let mut response = http::Response::new(());
            *response.status_mut() = received.status();
            std::mem::swap(response.headers_mut(), received.headers_mut());
            #[cfg(target_arch = "wasm32")]
            let received = Some(received);
            Ok(response.map(|()| Incoming::new(received)))
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Chunks for reqwest::Response {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, BoxError>>> {
        Box::pin(async move { self.chunk().await.map_err(BoxError::from).transpose() })
    }
}

/// A browser hands out a body as a whole.
#[cfg(target_arch = "wasm32")]
impl Chunks for Option<reqwest::Response> {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, BoxError>>> {
        Box::pin(async move {
            let bytes = self.take()?.bytes().await.map_err(BoxError::from);
            Some(bytes).filter(|bytes| bytes.as_ref().map_or(true, |bytes| !bytes.is_empty()))
        })
    }
}

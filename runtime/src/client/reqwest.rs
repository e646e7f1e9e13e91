//! Requests that `reqwest` sends.
//!
//! It follows redirects itself, unless it is built with `reqwest::redirect::Policy::none()`: then the client does, which
//! sends no secret on to another host.

use super::transport::{BoxError, BoxFuture, Incoming, Transport};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE};

impl Transport for reqwest::Client {
    fn send(
        &self,
        mut request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        // Where a body is expected servers may insist on a length (RFC 9110 §8.6).
        if request.body().is_empty() && matches!(request.method().as_str(), "POST" | "PUT" | "PATCH") {
            request.headers_mut().insert(CONTENT_LENGTH, http::HeaderValue::from_static("0"));
        }
        // These two reqwest takes out itself.
        let is_kept = |name: &http::HeaderName| ![AUTHORIZATION, COOKIE].contains(name);
        let kept = request.headers().iter().find(|(name, value)| value.is_sensitive() && is_kept(name));
        let kept = kept.map(|(name, _)| name.clone());
        Box::pin(async move {
            let request = reqwest::Request::try_from(request).map_err(reqwest::Error::without_url)?;
            let origin = request.url().origin();
            // The URL may have a secret in it, and errors are written to logs.
            let mut received = self.execute(request).await.map_err(reqwest::Error::without_url)?;
            if let Some(name) = kept.filter(|_| received.url().origin() != origin) {
                return Err(format!(
                    "reqwest followed a redirect to another host and sent the secret header `{name}` there: build it with \
                     `reqwest::redirect::Policy::none()`, and the client follows redirects without secrets"
                )
                .into());
            }
            let mut response = http::Response::new(());
            *response.status_mut() = received.status();
            std::mem::swap(response.headers_mut(), received.headers_mut());
            incoming(response, received).await
        })
    }
}

#[cfg(not(target_arch = "wasm32"))]
async fn incoming(
    head: http::Response<()>,
    received: reqwest::Response,
) -> Result<http::Response<Incoming>, BoxError> {
    Ok(head.map(|()| Incoming::new(received)))
}

/// In browsers a body is there as a whole.
#[cfg(target_arch = "wasm32")]
async fn incoming(
    head: http::Response<()>,
    received: reqwest::Response,
) -> Result<http::Response<Incoming>, BoxError> {
    let body = received.bytes().await.map_err(reqwest::Error::without_url)?;
    Ok(head.map(|()| Incoming::from(body)))
}

#[cfg(not(target_arch = "wasm32"))]
impl super::transport::Chunks for reqwest::Response {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, BoxError>>> {
        Box::pin(async move {
            let chunk = self.chunk().await.map_err(reqwest::Error::without_url);
            chunk.map_err(BoxError::from).transpose()
        })
    }
}

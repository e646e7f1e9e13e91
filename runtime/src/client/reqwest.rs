//! Sends requests with `reqwest`.
//!
//! `reqwest` follows redirects itself, unless it is built with `reqwest::redirect::Policy::none()`. The runtime's
//! client then follows them, and never sends a secret to another host.

use super::transport::{BoxError, BoxFuture, Incoming, Transport};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE};

impl Transport for reqwest::Client {
    fn send(
        &self,
        mut request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        // Some servers insist on a length for methods that expect a body (RFC 9110 §8.6).
        if request.body().is_empty() && matches!(request.method().as_str(), "POST" | "PUT" | "PATCH") {
            request.headers_mut().insert(CONTENT_LENGTH, http::HeaderValue::from_static("0"));
        }
        Box::pin(sent(self, request))
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn send_upload(
        &self,
        request: http::Request<super::outgoing::Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        Box::pin(sent(self, request.map(|body| reqwest::Body::wrap(upload::Upload::new(body)))))
    }
}

async fn sent<B: Into<reqwest::Body>>(
    client: &reqwest::Client,
    request: http::Request<B>,
) -> Result<http::Response<Incoming>, BoxError> {
    // `reqwest` removes these two itself.
    let is_kept = |name: &http::HeaderName| ![AUTHORIZATION, COOKIE].contains(name);
    let kept = request.headers().iter().find(|(name, value)| value.is_sensitive() && is_kept(name));
    let kept = kept.map(|(name, _)| name.clone());
    let request = reqwest::Request::try_from(request).map_err(reqwest::Error::without_url)?;
    let url = request.url().clone();
    // The URL may contain a secret, and errors are written to logs.
    let mut received = client.execute(request).await.map_err(reqwest::Error::without_url)?;
    // Only the last host is known, not the hosts between.
    if let Some(name) = kept.filter(|_| *received.url() != url) {
        return Err(format!(
            "reqwest followed redirects itself and may have sent the secret header `{name}` to another host: build it with \
             `reqwest::redirect::Policy::none()`, and the client follows redirects without secrets"
        )
        .into());
    }
    let mut response = http::Response::new(());
    *response.status_mut() = received.status();
    std::mem::swap(response.headers_mut(), received.headers_mut());
    incoming(response, received).await
}

#[cfg(not(target_arch = "wasm32"))]
async fn incoming(
    head: http::Response<()>,
    received: reqwest::Response,
) -> Result<http::Response<Incoming>, BoxError> {
    Ok(head.map(|()| Incoming::new(received)))
}

/// In browsers a body arrives as a whole.
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

/// Bodies that are read while they are sent. Browsers get them as a whole.
#[cfg(not(target_arch = "wasm32"))]
mod upload {
    use super::super::outgoing::Outgoing;
    use super::super::reading::Reading;
    use super::{BoxError, Bytes};
    use http_body::{Body, Frame, SizeHint};
    use std::pin::Pin;
    use std::sync::{Mutex, PoisonError};
    use std::task::{Context, Poll};

    /// A body for `reqwest`, which requires `Sync`.
    pub struct Upload {
        chunks: Mutex<Reading>,
        length: Option<u64>,
    }

    impl Upload {
        pub fn new(body: Outgoing) -> Self {
            Upload { length: body.length(), chunks: Mutex::new(body.into_chunks()) }
        }
    }

    impl Body for Upload {
        type Data = Bytes;
        type Error = BoxError;

        fn poll_frame(
            mut self: Pin<&mut Self>,
            context: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
            let chunks = self.chunks.get_mut().unwrap_or_else(PoisonError::into_inner);
            chunks.poll_chunk(context).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
        }

        fn size_hint(&self) -> SizeHint {
            self.length.map_or_else(SizeHint::new, SizeHint::with_exact)
        }
    }
}

//! Transports, which send requests: a closure, or a client of an HTTP library.

use super::outgoing::Outgoing;
use bytes::{Bytes, BytesMut};
use std::future::Future;
use std::pin::Pin;

/// An error of any kind.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A future on the heap. It can be sent to other threads, except on `wasm32`, where there are none.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A future on the heap. It can be sent to other threads, except on `wasm32`, where there are none.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// `Send`, except on `wasm32`.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSend: Send {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Send + ?Sized> MaybeSend for T {}

/// `Send`, except on `wasm32`.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSend {}
#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> MaybeSend for T {}

/// `Sync`, except on `wasm32`.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSync: Sync {}
#[cfg(not(target_arch = "wasm32"))]
impl<T: Sync + ?Sized> MaybeSync for T {}

/// `Sync`, except on `wasm32`.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSync {}
#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> MaybeSync for T {}

/// Sends requests.
///
/// A closure is a transport, which makes tests and middleware easy: it takes a request and returns a future of a
/// response, with a body of any type that converts into [`Incoming`].
pub trait Transport: MaybeSend + MaybeSync {
    /// Sends a request.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>>;

    /// Sends a request whose body is read while it is sent. By default the body is read into memory first, as it is for
    /// closures.
    fn send_upload(
        &self,
        request: http::Request<Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            self.send(http::Request::from_parts(head, body.collect()?)).await
        })
    }
}

impl<F, T, B> Transport for F
where
    F: Fn(http::Request<Bytes>) -> T + MaybeSend + MaybeSync,
    T: Future<Output = Result<http::Response<B>, BoxError>> + MaybeSend + 'static,
    B: Into<Incoming>,
{
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        let sent = self(request);
        Box::pin(async move { Ok(sent.await?.map(Into::into)) })
    }
}

/// A source of the chunks of a body. Streams are read from it while the server is still sending.
pub trait Chunks: MaybeSend {
    /// The next chunk. `None` at the end.
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, BoxError>>>;
}

/// The body of a response, which may still be arriving.
pub struct Incoming(Box<dyn Chunks>);

impl Incoming {
    /// A body that arrives in chunks.
    pub fn new(chunks: impl Chunks + 'static) -> Self {
        Incoming(Box::new(chunks))
    }

    /// The next chunk. `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        self.0.next().await
    }

    /// The whole body, if it is not longer than `limit`.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, BoxError> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await {
            let chunk = chunk?;
            if all.len() + chunk.len() > limit {
                return Err(format!("the body is longer than {limit} bytes").into());
            }
            if all.is_empty() && chunk.len() >= CHUNK {
                all = BytesMut::from(chunk);
            } else {
                all.extend_from_slice(&chunk);
            }
        }
        Ok(all.freeze())
    }
}

/// A first chunk of at least this length is not copied.
const CHUNK: usize = 16 << 10;

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Incoming")
    }
}

/// A body that has arrived.
struct Whole(Option<Bytes>);

impl Chunks for Whole {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, BoxError>>> {
        let chunk = self.0.take().filter(|bytes| !bytes.is_empty()).map(Ok);
        Box::pin(std::future::ready(chunk))
    }
}

impl From<Bytes> for Incoming {
    fn from(bytes: Bytes) -> Self {
        Incoming::new(Whole(Some(bytes)))
    }
}

impl From<Vec<u8>> for Incoming {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl From<String> for Incoming {
    fn from(text: String) -> Self {
        Bytes::from(text).into()
    }
}

impl From<&'static str> for Incoming {
    fn from(text: &'static str) -> Self {
        Bytes::from(text).into()
    }
}

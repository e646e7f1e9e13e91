//! Requests that `ureq` sends. It waits where it is called, so the future is ready when it is made.

use super::transport::{BoxError, BoxFuture, Chunks, Incoming, Transport};
use bytes::Bytes;
use std::future::ready;
use std::io::Read;

/// How much is read at once.
const CHUNK: usize = 64 << 10;

impl Transport for ureq::Agent {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        // An error status is a response like any other.
        let request =
            self.configure_request(request.map(|body| body.to_vec())).http_status_as_error(false).build();
        let response = self.run(request).map_err(BoxError::from);
        let response =
            response.map(|response| response.map(|body| Incoming::new(Reader(body.into_reader()))));
        Box::pin(ready(response))
    }
}

struct Reader<R>(R);

impl<R: Read + Send> Chunks for Reader<R> {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, BoxError>>> {
        let mut chunk = vec![0; CHUNK];
        let read = match self.0.read(&mut chunk) {
            Ok(0) => None,
            Ok(length) => {
                chunk.truncate(length);
                Some(Ok(chunk.into()))
            }
            Err(error) => Some(Err(error.into())),
        };
        Box::pin(ready(read))
    }
}

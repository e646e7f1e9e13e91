//! Sends requests with `ureq`. `ureq` blocks, so the future is ready as soon as it is created.

use super::outgoing::Outgoing;
use super::transport::{BoxError, BoxFuture, Chunks, Incoming, Transport};
use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use std::future::ready;
use std::io::Read;

/// How much is read at once.
const CHUNK: usize = 64 << 10;

impl Transport for ureq::Agent {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        let (head, body) = request.into_parts();
        // An empty body is sent, with a length of 0, only for methods that expect a body (RFC 9110 §8.6).
        let is_bodiless = body.is_empty() && !matches!(head.method.as_str(), "POST" | "PUT" | "PATCH");
        let response = if is_bodiless {
            sent(self, http::Request::from_parts(head, ()))
        } else {
            sent(self, http::Request::from_parts(head, &body[..]))
        };
        Box::pin(ready(response))
    }

    fn send_upload(
        &self,
        request: http::Request<Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        let (mut head, body) = request.into_parts();
        if let Some(length) = body.length() {
            head.headers.insert(CONTENT_LENGTH, length.into());
        }
        let body = ureq::SendBody::from_owned_reader(body);
        Box::pin(ready(sent(self, http::Request::from_parts(head, body))))
    }
}

fn sent<B: ureq::AsSendBody>(
    agent: &ureq::Agent,
    request: http::Request<B>,
) -> Result<http::Response<Incoming>, BoxError> {
    let response = agent.run(configured(agent, request))?;
    Ok(response.map(|body| Incoming::new(Reader(body.into_reader()))))
}

/// A request for an agent: an error status is a response like any other, and redirects are left to the client, which
/// removes secrets.
fn configured<B: ureq::AsSendBody>(agent: &ureq::Agent, request: http::Request<B>) -> http::Request<B> {
    let config = agent.configure_request(request).http_status_as_error(false);
    config.max_redirects(0).allow_non_standard_methods(true).build()
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

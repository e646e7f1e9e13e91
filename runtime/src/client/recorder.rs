//! Records requests and responses for `modelsmith verify`, one exchange per line.

use super::super::{essence, is_json, is_sequence, is_text};
use super::known_secrets::{REDACTED, is_credential, is_secret_name, redacted_json};
use super::outgoing::Outgoing;
use super::transport::{BoxError, BoxFuture, Chunks, Incoming, MaybeSend, MaybeSync, Transport};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};
use std::fmt::Write as _;
use std::sync::Arc;

/// Bodies that are longer are not recorded.
const LONGEST: usize = 16 << 20;

/// Sends requests through another transport, and records them with their responses.
///
/// It takes the place of the transport: `Client::new(server, Recorder::new(transport, client::SECRETS, take))`, where `take`
/// appends a line to a file.
///
/// Each line is an exchange in JSON, which `modelsmith verify SPEC traffic.jsonl` reads. Secrets are left out: those of
/// security schemes, values with a name that is secret in the document or known to hold credentials, and values that
/// look like credentials. Bodies that are not text are also left out, and so are bodies that are declared as JSON and are
/// not JSON, and bodies of more than 16 MiB.
///
/// An exchange is recorded when its response has been read to the end, or is dropped.
pub struct Recorder<T> {
    transport: T,
    shared: Arc<Shared>,
}

struct Shared {
    secrets: Vec<&'static str>,
    take: Box<dyn Take>,
}

/// The closure that takes a line.
trait Take: MaybeSend + MaybeSync {
    fn take(&self, line: &str);
}

impl<F: Fn(&str) + MaybeSend + MaybeSync> Take for F {
    fn take(&self, line: &str) {
        self(line);
    }
}

impl<T: Transport> Recorder<T> {
    /// A recorder that passes each line to a closure. `secrets` are the names that are secret in the document,
    /// separated by spaces: the constant `SECRETS` of the module `client`.
    pub fn new(
        transport: T,
        secrets: &'static str,
        take: impl Fn(&str) + MaybeSend + MaybeSync + 'static,
    ) -> Self {
        let secrets = secrets.split_whitespace().collect();
        Self { transport, shared: Arc::new(Shared { secrets, take: Box::new(take) }) }
    }
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        let mut line = self.shared.head(&request);
        let body = request.body();
        if body.len() <= LONGEST {
            let content_type = content_type(request.headers());
            self.shared.body(&mut line, "request", content_type.as_deref(), body);
        }
        let shared = Arc::clone(&self.shared);
        let sent = self.transport.send(request);
        Box::pin(async move { shared.answered(line, sent.await) })
    }

    /// Uploads are not recorded.
    fn send_upload(
        &self,
        request: http::Request<Outgoing>,
    ) -> BoxFuture<'_, Result<http::Response<Incoming>, BoxError>> {
        let line = self.shared.head(&request);
        let shared = Arc::clone(&self.shared);
        let sent = self.transport.send_upload(request);
        Box::pin(async move { shared.answered(line, sent.await) })
    }
}

impl Shared {
    /// The start of a line.
    fn head<B>(&self, request: &http::Request<B>) -> String {
        let url = quoted(&self.url(&request.uri().to_string()));
        let mut line = format!("{{\"method\":{},\"url\":{url}", quoted(request.method().as_str()));
        self.headers(&mut line, "request_headers", request.headers());
        line
    }

    /// Wraps the response, so that it is recorded while it is read.
    fn answered(
        self: Arc<Self>,
        mut line: String,
        sent: Result<http::Response<Incoming>, BoxError>,
    ) -> Result<http::Response<Incoming>, BoxError> {
        let response = match sent {
            Ok(response) => response,
            Err(error) => {
                // A request without a response is recorded as well.
                self.take.take(&format!("{line}}}"));
                return Err(error);
            }
        };
        let (head, body) = response.into_parts();
        let (status, content_type) = (head.status.as_u16(), content_type(&head.headers));
        let _ = write!(line, ",\"status\":{status}");
        self.headers(&mut line, "response_headers", &head.headers);
        let taken = Some(Vec::new());
        let recorded = Recorded { body, line, content_type, taken, is_whole: false, shared: self };
        Ok(http::Response::from_parts(head, Incoming::new(recorded)))
    }

    /// A URL without secrets in its query, and without a user.
    fn url(&self, url: &str) -> String {
        let (start, query) = url.split_once('?').map_or((url, None), |(start, query)| (start, Some(query)));
        let start = match start.split_once("://") {
            Some((scheme, rest)) => {
                let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
                format!("{scheme}://{host}{path}")
            }
            None => start.to_owned(),
        };
        match query {
            Some(query) => format!("{start}?{}", self.pairs(query)),
            None => start,
        }
    }

    /// The pairs of a query or of a form without secrets.
    fn pairs(&self, text: &str) -> String {
        let pair = |pair: &str| match pair.split_once('=') {
            Some((name, value)) if is_secret_name(&self.secrets, name) || is_credential(value) => {
                format!("{name}={REDACTED}")
            }
            Some(_) | None => pair.to_owned(),
        };
        text.split('&').map(pair).collect::<Vec<_>>().join("&")
    }

    fn headers(&self, line: &mut String, member: &str, headers: &HeaderMap) {
        let _ = write!(line, ",\"{member}\":[");
        for (index, (name, value)) in headers.iter().enumerate() {
            let is_secret = value.is_sensitive() || is_secret_name(&self.secrets, name.as_str());
            let value = String::from_utf8_lossy(value.as_bytes());
            let value = if is_secret || is_credential(&value) { REDACTED } else { &value };
            let comma = if index == 0 { "" } else { "," };
            let _ = write!(line, "{comma}[{},{}]", quoted(name.as_str()), quoted(value));
        }
        line.push(']');
    }

    /// Adds a body, if it is text.
    fn body(&self, line: &mut String, member: &str, content_type: Option<&str>, body: &[u8]) {
        let essence = essence(content_type.unwrap_or_default());
        let Ok(text) = std::str::from_utf8(body) else { return };
        let text = match text {
            "" => String::new(),
            _ if is_json(&essence) || essence.is_empty() => match redacted_json(text, &self.secrets) {
                Some(json) if !json.trim_start().starts_with('"') => {
                    let _ = write!(line, ",\"{member}\":{}", json.replace(['\n', '\r'], " "));
                    return;
                }
                Some(json) => json,
                None if essence.is_empty() => return,
                // It says no more than that it is not JSON.
                None => REDACTED.to_owned(),
            },
            _ if is_sequence(&essence) => self.items(text),
            _ if essence == "application/x-www-form-urlencoded" => self.pairs(text),
            _ if is_text(&essence) => text.to_owned(),
            _ => return,
        };
        let _ = write!(line, ",\"{member}_text\":{}", quoted(&text));
    }

    /// The items of a stream: one JSON value per line, behind `data:` in event streams.
    fn items(&self, text: &str) -> String {
        let line = |line: &str| {
            let (start, rest) = match line.strip_prefix("data:") {
                Some(rest) => ("data:", rest),
                None => ("", line),
            };
            redacted_json(rest, &self.secrets).map_or(line.to_owned(), |json| format!("{start}{json}"))
        };
        text.split('\n').map(line).collect::<Vec<_>>().join("\n")
    }
}

/// A body that is recorded while it is read.
struct Recorded {
    body: Incoming,
    line: String,
    content_type: Option<String>,
    /// The bytes so far. `None` if they are too long.
    taken: Option<Vec<u8>>,
    is_whole: bool,
    shared: Arc<Shared>,
}

impl Chunks for Recorded {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, BoxError>>> {
        Box::pin(async move {
            let chunk = self.body.chunk().await;
            match &chunk {
                Some(Ok(bytes)) => {
                    let taken = self.taken.as_mut();
                    if let Some(taken) = taken.filter(|taken| taken.len() + bytes.len() <= LONGEST) {
                        taken.extend_from_slice(bytes);
                    } else {
                        self.taken = None;
                    }
                }
                None => self.is_whole = true,
                Some(Err(_)) => {}
            }
            chunk
        })
    }
}

impl Drop for Recorded {
    fn drop(&mut self) {
        let essence = essence(self.content_type.as_deref().unwrap_or_default());
        // The received part of a stream is of use. Other bodies are of use only if they are complete.
        let is_kept = self.is_whole || is_sequence(&essence);
        let mut line = std::mem::take(&mut self.line);
        if let Some(taken) = self.taken.take().filter(|_| is_kept) {
            self.shared.body(&mut line, "response", self.content_type.as_deref(), &taken);
        }
        line.push('}');
        self.shared.take.take(&line);
    }
}

fn content_type(headers: &HeaderMap) -> Option<String> {
    Some(headers.get(CONTENT_TYPE)?.to_str().ok()?.to_owned())
}

/// A text as JSON.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

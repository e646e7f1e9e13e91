//! The client: sends calls over any transport, and reads the responses.

use super::super::Error;
use super::CallSpan;
use super::blocking::block_on;
use super::body::Body;
use super::call::{Answers, Call};
use super::fetch::{Fetch, Fetched};
use super::keys::{Key, secured};
use super::outgoing::Outgoing;
use super::redact::without_secrets;
use super::redirect::Redirect;
use super::server::Base;
use super::table::{Endpoint, Target};
use super::transport::{BoxError, Incoming, MaybeSend, MaybeSync, Transport};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue};
use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

/// The default limit for bodies of responses that are read as a whole.
const LONGEST: usize = 64 << 20;

/// The default limit for redirects.
const REDIRECTS: usize = 10;

/// Sends calls. Clones share the transport.
#[derive(Clone)]
pub struct Client {
    base: Base,
    keys: Vec<Key>,
    fetch: Option<Arc<dyn Fetch>>,
    headers: HeaderMap,
    longest: usize,
    longest_item: Option<usize>,
    redirects: usize,
    is_checked: bool,
    transport: Arc<dyn Transport>,
}

impl Client {
    /// A client for a server of the document, or for a URL.
    pub fn new(server: impl Into<Base>, transport: impl Transport + 'static) -> Self {
        Client {
            base: server.into(),
            keys: Vec::new(),
            fetch: None,
            headers: HeaderMap::new(),
            longest: LONGEST,
            longest_item: None,
            redirects: REDIRECTS,
            is_checked: false,
            transport: Arc::new(transport),
        }
    }

    /// Sets the secrets. Each operation gets the secrets that the document requires for it.
    pub fn credentials(mut self, credentials: impl Into<Vec<Key>>) -> Self {
        self.keys = credentials.into();
        self
    }

    /// Sets a closure that fetches secrets before each request whose operation requires some. They take precedence over
    /// those of [`Client::credentials`]. The closure is called for every request, so it should cache tokens itself.
    pub fn fetch_credentials<F, T, C>(mut self, fetch: F) -> Self
    where
        F: Fn() -> T + MaybeSend + MaybeSync + 'static,
        T: Future<Output = Result<C, BoxError>> + MaybeSend + 'static,
        C: Into<Vec<Key>>,
    {
        self.fetch = Some(Arc::new(Fetched(fetch)));
        self
    }

    /// Sets a header for every request that does not have it.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the limit, in bytes, for bodies that are read as a whole. The default is 64 MiB.
    pub fn limit(mut self, longest: usize) -> Self {
        self.longest = longest;
        self
    }

    /// Sets the limit, in bytes, for each item of a stream. The default is 16 MiB.
    #[must_use]
    pub fn item_limit(mut self, longest: usize) -> Self {
        self.longest_item = Some(longest);
        self
    }

    /// The limit for each item of a stream, if one was set.
    pub(super) fn longest_item(&self) -> Option<usize> {
        self.longest_item
    }

    /// Sets how many redirects are followed. The default is 10; with 0, a redirect is returned like any other response.
    /// Secrets are not sent to another scheme, host or port, not even after a redirect back. The body is sent again if
    /// the status requires it (307, 308), also to another host. If the body can be read only once, that is an error.
    pub fn redirects(mut self, most: usize) -> Self {
        self.redirects = most;
        self
    }

    /// Refuses to send a request whose parameters or body violate the constraints of the document:
    /// [`Failure::Request`] names them. Constraints are known only with the feature `checks`.
    #[must_use]
    pub fn checked(mut self, is_checked: bool) -> Self {
        self.is_checked = is_checked;
        self
    }

    /// The request for a call, as it would be sent, but without secrets that are [fetched](Self::fetch_credentials).
    /// Reads the uploads.
    pub fn request<R: Answers>(&self, call: &Call<R>) -> Result<http::Request<Bytes>, Error> {
        let request = self.request_for(call, &call.accept(), None, &self.keys)?;
        match call.body.as_ref().filter(|body| body.has_uploads()) {
            Some(body) => {
                let bytes = Bytes::from(body.bytes()?.into_owned());
                Ok(request.map(|_| bytes))
            }
            None => Ok(request),
        }
    }

    /// The same with another value of `Accept`, another URL, and these secrets. A body with uploads is left out.
    fn request_for<R: Answers>(
        &self,
        call: &Call<R>,
        accept: &str,
        url: Option<&str>,
        keys: &[Key],
    ) -> Result<http::Request<Bytes>, Error> {
        let body = call.body.as_ref();
        let parts = Parts {
            endpoint: call.endpoint,
            url,
            path: &call.path,
            query: &call.query,
            headers: &call.headers,
            content_type: body.map(|body| body.content_type.as_str()),
            accept,
        };
        let bytes = match body.filter(|body| !body.has_uploads()) {
            Some(body) => Bytes::copy_from_slice(&body.bytes()?),
            None => Bytes::new(),
        };
        self.make(&parts, keys, bytes)
    }

    /// Not generic: compiled once.
    fn make(&self, parts: &Parts<'_>, keys: &[Key], body: Bytes) -> Result<http::Request<Bytes>, Error> {
        let secured = secured(parts.endpoint.security, keys);
        let (mut uri, query) = match parts.url {
            Some(url) => (url.to_owned(), ""),
            None => (self.base.join(parts.endpoint.server, parts.path)?, parts.query),
        };
        let mut separator = if uri.contains('?') { '&' } else { '?' };
        for query in [query, secured.query.as_str()].into_iter().filter(|query| !query.is_empty()) {
            uri.push(separator);
            uri.push_str(query);
            separator = '&';
        }
        let mut headers = self.headers.clone();
        headers.entry(ACCEPT).or_insert(value("Accept", parts.accept)?);
        if let Some(content_type) = parts.content_type {
            headers.insert(CONTENT_TYPE, value("Content-Type", content_type)?);
        }
        for (name, secret) in &secured.headers {
            headers.insert(header(name)?, sensitive(name, secret.expose())?);
        }
        let cookies = secured.cookies.iter().map(|cookie| cookie.expose().as_str());
        let cookies: Vec<&str> = own_headers(parts, &mut headers)?.into_iter().chain(cookies).collect();
        if !cookies.is_empty() {
            headers.insert(COOKIE, sensitive("Cookie", &cookies.join("; "))?);
        }
        let request = http::Request::builder().method(parts.endpoint.method).uri(uri).body(body);
        let mut request =
            request.map_err(|error| Error::new(format_args!("the request cannot be made: {error}")))?;
        *request.headers_mut() = headers;
        Ok(request)
    }

    /// The secrets for an operation.
    async fn keys(&self, endpoint: &Endpoint) -> Result<Cow<'_, [Key]>, BoxError> {
        match &self.fetch {
            Some(fetch) if !endpoint.security.is_empty() => {
                let mut keys = fetch.fetch().await?;
                keys.extend_from_slice(&self.keys);
                Ok(Cow::Owned(keys))
            }
            Some(_) | None => Ok(Cow::Borrowed(&self.keys)),
        }
    }

    /// Sends a request, and follows redirects. A body with uploads is opened.
    async fn follow(
        &self,
        mut request: http::Request<Bytes>,
        mut upload: Option<(&Body, Outgoing)>,
    ) -> Result<http::Response<Incoming>, BoxError> {
        for _ in 0..self.redirects {
            let mut again = request.clone();
            let (body, opened) = upload.unzip();
            let response = self.once(request, opened).await?;
            let (status, headers) = (response.status(), response.headers());
            let Some(redirect) = Redirect::of(again.method(), again.uri(), status, headers) else {
                return Ok(response);
            };
            redirect.strip(again.headers_mut());
            if !redirect.has_body {
                *again.body_mut() = Bytes::new();
            }
            upload = match body.filter(|_| redirect.has_body) {
                Some(body) => Some((body, reopened(body, status)?)),
                None => None,
            };
            (*again.method_mut(), *again.uri_mut()) = (redirect.method, redirect.uri);
            request = again;
        }
        self.once(request, upload.map(|(_, opened)| opened)).await
    }

    /// Sends a request, with this body if the body has uploads. Errors do not show secrets of the URL.
    async fn once(
        &self,
        request: http::Request<Bytes>,
        upload: Option<Outgoing>,
    ) -> Result<http::Response<Incoming>, BoxError> {
        let uri = request.uri().clone();
        let response = match upload {
            Some(upload) => self.transport.send_upload(request.map(|_| upload)).await,
            None => self.transport.send(request).await,
        };
        response.map_err(|error| without_secrets(error, &uri))
    }

    /// Sends a call with this value of `Accept`, to this URL if one is given.
    async fn exchange<R: Answers>(
        &self,
        call: &Call<R>,
        accept: &str,
        url: Option<&str>,
        span: &CallSpan,
    ) -> Result<http::Response<Incoming>, Failure<R>> {
        if self.is_checked {
            call.checked.refuse().map_err(Failure::Request)?;
        }
        let keys = self.keys(call.endpoint).await.map_err(Failure::Credentials)?;
        let request = self.request_for(call, accept, url, &keys).map_err(Failure::Request)?;
        let body = call.body.as_ref().filter(|body| body.has_uploads());
        let upload = body.map(|body| body.open().map(|opened| (body, opened))).transpose();
        let upload = upload.map_err(Failure::Request)?;
        let response = self.follow(request, upload).await.map_err(Failure::Transport)?;
        span.status(response.status().as_u16());
        Ok(response)
    }

    /// Like [`Call::answer`], with this value of `Accept`, and from this URL if one is given.
    pub(super) async fn answer_from<R: Answers>(
        &self,
        call: &Call<R>,
        accept: &str,
        url: Option<&str>,
    ) -> Result<Reply<R>, Failure<R>> {
        let span = CallSpan::new(call.endpoint);
        let answered = async {
            let response = self.exchange(call, accept, url, &span).await?;
            self.receive(response).await
        };
        span.within(answered).await
    }

    /// Like [`open`](Self::open), with this value of `Accept`.
    pub(super) async fn open_for<R: Answers>(
        &self,
        call: &Call<R>,
        accept: &str,
    ) -> Result<http::Response<Incoming>, Failure<R>> {
        let span = CallSpan::new(call.endpoint);
        span.within(self.exchange(call, accept, None, &span)).await
    }

    /// Reads a response as a whole.
    pub(super) async fn receive<R: Answers>(
        &self,
        response: http::Response<Incoming>,
    ) -> Result<Reply<R>, Failure<R>> {
        let (head, body) = response.into_parts();
        let body = body.collect(self.longest).await.map_err(Failure::Transport)?;
        let (status, headers) = (head.status.as_u16(), head.headers);
        let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        match R::read(status, content_type, &body) {
            Ok(value) => Ok(Reply { status, headers, value }),
            Err(error) => Err(Failure::Unreadable(Box::new(Unreadable { status, headers, body, error }))),
        }
    }

    /// The response to a call, with a body that is not read yet. The caller decides how to read it.
    pub async fn open<R: Answers>(&self, call: &Call<R>) -> Result<http::Response<Incoming>, Failure<R>> {
        self.open_for(call, &call.accept()).await
    }
}

/// Secrets are not shown.
impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<&str> = self.keys.iter().map(|key| key.scheme).collect();
        f.debug_struct("Client")
            .field("base", &self.base)
            .field("credentials", &schemes)
            .finish_non_exhaustive()
    }
}

/// The parts of a call that do not depend on what it answers.
struct Parts<'a> {
    endpoint: &'static Endpoint,
    /// The whole URL, if it is not composed of the server, the path and the query.
    url: Option<&'a str>,
    path: &'a str,
    query: &'a str,
    headers: &'a [(String, String)],
    content_type: Option<&'a str>,
    accept: &'a str,
}

/// Replaces headers of the client with those of the call. Returns the cookies of the call.
fn own_headers<'p>(parts: &Parts<'p>, headers: &mut HeaderMap) -> Result<Vec<&'p str>, Error> {
    let mut cookies = Vec::new();
    for (index, (text, content)) in parts.headers.iter().enumerate() {
        let name = header(text)?;
        if name == COOKIE {
            cookies.push(content.as_str());
            continue;
        }
        // A value in the place of a secret is a secret.
        let is_secret = headers.get(&name).is_some_and(HeaderValue::is_sensitive)
            || parts.endpoint.parameters.iter().any(|place| {
                place.secret && place.to == Target::Header && place.name.eq_ignore_ascii_case(text)
            });
        let mut value = value(text, content)?;
        value.set_sensitive(is_secret);
        let before = parts.headers.get(..index).unwrap_or_default();
        if before.iter().any(|(known, _)| known.eq_ignore_ascii_case(text)) {
            headers.append(name, value);
        } else {
            headers.insert(name, value);
        }
    }
    Ok(cookies)
}

/// The body for another attempt. Fails if it was read and cannot be read again, rather than leaving it out.
fn reopened(body: &Body, status: http::StatusCode) -> Result<Outgoing, BoxError> {
    let refuse = |error| {
        format!("the server redirects the request ({status}), whose body cannot be sent again: {error}")
    };
    body.open().map_err(|error| refuse(error).into())
}

fn header(name: &str) -> Result<HeaderName, Error> {
    let refuse = |_| Error::new(format_args!("`{name}` is not the name of a header"));
    HeaderName::from_bytes(name.as_bytes()).map_err(refuse)
}

fn value(name: &str, text: &str) -> Result<HeaderValue, Error> {
    let refuse = |_| Error::new(format_args!("the header `{name}` has a control character in its value"));
    HeaderValue::from_bytes(text.as_bytes()).map_err(refuse)
}

fn sensitive(name: &str, text: &str) -> Result<HeaderValue, Error> {
    let mut value = value(name, text)?;
    value.set_sensitive(true);
    Ok(value)
}

/// The response of a server: a status, headers, and the value that the body was read as.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply<T> {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The value that the body was read as.
    pub value: T,
}

/// Why a call did not succeed.
#[derive(Debug)]
pub enum Failure<R> {
    /// The request cannot be made.
    Request(Error),
    /// The secrets for the request could not be fetched.
    Credentials(BoxError),
    /// The request was not sent, or was not answered.
    Transport(BoxError),
    /// The server did not answer with the requested success.
    Answer(Box<Reply<R>>),
    /// The server answered with a success that does not match the document.
    Unreadable(Box<Unreadable>),
}

/// A response that does not match the document, before it is read. `Debug` only shows the length of the body and the
/// names of the headers, since their content may be secret.
#[derive(Clone)]
pub struct Unreadable {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// What is wrong with it.
    pub error: Error,
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unreadable")
            .field("status", &self.status)
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("error", &self.error)
            .finish()
    }
}

impl<R> Failure<R> {
    /// The status code, if the server answered.
    pub fn status(&self) -> Option<u16> {
        match self {
            Failure::Request(_) | Failure::Credentials(_) | Failure::Transport(_) => None,
            Failure::Answer(reply) => Some(reply.status),
            Failure::Unreadable(response) => Some(response.status),
        }
    }
}

impl<R: fmt::Debug> fmt::Display for Failure<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Request(error) => write!(f, "the request cannot be made: {error}"),
            Failure::Credentials(error) => write!(f, "the credentials cannot be fetched: {error}"),
            Failure::Transport(error) => write!(f, "the request was not answered: {error}"),
            Failure::Answer(reply) => write!(f, "the server answered {}: {:?}", reply.status, reply.value),
            Failure::Unreadable(response) => {
                write!(f, "the answer {} is not what the document says: {}", response.status, response.error)
            }
        }
    }
}

impl<R: fmt::Debug> std::error::Error for Failure<R> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Failure::Request(error) => Some(error),
            Failure::Credentials(error) | Failure::Transport(error) => Some(&**error),
            Failure::Unreadable(response) => Some(&response.error),
            Failure::Answer(_) => None,
        }
    }
}

impl<R: Answers> Call<R> {
    /// Sends the call and waits for the response, whether it is a success or not.
    pub async fn answer(&self, client: &Client) -> Result<Reply<R>, Failure<R>> {
        client.answer_from(self, &self.accept(), None).await
    }

    /// Sends the call and waits for its success. Any other response is a failure, which contains the response.
    pub async fn send(&self, client: &Client) -> Result<Reply<R::Success>, Failure<R>> {
        let Reply { status, headers, value } = self.answer(client).await?;
        match value.success() {
            Ok(value) => Ok(Reply { status, headers, value }),
            Err(value) => Err(Failure::Answer(Box::new(Reply { status, headers, value }))),
        }
    }

    /// The blocking form of [`answer`](Self::answer).
    pub fn answer_blocking(&self, client: &Client) -> Result<Reply<R>, Failure<R>> {
        block_on(self.answer(client))
    }

    /// The blocking form of [`send`](Self::send).
    pub fn send_blocking(&self, client: &Client) -> Result<Reply<R::Success>, Failure<R>> {
        block_on(self.send(client))
    }
}

//! Calls: requests before they are sent, and how their responses are read.

use super::super::{Answer, Error, Upload, View};
use super::Checked;
use super::body::{Body, Piece, Sent};
use super::encode::encode;
use super::style::render;
use super::table::{Endpoint, Place, Style, Target};
use super::wire::Wire;
use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// The `Response` of an operation.
pub trait Answers: Sized {
    /// The type of a success: the content of the only success that the document names, or else the whole response.
    type Success;

    /// Reads a response from its status code, its `Content-Type` and its body.
    fn read(status: u16, content_type: Option<&str>, body: &[u8]) -> Result<Self, Error>;

    /// The content of a success. Any other response is returned unchanged.
    fn success(self) -> Result<Self::Success, Self>;
}

/// An operation of an API, for generic code.
pub trait Operation {
    /// What the document says about the operation.
    const ENDPOINT: &'static Endpoint;
    /// Its parameters, or `()`.
    type Params;
    /// Its body, or `()`; an `Option` if the body may be left out.
    type Body;
    /// Its responses.
    type Response: Answers;

    /// Makes the request, without sending it.
    fn call(params: &Self::Params, body: &Self::Body) -> Result<Call<Self::Response>, Error>;
}

/// A request before it is sent, and how its response is read.
///
/// A call is plain data. Whoever sends it decides where it is sent to, and how.
#[derive(Clone, PartialEq)]
pub struct Call<R> {
    /// What the document says about the operation.
    pub endpoint: &'static Endpoint,
    /// The path, relative to the server's, with the parameters in it.
    pub path: String,
    /// The query without `?`; empty if the call has no query.
    pub query: String,
    /// Headers, in the order in which they were added. Headers with the same name are sent as separate lines.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<Body>,
    /// For an event stream that is resumed: the time after which the server wants to be asked again.
    pub(super) retry: Option<Duration>,
    /// What is wrong with the parameters and the body.
    pub(super) checked: Checked,
    response: PhantomData<fn() -> R>,
}

impl<R: Answers> Call<R> {
    /// A call with the values of the parameters, in the order of the endpoint, and the body.
    #[doc(hidden)]
    pub fn new(
        endpoint: &'static Endpoint,
        values: &[Option<&dyn View>],
        body: Option<Sent<'_>>,
    ) -> Result<Self, Error> {
        let Written { path, query, headers } = written(endpoint, values)?;
        let checked = Checked::of(endpoint, values, body.as_ref());
        let mut call =
            Call { endpoint, path, query, headers, body: None, retry: None, checked, response: PhantomData };
        if let Some(body) = body {
            call.body = Some(body.write()?);
        }
        Ok(call)
    }

    /// Adds a header. Headers with the same name that the call already has are kept, so that a name can be given
    /// several times. What the client itself would send under this name (`Accept`, `Content-Type`, a header of its own,
    /// a secret) is not sent.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets a header, and removes all headers with the same name, including those of parameters.
    #[must_use]
    pub fn set_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
        self.header(name, value)
    }

    /// Replaces the body with one that is read while it is sent. The media type is kept; it is
    /// `application/octet-stream` if the call had no body.
    #[must_use]
    pub fn upload(mut self, upload: Upload) -> Self {
        let media_type = self.body.map(|body| body.content_type);
        let content_type = media_type.unwrap_or_else(|| "application/octet-stream".to_owned());
        self.body = Some(Body { content_type, pieces: vec![Piece::Upload(upload)] });
        self
    }

    /// Adds a pair to the query.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        separate(&mut self.query, "&");
        encode(name, &mut self.query);
        self.query.push('=');
        encode(value, &mut self.query);
        self
    }

    /// The path and the query.
    pub fn target(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// The value of `Accept`: first the media types of a success, then the others that the document names, then any.
    pub fn accept(&self) -> String {
        accept(self.endpoint, &[])
    }

    /// Reads the response to this call.
    pub fn read(&self, status: u16, content_type: Option<&str>, body: &[u8]) -> Result<R, Error> {
        R::read(status, content_type, body)
    }
}

/// Shows the names of headers only, and not the query, since parameters may be secret.
impl<R> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Call")
            .field("operation", &self.endpoint.id)
            .field("method", &self.endpoint.method)
            .field("path", &self.endpoint.path)
            .field("headers", &headers)
            .field("body", &self.body)
            .finish()
    }
}

/// The parts of a request that parameters are written to.
struct Written {
    path: String,
    query: String,
    headers: Vec<(String, String)>,
}

/// Writes the parameters of any operation.
fn written(endpoint: &Endpoint, values: &[Option<&dyn View>]) -> Result<Written, Error> {
    // Some documents distinguish operations with the same path by fragments, which are never sent (RFC 3986 §3.5).
    let path = endpoint.path.split_once('#').map_or(endpoint.path, |(path, _)| path);
    let (template, query) = path.split_once('?').unwrap_or((path, ""));
    let mut written = Written { path: template.to_owned(), query: query.to_owned(), headers: Vec::new() };
    let mut cookies = String::new();
    for (place, value) in endpoint.parameters.iter().zip(values) {
        let value = match value {
            Some(value) => wire(place, *value)?,
            None => Wire::Absent,
        };
        let mut text = String::new();
        render(place, &value, &mut text);
        match place.to {
            Target::Path => written.path = written.path.replace(&format!("{{{}}}", place.name), &text),
            _ if value.is_undefined() => {}
            Target::Query | Target::Field => {
                separate(&mut written.query, "&");
                written.query.push_str(&text);
            }
            Target::Cookie => {
                separate(&mut cookies, "; ");
                cookies.push_str(&text);
            }
            Target::Header => {
                check_header(place.name, &text)?;
                written.headers.push((place.name.to_owned(), text));
            }
        }
    }
    check_path(template, &written.path)?;
    if !cookies.is_empty() {
        written.headers.push(("Cookie".to_owned(), cookies));
    }
    Ok(written)
}

fn wire(place: &Place, value: &dyn View) -> Result<Wire, Error> {
    match place.style {
        Style::Json => super::body::json(value).map(Wire::Text),
        Style::Simple
        | Style::Label
        | Style::Matrix
        | Style::Form
        | Style::Space
        | Style::Pipe
        | Style::Deep
        | Style::Brackets => Wire::of(value),
    }
}

/// Appends a separator to a text that is not empty.
fn separate(text: &mut String, separator: &str) {
    if !text.is_empty() {
        text.push_str(separator);
    }
}

/// Refuses values that would end the header or that are not allowed in headers (RFC 9110 §5.5).
fn check_header(name: &str, text: &str) -> Result<(), Error> {
    let is_refused = |char: char| char.is_ascii_control() && char != '\t';
    if text.contains(is_refused) {
        return Err(Error::new(format_args!("the header `{name}` has a control character in its value")));
    }
    Ok(())
}

/// Refuses segments that are removed from URLs: the result would be the URL of another operation (RFC 3986 §5.2.4).
fn check_path(template: &str, path: &str) -> Result<(), Error> {
    for (template, segment) in template.split('/').zip(path.split('/')) {
        if template.contains('{') && matches!(segment, "" | "." | "..") {
            let shown = if segment.is_empty() { "empty".to_owned() } else { format!("`{segment}`") };
            return Err(Error::new(format_args!("`{template}` in the path is {shown}")));
        }
    }
    Ok(())
}

/// The media types of the documented successes, with `first` before the others. All other types are accepted, but not
/// preferred.
pub(super) fn accept(endpoint: &Endpoint, first: &[&str]) -> String {
    let successes =
        endpoint.answers.iter().filter(|answer| 200 <= answer.statuses.0 && answer.statuses.1 < 300);
    let is_wanted = |answer: &&Answer| endpoint.success.is_none_or(|success| success == answer.variant);
    let (wanted, others): (Vec<&Answer>, Vec<&Answer>) =
        successes.partition(|answer| first.is_empty() && is_wanted(answer));
    let mut accept = String::new();
    let mut listed = HashSet::new();
    let mut add = |name: &str, weight: &str| {
        if !listed.insert(name.to_ascii_lowercase()) {
            return;
        }
        separate(&mut accept, ", ");
        accept.push_str(name);
        accept.push_str(weight);
    };
    // Named types come before ranges, even if the document names ranges as well.
    let named = wanted.iter().flat_map(|answer| answer.media_types).filter(|name| **name != "*/*");
    let is_open = first.is_empty() && named.clone().next().is_none();
    first.iter().for_each(|name| add(name, ""));
    named.for_each(|name| add(name, ""));
    others.iter().flat_map(|answer| answer.media_types).for_each(|name| add(name, ";q=0.5"));
    add("*/*", if is_open { "" } else { ";q=0.1" });
    accept
}

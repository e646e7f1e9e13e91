//! Pages that the client requests, async or blocking.

use super::super::{Answers, Error};
use super::blocking::block_on;
use super::call::Call;
use super::pages::{Paged, Pages};
use super::redirect::origin;
use super::send::{Client, Failure, Reply};
use http::header::HeaderMap;
use http::uri::Uri;
use std::fmt;

/// What a request for a page gives.
pub type PageResult<R> = Result<Reply<<R as Answers>::Success>, Failure<R>>;

impl<O: Paged> Pages<O> {
    /// Requests the next page. `None` after the last one. After a failure the same page is requested again, unless its URL cannot be.
    pub async fn next(&mut self, client: &Client) -> Option<PageResult<O::Response>> {
        if let Some(error) = self.error.take() {
            return Some(Err(Failure::Request(error)));
        }
        let call = match self.call()? {
            Ok(call) => call,
            Err(error) => return Some(Err(Failure::Request(error))),
        };
        let url = self.link().map(|link| followed(client, &call, self.at.as_deref(), link)).transpose();
        let url = match url {
            Ok(url) => url,
            Err(error) => {
                self.finish();
                return Some(Err(Failure::Request(error)));
            }
        };
        let reply = received(client, &call, url.as_deref()).await;
        let reply = match reply {
            Ok(reply) => reply,
            Err(failure) => return Some(Err(failure)),
        };
        self.at = url;
        // The page is there, whatever it says of the next one.
        self.error = self.turn(&reply.value, &|name| header(&reply.headers, name)).err();
        Some(Ok(reply))
    }

    /// As [`next`](Self::next), on the thread that calls.
    pub fn next_blocking(&mut self, client: &Client) -> Option<PageResult<O::Response>> {
        block_on(self.next(client))
    }

    /// The pages as an iterator, which waits on the thread that calls. It ends after a failure.
    pub fn blocking(self, client: &Client) -> BlockingPages<O> {
        BlockingPages { pages: self, client: client.clone() }
    }
}

/// The pages of an operation, which are waited for on the thread that calls.
pub struct BlockingPages<O: Paged> {
    pages: Pages<O>,
    client: Client,
}

impl<O: Paged> Iterator for BlockingPages<O> {
    type Item = PageResult<O::Response>;

    fn next(&mut self) -> Option<Self::Item> {
        let page = self.pages.next_blocking(&self.client)?;
        if page.is_err() {
            self.pages.finish();
        }
        Some(page)
    }
}

impl<O: Paged> fmt::Debug for BlockingPages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pages.fmt(f)
    }
}

/// Sends a call to a URL, if there is one, and waits for its success.
async fn received<R: Answers>(client: &Client, call: &Call<R>, url: Option<&str>) -> PageResult<R> {
    let Reply { status, headers, value } = client.answer_from(call, &call.accept(), url).await?;
    match value.success() {
        Ok(value) => Ok(Reply { status, headers, value }),
        Err(value) => Err(Failure::Answer(Box::new(Reply { status, headers, value }))),
    }
}

/// The values of a header, one after the other.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<&str> = headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// The URL of the next page, from that of the last one if that was a link too. It has to be at the server of the call, which
/// the secrets are for.
fn followed<R: Answers>(
    client: &Client,
    call: &Call<R>,
    last: Option<&str>,
    link: &str,
) -> Result<String, Error> {
    let at = client.request(call)?;
    let last = last.and_then(|last| last.parse::<Uri>().ok());
    let url = resolved(last.as_ref().unwrap_or(at.uri()), link);
    // The link is not shown: its query may repeat a secret.
    match url.parse::<Uri>() {
        Ok(uri) if uri.host().is_some() && origin(&uri) == origin(at.uri()) => Ok(url),
        Ok(uri) => Err(Error::new(format_args!(
            "the next page is at another server, `{}`, which is not sent what is for this one",
            uri.host().unwrap_or_default()
        ))),
        Err(error) => Err(Error::new(format_args!("the URL of the next page is wrong: {error}"))),
    }
}

/// A reference as a URL (RFC 3986 §5.2), from the URL of the request.
fn resolved(base: &Uri, link: &str) -> String {
    let link = link.split('#').next().unwrap_or_default();
    let scheme = base.scheme_str().unwrap_or("https");
    let authority = base.authority().map_or("", |authority| authority.as_str());
    let is_absolute = link.split(['/', '?']).next().is_some_and(|first| first.contains(':'));
    if is_absolute {
        link.to_owned()
    } else if let Some(rest) = link.strip_prefix("//") {
        format!("{scheme}://{rest}")
    } else if link.starts_with('/') {
        format!("{scheme}://{authority}{link}")
    } else if link.is_empty() || link.starts_with('?') {
        format!("{scheme}://{authority}{}{link}", base.path())
    } else {
        let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
        format!("{scheme}://{authority}{folder}/{link}")
    }
}

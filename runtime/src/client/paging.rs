//! Pages that the client requests, async or blocking.

use super::super::{Answers, Error};
use super::blocking::block_on;
use super::call::Call;
use super::pages::{Paged, Pages};
use super::reference::{origin, resolve};
use super::send::{Client, Failure, Reply};
use http::header::HeaderMap;
use http::uri::Uri;
use std::fmt;

/// The result of requesting a page.
pub type PageResult<R> = Result<Reply<<R as Answers>::Success>, Failure<R>>;

impl<O: Paged> Pages<O> {
    /// Requests the next page. `None` after the last one. After a failure, the same page is requested again, unless its
    /// URL cannot be requested.
    pub async fn next(&mut self, client: &Client) -> Option<PageResult<O::Response>> {
        if let Some(error) = self.error.take() {
            return Some(Err(Failure::Request(error)));
        }
        let call = match self.call()? {
            Ok(call) => call,
            Err(error) => return Some(Err(Failure::Request(error))),
        };
        let at = client.request(&call).and_then(|request| {
            let first = request.uri();
            Ok((first.clone(), self.link().map(|link| followed(first, first, link)).transpose()?))
        });
        let (first, url) = match at {
            Ok(at) => at,
            Err(error) => {
                self.finish();
                return Some(Err(Failure::Request(error)));
            }
        };
        let reply = received(client, &call, url.as_ref().map(Uri::to_string).as_deref()).await;
        let reply = match reply {
            Ok(reply) => reply,
            Err(failure) => return Some(Err(failure)),
        };
        let here = url.as_ref().unwrap_or(&first);
        let follow = |link: &str| followed(&first, here, link).map(|url| url.to_string());
        let headers = |name: &str| header(&reply.headers, name);
        // The page itself is complete, whatever it says about the next one.
        self.error = self.turn_from(Some(&here.to_string()), &reply.value, &headers, &follow).err();
        Some(Ok(reply))
    }

    /// The blocking form of [`next`](Self::next).
    pub fn next_blocking(&mut self, client: &Client) -> Option<PageResult<O::Response>> {
        block_on(self.next(client))
    }

    /// The pages as a blocking iterator, which ends after a failure.
    pub fn blocking(self, client: &Client) -> BlockingPages<O> {
        BlockingPages { pages: self, client: client.clone() }
    }
}

/// The pages of an operation as a blocking iterator.
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

/// Sends a call, to the URL if one is given, and waits for its success.
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

/// The URL of the next page, resolved against that of the last one. It must be at the server of the call, since the
/// secrets are for that server.
fn followed(first: &Uri, last: &Uri, link: &str) -> Result<Uri, Error> {
    // The link is not shown: its query may repeat a secret.
    match resolve(last, link.as_bytes()) {
        Some(uri) if origin(&uri) == origin(first) => Ok(uri),
        Some(uri) => Err(Error::new(format_args!(
            "the next page is at another server, `{}`, which must not get the secrets of this one",
            uri.host().unwrap_or_default()
        ))),
        None => Err(Error::new("the link to the next page is not a URL")),
    }
}

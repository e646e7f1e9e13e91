//! Streams that the client reads, item by item, async or blocking.

use super::blocking::block_on;
use super::call::Call;
use super::decoder::Decoder;
use super::events::Position;
use super::items::Streams;
use super::send::{Client, Failure};
use super::stream_error::StreamError;
use super::transport::{BoxError, BoxFuture, Incoming};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};
use std::fmt;
use std::future::poll_fn;
use std::task::{Context, Poll};

/// The items of a response, as they arrive.
///
/// With the feature `stream` it is a `futures_core::Stream`; [`blocking`](Self::blocking) makes it an iterator.
pub struct Items<R> {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    decoder: Decoder<R>,
    body: Body,
}

type Chunk = Option<Result<Bytes, BoxError>>;

/// The rest of the body. The future owns it while it waits for a chunk.
enum Body {
    Open(Incoming),
    Waiting(BoxFuture<'static, (Incoming, Chunk)>),
    Ended,
}

impl<R: Streams> Items<R> {
    /// The next item. `None` at the end. If the future is dropped, nothing is lost.
    pub async fn next(&mut self) -> Option<Result<R::Item, StreamError>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// The items as a blocking iterator.
    pub fn blocking(self) -> BlockingItems<R> {
        BlockingItems(self)
    }

    /// The name of the event that the last item came from.
    pub fn event(&self) -> Option<&str> {
        self.decoder.event()
    }

    /// The position in an event stream, at which [`Call::resumed`] continues.
    pub fn position(&self) -> Position {
        self.decoder.position()
    }

    /// Whether the end marker of the document or of the settings was received.
    pub fn is_done(&self) -> bool {
        self.decoder.is_done()
    }

    /// Whether it is an event stream.
    pub(super) fn has_events(&self) -> bool {
        self.decoder.has_events()
    }

    /// The next item, if it has arrived.
    pub fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Item, StreamError>>> {
        loop {
            if let Some(item) = self.decoder.item() {
                return Poll::Ready(Some(item));
            }
            if self.decoder.is_over() {
                // Do not wait for the rest.
                self.body = Body::Ended;
            }
            let mut waiting = match std::mem::replace(&mut self.body, Body::Ended) {
                Body::Open(incoming) => next_chunk(incoming),
                Body::Waiting(waiting) => waiting,
                Body::Ended => return Poll::Ready(None),
            };
            match waiting.as_mut().poll(context) {
                Poll::Pending => {
                    self.body = Body::Waiting(waiting);
                    return Poll::Pending;
                }
                Poll::Ready((incoming, Some(Ok(chunk)))) => {
                    self.body = Body::Open(incoming);
                    self.decoder.push(&chunk);
                }
                Poll::Ready((_, Some(Err(error)))) => {
                    let items = self.decoder.items();
                    return Poll::Ready(Some(Err(StreamError::Lost { items, error })));
                }
                Poll::Ready((_, None)) => {
                    self.decoder.end();
                    // The last item may be complete now.
                    if let Some(item) = self.decoder.item() {
                        return Poll::Ready(Some(item));
                    }
                }
            }
        }
    }
}

fn next_chunk(mut incoming: Incoming) -> BoxFuture<'static, (Incoming, Chunk)> {
    Box::pin(async move {
        let chunk = incoming.chunk().await;
        (incoming, chunk)
    })
}

impl<R> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("status", &self.status).finish_non_exhaustive()
    }
}

/// The items of a response as a blocking iterator.
#[derive(Debug)]
pub struct BlockingItems<R>(Items<R>);

impl<R> BlockingItems<R> {
    /// The stream, which knows its status, its headers and its position.
    pub fn items(&self) -> &Items<R> {
        &self.0
    }
}

impl<R: Streams> Iterator for BlockingItems<R> {
    type Item = Result<R::Item, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<R: Streams> Call<R> {
    /// Sends the call and waits for the beginning of its stream. A response with another status or media type is a
    /// failure, which contains the response.
    pub async fn stream(&self, client: &Client) -> Result<Items<R>, Failure<R>> {
        self.stream_from(client, self.resumed_at()).await
    }

    /// The blocking form of [`stream`](Self::stream).
    pub fn stream_blocking(&self, client: &Client) -> Result<BlockingItems<R>, Failure<R>> {
        block_on(self.stream(client)).map(Items::blocking)
    }

    /// The same for a call that continues at a position.
    pub(super) async fn stream_from(
        &self,
        client: &Client,
        position: Position,
    ) -> Result<Items<R>, Failure<R>> {
        let response = client.open_for(self, &self.accept_stream()).await?;
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let Some(format) = R::STREAM.format(response.status().as_u16(), content_type) else {
            return Err(Failure::Answer(Box::new(client.receive(response).await?)));
        };
        let decoder = Decoder::at(format, position);
        let decoder = match client.longest_item() {
            Some(longest) => decoder.limit(longest),
            None => decoder,
        };
        let (head, body) = response.into_parts();
        Ok(Items { status: head.status.as_u16(), headers: head.headers, decoder, body: Body::Open(body) })
    }
}

//! Streams as `futures_core::Stream`.

use super::items::Streams;
use super::stream_error::StreamError;
use super::streaming::Items;
use std::pin::Pin;
use std::task::{Context, Poll};

impl<R: Streams> futures_core::Stream for Items<R> {
    type Item = Result<R::Item, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

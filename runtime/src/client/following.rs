//! Event streams that are requested again where they broke off.

use super::blocking::block_on;
use super::call::Call;
use super::events::Position;
use super::items::Streams;
use super::retry::Retry;
use super::send::{Client, Failure};
use super::stream_error::StreamError;
use super::streaming::Items;
use std::fmt;
use std::future::{Future, ready};
use std::time::Duration;

impl<R: Streams> Call<R> {
    /// Sends the call, and sends it again with `Last-Event-ID` whenever its event stream ends or breaks off, as
    /// browsers do. It stops at the end marker, when the server answers 204, or when `retry` allows no further attempt.
    /// `sleep` waits for a time.
    pub fn follow<S, F>(self, client: &Client, retry: Retry, sleep: S) -> Following<R, S>
    where
        S: FnMut(Duration) -> F,
        F: Future<Output = ()>,
    {
        Following {
            position: self.resumed_at(),
            call: self,
            client: client.clone(),
            retry,
            sleep,
            items: None,
            attempt: 0,
            is_over: false,
        }
    }

    /// The blocking form of [`follow`](Self::follow).
    pub fn follow_blocking(
        self,
        client: &Client,
        retry: Retry,
    ) -> impl Iterator<Item = Result<R::Item, FollowError<R>>> + use<R> {
        let sleep = |wait| {
            std::thread::sleep(wait);
            ready(())
        };
        let mut following = self.follow(client, retry, sleep);
        std::iter::from_fn(move || block_on(following.next()))
    }
}

/// An event stream that is requested again where it broke off.
pub struct Following<R, S> {
    call: Call<R>,
    client: Client,
    retry: Retry,
    sleep: S,
    items: Option<Items<R>>,
    position: Position,
    /// How often the stream was requested since the last item.
    attempt: u32,
    is_over: bool,
}

/// Why an event stream is not requested again, or why an item is missing.
#[derive(Debug)]
pub enum FollowError<R> {
    /// The request for the stream failed. The stream ends here.
    Failure(Failure<R>),
    /// The stream broke off for the last time, or an item cannot be read.
    Stream(StreamError),
}

impl<R: fmt::Debug> fmt::Display for FollowError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FollowError::Failure(failure) => failure.fmt(f),
            FollowError::Stream(error) => error.fmt(f),
        }
    }
}

impl<R: fmt::Debug> std::error::Error for FollowError<R> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            FollowError::Failure(failure) => failure.source(),
            FollowError::Stream(error) => error.source(),
        }
    }
}

impl<R, S, F> Following<R, S>
where
    R: Streams,
    S: FnMut(Duration) -> F,
    F: Future<Output = ()>,
{
    /// The next item. `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<Result<R::Item, FollowError<R>>> {
        while !self.is_over {
            let lost = match &mut self.items {
                None => self.open().await,
                Some(items) => match items.next().await {
                    Some(Ok(item)) => {
                        self.attempt = 0;
                        return Some(Ok(item));
                    }
                    Some(Err(error @ (StreamError::Item(_) | StreamError::TooLong { .. }))) => {
                        self.is_over = matches!(error, StreamError::TooLong { .. });
                        return Some(Err(FollowError::Stream(error)));
                    }
                    Some(Err(error @ StreamError::Lost { .. })) => {
                        self.lose(Some(FollowError::Stream(error))).await
                    }
                    // Only event streams continue after their end.
                    None if items.is_done() || !items.has_events() => {
                        self.is_over = true;
                        None
                    }
                    None => self.lose(None).await,
                },
            };
            if let Some(error) = lost {
                return Some(Err(error));
            }
        }
        None
    }

    /// The position in the stream.
    pub fn position(&self) -> &Position {
        &self.position
    }

    /// Requests the stream. After an error it is not requested again.
    async fn open(&mut self) -> Option<FollowError<R>> {
        self.call.resume(&self.position);
        let failure = match self.call.stream_from(&self.client, self.position.clone()).await {
            Ok(items) => {
                self.items = Some(items);
                return None;
            }
            Err(failure) => failure,
        };
        match &failure {
            Failure::Transport(_) => {
                self.attempt += 1;
                let wait = self.retry.reconnect(self.call.endpoint.method, self.attempt, &self.position);
                self.wait(wait, Some(FollowError::Failure(failure))).await
            }
            Failure::Answer(reply) if reply.status == 204 => {
                self.is_over = true;
                None
            }
            Failure::Answer(reply) => {
                self.attempt += 1;
                let after = reply.headers.get(http::header::RETRY_AFTER);
                let after = after.and_then(|value| value.to_str().ok());
                let method = self.call.endpoint.method;
                let wait = self.retry.wait(method, self.attempt, reply.status, after, now());
                self.wait(wait, Some(FollowError::Failure(failure))).await
            }
            Failure::Request(_) | Failure::Credentials(_) | Failure::Unreadable(_) => {
                self.is_over = true;
                Some(FollowError::Failure(failure))
            }
        }
    }

    /// Remembers where the stream broke off.
    async fn lose(&mut self, error: Option<FollowError<R>>) -> Option<FollowError<R>> {
        self.position = self.items.take().map(|items| items.position()).unwrap_or_default();
        self.attempt += 1;
        let wait = self.retry.reconnect(self.call.endpoint.method, self.attempt, &self.position);
        self.wait(wait, error).await
    }

    /// Waits if the stream is to be requested again. Otherwise the stream ends with the error.
    async fn wait(
        &mut self,
        wait: Option<Duration>,
        error: Option<FollowError<R>>,
    ) -> Option<FollowError<R>> {
        match wait {
            Some(wait) => {
                (self.sleep)(wait).await;
                None
            }
            None => {
                self.is_over = true;
                error
            }
        }
    }
}

/// The time, for dates in `Retry-After`. On a platform without a clock such dates are too far in the future.
fn now() -> std::time::SystemTime {
    if cfg!(target_arch = "wasm32") {
        std::time::SystemTime::UNIX_EPOCH
    } else {
        std::time::SystemTime::now()
    }
}

impl<R, S> fmt::Debug for Following<R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Following").field("position", &self.position).finish_non_exhaustive()
    }
}

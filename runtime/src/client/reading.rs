//! Reads a body on a separate thread, for async code, which must not wait for a disk.

use super::outgoing::Outgoing;
use super::transport::{BoxError, BoxFuture, Chunks};
use bytes::Bytes;
use std::future::poll_fn;
use std::io::Read;
use std::task::{Context, Poll};

/// How much is read at once.
const CHUNK: usize = 64 << 10;

impl Outgoing {
    /// The body in chunks, which another thread reads as they are taken. In browsers, the current thread reads them.
    pub fn into_chunks(self) -> Reading {
        Reading::new(self)
    }

    /// All of it.
    pub(super) fn collect(mut self) -> Result<Bytes, BoxError> {
        let mut all = Vec::new();
        self.read_to_end(&mut all)?;
        Ok(all.into())
    }

    fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        let mut chunk = vec![0; CHUNK];
        match self.read(&mut chunk) {
            Ok(0) => None,
            Ok(length) => {
                chunk.truncate(length);
                Some(Ok(chunk.into()))
            }
            Err(error) => Some(Err(error.into())),
        }
    }
}

impl Chunks for Reading {
    fn next(&mut self) -> BoxFuture<'_, Option<Result<Bytes, BoxError>>> {
        Box::pin(poll_fn(|context| self.poll_chunk(context)))
    }
}

#[cfg(target_arch = "wasm32")]
pub use here::Reading;
#[cfg(not(target_arch = "wasm32"))]
pub use thread::Reading;

/// Reading on platforms without threads.
#[cfg(target_arch = "wasm32")]
mod here {
    use super::*;

    /// The chunks of a body.
    #[derive(Debug)]
    pub struct Reading(Option<Outgoing>);

    impl Reading {
        pub(super) fn new(body: Outgoing) -> Self {
            Reading(Some(body))
        }

        /// The next chunk. `None` at the end and after an error.
        pub fn poll_chunk(&mut self, _: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
            let chunk = self.0.as_mut().and_then(Outgoing::chunk);
            if !matches!(chunk, Some(Ok(_))) {
                self.0 = None;
            }
            Poll::Ready(chunk)
        }
    }
}

/// Reading on a thread.
#[cfg(not(target_arch = "wasm32"))]
mod thread {
    use super::*;
    use std::fmt;
    use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, sync_channel};
    use std::sync::{Arc, Mutex, PoisonError};
    use std::task::Waker;
    use std::thread::Builder;

    type Chunk = Option<Result<Bytes, BoxError>>;

    /// The chunks of a body, which another thread reads. At most two of them are in memory.
    pub struct Reading(State);

    enum State {
        /// Nobody has taken a chunk yet.
        Waiting(Outgoing),
        Running {
            chunks: Receiver<Chunk>,
            taker: Arc<Taker>,
        },
        Ended,
    }

    /// The task that waits for a chunk.
    #[derive(Default)]
    struct Taker(Mutex<Option<Waker>>);

    impl Taker {
        fn set(&self, waker: &Waker) {
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker.clone());
        }

        fn wake(&self) {
            let waker = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
            waker.into_iter().for_each(Waker::wake);
        }
    }

    /// Wakes the waiting task, even if the reader panics.
    struct WakeAtEnd(Arc<Taker>);

    impl Drop for WakeAtEnd {
        fn drop(&mut self) {
            self.0.wake();
        }
    }

    impl Reading {
        pub(super) fn new(body: Outgoing) -> Self {
            Reading(State::Waiting(body))
        }

        /// The next chunk. `None` at the end and after an error.
        pub fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Chunk> {
            if let State::Waiting(_) = &self.0
                && let State::Waiting(body) = std::mem::replace(&mut self.0, State::Ended)
            {
                match run(body) {
                    Ok(state) => self.0 = state,
                    Err(error) => return Poll::Ready(Some(Err(error.into()))),
                }
            }
            let State::Running { chunks, taker } = &self.0 else { return Poll::Ready(None) };
            let received = chunks.try_recv().or_else(|error| match error {
                // The chunk may have arrived before the waker was stored.
                TryRecvError::Empty => {
                    taker.set(context.waker());
                    chunks.try_recv()
                }
                TryRecvError::Disconnected => Err(error),
            });
            let chunk = match received {
                Ok(chunk) => chunk,
                Err(TryRecvError::Empty) => return Poll::Pending,
                Err(TryRecvError::Disconnected) => Some(Err("the reader of the body panicked".into())),
            };
            if !matches!(chunk, Some(Ok(_))) {
                self.0 = State::Ended;
            }
            Poll::Ready(chunk)
        }
    }

    fn run(mut body: Outgoing) -> std::io::Result<State> {
        let (sender, chunks) = sync_channel(1);
        let taker = Arc::<Taker>::default();
        let end = WakeAtEnd(Arc::clone(&taker));
        Builder::new().name("upload".to_owned()).spawn(move || {
            let (end, sender): (WakeAtEnd, SyncSender<Chunk>) = (end, sender);
            loop {
                let chunk = body.chunk();
                let is_last = !matches!(chunk, Some(Ok(_)));
                // If nobody takes it, the request is over.
                if sender.send(chunk).is_err() || is_last {
                    break;
                }
                end.0.wake();
            }
        })?;
        Ok(State::Running { chunks, taker })
    }

    impl fmt::Debug for Reading {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Reading")
        }
    }
}

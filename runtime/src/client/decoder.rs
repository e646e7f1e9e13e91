//! Reads the items of a stream from its bytes as they arrive, without I/O or as an iterator over any reader.

use super::super::Error;
use super::call::{Call, accept};
use super::events::{Events, Position, TooLong};
use super::items::{Format, Frame, Streams};
use super::records::{JsonLines, JsonSequence};
use super::stream_error::{BadItem, StreamError};
use std::fmt;
use std::io::Read;
use std::marker::PhantomData;

/// The default limit for the length of an item, in bytes.
const LONGEST: usize = 16 << 20;

enum Frames {
    Events(Events),
    Lines(JsonLines),
    Sequence(JsonSequence),
}

/// Reads the items of a stream from its bytes as they arrive, without I/O: [`push`](Self::push) the bytes, take the
/// complete [`item`](Self::item)s, and call [`end`](Self::end) after the last byte.
pub struct Decoder<R> {
    frames: Frames,
    longest: usize,
    /// How many items came.
    number: u64,
    event: Option<String>,
    is_done: bool,
    is_over: bool,
    response: PhantomData<fn() -> R>,
}

impl<R: Streams> Decoder<R> {
    /// A decoder for a format.
    pub fn new(format: Format) -> Self {
        Decoder::at(format, Position::default())
    }

    /// A decoder for a stream that continues at a position.
    pub fn at(format: Format, position: Position) -> Self {
        let frames = match format {
            Format::Events => Frames::Events(Events::new(position)),
            Format::Lines => Frames::Lines(JsonLines::new()),
            Format::Sequence => Frames::Sequence(JsonSequence::default()),
        };
        Decoder {
            frames,
            longest: LONGEST,
            number: 0,
            event: None,
            is_done: false,
            is_over: false,
            response: PhantomData,
        }
    }

    /// Sets the limit for the length of an item, in bytes. The default is 16 MiB.
    #[must_use]
    pub fn limit(mut self, longest: usize) -> Self {
        self.longest = longest;
        self
    }

    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.is_over {
            return;
        }
        match &mut self.frames {
            Frames::Events(events) => events.push(bytes),
            Frames::Lines(lines) => lines.push(bytes),
            Frames::Sequence(sequence) => sequence.push(bytes),
        }
    }

    /// Ends the stream. An incomplete event is dropped; a line is complete without its line break.
    pub fn end(&mut self) {
        match &mut self.frames {
            Frames::Events(_) => {}
            Frames::Lines(lines) => lines.end(),
            Frames::Sequence(sequence) => sequence.end(),
        }
    }

    /// The next complete item.
    pub fn item(&mut self) -> Option<Result<R::Item, StreamError>> {
        if self.is_over {
            return None;
        }
        let (frame, is_cut) = match self.frame() {
            Ok(Some(found)) => found,
            Ok(None) => return None,
            Err(TooLong) => {
                self.is_over = true;
                return Some(Err(StreamError::TooLong { number: self.number + 1, limit: self.longest }));
            }
        };
        if R::STREAM.done.is_some_and(|marker| frame.is(marker)) {
            self.is_done = true;
            self.is_over = true;
            return None;
        }
        self.number += 1;
        let item = match is_cut {
            true => Err(Error::new(
                "the end of the value may be missing: no white space follows it (RFC 7464 §2.4)",
            )),
            false => R::item(&frame),
        };
        Some(item.map_err(|error| {
            let (number, secret) = (self.number, R::STREAM.secret);
            StreamError::Item(Box::new(BadItem { number, text: frame.text(), error, secret }))
        }))
    }

    fn frame(&mut self) -> Result<Option<(Frame, bool)>, TooLong> {
        let record = match &mut self.frames {
            Frames::Events(events) => {
                let event = events.next(self.longest)?;
                if let Some(event) = &event {
                    self.event.clone_from(&event.name);
                }
                return Ok(event.map(|event| (Frame::Event(event), false)));
            }
            Frames::Lines(lines) => lines.next(self.longest)?,
            Frames::Sequence(sequence) => sequence.next(self.longest)?,
        };
        Ok(record.map(|record| (Frame::Json(record.text), record.is_cut)))
    }

    /// How many items came.
    pub fn items(&self) -> u64 {
        self.number
    }

    /// Whether the end marker of the document or of the settings was received.
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Whether the format is an event stream.
    pub(super) fn has_events(&self) -> bool {
        matches!(self.frames, Frames::Events(_))
    }

    /// Whether the stream is over, whatever else is pushed.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// The name of the event that the last item came from.
    pub fn event(&self) -> Option<&str> {
        self.event.as_deref()
    }

    /// The position in an event stream.
    pub fn position(&self) -> Position {
        match &self.frames {
            Frames::Events(events) => events.position.clone(),
            Frames::Lines(_) | Frames::Sequence(_) => Position::default(),
        }
    }

    /// The items of a body that a reader gives.
    pub fn read<B: Read>(self, body: B) -> ReadItems<R, B> {
        ReadItems { decoder: self, body, chunk: vec![0; CHUNK], is_ended: false }
    }
}

impl<R> fmt::Debug for Decoder<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoder").field("items", &self.number).finish_non_exhaustive()
    }
}

/// How much is read at once.
const CHUNK: usize = 16 << 10;

/// The items of a stream that is read from a reader.
pub struct ReadItems<R, B> {
    decoder: Decoder<R>,
    body: B,
    chunk: Vec<u8>,
    is_ended: bool,
}

impl<R: Streams, B> ReadItems<R, B> {
    /// The decoder, which knows the position in the stream.
    pub fn decoder(&self) -> &Decoder<R> {
        &self.decoder
    }
}

impl<R: Streams, B: Read> Iterator for ReadItems<R, B> {
    type Item = Result<R::Item, StreamError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.decoder.item() {
                return Some(item);
            }
            if self.is_ended || self.decoder.is_over() {
                return None;
            }
            match self.body.read(&mut self.chunk) {
                Ok(0) => {
                    self.is_ended = true;
                    self.decoder.end();
                }
                Ok(length) => self.decoder.push(self.chunk.get(..length).unwrap_or_default()),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => {
                    self.is_ended = true;
                    let items = self.decoder.items();
                    return Some(Err(StreamError::Lost { items, error: error.into() }));
                }
            }
        }
    }
}

/// The header that says where to continue an event stream.
const LAST_EVENT_ID: &str = "Last-Event-ID";

impl<R: Streams> Call<R> {
    /// The decoder for the response to this call, if its status and its `Content-Type` are those of a stream. Otherwise
    /// it is an ordinary response, which is [`read`](Self::read) as a whole. The decoder starts at the position at
    /// which the call continues.
    pub fn decoder(&self, status: u16, content_type: Option<&str>) -> Option<Decoder<R>> {
        R::STREAM.format(status, content_type).map(|format| Decoder::at(format, self.resumed_at()))
    }

    /// The value of `Accept` for the stream.
    pub fn accept_stream(&self) -> String {
        let named = R::STREAM.media_types;
        accept(self.endpoint, if named.is_empty() { &["text/event-stream"] } else { named })
    }

    /// Continues an event stream at a position (`Last-Event-ID`).
    #[must_use]
    pub fn resumed(mut self, position: &Position) -> Self {
        self.resume(position);
        self
    }

    /// The position at which the call continues, if any.
    pub(super) fn resumed_at(&self) -> Position {
        let id = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(LAST_EVENT_ID));
        Position { last_event_id: id.map(|(_, id)| id.clone()), retry: self.retry }
    }

    pub(super) fn resume(&mut self, position: &Position) {
        self.retry = position.retry;
        self.headers.retain(|(name, _)| !name.eq_ignore_ascii_case(LAST_EVENT_ID));
        if let Some(id) = &position.last_event_id {
            self.headers.push((LAST_EVENT_ID.to_owned(), id.clone()));
        }
    }
}

//! Event streams (WHATWG HTML §9.2) in chunks of any size: their lines, their events, and the position in a stream.

use super::retry::Retry;
use serde_json::Value;
use std::ops::Range;
use std::time::Duration;

/// One event of an event stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// Its name (`event`). An event without a name is a `message`.
    pub name: Option<String>,
    /// Its data. Lines are separated by line feeds.
    pub data: String,
    /// Its ID, if the server gave one. An empty ID resets the last one.
    pub id: Option<String>,
    /// The time after which the server wants to be asked again, if this event sets it.
    pub retry: Option<Duration>,
}

impl Event {
    /// The event as an object with its fields, as OpenAPI 3.2 §4.14.2 defines it. `data` is JSON.
    pub(super) fn object(&self, data: &str) -> String {
        let mut out = String::from("{");
        if let Some(name) = &self.name {
            out.push_str(&format!("\"event\":{},", Value::from(name.as_str())));
        }
        if let Some(id) = &self.id {
            out.push_str(&format!("\"id\":{},", Value::from(id.as_str())));
        }
        if let Some(retry) = self.retry {
            out.push_str(&format!("\"retry\":{},", retry.as_millis()));
        }
        out + "\"data\":" + data + "}"
    }
}

/// The position in an event stream, at which it can be continued after it broke off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The last ID of an event, which is the value of `Last-Event-ID`.
    pub last_event_id: Option<String>,
    /// The time after which the server wants to be asked again.
    pub retry: Option<Duration>,
}

/// The shortest time that a server can set, so that `retry: 0` does not lead to requests without a pause.
const SHORTEST: Duration = Duration::from_millis(100);

impl Retry {
    /// How long to wait before a stream that broke off is requested again. `attempt` counts from 1 since the last item.
    /// The first wait is as long as the server said (`retry`), or else as before other requests. Each further wait is
    /// twice as long, up to the longest. The server's time counts as at least a tenth of a second, or as `first` if
    /// that is shorter. `None` means that the stream is not to be requested again.
    pub fn reconnect(&self, method: &str, attempt: u32, position: &Position) -> Option<Duration> {
        let first = position.retry.map_or(self.first, |retry| retry.max(SHORTEST.min(self.first)));
        if attempt > self.times || !self.is_repeated(method) {
            return None;
        }
        Some(self.doubled(first, attempt))
    }
}

/// Splits bytes into lines.
pub(super) struct Lines {
    buffer: Vec<u8>,
    /// Where the current line begins.
    start: usize,
    /// How far the line was searched for its end.
    searched: usize,
    /// Whether a carriage return also ends a line.
    returns: bool,
    /// Whether a line feed belongs to the carriage return before it.
    after_return: bool,
    /// Whether the beginning was checked for a byte order mark.
    begun: bool,
}

/// A byte order mark in UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

impl Lines {
    pub(super) fn new(returns: bool) -> Self {
        Lines { buffer: Vec::new(), start: 0, searched: 0, returns, after_return: false, begun: false }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// The next complete line, as a range of the buffer.
    pub(super) fn next(&mut self) -> Option<Range<usize>> {
        if !self.begun && !self.begin() {
            return None;
        }
        if self.after_return
            && let Some(first) = self.buffer.get(self.start)
        {
            self.after_return = false;
            if *first == b'\n' {
                self.start += 1;
                self.searched = self.start;
            }
        }
        let is_end = |byte: &u8| *byte == b'\n' || self.returns && *byte == b'\r';
        let rest = self.buffer.get(self.searched..).unwrap_or_default();
        let Some(length) = rest.iter().position(is_end) else {
            self.searched = self.buffer.len();
            return None;
        };
        let end = self.searched + length;
        self.after_return = self.returns && self.buffer.get(end) == Some(&b'\r');
        let line = self.start..end;
        self.start = end + 1;
        self.searched = self.start;
        Some(line)
    }

    /// Skips a byte order mark. `false` if more bytes are needed to decide.
    fn begin(&mut self) -> bool {
        if self.buffer.starts_with(MARK) {
            self.start = MARK.len();
            self.searched = self.start;
        } else if MARK.starts_with(&self.buffer) {
            return false;
        }
        self.begun = true;
        true
    }

    /// The bytes after the last complete line.
    pub(super) fn rest(&mut self) -> Range<usize> {
        self.begun = true;
        let rest = self.start..self.buffer.len();
        self.start = rest.end;
        self.searched = rest.end;
        rest
    }

    /// The length of the incomplete line.
    pub(super) fn pending(&self) -> usize {
        self.buffer.len() - self.start
    }

    pub(super) fn get(&self, line: Range<usize>) -> &[u8] {
        self.buffer.get(line).unwrap_or_default()
    }
}

/// Reads an event stream.
pub(super) struct Events {
    lines: Lines,
    event: Event,
    /// Whether the event has data, which may be empty.
    has_data: bool,
    pub(super) position: Position,
}

impl Events {
    pub(super) fn new(position: Position) -> Self {
        Events { lines: Lines::new(true), event: Event::default(), has_data: false, position }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.lines.push(bytes);
    }

    /// The next complete event. The standard discards an event in which the stream ends.
    pub(super) fn next(&mut self, longest: usize) -> Result<Option<Event>, TooLong> {
        while let Some(line) = self.lines.next() {
            if line.is_empty() {
                if let Some(event) = self.dispatch() {
                    return Ok(Some(event));
                }
                continue;
            }
            let line = String::from_utf8_lossy(self.lines.get(line)).into_owned();
            if self.event.data.len() + line.len() > longest {
                return Err(TooLong);
            }
            self.field(&line);
        }
        if self.event.data.len() + self.lines.pending() > longest { Err(TooLong) } else { Ok(None) }
    }

    fn field(&mut self, line: &str) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => self.event.name = Some(value.to_owned()).filter(|name| !name.is_empty()),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "id" if !value.contains('\0') => self.event.id = Some(value.to_owned()),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                if let Ok(millis) = value.parse() {
                    self.event.retry = Some(Duration::from_millis(millis));
                    self.position.retry = self.event.retry;
                }
            }
            // A comment has no name.
            _ => {}
        }
    }

    /// Ends an event. An event without data only changes the position in the stream.
    fn dispatch(&mut self) -> Option<Event> {
        let event = std::mem::take(&mut self.event);
        if let Some(id) = &event.id {
            self.position.last_event_id = Some(id.clone()).filter(|id| !id.is_empty());
        }
        let has_data = std::mem::take(&mut self.has_data);
        has_data.then_some(event)
    }
}

/// The error that an item is too long.
pub(super) struct TooLong;

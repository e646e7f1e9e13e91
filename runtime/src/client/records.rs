//! Sequences of JSON values in chunks of any size: one value per line, or behind record separators (RFC 7464).

use super::events::{Lines, TooLong};

/// The text of a value.
pub(super) struct Record {
    pub(super) text: Vec<u8>,
    /// Whether its end may be missing.
    pub(super) is_cut: bool,
}

fn is_blank(text: &[u8]) -> bool {
    text.iter().all(u8::is_ascii_whitespace)
}

/// Reads one value per line (NDJSON, JSON lines).
pub(super) struct JsonLines {
    lines: Lines,
    is_ended: bool,
}

impl JsonLines {
    pub(super) fn new() -> Self {
        JsonLines { lines: Lines::new(false), is_ended: false }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.lines.push(bytes);
    }

    pub(super) fn end(&mut self) {
        self.is_ended = true;
    }

    pub(super) fn next(&mut self, longest: usize) -> Result<Option<Record>, TooLong> {
        loop {
            let next = self.lines.next();
            let Some(line) = next.or_else(|| self.is_ended.then(|| self.lines.rest())) else {
                return if self.lines.pending() > longest { Err(TooLong) } else { Ok(None) };
            };
            let is_last = self.is_ended && self.lines.pending() == 0;
            let text = self.lines.get(line);
            if text.len() > longest {
                return Err(TooLong);
            }
            if !is_blank(text) {
                return Ok(Some(Record { text: text.to_vec(), is_cut: false }));
            }
            if is_last {
                return Ok(None);
            }
        }
    }
}

/// The separator before each value.
const SEPARATOR: u8 = 0x1E;

/// Reads a JSON text sequence. A value ends with the line in which it is complete, so that it is available before the
/// next one arrives.
#[derive(Default)]
pub(super) struct JsonSequence {
    buffer: Vec<u8>,
    /// Where the current value begins.
    start: usize,
    /// How far it was examined.
    searched: usize,
    /// How many brackets are open.
    depth: usize,
    in_string: bool,
    is_escaped: bool,
    is_ended: bool,
}

impl JsonSequence {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    pub(super) fn end(&mut self) {
        self.is_ended = true;
    }

    pub(super) fn next(&mut self, longest: usize) -> Result<Option<Record>, TooLong> {
        while let Some(byte) = self.buffer.get(self.searched).copied() {
            let is_end = match byte {
                SEPARATOR => true,
                b'\n' => self.depth == 0 && !self.in_string,
                _ => {
                    self.look(byte);
                    false
                }
            };
            self.searched += 1;
            if is_end && let Some(record) = self.record(self.searched - 1, byte == SEPARATOR) {
                return if record.text.len() > longest { Err(TooLong) } else { Ok(Some(record)) };
            }
        }
        if self.is_ended {
            return Ok(self.record(self.buffer.len(), true));
        }
        if self.buffer.len() - self.start > longest { Err(TooLong) } else { Ok(None) }
    }

    fn look(&mut self, byte: u8) {
        if self.in_string {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
    }

    /// Ends a value, if one began. Without white space after it, a number or a word may be incomplete (RFC 7464 §2.4).
    fn record(&mut self, end: usize, without_line: bool) -> Option<Record> {
        let text = self.buffer.get(self.start..end).unwrap_or_default().to_vec();
        self.start = self.searched;
        (self.depth, self.in_string, self.is_escaped) = (0, false, false);
        let first = text.iter().find(|byte| !byte.is_ascii_whitespace()).copied()?;
        let shows_end = matches!(first, b'{' | b'[' | b'"');
        let is_followed = text.last().is_some_and(u8::is_ascii_whitespace);
        Some(Record { text, is_cut: without_line && !shows_end && !is_followed })
    }
}

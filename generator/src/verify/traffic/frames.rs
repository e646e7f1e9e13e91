//! Splits a recording into values, which are then checked one at a time. It recognises only strings and brackets: each
//! value is parsed as JSON afterwards. So the memory used is bounded by the largest value, whatever the length of the
//! recording.
//!
//! `serde_json` can also read an array element by element, but it reads byte by byte from a reader, which is several
//! times slower, and it cannot skip a value that is too large.

mod state;
#[cfg(test)]
mod tests;

use std::io::{BufRead, BufReader, Chain, Cursor, Read};

use memchr::memchr_iter;

use self::state::{Outcome, State};

/// The size of one read.
const CHUNK: usize = 256 << 10;

/// What a recording contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) enum Layout {
    /// HAR, arrays of exchanges, or a sequence of exchanges.
    Exchanges,
    /// A sequence of payloads.
    Payloads,
}

/// The place of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::verify) struct Frame {
    /// The line in which it begins, counted from 1.
    pub(in crate::verify) line: usize,
    /// Whether it is a HAR entry.
    pub(in crate::verify) is_entry: bool,
}

/// Why a value cannot be read.
#[derive(Debug)]
pub(in crate::verify) enum Broken {
    /// The value is too large. It is skipped.
    TooLarge { line: usize, bytes: u64 },
    /// The text is not a value. The rest of the line is skipped.
    NotAValue { line: usize, message: &'static str },
    /// The rest of the recording cannot be read.
    End { line: usize, message: String },
}

/// What encloses the reader's position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// Nothing: the start, or the gap between two values.
    Nothing,
    /// An array of exchanges.
    Array,
    /// `entries` of HAR.
    Entries,
}

/// Splits a recording into values.
pub(in crate::verify) struct Frames<R> {
    input: BufReader<Chain<Cursor<Vec<u8>>, R>>,
    layout: Layout,
    inside: Inside,
    /// The size limit of a value.
    largest: usize,
    line: usize,
    /// Why the whole recording cannot be read.
    refused: Option<Broken>,
    is_over: bool,
}

impl<R: Read> Frames<R> {
    pub(in crate::verify) fn new(mut input: R, layout: Layout, largest: usize) -> Self {
        let mut start = Vec::new();
        let refused = match input.by_ref().take(MARK.len() as u64).read_to_end(&mut start) {
            Ok(_) => refused(&start).map(|message| Broken::End { line: 1, message: message.to_owned() }),
            Err(error) => Some(unreadable(1, &error)),
        };
        if start == MARK {
            start.clear();
        }
        Self {
            input: BufReader::with_capacity(CHUNK, Cursor::new(start).chain(input)),
            layout,
            inside: Inside::Nothing,
            largest,
            line: 1,
            refused,
            is_over: false,
        }
    }

    /// Writes the next value to `out`. `None` at the end.
    pub(in crate::verify) fn next(&mut self, out: &mut Vec<u8>) -> Option<Result<Frame, Broken>> {
        if self.is_over {
            return None;
        }
        let found = self.advance(out);
        if !matches!(found, Ok(Some(_)) | Err(Broken::TooLarge { .. } | Broken::NotAValue { .. })) {
            self.is_over = true;
        }
        found.transpose()
    }

    fn advance(&mut self, out: &mut Vec<u8>) -> Result<Option<Frame>, Broken> {
        if let Some(refused) = self.refused.take() {
            return Err(refused);
        }
        loop {
            let byte = self.peek_value()?;
            match (self.inside, byte) {
                (Inside::Nothing, None) => return Ok(None),
                (Inside::Array | Inside::Entries, None) => {
                    return Err(self.end("the recording ends inside of a list"));
                }
                (Inside::Nothing, Some(b'[')) if self.layout == Layout::Exchanges => {
                    self.take(1);
                    self.inside = Inside::Array;
                }
                (Inside::Nothing, Some(b'{')) if self.layout == Layout::Exchanges => {
                    if let Some(frame) = self.object(out)? {
                        return Ok(Some(frame));
                    }
                }
                (Inside::Array, Some(b']')) => {
                    self.take(1);
                    self.inside = Inside::Nothing;
                }
                (Inside::Entries, Some(b']')) => {
                    self.take(1);
                    self.inside = Inside::Nothing;
                    self.members_of_log()?;
                }
                (Inside::Array | Inside::Entries, Some(b',')) => self.take(1),
                (_, Some(b']' | b'}' | b',' | b':')) => return Err(self.skip_line("expected a value")),
                (_, Some(_)) => {
                    out.clear();
                    return self.frame(out).map(Some);
                }
            }
        }
    }

    /// A top-level object: an exchange, or a HAR file, of which only the start is read here.
    fn object(&mut self, out: &mut Vec<u8>) -> Result<Option<Frame>, Broken> {
        out.clear();
        let line = self.line;
        self.copy(1, out);
        self.blanks(out)?;
        let name = out.len();
        if self.chunk()?.first() == Some(&b'"') {
            self.value(out, line)?;
            if out.get(name..) == Some(b"\"log\"") {
                self.blanks(out)?;
                if self.chunk()?.first() == Some(&b':') {
                    self.copy(1, out);
                    self.blanks(out)?;
                    if self.chunk()?.first() == Some(&b'{') {
                        self.take(1);
                        self.members_of_log()?;
                        return Ok(None);
                    }
                }
            }
        }
        self.rest(out, line, 1, false)?;
        Ok(Some(Frame { line, is_entry: false }))
    }

    /// Reads the members of `log` up to `entries`, or up to the end of the outer object.
    fn members_of_log(&mut self) -> Result<(), Broken> {
        let mut name = Vec::new();
        let mut depth = 2;
        loop {
            match self.peek_value()? {
                None => return Err(self.end("the recording ends inside of `log`")),
                Some(b',' | b':') => self.take(1),
                Some(b'}') => {
                    self.take(1);
                    depth -= 1;
                    if depth == 0 {
                        return Ok(());
                    }
                }
                Some(b'[') if depth == 2 && name == b"\"entries\"" => {
                    self.take(1);
                    self.inside = Inside::Entries;
                    return Ok(());
                }
                Some(b']') => return Err(self.end("`log` is not an object")),
                Some(b'"') => {
                    // A name, or the value after a name.
                    let line = self.line;
                    name.clear();
                    self.value(&mut name, line)?;
                }
                Some(_) => {
                    let line = self.line;
                    self.skipped(line)?;
                }
            }
        }
    }

    /// Copies the value that begins here, and returns its place.
    fn frame(&mut self, out: &mut Vec<u8>) -> Result<Frame, Broken> {
        let line = self.line;
        self.value(out, line)?;
        Ok(Frame { line, is_entry: self.inside == Inside::Entries })
    }

    /// Copies the value that begins here.
    fn value(&mut self, out: &mut Vec<u8>, line: usize) -> Result<(), Broken> {
        match self.chunk()?.first() {
            Some(b'{' | b'[') => {
                self.copy(1, out);
                self.rest(out, line, 1, false)
            }
            Some(b'"') => {
                self.copy(1, out);
                self.rest(out, line, 0, true)
            }
            Some(_) => self.scalar(out, line),
            None => Err(self.end("the recording ends inside of a value")),
        }
    }

    /// Skips the value that begins here.
    fn skipped(&mut self, line: usize) -> Result<(), Broken> {
        let largest = std::mem::replace(&mut self.largest, 0);
        let result = self.value(&mut Vec::new(), line);
        self.largest = largest;
        match result {
            Ok(()) | Err(Broken::TooLarge { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Copies the rest of a value, given the number of open brackets and whether a string is open.
    fn rest(&mut self, out: &mut Vec<u8>, line: usize, depth: usize, in_string: bool) -> Result<(), Broken> {
        let mut state = State { depth, in_string, is_escaped: false };
        let (largest, inside) = (self.largest, self.inside);
        // In a sequence of exchanges a string cannot continue on the next line, so that a broken exchange does not
        // swallow the next ones.
        let by_line = inside == Inside::Nothing && self.layout == Layout::Exchanges;
        let mut bytes = out.len() as u64;
        loop {
            let chunk = self.chunk()?;
            if chunk.is_empty() {
                let message = format!("the recording ends inside of the value that begins in line {line}");
                return Err(self.end(message));
            }
            let (length, outcome) = state.step(chunk, by_line);
            bytes += length as u64;
            if bytes <= largest as u64 {
                out.extend_from_slice(chunk.get(..length).unwrap_or_default());
            } else if !out.is_empty() {
                *out = Vec::new();
            }
            self.take(length);
            match outcome {
                Outcome::More => {}
                Outcome::End if bytes > largest as u64 => return Err(Broken::TooLarge { line, bytes }),
                Outcome::End => return Ok(()),
                Outcome::BrokenLine => {
                    return Err(Broken::NotAValue { line, message: "a line ends inside of a string" });
                }
            }
        }
    }

    /// Copies a number, a boolean, `null`, or invalid text up to the next delimiter.
    fn scalar(&mut self, out: &mut Vec<u8>, line: usize) -> Result<(), Broken> {
        let mut bytes = 0_u64;
        loop {
            let chunk = self.chunk()?;
            let is_end = |byte: &u8| byte.is_ascii_whitespace() || b",:]}[{\"".contains(byte);
            let end = chunk.iter().position(is_end);
            let length = end.unwrap_or(chunk.len());
            let is_last = end.is_some() || chunk.is_empty();
            bytes += length as u64;
            if bytes <= self.largest as u64 {
                self.copy(length, out);
            } else {
                self.take(length);
            }
            if is_last {
                return if bytes > self.largest as u64 {
                    Err(Broken::TooLarge { line, bytes })
                } else {
                    Ok(())
                };
            }
        }
    }

    /// The first byte that is not white space.
    fn peek_value(&mut self) -> Result<Option<u8>, Broken> {
        loop {
            let chunk = self.chunk()?;
            let Some(_) = chunk.first() else { return Ok(None) };
            match chunk.iter().position(|byte| !byte.is_ascii_whitespace()) {
                Some(at) => {
                    let byte = chunk.get(at).copied();
                    self.take(at);
                    return Ok(byte);
                }
                None => {
                    let length = chunk.len();
                    self.take(length);
                }
            }
        }
    }

    /// Copies white space.
    fn blanks(&mut self, out: &mut Vec<u8>) -> Result<(), Broken> {
        while self.chunk()?.first().is_some_and(u8::is_ascii_whitespace) && out.len() < self.largest {
            self.copy(1, out);
        }
        Ok(())
    }

    fn chunk(&mut self) -> Result<&[u8], Broken> {
        let line = self.line;
        self.input.fill_buf().map_err(|error| unreadable(line, &error))
    }

    fn copy(&mut self, length: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(self.input.buffer().get(..length).unwrap_or_default());
        self.take(length);
    }

    fn take(&mut self, length: usize) {
        let taken = self.input.buffer().get(..length).unwrap_or_default();
        self.line += memchr_iter(b'\n', taken).count();
        self.input.consume(length);
    }

    fn end(&self, message: impl Into<String>) -> Broken {
        Broken::End { line: self.line, message: message.into() }
    }

    /// Skips the rest of the line. Inside of a list the next value cannot be found, so the recording ends.
    fn skip_line(&mut self, message: &'static str) -> Broken {
        let line = self.line;
        if self.inside != Inside::Nothing {
            return self.end(message);
        }
        while let Ok(chunk) = self.chunk() {
            let (length, is_found) = match memchr_iter(b'\n', chunk).next() {
                Some(at) => (at + 1, true),
                None => (chunk.len(), false),
            };
            self.take(length);
            if is_found || length == 0 {
                break;
            }
        }
        Broken::NotAValue { line, message }
    }
}

/// A byte order mark in UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Why a recording that begins with these bytes is not JSON.
fn refused(start: &[u8]) -> Option<&'static str> {
    match start {
        [0x1F, 0x8B, ..] => Some("the recording is compressed with gzip: decompress it first"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [b'{' | b'[', 0, ..] => {
            Some("the recording is UTF-16: save it as UTF-8")
        }
        _ => None,
    }
}

fn unreadable(line: usize, error: &std::io::Error) -> Broken {
    Broken::End { line, message: format!("the recording cannot be read: {error}") }
}

//! Strings in JSON text.

use super::error::Error;
use super::source::Source;
use super::tape::Token;
use std::borrow::Cow;

const ONES: u128 = u128::MAX / 0xFF;

/// Marks, in sixteen bytes, those that are a quote, a backslash or a control character. Only the lowest mark is
/// reliable: a borrow can mark the bytes above it.
#[inline]
fn special(chunk: u128) -> u128 {
    let quote = chunk ^ (ONES * b'"' as u128);
    let slash = chunk ^ (ONES * b'\\' as u128);
    let control = chunk.wrapping_sub(ONES * 0x20) & !chunk;
    (control | quote.wrapping_sub(ONES) & !quote | slash.wrapping_sub(ONES) & !slash) & ONES << 7
}

/// The place of the next quote, backslash or control character: what a string must not contain as it is.
#[inline]
pub(super) fn scan(bytes: &[u8], mut at: usize) -> usize {
    // Most strings end within sixteen bytes: that many at once save jumps that no processor foresees.
    while let Some(chunk) = bytes.get(at..at + 16) {
        let found = special(u128::from_le_bytes(chunk.try_into().unwrap_or_default()));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 16;
    }
    while bytes.get(at).is_some_and(|byte| *byte >= 0x20 && *byte != b'"' && *byte != b'\\') {
        at += 1;
    }
    at
}

/// Whether a text has none of these, so that it can be written into a string unchanged.
#[inline]
pub(super) fn is_plain(text: &[u8]) -> bool {
    if let Some(end) = text.last_chunk() {
        let mut chunks = text.chunks_exact(16).filter_map(|chunk| chunk.first_chunk());
        return chunks.all(|chunk| special(u128::from_le_bytes(*chunk)) == 0)
            && special(u128::from_le_bytes(*end)) == 0;
    }
    // A shorter text is examined from both ends.
    let (low, high) = match (text.first_chunk(), text.last_chunk(), text.first_chunk(), text.last_chunk()) {
        (Some(begin), Some(end), ..) => (u64::from_le_bytes(*begin), u64::from_le_bytes(*end)),
        (.., Some(begin), Some(end)) => (u32::from_le_bytes(*begin).into(), u32::from_le_bytes(*end).into()),
        _ => return text.iter().all(|byte| *byte >= 0x20 && *byte != b'"' && *byte != b'\\'),
    };
    special(u128::from(low) | u128::from(high) << 64) == 0
}

/// Whether two names are the same. They are short: a word at each end, which may overlap, saves the call that compares
/// texts of any length.
#[inline]
pub(super) fn alike(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    match (one.split_first_chunk::<8>(), other.split_first_chunk::<8>()) {
        (Some((begin, rest)), Some((other_begin, other_rest))) => {
            begin == other_begin
                && one.last_chunk::<8>() == other.last_chunk::<8>()
                && (one.len() <= 16 || rest == other_rest)
        }
        _ => match (one.first_chunk::<4>(), other.first_chunk::<4>()) {
            (Some(begin), Some(other_begin)) => {
                begin == other_begin && one.last_chunk::<4>() == other.last_chunk::<4>()
            }
            _ => one.iter().zip(other).all(|(one, other)| one == other),
        },
    }
}

impl<'a> Source<'a> {
    /// A string; the next byte is its quote.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        let begin = self.at + 1;
        let end = scan(self.text.as_bytes(), begin);
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Cow::Borrowed(self.text.get(begin..end).unwrap_or_default()));
        }
        match self.tape {
            None => self.escaped(end).map(Cow::Owned),
            Some(_) => self.recorded_string().map(Cow::Borrowed),
        }
    }

    #[cold]
    fn recorded_string(&mut self) -> Result<&'a str, Error> {
        let text = match (self.token(), self.tape) {
            (Some(Token::Str(text)), _) => text,
            (Some(Token::Text(begin, end)), Some(tape)) => tape.text(begin, end),
            _ => return Err(self.syntax("expected value")),
        };
        self.at += 1;
        Ok(text)
    }

    /// Skips a string; the next byte is its quote.
    #[inline]
    pub(super) fn skip_string(&mut self) -> Result<(), Error> {
        let end = scan(self.text.as_bytes(), self.at + 1);
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(());
        }
        if self.tape.is_some() {
            self.at += 1;
            return Ok(());
        }
        self.skip_escaped(end)
    }

    /// The quote that ends a string with an escape at this place: the first quote after an even number of backslashes.
    pub(super) fn close(&self, begin: usize) -> Result<usize, Error> {
        let mut at = begin;
        while let Some(found) = self.text.get(at..).and_then(|rest| rest.find('"')) {
            at += found;
            let before = self.text.as_bytes().get(begin..at).unwrap_or_default();
            if before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0 {
                return Ok(at);
            }
            at += 1;
        }
        Err(Error::new("EOF while parsing a string").or_at(self.text.len()))
    }

    /// A string with escapes. The first escape, or an error, is at `end`.
    fn escaped(&mut self, mut end: usize) -> Result<String, Error> {
        let mut string = std::mem::take(&mut self.scratch);
        string.clear();
        let mut from = self.at + 1;
        loop {
            string.push_str(self.text.get(from..end).unwrap_or_default());
            if self.quote(end)? {
                // Without the capacity that was reserved but not used.
                let exact = string.as_str().to_owned();
                self.scratch = string;
                return Ok(exact);
            }
            let (char, next) = self.escape(end)?;
            string.push(char);
            from = next;
            end = scan(self.text.as_bytes(), from);
        }
    }

    /// Skips a string with escapes. Like `serde_json`, this accepts lone surrogates.
    fn skip_escaped(&mut self, mut end: usize) -> Result<(), Error> {
        while !self.quote(end)? {
            let next = match self.text.as_bytes().get(end + 1) {
                Some(b'u') => self.hex(end).map(|_| end + 6)?,
                _ => self.escape(end)?.1,
            };
            end = scan(self.text.as_bytes(), next);
        }
        Ok(())
    }

    /// Whether the string ends here, or else there is a backslash.
    fn quote(&mut self, end: usize) -> Result<bool, Error> {
        match self.text.as_bytes().get(end) {
            Some(b'"') => {
                self.at = end + 1;
                Ok(true)
            }
            Some(b'\\') => Ok(false),
            Some(_) => {
                Err(self.fault(end, "control character (\\u0000-\\u001F) found while parsing a string"))
            }
            None => Err(self.fault(end, "EOF while parsing a string")),
        }
    }

    /// The character of the escape at this place, and the end of the escape.
    fn escape(&mut self, at: usize) -> Result<(char, usize), Error> {
        let char = match self.text.as_bytes().get(at + 1) {
            Some(b'n') => '\n',
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'u') => return self.unicode(at),
            Some(_) => return Err(self.fault(at, "invalid escape")),
            None => return Err(self.fault(at + 1, "EOF while parsing a string")),
        };
        Ok((char, at + 2))
    }

    /// `\u` and four digits, twice for characters that need it.
    fn unicode(&mut self, at: usize) -> Result<(char, usize), Error> {
        let first = self.hex(at)?;
        if let Some(char) = char::from_u32(first) {
            return Ok((char, at + 6));
        }
        let second = match self.text.as_bytes().get(at + 6..at + 8) {
            Some(b"\\u") if first < 0xDC00 => self.hex(at + 6)?,
            _ => 0,
        };
        // A surrogate pair: ten bits in each half.
        match second
            .checked_sub(0xDC00)
            .filter(|low| *low < 0x400)
            .and_then(|low| char::from_u32(0x10000 + ((first - 0xD800) << 10 | low)))
        {
            Some(char) => Ok((char, at + 12)),
            None => Err(self.fault(at, "lone surrogate in hex escape")),
        }
    }

    /// The four digits of the `\u` at this place.
    fn hex(&mut self, at: usize) -> Result<u32, Error> {
        let digits = self
            .text
            .get(at + 2..at + 6)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()) {
            Some(code) => Ok(code),
            None => Err(self.fault(at, "invalid escape")),
        }
    }

    #[cold]
    fn fault(&mut self, at: usize, message: &str) -> Error {
        self.at = at.min(self.text.len());
        Error::new(message).or_at(self.at)
    }
}

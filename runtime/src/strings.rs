//! Strings in JSON text.

use super::error::Error;
use super::source::Source;
use super::tape::Token;
use std::borrow::Cow;

/// Marks, in eight bytes, those that are a quote, a backslash or a control character. Of the marks the lowest is right.
#[inline]
fn special(chunk: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let quote = chunk ^ (ONES * b'"' as u64);
    let slash = chunk ^ (ONES * b'\\' as u64);
    let control = chunk.wrapping_sub(ONES * 0x20) & !chunk;
    (control | quote.wrapping_sub(ONES) & !quote | slash.wrapping_sub(ONES) & !slash) & (ONES << 7)
}

impl<'a> Source<'a> {
    /// A string; the next byte is its quote.
    #[inline]
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, Error> {
        let begin = self.at + 1;
        let end = self.scan(begin);
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
        let end = self.scan(self.at + 1);
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

    /// The place of the next quote, backslash or control character.
    #[inline]
    fn scan(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(chunk) = bytes.get(at..at + 8) {
            let found = special(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
            if found != 0 {
                return at + found.trailing_zeros() as usize / 8;
            }
            at += 8;
        }
        while bytes.get(at).is_some_and(|byte| *byte >= 0x20 && *byte != b'"' && *byte != b'\\') {
            at += 1;
        }
        at
    }

    /// A string with escapes, the first of which, or what is wrong, stands at `end`.
    fn escaped(&mut self, mut end: usize) -> Result<String, Error> {
        let mut string = String::new();
        let mut from = self.at + 1;
        loop {
            string.push_str(self.text.get(from..end).unwrap_or_default());
            if self.quote(end)? {
                return Ok(string);
            }
            let (char, next) = self.escape(end)?;
            string.push(char);
            from = next;
            end = self.scan(from);
        }
    }

    /// Skips a string with escapes. Like `serde_json` it does not mind surrogates without their other half.
    fn skip_escaped(&mut self, mut end: usize) -> Result<(), Error> {
        while !self.quote(end)? {
            let next = match self.text.as_bytes().get(end + 1) {
                Some(b'u') => self.hex(end).map(|_| end + 6)?,
                _ => self.escape(end)?.1,
            };
            end = self.scan(next);
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

    /// The character of the escape that stands there, and where it ends.
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

    /// The four digits of the `\u` that stands there.
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

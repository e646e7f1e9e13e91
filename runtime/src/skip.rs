//! Skips values. A skipped value must be JSON, but its numbers may be of any size, and it may nest to any depth, unless
//! it is read afterwards.

use super::error::Error;
use super::number;
use super::source::{BYTES, Source};

impl Source<'_> {
    /// Skips a value.
    pub(super) fn skip(&mut self) -> Result<(), Error> {
        self.skip_within(usize::MAX)
    }

    /// Skips a value that must not be nested more deeply than that many levels.
    pub(super) fn skip_within(&mut self, levels: usize) -> Result<(), Error> {
        match self.peek() {
            b'[' | b'{' => self.skip_parts(levels),
            _ => self.skip_scalar(),
        }
    }

    #[inline]
    fn skip_scalar(&mut self) -> Result<(), Error> {
        match self.peek() {
            b'"' => self.skip_string(),
            b'-' | b'0'..=b'9' => self.skip_number(),
            b't' | b'f' => self.boolean().map(drop),
            b'n' => self.null(),
            BYTES if self.tape.is_some() => {
                self.at += 1;
                Ok(())
            }
            _ => Err(self.syntax("expected value")),
        }
    }

    fn skip_number(&mut self) -> Result<(), Error> {
        if self.tape.is_some() {
            self.at += 1;
            return Ok(());
        }
        match number::end(self.text.as_bytes(), self.at) {
            Ok((end, _)) => {
                self.at = end;
                Ok(())
            }
            Err(at) => {
                self.at = at;
                Err(self.syntax("invalid number"))
            }
        }
    }

    /// Skips an array or an object.
    fn skip_parts(&mut self, levels: usize) -> Result<(), Error> {
        if let Some(tape) = self.tape {
            self.at = tape.after(self.at);
            return Ok(());
        }
        let depth = self.depth;
        // The brackets that end what is open around the innermost array or object.
        let mut outer: Vec<u8> = Vec::new();
        let mut bracket = self.enter(levels > 0)?;
        let mut first = true;
        loop {
            if !self.more(&mut first, bracket)? {
                let Some(next) = outer.pop() else { break };
                (bracket, first) = (next, false);
                continue;
            }
            if bracket == b'}' {
                if self.peek() != b'"' {
                    return Err(self.syntax("key must be a string"));
                }
                self.skip_string()?;
                self.colon()?;
            }
            if matches!(self.peek(), b'[' | b'{') {
                outer.push(bracket);
                (bracket, first) = (self.enter(levels > outer.len())?, true);
            } else {
                self.skip_scalar()?;
            }
        }
        self.depth = depth;
        Ok(())
    }

    /// Takes an opening bracket, if another level is allowed, and returns the closing bracket.
    #[inline]
    fn enter(&mut self, may: bool) -> Result<u8, Error> {
        let bracket = if self.peek() == b'[' { b']' } else { b'}' };
        if !may {
            return Err(Error::too_deep().or_at(self.at));
        }
        self.at += 1;
        Ok(bracket)
    }
}

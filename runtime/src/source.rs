//! The source that all models are read from: a JSON text with a position in it, or a tape of tokens.
//!
//! Every method tries the text first. The text of a tape is empty, so that code for tapes is not on the fast path.

use super::decisions::Decisions;
use super::error::{Error, Step};
use super::number;
use super::scalar::{Scalar, integral};
use super::strings::scan;
use super::tape::{Tape, Token, Wide};
use serde::de::Unexpected;
use std::borrow::Cow;
use std::fmt;

/// How deeply a value may nest: as deeply as `serde_json` allows, which refuses the 128th level.
pub(super) const DEPTH: usize = 127;

/// What [`Source::peek`] answers for bytes, which JSON does not have.
pub(super) const BYTES: u8 = b'b';

/// A value that is read, and how far it was read.
pub struct Source<'a> {
    pub(super) text: &'a str,
    pub(super) tape: Option<&'a Tape<'a>>,
    /// An offset in the text, or an index of a token.
    pub(super) at: usize,
    pub(super) depth: usize,
    /// How many properties were skipped, and how many values were unknown.
    pub(super) unread: usize,
    /// Whether the value at hand is the name of a property: then an integer may be written as a string.
    pub(super) name: bool,
    /// The buffer for strings with escapes.
    pub(super) scratch: String,
    /// The decisions about unions, and the ends of values.
    pub(super) decisions: Decisions,
}

/// A scalar that was read.
pub(super) enum Found<'a> {
    Scalar(Scalar<'static>),
    Text(Cow<'a, str>),
}

impl Found<'_> {
    #[inline]
    pub(super) fn get(&self) -> Scalar<'_> {
        match self {
            Found::Scalar(scalar) => *scalar,
            Found::Text(text) => Scalar::Str(text),
        }
    }
}

impl<'a> Source<'a> {
    /// Reads a JSON text.
    pub(super) fn of_text(text: &'a str) -> Self {
        Source {
            text,
            tape: None,
            at: 0,
            depth: DEPTH,
            unread: 0,
            name: false,
            scratch: String::new(),
            decisions: Decisions::default(),
        }
    }

    /// Reads a tape.
    pub(super) fn of_tape(tape: &'a Tape<'a>) -> Self {
        Source { tape: Some(tape), ..Self::of_text("") }
    }

    /// The next byte that is not white space, or 0 at the end. For a tape: the byte that such a value begins with.
    #[inline]
    pub(super) fn peek(&mut self) -> u8 {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if *byte > b' ' => *byte,
            _ => self.peek_further(),
        }
    }

    #[inline(never)]
    fn peek_further(&mut self) -> u8 {
        while let Some(byte) = self.text.as_bytes().get(self.at) {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                byte => return *byte,
            }
        }
        match self.token() {
            None => 0,
            Some(Token::Null) => b'n',
            Some(Token::Bool(_)) => b't',
            Some(
                Token::Int(_) | Token::Unsigned(_) | Token::Wide(_) | Token::Float(_) | Token::Number(..),
            ) => b'0',
            Some(Token::Str(_) | Token::Text(..)) => b'"',
            Some(Token::Bytes(..)) => BYTES,
            Some(Token::Array(_)) => b'[',
            Some(Token::ArrayEnd) => b']',
            Some(Token::Object(_)) => b'{',
            Some(Token::ObjectEnd) => b'}',
        }
    }

    #[cold]
    pub(super) fn token(&self) -> Option<Token<'a>> {
        self.tape.and_then(|tape| tape.tokens.get(self.at).copied())
    }

    /// The error at this place of the text.
    #[cold]
    pub(super) fn syntax(&self, message: &str) -> Error {
        let message = if self.at >= self.text.len() { "EOF while parsing a value" } else { message };
        Error::new(message).or_at(self.at)
    }

    /// Fails unless the text ends here.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        self.peek();
        if self.at < self.text.len() { Err(self.syntax("trailing characters")) } else { Ok(()) }
    }

    /// Reads a word.
    #[inline]
    fn word(&mut self, word: &str) -> Result<(), Error> {
        if self.text.as_bytes().get(self.at..self.at + word.len()) == Some(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        Err(self.syntax("expected value"))
    }

    /// `null`; the next byte is its `n`.
    pub(super) fn null(&mut self) -> Result<(), Error> {
        if self.tape.is_some() {
            self.at += 1;
            return Ok(());
        }
        self.word("null")
    }

    /// A boolean; the next byte is its first one.
    pub(super) fn boolean(&mut self) -> Result<bool, Error> {
        if let Some(Token::Bool(value)) = self.token() {
            self.at += 1;
            return Ok(value);
        }
        let value = self.peek() == b't';
        self.word(if value { "true" } else { "false" }).map(|()| value)
    }

    /// A number; the next byte is a digit or a minus.
    #[inline]
    pub(super) fn number(&mut self) -> Result<Scalar<'static>, Error> {
        let bytes = self.text.as_bytes();
        let negative = bytes.get(self.at) == Some(&b'-');
        let begin = self.at + usize::from(negative);
        let mut at = begin;
        let mut int = 0_i64;
        while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
            int = int.wrapping_mul(10).wrapping_add(i64::from(digit - b'0'));
            at += 1;
        }
        // Up to 18 digits fit; a zero at the beginning stands alone, and without a sign.
        let plain = match at - begin {
            1 => int != 0 || !negative,
            digits => digits < 19 && bytes.get(begin).is_some_and(|first| *first != b'0'),
        };
        if plain && at > begin && !matches!(bytes.get(at), Some(b'.' | b'e' | b'E')) {
            self.at = at;
            return Ok(Scalar::Int(i128::from(if negative { -int } else { int })));
        }
        self.other_number()
    }

    fn other_number(&mut self) -> Result<Scalar<'static>, Error> {
        if let Some(tape) = self.tape {
            let scalar = match self.token() {
                Some(Token::Int(int)) => Scalar::Int(int.into()),
                Some(Token::Unsigned(int)) => Scalar::Int(int.into()),
                Some(Token::Wide(index)) => match tape.wide(index) {
                    Wide::Signed(int) => Scalar::Int(int),
                    Wide::Unsigned(int) => Scalar::Float(int as f64),
                },
                Some(Token::Float(float)) => Scalar::Float(float),
                Some(Token::Number(begin, end)) => {
                    number::whole(tape.text(begin, end)).ok_or_else(|| Error::new("number out of range"))?
                }
                _ => return Err(self.syntax("expected value")),
            };
            self.at += 1;
            return Ok(scalar);
        }
        match number::scan_number(self.text, self.at) {
            Ok((scalar, end)) => {
                self.at = end;
                Ok(scalar)
            }
            Err((message, at)) => {
                self.at = at;
                Err(self.syntax(message))
            }
        }
    }

    /// The digits of the number that was read last and began there, if they are known.
    pub(super) fn digits(&self, begin: usize) -> Option<&'a str> {
        match self.tape {
            None => self.text.get(begin..self.at),
            Some(tape) => match tape.tokens.get(begin) {
                Some(Token::Number(begin, end)) => Some(tape.text(*begin, *end)),
                _ => None,
            },
        }
    }

    /// The integer that the last number, which began there, is exactly equal to.
    #[cold]
    pub(super) fn exact(&self, begin: usize, float: f64) -> Option<i128> {
        self.digits(begin).map_or_else(|| integral(float), number::exact)
    }

    /// A scalar; an error for any other value.
    pub(super) fn scalar(&mut self, expected: &dyn fmt::Display) -> Result<Found<'a>, Error> {
        Ok(match self.peek() {
            b'"' => Found::Text(self.string()?),
            b'-' | b'0'..=b'9' => Found::Scalar(self.number()?),
            b't' | b'f' => Found::Scalar(Scalar::Bool(self.boolean()?)),
            b'n' => self.null().map(|()| Found::Scalar(Scalar::Null))?,
            _ => return Err(self.refuse(expected)),
        })
    }

    /// The error for a value of the wrong type. A scalar is read for the message.
    #[cold]
    pub(super) fn refuse(&mut self, expected: &dyn fmt::Display) -> Error {
        let (found, at) = (self.peek(), self.at);
        let error = match found {
            b'[' => Error::wrong_type(Unexpected::Seq, expected),
            b'{' => Error::wrong_type(Unexpected::Map, expected),
            BYTES if self.tape.is_some() => {
                Error::new(format_args!("invalid type: byte array, expected {expected}"))
            }
            b'"' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => match self.scalar(expected) {
                Ok(found) => found.get().refuse(expected),
                Err(error) => error,
            },
            _ => return self.syntax("expected value"),
        };
        error.or_at(at)
    }

    /// Begins an array or an object.
    #[inline]
    pub(super) fn open(&mut self, bracket: u8, expected: &dyn fmt::Display) -> Result<(), Error> {
        if self.peek() != bracket {
            return Err(self.refuse(expected));
        }
        if self.depth == 0 {
            return Err(Error::too_deep().or_at(self.at));
        }
        self.depth -= 1;
        self.at += 1;
        Ok(())
    }

    /// Whether another element follows; if not, the array or object has been left.
    #[inline]
    pub(super) fn more(&mut self, first: &mut bool, bracket: u8) -> Result<bool, Error> {
        let next = self.peek();
        if next == bracket {
            self.at += 1;
            self.depth += 1;
            return Ok(false);
        }
        if !std::mem::take(first) {
            if next != b',' {
                return self.no_comma(bracket).map_or(Ok(true), Err);
            }
            self.at += 1;
            if self.peek() == bracket {
                return Err(self.syntax("trailing comma"));
            }
        } else if next == 0 {
            return self.no_comma(bracket).map_or(Ok(true), Err);
        }
        Ok(true)
    }

    /// The error for a missing comma. A tape has no commas.
    #[cold]
    fn no_comma(&self, bracket: u8) -> Option<Error> {
        let list = bracket == b']';
        let message = match (self.at >= self.text.len(), list) {
            _ if self.tape.is_some() => return None,
            (true, true) => "EOF while parsing a list",
            (true, false) => "EOF while parsing an object",
            (false, true) => "expected `,` or `]`",
            (false, false) => "expected `,` or `}`",
        };
        Some(Error::new(message).or_at(self.at))
    }

    /// The name of the next property.
    #[inline]
    pub(super) fn next_name(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>, Error> {
        // Without white space and escapes: the comma, the name and the colon at once.
        let bytes = self.text.as_bytes();
        let quote = self.at + usize::from(!*first);
        if (*first || bytes.get(self.at) == Some(&b',')) && bytes.get(quote) == Some(&b'"') {
            let end = scan(bytes, quote + 1);
            if let Some(b"\":") = bytes.get(end..end + 2) {
                *first = false;
                self.at = end + 2;
                return Ok(Some(Cow::Borrowed(self.text.get(quote + 1..end).unwrap_or_default())));
            }
        }
        self.other_name(first)
    }

    #[inline(never)]
    fn other_name(&mut self, first: &mut bool) -> Result<Option<Cow<'a, str>>, Error> {
        if !self.more(first, b'}')? {
            return Ok(None);
        }
        if self.peek() != b'"' {
            return Err(self.syntax("key must be a string"));
        }
        let name = self.string()?;
        self.colon()?;
        Ok(Some(name))
    }

    /// Skips the colon between a name and its value.
    #[inline]
    pub(super) fn colon(&mut self) -> Result<(), Error> {
        if self.peek() == b':' {
            self.at += 1;
        } else if self.tape.is_none() {
            return Err(self.syntax("expected `:`"));
        }
        Ok(())
    }

    /// The path step for the property whose name is at this place.
    #[cold]
    pub(super) fn step(&mut self, name_at: usize) -> Step {
        self.at = name_at;
        Step::property(&self.string().unwrap_or_default())
    }

    /// Line and column of a place in the text, from 1. The end of the text is where its last character is.
    pub(super) fn line(&self, at: usize) -> Option<(usize, usize)> {
        if self.tape.is_some() {
            return None;
        }
        let before = self.text.as_bytes().get(..at).unwrap_or(self.text.as_bytes());
        let line = before.iter().filter(|byte| **byte == b'\n').count();
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count();
        Some((line + 1, column + usize::from(at < self.text.len())))
    }
}

//! Gives a tape to `serde`.

use super::error::{Error, Step};
use super::number;
use super::scalar::integral;
use super::tape::{Tape, Token, Wide};
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::Cell;

type Str = &'static str;

/// Reads the value that begins at a token.
#[derive(Clone, Copy)]
pub(super) struct Reader<'de> {
    tape: &'de Tape<'de>,
    at: usize,
    /// Whether it is the name of a property. Digits are then read as an integer, if an integer is expected.
    name: bool,
    /// How many properties were skipped.
    unread: &'de Cell<usize>,
}

impl<'de> Reader<'de> {
    pub(super) fn new(tape: &'de Tape<'_>, at: usize, unread: &'de Cell<usize>) -> Self {
        Reader { tape, at, name: false, unread }
    }

    fn token(self) -> Token<'de> {
        self.tape.tokens.get(self.at).copied().unwrap_or(Token::Null)
    }

    /// Reads the parts of the value.
    fn parts(self) -> Parts<'de> {
        Parts { reader: Reader { at: self.at + 1, ..self }, index: 0 }
    }

    fn array<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let mut items = self.parts();
        let value = visitor.visit_seq(&mut items)?;
        match items.reader.token() {
            Token::ArrayEnd => Ok(value),
            _ => Err(Error::new(format_args!("invalid length, expected {} elements", items.index))),
        }
    }
}

/// An integer may be written as `8.0`, and be a name.
macro_rules! read_integers {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let integer = match self.token() {
                Token::Float(float) => integral(float),
                Token::Number(begin, end) => number::exact(self.tape.text(begin, end)),
                _ if self.name => self.tape.string(self.at).and_then(|name| name.parse().ok()),
                _ => None,
            };
            let Some(int) = integer else { return self.deserialize_any(visitor) };
            match (i64::try_from(int), u64::try_from(int)) {
                (Ok(int), _) => visitor.visit_i64(int),
                (_, Ok(int)) => visitor.visit_u64(int),
                (Err(_), Err(_)) => visitor.visit_i128(int),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.token() {
            Token::Null | Token::ArrayEnd | Token::ObjectEnd => visitor.visit_unit(),
            Token::Bool(value) => visitor.visit_bool(value),
            Token::Int(value) => visitor.visit_i64(value),
            Token::Unsigned(value) => visitor.visit_u64(value),
            Token::Wide(index) => match self.tape.wide(index) {
                Wide::Signed(value) => visitor.visit_i128(value),
                Wide::Unsigned(value) => visitor.visit_u128(value),
            },
            Token::Float(value) => visitor.visit_f64(value),
            Token::Number(begin, end) => match self.tape.text(begin, end).parse::<serde_json::Number>() {
                Ok(number) => number.deserialize_any(visitor).map_err(de::Error::custom),
                Err(error) => Err(de::Error::custom(error)),
            },
            Token::Str(value) => visitor.visit_borrowed_str(value),
            Token::Text(begin, end) => visitor.visit_borrowed_str(self.tape.text(begin, end)),
            Token::Bytes(begin, end) => visitor.visit_borrowed_bytes(self.tape.bytes(begin, end)),
            Token::Array(_) => self.array(visitor),
            Token::Object(_) => visitor.visit_map(self.parts()),
        }
    }

    read_integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.token() {
            Token::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: Str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V>(self, name: Str, variants: &'static [Str], visitor: V) -> Result<V::Value, Error>
    where
        V: Visitor<'de>,
    {
        match (self.token(), self.tape.string(self.at)) {
            (Token::Object(_), _) => {
                MapAccessDeserializer::new(self.parts()).deserialize_enum(name, variants, visitor)
            }
            (_, Some(value)) => visitor.visit_enum(StrDeserializer::new(value)),
            (_, None) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.unread.set(self.unread.get() + 1);
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        // A name is a string in every format.
        self.name || self.tape.human
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// The elements of a recorded array, or the properties of a recorded object.
struct Parts<'de> {
    /// What comes next.
    reader: Reader<'de>,
    index: usize,
}

impl<'de> Parts<'de> {
    /// The value that comes next.
    fn next(&mut self) -> Reader<'de> {
        let value = self.reader;
        self.reader.at += match value.token() {
            Token::Array(size) | Token::Object(size) => size + 2,
            _ => 1,
        };
        value
    }

    fn is_at_end(&self) -> bool {
        matches!(self.reader.tape.tokens.get(self.reader.at), None | Some(Token::ArrayEnd | Token::ObjectEnd))
    }
}

impl<'de> SeqAccess<'de> for Parts<'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if self.is_at_end() {
            return Ok(None);
        }
        let index = self.index;
        self.index += 1;
        seed.deserialize(self.next()).map(Some).map_err(|error| error.inside(Step::Index(index)))
    }
}

impl<'de> MapAccess<'de> for Parts<'de> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        if self.is_at_end() {
            return Ok(None);
        }
        seed.deserialize(Reader { name: true, ..self.next() }).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let name = self.reader.tape.string(self.reader.at.saturating_sub(1));
        seed.deserialize(self.next()).map_err(|error| match name {
            Some(name) => error.inside(Step::property(name)),
            None => error,
        })
    }
}

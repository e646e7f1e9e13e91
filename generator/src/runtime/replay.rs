//! Reads a tape.
//!
//! A reader of a union asks for a newtype struct called [`REPLAY`]. Other formats pass on to what is inside, a tape
//! answers with an enum: [`Replay`], which may be looked at and then read, once or several times. So a union inside
//! of what was recorded is read where it lies.

use super::error::{Error, Step};
use super::scalar::{Scalar, integral};
use super::tape::{Store, Token};
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

/// The newtype struct that readers of unions and enums ask for.
pub(super) const REPLAY: &str = "$replay";

/// The struct to ask for to look at a value: objects answer with their tag, the one field, as an option.
pub(super) const LOOK: &str = "$look";

/// The struct to ask for to read a value as a newtype, if it has all the fields.
pub(super) const NEEDS: &str = "$needs";

type Str = &'static str;

/// Reads the recorded value that its tokens begin with.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t, 'de> {
    pub(super) tokens: &'t [Token<'de>],
    pub(super) store: &'t Store,
    /// Whether it is the name of a property: then digits are read as an integer, if that is asked for.
    pub(super) name: bool,
}

impl<'t, 'de: 't> Reader<'t, 'de> {
    #[inline]
    fn token(self) -> Token<'de> {
        self.tokens.first().copied().unwrap_or(Token::Scalar(Scalar::Null))
    }

    /// What reads its parts.
    #[inline]
    fn parts(self, size: usize) -> Parts<'t, 'de> {
        let rest = self.tokens.get(1..=size).unwrap_or_default();
        Parts { rest, store: self.store, index: 0, name: Token::Array(0) }
    }

    fn array<V: Visitor<'de>>(self, size: usize, visitor: V) -> Result<V::Value, Error> {
        let mut items = self.parts(size);
        let value = visitor.visit_seq(&mut items)?;
        if items.rest.is_empty() {
            return Ok(value);
        }
        Err(Error::invalid_length(items.index + 1, &"fewer elements in the array"))
    }

    /// Finds a property of an object.
    fn property(self, name: &str) -> Option<Self> {
        let Token::Object(size) = self.token() else { return None };
        let mut parts = self.parts(size);
        while let Some(found) = parts.next() {
            let value = parts.next()?;
            if self.store.scalar(found.token()) == Some(Scalar::Str(name)) {
                return Some(value);
            }
        }
        None
    }
}

/// An integer may be written as `8.0`, and be a name.
macro_rules! read_integers {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let integer = match self.token() {
                Token::Scalar(Scalar::Int(int)) => Some(int),
                Token::Scalar(Scalar::Float(float)) => integral(float),
                token if self.name => match self.store.scalar(token) {
                    Some(Scalar::Str(name)) => name.parse().ok(),
                    _ => None,
                },
                _ => None,
            };
            match integer {
                Some(int) => visitor.visit_i64(int),
                None => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Reader<'_, 'de> {
    type Error = Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.token() {
            Token::Scalar(Scalar::Str(value)) => visitor.visit_borrowed_str(value),
            Token::Scalar(Scalar::Null) => visitor.visit_unit(),
            Token::Scalar(Scalar::Bool(value)) => visitor.visit_bool(value),
            Token::Scalar(Scalar::Int(value)) => visitor.visit_i64(value),
            Token::Scalar(Scalar::Big(value)) => visitor.visit_u64(value),
            Token::Scalar(Scalar::Float(value)) => visitor.visit_f64(value),
            Token::Text(begin, end) => visitor.visit_str(self.store.text(begin, end)),
            Token::Bytes(begin, end) => visitor.visit_bytes(self.store.bytes(begin, end)),
            Token::Array(size) => self.array(size, visitor),
            Token::Object(size) => visitor.visit_map(self.parts(size)),
        }
    }

    read_integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.token() {
            Token::Scalar(Scalar::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: Str, visitor: V) -> Result<V::Value, Error> {
        if name == REPLAY { visitor.visit_enum(Replay(self)) } else { visitor.visit_seq(Once(Some(self))) }
    }

    fn deserialize_struct<V>(self, name: Str, fields: &'static [Str], visitor: V) -> Result<V::Value, Error>
    where
        V: Visitor<'de>,
    {
        match (name, self.token()) {
            (LOOK, Token::Array(_)) => self.array(0, visitor),
            (LOOK, Token::Object(_)) => match fields.iter().find_map(|tag| Some((*tag, self.property(tag)?)))
            {
                None => visitor.visit_none(),
                Some((tag, value)) => visitor.visit_some(value).map_err(|error| match value.token() {
                    // What is wrong is the tag itself, and not what it says of the object.
                    Token::Bytes(..) | Token::Array(_) | Token::Object(_) => {
                        error.inside(Step::Property(tag.into()))
                    }
                    Token::Scalar(_) | Token::Text(..) => error,
                }),
            },
            (NEEDS, _) => match fields.iter().find(|name| self.property(name).is_none()) {
                Some(name) => Err(Error::missing_field(name)),
                None => visitor.visit_newtype_struct(self),
            },
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V>(self, name: Str, variants: &'static [Str], visitor: V) -> Result<V::Value, Error>
    where
        V: Visitor<'de>,
    {
        match self.token() {
            Token::Object(size) => {
                MapAccessDeserializer::new(self.parts(size)).deserialize_enum(name, variants, visitor)
            }
            token => match self.store.scalar(token) {
                Some(Scalar::Str(value)) => visitor.visit_enum(StrDeserializer::new(value)),
                _ => self.deserialize_any(visitor),
            },
        }
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.store.count_unread();
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        self.store.human
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier
    }
}

/// The elements of a recorded array, or the properties of a recorded object.
struct Parts<'t, 'de> {
    rest: &'t [Token<'de>],
    store: &'t Store,
    index: usize,
    name: Token<'de>,
}

impl<'t, 'de> Parts<'t, 'de> {
    /// Cuts the first value off.
    #[inline]
    fn next(&mut self) -> Option<Reader<'t, 'de>> {
        let size = match self.rest.first()? {
            Token::Array(size) | Token::Object(size) => size + 1,
            Token::Scalar(_) | Token::Text(..) | Token::Bytes(..) => 1,
        };
        let (tokens, rest) = self.rest.split_at_checked(size)?;
        self.rest = rest;
        Some(Reader { tokens, store: self.store, name: false })
    }
}

impl<'de> SeqAccess<'de> for Parts<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(item) = self.next() else { return Ok(None) };
        let index = self.index;
        self.index += 1;
        seed.deserialize(item).map(Some).map_err(|error| error.inside(Step::Index(index)))
    }
}

impl<'de> MapAccess<'de> for Parts<'_, 'de> {
    type Error = Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((name, rest)) = self.rest.split_first() else { return Ok(None) };
        self.rest = rest;
        self.name = *name;
        seed.deserialize(Reader { tokens: std::slice::from_ref(name), store: self.store, name: true })
            .map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let value = self.next().unwrap_or(Reader { tokens: &[], store: self.store, name: false });
        seed.deserialize(value).map_err(|error| match self.store.scalar(self.name) {
            Some(Scalar::Str(name)) => error.inside(Step::Property(name.to_owned())),
            _ => error,
        })
    }
}

/// A sequence of one: how a newtype struct is read whose reader could be one of ours. (To pass on to what is inside
/// would make the compiler build a second reader of every union, for this case that does not occur.)
pub(super) struct Once<D>(pub(super) Option<D>);

impl<'de, D: Deserializer<'de>> SeqAccess<'de> for Once<D> {
    type Error = D::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, D::Error> {
        self.0.take().map(|value| seed.deserialize(value)).transpose()
    }
}

/// A recorded value of a union or an enum.
pub(super) struct Replay<'t, 'de>(pub(super) Reader<'t, 'de>);

impl<'de> EnumAccess<'de> for Replay<'_, 'de> {
    type Error = Error;
    type Variant = Self;

    /// Looks at the value.
    #[inline]
    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        Ok((seed.deserialize(self.0)?, self))
    }
}

impl<'de> VariantAccess<'de> for Replay<'_, 'de> {
    type Error = Error;

    /// Counts the value as one that is not known.
    fn unit_variant(self) -> Result<(), Error> {
        self.0.store.count_unread();
        Ok(())
    }

    /// Reads the value.
    #[inline]
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(self.0)
    }

    /// Reads the value several times.
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        let unread = &self.0.store.unread;
        let before = unread.get();
        let mut trials = Trials { reader: self.0, least: usize::MAX };
        let value = visitor.visit_seq(&mut trials)?;
        unread.set(before.saturating_add(trials.least));
        Ok(value)
    }

    /// Reads the value and counts it as one that is not known.
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [Str], visitor: V) -> Result<V::Value, Error> {
        self.0.store.count_unread();
        self.0.deserialize_any(visitor)
    }
}

/// Several readings of one value. The size hint tells how much the last one left unread.
struct Trials<'t, 'de> {
    reader: Reader<'t, 'de>,
    least: usize,
}

impl<'de> SeqAccess<'de> for Trials<'_, 'de> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.reader.store.unread.set(0);
        let value = seed.deserialize(self.reader)?;
        self.least = self.least.min(self.reader.store.unread.get());
        Ok(Some(value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.reader.store.unread.get())
    }
}

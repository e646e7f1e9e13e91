//! An object that begins with its tag, read without recording it.

use super::replay::{Once, REPLAY, Reader, Replay};
use super::scalar::Scalar;
use super::tape::{Tape, Token};
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

/// First the tag, if there is one, then the properties still to come.
pub(super) struct Entries<'de, A> {
    /// Without tokens as yet.
    pub(super) tape: Tape<'de>,
    pub(super) tag: Option<(&'static str, Token<'de>)>,
    /// The value of the tag, when its name was read.
    pub(super) value: Option<Token<'de>>,
    pub(super) map: A,
}

impl<'de, A: MapAccess<'de>> Entries<'de, A> {
    /// Records it after all.
    pub(super) fn into_tape(mut self) -> Result<Tape<'de>, A::Error> {
        if let Some((name, value)) = self.tag {
            self.tape.open_object();
            self.tape.tokens.extend([Token::Scalar(Scalar::Str(name)), value]);
        }
        self.tape.close_object(self.map)?;
        Ok(self.tape)
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'de, A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let Some((name, value)) = self.tag.take() else { return self.map.next_key_seed(seed) };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let Some(value) = self.value.take() else { return self.map.next_value_seed(seed) };
        let tokens = std::slice::from_ref(&value);
        seed.deserialize(Reader { tokens, store: &self.tape.store, name: false }).map_err(A::Error::custom)
    }
}

impl<'de, A: MapAccess<'de>> Deserializer<'de> for Entries<'de, A> {
    type Error = A::Error;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V>(self, name: &'static str, visitor: V) -> Result<V::Value, A::Error>
    where
        V: Visitor<'de>,
    {
        if name != REPLAY {
            return visitor.visit_seq(Once(Some(self)));
        }
        visitor.visit_enum(Replay(self.into_tape()?.reader())).map_err(A::Error::custom)
    }

    fn is_human_readable(&self) -> bool {
        self.tape.store.human
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

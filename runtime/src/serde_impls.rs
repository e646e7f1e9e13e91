//! The entry points for `serde`: they take a value from any format, or pass it to one, and do nothing else. Code that
//! depends on the model is compiled with the models, not with the program that uses them.

use super::error::Error;
use super::read::{Read, read_tape, read_text};
use super::source::{DEPTH, Source};
use super::tape::{Key, Recorder, Tape};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Implements `serde`'s traits by what is compiled once.
#[doc(hidden)]
#[macro_export]
#[allow(unused_macros, reason = "an API may have no types")]
macro_rules! serde {
    ($name:ident) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                runtime::deserialize(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                runtime::serialize(self, serializer)
            }
        }
    };
}
pub(crate) use serde;

/// What `serde_json` calls the struct that takes a value as its text, if its feature `raw_value` is on. Without it, or
/// in another format, the value is recorded.
const RAW: &str = "$serde_json::private::RawValue";

/// Whether the deserializer reads JSON text. A `Value` would write its text first, and it is faster to record it. The
/// name of a type is not guaranteed: if it changes, texts are recorded too, which is slower and loses their lines.
pub(super) fn reads_text<D>() -> bool {
    std::any::type_name::<D>().starts_with("&mut serde_json::de::Deserializer<")
}

/// A value from any format.
enum Captured<'de> {
    Text(Cow<'de, str>),
    Tape(Tape<'de>),
}

/// Reads a value from any format.
pub fn deserialize<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    read_captured(capture(deserializer)?, T::read).map_err(de::Error::custom)
}

fn read_captured<T>(
    captured: Captured<'_>,
    read: fn(&mut Source<'_>) -> Result<T, Error>,
) -> Result<T, Error> {
    match captured {
        Captured::Text(text) => read_text(&text, read),
        Captured::Tape(tape) => read_tape(&tape, read),
    }
}

fn capture<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Captured<'de>, D::Error> {
    let capture = Capture { human: deserializer.is_human_readable() };
    if reads_text::<D>() {
        return deserializer.deserialize_newtype_struct(RAW, capture);
    }
    capture.record(|recorder| deserializer.deserialize_any(recorder))
}

/// Takes a value as its text, or else records it.
struct Capture {
    human: bool,
}

impl Capture {
    fn record<'de, E>(
        &self,
        record: impl FnOnce(Recorder<'_, 'de>) -> Result<(), E>,
    ) -> Result<Captured<'de>, E> {
        let mut tape = Tape::new(self.human);
        record(Recorder { tape: &mut tape, depth: DEPTH })?;
        Ok(Captured::Tape(tape))
    }
}

/// Writes the methods of a visitor that record what they are given.
macro_rules! record {
    ($($method:ident: $ty:ty;)*) => {$(
        fn $method<E: de::Error>(self, value: $ty) -> Result<Captured<'de>, E> {
            self.record(|recorder| recorder.$method(value))
        }
    )*};
}

impl<'de> Visitor<'de> for Capture {
    type Value = Captured<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    record! {
        visit_bool: bool;
        visit_i64: i64;
        visit_u64: u64;
        visit_i128: i128;
        visit_u128: u128;
        visit_f64: f64;
        visit_str: &str;
        visit_borrowed_str: &'de str;
        visit_bytes: &[u8];
    }

    fn visit_unit<E: de::Error>(self) -> Result<Captured<'de>, E> {
        self.record(|recorder| recorder.visit_unit())
    }

    fn visit_none<E: de::Error>(self) -> Result<Captured<'de>, E> {
        self.record(|recorder| recorder.visit_unit())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Captured<'de>, D::Error> {
        self.record(|recorder| deserializer.deserialize_any(recorder))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Captured<'de>, D::Error> {
        self.record(|recorder| deserializer.deserialize_any(recorder))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Captured<'de>, A::Error> {
        self.record(|recorder| recorder.visit_seq(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Captured<'de>, A::Error> {
        match map.next_key_seed(Key)? {
            Some(name) if name.is(RAW) => map.next_value_seed(RawText).map(Captured::Text),
            first => self.record(|recorder| recorder.entries(first, map)),
        }
    }
}

/// The text of a value.
struct RawText;

impl<'de> DeserializeSeed<'de> for RawText {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for RawText {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text))
    }
}

//! A value as a flat list of tokens, which is read if the input is not a JSON text.
//!
//! Other formats, and `serde_json::Value`, are recorded once; nothing here depends on the model that is read.

use super::number;
use super::scalar::Scalar;
use super::source::DEPTH;
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};
use std::fmt;
use std::sync::LazyLock;

/// The property that stands for a number when `serde_json`'s feature `arbitrary_precision` is on.
const NUMBER: &str = "$serde_json::private::Number";

/// Whether `serde_json` keeps numbers as texts, as it does with its feature `arbitrary_precision`: only a text keeps a
/// trailing zero.
static KEEPS_DIGITS: LazyLock<bool> = LazyLock::new(|| {
    const DIGITS: &str = "1.10";
    DIGITS.parse::<Number>().is_ok_and(|number| number.to_string() == DIGITS)
});

/// A part of a recorded value.
#[derive(Clone, Copy)]
pub(super) enum Token<'de> {
    Null,
    Bool(bool),
    Int(i64),
    Unsigned(u64),
    /// An integer beyond those: an index.
    Wide(usize),
    Float(f64),
    /// Where the digits of a number begin and end in the text of the tape, where `serde_json` keeps them.
    Number(usize, usize),
    /// A string of the input.
    Str(&'de str),
    /// Where a string begins and ends in the text of the tape.
    Text(usize, usize),
    /// Where bytes begin and end in the bytes of the tape.
    Bytes(usize, usize),
    /// How many tokens the elements take, without the end.
    Array(usize),
    ArrayEnd,
    /// How many tokens the properties take, names and values in turn, without the end.
    Object(usize),
    ObjectEnd,
}

/// An integer beyond those of 64 bits.
#[derive(Clone, Copy)]
pub(super) enum Wide {
    Signed(i128),
    Unsigned(u128),
}

/// A recorded value.
pub struct Tape<'de> {
    pub(super) tokens: Vec<Token<'de>>,
    text: String,
    bytes: Vec<u8>,
    wide: Vec<Wide>,
    /// Whether the format is human-readable: some types are written differently in binary formats.
    pub(super) human: bool,
}

impl<'de> Tape<'de> {
    pub(super) fn new(human: bool) -> Self {
        Tape { tokens: Vec::new(), text: String::new(), bytes: Vec::new(), wide: Vec::new(), human }
    }

    /// Records a JSON value, or fails when it is nested too deeply.
    pub(super) fn of_value(value: &'de Value) -> Option<Self> {
        let mut tape = Tape::new(true);
        tape.value(value, DEPTH).then_some(tape)
    }

    pub(super) fn text(&self, begin: usize, end: usize) -> &str {
        self.text.get(begin..end).unwrap_or_default()
    }

    pub(super) fn bytes(&self, begin: usize, end: usize) -> &[u8] {
        self.bytes.get(begin..end).unwrap_or_default()
    }

    pub(super) fn wide(&self, index: usize) -> Wide {
        self.wide.get(index).copied().unwrap_or(Wide::Signed(0))
    }

    /// The property or string at a place, if it is one.
    pub(super) fn string(&self, at: usize) -> Option<&str> {
        match *self.tokens.get(at)? {
            Token::Str(text) => Some(text),
            Token::Text(begin, end) => Some(self.text(begin, end)),
            _ => None,
        }
    }

    /// What follows the value that begins there.
    pub(super) fn after(&self, at: usize) -> usize {
        match self.tokens.get(at) {
            Some(Token::Array(size) | Token::Object(size)) => at + size + 2,
            _ => at + 1,
        }
    }

    pub(super) fn keep(&mut self, text: &str) {
        let begin = self.text.len();
        self.text.push_str(text);
        self.tokens.push(Token::Text(begin, self.text.len()));
    }

    pub(super) fn keep_bytes(&mut self, value: &[u8]) {
        let begin = self.bytes.len();
        self.bytes.extend_from_slice(value);
        self.tokens.push(Token::Bytes(begin, self.bytes.len()));
    }

    pub(super) fn keep_wide(&mut self, wide: Wide) {
        // What fits in 64 bits is that: not every type takes an integer of 128 bits.
        let token = match wide {
            Wide::Signed(int) => {
                i64::try_from(int).map(Token::Int).or_else(|_| u64::try_from(int).map(Token::Unsigned)).ok()
            }
            Wide::Unsigned(int) => u64::try_from(int).map(Token::Unsigned).ok(),
        };
        self.tokens.push(token.unwrap_or(Token::Wide(self.wide.len())));
        if token.is_none() {
            self.wide.push(wide);
        }
    }

    /// Records a number.
    fn number(&mut self, number: &Number) {
        let token = match (number.as_i64(), number.as_u64()) {
            (None | Some(0), _) if *KEEPS_DIGITS => return self.digits(&number.to_string()),
            (Some(int), _) => Token::Int(int),
            (_, Some(int)) => Token::Unsigned(int),
            _ => Token::Float(number.as_f64().unwrap_or(f64::NAN)),
        };
        self.tokens.push(token);
    }

    /// Records a number by its digits.
    fn digits(&mut self, digits: &str) {
        match (number::whole(digits), digits.parse()) {
            (Some(Scalar::Int(int)), _) => self.keep_wide(Wide::Signed(int)),
            (_, Ok(int)) if !digits.starts_with(['-', '+']) => self.keep_wide(Wide::Unsigned(int)),
            _ => {
                let begin = self.text.len();
                self.text.push_str(digits);
                self.tokens.push(Token::Number(begin, self.text.len()));
            }
        }
    }

    fn value(&mut self, value: &'de Value, depth: usize) -> bool {
        match value {
            Value::Null => self.tokens.push(Token::Null),
            Value::Bool(bool) => self.tokens.push(Token::Bool(*bool)),
            Value::Number(number) => self.number(number),
            Value::String(text) => self.tokens.push(Token::Str(text)),
            Value::Array(items) => {
                let Some(depth) = depth.checked_sub(1) else { return false };
                let head = self.open();
                if !items.iter().all(|item| self.value(item, depth)) {
                    return false;
                }
                self.close(head, Token::Array, Token::ArrayEnd);
            }
            Value::Object(entries) => {
                let Some(depth) = depth.checked_sub(1) else { return false };
                let head = self.open();
                for (name, value) in entries {
                    self.tokens.push(Token::Str(name));
                    if !self.value(value, depth) {
                        return false;
                    }
                }
                self.close(head, Token::Object, Token::ObjectEnd);
            }
        }
        true
    }

    /// Begins a value with parts.
    pub(super) fn open(&mut self) -> usize {
        self.tokens.push(Token::Null);
        self.tokens.len() - 1
    }

    /// Ends the value that began there.
    pub(super) fn close(&mut self, head: usize, whole: fn(usize) -> Token<'de>, end: Token<'de>) {
        let size = self.tokens.len() - head - 1;
        if let Some(token) = self.tokens.get_mut(head) {
            *token = whole(size);
        }
        self.tokens.push(end);
    }
}

/// Records a value of any format.
pub(super) struct Recorder<'a, 'de> {
    pub(super) tape: &'a mut Tape<'de>,
    pub(super) depth: usize,
}

impl<'de> Recorder<'_, 'de> {
    fn push<E>(self, token: Token<'de>) -> Result<(), E> {
        self.tape.tokens.push(token);
        Ok(())
    }

    /// Records an object whose first name was read.
    pub(super) fn entries<A: MapAccess<'de>>(
        self,
        first: Option<Name<'de>>,
        mut map: A,
    ) -> Result<(), A::Error> {
        let depth = self.depth.checked_sub(1).ok_or_else(too_deep)?;
        let head = self.tape.open();
        if let Some(name) = first {
            if name.is(NUMBER) && *KEEPS_DIGITS {
                self.tape.tokens.pop();
                let text: String = map.next_value()?;
                text.parse::<Number>().map_err(de::Error::custom)?;
                self.tape.digits(&text);
                return Ok(());
            }
            name.record(self.tape);
            map.next_value_seed(Recorder { tape: self.tape, depth })?;
            while map.next_key_seed(NextKey(self.tape))?.is_some() {
                map.next_value_seed(Recorder { tape: self.tape, depth })?;
            }
        }
        self.tape.close(head, Token::Object, Token::ObjectEnd);
        Ok(())
    }
}

#[cold]
fn too_deep<E: de::Error>() -> E {
    E::custom("recursion limit exceeded")
}

impl<'de> DeserializeSeed<'de> for Recorder<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Recorder<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.push(Token::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.push(Token::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.push(i64::try_from(value).map_or(Token::Unsigned(value), Token::Int))
    }

    fn visit_i128<E>(self, value: i128) -> Result<(), E> {
        self.tape.keep_wide(Wide::Signed(value));
        Ok(())
    }

    fn visit_u128<E>(self, value: u128) -> Result<(), E> {
        self.tape.keep_wide(i128::try_from(value).map_or(Wide::Unsigned(value), Wide::Signed));
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.push(Token::Float(value))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<(), E> {
        self.push(Token::Str(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.tape.keep(value);
        Ok(())
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<(), E> {
        self.tape.keep_bytes(value);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.push(Token::Null)
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.push(Token::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let depth = self.depth.checked_sub(1).ok_or_else(too_deep)?;
        let head = self.tape.open();
        while items.next_element_seed(Recorder { tape: self.tape, depth })?.is_some() {}
        self.tape.close(head, Token::Array, Token::ArrayEnd);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let first = map.next_key_seed(Key)?;
        self.entries(first, map)
    }
}

/// The name of a property.
pub(super) enum Name<'de> {
    Borrowed(&'de str),
    Owned(String),
}

impl<'de> Name<'de> {
    pub(super) fn is(&self, name: &str) -> bool {
        match self {
            Name::Borrowed(text) => *text == name,
            Name::Owned(text) => text == name,
        }
    }

    fn record(&self, tape: &mut Tape<'de>) {
        match self {
            Name::Borrowed(text) => tape.tokens.push(Token::Str(text)),
            Name::Owned(text) => tape.keep(text),
        }
    }
}

/// Records the name of a property, which need not be kept in between.
struct NextKey<'a, 'de>(&'a mut Tape<'de>);

impl<'de> DeserializeSeed<'de> for NextKey<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for NextKey<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Key.expecting(f)
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<(), E> {
        self.0.tokens.push(Token::Str(name));
        Ok(())
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        self.0.keep(name);
        Ok(())
    }

    fn visit_i64<E>(self, name: i64) -> Result<(), E> {
        self.0.keep(&name.to_string());
        Ok(())
    }

    fn visit_u64<E>(self, name: u64) -> Result<(), E> {
        self.0.keep(&name.to_string());
        Ok(())
    }
}

/// Asks for the name of a property, which in some formats may be an integer.
pub(super) struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Name<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Name<'de>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a property name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Name<'de>, E> {
        Ok(Name::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Name<'de>, E> {
        Ok(Name::Owned(name.to_owned()))
    }

    fn visit_i64<E>(self, name: i64) -> Result<Name<'de>, E> {
        Ok(Name::Owned(name.to_string()))
    }

    fn visit_u64<E>(self, name: u64) -> Result<Name<'de>, E> {
        Ok(Name::Owned(name.to_string()))
    }
}

//! Reads documents: fast while all is well, and a second time, with a tape, to say where something is wrong.

use super::error::{Error, Step};
use super::{tape::Tape, visit::Any};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Deserializer as Json, Value, de::SliceRead};
use std::fmt;

/// Reads a JSON text. The error names the property, the line and the column.
pub fn from_str<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    serde_json::from_str(text).or_else(|error| again(text.as_bytes(), error))
}

/// Reads a JSON text in UTF-8. The error names the property, the line and the column.
pub fn from_slice<'de, T: Deserialize<'de>>(text: &'de [u8]) -> Result<T, Error> {
    serde_json::from_slice(text).or_else(|error| again(text, error))
}

/// Reads a JSON value. The error names the property.
pub fn from_value<'de, T: Deserialize<'de>>(value: &'de Value) -> Result<T, Error> {
    T::deserialize(value).or_else(|_| T::deserialize(Tape::record(value).map_err(Error::custom)?.reader()))
}

/// Reads a text that was refused. (It may succeed: a tape lets an integer be `8.0`.)
#[cold]
fn again<'de, T: Deserialize<'de>>(text: &'de [u8], error: serde_json::Error) -> Result<T, Error> {
    if !error.is_data() {
        return Err(of_json(&error));
    }
    let mut json = Json::from_slice(text);
    let tape = Tape::record(&mut json).and_then(|tape| json.end().map(|()| tape));
    T::deserialize(tape.map_err(|error| of_json(&error))?.reader()).map_err(|error| {
        let mut json = Json::<SliceRead<'_>>::from_slice(text);
        match Place(error.steps()).deserialize(&mut json) {
            Err(place) => at_value(error, text, &place),
            Ok(()) => error,
        }
    })
}

/// Puts an error at the value that comes after what was read.
fn at_value(error: Error, text: &[u8], read: &serde_json::Error) -> Error {
    let line = text.split_inclusive(|byte| *byte == b'\n').take(read.line().saturating_sub(1));
    let begin = line.map(<[u8]>::len).sum::<usize>() + read.column();
    let space = text.iter().skip(begin).take_while(|byte| byte.is_ascii_whitespace()).count();
    let before = text.get(..begin + space).unwrap_or(text);
    let lines: Vec<_> = before.split(|byte| *byte == b'\n').collect();
    error.at(lines.len(), lines.last().map_or(0, |line| line.len()) + 1)
}

/// The error without the place, which it then says itself.
fn of_json(error: &serde_json::Error) -> Error {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let place = format!(" at line {line} column {column}");
    Error::custom(message.strip_suffix(&place).unwrap_or(&message)).at(line, column)
}

/// Follows a path, which lists its steps from the inside out, and fails at its end: errors know their place.
struct Place<'a>(&'a [Step]);

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.0.is_empty() { Err(D::Error::custom("")) } else { Any(self).deserialize(deserializer) }
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array or an object")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        let Some((Step::Index(index), steps)) = self.0.split_last() else { return Ok(()) };
        for _ in 0..*index {
            items.next_element::<IgnoredAny>()?;
        }
        items.next_element_seed(Place(steps)).map(|_| ())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Some((Step::Property(property), steps)) = self.0.split_last() else { return Ok(()) };
        while let Some(name) = map.next_key::<String>()? {
            if name == *property {
                return map.next_value_seed(Place(steps));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

//! Views of values: a value shows its parts, and one function for each format writes them.

use super::Rules;
use super::object::Parts;
use super::scalar::Scalar;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value};
use std::any::Any;
use std::fmt;

/// A type that can be written.
#[diagnostic::on_unimplemented(
    message = "the runtime cannot write `{Self}`",
    note = "types that implement `serde::Serialize` only are written by `serde_json`"
)]
pub trait View {
    /// The value as a view.
    fn view(&self) -> Viewed<'_>;
}

/// A value and its parts.
#[allow(missing_docs, reason = "the names say it")]
pub enum Viewed<'a> {
    Scalar(Scalar<'a>),
    /// A 32-bit number, which is written with fewer digits than the same number in 64 bits.
    Single(f32),
    /// An integer that an `i128` cannot represent.
    Unsigned(u128),
    /// A string that is made when it is written.
    Text(&'a dyn Text),
    /// Bytes, which only some formats have.
    Bytes(&'a [u8]),
    Value(&'a Value),
    Map(&'a Map<String, Value>),
    Items(&'a dyn Items),
    Entries(&'a dyn Entries),
    Object(&'a dyn Fields),
    /// A value of a type that only implements `serde`'s traits.
    Foreign(&'a dyn Foreign),
    /// A value with constraints that its type does not have. Writing ignores them.
    Ruled(&'static Rules, &'a dyn View),
}

/// A string that is made when it is written: a date, a UUID.
pub trait Text {
    /// Writes it.
    fn write(&self, out: &mut dyn fmt::Write) -> fmt::Result;

    /// What is written instead in binary formats.
    fn bytes(&self) -> Option<&[u8]> {
        None
    }

    /// The `File`, if it is a file. Not every copy of the runtime has that type.
    fn file(&self) -> Option<&dyn Any> {
        None
    }
}

/// An array.
#[allow(missing_docs, clippy::len_without_is_empty, reason = "the names say it")]
pub trait Items {
    fn len(&self) -> usize;
    fn at(&self, index: usize) -> Option<&dyn View>;
}

/// A map.
#[allow(missing_docs, clippy::len_without_is_empty, reason = "the names say it")]
pub trait Entries {
    fn len(&self) -> usize;
    /// Shows the entries one by one, as long as the callback returns `true`.
    fn each(&self, write: &mut dyn FnMut(&str, &dyn View) -> bool);
}

/// A callback that is shown a struct: its parts, its fields (`None` if left out), and other properties.
pub type Show<'a> = dyn FnMut(&'static Parts, &[Option<&dyn View>], Option<&dyn Entries>) + 'a;

/// A struct.
pub trait Fields {
    /// Shows the struct.
    fn fields(&self, show: &mut Show<'_>);
}

/// A value that `serde` writes.
pub trait Foreign {
    /// Writes JSON.
    fn json(&self, out: &mut Vec<u8>) -> serde_json::Result<()>;

    /// Shows its parts, in their human-readable or in their binary form.
    fn content(&self, human: bool, show: &mut dyn FnMut(&dyn View)) -> Result<(), super::Error>;
}

/// The entries of a map of any kind.
pub struct Rest<'a, M>(pub &'a M);

impl<'a, M, T: View + 'a> Entries for Rest<'a, M>
where
    &'a M: IntoIterator<Item = (&'a String, &'a T)>,
{
    fn len(&self) -> usize {
        self.0.into_iter().count()
    }

    fn each(&self, write: &mut dyn FnMut(&str, &dyn View) -> bool) {
        for (name, value) in self.0 {
            if !write(name, value) {
                break;
            }
        }
    }
}

/// Writes a value through `serde`.
pub(super) struct Shown<'a>(pub(super) &'a dyn View);

impl Serialize for Shown<'_> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

/// Writes a text through `serde`.
struct Written<'a>(&'a dyn Text);

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f)
    }
}

/// Writes a value through `serde`. This is the only code that is compiled for each format.
pub fn serialize<S: Serializer>(value: &dyn View, serializer: S) -> Result<S::Ok, S::Error> {
    match value.view() {
        Viewed::Scalar(scalar) => scalar.serialize(serializer),
        Viewed::Single(float) => serializer.serialize_f32(float),
        Viewed::Unsigned(int) => serializer.serialize_u128(int),
        Viewed::Text(text) => match text.bytes() {
            Some(bytes) if !serializer.is_human_readable() => serializer.serialize_bytes(bytes),
            _ => serializer.collect_str(&Written(text)),
        },
        Viewed::Bytes(bytes) => serializer.serialize_bytes(bytes),
        Viewed::Value(value) => value.serialize(serializer),
        Viewed::Map(map) => map.serialize(serializer),
        Viewed::Items(items) => {
            let mut seq = serializer.serialize_seq(Some(items.len()))?;
            let mut index = 0;
            while let Some(item) = items.at(index) {
                seq.serialize_element(&Shown(item))?;
                index += 1;
            }
            seq.end()
        }
        Viewed::Entries(entries) => {
            let mut map = serializer.serialize_map(Some(entries.len()))?;
            serialize_entries::<S>(entries, &mut map)?;
            map.end()
        }
        Viewed::Object(object) => {
            let mut serializer = Some(serializer);
            let mut result = None;
            object.fields(&mut |parts, fields, others| {
                if let Some(serializer) = serializer.take() {
                    result = Some(serialize_object(parts, fields, others, serializer));
                }
            });
            result.unwrap_or_else(|| Err(serde::ser::Error::custom("nothing to write")))
        }
        Viewed::Ruled(_, value) => serialize(value, serializer),
        Viewed::Foreign(foreign) => {
            let human = serializer.is_human_readable();
            let mut serializer = Some(serializer);
            let mut result = None;
            let recorded = foreign.content(human, &mut |content| {
                if let Some(serializer) = serializer.take() {
                    result = Some(serialize(content, serializer));
                }
            });
            recorded.map_err(serde::ser::Error::custom)?;
            result.unwrap_or_else(|| Err(serde::ser::Error::custom("nothing to write")))
        }
    }
}

fn serialize_entries<S: Serializer>(
    entries: &dyn Entries,
    map: &mut S::SerializeMap,
) -> Result<(), S::Error> {
    let mut result = Ok(());
    entries.each(&mut |name, value| {
        result = map.serialize_entry(name, &Shown(value));
        result.is_ok()
    });
    result
}

fn serialize_object<S: Serializer>(
    parts: &Parts,
    fields: &[Option<&dyn View>],
    others: Option<&dyn Entries>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let present = parts.written(fields).count() + others.map_or(0, Entries::len);
    let mut map = serializer.serialize_map(Some(parts.constants.len() + present))?;
    for constant in parts.constants {
        map.serialize_entry(constant.name, &constant.value)?;
    }
    for (name, field) in parts.written(fields) {
        map.serialize_entry(name, &Shown(field))?;
    }
    if let Some(others) = others {
        serialize_entries::<S>(others, &mut map)?;
    }
    map.end()
}

/// A field that may be left out.
pub trait MayBeAbsent {
    /// Whether it is left out.
    fn is_absent(&self) -> bool;
}

impl<T> MayBeAbsent for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

/// A field, unless it is left out.
pub fn present<T: MayBeAbsent + View>(field: &T) -> Option<&dyn View> {
    (!field.is_absent()).then_some(field)
}
